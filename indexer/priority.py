"""How far a run that makes an index stands back for other programs: `--nice` of rebuild and update."""

import os

import click

NICE = 10
"""Half way: a server goes first, and a rebuild still ends. Chosen; what it brings is not measured yet."""


def _stand_back(_context: click.Context, _parameter: click.Parameter, nice: int) -> None:
    """Lower this process's priority, and so that of all it starts; it is never raised."""
    os.setpriority(os.PRIO_PROCESS, 0, max(nice, os.getpriority(os.PRIO_PROCESS, 0)))


nice_option = click.option(
    "--nice",
    type=click.IntRange(0, 19),
    default=NICE,
    show_default=True,
    expose_value=False,
    callback=_stand_back,
    help="How far other programs go first, a server too; 0 is not at all.",
)
