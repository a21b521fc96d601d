"""The postings of one term in a whole index: those of its segments one after the other, of live articles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.arrays import Array
from search.engines.whoosh.segment import Run, Segment

Bools = NDArray[np.bool_]
_NO_ARTICLES = np.zeros(0, dtype=np.uint32)
_NO_COUNTS = np.zeros(0, dtype=np.uint8)


@dataclass(frozen=True, slots=True)
class Part:
    """A segment whose first article has the number `base`; `live` is None when nothing is deleted."""

    segment: Segment
    base: int
    live: Bools | None


@dataclass(frozen=True, slots=True)
class Piece:
    """The run of a term in one part; `term` is its number there."""

    part: Part
    term: int
    run: Run


class Postings:
    """Where a term stands. Arrays are views of the index where it is one segment without deletions."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.pieces = [piece for piece in pieces if piece.run.first < piece.run.last]

    @cached_property
    def articles(self) -> Array:
        """The articles, ascending."""
        return self._joined([self._articles(piece) for piece in self.pieces], _NO_ARTICLES)

    @cached_property
    def counts(self) -> Array:
        """How often the term stands in each article."""
        return self._joined([piece.part.segment.counts(piece.run) for piece in self.pieces], _NO_COUNTS)

    @cached_property
    def size(self) -> int:
        """The number of articles."""
        if all(piece.part.live is None for piece in self.pieces):
            return sum(piece.run.last - piece.run.first for piece in self.pieces)
        return len(self.articles)

    def is_same(self, other: Postings) -> bool:
        """Return whether they are one list in the index: of a stem and its only word."""
        return [(one.part.base, one.run) for one in self.pieces] == [
            (one.part.base, one.run) for one in other.pieces
        ]

    def impacts(self, *, averages: Sequence[float]) -> NDArray[np.float32]:
        """Return for each article of a stem an upper bound of its score without weight, in steps."""
        found = []
        for piece in self.pieces:
            impacts = piece.part.segment.impacts(piece.term).astype(np.float32)
            found.append(impacts * np.float32(_looseness(piece.part.segment.averages, averages)))
        return self._joined(found, np.zeros(0, dtype=np.float32))

    def ceiling(self, averages: Sequence[float]) -> float:
        """Return an upper bound of a stem's score in any article, without weight, in steps."""
        return max(
            (
                float(piece.part.segment.impacts(piece.term).max())
                * _looseness(piece.part.segment.averages, averages)
                for piece in self.pieces
            ),
            default=0.0,
        )

    def bitmap(self, total: int) -> Bools | None:
        """Return which of the index's articles have a stem, None where the list of them is quicker."""
        maps = [(piece.part, piece.part.segment.bitmap(piece.term)) for piece in self.pieces]
        if not maps or any(bitmap is None for _, bitmap in maps):
            return None
        live = [
            bitmap if part.live is None else bitmap & part.live for part, bitmap in maps if bitmap is not None
        ]
        if len(live) == 1 and len(live[0]) == total:
            return live[0]
        mask = np.zeros(total, dtype=np.bool_)
        for (part, _), bitmap in zip(maps, live, strict=True):
            mask[part.base : part.base + len(bitmap)] = bitmap
        return mask

    @property
    def has_bits(self) -> bool:
        """Whether articles can be tested one by one: a common stem in one segment without deletions."""
        if len(self.pieces) != 1 or self.pieces[0].part.base or self.pieces[0].part.live is not None:
            return False
        return self.pieces[0].part.segment.bits(self.pieces[0].term) is not None

    def test(self, ids: Array) -> Bools:
        """Return which of some articles have a common stem."""
        bits = self.pieces[0].part.segment.bits(self.pieces[0].term)
        if bits is None:
            raise ValueError("only a common stem has a bitmap")
        at = ids.astype(np.int64, copy=False)
        found: Bools = ((bits.take(at >> 3) >> (at & 7).astype(np.uint8)) & 1).view(np.bool_)
        return found

    def _articles(self, piece: Piece) -> Array:
        articles = piece.part.segment.articles(piece.run)
        return articles if not piece.part.base else articles + np.uint32(piece.part.base)

    def _joined(self, arrays: Sequence[Array], nothing: Array) -> Array:
        """Return arrays by posting as one, without those of deleted articles."""
        if not arrays:
            return nothing
        kept = [one if live is None else one[live] for one, live in zip(arrays, self._live, strict=True)]
        return kept[0] if len(kept) == 1 else np.concatenate(kept)

    @cached_property
    def _live(self) -> list[Bools | None]:
        """For each piece which of its postings count, None for all."""
        return [
            None if piece.part.live is None else piece.part.live[piece.part.segment.articles(piece.run)]
            for piece in self.pieces
        ]


def _looseness(own: Sequence[float], averages: Sequence[float]) -> float:
    """Return how many times larger a score may be under these average lengths than under the segment's own.

    A count's norm 1 - b + b * length / average falls at most by the factor by which the average
    grows, and what is saturated grows by less than its argument.
    """
    grown = [new / old for new, old in zip(averages, own, strict=True) if old]
    return max(1.0, *grown) * (1 + 1e-6) if grown else 1.0
