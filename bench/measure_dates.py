"""Print how many pages with a known date are dated right, wrong and not at all by htmldate alone.

    python bench/measure_dates.py [CORPUS] [--sample RULE]

What `dateline evaluate dates` is held against: the same pages, each with its address known, counted alike.
"""

import argparse
from collections import Counter
from datetime import date
from pathlib import Path

import htmldate

from indexer.evaluation.dates import Answer, answer
from indexer.evaluation.pages import Page, pages
from indexer.evaluation.sample import sample_of

ROOT = Path(__file__).resolve().parent.parent


def by_htmldate(page: Page) -> Answer:
    """Return what htmldate alone makes of a page, asked for the original date."""
    found = htmldate.find_date(
        page.source.content, url=page.source.url, original_date=True, max_date=date.today().isoformat()
    )
    return Answer(page.id, page.gold, found or "", "htmldate")


def main() -> None:
    """Measure both on the sample asked for: the pages that rules were made on, unless told otherwise."""
    arguments = argparse.ArgumentParser()
    corpus = ROOT.parent / "shared" / "corpora" / "dated_pages.tar.xz"
    arguments.add_argument("corpus", type=Path, nargs="?", default=corpus)
    arguments.add_argument("--sample", type=sample_of, default="ids 0/2")
    asked = arguments.parse_args()
    held = list(pages(asked.corpus, asked.sample, key="date"))
    for name, date_of in (("ours", answer), ("htmldate", by_htmldate)):
        counts = Counter(date_of(page).outcome for page in held)
        print(f"{name}: {len(held)} pages, {counts['exact'] / len(held):.3f} exact", dict(counts))


if __name__ == "__main__":
    main()
