"""The commands that make an index: `dateline rebuild`, also installed as `index-rebuild`, and `update`."""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from indexer.build_options import (
    judgments_option,
    searches_option,
    shrink_option,
    workers_option,
    worse_option,
)
from indexer.evaluation.command import command as evaluate
from indexer.expected import expected_articles
from indexer.priority import nice_option
from indexer.replay import read_saved
from indexer.report import Report, counted, print_report
from indexer.tag_command import tag, tagger_option
from indexer.tagger import choose_tagger
from indexer.tags_command import tags
from indexer.tags_option import choose_tags, tags_option
from indexer.update import Update, recorded_sources
from indexer.upkeep_commands import clean, rollback, verify, wait_option
from indexer.watch_command import watch
from indexer.write import Rebuild
from search.commands import index_option, main
from search.errors import SearchError
from search.given import GivenPath
from search.record import dumps
from search.tokens import STEMMERS

json_option = click.option("--json", is_flag=True, help="Print the report as JSON on standard output.")


@click.command()
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True, type=GivenPath(path_type=Path))
@index_option
@click.option(
    "--engine",
    type=click.Choice(["whoosh"]),
    default="whoosh",
    show_default=True,
    help="What keeps the index.",
)
@workers_option
@click.option(
    "--language",
    type=click.Choice(sorted(STEMMERS)),
    default="en",
    show_default=True,
    help="Whose word endings bare words ignore.",
)
@tagger_option
@click.option("--force", is_flag=True, help="Build although nothing has changed.")
@shrink_option
@searches_option
@judgments_option
@worse_option
@wait_option
@nice_option
@tags_option
@json_option
def rebuild(
    sources: tuple[Path, ...],
    index: Path,
    engine: str,
    workers: int,
    language: str,
    tagger: str,
    force: bool,
    allow_shrink: bool,
    searches: Path | None,
    judgments: Path | None,
    allow_worse: bool,
    wait: float,
    tags_file: Path | None,
    json: bool,
) -> None:
    """Build the index anew from folders and files, and swap it in when it is whole.

    The old index serves until then, and stays when nothing could be read or the new one does
    not hold what was read. Articles that cannot be read are named; they do not stop the rest. Tags of
    articles that were read before are known still, and when nothing has changed nothing is done.
    """
    _check_there(sources)
    choose_tagger(tagger)
    choose_tags(tags_file, sources)
    run = Rebuild(sources, index, workers=workers, language=language, force=force)
    run.allow_shrink, run.wait_seconds = allow_shrink, wait
    run.saved = read_saved(searches, judgments, allow_worse=allow_worse)
    with _told(run.report, f"{index} ({engine})", json=json):
        run.run(expected=lambda: expected_articles(sources))


@click.command()
@click.argument("sources", metavar="[SOURCE...]", nargs=-1, type=GivenPath(path_type=Path))
@index_option
@workers_option
@tagger_option
@shrink_option
@searches_option
@judgments_option
@worse_option
@wait_option
@nice_option
@tags_option
@json_option
def update(
    sources: tuple[Path, ...],
    index: Path,
    workers: int,
    tagger: str,
    allow_shrink: bool,
    searches: Path | None,
    judgments: Path | None,
    allow_worse: bool,
    wait: float,
    tags_file: Path | None,
    json: bool,
) -> None:
    """Bring the index up to its sources: files that are new, changed or gone.

    The index is then as a rebuild from the same sources would make it, and takes its place in the same
    way. Without SOURCE those that it was built from are looked at.
    """
    _check_there(sources)
    choose_tagger(tagger)
    known = sources or recorded_sources(index)
    choose_tags(tags_file, known)
    run = Update(known, index, workers=workers, allow_shrink=allow_shrink, wait_seconds=wait)
    run.saved = read_saved(searches, judgments, allow_worse=allow_worse)
    with _told(run.report, str(index), json=json):
        run.run()


def _check_there(sources: Sequence[Path]) -> None:
    missing = [source for source in sources if not os.path.exists(source)]
    if missing:
        raise click.UsageError(f"there is no file or folder {str(missing[0])!r}")


@contextmanager
def _told(report: Report, index: str, *, json: bool) -> Iterator[None]:
    """Print what a run did, however it ended; what the system refused names the index."""
    try:
        yield
    except OSError as error:
        message = f"{index} could not be written ({error}); the old index, if there was one, is as it was"
        raise SearchError(message) from error
    finally:
        print_report(report)
    if json:
        click.echo(dumps(report.as_json()))
    click.echo(f"{counted(report.read, 'article')} in {index}", err=True)


def index_rebuild() -> None:
    """Run `dateline rebuild` under its own name."""
    main(["rebuild", *sys.argv[1:]], prog_name="index-rebuild")


COMMANDS: tuple[click.Command, ...] = (rebuild, update, watch, verify, rollback, clean, tag, tags, evaluate)
