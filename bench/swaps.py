"""Whether readers feel a rebuild: a server is asked at a steady rate while the index is built and swapped.

    python bench/swaps.py [--articles 20000] [--rebuilds 10] [--rate 50] [--quiet 60] [--nice N] [--save FILE]

`dateline serve` with two workers answers over synthetic articles with given tags. It is asked at the
rate given for a while in quiet, then through so many `dateline rebuild --force`, each of an archive with one
article more, and in quiet again. A question is due at its time whatever became of those before, and its
latency counts from then. Each swap must be seen. `--nice` is handed to the rebuild.
"""

import argparse
import http.client
import itertools
import os
import queue
import random
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import orjson
from archive import Synthetic
from questions import KINDS, Question, typed
from questions import Asker as Drawing

ASKERS = 32
"""Connections; so many questions may be under way before one has to wait here, which counts."""
EACH = 40
"""Questions of each kind."""
FILES = 10
SEEN_SECONDS = 10.0
"""After a swap each worker must have the new index: it looks once a second and opens it aside."""
DATELINE = [sys.executable, "-c", "from search.commands import main; main()"]


@dataclass(slots=True)
class Course:
    """What became of the questions of a time: milliseconds of each, and the errors."""

    took: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def row(self, name: str) -> str:
        """Return a line of the table."""
        marks = statistics.quantiles(self.took, n=100)
        times = " | ".join(f"{one:.1f}" for one in (marks[49], marks[94], marks[98], max(self.took)))
        return f"| {name} | {len(self.took):,} | {len(self.errors)} | {times} |"

    @property
    def p99(self) -> float:
        """Return what 99 of 100 questions took at most."""
        return statistics.quantiles(self.took, n=100)[98]


class Asker:
    """Asks at a steady rate, whatever the answers take; `course` is where it is noted."""

    def __init__(self, host: str, paths: Sequence[str], rate: float) -> None:
        self.course = Course()
        self._host, self._paths, self._rate = host, paths, rate
        self._due: queue.SimpleQueue[tuple[float, str] | None] = queue.SimpleQueue()
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._ask) for _ in range(ASKERS)]
        self._threads.append(threading.Thread(target=self._time))

    def __enter__(self) -> "Asker":
        for one in self._threads:
            one.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for one in self._threads:
            one.join()

    def _time(self) -> None:
        started = time.monotonic()
        for count, path in enumerate(itertools.cycle(self._paths)):
            at = started + count / self._rate
            if self._stop.wait(max(0.0, at - time.monotonic())):
                break
            self._due.put((at, path))
        for _ in range(ASKERS):
            self._due.put(None)

    def _ask(self) -> None:
        connection = http.client.HTTPConnection(self._host, timeout=60)
        while (due := self._due.get()) is not None:
            at, path = due
            course = self.course
            try:
                connection.request("GET", path)
                answer = connection.getresponse()
                answer.read()
                if answer.status != 200:
                    course.errors.append(f"{answer.status} {path}")
            except (OSError, http.client.HTTPException) as error:
                course.errors.append(f"{error!r} {path}")
                connection.close()
            course.took.append((time.monotonic() - at) * 1000)


def written(folder: Path, articles: int) -> list[str]:
    """Write an archive, with its tags; return the addresses of questions drawn from it."""
    made = Synthetic(articles)
    folder.mkdir()
    files = [(folder / f"{number}.jsonl").open("wb") for number in range(FILES)]
    for number, one in enumerate(made):
        told = {"id": one.id, "title": one.title, "text": one.body, "date": str(one.date)}
        told["countries"] = [tag.code for tag in one.countries]
        told["people"] = [tag.name for tag in one.people]
        files[number * FILES // articles].write(orjson.dumps(told) + b"\n")
    for file in files:
        file.close()
    drawn = Drawing(made, seed=1)
    found = [path_of(one) for kind in KINDS for one in drawn.questions(kind, EACH)]
    random.Random(1).shuffle(found)
    return found


def path_of(asked: Question) -> str:
    """Return the address at which a question is asked."""
    given = {"q": typed(asked), "country": asked.country, "person": asked.person}
    given |= {"from": asked.since, "to": asked.until}
    return "/search.json?" + "&".join(f"{name}={quote(str(value))}" for name, value in given.items() if value)


@contextmanager
def served(index: Path) -> Iterator[str]:
    """Serve an index; lend the host and port."""
    command = [*DATELINE, "serve", "--index", str(index), "--port", "0", "--workers", "2"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout
        found = re.search(r"http://([^/]+)/", server.stdout.readline())
        assert found
        yield found[1]
    finally:
        server.terminate()
        server.wait()


def rebuild(archive: Path, index: Path, nice: int | None) -> float:
    """Build anew, in a session of its own as another terminal has; return the seconds."""
    options = [] if nice is None else ["--nice", str(nice)]
    command = [*DATELINE, "rebuild", str(archive), "--index", str(index), "--force", *options]
    started = time.monotonic()
    subprocess.run(command, check=True, capture_output=True, start_new_session=True)
    return time.monotonic() - started


def seen(host: str, total: int) -> bool:
    """Return whether the server answers from an index of so many articles before long, many times over."""
    until = time.monotonic() + SEEN_SECONDS
    in_turn = 0
    while in_turn < 20 and time.monotonic() < until:
        connection = http.client.HTTPConnection(host, timeout=60)
        connection.request("GET", "/search.json?q=&size=1")
        found = orjson.loads(connection.getresponse().read())["total"]
        connection.close()
        in_turn = in_turn + 1 if found == total else 0
        time.sleep(0.05)
    return in_turn >= 20


def main() -> None:
    """Ask, rebuild, ask; print the table, and exit with 1 for an error, a swap not seen or a slow p99."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--rebuilds", type=int, default=10)
    parser.add_argument("--rate", type=float, default=50)
    parser.add_argument("--quiet", type=float, default=60, help="seconds")
    parser.add_argument("--nice", type=int)
    parser.add_argument("--save", type=Path, help="where the table is kept")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        archive, index = Path(name) / "in", Path(name) / "index"
        paths = written(archive, asked.articles)
        took = [rebuild(archive, index, asked.nice)]
        with served(index) as host, Asker(host, paths, asked.rate) as asker:
            time.sleep(10)  # what every process loads when it is first asked
            before, during, after = Course(), Course(), Course()
            asker.course = before
            time.sleep(asked.quiet)
            asker.course = during
            unseen = 0
            for number in range(1, asked.rebuilds + 1):
                (archive / f"more{number}.jsonl").write_bytes(
                    orjson.dumps({"id": f"m{number}", "text": "more"})
                )
                took.append(rebuild(archive, index, asked.nice))
                unseen += not seen(host, asked.articles + number)
            asker.course = after
            time.sleep(asked.quiet)
    quiet = Course(before.took + after.took, before.errors + after.errors)
    ratio = during.p99 / quiet.p99
    told = "\n".join(
        (
            "| | questions | errors | p50, ms | p95 | p99 | slowest |\n|---|---|---|---|---|---|---|",
            before.row("quiet, before"),
            during.row(f"{asked.rebuilds} rebuilds and swaps"),
            after.row("quiet, after"),
            "",
            f"p99 is {ratio:.2f} times that of both quiet times; {unseen} swaps were not seen.",
            f"A rebuild took {statistics.median(took[1:]):.0f} s (median).",
            f"Load of the machine at the end: {os.getloadavg()[2]:.1f} on {os.cpu_count()} cores.",
        )
    )
    print(told)
    for line in (quiet.errors + during.errors)[:10]:
        print("  ", line)
    if asked.save:
        asked.save.write_text(f"`{' '.join(('python bench/swaps.py', *sys.argv[1:]))}`\n\n{told}\n")
    sys.exit(bool(quiet.errors or during.errors or unseen or ratio > 2))


if __name__ == "__main__":
    main()
