"""The same articles and questions for every engine: totals compared, then pages timed in turns.

    python bench/engines.py [--articles N | --reuters FILE] [--questions N] [--engines NAME …] [--save]

Engines whose library is missing are left out (`pip install tantivy`, or this project's extra
`bench`). Stock Whoosh is asked only up to 20,000 articles. Every question is asked once of every
engine to compare totals, which also warms up; the second asking is timed, engines taking turns
question by question. Prints a Markdown table; `--save` writes the figures under bench/runs/.
"""

import argparse
import datetime as dt
import json
import multiprocessing
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import rivals
from archive import KINDS, Asker, Question, Reuters, Synthetic

ENGINES = {one.name: one for one in (rivals.Ours, rivals.Tantivy, rivals.Fts5, rivals.StockWhoosh)}
RUNS = Path(__file__).parent / "runs"
MOST_FOR_STOCK = 20_000
FLOOR_MS = 0.1
"""tantivy's hits are never taken to be faster than this: below it the calls themselves are measured."""
READY = 200_000
"""Up to so many articles are made before the clock starts; of more, their making counts for every engine.
It cannot be subtracted: tantivy's threads index meanwhile."""
_WEIGHED = 3
"""Questions a kind that a process is asked before its memory is read."""


@dataclass(slots=True)
class Costs:
    """What an engine's index takes to build, to keep, to open, and in memory once asked."""

    version: str
    build_s: float = 0.0
    articles_per_s: float = 0.0
    index_bytes: int = 0
    open_s: float = 0.0
    resident_mb: float = 0.0
    private_mb: float = 0.0


@dataclass(slots=True)
class Times:
    """Milliseconds of every question of one kind, asked of one engine."""

    page: list[float] = field(default_factory=list)
    hits: list[float] = field(default_factory=list)


def built(name: str, folder: Path, articles: Synthetic | Reuters) -> Costs:
    """Build one engine's index; return what it took."""
    engine = ENGINES[name](folder)
    ready = list(articles) if len(articles) <= READY else articles
    started = time.perf_counter()
    engine.build(ready)
    seconds = time.perf_counter() - started
    size_bytes = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return Costs(engine.version, seconds, len(articles) / seconds, size_bytes)


def weighed(name: str, folder: Path, questions: Sequence[Question]) -> tuple[float, float, float]:
    """Return the seconds to open an index, and the MB of memory, all and private, it took to ask it.

    Run in a process of its own, so that no other engine's memory is counted.
    """
    engine = ENGINES[name](folder)
    before = memory_mb()
    started = time.perf_counter()
    engine.open()
    seconds = time.perf_counter() - started
    for asked in questions:
        if asked.kind not in engine.skips:
            engine.page(asked)
    after = memory_mb()
    return seconds, after[0] - before[0], after[1] - before[1]


def memory_mb() -> tuple[float, float]:
    """Return this process's resident memory in MB: all of it, and what is backed by no file."""
    lines = Path("/proc/self/status").read_text().splitlines()
    kilobytes = {
        key: int(rest.split()[0]) for key, _, rest in (line.partition(":") for line in lines) if "kB" in rest
    }
    return kilobytes["VmRSS"] / 1024, kilobytes["RssAnon"] / 1024


def took_ms(work: Callable[[Question], int], asked: Question) -> float:
    """Return the milliseconds of one call."""
    started = time.perf_counter()
    work(asked)
    return (time.perf_counter() - started) * 1000


def takes(engine: rivals.Rival, at: int, asked: Question, stock: int) -> bool:
    """Return whether an engine is asked this question, the one numbered `at` of its kind."""
    return asked.kind not in engine.skips and (engine.name != rivals.StockWhoosh.name or at < stock)


def disagreements(engines: Sequence[rivals.Rival], questions: Sequence[Question], stock: int) -> list[str]:
    """Return a line for each question whose totals differ between engines, hits or pages."""
    found = []
    for at, asked in enumerate(questions):
        totals = {}
        for engine in engines:
            if takes(engine, at, asked, stock):
                totals[engine.name] = engine.page(asked)
                if engine.name != rivals.StockWhoosh.name:
                    totals[f"{engine.name}, hits"] = engine.hits(asked)
        if len(set(totals.values())) > 1:
            told = ", ".join(f"{name} {total:,}" for name, total in totals.items())
            found.append(f"{asked.kind} {rivals.our_query(asked)!r:.200}: {told}")
    return found


def timed(engines: Sequence[rivals.Rival], questions: Sequence[Question], stock: int) -> dict[str, Times]:
    """Return the times of one kind of question by engine; engines take turns question by question."""
    times = {engine.name: Times() for engine in engines}
    for at, asked in enumerate(questions):
        turn = at % len(engines)
        for engine in (*engines[turn:], *engines[:turn]):
            if not takes(engine, at, asked, stock):
                continue
            times[engine.name].page.append(took_ms(engine.page, asked))
            if engine.name != rivals.StockWhoosh.name:
                times[engine.name].hits.append(took_ms(engine.hits, asked))
    return times


def p99(figures: Sequence[float]) -> float:
    """Return the 99th percentile by nearest rank: of fewer than a hundred figures, the largest."""
    return sorted(figures)[min(len(figures) - 1, int(0.99 * len(figures)))]


def cost_table(costs: dict[str, Costs]) -> Iterator[str]:
    """Yield the rows on building and keeping an index."""
    yield "| engine | version | articles/s | index MB | open s | resident MB | of it private |"
    yield "|---|---|---:|---:|---:|---:|---:|"
    for name, one in costs.items():
        memory = f"{one.resident_mb:,.0f} | {one.private_mb:,.0f}"
        kept = f"{one.index_bytes / 1e6:,.1f} | {one.open_s:.3f} | {memory}"
        yield f"| {name} | {one.version} | {one.articles_per_s:,.0f} | {kept} |"


def time_table(kinds: dict[str, dict[str, Times]], names: Sequence[str], what: str) -> Iterator[str]:
    """Yield the rows of pages or of hits: p50 / p99 by engine, then our p50 over each other's."""
    others = [name for name in names if name != rivals.Ours.name]
    asked_of = [name for name in names if any(getattr(times[name], what) for times in kinds.values())]
    others = [name for name in asked_of if name in others]
    yield f"| {what}, ms | {' | '.join(asked_of)} | {' | '.join(f'ours ÷ {name}' for name in others)} |"
    yield "|---" + "|---:" * (len(asked_of) + len(others)) + "|"
    ratios: dict[str, dict[str, float]] = {name: {} for name in others}
    for kind, times in kinds.items():
        cells = [cell(getattr(times[name], what)) for name in asked_of]
        for name in others:
            ratio = ratio_of(getattr(times[rivals.Ours.name], what), getattr(times[name], what), name, what)
            cells.append("—" if ratio is None else f"**{ratio:.2f}**" if ratio > 1 else f"{ratio:.3g}")
            if ratio is not None and kind != "match-all":
                ratios[name][kind] = ratio
        yield f"| {kind} | {' | '.join(cells)} |"
    means = [
        f"{statistics.geometric_mean(ratios[name].values()):.3g}" if ratios[name] else "—" for name in others
    ]
    yield f"| geometric mean without match-all | {' | '.join([''] * len(asked_of) + means)} |"


def cell(figures: Sequence[float]) -> str:
    """Return p50 / p99, or a dash for an engine that was not asked."""
    return f"{statistics.median(figures):.2f} / {p99(figures):.2f}" if figures else "cannot"


def ratio_of(ours: Sequence[float], theirs: Sequence[float], name: str, what: str) -> float | None:
    """Return our median over theirs, None when one was not asked."""
    if not ours or not theirs:
        return None
    floor = FLOOR_MS if (name, what) == (rivals.Tantivy.name, "hits") else 0.0
    return statistics.median(ours) / max(statistics.median(theirs), floor)


def chosen(wanted: Sequence[str], size: int) -> list[str]:
    """Return the names of the engines that can be measured, saying why others are not."""
    names = []
    for name in wanted or ENGINES:
        if name == rivals.Tantivy.name and rivals.tantivy is None:
            print(f"{name} is left out: not installed")
        elif name == rivals.StockWhoosh.name and size > MOST_FOR_STOCK:
            print(f"{name} is left out: more than {MOST_FOR_STOCK:,} articles")
        else:
            names.append(name)
    return names


def machine() -> dict[str, str]:
    """Return what the figures were measured on."""
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return {
        "date": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "processor": models[0] if models else platform.processor(),
        "cores": str(os.cpu_count()),
        "memory_gb": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 1e9:.1f}",
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "numpy": rivals.version("numpy"),
    }


def all_costs(
    names: Sequence[str], root: Path, articles: Synthetic | Reuters, asker: Asker
) -> dict[str, Costs]:
    """Build every index and weigh each in a process of its own."""
    few = [one for kind in KINDS for one in asker.questions(kind, _WEIGHED)]
    costs = {}
    for at, name in enumerate(names):
        folder = root / str(at)
        one = built(name, folder, articles)
        print(f"{name} built in {one.build_s:.1f} s", file=sys.stderr)
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            one.open_s, one.resident_mb, one.private_mb = pool.apply(weighed, (name, folder, few))
        costs[name] = one
    return costs


def measured(
    names: Sequence[str], root: Path, asker: Asker, count: int, *, stock: int
) -> tuple[dict[str, dict[str, Times]], list[str]]:
    """Return times by kind and engine, and the questions whose totals differ."""
    engines = [ENGINES[name](root / str(at)) for at, name in enumerate(names)]
    for engine in engines:
        engine.open()
    kinds, differ = {}, []
    for kind in KINDS:
        questions = asker.questions(kind, count)
        if len(questions) < count:
            print(f"{kind}: only {len(questions)} different questions", file=sys.stderr)
        differ += disagreements(engines, questions, stock)
        kinds[kind] = timed(engines, questions, stock)
        print(f"{kind} measured", file=sys.stderr)
    return kinds, differ


def saved(report: dict[str, object], title: str) -> Path:
    """Write the figures of a run; return the file."""
    RUNS.mkdir(exist_ok=True)
    digits = "".join(letter if letter.isalnum() else "-" for letter in title)
    path = RUNS / f"engines-{dt.date.today()}-{'-'.join(filter(None, digits.split('-')))}.json"
    path.write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def options() -> argparse.Namespace:
    """Return what was asked for on the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    source = parser.add_mutually_exclusive_group()
    source.add_argument("--articles", type=int, default=20_000)
    source.add_argument("--reuters", type=Path)
    parser.add_argument("--questions", type=int, default=30)
    parser.add_argument("--stock-questions", type=int, help="as many a kind for stock Whoosh, which is slow")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--engines", nargs="+", choices=ENGINES, default=())
    parser.add_argument("--save", action="store_true", help="write the figures under bench/runs/")
    return parser.parse_args()


def main() -> int:
    """Build, compare, time, print; return 1 when totals differ."""
    asked = options()
    articles = Reuters(asked.reuters) if asked.reuters else Synthetic(asked.articles, seed=asked.seed)
    names = chosen(asked.engines, len(articles))
    asker = Asker(articles, seed=asked.seed + 1)
    stock = asked.questions if asked.stock_questions is None else asked.stock_questions
    with tempfile.TemporaryDirectory(prefix="engines-") as root:
        costs = all_costs(names, Path(root), articles, asker)
        kinds, differ = measured(names, Path(root), asker, asked.questions, stock=stock)
    print(f"\n{articles.name}; {asked.questions} questions a kind; p50 / p99\n")
    tables = [cost_table(costs), time_table(kinds, names, "page"), time_table(kinds, names, "hits")]
    print("\n\n".join("\n".join(table) for table in tables))
    print(f"\n{len(differ)} questions with totals that differ", *differ, sep="\n")
    if asked.save:
        report = {
            "articles": articles.name,
            "questions": asked.questions,
            "questions_of_stock_whoosh": stock,
            "machine": machine(),
            "costs": {name: asdict(one) for name, one in costs.items()},
            "ms": {
                kind: {name: summary(one) for name, one in times.items()} for kind, times in kinds.items()
            },
            "totals_differ": differ,
        }
        print(f"written to {saved(report, articles.name)}")
    return 1 if differ else 0


def summary(times: Times) -> dict[str, float]:
    """Return median and 99th percentile of pages and hits, nothing for what was not asked."""
    told = {}
    for what, figures in (("page", times.page), ("hits", times.hits)):
        if figures:
            told[f"{what}_p50"] = round(statistics.median(figures), 4)
            told[f"{what}_p99"] = round(p99(figures), 4)
    return told


if __name__ == "__main__":
    sys.exit(main())
