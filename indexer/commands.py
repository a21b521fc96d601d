"""The commands of the indexer: `dateline rebuild`, also installed as `index-rebuild`, and `dateline tag`."""

import os
import sys
from pathlib import Path

import click

from indexer.expected import expected_articles
from indexer.report import counted, print_report
from indexer.tag_command import tag, tagger_option
from indexer.tagger import choose_tagger
from indexer.tags_command import tags
from indexer.tags_option import choose_tags, tags_option
from indexer.write import Rebuild
from search.commands import index_option, main
from search.errors import SearchError
from search.record import dumps
from search.tokens import STEMMERS

shrink_option = click.option(
    "--allow-shrink", is_flag=True, help="Swap although much of what the index holds would be gone."
)
wait_option = click.option(
    "--wait",
    type=click.FloatRange(min=0),
    metavar="SECONDS",
    default=0,
    show_default=True,
    help="How long another writer is waited for.",
)


@click.command()
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@index_option
@click.option(
    "--engine",
    type=click.Choice(["whoosh"]),
    default="whoosh",
    show_default=True,
    help="What keeps the index.",
)
@click.option(
    "--workers",
    type=click.IntRange(1, 256),
    default=os.cpu_count() or 2,
    show_default="one a core",
    help="Processes that tag articles.",
)
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
@wait_option
@tags_option
@click.option("--json", is_flag=True, help="Print the report as JSON on standard output.")
def rebuild(
    sources: tuple[Path, ...],
    index: Path,
    engine: str,
    workers: int,
    language: str,
    tagger: str,
    force: bool,
    allow_shrink: bool,
    wait: float,
    tags_file: Path | None,
    json: bool,
) -> None:
    """Build the index anew from folders and files, and swap it in when it is whole.

    The old index serves until then, and stays when nothing could be read or the new one does
    not hold what was read. Articles that cannot be read are named; they do not stop the rest. Tags of
    articles that were read before are known still, and when nothing has changed nothing is done.
    """
    missing = [source for source in sources if not os.path.exists(source)]
    if missing:
        raise click.UsageError(f"there is no file or folder {str(missing[0])!r}")
    choose_tagger(tagger)
    choose_tags(tags_file, sources)
    run = Rebuild(sources, index, workers=workers, language=language, force=force)
    run.allow_shrink, run.wait_seconds = allow_shrink, wait
    try:
        run.run(expected=lambda: expected_articles(sources))
    except OSError as error:
        message = f"{index} could not be written ({error}); the old index, if there was one, is as it was"
        raise SearchError(message) from error
    finally:
        print_report(run.report)
    if json:
        click.echo(dumps(run.report.as_json()))
    click.echo(f"{counted(run.report.read, 'article')} in {index} ({engine})", err=True)


def index_rebuild() -> None:
    """Run `dateline rebuild` under its own name."""
    main(["rebuild", *sys.argv[1:]], prog_name="index-rebuild")


COMMANDS: tuple[click.Command, ...] = (rebuild, tag, tags)
