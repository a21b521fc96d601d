"""One file of named arrays: written once, then mapped and never changed.

    magic · version      16 bytes
    section …            each begins at a multiple of 64 bytes, so that any number in it is aligned
    checksums            a CRC-32 of every 64 KiB before this place
    table                JSON: for each section its place, type and length
    footer               lengths and CRC-32 of checksums and table, size of the file, magic

Everything is little-endian. Footer and table are checked when a file is opened, so a file cut
short never opens. Other bytes are checked by the blocks they lie in when they are first looked
at; every single flipped byte is found, since a CRC-32 changes with any burst of 32 bits.

A file that is mapped must not be cut short in its place: the system ends a process that looks
past the end. Writers here make new files and never change one.
"""

import mmap
import os
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from struct import Struct
from types import TracebackType
from typing import Any, Self

import numpy as np
import orjson
from numpy.typing import DTypeLike, NDArray

from search.errors import IndexCorrupt, IndexStale
from search.intact import damaged, digest, opened

VERSION = 2
"""Of the file's own layout; `schema.FORMAT` counts what the sections mean."""
BLOCK = 1 << 16
_MAGIC = b"dateline"
_HEAD = Struct("<8sQ")
_FOOT = Struct("<QQQIIQ8s")
_ALIGN = 64
_KINDS = frozenset(("|u1", "|i1", "<u2", "<i2", "<u4", "<i4", "<u8", "<i8", "<f4", "<f8"))
"""Types that a section may have: plain numbers, of which no bytes can be harmful."""
_HELD = 256
"""Blocks after which the memory of a long check is given back: 16 MB."""
_WRITE = 1 << 22
"""Bytes that are copied at once."""

Array = NDArray[Any]
Place = tuple[int, np.dtype[Any], int, int]
"""Of a section: where it begins, its type, how many values, bytes of each."""


class ArraysWriter:
    """Writes one file. Sections come one after the other; one that is reserved is filled later.

    Use as a context manager: an exception removes the file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = path.open("x+b", buffering=0)
        self._end = _HEAD.size
        self._sections: dict[str, tuple[int, str, int]] = {}

    def put(self, name: str, array: Array) -> None:
        """Write a whole section."""
        values = np.ascontiguousarray(array)
        self.reserve(name, values.dtype, values.size).write(values)

    def reserve(self, name: str, dtype: DTypeLike, count: int) -> "Section":
        """Return a section of so many values, zeros until they are written."""
        if name in self._sections:
            raise ValueError(f"section {name!r} is written twice")
        kind = np.dtype(dtype).newbyteorder("<")
        if kind.str not in _KINDS:
            raise ValueError(f"section {name!r} cannot hold {kind}")
        start = -(-self._end // _ALIGN) * _ALIGN
        self._sections[name] = (start, kind.str, count)
        self._end = start + count * kind.itemsize
        os.ftruncate(self._file.fileno(), self._end)
        return Section(self._file.fileno(), start, kind, count)

    def put_stream(self, name: str, pieces: Iterable[bytes | memoryview]) -> None:
        """Write bytes, given in pieces, as a section of uint8."""
        start = -(-self._end // _ALIGN) * _ALIGN
        at = start
        for piece in pieces:
            _write_at(self._file.fileno(), piece, at)
            at += len(piece)
        self._sections[name] = (start, "|u1", at - start)
        self._end = at
        os.ftruncate(self._file.fileno(), at)

    def finish(self) -> None:
        """Write what stands first, checksums, table and footer."""
        _write_at(self._file.fileno(), _HEAD.pack(_MAGIC, VERSION), 0)
        sums = np.array([zlib.crc32(block) for block in self._blocks()], dtype="<u4").tobytes()
        table = orjson.dumps(self._sections)
        size = self._end + len(sums) + len(table) + _FOOT.size
        whole = (self._end, len(sums), len(table), zlib.crc32(sums), zlib.crc32(table), size, _MAGIC)
        foot = _FOOT.pack(*whole)
        _write_at(self._file.fileno(), sums + table + foot, self._end)
        self._file.close()

    def _blocks(self) -> Iterable[bytes]:
        for start in range(0, self._end, BLOCK):
            yield os.pread(self._file.fileno(), min(BLOCK, self._end - start), start)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            try:
                self.finish()
            except BaseException:  # the disk is full, say
                self._remove()
                raise
        else:
            self._remove()

    def _remove(self) -> None:
        self._file.close()
        self.path.unlink(missing_ok=True)


class Section:
    """A place for an array in a file that is being written; it is filled from the front."""

    def __init__(self, handle: int, start: int, dtype: np.dtype[Any], count: int) -> None:
        self.dtype = dtype
        self._handle = handle
        self._at = start
        self._stop = start + count * dtype.itemsize

    def write(self, values: Array) -> None:
        """Write the next values."""
        data = np.ascontiguousarray(values, dtype=self.dtype).data.cast("B")
        if self._at + len(data) > self._stop:
            raise ValueError("more values than the section was reserved for")
        _write_at(self._handle, data, self._at)
        self._at += len(data)


def read_spans(path: Path, spans: Iterable[tuple[int, int]]) -> Iterator[bytes]:
    """Yield the bytes of a file that lie in half-open spans, a few at a time."""
    with path.open("rb") as file:
        for begin, end in spans:
            while begin < end:
                piece = os.pread(file.fileno(), min(end - begin, _WRITE), begin)
                if not piece:
                    raise OSError(f"{path} ends before byte {end}")
                yield piece
                begin += len(piece)


def _write_at(handle: int, data: bytes | memoryview, at: int) -> None:
    """Write all of some bytes, of which the system may take a part and tell no error."""
    rest = memoryview(data)
    while rest:
        written = os.pwrite(handle, rest, at)
        at += written
        rest = rest[written:]


class Arrays:
    """A file of arrays, mapped. Reading is safe from any number of threads and forked processes.

    Raises IndexCorrupt, naming the file, for damage, and IndexStale for another version.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with opened(path) as file:
            size = os.fstat(file.fileno()).st_size
            if size < _HEAD.size + _FOOT.size:
                raise self.corrupt(f"it has only {size} bytes")
            self._map = mmap.mmap(file.fileno(), size, prot=mmap.PROT_READ)
        magic, version = _HEAD.unpack(self._map[: _HEAD.size])
        try:
            self._sections = self._table()
        except IndexCorrupt:
            if magic == _MAGIC and version > VERSION:  # whose end may be another
                raise self._stale(version) from None
            raise
        self._bytes: NDArray[np.uint8] = np.frombuffer(self._map, dtype=np.uint8)
        self._good = np.zeros(len(self._sums), dtype=bool)
        self._check(0, _HEAD.size)
        if (magic, version) != (_MAGIC, VERSION):
            raise self._stale(version)

    @property
    def seal(self) -> bytes:
        """What tells this file from every other: a digest over the checksums of all of it."""
        return digest(self._map[-_FOOT.size :])

    def view(self, name: str, start: int = 0, stop: int | None = None) -> Array:
        """Return values of a section, mapped and not to be written to; their blocks are checked."""
        begin, dtype, count, width = self._section(name)
        if stop is None:
            stop = count
        if not 0 <= start <= stop <= count:
            raise self.corrupt(f"{name} has {count} values, but {start} to {stop} were asked for")
        first, last = begin + start * width, begin + stop * width
        if first < last and not self._is_good(first, last):
            self._check(first, last)
        return self._bytes[first:last].view(dtype)

    def take(self, name: str, places: NDArray[np.int64]) -> Array:
        """Return values of a section by their places; their blocks are checked."""
        begin, dtype, count, width = self._section(name)
        if not len(places):
            return np.zeros(0, dtype=dtype)
        blocks = (places * width + begin) // BLOCK
        if not self._good.take(blocks).all():
            for block in np.unique(blocks).tolist():
                self._check(block * BLOCK, block * BLOCK + 1)
        return self._bytes[begin : begin + count * width].view(dtype).take(places)

    def data(self, name: str, start: int, stop: int) -> memoryview:
        """Return bytes of a section of uint8."""
        return self.view(name, start, stop).data

    def size(self, name: str) -> int:
        """Return the number of values in a section."""
        return self._section(name)[2]

    def parts(self) -> dict[str, int]:
        """Return the bytes of every section."""
        return {name: count * width for name, (_, _, count, width) in self._sections.items()}

    def verify(self) -> None:
        """Check every byte, those too that were found good before. Raises IndexCorrupt."""
        with opened(self.path) as file:
            if os.fstat(file.fileno()).st_size != len(self._map):
                raise self.corrupt("its length has changed")
        self._table()
        self._good[:] = False
        self._check(0, self._covered)
        self.release()

    def release(self) -> None:
        """Let the system take back the memory of the pages that were read."""
        self._map.madvise(mmap.MADV_DONTNEED)

    def corrupt(self, what: str) -> IndexCorrupt:
        """Return the error that names this file."""
        return damaged(self.path, what)

    def _stale(self, version: int) -> IndexStale:
        return IndexStale(
            f"{self.path} has layout {version}, this version reads {VERSION}; rebuild the index"
        )

    def _section(self, name: str) -> Place:
        found = self._sections.get(name)
        if found is None:
            raise self.corrupt(f"it has no {name}")
        return found

    def _table(self) -> dict[str, Place]:
        """Return where each section lies, checked; set the blocks' checksums."""
        size = len(self._map)
        foot = _FOOT.unpack(self._map[-_FOOT.size :])
        covered, sums, table, sums_crc, table_crc, whole, magic = foot
        if magic != _MAGIC or whole != size or covered + sums + table + _FOOT.size != size:
            raise self.corrupt("its end is missing or overwritten")
        told, names = self._map[covered : covered + sums], self._map[covered + sums : size - _FOOT.size]
        if zlib.crc32(told) != sums_crc or zlib.crc32(names) != table_crc:
            raise self.corrupt("its table of contents was altered")
        if covered < _HEAD.size or sums != 4 * -(-covered // BLOCK):
            raise self.corrupt("it has not a checksum for every block")
        self._covered, self._sums = covered, np.frombuffer(told, dtype="<u4")
        try:
            return _places(orjson.loads(names), covered)
        except (ValueError, TypeError, AttributeError) as error:
            raise self.corrupt(f"its table of contents makes no sense ({error})") from error

    def _is_good(self, first: int, last: int) -> bool:
        """Return whether all blocks from byte `first` to before `last` were checked."""
        begin, end = first // BLOCK, (last - 1) // BLOCK
        return bool(self._good[begin] if begin == end else self._good[begin : end + 1].all())

    def _check(self, first: int, last: int) -> None:
        for block in range(first // BLOCK, -(-last // BLOCK)):
            if not self._good[block]:
                start = block * BLOCK
                stop = min(start + BLOCK, self._covered)
                if zlib.crc32(self._bytes[start:stop].data) != self._sums[block]:
                    raise self.corrupt(f"bytes {start} to {stop} were altered")
                self._good[block] = True
            if block % _HELD == _HELD - 1 and last - first > _HELD * BLOCK:
                self.release()  # whoever looks at so much goes through it once


def _places(table: dict[str, list[Any]], covered: int) -> dict[str, Place]:
    """Return the sections of a table. Raises ValueError unless each follows the last, before `covered`."""
    found: dict[str, Place] = {}
    end = _HEAD.size
    for name, (start, kind, count) in table.items():
        if kind not in _KINDS or not (isinstance(start, int) and isinstance(count, int)):
            raise ValueError(f"{name} has type {kind!r}")
        dtype = np.dtype(kind)
        if start < end or start % _ALIGN or count < 0 or start + count * dtype.itemsize > covered:
            raise ValueError(f"{name} lies where it cannot")
        found[name] = (start, dtype, count, dtype.itemsize)
        end = start + count * dtype.itemsize
    return found
