"""Whether a file is the one that was read before: by what the system says of it, else by its bytes."""

import os
import stat
import time
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

_PIECE = 1 << 20
_SETTLED_NS = 2_000_000_000
"""A file that changed so shortly before it was looked at may change again within the same tick of its
clock; FAT keeps times of two seconds. Git calls such entries racy."""


class Signature(NamedTuple):
    """Size, times of content and of inode in nanoseconds, and the inode, as `stat` tells them."""

    size: int
    changed_ns: int
    inode_changed_ns: int
    inode: int


@dataclass(frozen=True, slots=True)
class Known:
    """A file as it was read. `settled` tells whether its signature alone stands for its bytes."""

    signature: Signature
    digest: bytes
    settled: bool


def known(path: Path) -> Known | None:
    """Return a file as it is now, None for what is none, cannot be read, or changes meanwhile."""
    before = signature_of(path)
    if before is None:
        return None
    try:
        digest = _digest(path)
    except OSError:
        return None
    settled = time.time_ns() - max(before.changed_ns, before.inode_changed_ns) >= _SETTLED_NS
    return Known(before, digest, settled) if signature_of(path) == before else None


def signature_of(path: Path) -> Signature | None:
    """Return what the system says of a file, None for what is no regular file."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    if not stat.S_ISREG(found.st_mode):
        return None
    return Signature(found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)


def is_same(path: Path, before: Known) -> bool:
    """Tell whether a file is what it was, reading it only when the system's word does not settle it."""
    if before.settled and before.signature == signature_of(path):
        return True
    now = known(path)
    return now is not None and now.digest == before.digest


def _digest(path: Path) -> bytes:
    told = blake2b(digest_size=16)
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            told.update(piece)
    return told.digest()
