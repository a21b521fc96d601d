"""One writer at a time: a lock on the index folder that names its holder.

The system frees it when its holder ends, however that ends. Processes that the holder forked have
its handle too, and would go on holding the lock of one that was killed: they let go of it at once.
"""

import fcntl
import json
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click

from search.errors import IndexLocked

LOCK = "lock"
_LOOK_SECONDS = 0.2
_held: set[int] = set()


@contextmanager
def locked(folder: Path, *, wait_seconds: float = 0.0) -> Iterator[None]:
    """Hold the folder's lock; the system frees it when the process ends, however it ends.

    Who is waited for is told on standard error. Raises IndexLocked, naming the holder, while another
    process holds it, after so long a wait.
    """
    path = folder / LOCK
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    try:
        _take(handle, folder, until=time.monotonic() + wait_seconds)
        _held.add(handle)
        os.ftruncate(handle, 0)
        os.pwrite(handle, _self(), 0)
        yield
        os.ftruncate(handle, 0)
    finally:
        _held.discard(handle)
        os.close(handle)


def _take(handle: int, folder: Path, *, until: float) -> None:
    """Lock the file, looking at it now and then; flock has no wait that ends."""
    told = ""
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError as error:
            holder = _holder(handle)
            if time.monotonic() >= until:
                raise IndexLocked(
                    f"{folder} is being written by {holder}; try again when it is done, or wait with --wait"
                ) from error
            if holder != told:
                click.echo(f"waiting for {holder}, which writes {folder}", err=True)
                told = holder
        time.sleep(_LOOK_SECONDS)


def _let_go() -> None:
    """Close in a forked process what its parent holds."""
    for handle in _held:
        os.close(handle)
    _held.clear()


os.register_at_fork(after_in_child=_let_go)


def _self() -> bytes:
    started = datetime.now(UTC).isoformat(timespec="seconds")
    return json.dumps({"pid": os.getpid(), "host": socket.gethostname(), "started": started}).encode()


def _holder(handle: int) -> str:
    """Return who holds the lock, as far as it wrote so."""
    try:
        found = json.loads(os.pread(handle, 1000, 0))
        return f"process {found['pid']} on {found['host']} since {found['started']}"
    except (ValueError, KeyError, TypeError):
        return "another process"
