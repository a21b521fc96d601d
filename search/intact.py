"""Files of an index, read only where they are files: each way in which one is damaged is one error."""

import errno
import os
import stat
from hashlib import blake2b
from pathlib import Path
from typing import BinaryIO

from search.errors import EngineUnavailable, IndexCorrupt

DIGEST = 16
"""Bytes of a digest. It tells damage, not forgery: who may write to an index may run code."""
_PIECE = 1 << 20
_SHORT = frozenset((errno.EMFILE, errno.ENFILE, errno.ENOMEM))
"""What the machine lacks for the moment, and no file has done."""


def damaged(path: Path, what: str) -> IndexCorrupt:
    """Return the error that names a file and what is wrong with it."""
    return IndexCorrupt(f"{path} is damaged: {what}; rebuild the index, or restore the file")


def opened(path: Path) -> BinaryIO:
    """Return a file, open. A pipe in its place keeps nobody waiting.

    Raises IndexCorrupt for what is missing, unreadable or no file, EngineUnavailable for want of handles.
    """
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError as error:
        raise damaged(path, "it is missing") from error
    except OSError as error:
        if error.errno in _SHORT:
            raise EngineUnavailable(f"{path} cannot be opened now ({error.strerror}); try again") from error
        raise damaged(path, f"it cannot be opened ({error.strerror})") from error
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise damaged(path, "it is no file")
    return os.fdopen(handle, "rb")


def content(path: Path, most: int) -> bytes:
    """Return the bytes of a file. Raises IndexCorrupt, for one of more than `most` bytes too."""
    with opened(path) as file:
        try:
            data = file.read(most + 1)
        except OSError as error:
            raise damaged(path, f"it cannot be read ({error.strerror})") from error
    if len(data) > most:
        raise damaged(path, f"it has more than {most} bytes")
    return data


def digest(data: bytes) -> bytes:
    """Return what changes with any byte."""
    return blake2b(data, digest_size=DIGEST).digest()


def digest_of(path: Path) -> bytes:
    """Return the digest of a file, read a piece at a time. Raises IndexCorrupt."""
    told = blake2b(digest_size=DIGEST)
    with opened(path) as file:
        try:
            while piece := file.read(_PIECE):
                told.update(piece)
        except OSError as error:
            raise damaged(path, f"it cannot be read ({error.strerror})") from error
    return told.digest()
