"""Measure the main text of web pages: ours and trafilatura alone against what readers marked.

    python bench/measure_text.py [CORPUS] [--sample RULE] [--errors N]

Counted as by `dateline evaluate main-text`. `seconds` is all that each reads of a page (ours: title, author,
dates and text).
"""

import argparse
import time
from collections.abc import Callable
from pathlib import Path

import trafilatura

from indexer.evaluation.main_text import body_of, means, score
from indexer.evaluation.measured import harmonic
from indexer.evaluation.pages import Page, pages
from indexer.evaluation.sample import sample_of

ROOT = Path(__file__).resolve().parent.parent


def theirs(page: Page) -> str:
    """Return what trafilatura finds as it comes, without comments."""
    return trafilatura.extract(page.source.content, include_comments=False) or ""


def report(name: str, read: Callable[[Page], str], taken: list[Page], *, errors: int) -> None:
    """Print the figures of one reader, and its worst pages."""
    began = time.perf_counter()
    texts = [read(page) for page in taken]
    seconds = time.perf_counter() - began
    scores = sorted((score(*pair) for pair in zip(taken, texts, strict=True)), key=lambda one: one.f1)
    precision, recall = means(scores)
    low = [sum(one.f1 < bound for one in scores) for bound in (0.7, 0.8)]
    print(
        f"{name}: {len(scores)} pages  precision {precision:.3f}  recall {recall:.3f}"
        f"  F1 {harmonic(precision, recall):.4f}  mean F1 {sum(one.f1 for one in scores) / len(scores):.4f}"
        f"  worst {scores[0].f1:.3f}  below 0.70: {low[0]}, below 0.80: {low[1]}  {seconds:.1f} seconds"
    )
    for one in scores[:errors]:
        shares = f"{one.f1:.3f} p {one.precision:.3f} r {one.recall:.3f}"
        print(f"  {shares} {one.page.source.url} {one.page.id[:12]}")


def main() -> None:
    """Print both readers' figures on a sample: the pages that rules were made on, unless told otherwise."""
    arguments = argparse.ArgumentParser()
    corpus = ROOT.parent / "shared" / "corpora" / "article_pages.tar.xz"
    arguments.add_argument("corpus", type=Path, nargs="?", default=corpus)
    arguments.add_argument("--sample", type=sample_of, default="ids 0/2")
    arguments.add_argument("--errors", type=int, default=0)
    asked = arguments.parse_args()
    taken = list(pages(asked.corpus, asked.sample, key="articleBody"))
    theirs(taken[0])  # its lists and patterns are loaded on the first page
    report("trafilatura alone", theirs, taken, errors=0)
    report("ours", body_of, taken, errors=asked.errors)


if __name__ == "__main__":
    main()
