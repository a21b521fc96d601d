"""Measure the main text of web pages: ours and trafilatura alone against what readers marked.

    python bench/measure_text.py [--corpora DIR] [--half tuned|held-back|both] [--errors N]

Words are runs of letters and digits, case-folded, each counted as often as it stands (a bag of words, so
order says nothing). A page's precision is the share of our words that are in the marked text, its recall
the share of the marked words that are in ours. Precision and recall are means over pages, and F1 is that
of the two means, as the collection's own figures are made; the worst page is by its own F1. Ours is the
body that a rebuild indexes; a page that is refused has no words. A page is held back when the sha1 of its
id ends in an odd hex digit: rules are made on the others only. `seconds` is all that each reads of a page
(ours: title, author, dates and text).
"""

import argparse
import gzip
import hashlib
import io
import json
import re
import tarfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import trafilatura

from indexer.decode import decode
from indexer.extract import extract
from indexer.source import Source
from search.errors import ArticleRefused

ROOT = Path(__file__).resolve().parent.parent
WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the collection and its marked text."""

    id: str
    url: str
    html: str
    gold: str


@dataclass(frozen=True, slots=True)
class Score:
    """How one page was read."""

    precision: float
    recall: float
    page: Page
    text: str

    @property
    def f1(self) -> float:
        """Return the harmonic mean of the two, 0 when nothing is shared."""
        return harmonic(self.precision, self.recall)


def harmonic(precision: float, recall: float) -> float:
    """Return F1 of the two, 0 when both are."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def pages(path: Path, *, half: str) -> list[Page]:
    """Return the pages of a half, in the order of the archive's gold."""
    with tarfile.open(path) as archive:
        files = {Path(member.name).name: archive.extractfile(member) for member in archive if member.isfile()}
        held = {name: stream.read() for name, stream in files.items() if stream}
    found = []
    for key, entry in json.load(io.BytesIO(held["gold.json"])).items():
        if half in ("both", half_of(key)):
            data = held[f"{key}.html"]
            data = gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data
            found.append(Page(key, entry["url"], decode(data, origin=key)[0], entry["articleBody"]))
    return found


def half_of(key: str) -> str:
    """Return which half an id belongs to."""
    return "held-back" if int(hashlib.sha1(key.encode()).hexdigest(), 16) % 2 else "tuned"


def ours(page: Page) -> str:
    """Return the body that a rebuild would index, empty when the page is refused."""
    try:
        # Given tags are taken as they are, so that no time goes to finding them.
        return extract(Source(page.id, "html", page.html, people=(), countries=())).article.body
    except ArticleRefused:
        return ""


def theirs(page: Page) -> str:
    """Return what trafilatura finds as it comes, without comments."""
    return trafilatura.extract(page.html, include_comments=False) or ""


def bag(text: str) -> Counter[str]:
    """Return the words of a text with their numbers."""
    return Counter(WORD.findall(text.casefold()))


def score(page: Page, text: str) -> Score:
    """Return how well a text covers the marked one of its page."""
    gold, got = bag(page.gold), bag(text)
    shared = (gold & got).total()
    return Score(shared / max(1, got.total()), shared / max(1, gold.total()), page, text)


def report(name: str, read: Callable[[Page], str], taken: list[Page], *, errors: int) -> None:
    """Print the figures of one reader, and its worst pages with what they lack and have too much."""
    began = time.perf_counter()
    texts = [read(page) for page in taken]
    seconds = time.perf_counter() - began
    scores = sorted((score(*pair) for pair in zip(taken, texts, strict=True)), key=lambda one: one.f1)
    precision = sum(one.precision for one in scores) / len(scores)
    recall = sum(one.recall for one in scores) / len(scores)
    low = [sum(one.f1 < bound for one in scores) for bound in (0.7, 0.8)]
    print(
        f"{name}: {len(scores)} pages  precision {precision:.3f}  recall {recall:.3f}"
        f"  F1 {harmonic(precision, recall):.4f}  mean F1 {sum(one.f1 for one in scores) / len(scores):.4f}"
        f"  worst {scores[0].f1:.3f}  below 0.70: {low[0]}, below 0.80: {low[1]}  {seconds:.1f} seconds"
    )
    for one in scores[:errors]:
        print(f"  {one.f1:.3f} p {one.precision:.3f} r {one.recall:.3f} {one.page.url} {one.page.id[:12]}")


def main() -> None:
    """Print both readers' figures."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--corpora", type=Path, default=ROOT.parent / "shared" / "corpora")
    arguments.add_argument("--half", choices=("tuned", "held-back", "both"), default="tuned")
    arguments.add_argument("--errors", type=int, default=0)
    asked = arguments.parse_args()
    taken = pages(asked.corpora / "article_pages.tar.xz", half=asked.half)
    theirs(taken[0])  # its lists and patterns are loaded on the first page
    report("trafilatura alone", theirs, taken, errors=0)
    report("ours", ours, taken, errors=asked.errors)


if __name__ == "__main__":
    main()
