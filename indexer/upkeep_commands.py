"""The commands that look after an index: `dateline verify`, `rollback` and `clean`."""

import sys
from pathlib import Path

import click

from indexer.cache import SIZE_BYTES
from indexer.report import counted
from indexer.update import recorded_sources
from indexer.upkeep import clean as cleaned
from indexer.upkeep import differing
from indexer.upkeep import rollback as rolled_back
from search.commands import index_option
from search.generation import current
from search.given import GivenNumber
from search.verify import verify as checked

NAMED = 20
"""Files that are named at most, of all that differ."""
_GB = 1 << 30

wait_option = click.option(
    "--wait",
    type=GivenNumber(min=0),
    metavar="SECONDS",
    default=0,
    show_default=True,
    help="How long another writer is waited for.",
)


@click.command()
@click.option("--sources", is_flag=True, help="Look too whether the sources are what it was built from.")
@index_option
def verify(sources: bool, index: Path) -> None:
    """Read every byte of the index and say whether it is as it was written.

    With --sources, files that are new, changed or gone since are named, and the exit status is 1 if
    there are any.
    """
    found = checked(index)
    click.echo(
        f"{found.generation} is whole: {found.files} files, {found.size_bytes:,} bytes, "
        f"{counted(found.articles, 'article')}"
    )
    if not sources:
        return
    count = 0
    for one in differing(current(index), recorded_sources(index)):
        count += 1
        if count <= NAMED:
            click.echo(f"{one.change}: {one.name}")
    if count > NAMED:
        click.echo(f"… and {count - NAMED:,} more")
    if count:
        click.echo(f"{counted(count, 'file')} not as the index has them: run `dateline update`")
        sys.exit(1)
    click.echo("the sources are what it was built from")


@click.command()
@click.option("--to", metavar="GENERATION", help="Which generation; without it, the one before.")
@wait_option
@index_option
def rollback(to: str | None, wait: float, index: Path) -> None:
    """Have the generation before serve again.

    Every byte of it is read first. The one that served is kept, so that a second rollback undoes the
    first; the next rebuild or update builds on what the sources are then.
    """
    found = rolled_back(index, to=to, wait_seconds=wait)
    click.echo(f"{found.generation} serves, with {counted(found.articles, 'article')}")


@click.command()
@click.option(
    "--cache-size",
    type=GivenNumber(min=0, max=1_000_000),
    metavar="GB",
    default=SIZE_BYTES // _GB,
    show_default=True,
    help="What the cache of tags may take.",
)
@wait_option
@index_option
def clean(cache_size: float, wait: float, index: Path) -> None:
    """Remove what killed runs left, generations before the previous one, and what the cache has too much."""
    gone = cleaned(index, cache_bytes=int(cache_size * _GB), wait_seconds=wait)
    names = f" ({', '.join(gone.generations)})" if gone.generations else ""
    generations = counted(len(gone.generations), "generation")
    entries = f"{gone.entries:,} cached extractions"
    click.echo(f"{generations}{names} and {entries} removed: {gone.size_bytes:,} bytes")
