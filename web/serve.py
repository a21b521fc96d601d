"""Serving with gunicorn from inside Python: one socket, some processes, some threads each."""

import os
import socket
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger

from search.errors import SearchError

THREADS = 4
"""Requests that one process answers at a time; engines are read by any number of threads."""

STOP_SECONDS = 10
"""How long a request that runs may take to end when the server is told to stop."""

KEPT_SECONDS = 75
"""How long a connection may lie idle. gunicorn's own 2 seconds close it under a reader who reads, and under a
proxy that keeps connections (nginx 60 s) between its asking and our answer, which is a failed request."""

LINE_MAX = 8_190
"""Bytes of a request line: the longest that gunicorn takes while still having a limit."""


class QuietLogger(Logger):  # type: ignore[misc]
    """gunicorn's log without what was asked: its warnings quote request lines and headers."""

    def warning(self, msg: str, *args: object, **kwargs: object) -> None:
        """Log a warning; of a request that is no HTTP, that there was one."""
        if msg.startswith("Invalid request"):
            msg, args = "a request that cannot be read was refused", ()
        super().warning(msg, *args, **kwargs)

    def exception(self, msg: str, *args: object, **kwargs: object) -> None:
        """Log an error with its trace, without the address that it came at."""
        if msg.startswith("Error handling request"):
            msg, args = "a request could not be handled", ()
        super().exception(msg, *args, **kwargs)


class Server(BaseApplication):  # type: ignore[misc]
    """gunicorn over a socket that is bound already.

    The application is made once, before the processes part, so what it has read is shared; it
    opens its index only after that. `warm` is called in each process before its first request.
    """

    def __init__(
        self, app: Flask, *, bound: socket.socket, workers: int, warm: Callable[[], object] | None = None
    ) -> None:
        self._app = app
        self._warm = warm
        self._options: dict[str, Any] = {
            # gunicorn closes the descriptor that it is given; the copy leaves the caller's socket whole.
            "bind": f"fd://{os.dup(bound.fileno())}",
            "workers": workers,
            "worker_class": "gthread",
            "threads": THREADS,
            "preload_app": True,
            "limit_request_line": LINE_MAX,
            "graceful_timeout": STOP_SECONDS,
            "keepalive": KEPT_SECONDS,
            # Unless told not to, it takes the path that we are mounted at from a header, and any process of
            # this machine may send one: links of our pages led elsewhere then, and some paths were a 500.
            "forwarder_headers": "",
            "loglevel": "warning",
            "logger_class": QuietLogger,
            "proc_name": "dateline",
            "post_worker_init": self._begin,
            # Later releases open a control socket in the home folder unless told not to.
            "control_socket_disable": True,
        }
        super().__init__()

    def load_config(self) -> None:
        """Hand over the options that this release of gunicorn knows."""
        for name, value in self._options.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def _begin(self, _worker: object) -> None:
        """Open the index; one that cannot be opened is told to whoever asks."""
        if self._warm is not None:
            with suppress(SearchError):
                self._warm()

    def load(self) -> Flask:
        """Return the application."""
        return self._app


def bind(host: str, port: int) -> socket.socket:
    """Return a socket that listens at `host` and `port` (0: any free one). Raises OSError."""
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    bound = socket.socket(family, kind, protocol)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind(address)
        bound.listen(128)
    except OSError:
        bound.close()
        raise
    return bound


def address_of(host: str, bound: socket.socket) -> str:
    """Return the address to open in a browser; a wildcard host is shown as the loopback one."""
    shown = {"0.0.0.0": "127.0.0.1", "": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    return f"http://{f'[{shown}]' if ':' in shown else shown}:{bound.getsockname()[1]}/"
