"""Members of a `.zip`, in path order: the list at its end is read, and each is unpacked where it lies.

Read are members that are stored or deflated, which is what zips of folders hold: Python unpacks a
piece of bzip2 or LZMA whole, and 40 bytes of bzip2 may be 45 MB.
"""

import stat
import zipfile
from collections.abc import Iterator
from io import BufferedReader

from indexer.decode import BOMB_RATIO, NOT_REGULAR, Peekable
from indexer.member import (
    LIST_BYTES,
    ArchiveRefused,
    Member,
    Meter,
    Metered,
    Unread,
    is_hidden,
    path_fault,
    plain_path,
)
from indexer.source import Limits

_UNIX = 3
_ENCRYPTED = 0x1
_READ = frozenset((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))


class _Listed:
    """A zip as zipfile reads it, which takes the list of members into memory whole, however long it is."""

    def __init__(self, file: Peekable) -> None:
        self._file = file
        self.seek, self.tell = file.seek, file.tell

    def read(self, size: int = -1) -> bytes:
        """Return so many bytes. Raises ArchiveRefused when they would be more than any list may take."""
        data = self._file.read(LIST_BYTES + 1 if size < 0 else min(size, LIST_BYTES + 1))
        if len(data) > LIST_BYTES:
            raise ArchiveRefused(
                f"its list of members takes over {LIST_BYTES:,} bytes: pack it as several, or as .tar.gz"
            )
        return data

    def seekable(self) -> bool:
        """Return True, which zipfile may ask for."""
        return True


def zip_members(stream: Peekable, meter: Meter) -> Iterator[Member | Unread]:
    """Yield the files of a zip and the refusals of what is none. Raises BadZipFile and ArchiveRefused."""
    with zipfile.ZipFile(_Listed(stream)) as archive:
        # By path, as files of a folder come: which of two articles with one id is the first depends on it.
        for info in sorted(archive.infolist(), key=lambda one: plain_path(one.filename)):
            meter.enter(info.filename)
            fault = _fault(info, meter.limits)
            if fault:
                yield Unread(info.filename, fault)
            elif not info.is_dir() and not is_hidden(plain_path(info.filename)):
                yield from _opened(archive, info, meter)


def _opened(archive: zipfile.ZipFile, info: zipfile.ZipInfo, meter: Meter) -> Iterator[Member | Unread]:
    """Yield a member, open as long as the next is not drawn, or why it cannot be opened."""
    try:
        opened = archive.open(info)
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        yield Unread(info.filename, f"the archive is damaged here: {error}")
        return
    with opened, BufferedReader(Metered(opened, meter)) as stream:
        yield Member(plain_path(info.filename), stream, info.compress_size)


def _fault(info: zipfile.ZipInfo, limits: Limits) -> str | None:
    fault = path_fault(info.filename)
    if fault or info.is_dir():
        return fault
    kind = stat.S_IFMT(info.external_attr >> 16) if info.create_system == _UNIX else 0
    if stat.S_ISLNK(kind):
        return "a link, which is not followed"
    if kind and not stat.S_ISREG(kind):
        return NOT_REGULAR
    if info.flag_bits & _ENCRYPTED:
        return "encrypted: unpack it with its password"
    if info.compress_type not in _READ:
        return f"packed by method {info.compress_type}, which is not read: pack it with deflate"
    # Its list says how long a member is, and zipfile unpacks no more than that.
    if info.file_size > max(limits.article_bytes, BOMB_RATIO * info.compress_size):
        return f"unpacks to over {BOMB_RATIO} times its size"
    return None
