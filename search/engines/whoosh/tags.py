"""All facets of an article side by side, so that a set of articles is gone through once for all of them.

Each field has a range of slots: one for each of its combinations (see `segment`) and a last one
for articles without a value; years are a field too. The slots of an article stand together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.arrays import Array
from search.engines.whoosh.chosen import Chosen

Ints = NDArray[np.int64]

TAGGED = ("country", "person", "outlet", "language", "source", "date")
"""Fields whose facets are counted together; `date` by year."""
_SPARSE = 4
"""Fewer slots than one in so many are sorted and counted, more are counted in a table."""


@dataclass(frozen=True, slots=True)
class Slots:
    """Where the slots of a field are: from `first` on `size` for its combinations, then one for none."""

    first: int
    size: int


@dataclass(frozen=True, slots=True)
class SlotCounts:
    """How many articles have each slot: all slots in a row, or those in `slots` alone, ascending."""

    counts: Ints
    slots: Ints | None = None

    def of(self, held: Slots) -> tuple[Ints | None, Ints, int]:
        """Return a field's combinations (None for all), their counts, and how many articles have none."""
        last = held.first + held.size
        if self.slots is None:
            return None, self.counts[held.first : last], int(self.counts[last])
        first, middle, end = np.searchsorted(self.slots, (held.first, last, last + 1)).tolist()
        missing = int(self.counts[middle]) if end > middle else 0
        return self.slots[first:middle] - held.first, self.counts[first:middle], missing


class Tags:
    """The slots of every article: those of article a are `of[starts[a]:starts[a + 1]]`."""

    def __init__(self, starts: Array, of: Array, sizes: Sequence[int]) -> None:
        self._starts, self._of = starts, of
        firsts = np.cumsum([0, *(size + 1 for size in sizes)]).tolist()
        self.fields: Mapping[str, Slots] = {
            field: Slots(first, size) for field, first, size in zip(TAGGED, firsts, sizes, strict=False)
        }
        self.size = firsts[-1]

    def counted(self, chosen: Chosen) -> SlotCounts:
        """Return how many of some articles have each slot."""
        held = self._of.take(spread_rows(self._starts, chosen.ids), mode="clip")
        if len(held) * _SPARSE > self.size:
            return SlotCounts(np.bincount(held, minlength=self.size))
        held.sort()
        return SlotCounts(*tallied(held))


_NO_INTS = np.zeros(0, dtype=np.int64)


def tallied(ordered: Array) -> tuple[Ints, Ints]:
    """Return how often each of ascending numbers is there, and the numbers, each once."""
    if not len(ordered):
        return _NO_INTS, _NO_INTS
    fresh = np.empty(len(ordered) + 1, dtype=np.bool_)
    fresh[0] = fresh[-1] = True
    np.not_equal(ordered[1:], ordered[:-1], out=fresh[1:-1])
    begins = fresh.nonzero()[0]
    return begins[1:] - begins[:-1], ordered.take(begins[:-1]).astype(np.int64)


def spread_rows(starts: Array, ids: Array) -> Ints:
    """Return the places of the rows of some articles, one row after the other."""
    at = ids.astype(np.int64, copy=False)
    begins = starts.take(at, mode="clip").astype(np.int64)
    ends = starts.take(at + 1, mode="clip").astype(np.int64)
    each = ends - begins
    done = each.cumsum()
    places: Ints = np.repeat(begins - done + each, each)
    places += np.arange(len(places))
    return places


def row_lengths(starts: Array) -> Ints:
    """Return how long each row is."""
    bounds = starts.astype(np.int64)
    lengths: Ints = bounds[1:] - bounds[:-1]
    return lengths


def arranged_tags(
    columns: Sequence[tuple[int, Array, Array]], live: NDArray[np.bool_]
) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Return starts and slots of `Tags`.

    `columns` holds for each field the number of its combinations, and in pairs the combination
    and article of every value. Articles that are not `live` get no slot.
    """
    slots, articles = [], []
    first = 0
    for size, combinations, owners in columns:
        lacking = live.copy()
        lacking[owners] = False
        without = np.flatnonzero(lacking) if size else _NO_INTS  # nobody asks a field that nobody has
        slots += [combinations.astype(np.int64) + first, np.full(len(without), first + size)]
        articles += [owners.astype(np.int64), without]
        first += size + 1
    every = np.concatenate([_NO_INTS, *articles])
    order = np.argsort(every, kind="stable")
    counts = np.bincount(every, minlength=len(live))
    starts = np.concatenate(([0], np.cumsum(counts))).astype(np.uint32)
    return starts, np.concatenate([_NO_INTS, *slots])[order].astype(np.uint32)


def years_of(first_day: Array) -> tuple[int, Ints, Ints]:
    """Return the column of years: how many there are from first to last, then year and article of each date.

    Years are counted from the first one, which `first_year` gives.
    """
    dated = np.flatnonzero(first_day)
    years = year_numbers(first_day[dated])
    first = int(years.min()) if len(years) else 0
    return int(years.max()) - first + 1 if len(years) else 0, years - first, dated


def first_year(first_day: Array) -> int:
    """Return the year of the earliest date, 0 without any."""
    dated = first_day[first_day > 0]
    return int(year_numbers(dated.min(keepdims=True))[0]) if len(dated) else 0


def year_numbers(days: Array) -> Ints:
    """Return the year of each proleptic ordinal."""
    years: Ints = (
        (days.astype(np.int64) - 719_163).astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64)
    )
    return years + 1970
