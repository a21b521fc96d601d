"""The command `dateline serve`."""

import errno
import os
import socket
from dataclasses import replace
from pathlib import Path

import click

from search.commands import index_option
from search.errors import SearchError
from search.generation import LiveIndex
from search.given import GivenPath
from search.judgments import check_writable, read_judgments
from web.application import application
from web.desk import LiveArchive
from web.serve import Server, address_of, bind
from web.settings import Settings, settings_from, trusted

_WILDCARDS = ("0.0.0.0", "::", "")  # noqa: S104  compared with, never bound by default


@click.command()
@index_option
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 is any free one."
)
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="Processes.")
@click.option(
    "--trusted-host",
    multiple=True,
    envvar="DATELINE_TRUSTED_HOSTS",
    help="A name that browsers may call this server by, beside the loopback names. May be repeated.",
)
@click.option(
    "--judgments",
    type=GivenPath(path_type=Path),
    help="Let readers grade hits in the browser, and keep the grades in this file.",
)
@click.option(
    "--log-requests", is_flag=True, help="Tell every request on standard error, with what was searched for."
)
def serve(
    index: Path,
    host: str,
    port: int,
    workers: int,
    trusted_host: tuple[str, ...],
    judgments: Path | None,
    log_requests: bool,
) -> None:
    """Show the search page and answer JSON until stopped with Ctrl+C.

    Only this machine can reach it unless --host says otherwise; there is no login, so put a proxy
    that asks for one before it then.
    """
    try:
        settings = replace(settings_for(host, trusted_host), judgments=judgments, log_requests=log_requests)
        if judgments:
            read_judgments(judgments)
            check_writable(judgments)
        LiveIndex(index).engine().close()
    except SearchError as error:
        raise click.ClickException(str(error)) from error
    bound = _bound(host, port)
    click.echo(f"Dateline is at {address_of(host, bound)}")
    live = LiveIndex(index)
    Server(application(LiveArchive(live), settings), bound=bound, workers=workers, warm=live.engine).run()


COMMANDS: tuple[click.Command, ...] = (serve,)


def settings_for(host: str, names: tuple[str, ...]) -> Settings:
    """Return the settings of a server at `host`: its own address and `names` are trusted too."""
    wild = host in _WILDCARDS
    listed = [part for name in names for part in name.replace(",", " ").split()]
    hosts = trusted([*listed, *([] if wild else [host])])
    return replace(settings_from(os.environ), hosts=hosts, any_address=wild)


def _bound(host: str, port: int) -> socket.socket:
    try:
        return bind(host, port)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            message = (
                f"Port {port} at {host} is taken by another program. Choose one with --port, or --port 0."
            )
        else:
            message = f"Cannot listen at {host} port {port}: {error.strerror or error}."
        raise click.ClickException(message) from error
