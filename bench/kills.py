"""Whether readers ever notice that a run was killed, and what the next run makes of what it left.

    python bench/kills.py [--kills 200] [--seed 1] [--swapped] [--save FILE]

Rebuilds and updates, and updates in the moment that they write and merge segments, are killed with SIGKILL
at random moments: the whole process group, or the parent alone, whose workers must then end too. All the
while another process queries without pause, through the index that a server holds and, every tenth time,
through one opened for it. Each answer has exactly the articles of the old index or of the new one, and
once the new one was seen, never again of the old. After each kill the same run is made again, at once and
to its end: it must not find the lock held, takes from the cache what the killed one had put there, and
leaves two whole generations and nothing else. With `--swapped` the moments are those just after the swap,
of which there are too few for chance to find.
"""

import argparse
import contextlib
import io
import json
import os
import random
import signal
import sqlite3
import statistics
import sys
import tempfile
import time
import traceback
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from indexer import work
from indexer.cache import FILE
from indexer.report import Report
from indexer.update import Update
from indexer.write import Rebuild
from search.domain import Query
from search.engines.whoosh.index import WhooshWriter
from search.generation import LiveIndex, open_index
from search.run import answer
from search.verify import verify

FILES, EACH = 8, 8
"""Files of the archive, and articles of each at first; every try has one article more than that before."""
CHUNK = 4
"""Articles that travel at once: of so small an archive as many chunks as of a large one."""
SWAPPED_SECONDS = 0.01
"""Until when after a swap one is killed; the run tidies up in that time."""
LATEST = 1.2
"""Until which part of the longest of the last three runs one is killed: a busy machine makes them longer."""
GONE_SECONDS = 10.0
"""How long workers may take to notice, on a busy machine, that their parent is dead."""
WORDS = ("trade", "oil", "wheat", "talks", "border", "harvest", "budget", "railway", "port", "election")
PEOPLE = ("Ann Lee", "Zakir Hasanov", "Marta Novak", "Ilham Aliyev", "Goran Petrov")
PLACES = ("Baku", "Belgrade", "Georgia", "the United States", "Lisbon", "Nairobi")
KINDS = ("rebuild", "update", "merge")
HEAD = (
    "| killed in | kills | old index after it | new index | workers left | a whole run, s "
    "| next run, s: median | worst | taggings saved and found again |\n|---|---|---|---|---|---|---|---|---|"
)

Flag = Any
"""A number that processes share, without a lock: one that is killed holding it would stop all others."""


@dataclass(slots=True)
class Tally:
    """What came of the kills of one kind; times are seconds."""

    kills: int = 0
    stayed: int = 0
    orphans: int = 0
    whole: list[float] = field(default_factory=list)
    recovered: list[float] = field(default_factory=list)
    lasted: list[float] = field(default_factory=list)
    saved: int = 0
    again: int = 0

    def row(self, kind: str) -> str:
        """Return a line of the table."""
        middles = " | ".join(f"{statistics.median(some or [0]):.2f}" for some in (self.whole, self.recovered))
        times = f"{middles} | {max(self.recovered, default=0):.2f}"
        went = f"{self.kills} | {self.stayed} | {self.kills - self.stayed} | {self.orphans}"
        return f"| {kind} | {went} | {times} | {self.saved - self.again} of {self.saved} |"


class Archive:
    """Articles in files, all of them told by one word, so that a query counts them."""

    def __init__(self, folder: Path, rng: random.Random) -> None:
        self.folder, self._rng, self._made = folder, rng, 0
        self.counts = [EACH] * FILES
        self.fresh = 0
        folder.mkdir()
        for number in range(FILES):
            self._write(number)

    @property
    def total(self) -> int:
        """Return how many articles there are."""
        return sum(self.counts)

    def change(self, files: int) -> None:
        """Write so many files anew, with one article more in all."""
        chosen = self._rng.sample(range(FILES), files)
        self.counts[chosen[0]] += 1
        self.fresh = sum(self.counts[number] for number in chosen)
        for number in chosen:
            self._write(number)

    def _write(self, number: int) -> None:
        lines = []
        for _ in range(self.counts[number]):
            self._made += 1
            text = f"Everywhere {self._made}. {self._prose()}"
            lines.append(json.dumps({"id": f"n{self._made}", "text": text}))
        (self.folder / f"{number}.jsonl").write_text("\n".join(lines) + "\n")

    def _prose(self) -> str:
        pick = self._rng.choice
        said = (
            f"Minister {pick(PEOPLE)} said in {pick(PLACES)} that {pick(WORDS)} and {pick(WORDS)} matter."
            for _ in range(6)
        )
        return " ".join(said)


class Watch:
    """A process that queries without pause, and what it saw."""

    def __init__(self, index: Path, total: int) -> None:
        context = get_context("fork")
        self._low, self._high = context.Value("l", total, lock=False), context.Value("l", total, lock=False)
        self._seen, self.asked, self.opened = (context.Value("l", 0, lock=False) for _ in range(3))
        self._stop = context.Value("b", 0, lock=False)
        self.faults = index.parent / "faults"
        self.faults.touch()
        self._process = context.Process(target=self._ask, args=(index,))
        self._process.start()

    def expect(self, low: int, high: int) -> None:
        """Allow these two totals and none between."""
        self._low.value, self._high.value = low, high

    def settle(self) -> None:
        """Wait until the server's index has the new total, and allow no other from then on."""
        until = time.monotonic() + 60
        while self._seen.value != self._high.value:
            if time.monotonic() > until or not self._process.is_alive():
                raise SystemExit(f"the reader still sees {self._seen.value} articles, not {self._high.value}")
            time.sleep(0.01)
        self._low.value = self._high.value

    def stop(self) -> list[str]:
        """Stop asking; return what went wrong."""
        self._stop.value = 1
        self._process.join()
        return self.faults.read_text().splitlines()

    def _ask(self, index: Path) -> None:
        os.nice(5)  # it never rests
        live = LiveIndex(index)
        least = {"held": 0, "opened": 0}
        while not self._stop.value:
            way = "opened" if self.asked.value % 10 == 9 else "held"
            high, low = self._high.value, self._low.value  # in this order: both may be raised meanwhile
            try:
                total = self._total(live) if way == "held" else self._total_opened(index)
            except Exception:
                self._fault(traceback.format_exc().replace("\n", " ⏎ "))
                continue
            finally:
                self.asked.value += 1
            now = self._high.value
            if total not in (low, high, now) or total < least[way]:
                self._fault(f"{way}: {total} articles where there are {low} or {high}, now {now}")
            least[way] = total
            if way == "held":
                self._seen.value = total

    def _total(self, live: LiveIndex) -> int:
        engine = live.engine()
        return self._agreed(answer(engine, Query("everywhere")).total, len(engine))

    def _total_opened(self, index: Path) -> int:
        self.opened.value += 1
        engine, _ = open_index(index)
        with contextlib.closing(engine):
            return self._agreed(answer(engine, Query("everywhere")).total, len(engine))

    def _agreed(self, total: int, size: int) -> int:
        if total != size:
            self._fault(f"{total} articles are found of {size}")
        return total

    def _fault(self, line: str) -> None:
        with self.faults.open("a") as file:
            file.write(line + "\n")


class Bench:
    """Kills runs over one archive and one index, one after the other."""

    def __init__(self, folder: Path, seed: int, *, swapped: bool) -> None:
        self.rng, self.swapped = random.Random(seed), swapped
        self.archive = Archive(folder / "in", self.rng)
        self.index, self.told = folder / "index", folder / "told.json"
        self.harm: list[str] = []
        self.tallies = {kind: Tally() for kind in KINDS}
        self.writing: Flag = get_context("fork").Value("b", 0, lock=False)
        self.wrote: Flag = get_context("fork").Value("d", 0, lock=False)
        self._writes = [0.1]
        with contextlib.redirect_stderr(io.TextIOWrapper(io.BytesIO())):
            Rebuild([self.archive.folder], self.index, workers=1).run()

    def kill(self, kind: str, watch: Watch) -> None:
        """Kill one run of a kind, and make it again."""
        tally = self.tallies[kind]
        before = self.archive.total
        self.archive.change(FILES // 2 if kind == "rebuild" else 2)
        watch.expect(before, self.archive.total)
        known, whole = entries(self.index), not tally.whole or self.rng.random() < 0.1
        fresh = self.archive.fresh
        killed = not whole and self._killed(kind, tally, before)
        saved = entries(self.index) - known
        started = time.monotonic()
        pid = self._begin(kind)
        if os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]):
            self.harm.append(f"{kind}: the next run fails: {self.told.read_text()[-800:]}")
        seconds = time.monotonic() - started
        tally.lasted.append(seconds)
        self._writes += [self.wrote.value] if self.wrote.value else []
        if whole:
            tally.whole.append(seconds)
        elif killed:
            tally.recovered.append(seconds)
            tally.saved += saved
            tally.again += self._tagged_again(kind, fresh, saved)
        watch.settle()
        self._look_over(kind)

    def _killed(self, kind: str, tally: Tally, before: int) -> bool:
        """Begin a run and kill it; return whether it came to that, and the run was not done before."""
        pointer = self.index / "CURRENT"
        held = pointer.read_bytes()
        pid = self._begin(kind)
        if self.swapped:
            while pointer.read_bytes() == held and not ended(pid):
                time.sleep(0.0002)
            time.sleep(self.rng.uniform(0, SWAPPED_SECONDS))
        elif kind == "merge":
            while not self.writing.value and not ended(pid):
                time.sleep(0.001)
            time.sleep(self.rng.uniform(0, LATEST * max(self._writes[-3:])))
        else:
            time.sleep(self.rng.uniform(0, LATEST * max(tally.lasted[-3:])))
        alone = self.rng.random() < 0.5
        alive = not ended(pid)
        if alone:
            os.kill(pid, signal.SIGKILL)
        else:
            os.killpg(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        if alive:
            tally.kills += 1
            engine, _ = open_index(self.index)
            with contextlib.closing(engine):
                tally.stayed += len(engine) == before
                if len(engine) not in (before, self.archive.total):
                    self.harm.append(f"{kind}: {len(engine)} articles after a kill")
        left = left_after(pid)
        tally.orphans += left
        if left:
            self.harm.append(f"{kind}: {left} workers live on after their parent")
        return alive

    def _begin(self, kind: str) -> int:
        """Start a run in a process group of its own, forked here: nothing is to be loaded, all is work."""
        self.writing.value = self.wrote.value = 0
        pid = os.fork()
        if pid:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.setpgid(pid, pid)
            return pid
        status = 1
        with contextlib.suppress(BaseException):
            os.setsid() if os.getpgrp() != os.getpid() else None
            quiet = os.open(os.devnull, os.O_WRONLY)
            os.dup2(quiet, 2)
            try:
                report = self._run(kind)
                self.told.write_text(
                    json.dumps({name: getattr(report, name) for name in ("read", "cached", "unchanged")})
                )
                status = 0
            except BaseException:
                self.told.write_text(traceback.format_exc())
        os._exit(status)

    def _run(self, kind: str) -> Report:
        commit = WhooshWriter.commit

        def noted(writer: WhooshWriter, **given: Any) -> None:
            self.writing.value, started = 1, time.monotonic()
            commit(writer, **given)
            self.wrote.value = time.monotonic() - started

        WhooshWriter.commit = noted  # type: ignore[method-assign]
        run = Rebuild if kind == "rebuild" else Update
        return run([self.archive.folder], self.index, workers=2).run()

    def _tagged_again(self, kind: str, fresh: int, saved: int) -> int:
        """Return how many of the saved taggings the next run made again, of so many that were to be made."""
        told = json.loads(self.told.read_text())
        if told["unchanged"]:
            return 0  # the killed one had swapped already
        if kind == "rebuild":
            return int(told["read"] - told["cached"] - (fresh - saved))
        return int(saved - told["cached"])

    def _look_over(self, kind: str) -> None:
        """Note what is left over and what is not whole."""
        verify(self.index)
        generations = [name for name in os.listdir(self.index) if name.startswith("gen-")]
        others = set(os.listdir(self.index)) - {*generations, "CURRENT", "lock", "cache"}
        if others or len(generations) > 2:
            self.harm.append(f"{kind}: left over: {sorted(others)}, {generations}")


def entries(index: Path) -> int:
    """Return how many taggings the cache holds."""
    with contextlib.closing(sqlite3.connect(index / "cache" / FILE, timeout=60)) as held:
        ((count,),) = held.execute("SELECT count(*) FROM extracted")
        return int(count)


def ended(pid: int) -> bool:
    """Return whether a child has ended, and leave its status where it is."""
    return os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def left_after(group: int) -> int:
    """Return how many processes of a group live on."""
    until = time.monotonic() + GONE_SECONDS
    while (left := members(group)) and time.monotonic() < until:
        time.sleep(0.02)
    for pid in left:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    return len(left)


def members(group: int) -> list[int]:
    """Return the processes of a group that are no zombies."""
    found = []
    for one in Path("/proc").iterdir():
        with contextlib.suppress(OSError, ValueError):
            state, _, its = (one / "stat").read_text().rpartition(")")[2].split()[:3]
            if int(its) == group and state != "Z":
                found.append(int(one.name))
    return found


def main() -> None:
    """Kill so many runs, print the table, exit with 1 for any harm."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--swapped", action="store_true", help="kill just after the swap")
    parser.add_argument("--save", type=Path, help="where the table is kept")
    asked = parser.parse_args()
    work.CHUNK = CHUNK
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), asked.seed, swapped=asked.swapped)
        watch = Watch(bench.index, bench.archive.total)
        tries = 0
        while sum(tally.kills for tally in bench.tallies.values()) < asked.kills:
            bench.kill(KINDS[tries % 3], watch)
            tries += 1
            if not tries % 15:
                print(*(tally.row(kind) for kind, tally in bench.tallies.items()), sep="\n", flush=True)
        wrong = watch.stop()
    rows = [HEAD, *(tally.row(kind) for kind, tally in bench.tallies.items())]
    queries = f"{watch.asked.value:,} queries meanwhile ({watch.opened.value:,} of them opened the index)"
    told = "\n".join([*rows, "", f"{queries}: {len(wrong)} failed or wrong. Other harm: {len(bench.harm)}."])
    print(told)
    for line in (*wrong[:10], *bench.harm[:10]):
        print("  ", line[-900:])
    if asked.save:
        asked.save.write_text(f"`{' '.join(('python bench/kills.py', *sys.argv[1:]))}`\n\n{told}\n")
    sys.exit(bool(wrong or bench.harm))


if __name__ == "__main__":
    main()
