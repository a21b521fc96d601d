"""What building and keeping an index costs, each engine in processes of its own."""

import multiprocessing
import os
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from archive import Archive, Corpus
from memory import Watch, private_kb, rollup
from questions import Question
from rival import Place
from rivals import ENGINES

READY = 300_000
"""Up to so many articles are made before the clock starts; of more, their making counts for every engine.
It cannot be subtracted: tantivy's threads index meanwhile."""
_TRIED = 5_000


@dataclass(slots=True)
class Costs:
    """What an engine's index takes to build, to keep, to open, and in memory once asked.

    `build_peak_mb` is the most memory that the building process and its children held to themselves, of
    which `build_start_mb` was there before the start: Python, libraries, and the articles made ready.
    `files` and `parts` are bytes: by kind of file, and by what the engine says they hold.
    """

    version: str
    build_s: float = 0.0
    articles_per_s: float = 0.0
    build_peak_mb: float = 0.0
    build_start_mb: float = 0.0
    index_bytes: int = 0
    open_s: float = 0.0
    first_page_s: float = 0.0
    resident_mb: float = 0.0
    private_mb: float = 0.0
    files: dict[str, int] = field(default_factory=dict)
    parts: dict[str, int] = field(default_factory=dict)


def cost(name: str, place: Place, corpus: Corpus, questions: Sequence[Question]) -> Costs:
    """Build one engine's index and weigh it; return what it took."""
    with alone() as builder, Watch(builder.submit(os.getpid).result()) as watch:
        one, since, until = builder.submit(built, name, place, corpus).result()
        one.build_peak_mb = max(one.build_start_mb, watch.peak_mb(since, until))
    print(f"{name} built in {one.build_s:.1f} s", file=sys.stderr)
    with alone() as asker:
        return asker.submit(weigh, one, name, place, questions).result()


def alone() -> ProcessPoolExecutor:
    """Return a process of its own, which may have children: a worker of `Pool` may not."""
    return ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn"))


def built(name: str, place: Place, corpus: Corpus) -> tuple[Costs, float, float]:
    """Build an index; return what it took, and the moments of `time.monotonic` between which it was done."""
    articles = corpus.open()
    ready = list(articles) if len(articles) <= READY else articles
    engine = ENGINES[name](place)
    start_mb = private_kb(rollup()) / 1024
    since = time.monotonic()
    engine.build(ready)
    until = time.monotonic()
    one = Costs(engine.version, until - since, len(articles) / (until - since), build_start_mb=start_mb)
    files = [path for path in place.folder.rglob("*") if path.is_file()]
    one.files = by_kind(files)
    one.index_bytes = engine.size_bytes() if hasattr(engine, "size_bytes") else sum(one.files.values())
    return one, since, until


def made_per_s(articles: Archive) -> float:
    """Return how many articles a second are made while an index is built; 0 when they are made before."""
    if len(articles) <= READY:
        return 0.0
    started = time.perf_counter()
    made = sum(1 for _ in islice(articles, _TRIED))
    return made / (time.perf_counter() - started)


def by_kind(files: Iterable[Path]) -> dict[str, int]:
    """Return the bytes of files by suffix and number of files, or by name where there is none, most first."""
    sizes: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    for path in files:
        kind = path.suffix or path.name
        sizes[kind] += path.stat().st_size
        counts[kind] += 1
    return {f"{kind} × {counts[kind]}": size for kind, size in sizes.most_common()}


def weigh(one: Costs, name: str, place: Place, questions: Sequence[Question]) -> Costs:
    """Open an index and ask it; return the costs with seconds to open it and MB of memory it took.

    Run in a process of its own, so that no other engine's memory is counted.
    """
    engine = ENGINES[name](place)
    before = memory_mb()
    started = time.perf_counter()
    engine.open()
    one.open_s = time.perf_counter() - started
    asked_of = [asked for asked in questions if asked.kind not in engine.skips]
    started = time.perf_counter()
    engine.page(asked_of[0])
    one.first_page_s = time.perf_counter() - started
    for asked in asked_of[1:]:
        engine.page(asked)
    after = memory_mb()
    one.resident_mb, one.private_mb = after[0] - before[0], after[1] - before[1]
    one.parts = engine.parts() if hasattr(engine, "parts") else {}
    return one


def memory_mb() -> tuple[float, float]:
    """Return this process's resident memory in MB: all of it, and what is backed by no file."""
    kinds = rollup()
    return kinds["Rss"] / 1024, kinds["Anonymous"] / 1024
