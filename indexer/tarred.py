"""Members of a `.tar`, as they come: it is read once from its beginning to its end, and nothing is kept."""

import io
import tarfile
from collections.abc import Iterator
from io import BufferedReader
from typing import IO, Any, cast

from indexer.decode import NOT_REGULAR, Peekable
from indexer.member import (
    PIECE_BYTES,
    ArchiveRefused,
    Member,
    Meter,
    Unread,
    is_hidden,
    path_fault,
    plain_path,
)

HEADER_BYTES = 1 << 20
"""What one member's headers may take, its path and attributes: tarfile takes them into memory whole."""


class _Forwards:
    """An archive as tarfile reads it: its headers, one after another, never back."""

    def __init__(self, stream: Peekable, meter: Meter) -> None:
        self._stream = stream
        self._meter = meter
        self._at = 0
        self._headers = 0
        self.block = b""

    def tell(self) -> int:
        """Return how many bytes were read."""
        return self._at

    def seek(self, to: int) -> None:
        """Read over what lies before a place."""
        self._headers = 0
        if to < self._at:
            raise tarfile.ReadError("a header that points back")
        while self._at < to and self.data(to - self._at):
            pass

    def read(self, size: int) -> bytes:
        """Return a piece of a header, less at the end. Raises ArchiveRefused for an endless one."""
        self._headers += size
        if self._headers > HEADER_BYTES:
            raise ArchiveRefused(f"a header of over {HEADER_BYTES:,} bytes after {self._meter.path[:200]}")
        pieces = []
        while size and (piece := self.data(size)):
            pieces.append(piece)
            size -= len(piece)
        self.block = b"".join(pieces)
        return self.block

    def data(self, most: int) -> bytes:
        """Return some bytes, none at the end."""
        piece = self._stream.read(min(most, PIECE_BYTES))
        self._at += len(piece)
        self._meter.add(len(piece))
        return piece


class _Data(io.RawIOBase):
    """The bytes of one member. Raises ReadError where the archive ends before it."""

    def __init__(self, archive: _Forwards, size: int) -> None:
        super().__init__()
        self._archive = archive
        self._left = size

    def readable(self) -> bool:
        """Return True, which `io.BufferedReader` asks for."""
        return True

    def readinto(self, buffer: Any, /) -> int:
        """Fill some of a buffer, none at the end."""
        view = memoryview(buffer)
        most = min(len(view), self._left)
        piece = self._archive.data(most) if most else b""
        if most and not piece:
            raise tarfile.ReadError("it ends within a member")
        view[: len(piece)] = piece
        self._left -= len(piece)
        return len(piece)


def tar_members(stream: Peekable, meter: Meter) -> Iterator[Member | Unread]:
    """Yield the files of a tar and the refusals of what is none. Raises TarError and ArchiveRefused."""
    forwards = _Forwards(stream, meter)
    with tarfile.TarFile(fileobj=cast(IO[bytes], forwards), mode="r") as archive:
        while (info := archive.next()) is not None:
            archive.members = []  # type: ignore[attr-defined]  # it would keep all of them
            meter.enter(info.name)
            if info.size < 0:
                raise tarfile.ReadError(f"a size below nothing, of {info.name[:200]}")
            fault = path_fault(info.name) or _fault(info)
            if fault:
                yield Unread(info.name, fault)
            elif not info.isdir() and not is_hidden(plain_path(info.name)):
                with BufferedReader(_Data(forwards, info.size)) as data:
                    yield Member(plain_path(info.name), data, info.size)
    # A damaged header ends an archive for tarfile without a word; the end is a block of zeros, or nothing.
    if forwards.block.strip(b"\0") or len(forwards.block) % tarfile.BLOCKSIZE:
        raise tarfile.ReadError(f"no header where one should be, after {meter.path[:200] or 'nothing'}")


def _fault(info: tarfile.TarInfo) -> str | None:
    if info.issym() or info.islnk():
        return "a link, which is not followed"
    if info.issparse():
        return "a sparse file, which is not read"
    if info.isreg() or info.isdir():
        return None
    return NOT_REGULAR
