"""What a page of hits costs beside its JSON, and weighs: gunicorn, one worker, asked over loopback.

    python bench/pages.py [--index DIR] [--articles N] [--each N] [--save]

Questions are those of bench/engines.py. Each is asked as a page and as JSON in turns, after a round that
warms up; no answer is taken from a cache of answers. Page and JSON are processor time of the thread that
answers, so that what else the machine does counts less; "rendering" is the median of their differences,
question by question: views, template, bytes, and what a page asks the engine for beyond its JSON. "Engine"
is the `took_ms` that the JSON tells, and "request" the whole page over loopback: both by the wall's clock.
The index DIR is one of the embedded engine; without it one of made-up articles is built. `--save` writes
the tables under bench/runs/.
"""

import argparse
import datetime as dt
import gzip
import http.client
import json
import multiprocessing
import os
import re
import shlex
import socket
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, urlencode

from archive import Synthetic
from ask_ours import our_query
from figures import percentile
from questions import KINDS, Asker
from report import machine

from search.engines.whoosh.index import WhooshEngine, create
from web import create_app
from web.params import arguments_of
from web.serve import Server, bind
from web.settings import Settings

RUNS = Path(__file__).parent / "runs"
COLUMNS = ("page", "json", "rendering", "engine", "request")
TYPED = 200
"""Beginnings that completions are asked for."""


def serve(bound: socket.socket, folder: Path) -> None:
    """Serve an index with one worker until told to stop."""
    app = create_app(engine=WhooshEngine(folder, kept_answers=0), settings=Settings())
    inner = app.wsgi_app

    def timed(environ: dict[str, object], start_response: Callable[..., object]) -> Iterable[bytes]:
        """Answer, and tell the processor time of it in a header; an answer is whole when it is returned."""
        started = time.thread_time()

        def told(status: str, headers: list[tuple[str, str]], *rest: object) -> object:
            spent = (time.thread_time() - started) * 1000
            return start_response(status, [*headers, ("Server-Timing", f"cpu;dur={spent:.3f}")], *rest)

        return inner(environ, told)

    app.wsgi_app = timed
    Server(app, bound=bound, workers=1).run()


@contextmanager
def served(folder: Path) -> Iterator[http.client.HTTPConnection]:
    """Give a connection to a server of an index."""
    with bind("127.0.0.1", 0) as bound:
        process = multiprocessing.get_context("fork").Process(target=serve, args=(bound, folder))
        process.start()
        connection = http.client.HTTPConnection("127.0.0.1", bound.getsockname()[1], timeout=60)
        yield connection
        connection.close()
        process.terminate()
        process.join()


class Answer(NamedTuple):
    """An answer with the milliseconds that it took by the wall, and of the processor."""

    wall: float
    cpu: float
    data: bytes


def got(connection: http.client.HTTPConnection, address: str) -> Answer:
    """Return an answer, asked for as browsers do. Raises RuntimeError for any status but 200."""
    started = time.perf_counter()
    connection.request("GET", address, headers={"Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    data = answer.read()
    wall = (time.perf_counter() - started) * 1000
    if answer.status != 200:
        raise RuntimeError(f"{answer.status} at {address}")
    return Answer(wall, float((answer.headers["Server-Timing"] or "=0").partition("=")[2]), data)


Times = dict[str, list[float]]


def measured(connection: http.client.HTTPConnection, asker: Asker, each: int) -> dict[str, Times]:
    """Return the figures of each kind: milliseconds, and bytes of pages."""
    found: dict[str, Times] = {}
    for kind in KINDS:
        tails = [f"?{urlencode(arguments_of(our_query(one)))}" for one in asker.questions(kind, each)]
        times = found[kind] = defaultdict(list)
        for again in range(3):
            for tail in tails:
                page = got(connection, f"/search{tail}")
                told = got(connection, f"/search.json{tail}")
                if again == 0:
                    times["bytes"].append(len(page.data))
                    times["packed"].append(len(gzip.compress(page.data, 6)))
                    continue
                times["page"].append(page.cpu)
                times["json"].append(told.cpu)
                times["rendering"].append(page.cpu - told.cpu)
                times["engine"].append(json.loads(told.data)["took_ms"])
                times["request"].append(page.wall)
        median = statistics.median(times["rendering"])
        print(f"{kind}: rendering {median:.1f} ms", file=sys.stderr, flush=True)
    return found


def beside(connection: http.client.HTTPConnection) -> tuple[int, int]:
    """Return the bytes of what a page loads, as they are sent and unpacked."""
    html = got(connection, "/search").data
    files = [
        got(connection, one).data for one in re.findall(r'(?:href|src)="(/static/[^"]*)"', html.decode())
    ]
    return sum(map(len, files)), sum(len(gzip.decompress(one)) for one in files)


def completed(connection: http.client.HTTPConnection, articles: Synthetic) -> list[Answer]:
    """Return the milliseconds of completions of beginnings of words and names, of one to four letters."""
    names = [person.name for one in articles.sample(TYPED) for person in one.people] or ["a"]
    words = [one.title for one in articles.sample(TYPED)]
    typed = [text[: 1 + at % 4] for at, text in enumerate((*names[: TYPED // 2], *words[: TYPED // 2]))]
    for text in typed[:20]:
        got(connection, f"/suggest.json?q={quote(text)}")
    return [got(connection, f"/suggest.json?q={quote(text)}") for text in typed]


def tables(asked: argparse.Namespace, folder: Path) -> str:
    """Return the run as Markdown."""
    articles = Synthetic(asked.articles)
    with served(folder) as connection:
        found = measured(connection, Asker(articles, seed=2), asked.each)
        loaded, unpacked = beside(connection)
        typed = completed(connection, articles)
    facts = ", ".join(f"{name} {value}" for name, value in machine().items())
    lines = [
        f"# Pages: {articles.name}",
        "",
        f"`{shlex.join(sys.orig_argv)}`",
        "",
        f"{facts}; load {os.getloadavg()[0]:.1f}; {asked.each} questions a kind, each asked twice.",
        "",
        f"| question | {' | '.join(COLUMNS)} | page, kB | packed, kB |",
        f"|---|{'---:|' * (len(COLUMNS) + 2)}",
    ]
    for kind, times in found.items():
        median = {name: statistics.median(values) for name, values in times.items()}
        told = " | ".join(f"{median[name]:.1f}" for name in COLUMNS)
        lines.append(f"| {kind} | {told} | {median['bytes'] / 1000:.1f} | {median['packed'] / 1000:.1f} |")
    every = {
        name: [one for times in found.values() for one in times[name]] for name in ("rendering", "bytes")
    }
    usual, most = statistics.median(every["bytes"]), max(every["bytes"])
    cpu, wall = [one.cpu for one in typed], [one.wall for one in typed]
    lines += ["", f"Rendering: {spread(every['rendering'])}."]
    lines += [f"Completions: {spread(cpu)} of the processor, {spread(wall)} by the wall."]
    lines += [
        f"Style sheet, script and icon: {loaded / 1000:.1f} kB as sent, {unpacked / 1000:.1f} unpacked."
    ]
    lines += [
        f"With them a page weighs {(usual + loaded) / 1000:.1f} kB, at most {(most + loaded) / 1000:.1f} kB.",
        "",
    ]
    return "\n".join(lines)


def spread(times: Sequence[float]) -> str:
    """Return the median and the 95th percentile in words."""
    return f"median {statistics.median(times):.1f} ms, 95th percentile {percentile(times, 0.95):.1f} ms"


def main() -> None:
    """Read the options, measure, and tell."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--index", type=Path)
    parser.add_argument("--articles", type=int, default=200_000)
    parser.add_argument("--each", type=int, default=15)
    parser.add_argument("--save", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as root:
        folder = asked.index or Path(root) / "index"
        if not asked.index:
            engine = create(folder)
            with engine.writer(workers=2) as writer:
                for one in Synthetic(asked.articles):
                    writer.add(one)
            engine.close()
        told = tables(asked, folder)
    print(told)
    if asked.save:
        (RUNS / f"pages-{dt.date.today()}-{asked.articles}-articles.md").write_text(told)


if __name__ == "__main__":
    main()
