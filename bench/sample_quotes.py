"""Print a random sample of the persons tagged `quoted`, with the words beside their names, to be read.

    python bench/sample_quotes.py FILE.jsonl[.gz] [--number N] [--seed S]

Each line of FILE holds `title` and `text`. Where words are given to "he" or "she", the sentence of the
pronoun is shown. Whether each tag is right, a reader must say; nothing is counted here.
"""

import argparse
import gzip
import json
import random
from pathlib import Path

from indexer.people import quotations

BESIDE = 160


def main() -> None:
    """Print the sample."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("file", type=Path)
    arguments.add_argument("--number", type=int, default=50)
    arguments.add_argument("--seed", type=int, default=1)
    asked = arguments.parse_args()
    opened = gzip.open if asked.file.suffix == ".gz" else open
    with opened(asked.file, "rt", encoding="utf-8") as source:
        found = [(row["text"], *one) for row in map(json.loads, source) for one in quotations(row["text"])]
    print(f"{len(found)} persons are quoted")
    for number, (text, name, how, at) in enumerate(random.Random(asked.seed).sample(found, asked.number), 1):
        beside = text[max(0, at - BESIDE) : at] + "⟦" + text[at : at + BESIDE] + "⟧"
        print(f"{number}. {name} [{how}] {' '.join(beside.split())}")


if __name__ == "__main__":
    main()
