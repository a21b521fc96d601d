"""One file of named arrays: written once, then mapped and never changed.

    magic · version      16 bytes
    section …            each begins at a multiple of 64 bytes, so that any number in it is aligned
    checksums            a CRC-32 of every 64 KiB before this place
    table                JSON: for each section its place, type and length
    footer               lengths and CRC-32 of checksums and table, size of the file, magic

Everything is little-endian. Footer and table are checked when a file is opened, so a file cut
short never opens. Other bytes are checked by the blocks they lie in when they are first looked
at; every single flipped byte is found, since a CRC-32 changes with any burst of 32 bits.
"""

import mmap
import os
import zlib
from collections.abc import Iterable
from pathlib import Path
from struct import Struct
from types import TracebackType
from typing import Any, Self

import numpy as np
import orjson
from numpy.typing import DTypeLike, NDArray

from search.errors import IndexCorrupt, IndexStale

VERSION = 2
"""Of the file's own layout; `schema.FORMAT` counts what the sections mean."""
BLOCK = 1 << 16
_MAGIC = b"dateline"
_HEAD = Struct("<8sQ")
_FOOT = Struct("<QQQIIQ8s")
_ALIGN = 64
_WRITE = 1 << 22
"""Bytes that are copied at once."""

Array = NDArray[Any]


class ArraysWriter:
    """Writes one file. Sections come one after the other; one that is reserved is filled later.

    Use as a context manager: an exception removes the file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = path.open("x+b", buffering=0)
        self._file.write(_HEAD.pack(_MAGIC, VERSION))
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
        start = -(-self._end // _ALIGN) * _ALIGN
        self._sections[name] = (start, kind.str, count)
        self._end = start + count * kind.itemsize
        os.ftruncate(self._file.fileno(), self._end)
        return Section(self._file.fileno(), start, kind, count)

    def put_stream(self, name: str, source: Path, spans: Iterable[tuple[int, int]]) -> None:
        """Write bytes of another file, given as half-open spans, as a section of uint8."""
        start = -(-self._end // _ALIGN) * _ALIGN
        at = start
        with source.open("rb") as other:
            for begin, end in spans:
                while begin < end:
                    piece = os.pread(other.fileno(), min(end - begin, _WRITE), begin)
                    if not piece:
                        raise OSError(f"{source} ends before byte {end}")
                    os.pwrite(self._file.fileno(), piece, at)
                    begin += len(piece)
                    at += len(piece)
        self._sections[name] = (start, "|u1", at - start)
        self._end = at
        os.ftruncate(self._file.fileno(), at)

    def finish(self) -> None:
        """Write checksums, table and footer."""
        sums = np.array([zlib.crc32(block) for block in self._blocks()], dtype="<u4").tobytes()
        table = orjson.dumps(self._sections)
        size = self._end + len(sums) + len(table) + _FOOT.size
        whole = (self._end, len(sums), len(table), zlib.crc32(sums), zlib.crc32(table), size, _MAGIC)
        foot = _FOOT.pack(*whole)
        os.pwrite(self._file.fileno(), sums + table + foot, self._end)
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
            self.finish()
        else:
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
        data = memoryview(np.ascontiguousarray(values, dtype=self.dtype)).cast("B")
        if self._at + len(data) > self._stop:
            raise ValueError("more values than the section was reserved for")
        while data:
            written = os.pwrite(self._handle, data, self._at)
            self._at += written
            data = data[written:]


class Arrays:
    """A file of arrays, mapped. Reading is safe from any number of threads and forked processes.

    Raises IndexCorrupt, naming the file, for damage, and IndexStale for another version.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size < _HEAD.size + _FOOT.size:
                raise self.corrupt(f"it has only {size} bytes")
            self._map = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)
        self._sections = self._table(size)
        self._bytes: NDArray[np.uint8] = np.frombuffer(self._map, dtype=np.uint8)
        self._good = np.zeros(len(self._sums), dtype=bool)
        self._check(0, _HEAD.size)
        version = _HEAD.unpack(self._map[: _HEAD.size])[1]
        if version != VERSION:
            raise IndexStale(f"{path} has layout {version}, this version reads {VERSION}; rebuild the index")

    def view(self, name: str, start: int = 0, stop: int | None = None) -> Array:
        """Return values of a section, mapped and not to be written to; their blocks are checked."""
        begin, dtype, count, width = self._sections[name]
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
        begin, dtype, count, width = self._sections[name]
        if not len(places):
            return np.zeros(0, dtype=dtype)
        blocks = (places * width + begin) // BLOCK
        if not self._good.take(blocks).all():
            for block in np.unique(blocks).tolist():
                self._check(block * BLOCK, block * BLOCK + 1)
        return self._bytes[begin : begin + count * width].view(dtype).take(places)

    def data(self, name: str, start: int, stop: int) -> memoryview:
        """Return bytes of a section of uint8."""
        return memoryview(self.view(name, start, stop))

    def has(self, name: str) -> bool:
        """Return whether there is such a section."""
        return name in self._sections

    def size(self, name: str) -> int:
        """Return the number of values in a section."""
        return self._sections[name][2]

    def parts(self) -> dict[str, int]:
        """Return the bytes of every section."""
        return {name: count * width for name, (_, _, count, width) in self._sections.items()}

    def verify(self) -> None:
        """Check every byte. Raises IndexCorrupt."""
        self._check(0, self._covered)
        self.release()

    def release(self) -> None:
        """Let the system take back the memory of the pages that were read."""
        self._map.madvise(mmap.MADV_DONTNEED)

    def corrupt(self, what: str) -> IndexCorrupt:
        """Return the error that names this file."""
        return IndexCorrupt(f"{self.path} is damaged: {what}; rebuild the index, or restore the file")

    def _table(self, size: int) -> dict[str, tuple[int, np.dtype[Any], int, int]]:
        """Return place, type, length and width by section, checked; set the blocks' checksums."""
        foot = _FOOT.unpack(self._map[-_FOOT.size :])
        self._covered, sums, table, sums_crc, table_crc, whole, magic = foot
        if magic != _MAGIC or whole != size or self._covered + sums + table + _FOOT.size != size:
            raise self.corrupt("its end is missing or overwritten")
        sums_at, table_at = self._covered, self._covered + sums
        told, names = self._map[sums_at:table_at], self._map[table_at : table_at + table]
        if zlib.crc32(told) != sums_crc or zlib.crc32(names) != table_crc:
            raise self.corrupt("its table of contents was altered")
        self._sums = np.frombuffer(told, dtype="<u4")
        found = {}
        for name, (start, kind, count) in orjson.loads(names).items():
            dtype = np.dtype(kind)
            found[name] = (start, dtype, count, dtype.itemsize)
        return found

    def _is_good(self, first: int, last: int) -> bool:
        """Return whether all blocks from byte `first` to before `last` were checked."""
        begin, end = first // BLOCK, (last - 1) // BLOCK
        return bool(self._good[begin] if begin == end else self._good[begin : end + 1].all())

    def _check(self, first: int, last: int) -> None:
        for block in range(first // BLOCK, -(-last // BLOCK)):
            if not self._good[block]:
                start = block * BLOCK
                stop = min(start + BLOCK, self._covered)
                if zlib.crc32(self._bytes[start:stop]) != self._sums[block]:
                    raise self.corrupt(f"bytes {start} to {stop} were altered")
                self._good[block] = True
