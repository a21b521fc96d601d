"""The values of one field over a whole index, and how many of any articles have each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.arrays import Array
from search.engines.whoosh.chosen import Chosen, distinct
from search.engines.whoosh.postings import Part
from search.engines.whoosh.segment import SegmentValues
from search.engines.whoosh.tags import row_lengths, spread_rows, tallied
from search.terms import Terms, merged

Ints = NDArray[np.int64]
_SPARSE = 8
"""Fewer pairs than one for so many combinations are sorted and counted, more are counted in a table."""
_KEPT_NAMES = 4_096
"""A field of so few values has all their names at hand."""
_MOST_PAIRS = 5
"""From one in so many of all pairs on, it is quicker to go through every combination's articles."""


class Values:
    """See `SegmentValues` for what a combination is; articles are numbered across the index."""

    def __init__(self, held: SegmentValues, total: int) -> None:
        self._held = held
        self._total = total
        self.names = held.names
        self.order: Ints | None = None
        self._names: dict[int, str] = {}

    def ordinal(self, name: str) -> int | None:
        """Return the number of a value, None when no article has it."""
        at = self.names.find(name)
        return at if at >= 0 else None

    def named(self, ordinals: list[int]) -> list[str]:
        """Return the names of values by their numbers; those of a short list are kept."""
        if len(self.names) > _KEPT_NAMES:
            return self._lately_named(ordinals)
        kept = self._every_name
        return [kept[at] for at in ordinals]

    def _lately_named(self, ordinals: list[int]) -> list[str]:
        known = self._names
        missing = [at for at in ordinals if at not in known]
        if missing:
            if len(known) > _KEPT_NAMES:
                known = self._names = {}  # threads may still read the one before
                missing = ordinals
            known.update(zip(missing, self.names.words(np.array(missing, dtype=np.int64)), strict=True))
        return [known[at] for at in ordinals]

    @cached_property
    def _every_name(self) -> list[str]:
        return list(self.names)

    def having(self, value: int, *, role_bit: int = 0) -> Array:
        """Return the articles that have a value, in a role if its bit is given, ascending."""
        first, last = self._span(value)
        if last - first == 1:
            return self._articles(first) if not role_bit or self._held.roles[first] & role_bit else _NONE
        chosen = [at for at in range(first, last) if not role_bit or self._held.roles[at] & role_bit]
        return np.sort(np.concatenate([_NONE, *(self._articles(at) for at in chosen)]))

    @cached_property
    def totals(self) -> Ints:
        """How many articles have each value."""
        return self.by_value(None, self._all)[1]

    @cached_property
    def without(self) -> NDArray[np.bool_]:
        """Whether each article has no value; deleted ones have none."""
        starts = self._held.of_starts
        without: NDArray[np.bool_] = starts[1:] == starts[:-1]
        return without

    def missing(self, chosen: Chosen) -> int:
        """Return how many of some articles have no value."""
        if not self.lacking:
            return 0
        if chosen.is_few:
            return int(np.count_nonzero(self.without.take(chosen.ids)))
        return int(np.count_nonzero(self.without & chosen.mask))

    def fellows(self, article: int) -> int:
        """Return how many other articles have the first value of an article; 0 for one without."""
        first, last = self._held.of_starts[article : article + 2].tolist()
        return int(self._all[self._held.of[first]]) - 1 if first < last else 0

    def set_order(self, labels: Mapping[str, str]) -> None:
        """Keep the place of each value by label, where values that tie are listed by it."""
        names = list(self.names)
        order = sorted(range(len(names)), key=lambda at: (labels.get(names[at], names[at]), names[at]))
        self.order = np.empty(len(names), dtype=np.int64)
        self.order[order] = np.arange(len(names))

    @cached_property
    def lacking(self) -> bool:
        """Whether any article has no value."""
        return bool(self.without.any())

    def column(self) -> tuple[int, Array, Array]:
        """Return the number of combinations, and combination and article of every pair."""
        each = row_lengths(self._held.starts)
        return len(each), np.repeat(np.arange(len(each)), each), self._held.articles

    def pairs(self, ids: Array) -> tuple[Array, Ints]:
        """Return the combinations of some articles, and for each of them its article."""
        at = ids.astype(np.int64, copy=False)
        return self._pairs(at), np.repeat(at, row_lengths(self._held.of_starts)[at])

    def counted(self, chosen: Chosen) -> Ints:
        """Return how many of some articles have each combination."""
        if chosen.size == self._total:
            return self._all
        if len(self._all) == 1 and not self.lacking:
            return np.array([chosen.size])
        pairs = chosen.size * len(self._held.of) // max(self._total, 1)
        if pairs * _MOST_PAIRS > len(self._held.of) and len(self._all):
            return self._from_lists(chosen)
        return np.bincount(self._pairs(chosen.ids), minlength=len(self._all))

    def counted_few(self, chosen: Chosen) -> tuple[Ints, Ints] | None:
        """Return the combinations that some articles have, ascending, and their counts; None for many."""
        if chosen.size == self._total or chosen.size * len(self._held.of) * _SPARSE > self._total * len(
            self._all
        ):
            return None
        counts, numbers = tallied(np.sort(self._pairs(chosen.ids)))
        return numbers, counts

    def by_value(self, numbers: Ints | None, counts: Ints) -> tuple[Ints | None, Ints]:
        """Return counts by combination as counts by value; `numbers` are the combinations, None for all."""
        if self.is_plain or not len(counts):
            return numbers, counts
        if numbers is None:
            return None, np.add.reduceat(counts, self._held.combinations[:-1].astype(np.int64))
        owners = self.owners[numbers]
        begins = np.flatnonzero(np.concatenate((_TRUE, owners[1:] != owners[:-1])))
        return owners[begins], np.add.reduceat(counts, begins)

    def combinations(self, value: int) -> list[tuple[int, int]]:
        """Return the combinations of a value, and the roles' bits of each."""
        first, last = self._span(value)
        return list(zip(range(first, last), self._held.roles[first:last].tolist(), strict=True))

    @cached_property
    def single_roles(self) -> int | None:
        """The roles' bits that every pair has, None where they differ."""
        roles = np.unique(self._held.roles)
        return int(roles[0]) if len(roles) == 1 else None

    @cached_property
    def is_plain(self) -> bool:
        """Whether each value is one combination."""
        return len(self.names) == len(self._held.roles)

    @cached_property
    def owners(self) -> Ints:
        """The value of each combination."""
        return np.repeat(np.arange(len(self.names)), row_lengths(self._held.combinations))

    @property
    def roles(self) -> Array:
        """The roles' bits of each combination."""
        return self._held.roles

    @cached_property
    def _all(self) -> Ints:
        return row_lengths(self._held.starts)

    def _span(self, value: int) -> tuple[int, int]:
        return int(self._held.combinations[value]), int(self._held.combinations[value + 1])

    def _articles(self, combination: int) -> Array:
        return self._held.articles[
            int(self._held.starts[combination]) : int(self._held.starts[combination + 1])
        ]

    def _pairs(self, ids: Array) -> Array:
        """Return the combinations of some articles, one article after the other."""
        places = spread_rows(self._held.of_starts, ids)
        return self._held.of.take(places, mode="clip") if len(places) else self._held.of[:0]

    def _from_lists(self, chosen: Chosen) -> Ints:
        held = chosen.mask.take(self._held.articles, mode="clip")
        starts = self._held.starts[:-1].astype(np.int64)
        return np.add.reduceat(held.view(np.uint8), starts, dtype=np.uint32).astype(np.int64)


def story_numbers(values: Values, total: int) -> tuple[Ints, NDArray[np.bool_]]:
    """Return a number for the story of each of `total` articles, and whether another one shares it.

    Articles without a story have one of their own, behind the numbers of the values.
    """
    numbers = np.arange(total, dtype=np.int64) + len(values.names)
    shared = np.zeros(total, dtype=np.bool_)
    each, owners, held = values.column()
    if each:
        combinations = owners.astype(np.int64)
        numbers[held] = values.owners.take(combinations)
        shared[held] = np.bincount(combinations, minlength=each).take(combinations) > 1
    return numbers, shared


_NONE = np.zeros(0, dtype=np.uint32)
_NO_INTS = np.zeros(0, dtype=np.int64)
_TRUE = np.ones(1, dtype=np.bool_)


def joined_values(parts: Sequence[Part], field: str, stands_for: Mapping[str, str] | None = None) -> Values:
    """Return the values of a field over all parts, without those of deleted articles.

    `stands_for` has the names that are counted as others.
    """
    total = sum(part.segment.size for part in parts)
    if len(parts) == 1 and parts[0].live is None and not stands_for:
        return Values(parts[0].segment.values(field), total)
    held = [part.segment.values(field) for part in parts]
    others = [Terms.of(stands_for.values())] if stands_for else []
    names, places = merged([*(one.names for one in held), *others])
    keys, articles, each = [], [], []
    for part, one, place in zip(parts, held, places, strict=False):
        counts = row_lengths(one.of_starts)
        live = np.ones(len(counts), dtype=np.bool_) if part.live is None else part.live
        pairs = np.repeat(live, counts)
        combinations = one.of[pairs]
        keys.append(place[one.value_of(combinations)].astype(np.int64) * 256 + one.roles[combinations])
        articles.append(np.repeat(np.arange(len(counts)), counts)[pairs] + part.base)
        each.append(np.where(live, counts, 0))
    every = np.concatenate([_NO_INTS, *keys])
    owners, lengths = np.concatenate([_NO_INTS, *articles]), np.concatenate([_NO_INTS, *each])
    if stands_for:
        every, owners, lengths = _renamed(every, owners, total, _others(names, stands_for))
    return Values(_arranged(names, every, owners, lengths), total)


def _others(names: Terms, stands_for: Mapping[str, str]) -> Ints:
    """Return for each name the number of the one it stands for, mostly its own."""
    numbers = np.arange(len(names))
    for name, other in stands_for.items():
        at = names.find(name)
        if at >= 0:
            numbers[at] = names.find(other)
    return numbers


def _renamed(keys: Ints, owners: Ints, total: int, numbers: Ints) -> tuple[Ints, Ints, Ints]:
    """Return pairs of value * 256 + roles and article under other numbers of values, and how many each has.

    An article that has one value twice has it once, with the roles of both.
    """
    values, roles = numbers[keys >> 8], keys & 255
    order = np.lexsort((values, owners))
    values, roles, owners = values[order], roles[order], owners[order]
    fresh = np.ones(len(values), dtype=np.bool_)
    fresh[1:] = (values[1:] != values[:-1]) | (owners[1:] != owners[:-1])
    begins = fresh.nonzero()[0]
    both = np.bitwise_or.reduceat(roles, begins) if len(begins) else roles
    kept = owners[begins]
    return values[begins] * 256 + both, kept, np.bincount(kept, minlength=total)


def _arranged(names: Terms, keys: Ints, articles: Ints, each: Ints) -> SegmentValues:
    """Return values from pairs in the order of articles: value * 256 + roles, article; `each` by article."""
    used = distinct(keys >> 8)
    kept = names.only(used)
    combined, of = np.unique(keys, return_inverse=True)
    order = np.argsort(of, kind="stable")
    return SegmentValues(
        names=kept,
        combinations=np.searchsorted(np.searchsorted(used, combined >> 8), np.arange(len(used) + 1)).astype(
            np.uint32
        ),
        roles=(combined & 255).astype(np.uint8),
        of_starts=np.concatenate(([0], np.cumsum(each))).astype(np.uint32),
        of=of.astype(np.uint32),
        starts=np.searchsorted(of[order], np.arange(len(combined) + 1)).astype(np.uint32),
        articles=articles[order].astype(np.uint32),
    )
