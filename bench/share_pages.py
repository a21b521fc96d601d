"""Open an index in one process, fork two that ask it, and print what memory they share.

    python bench/share_pages.py [--articles N] [--questions N]

Each forked worker answers random questions of every kind, pages and all, its own ones. Shared are the
pages of files that several processes map and what the fork left in common; private is what a worker
holds alone: what it allocated, and what it wrote to of the parent's. Read from /proc/PID/smaps_rollup,
and for the files of the index from /proc/PID/smaps, while all three are alive.
"""

import argparse
import multiprocessing
import os
import random
import sys
import tempfile
from collections.abc import Sequence
from multiprocessing.synchronize import Barrier
from pathlib import Path

from archive import Synthetic
from ask_ours import Ours
from costs import alone
from memory import mapped, private_kb, rollup, shared_kb
from questions import KINDS, Asker, Question
from rival import Place

WORKERS = 2


def build(place: Place, seed: int) -> None:
    """Write the index; run in a process of its own, so that its memory is not inherited."""
    Ours(place).build(Synthetic(place.articles, seed=seed))


def work(engine: Ours, questions: Sequence[Question], ready: Barrier, read: Barrier) -> None:
    """Answer the questions, then stay until the memory was read."""
    for one in questions:
        engine.page(one)
    ready.wait()
    read.wait()


def drawn(articles: int, seed: int, count: int) -> list[list[Question]]:
    """Return the questions of each worker, in random order, no two of one worker alike but match-all."""
    asker = Asker(Synthetic(articles, seed=seed), seed=seed + 1)
    each = -(-count // len(KINDS))
    found = []
    for at in range(WORKERS):
        questions = [one for kind in KINDS for one in asker.questions(kind, each)]
        random.Random(at).shuffle(questions)
        found.append(questions[:count])
    return found


def row(name: str, pid: int, folder: Path) -> str:
    """Return a process's row of the table, in MB."""
    kinds, index = rollup(pid), mapped(pid, folder)
    figures = [kinds["Rss"], shared_kb(kinds), private_kb(kinds), kinds["Anonymous"], kinds["Pss"]]
    figures += [shared_kb(index), private_kb(index)]
    return f"| {name} | {' | '.join(f'{figure / 1024:,.1f}' for figure in figures)} |"


def main() -> int:
    """Build, open, fork, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--questions", type=int, default=200, help="of each worker")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="share-") as root:
        place = Place(Path(root) / "index", asked.articles)
        with alone() as builder:
            builder.submit(build, place, asked.seed).result()
            questions = builder.submit(drawn, asked.articles, asked.seed, asked.questions).result()
        engine = Ours(place)
        engine.open()
        engine.engine.warm()
        size_mb = sum(path.stat().st_size for path in place.folder.rglob("*") if path.is_file()) / 1e6
        print(
            f"{asked.articles:,} articles, index of {size_mb:,.0f} MB, {asked.questions} questions a worker\n"
        )
        print("\n".join(rows(engine, questions)))
    return 0


def rows(engine: Ours, questions: Sequence[Sequence[Question]]) -> list[str]:
    """Return the table, its figures read while every worker has its answers and is alive."""
    context = multiprocessing.get_context("fork")
    ready, read = context.Barrier(WORKERS + 1), context.Barrier(WORKERS + 1)
    workers = [context.Process(target=work, args=(engine, mine, ready, read)) for mine in questions]
    parent, folder = os.getpid(), engine.place.folder
    table = [
        "| MB | resident | shared | private | of no file | proportional | index shared | index private |",
        "|---" + "|---:" * 7 + "|",
        row("opened and warmed, before the fork", parent, folder),
    ]
    for worker in workers:
        worker.start()
    ready.wait()
    table.append(row("parent", parent, folder))
    table += [row(f"worker {at}", worker.pid, folder) for at, worker in enumerate(workers, 1)]
    read.wait()
    for worker in workers:
        worker.join()
    return table


if __name__ == "__main__":
    sys.exit(main())
