"""Measure how fast articles are tagged on one core: words a second for dates, people, countries, and all.

    python bench/measure_tagging.py [--corpora DIR] [--articles N]

The first N articles of `reuters` with a body, words as white space parts them. Each part is timed apart
and by itself over all articles; `whole` is what a rebuild does with a row that brings no tags.
"""

import argparse
import gzip
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from indexer.countries import tag_countries
from indexer.days import read_day
from indexer.extract import extract
from indexer.people import tag_people
from indexer.says import find_says
from indexer.source import Source

ROOT = Path(__file__).resolve().parent.parent
Row = dict[str, Any]


def whole(row: Row) -> None:
    """Extract a row as a rebuild does."""
    extract(
        Source(
            row["id"],
            "record",
            row["body"],
            id=row["id"],
            title=row["title"],
            date=row["date"],
            dateline=row["dateline"],
        )
    )


PARTS: dict[str, Callable[[Row], object]] = {
    "says": lambda row: find_says(row["title"], row["body"], read_day(row["date"])),
    "people": lambda row: tag_people(row["title"], row["body"]),
    "countries": lambda row: tag_countries(row["title"], row["body"], dateline=row["dateline"]),
    "whole": whole,
}


def main() -> None:
    """Print the table."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--corpora", type=Path, default=ROOT.parent / "shared" / "corpora")
    arguments.add_argument("--articles", type=int, default=2_000)
    asked = arguments.parse_args()
    with gzip.open(asked.corpora / "reuters.jsonl.gz", "rt", encoding="utf-8") as source:
        rows = [row for row in map(json.loads, source) if row["body"]][: asked.articles]
    words = sum(len(f"{row['title']} {row['body']}".split()) for row in rows)
    print(f"{len(rows)} articles, {words:,} words")
    for name, part in PARTS.items():
        part(rows[0])  # lists and model are loaded once a process
        began = time.process_time()
        for row in rows:
            part(row)
        print(f"{name}: {words / (time.process_time() - began):,.0f} words/s")


if __name__ == "__main__":
    main()
