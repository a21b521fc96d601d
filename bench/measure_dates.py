"""Print how many pages with a known date are dated right, wrong and not at all, beside htmldate alone.

    python bench/measure_dates.py [--corpora DIR] [--half tuned|held-back|both] [--errors] [--no-htmldate]

Gold are the days of `dated_pages`; a page is dated with its address known, as from a crawl. A page
belongs to the half held back when the sha1 of its file name ends in an odd digit; the rules were made
on the other half. A month or year that holds the gold day counts as undated: it is not the day.
"""

import argparse
import hashlib
import json
import tarfile
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

import htmldate

from indexer.extract import extract
from indexer.source import Source
from search.errors import ArticleRefused

ROOT = Path(__file__).resolve().parent.parent


class Answer(NamedTuple):
    """What one page was dated: the gold day, our day as ISO or the reason for none, and its source."""

    name: str
    gold: str
    ours: str
    source: str
    url: str

    @property
    def outcome(self) -> str:
        """One of exact, wrong and undated."""
        if self.ours == self.gold:
            return "exact"
        return "wrong" if len(self.ours) == len(self.gold) and self.ours[:1].isdigit() else "undated"


def is_held_back(name: str) -> bool:
    """Return whether a page is one of the half that no rule was made on."""
    return int(hashlib.sha1(name.encode()).hexdigest()[-1], 16) % 2 == 1


def pages(archive: Path, half: str) -> Iterator[tuple[str, dict[str, str], str]]:
    """Yield name, gold and HTML of the pages of a half, or of both."""
    with tarfile.open(archive) as packed:
        files = {Path(one.name).name: one for one in packed.getmembers() if one.isfile()}
        gold = json.load(packed.extractfile(files["gold.json"]))  # type: ignore[arg-type]
        for name, told in sorted(gold.items()):
            if half == "both" or is_held_back(name) == (half == "held-back"):
                raw = packed.extractfile(files[name]).read()  # type: ignore[union-attr]
                yield name, told, raw.decode("utf-8", "replace")


def ours(name: str, told: dict[str, str], html: str) -> Answer:
    """Return what we make of a page."""
    try:
        article = extract(Source(name, "html", html, url=told["url"])).article
    except ArticleRefused as error:
        return Answer(name, told["date"], error.reason, "refused", told["url"])
    if article.date is None or article.date_precision is None:
        return Answer(name, told["date"], "none", article.date_source, told["url"])
    length = {"day": 10, "month": 7, "year": 4}[article.date_precision]
    return Answer(name, told["date"], article.date.isoformat()[:length], article.date_source, told["url"])


def by_htmldate(name: str, told: dict[str, str], html: str) -> Answer:
    """Return what htmldate alone makes of a page, asked for the original date."""
    found = htmldate.find_date(html, url=told["url"], original_date=True, max_date=date.today().isoformat())
    return Answer(name, told["date"], found or "none", "htmldate", told["url"])


def told(title: str, answers: list[Answer]) -> None:
    """Print the counts of some answers."""
    counts = Counter(one.outcome for one in answers)
    share = counts["exact"] / max(1, len(answers))
    print(
        f"{title}: {len(answers)} pages, {share:.3f} exact ({counts['exact']}), "
        f"{counts['wrong']} wrong, {counts['undated']} undated or refused"
    )


def main() -> None:
    """Measure the half asked for."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--corpora", type=Path, default=ROOT.parent / "shared" / "corpora")
    arguments.add_argument("--half", choices=("tuned", "held-back", "both"), default="tuned")
    arguments.add_argument("--errors", action="store_true")
    arguments.add_argument("--no-htmldate", action="store_true")
    asked = arguments.parse_args()
    held = list(pages(asked.corpora / "dated_pages.tar.xz", asked.half))
    answers = [ours(*page) for page in held]
    told(f"ours, {asked.half}", answers)
    print("  by source:", dict(Counter((one.source, one.outcome) for one in answers)))
    if not asked.no_htmldate:
        told(f"htmldate, {asked.half}", [by_htmldate(*page) for page in held])
    for one in answers if asked.errors else ():
        if one.outcome != "exact":
            print(f"{one.outcome} gold {one.gold} ours {one.ours} ({one.source}) {one.name} {one.url}")


if __name__ == "__main__":
    main()
