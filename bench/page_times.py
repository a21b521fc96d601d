"""How long pages take by two versions of the code over one index: CPU time, as ratios.

    git worktree add /tmp/before c8f6348
    python bench/page_times.py /tmp/before .                             50,000 made-up articles
    python bench/page_times.py /tmp/before . --prose reuters.jsonl.gz    articles in whose prose words vary

The older code builds the index, so both must read the same format. Over made-up articles questions are
those of `bench/engines.py`; their words have one form alone. Over prose they are words of headlines as
typed, which have others. The versions take turns in processes of their own. Of each question the
quickest of seven counts, of a kind the median of twenty questions, of the turns the median ratio.
"""

import argparse
import gzip
import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from archive import Synthetic
from ask_ours import VALUES, Ours, our_query
from questions import KINDS, Asker
from rival import Place

from search.domain import Article, Query
from search.run import answer

EACH, REPEATS = 20, 7
Asked = dict[str, list[Query]]


def prose(path: Path, most: int) -> Iterator[Article]:
    """Yield the first articles of a file of rows, as they are written."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in islice(lines, most):
            row = json.loads(line)
            yield Article(str(row["id"]), row.get("title") or "", row.get("text") or row.get("body") or "")


def of_headlines(articles: Iterator[Article]) -> Asked:
    """Return questions of words in headlines, in small letters."""
    draw = random.Random(3)
    heads = [re.findall(r"[a-z]{3,}", one.title.lower()) for one in articles]
    heads = [head for head in heads if len(head) >= 5]
    kinds: dict[str, Callable[[list[str]], Query]] = {
        "word of a headline": lambda head: Query(draw.choice(head)),
        "two of its words": lambda head: Query(" ".join(draw.sample(head, 2))),
        "two of its words, match=any": lambda head: Query(" ".join(draw.sample(head, 2)), match="any"),
        "whole headline, match=any": lambda head: Query(" ".join(head), match="any"),
    }
    return {kind: [make(head) for head in draw.sample(heads, EACH)] for kind, make in kinds.items()}


def questions(options: argparse.Namespace) -> Asked:
    """Return the questions of a run, the same in every process."""
    if options.prose:
        return of_headlines(prose(options.prose, options.articles))
    asker = Asker(Synthetic(options.articles))
    return {kind: [our_query(one) for one in asker.questions(kind, EACH)] for kind in KINDS}


def medians(ours: Ours, asked: Asked) -> dict[str, float]:
    """Return milliseconds of CPU a page, by kind of question."""
    found = {}
    for kind, queries in asked.items():
        best = [min(_spent(ours, query) for _ in range(REPEATS)) for query in queries]
        found[kind] = 1_000 * statistics.median(best)
    return found


def _spent(ours: Ours, query: Query) -> float:
    start = time.process_time()
    answer(ours.engine, query, values=VALUES)
    return time.process_time() - start


def run_in(tree: Path, *given: str) -> str:
    """Run this program on the code of another folder; return what it prints."""
    environ = {**os.environ, "PYTHONPATH": str(tree.resolve())}
    command = [sys.executable, __file__, *sys.argv[1:], *given]
    return subprocess.run(command, env=environ, check=True, capture_output=True, text=True).stdout


def work(options: argparse.Namespace) -> None:
    """Do what a process of one version is for: build the index, or ask it."""
    ours = Ours(Place(options.folder, options.articles))
    if options.build:
        ours.build(prose(options.prose, options.articles) if options.prose else Synthetic(options.articles))
        return
    ours.open()
    print(json.dumps(medians(ours, questions(options))))


def compare(options: argparse.Namespace) -> None:
    """Let the versions take turns and print a row for each kind."""
    turns: list[list[dict[str, float]]] = []
    with tempfile.TemporaryDirectory() as folder:
        run_in(options.before, "--folder", folder, "--build")
        for _ in range(options.turns):
            both = [run_in(tree, "--folder", folder) for tree in (options.before, options.after)]
            turns.append([json.loads(one) for one in both])
    print("| kind | before, ms | after, ms | after ÷ before | lowest | highest |")
    print("|---|---:|---:|---:|---:|---:|")
    for kind in turns[0][0]:
        before, after = (statistics.median(turn[which][kind] for turn in turns) for which in (0, 1))
        ratios = sorted(turn[1][kind] / turn[0][kind] for turn in turns)
        middle = statistics.median(ratios)
        print(f"| {kind} | {before:.2f} | {after:.2f} | {middle:.2f} | {ratios[0]:.2f} | {ratios[-1]:.2f} |")


def main() -> None:
    """Read the arguments; compare, or work for a comparison."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("before", type=Path)
    parser.add_argument("after", type=Path)
    parser.add_argument("--articles", type=int, default=50_000)
    parser.add_argument("--prose", type=Path)
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--build", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    (work if options.folder else compare)(options)


if __name__ == "__main__":
    main()
