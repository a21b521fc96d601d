"""All facets of an article side by side, so that a set of articles is gone through once for all of them.

Each field has a range of slots: one for each of its combinations (see `segment`) and a last one
for articles without a value; years are a field too. Every article has a row of cells, and every
field its columns in it: a cell holds a slot, or pads the row. Where an article has more slots than
the field has columns, its last cell points to the others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.arrays import Array
from search.engines.whoosh.chosen import Bools, Chosen

Ints = NDArray[np.int64]
Slots32 = NDArray[np.uint32]

TAGGED = ("country", "person", "outlet", "language", "source", "date")
"""Fields whose facets are counted together; `date` by year."""
_SPARSE = 4
"""Fewer cells than one for so many slots are sorted and counted, more are counted in a table."""
_WIDEST = 16
"""A field has no more columns than so many."""
_ELSEWHERE = 16
"""A slot outside the row costs about as much as so many cells."""


@dataclass(frozen=True, slots=True)
class Slots:
    """Where a field is: `size` slots from `first` on, then one for none; columns from `left` to `right`."""

    first: int
    size: int
    left: int
    right: int


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
        first, middle, end = self.slots.searchsorted((held.first, last, last + 1)).tolist()
        missing = int(self.counts[middle]) if end > middle else 0
        return self.slots[first:middle] - held.first, self.counts[first:middle], missing


class TagRows(NamedTuple):
    """The cells of `Tags`, as they are stored.

    `rows` is articles × columns; a cell from the number of slots on pads the row (each column by
    a number of its own: counting one number over and over is slow), and from that and the number
    of columns on it points to a row of `more`, by `more_starts`.
    """

    sizes: Sequence[int]
    widths: Sequence[int]
    rows: Array
    more_starts: Array
    more: Array


class Tags:
    """The slots of every article."""

    def __init__(self, held: TagRows) -> None:
        self._held = held
        firsts = np.cumsum([0, *(size + 1 for size in held.sizes)]).tolist()
        columns = np.cumsum([0, *held.widths]).tolist()
        self.fields: Mapping[str, Slots] = {
            field: Slots(firsts[at], held.sizes[at], columns[at], columns[at + 1])
            for at, field in enumerate(TAGGED)
        }
        self.size: int = firsts[-1]

    def counted(self, chosen: Chosen) -> SlotCounts:
        """Return how many of some articles have each slot; of more than half, the others are counted."""
        rows = self._held.rows
        if chosen.size == len(rows):
            return SlotCounts(self._all)
        if chosen.size * 2 > len(rows):
            return SlotCounts(self._all - self._table(self._cells((~chosen.mask).nonzero()[0])))
        return self._counts(self._cells(chosen.ids))

    def counted_field(self, chosen: Chosen, field: str) -> SlotCounts:
        """Return how many of a few articles have each slot of one field."""
        held = self.fields[field]
        return self._counts(self._held.rows.take(chosen.ids, axis=0)[:, held.left : held.right].ravel())

    def _counts(self, cells: Array) -> SlotCounts:
        if len(cells) * _SPARSE > self.size:
            return SlotCounts(self._table(cells))
        return SlotCounts(*tallied(self._sorted(cells)))

    @cached_property
    def _all(self) -> Ints:
        """How many articles have each slot."""
        return self._table(self._held.rows.ravel())

    def _cells(self, ids: Array) -> Array:
        return self._held.rows.take(ids, axis=0, mode="clip").ravel()

    def _table(self, cells: Array) -> Ints:
        """Return the count of every slot, of those elsewhere too."""
        counts = np.bincount(cells, minlength=self.size)
        found: Ints = counts[: self.size]
        if len(self._held.more):
            elsewhere = self._elsewhere(counts[self._pointers :].nonzero()[0])
            found += np.bincount(elsewhere, minlength=self.size)
        return found

    def _sorted(self, cells: Array) -> Array:
        """Return the slots in some cells, ascending, with those elsewhere."""
        cells.sort()
        last, first = cells.searchsorted((self.size, self._pointers)).tolist()
        if first == len(cells):
            return cells[:last]
        elsewhere = self._elsewhere(cells[first:].astype(np.int64) - self._pointers)
        return np.sort(np.concatenate((cells[:last], elsewhere)))

    @property
    def _pointers(self) -> int:
        return self.size + sum(self._held.widths)

    def _elsewhere(self, rows: Ints) -> Array:
        return self._held.more.take(spread_rows(self._held.more_starts, rows), mode="clip")


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


def arranged_tags(columns: Sequence[tuple[int, Array, Array]], live: Bools) -> TagRows:
    """Return the rows of `Tags`.

    `columns` holds for each field the number of its combinations, and in pairs the combination
    and article of every value. Articles that are not `live` get no slot.
    """
    sizes = [size for size, _, _ in columns]
    held, first = [], 0
    for size, combinations, owners in columns:
        lacking = live.copy()
        lacking[owners] = False
        without = np.flatnonzero(lacking) if size else _NO_INTS  # nobody asks a field that nobody has
        slots = np.concatenate((combinations.astype(np.int64) + first, np.full(len(without), first + size)))
        every = np.concatenate((owners.astype(np.int64), without))
        order = np.argsort(every, kind="stable")
        held.append((slots[order], np.bincount(every, minlength=len(live))))
        first += size + 1
    widths = [_width(lengths) for _, lengths in held]
    pads = np.arange(first, first + sum(widths), dtype=np.uint32)
    rows = np.tile(pads, (len(live), 1))
    more: list[Ints] = [_NO_INTS]
    longer: list[Ints] = [_NO_INTS]
    left = 0
    for (slots, lengths), width in zip(held, widths, strict=True):
        pointers = first + len(pads) + sum(map(len, longer))
        more.append(_fill(rows[:, left : left + width], slots, lengths, pointers))
        longer.append(lengths[lengths > width] - width + 1)
        left += width
    starts = np.concatenate(([0], np.cumsum(np.concatenate(longer)))).astype(np.uint32)
    return TagRows(sizes, widths, rows, starts, np.concatenate(more).astype(np.uint32))


def _width(lengths: Ints) -> int:
    """Return how many columns a field takes so that cells and slots elsewhere cost least."""
    if not lengths.any():
        return 0
    having = np.bincount(np.minimum(lengths, 10 * _WIDEST))
    of = np.arange(len(having))

    def cost(width: int) -> int:
        elsewhere = having * np.where(of > width, of - width + 1, 0)
        return len(lengths) * width + _ELSEWHERE * int(elsewhere.sum())

    return min(range(1, min(_WIDEST, len(having) - 1) + 1), key=cost)


def _fill(cells: Slots32, slots: Ints, lengths: Ints, pointers: int) -> Ints:
    """Put the slots of one field into its columns; return those for which there is no room.

    `lengths` tells how many of the slots each article has, one article after the other. Articles
    with more than there are columns point to `pointers`, the next one to `pointers` + 1, and so on.
    """
    width = cells.shape[1]
    if not width:
        return _NO_INTS
    articles = np.repeat(np.arange(len(lengths)), lengths)
    column = np.arange(len(slots)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    inside = column < np.where(lengths > width, width - 1, width)[articles]
    cells[articles[inside], column[inside]] = slots[inside]
    longer = np.flatnonzero(lengths > width)
    cells[longer, width - 1] = np.arange(pointers, pointers + len(longer))
    rest: Ints = slots[~inside]
    return rest


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
