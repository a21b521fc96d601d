"""Print in how many datelines that state day and month the two are read, given the year alone.

    python bench/measure_datelines.py [--corpora DIR] [--errors N]

What a dateline states is read by a plain loop over its words: a month's name and the number beside it.
The article is given the year of its date; its day must then be the one stated.
"""

import argparse
import gzip
import json
import re
from datetime import date
from itertools import pairwise
from pathlib import Path

from indexer.date import Clues, find_date

ROOT = Path(__file__).resolve().parent.parent
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def stated(dateline: str) -> tuple[int, int] | None:
    """Return month and day that a dateline states, None if it states none."""
    words = re.findall(r"[A-Za-z]+|\d+", dateline)
    for first, second in pairwise(words):
        month, day = (second, first) if first.isdigit() else (first, second)
        if day.isdigit() and len(day) < 3 and month[:3].lower() in MONTHS:
            return MONTHS.index(month[:3].lower()) + 1, int(day)
    return None


def main() -> None:
    """Measure the datelines of Reuters."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--corpora", type=Path, default=ROOT.parent / "shared" / "corpora")
    arguments.add_argument("--errors", type=int, default=0)
    asked = arguments.parse_args()
    right, missed = 0, []
    with gzip.open(asked.corpora / "reuters.jsonl.gz", "rt", encoding="utf-8") as rows:
        for story in map(json.loads, rows):
            wanted = stated(story["dateline"] or "")
            if wanted is None:
                continue
            clues = Clues(given=story["date"][:4], dateline=story["dateline"])
            found, _ = find_date(clues, today=date.today())
            if found.precision == "day" and found.day and (found.day.month, found.day.day) == wanted:
                right += 1
            else:
                missed.append(f"{story['dateline']!r}: {found.day} {found.precision}")
    print(f"datelines with day and month: {right + len(missed)}, read {right / (right + len(missed)):.4f}")
    print("\n".join(missed[: asked.errors]))


if __name__ == "__main__":
    main()
