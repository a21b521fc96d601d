"""Options of all commands that build an index or bring it up to its sources."""

import os
from pathlib import Path

import click

from search.given import GivenPath

shrink_option = click.option(
    "--allow-shrink", is_flag=True, help="Swap although much of what the index holds would be gone."
)
searches_option = click.option(
    "--searches",
    type=GivenPath(path_type=Path),
    help="Ask the queries of this file, one a line, of the new index and the old; say what changed.",
)
judgments_option = click.option(
    "--judgments",
    type=GivenPath(path_type=Path),
    help="Keep the old index if the new one answers the queries judged in this file much worse.",
)
worse_option = click.option(
    "--allow-worse", is_flag=True, help="Swap although judged queries are answered worse."
)
workers_option = click.option(
    "--workers",
    type=click.IntRange(1, 256),
    default=os.cpu_count() or 2,
    show_default="one a core",
    help="Processes that tag articles.",
)
