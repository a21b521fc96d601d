"""The facets of sets of articles: how many have each value, of which only those that are listed are named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import repeat
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from search.domain import Facet, FacetValue, Filter, Selected
from search.engines.whoosh.buckets import bucket_period
from search.engines.whoosh.chosen import Chosen, distinct
from search.engines.whoosh.rank import floor_of
from search.engines.whoosh.schema import ROLES
from search.engines.whoosh.snapshot import Snapshot
from search.engines.whoosh.tags import TAGGED, SlotCounts
from search.engines.whoosh.values import Values
from search.facets import FacetRequest, Tally, listed, made, selected_as
from search.periods import Period

Ints = NDArray[np.int64]
_MANY = 16
"""Of more articles than one in so many the lists of one field's values are gone through."""


@dataclass(frozen=True, slots=True)
class Counted:
    """How many articles have each combination of a field: of all, or of `numbers` alone, ascending."""

    counts: Ints
    missing: int
    numbers: Ints | None = None

    def of(self, combination: int) -> int:
        """Return the count of one combination."""
        if self.numbers is None:
            return int(self.counts[combination])
        at = int(self.numbers.searchsorted(combination))
        return int(self.counts[at]) if at < len(self.numbers) and self.numbers[at] == combination else 0


def facets(
    snapshot: Snapshot,
    requests: Sequence[FacetRequest],
    sets: Mapping[str, Chosen],
    picked: tuple[Filter, ...],
) -> tuple[Facet, ...]:
    """Return the facets asked for, each counted over its field's set."""
    shared: dict[int, SlotCounts] = {}
    for request in requests:
        chosen = sets[request.field]
        if id(chosen) in shared or not _is_tag(request):
            continue
        if sum(1 for one in requests if sets[one.field] is chosen and _is_tag(one)) > 1:
            shared[id(chosen)] = snapshot.tags.counted(chosen)
    return tuple(
        [_facet(snapshot, one, sets[one.field], shared.get(id(sets[one.field])), picked) for one in requests]
    )


def _facet(
    snapshot: Snapshot,
    request: FacetRequest,
    chosen: Chosen,
    slots: SlotCounts | None,
    picked: tuple[Filter, ...],
) -> Facet:
    named = [one for one in picked if one.field == request.field]
    if request.field == "date":
        if slots is not None and _is_tag(request) and not named and not request.picked[0]:
            return _years(snapshot, request, slots, chosen.size)
        return listed(_dates(snapshot, request, chosen), request, named, {})
    values = snapshot.values(request.field)
    if not len(values.names) and not named:
        return Facet(request.field, _missing(chosen.size), 0)
    if request.field == "says":
        return listed(_periods(snapshot, request, chosen), request, named, {})
    labels = snapshot.labels(request.field)
    if not len(values.names):
        return listed(Tally(missing=chosen.size), request, named, labels)
    counted = _counted(snapshot, values, request.field, chosen, slots)
    return _listed(values, counted, request, named, labels)


def _missing(count: int) -> tuple[FacetValue, ...]:
    """Return the last value of a facet: articles that have none, if there are any."""
    return (FacetValue(None, "", count),) if count else ()


def _counted(
    snapshot: Snapshot, values: Values, field: str, chosen: Chosen, slots: SlotCounts | None
) -> Counted:
    if slots is None and field in TAGGED and chosen.size * _MANY < snapshot.total:
        slots = snapshot.tags.counted_field(chosen, field)
    if slots is not None:
        numbers, counts, missing = slots.of(snapshot.tags.fields[field])
        return Counted(counts, missing, numbers)
    missing = values.missing(chosen)
    few = values.counted_few(chosen)
    return Counted(values.counted(chosen), missing) if few is None else Counted(few[1], missing, few[0])


def _listed(
    values: Values,
    counted: Counted,
    request: FacetRequest,
    picked: Sequence[Filter],
    labels: Mapping[str, str],
) -> Facet:
    """Return a facet as `search.facets.listed` does, without naming values that are not listed."""
    numbers, counts = values.by_value(counted.numbers, counted.counts)
    selected = {one.value: selected_as(one) for one in picked}
    chosen = {value: values.ordinal(value) for value in selected if value is not None}
    first = first_of(counts, request.limit + len(chosen), values.order, numbers)
    held = first if numbers is None else numbers.take(first)
    order = np.lexsort((held if values.order is None else values.order.take(held), -counts.take(first)))
    ordinals, told = held.take(order).tolist(), counts.take(first.take(order)).tolist()
    if chosen:
        rest = [(at, count) for at, count in zip(ordinals, told, strict=True) if at not in chosen.values()]
        ordinals, told = (
            [at for at, _ in rest[: request.limit]],
            [count for _, count in rest[: request.limit]],
        )
    names = values.named(ordinals)
    rows = _Rows(request.field, values, counted, labels, selected)
    found = rows.of(ordinals, names, told)
    if chosen:
        found = rows.of_picked(chosen) + found
    if counted.missing or None in selected:
        found.append(FacetValue(None, "", counted.missing, selected.get(None)))
    return Facet(
        request.field, tuple(found), int(np.count_nonzero(counts)) if numbers is None else len(numbers)
    )


class _Rows(NamedTuple):
    """What the rows of one field's facet are made from."""

    field: str
    values: Values
    counted: Counted
    labels: Mapping[str, str]
    selected: Mapping[str | None, Selected]

    def of(self, ordinals: list[int], names: list[str], told: list[int]) -> list[FacetValue]:
        """Return the values of these ordinals, names and counts."""
        labels, selected = self.labels, self.selected
        shown = [labels.get(name, name) for name in names] if labels else names
        picks = map(selected.get, names) if selected else repeat(None)
        roles = self._roles(ordinals, told)
        spans = repeat(None), repeat(None)  # which dates alone have
        return list(map(made, zip(names, shown, told, picks, roles, *spans, strict=False)))

    def of_picked(self, chosen: Mapping[str, int | None]) -> list[FacetValue]:
        """Return the picked values, those without a count too, by falling count and rising label."""
        known = {name: at for name, at in chosen.items() if at is not None}
        counted, combinations = self.counted, self.values.combinations
        told = [sum(counted.of(one) for one, _ in combinations(at)) for at in known.values()]
        rows = self.of(list(known.values()), list(known), told)
        for name in chosen.keys() - known.keys():
            rows.append(FacetValue(name, self.labels.get(name, name), 0, self.selected[name]))
        return sorted(rows, key=lambda row: (-row.count, row.label, row.value or ""))

    def _roles(self, ordinals: list[int], told: list[int]) -> Iterable[tuple[tuple[str, int], ...]]:
        """Return the roles of values, with their counts."""
        roles = ROLES.get(self.field)
        if not roles:
            return repeat(())
        single = self.values.single_roles
        if single is not None:
            held = [role for bit, role in enumerate(roles) if single >> bit & 1]
            if len(held) == 1:
                return [((held[0], count),) if count else () for count in told]
            return [tuple((role, count) for role in held if count) for count in told]
        return [_roles_of(self.values, ordinal, roles, self.counted) for ordinal in ordinals]


def _roles_of(
    values: Values, ordinal: int, roles: Sequence[str], counted: Counted
) -> tuple[tuple[str, int], ...]:
    """Return the roles of one value, with their counts."""
    found = [0] * len(roles)
    for combination, bits in values.combinations(ordinal):
        count = counted.of(combination)
        for bit in range(len(roles)) if count else ():
            if bits >> bit & 1:
                found[bit] += count
    return tuple([(role, count) for role, count in zip(roles, found, strict=True) if count])


def _is_tag(request: FacetRequest) -> bool:
    return request.field in TAGGED and (request.field != "date" or request.level == "year")


def first_of(counts: Ints, most: int, order: Ints | None, numbers: Ints | None) -> Ints:
    """Return the places of the `most` greatest counts, none of them 0.

    Of those that tie, the first by `order` of their values, or by value.
    """
    if len(counts) <= most:
        return counts.nonzero()[0]
    if most < 1:
        return np.zeros(0, dtype=np.int64)
    likely = (counts >= max(int(floor_of(counts, most)), 1)).nonzero()[0]
    if len(likely) <= most:
        return likely
    own = counts.take(likely)
    least = int(np.partition(own, len(own) - most)[len(own) - most])
    better, level = likely[own > least], likely[own == least]
    if order is not None:
        level = level[np.argsort(order.take(level if numbers is None else numbers.take(level)))]
    return np.concatenate((better, level[: most - len(better)]))


def _years(snapshot: Snapshot, request: FacetRequest, slots: SlotCounts, size: int) -> Facet:
    """Return the facet of years, which stand among the tags, for so many articles; no year is picked."""
    dates = snapshot.tags.fields["date"]
    if not dates.size:
        return Facet(request.field, _missing(size), 0)
    numbers, counts, missing = slots.of(dates)
    first = snapshot.first_year
    years = counts.nonzero()[0] if numbers is None else numbers
    told = counts.take(years) if numbers is None else counts
    found = []
    for year, count in zip(years.tolist(), told.tolist(), strict=True):
        span, value = _year(first + year)
        if touches(span, request):
            found.append(FacetValue(value, value, count, None, (), span.first, span.last))
    return Facet(request.field, (*found, *_missing(missing)), len(found))


@lru_cache(maxsize=1_024)
def _year(number: int) -> tuple[Period, str]:
    """Return a year and its name."""
    span = bucket_period(number, "year")
    return span, span.value


def _dates(snapshot: Snapshot, request: FacetRequest, chosen: Chosen) -> Tally:
    """Count the articles whose date lies wholly inside each year, month or day."""
    buckets = snapshot.buckets(request.level)
    counts = np.bincount(buckets if chosen.size == snapshot.total else buckets.take(chosen.ids, mode="clip"))
    tally = Tally()
    if request.level == "year":
        tally.missing = chosen.size - int(counts[1:].sum())
    else:
        tally.missing = int(np.count_nonzero(snapshot.first_day.take(chosen.ids, mode="clip") == 0))
    for place in (np.flatnonzero(counts[1:]) + 1).tolist():
        span = bucket_period(place, request.level)
        if touches(span, request):
            tally.values[span.value] = int(counts[place])
    return tally


def _periods(snapshot: Snapshot, request: FacetRequest, chosen: Chosen) -> Tally:
    """Count each article once in every year, month or day that holds one of its periods."""
    values = snapshot.values(request.field)
    if not len(values.names):
        return Tally(missing=chosen.size)
    tally = Tally(missing=values.missing(chosen))
    names, bucket_of = snapshot.buckets_of(request)
    combinations, articles = values.pairs(chosen.ids)
    bucket = bucket_of[combinations]
    inside = bucket >= 0
    found = distinct(articles[inside] * len(names) + bucket[inside])
    counts = np.bincount(found % max(len(names), 1), minlength=len(names))
    for at in np.flatnonzero(counts).tolist():
        tally.values[names[at]] = int(counts[at])
    return tally


def touches(span: Period, request: FacetRequest) -> bool:
    """Return whether a period reaches into the ends of a request."""
    after = request.since is None or span.last >= request.since
    return after and (request.until is None or span.first <= request.until)
