"""The option that names a `tags.toml`, and what it has commands do."""

from collections.abc import Sequence
from pathlib import Path

import click

from indexer.corrections import Corrections, choose_corrections
from indexer.tags_file import NAME, found_corrections
from search.given import GivenPath

tags_option = click.option(
    "--tags",
    "tags_file",
    metavar="FILE",
    type=GivenPath(path_type=Path),
    default=None,
    envvar="DATELINE_TAGS",
    help=f"Corrections of tags; without it, the {NAME} directly in a source folder.",
)


def choose_tags(given: Path | None, sources: Sequence[Path]) -> Corrections:
    """Have this process tag by the file that is given, or by the one in a source folder; return what it says.

    Raises TagsError with the line of what cannot be used.
    """
    found = found_corrections(given, sources)
    choose_corrections(found)
    return found
