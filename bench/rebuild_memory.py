"""The private memory that a rebuild takes, from its beginning to its end, as a table.

    python bench/rebuild_memory.py synthetic [--articles 1000000]   made-up articles with given tags
    python bench/rebuild_memory.py titles --folder ../shared/corpora   headlines of 2012, which are tagged

Memory is what is private (USS: `Private_Clean` and `Private_Dirty` of /proc/PID/smaps_rollup), summed
over the rebuild and its workers. Pages of files that one process alone maps count; those that a fork
left in common count when they are written to, which for Python's tables is soon. What went to no file
(`Anonymous` and private) stands beside it.
"""

import argparse
import gzip
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from archive import Synthetic
from memory import private_kb, rollup, tree
from report import RUNS, machine

from indexer.names import read_countries

ROOT = Path(__file__).parent.parent
LIMIT_MB = 1_536
ROWS = 40


@dataclass(frozen=True, slots=True)
class Sample:
    """One look at the tree: seconds since the start, the step and articles told last, processes and MB."""

    seconds: float
    step: str
    found: int
    processes: int
    private_mb: float
    dirty_mb: float


class Told:
    """What the rebuild says of itself while it runs: a line of JSON a step, on standard error."""

    def __init__(self, lines: Iterator[str]) -> None:
        self.step, self.found = "start", 0
        self.rest: list[str] = []
        self._lines = lines
        self.thread = threading.Thread(target=self._read, daemon=True)
        self.thread.start()

    def _read(self) -> None:
        for line in self._lines:
            try:
                said = json.loads(line)
                self.step, self.found = said["step"], said["found"]
            except (ValueError, KeyError, TypeError):
                self.rest.append(line.rstrip())


def main() -> None:
    """Rebuild, look, store the table; exit with 1 when the rebuild failed or took too much."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("archive", choices=["synthetic", "titles"])
    parser.add_argument("--articles", type=int, default=1_000_000, help="of the synthetic ones")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, default=ROOT.parent / "shared" / "corpora")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 2)
    parser.add_argument("--every", type=float, default=2.0, help="seconds between two looks")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="dateline-memory-") as folder:
        name, source = archive(asked, Path(folder))
        samples, said, status = watched(source, Path(folder) / "index", asked.workers, asked.every)
    told = table(name, samples, said)
    stem = f"memory-{machine()['date'][:10]}-{asked.archive}"
    (RUNS / f"{stem}.md").write_text(told, encoding="utf-8")
    print(told)
    sys.exit(status or max(one.private_mb for one in samples) > LIMIT_MB)


def archive(asked: argparse.Namespace, folder: Path) -> tuple[str, Path]:
    """Return the name of the articles and the file that they are in."""
    if asked.archive == "titles":
        return "headlines of 2012, tagged", asked.folder / "titles_2012.jsonl.gz"
    source = folder / "synthetic.jsonl.gz"
    made = Synthetic(asked.articles, seed=asked.seed)
    codes: dict[str, str] = {}
    known = sorted(read_countries())
    with gzip.open(source, "wt", encoding="utf-8", compresslevel=1) as file:
        for article in made:
            # Made-up codes stand for countries that there are, or they would be refused one by one.
            given = [codes.setdefault(tag.code, known[len(codes) % len(known)]) for tag in article.countries]
            row = {
                "id": article.id,
                "title": article.title,
                "text": article.body,
                "date": article.date.isoformat() if article.date else None,
                # None given would be none known, and the text would be tagged.
                "countries": given or ["US"],
                "people": [tag.name for tag in article.people] or ["Nobody Known"],
            }
            file.write(json.dumps(row) + "\n")
    return f"{made.name}, tags given", source


def watched(source: Path, index: Path, workers: int, every: float) -> tuple[list[Sample], list[str], int]:
    """Rebuild from a source in a process of its own; return looks at it, its last words and its status."""
    program = "from search.commands import main; main()"
    command = [sys.executable, "-c", program, "rebuild", str(source), "--index", str(index)]
    started = time.monotonic()
    run = subprocess.Popen(
        [*command, "--workers", str(workers)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        text=True,
    )
    assert run.stderr is not None
    told = Told(iter(run.stderr))
    samples = []
    while run.poll() is None:
        samples.append(look(run.pid, time.monotonic() - started, told))
        time.sleep(every)
    told.thread.join()
    return samples, told.rest, run.returncode


def look(pid: int, seconds: float, told: Told) -> Sample:
    """Return what a process and its descendants hold now."""
    kinds = [one for one in map(rollup, tree(pid)) if one]
    dirty = sum(one.get("Private_Dirty", 0) for one in kinds)
    private = sum(map(private_kb, kinds))
    return Sample(seconds, told.step, told.found, len(kinds), private / 1024, dirty / 1024)


def table(name: str, samples: Sequence[Sample], said: Sequence[str]) -> str:
    """Return the run as Markdown: what it was, its peaks, and the samples, some rows for all."""
    about = machine()
    peak = max(samples, key=lambda one: one.private_mb)
    lines = [f"# Private memory of a rebuild: {name}", ""]
    lines += [f"`python bench/rebuild_memory.py {' '.join(sys.argv[1:])}`", ""]
    lines += [f"{about['date']}, {about['processor']}, {about['cores']} cores, Python {about['python']}", ""]
    lines += [f"- {line}" for line in said[:6]]
    lines += [f"- peak {peak.private_mb:,.0f} MB private, in step {peak.step}; the limit is {LIMIT_MB:,} MB"]
    lines += [f"- {halves(samples)}", ""]
    lines += ["| seconds | step | articles | processes | private MB | of it not in files |"]
    lines += ["|---:|---|---:|---:|---:|---:|"]
    wide = -(-len(samples) // ROWS)
    for first in range(0, len(samples), wide):
        one = max(samples[first : first + wide], key=lambda sample: sample.private_mb)
        lines.append(
            f"| {one.seconds:,.0f} | {one.step} | {one.found:,} | {one.processes} "
            f"| {one.private_mb:,.0f} | {one.dirty_mb:,.0f} |"
        )
    return "\n".join([*lines, "", f"{len(samples):,} samples; each row is the highest of {wide}.", ""])


def halves(samples: Sequence[Sample]) -> str:
    """Return how the second half of the reading, by articles, stands to the first, and the peaks by step.

    A writer gathers a quarter of a gigabyte and sorts it away, again and again: the mean tells growth
    where a peak tells how two such teeth happened to meet.
    """
    reading = [one for one in samples if one.step in ("start", "read")]
    middle = max(one.found for one in reading) / 2
    first = [one.private_mb for one in reading if 0 < one.found < middle]
    second = [one.private_mb for one in reading if one.found >= middle]
    steps = Counter[str]()
    for one in samples:
        steps[one.step] = max(steps[one.step], round(one.private_mb))
    by_step = ", ".join(f"{step} {size:,}" for step, size in steps.items())
    told = [
        f"at most {max(half, default=0):,.0f} MB, in the mean {fmean(half or [0]):,.0f}"
        for half in (first, second)
    ]
    return (
        f"reading, first half of the articles: {told[0]}; second half: {told[1]}; peaks by step: {by_step} MB"
    )


if __name__ == "__main__":
    main()
