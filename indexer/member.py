"""Files within an archive: which paths are taken, and how many bytes may come out of one archive.

An archive is written by anyone. Nothing of it is ever written to disk, so that a path like
`../x` or a link could do no harm here; both are refused by name all the same, since an archive that
holds them was not made by packing a folder. What comes out is counted as it comes: sizes that an
archive tells of itself are not believed.
"""

import io
import re
from dataclasses import dataclass
from typing import Any, Protocol

from indexer.decode import BOMB_RATIO, Peekable
from indexer.source import Limits
from search.errors import SearchError

PATH_CHARS = 4_096
"""Linux's own bound of a path."""
PIECE_BYTES = 1 << 20
LIST_BYTES = 32 << 20
"""What the list of a `.zip` may take: some 350,000 members, of which zipfile keeps 570 bytes each."""
_ABSOLUTE = re.compile(r"[/\\]|[A-Za-z]:[/\\]")
_PARTS = re.compile(r"[/\\]")


class ArchiveRefused(SearchError):
    """The rest of an archive is not read; what was read of it before stays."""

    kind = "archive-refused"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Bytes(Protocol):
    """What gives bytes."""

    def read(self, size: int, /) -> bytes:
        """Return at most so many bytes, none at the end."""


@dataclass(frozen=True, slots=True)
class Member:
    """A file of an archive: its path there, and its bytes, to be read before the next one is drawn.

    `size` is what it takes in the archive, by which a member that is packed itself is judged.
    """

    path: str
    stream: Peekable
    size: int


@dataclass(frozen=True, slots=True)
class Unread:
    """A member that is not read, and why."""

    path: str
    reason: str


@dataclass(slots=True)
class Meter:
    """Counts what comes out of an archive, members and bytes, and ends it when it is too much."""

    size: int
    limits: Limits
    path: str = ""
    _bytes: int = 0
    _members: int = 0

    def enter(self, path: str) -> None:
        """Count a member. Raises ArchiveRefused for one too many."""
        self.path = path
        self._members += 1
        if self._members > self.limits.archive_members:
            raise ArchiveRefused(f"over {self.limits.archive_members:,} members: given up here")

    def add(self, count: int) -> None:
        """Count bytes. Raises ArchiveRefused for one too many: of the archive's size, or of all."""
        self._bytes += count
        if self._bytes > self.limits.archive_bytes:
            raise self._refused(f"over {self.limits.archive_bytes:,} bytes")
        if self._bytes > max(self.limits.article_bytes, BOMB_RATIO * self.size):
            raise self._refused(f"over {BOMB_RATIO} times its size")

    def _refused(self, much: str) -> ArchiveRefused:
        return ArchiveRefused(f"unpacks to {much}: given up at {self.path[:200]}")


class Metered(io.RawIOBase):
    """Bytes that are counted as they are read, a piece at a time however much is asked for."""

    def __init__(self, source: Bytes, meter: Meter) -> None:
        super().__init__()
        self._source = source
        self._meter = meter

    def readable(self) -> bool:
        """Return True, which `io.BufferedReader` asks for."""
        return True

    def readinto(self, buffer: Any, /) -> int:
        """Fill some of a buffer, none at the end. Raises ArchiveRefused past the limits."""
        view = memoryview(buffer)
        piece = self._source.read(min(len(view), PIECE_BYTES))
        self._meter.add(len(piece))
        view[: len(piece)] = piece
        return len(piece)


def plain_path(name: str) -> str:
    """Return a member's name without `./` and doubled slashes, the way a folder names its files."""
    return "/".join(part for part in name.split("/") if part not in ("", "."))


def path_fault(name: str) -> str | None:
    """Return why a member's name is no path below the archive, None for one that is.

    >>> path_fault("../x.txt"), path_fault("a..b/x.txt")
    ('its path leads out of the archive', None)
    """
    if len(name) > PATH_CHARS:
        return f"its path has over {PATH_CHARS:,} characters"
    if _ABSOLUTE.match(name):
        return "its path is absolute"
    # Programs for Windows part names by a backslash.
    if ".." in _PARTS.split(name):
        return "its path leads out of the archive"
    return None


def is_hidden(path: str) -> bool:
    """Tell whether a path has a part that begins with a dot, which is not looked at in folders either."""
    return any(part.startswith(".") for part in path.split("/"))
