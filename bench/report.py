"""Tables in Markdown of a run, and its figures as JSON."""

import datetime as dt
import json
import os
import platform
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path

from costs import Costs
from figures import exponent, mean, percentile, ratio, singles
from limit import Limit
from questions import Question, told
from timing import ASKINGS, Times

RUNS = Path(__file__).parent / "runs"
OURS = "ours"
FLOOR_MS = {("tantivy", "hits"): 0.1}
"""tantivy's hits are never taken to be faster than this: below it the calls themselves are measured."""
WHAT = ("page", "hits")
Kinds = dict[str, dict[str, Times]]


@dataclass(slots=True)
class Run:
    """Everything that one run measured."""

    articles: str
    size: int
    segments: int
    command: str
    machine: dict[str, str]
    costs: dict[str, Costs] = field(default_factory=dict)
    asked: dict[str, list[Question]] = field(default_factory=dict)
    times: Kinds = field(default_factory=dict)
    differ: list[str] = field(default_factory=list)
    made_per_s: float = 0.0
    bandwidth: float = 0.0
    limits: dict[str, Limit] = field(default_factory=dict)

    @property
    def rivals(self) -> list[str]:
        """The engines that ours is compared with."""
        return [name for name in self.costs if name != OURS] if OURS in self.costs else []


@dataclass(slots=True)
class Verdict:
    """How ours stands to one other engine: ratios of medians by kind, of single questions, of means."""

    by_kind: dict[str, float]
    mean_without_match_all: float | None
    worst_kind: str
    worst: float
    worst_question: str
    worst_single: float
    singles_above_1: int


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
        "numpy": version("numpy"),
    }


def verdict(run: Run, name: str, what: str) -> Verdict | None:
    """Return how ours stands to an engine, in pages or in hits; None when no question was asked of both."""
    floor = FLOOR_MS.get((name, what), 0.0)
    kinds: dict[str, float] = {}
    each: list[tuple[float, str]] = []
    for kind, times in run.times.items():
        ours, theirs = getattr(times[OURS], what), getattr(times[name], what)
        middle = ratio(ours, theirs, floor=floor)
        if middle is None:
            continue
        kinds[kind] = middle
        named = [f"{kind}, {told(one)}" for one in run.asked[kind]]
        each += zip(singles(ours, theirs, floor=floor), named, strict=False)
    if not kinds:
        return None
    worst_kind, (single, question) = max(kinds, key=lambda kind: kinds[kind]), max(each)
    above = sum(one > 1 for one, _ in each)
    average = mean(kinds, without="match-all")
    return Verdict(kinds, average, worst_kind, kinds[worst_kind], question, single, above)


def cost_table(run: Run) -> Iterator[str]:
    """Yield the rows on building and keeping an index."""
    yield (
        "| engine | version | articles/s | private MB, peak of building | of it before | index MB | open s "
        "| first page s | resident MB | of it private | ours: articles/s ÷ | ours: index ÷ |"
    )
    yield "|---|---" + "|---:" * 10 + "|"
    ours = run.costs.get(OURS)
    for name, one in run.costs.items():
        build = f"{one.articles_per_s:,.0f} | {one.build_peak_mb:,.0f} | {one.build_start_mb:,.0f}"
        kept = f"{one.index_bytes / 1e6:,.1f} | {one.open_s:.3f} | {one.first_page_s:.3f}"
        memory = f"{one.resident_mb:,.0f} | {one.private_mb:,.0f}"
        beside = " | "
        if ours and name != OURS:
            speed, size = ours.articles_per_s / one.articles_per_s, ours.index_bytes / one.index_bytes
            beside = f"{speed:.3g} | {size:.3g}"
        yield f"| {name} | {one.version} | {build} | {kept} | {memory} | {beside} |"


def part_table(title: str, sizes: dict[str, int], articles: int) -> Iterator[str]:
    """Yield the rows on what the parts of our index take, the largest first; nothing of no parts."""
    if not sizes:
        return
    whole = sum(sizes.values())
    yield f"| {title} | MB | share | bytes an article |"
    yield "|---|---:|---:|---:|"
    for name, size in sorted(sizes.items(), key=lambda pair: -pair[1]):
        yield f"| {name} | {size / 1e6:,.2f} | {size / whole:.1%} | {size / articles:,.1f} |"
    yield f"| all | {whole / 1e6:,.2f} | | {whole / articles:,.1f} |"


def time_table(run: Run, what: str) -> Iterator[str]:
    """Yield the rows of pages or of hits: p50 / p99 by engine, then our p50 over each other's."""
    verdicts = {name: found for name in run.rivals if (found := verdict(run, name, what))}
    yield f"| {' | '.join([f'{what}, ms', *run.costs, *(f'ours ÷ {name}' for name in verdicts)])} |"
    yield "|---" + "|---:" * (len(run.costs) + len(verdicts)) + "|"
    for kind, times in run.times.items():
        cells = [cell(getattr(times[name], what)) for name in run.costs]
        ratios = [found.by_kind.get(kind) for found in verdicts.values()]
        yield f"| {kind} | {' | '.join([*cells, *map(ratio_cell, ratios)])} |"
    if not verdicts:
        return
    blank = " | " * len(run.costs)
    each = verdicts.values()
    means = (ratio_cell(found.mean_without_match_all) for found in each)
    yield f"| geometric mean without match-all {blank}| {' | '.join(means)} |"
    yield f"| worst class {blank}| {' | '.join(ratio_cell(found.worst) for found in each)} |"
    yield f"| worst single question {blank}| {' | '.join(ratio_cell(found.worst_single) for found in each)} |"
    yield f"| questions above 1 {blank}| {' | '.join(str(found.singles_above_1) for found in each)} |"
    for name, found in verdicts.items():
        yield f"\nWorst beside {name}: class {found.worst_kind}; question “{found.worst_question}”."


def cell(figures: Sequence[float]) -> str:
    """Return p50 / p99, or that the engine was not asked."""
    if not figures:
        return "cannot"
    return f"{statistics.median(figures):.2f} / {percentile(figures, 0.99):.2f}"


def ratio_cell(one: float | None) -> str:
    """Return a ratio, in bold when ours is the slower; a dash for none."""
    return "—" if one is None else f"**{one:.2f}**" if one > 1 else f"{one:.3g}"


def p95(run: Run) -> dict[str, float]:
    """Return the 95th percentile of our milliseconds: over all questions, and over every asking of them."""
    found = {}
    for what in (*WHAT, "every_page", "every_hits"):
        figures = [ms for times in run.times.values() if OURS in times for ms in getattr(times[OURS], what)]
        found[what] = percentile(figures, 0.95) if figures else 0.0
    return found


def p95_lines(run: Run) -> Iterator[str]:
    """Yield a line a figure on the slowest twentieth of all our questions."""
    found = p95(run)
    for what in WHAT if found["page"] else ():
        every = found[f"every_{what}"]
        yield f"p95 of all our questions, {what}: {found[what]:.2f} ms; of every asking {every:.2f} ms"


def limit_table(run: Run) -> Iterator[str]:
    """Yield the rows on the physical limit."""
    if not run.limits:
        return
    yield f"One core reads {run.bandwidth / 1e9:.1f} GB/s (NumPy's sum over a GiB of uint64); see limit.py\n"
    yield "| page | bytes that must be touched | at full bandwidth, µs | ours ÷ that |"
    yield "|---|---:|---:|---:|"
    for kind, one in run.limits.items():
        yield f"| {kind} | {one.touched_bytes:,.0f} | {one.limit_ms * 1000:,.2f} | {one.times_limit:,.1f} |"


def markdown(run: Run) -> str:
    """Return the whole report of a run."""
    counts = ", ".join(f"{len(asked)} {kind}" for kind, asked in run.asked.items())
    ours = run.costs.get(OURS)
    tail = [f"{len(run.differ)} questions with totals that differ", *run.differ]
    parts = [
        [f"# {run.articles}; {run.segments} segments of ours\n", f"`{run.command}`\n"],
        [", ".join(f"{key} {value}" for key, value in run.machine.items())],
        [f"Questions: {counts}. Each is timed as the median of {ASKINGS} askings. Cells are p50 / p99."],
        cost_table(run),
        [f"Articles were made while the clock ran, about {run.made_per_s:,.0f}/s."] if run.made_per_s else [],
        part_table("our files", ours.files, run.size) if ours else [],
        part_table("our sections", ours.parts, run.size) if ours else [],
        time_table(run, "page"),
        time_table(run, "hits"),
        p95_lines(run),
        limit_table(run),
        tail,
    ]
    return "\n\n".join(filter(None, ("\n".join(lines) for lines in parts))) + "\n"


def figures_of(run: Run) -> dict[str, object]:
    """Return the figures of a run as JSON holds them."""
    return {
        "articles": run.articles,
        "size": run.size,
        "segments": run.segments,
        "command": run.command,
        "machine": run.machine,
        "articles_made_per_s": run.made_per_s,
        "questions": {kind: len(asked) for kind, asked in run.asked.items()},
        "costs": {name: asdict(one) for name, one in run.costs.items()},
        "ms": {
            kind: {name: summary(one) for name, one in times.items()} for kind, times in run.times.items()
        },
        "verdicts": {
            what: {name: asdict(found) for name in run.rivals if (found := verdict(run, name, what))}
            for what in WHAT
        },
        "our_p95_ms": p95(run),
        "bandwidth_bytes_per_s": run.bandwidth,
        "limits": {kind: asdict(one) for kind, one in run.limits.items()},
        "totals_differ": run.differ,
    }


def summary(times: Times) -> dict[str, float]:
    """Return median and 99th percentile of pages and hits, nothing for what was not asked."""
    found = {}
    for what in WHAT:
        figures = getattr(times, what)
        if figures:
            found[f"{what}_p50"] = round(statistics.median(figures), 4)
            found[f"{what}_p99"] = round(percentile(figures, 0.99), 4)
    return found


def growth(small: dict[str, object], large: dict[str, object]) -> dict[str, dict[str, float]]:
    """Return by engine and kind the exponent that its page grows by, from the figures of two runs."""
    times = large["size"] / small["size"]
    found: dict[str, dict[str, float]] = {}
    for kind, engines in small["ms"].items():
        for name, one in engines.items():
            other = large["ms"].get(kind, {}).get(name, {})
            if "page_p50" in one and "page_p50" in other:
                found.setdefault(name, {})[kind] = exponent(one["page_p50"], other["page_p50"], times)
    return found


def growth_table(small: dict[str, object], large: dict[str, object]) -> Iterator[str]:
    """Yield the rows on growth: 1 is as fast as the archive, 0 not at all."""
    exponents = growth(small, large)
    sizes = f"{small['size']:,} to {large['size']:,} articles"
    yield f"| exponent of the page, {sizes} | {' | '.join(exponents)} |"
    yield "|---" + "|---:" * len(exponents) + "|"
    for kind in small["ms"]:
        cells = [f"{one[kind]:.2f}" if kind in one else "—" for one in exponents.values()]
        yield f"| {kind} | {' | '.join(cells)} |"


def saved(name: str, figures: dict[str, object], text: str) -> Path:
    """Write figures and text of a run beside those that are there; return the file without its suffix."""
    RUNS.mkdir(exist_ok=True)
    plain = "-".join("".join(sign if sign.isalnum() else " " for sign in name).split())
    stem = f"engines-{dt.date.today()}-{plain}"
    names = (stem, *(f"{stem}-{again}" for again in range(2, 1_000)))
    path = next(RUNS / one for one in names if not (RUNS / one).with_suffix(".json").exists())
    path.with_suffix(".json").write_text(
        json.dumps(figures, indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
    )
    path.with_suffix(".md").write_text(text, encoding="utf-8")
    return path
