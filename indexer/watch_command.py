"""`dateline watch`: an index that follows its sources."""

import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Any

import click

from indexer.build_options import shrink_option, workers_option
from indexer.report import counted
from indexer.tag_command import tagger_option
from indexer.tags_file import NAME
from indexer.update import recorded_sources
from indexer.watch import Follower, Pace
from search.commands import index_option
from search.generation import current
from search.given import GivenNumber, GivenPath
from search.record import dumps, loads

_PROGRAM = "from search.commands import main; main()"
_END_SECONDS = 10.0
"""How long an update that was interrupted may take to clean up; an index is whole however it ends."""


@dataclass(frozen=True, slots=True)
class Updates:
    """Runs `dateline update`, each time in a process of its own.

    What an update takes of memory is given back then, however long the sources are followed, and no
    workers are forked from a process that has threads.
    """

    arguments: tuple[str, ...]
    tell: Callable[[str, dict[str, Any]], None]

    def run(self) -> bool:
        """Update once, telling what it did; return whether it succeeded."""
        command = [sys.executable, "-c", _PROGRAM, "update", "--json", *self.arguments]
        run = subprocess.Popen(command, stdout=subprocess.PIPE)  # noqa: S603  our own program
        try:
            out, _ = run.communicate()
        except BaseException:
            _end(run)
            raise
        if run.returncode:
            return False
        report = loads(out)
        keys = ("read", "written", "deleted", "refused", "duplicates", "seconds")
        self.tell("kept" if report["unchanged"] else "updated", {key: report[key] for key in keys})
        return True


def _end(run: subprocess.Popen[bytes]) -> None:
    """Interrupt an update as ctrl-C would, and kill it when that does not end it."""
    run.send_signal(signal.SIGINT)
    try:
        run.communicate(timeout=_END_SECONDS)
    except subprocess.TimeoutExpired:
        run.kill()
        run.communicate()


@click.command()
@click.argument("sources", metavar="[SOURCE...]", nargs=-1, type=GivenPath(path_type=Path, exists=True))
@index_option
@workers_option
@tagger_option
@shrink_option
@click.option(
    "--tags",
    "tags_file",
    metavar="FILE",
    type=GivenPath(path_type=Path),
    default=None,
    envvar="DATELINE_TAGS",
    help="As for update; followed too.",
)
@click.option(
    "--settle",
    type=GivenNumber(min=0.05, max=3600),
    metavar="SECONDS",
    default=2,
    show_default=True,
    help="How long nothing must change before an update.",
)
@click.option(
    "--poll",
    type=GivenNumber(min=0.05, max=86_400),
    metavar="SECONDS",
    default=None,
    help="Look through folders so often, for file systems that tell of no changes.",
)
def watch(
    sources: tuple[Path, ...],
    index: Path,
    workers: int,
    tagger: str,
    allow_shrink: bool,
    tags_file: Path | None,
    settle: float,
    poll: float | None,
) -> None:
    """Follow the sources, and update the index whenever something below them has changed.

    Without SOURCE those that the index was built from are followed. An update that fails is tried
    again, later and later. Ctrl-C ends it, and so does SIGTERM; the index is whole whenever that is.
    """
    current(index)  # raises when there is none
    known = list(sources or recorded_sources(index))
    given = {"--index": index, "--workers": workers, "--tagger": tagger, "--tags": tags_file}
    options = [f"{name}={value}" for name, value in given.items() if value is not None]
    options += ["--allow-shrink"] if allow_shrink else []
    tags = [tags_file] if tags_file else [source / NAME for source in known]
    follower = Follower(
        known,
        index,
        Updates((*options, "--", *map(str, known)), _tell).run,
        _tell,
        files=tags,
        pace=Pace(settle=settle, settle_most=max(60.0, settle), poll=poll or Pace().poll),
        polling=poll is not None,
    )
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        _tell("watching", {"sources": [str(source) for source in known], "index": str(index)})
        follower.run(Event())
    except KeyboardInterrupt:
        pass
    finally:
        signal.signal(signal.SIGTERM, before)
    _tell("ended", {})


def _tell(step: str, told: dict[str, Any]) -> None:
    """Say what happens: a sentence on a terminal, else a line of JSON, on standard error."""
    if not sys.stderr.isatty():
        click.echo(dumps({"step": step, **told}), err=True)
        return
    click.echo(_sentence(step, told), err=True)


def _sentence(step: str, told: dict[str, Any]) -> str:
    if step == "watching":
        return f"following {', '.join(told['sources'])}; ctrl-C ends it"
    if step == "polling":
        return f"the system tells of no changes ({told['reason']}): looking for them instead"
    if step == "failed":
        return f"that failed: again in {told['again_in_seconds']:g} s"
    if step == "updated":
        return f"{counted(told['written'], 'article')} written, {told['deleted']:,} deleted"
    return {"kept": "the index is up to date", "ended": "ended; the index is whole"}[step]
