"""A sorted table of strings over two arrays, which may lie in files that are read only where asked."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate, chain, pairwise

import numpy as np
from numpy.typing import NDArray

from search.signatures import Signatures

Letters = NDArray[np.uint8]
Ends = NDArray[np.unsignedinteger]
Ordinals = NDArray[np.uint32]

_STEP = 64
"""Every so many terms one is held in memory: a million terms have 16,000, and six probes are left."""

_MERGED = 1 << 16
"""Terms of all tables that are merged at once, about."""

_NEVER = b"\xff"
"""A byte that UTF-8 has not: it sorts behind whatever may follow a prefix."""


class Terms:
    """Strings in ascending order of code points, each once; `terms[0]` is the first.

    `letters` holds their UTF-8 bytes one after the other, lone surrogates passed; `ends` where
    each ends, as aligned 4- or 8-byte integers of this machine. Neither is copied, nor written to.
    """

    def __init__(self, letters: Letters, ends: Ends) -> None:
        self.letters = letters
        self.ends = ends
        self._letters = letters.data  # views give plain integers three times as fast as arrays
        self._ends = ends.data

    @classmethod
    def of(cls, strings: Iterable[str]) -> "Terms":
        """Return a table of any strings."""
        return _table(sorted({string.encode("utf-8", "surrogatepass") for string in strings}))

    def __len__(self) -> int:
        return len(self._ends)

    def __getitem__(self, at: int) -> str:
        if not 0 <= at < len(self._ends):  # not from the end: -1 is no term's ordinal, see `find`
            raise IndexError(f"no term {at} among {len(self._ends)}")
        return self._raw(at).decode("utf-8", "surrogatepass")

    def __iter__(self) -> Iterator[str]:
        return (self._raw(at).decode("utf-8", "surrogatepass") for at in range(len(self)))

    def words(self, ordinals: NDArray[np.integer]) -> list[str]:
        """Return the terms of these ordinals, in their order."""
        at = np.asarray(ordinals, dtype=np.int64)
        starts, stops = np.where(at > 0, self.ends[at - 1], 0).tolist(), self.ends[at].tolist()
        view = self._letters
        return [
            str(view[start:stop], "utf-8", "surrogatepass") for start, stop in zip(starts, stops, strict=True)
        ]

    def find(self, term: str) -> int:
        """Return the ordinal of a term, -1 when it is not there."""
        raw = term.encode("utf-8", "surrogatepass")
        at = self._place(raw)
        return at if at < len(self._ends) and self._raw(at) == raw else -1

    def starting(self, prefix: str) -> tuple[int, int]:
        """Return the half-open range of the terms that begin so."""
        raw = prefix.encode("utf-8", "surrogatepass")
        return self._place(raw), self._place(raw + _NEVER)

    def only(self, ordinals: NDArray[np.integer]) -> "Terms":
        """Return a table of the terms of these ordinals, in their order."""
        pieces, sizes = [b""], [np.zeros(0, dtype=np.int64)]
        # In steps, since every letter takes a place of eight bytes on the way.
        for first in range(0, len(ordinals), _MERGED):
            at = np.asarray(ordinals[first : first + _MERGED], dtype=np.int64)
            stops = self.ends[at].astype(np.int64)
            each = stops - np.where(at > 0, self.ends[at - 1], 0).astype(np.int64)
            ends = np.cumsum(each)
            places = np.repeat(stops - ends, each) + np.arange(ends[-1])
            pieces.append(self.letters[places].tobytes())
            sizes.append(each)
        return _over(b"".join(pieces), np.cumsum(np.concatenate(sizes)))

    @cached_property
    def signatures(self) -> Signatures:
        """What tells terms that may be near a word from those that cannot; made once, 0.1 µs a term."""
        return Signatures.of(self.letters, self.ends)

    def warm(self) -> None:
        """Make what is otherwise made when first asked for."""
        self._sample  # noqa: B018
        self.signatures  # noqa: B018

    @cached_property
    def _sample(self) -> list[bytes]:
        return [self._raw(at) for at in range(0, len(self), _STEP)]

    def _raw(self, at: int) -> bytes:
        return self._letters[self._ends[at - 1] if at else 0 : self._ends[at]].tobytes()

    def _place(self, raw: bytes) -> int:
        """Return the first ordinal whose term is not below some bytes."""
        block = bisect_left(self._sample, raw)
        low, high = max(0, block - 1) * _STEP, min(block * _STEP, len(self._ends))
        letters, ends = self._letters, self._ends
        while low < high:
            at = (low + high) >> 1
            if letters[ends[at - 1] if at else 0 : ends[at]].tobytes() < raw:
                low = at + 1
            else:
                high = at
        return low

    def _slice(self, start: int, stop: int) -> list[bytes]:
        """Return the bytes of each term of a half-open range."""
        first = self._ends[start - 1] if start else 0
        ends = [0, *(self.ends[start:stop].astype(np.int64) - first).tolist()]
        raw = self._letters[first : first + ends[-1]].tobytes()
        return [raw[begin:end] for begin, end in pairwise(ends)]


def appended(tables: Sequence[Terms]) -> Terms:
    """Return the terms of one table after those of the other: not in order, so only read by ordinals."""
    befores = np.cumsum([0, *(len(table.letters) for table in tables)])
    letters = np.concatenate([np.zeros(0, dtype=np.uint8), *(table.letters for table in tables)])
    ends = [table.ends.astype(np.int64) + before for table, before in zip(tables, befores[:-1], strict=True)]
    return Terms(letters, np.concatenate([np.zeros(0, dtype=np.int64), *ends]))


def merged(tables: Sequence[Terms]) -> tuple[Terms, list[Ordinals]]:
    """Return the union of tables, and for each table the new ordinal of each of its terms.

    Goes through the alphabet in steps, so that little more than the union is held at once.
    """
    letters: list[bytes] = []
    sizes: list[NDArray[np.int64]] = []
    ordinals: list[list[Ordinals]] = [[] for _ in tables]
    first = 0
    for ranges in _steps(tables):
        lists = [table._slice(*span) for table, span in zip(tables, ranges, strict=True)]
        union = sorted(dict.fromkeys(chain.from_iterable(lists)))  # runs in order sort fast
        places = dict(zip(union, range(first, first + len(union)), strict=True))
        for own, one in zip(ordinals, lists, strict=True):
            own.append(np.fromiter(map(places.__getitem__, one), dtype=np.uint32, count=len(one)))
        letters.append(b"".join(union))
        sizes.append(np.fromiter(map(len, union), dtype=np.int64, count=len(union)))
        first += len(union)
    ends = np.cumsum(np.concatenate(sizes)) if sizes else np.zeros(0, dtype=np.int64)
    none = np.zeros(0, dtype=np.uint32)
    return _over(b"".join(letters), ends), [np.concatenate([none, *own]) for own in ordinals]


def _steps(tables: Sequence[Terms]) -> Iterator[list[tuple[int, int]]]:
    """Yield a half-open range of each table: first those of the first terms, in the end those of the last."""
    step = max(1, _MERGED // max(1, len(tables)))
    pivots = sorted({table._raw(at) for table in tables for at in range(step, len(table), step)})
    starts = [0] * len(tables)
    for pivot in pivots[:: max(1, len(tables))]:
        stops = [table._place(pivot) for table in tables]
        yield list(zip(starts, stops, strict=True))
        starts = stops
    yield [(start, len(table)) for start, table in zip(starts, tables, strict=True)]


def _table(ordered: Sequence[bytes]) -> Terms:
    return _over(b"".join(ordered), np.fromiter(accumulate(map(len, ordered)), np.int64, len(ordered)))


def _over(letters: bytes, ends: NDArray[np.int64]) -> Terms:
    """Return a table of the bytes, its ends as narrow as they can be."""
    kind = np.uint32 if len(letters) < 1 << 32 else np.uint64
    return Terms(np.frombuffer(letters, dtype=np.uint8), ends.astype(kind))
