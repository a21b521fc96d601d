"""How high a story stands that is looked for by its headline, in an index without titles.

    python bench/measure_headlines.py [--questions N] FILE…      (.jsonl.gz with title, and body or text)

A check of the ranking on news beyond the collections with judgments, which its settings were not chosen
on. Headlines of four words or more are asked with match=any, in lower case; the mean reciprocal rank over
the first fifty hits is printed. The headline is taken out of the text where it stands there too.
"""

import argparse
import gzip
import json
import random
import tempfile
from pathlib import Path

from indexer.evaluation.ranking import LIMITS, plain
from search.domain import Article
from search.engines.whoosh.index import create
from search.ranking import ranked

DEPTH, LEAST_WORDS = 50, 4


def stories(path: Path) -> list[tuple[str, str]]:
    """Return headline and text of each row."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    titled = [(one.get("title") or "", one.get("body") or one.get("text") or "") for one in rows]
    return [(title, text.replace(title, "", 1)) for title, text in titled]


def reciprocal_rank(path: Path, questions: int, folder: Path) -> tuple[float, int]:
    """Return the mean over a sample of headlines, and how many were asked."""
    held = stories(path)
    engine = create(folder)
    with engine.writer() as writer:
        for number, (_, text) in enumerate(held):
            writer.add(Article(str(number), "", text))
    engine = engine.reopened()
    asked = [number for number, (title, _) in enumerate(held) if len(title.split()) >= LEAST_WORDS]
    asked = random.Random(1).sample(asked, min(questions, len(asked)))
    total = 0.0
    for number in asked:
        found = ranked(engine, plain(held[number][0]), match="any", depth=DEPTH, limits=LIMITS)
        total += 1 / (found.index(str(number)) + 1) if str(number) in found else 0.0
    engine.close()
    return total / len(asked), len(asked)


def main() -> None:
    """Print a line for each file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--questions", type=int, default=600)
    asked = parser.parse_args()
    for path in asked.files:
        with tempfile.TemporaryDirectory() as made:
            mean, questions = reciprocal_rank(path, asked.questions, Path(made) / "index")
            print(f"{path.name:20} mean reciprocal rank {mean:.3f}  ({questions} headlines)")


if __name__ == "__main__":
    main()
