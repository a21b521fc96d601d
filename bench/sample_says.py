"""Print a random sample of the dates that articles speak of, each with its sentence, to be read and judged.

    python bench/sample_says.py FILE [--seed 1] [--count 100] [--relative]

FILE is JSONL with title, text or body, and date. With --relative only those that the day of
publication resolved.
"""

import argparse
import gzip
import json
import random
from pathlib import Path

from indexer.days import Day, read_day
from indexer.says import find_says

AROUND = 110


def told(path: Path, *, relative: bool) -> list[str]:
    """Return a line for each date that the articles of a file speak of."""
    lines = []
    with gzip.open(path, "rt", encoding="utf-8") as rows:
        for article in map(json.loads, rows):
            published: Day | None = read_day(article["date"])
            body = article.get("text") or article["body"]
            for tag in find_says(article["title"], body, published):
                for one in tag.mentions:
                    if relative and one.rule in ("date:day", "date:month", "date:year"):
                        continue
                    before = body[max(0, one.start - AROUND) : one.start]
                    around = f"{before}[[{one.surface}]]{body[one.end : one.end + AROUND // 2]}"
                    lines.append(f"{article['date']} {tag.value} ({one.rule}) {' '.join(around.split())}")
    return lines


def main() -> None:
    """Print the sample."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("file", type=Path)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--count", type=int, default=100)
    arguments.add_argument("--relative", action="store_true")
    asked = arguments.parse_args()
    lines = told(asked.file, relative=asked.relative)
    print(f"{len(lines)} dates")
    for number, line in enumerate(random.Random(asked.seed).sample(lines, min(asked.count, len(lines))), 1):
        print(f"{number}. {line}")


if __name__ == "__main__":
    main()
