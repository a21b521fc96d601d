"""Which articles a writer has added, by id: those that are gathered, and those of segments it closed."""

from collections.abc import Collection, Iterator
from typing import NamedTuple

import numpy as np
from whoosh.codec.base import Segment as WhooshSegment

from search.engines.whoosh.segment import Segment

_BITS = 32
"""Bits an article in the filter of a closed segment: one id in so many is looked for in vain."""


class Closed(NamedTuple):
    """A segment that was closed: as Whoosh lists it, its file, and a filter of the ids it may hold."""

    listed: WhooshSegment
    segment: Segment
    filter: bytes


class Additions:
    """The numbers of added articles. A million in closed segments take a few megabytes."""

    def __init__(self) -> None:
        self._gathered: dict[str, int] = {}
        self._closed: list[Closed] = []

    def add(self, article_id: str, number: int) -> None:
        """Note an article of the segment that is gathered."""
        self._gathered[article_id] = number

    def pop(self, article_id: str) -> int | None:
        """Return the number of an article in the segment that is gathered, and forget it."""
        return self._gathered.pop(article_id, None)

    def close(self, listed: WhooshSegment, segment: Segment) -> None:
        """Note that what was gathered is in a file, under the numbers it has there."""
        self._closed.append(Closed(listed, segment, _filter(self._gathered)))
        self._gathered = {}
        segment.arrays.release()

    def forget(self) -> None:
        """Forget all, files too."""
        self._gathered = {}
        self._closed = []

    def closed(self, article_id: str) -> Iterator[tuple[WhooshSegment, int]]:
        """Yield the closed segments that hold an id, and its number there; it may be deleted already."""
        for listed, segment, held in self._closed:
            place = hash(article_id) % (8 * len(held))
            if held[place >> 3] >> (place & 7) & 1:
                number = segment.number(article_id)
                if number is not None:
                    yield listed, number


def _filter(ids: Collection[str]) -> bytes:
    """Return bits, of which those at the ids' hashes are set."""
    held = np.zeros(8 * -(-_BITS * max(len(ids), 1) // 8), dtype=np.bool_)
    held[np.fromiter(map(hash, ids), np.int64, len(ids)) % len(held)] = True
    return np.packbits(held, bitorder="little").tobytes()
