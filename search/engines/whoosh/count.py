"""The facets of sets of articles: how many have each value, of which only those that are listed are named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from search.domain import Facet, Filter
from search.engines.whoosh.chosen import Chosen, distinct
from search.engines.whoosh.rank import floor_of
from search.engines.whoosh.schema import ROLES
from search.engines.whoosh.snapshot import Snapshot, bucket_period
from search.engines.whoosh.tags import TAGGED, SlotCounts
from search.engines.whoosh.values import Values
from search.facets import FacetRequest, Tally, listed
from search.periods import Period

Ints = NDArray[np.int64]
_MANY = 5
"""Of more articles than one in so many the values' own lists are gone through, of fewer the articles' tags."""


@dataclass(frozen=True, slots=True)
class Counted:
    """How many articles have each combination of a field: of all, or of `numbers` alone, ascending."""

    counts: Ints
    missing: int
    numbers: Ints | None = None


def facets(
    snapshot: Snapshot, requests: Sequence[FacetRequest], sets: Mapping[str, Chosen], picked: tuple[Filter, ...]
) -> tuple[Facet, ...]:
    """Return the facets asked for, each counted over its field's set."""
    shared: dict[int, SlotCounts] = {}
    for request in requests:
        chosen = sets[request.field]
        if id(chosen) in shared or chosen.size * _MANY > snapshot.total:
            continue
        if sum(1 for one in requests if sets[one.field] is chosen and _is_tag(one)) > 1:
            shared[id(chosen)] = snapshot.tags.counted(chosen)
    found = []
    for request in requests:
        chosen = sets[request.field]
        tally = _tally(snapshot, request, chosen, shared.get(id(chosen)), picked)
        found.append(listed(tally, request, picked, snapshot.labels(request.field)))
    return tuple(found)


def _is_tag(request: FacetRequest) -> bool:
    return request.field in TAGGED and (request.field != "date" or request.level == "year")


def _tally(
    snapshot: Snapshot,
    request: FacetRequest,
    chosen: Chosen,
    slots: SlotCounts | None,
    picked: Iterable[Filter],
) -> Tally:
    if request.field == "says":
        return _periods(snapshot, request, chosen)
    if request.field == "date":
        return _years(snapshot, request, slots) if slots and _is_tag(request) else _dates(snapshot, request, chosen)
    values = snapshot.values(request.field)
    if not len(values.names):
        return Tally(missing=chosen.size)
    named = [one.value for one in picked if one.field == request.field and one.value is not None]
    if slots is not None:
        numbers, counts, missing = slots.of(snapshot.tags.fields[request.field])
        counted = Counted(counts, missing, numbers)
    else:
        missing = values.missing(chosen)
        few = values.counted_few(chosen)
        counted = Counted(values.counted(chosen), missing) if few is None else Counted(few[1], missing, few[0])
    # Ties go by label; labels that are the values themselves are in the order of the values.
    return _told(values, counted, request, named, by_label=bool(snapshot.labels(request.field)))


def _told(
    values: Values, counted: Counted, request: FacetRequest, named: Sequence[str], *, by_label: bool
) -> Tally:
    """Return the tally of a field: only values that may be listed are told one by one."""
    numbers, counts = values.by_value(counted.numbers, counted.counts)
    first = _first(counts, request.limit + len(named), ties=by_label)
    held = first if numbers is None else numbers[first]
    told = dict(zip(held.tolist(), counts[first].tolist(), strict=True))
    for name in named:
        at = values.ordinal(name)
        if at is not None and at not in told:
            told[at] = _at(numbers, counts, at)
    tally = Tally(missing=counted.missing)
    tally.distinct = int(np.count_nonzero(counts)) if numbers is None else len(numbers)
    names = values.named(list(told))
    tally.values = dict(zip(names, told.values(), strict=True))
    if request.field in ROLES:
        _add_roles(tally, request.field, values, dict(zip(told, names, strict=True)), counted)
    return tally


def _add_roles(tally: Tally, field: str, values: Values, names: Mapping[int, str], counted: Counted) -> None:
    """Count the roles of the values that the tally holds."""
    roles = ROLES[field]
    if values.single_roles is not None:
        held = [role for bit, role in enumerate(roles) if values.single_roles >> bit & 1]
        tally.roles = {(name, role): count for name, count in tally.values.items() for role in held}
        return
    by_number = None
    if counted.numbers is not None:
        by_number = dict(zip(counted.numbers.tolist(), counted.counts.tolist(), strict=True))
    for number, name in names.items():
        for combination, bits in values.combinations(number):
            count = int(counted.counts[combination]) if by_number is None else by_number.get(combination, 0)
            for bit, role in enumerate(roles):
                if count and bits >> bit & 1:
                    tally.roles[name, role] = tally.roles.get((name, role), 0) + count


def _at(numbers: Ints | None, counts: Ints, wanted: int) -> int:
    """Return the count of one value."""
    if numbers is None:
        return int(counts[wanted])
    at = int(np.searchsorted(numbers, wanted))
    return int(counts[at]) if at < len(numbers) and numbers[at] == wanted else 0


def _first(counts: Ints, most: int, *, ties: bool) -> Ints:
    """Return the places of the `most` greatest counts, none of them 0; of those that tie the first, or all."""
    if len(counts) <= most:
        return np.flatnonzero(counts)
    likely = np.flatnonzero(counts >= max(int(floor_of(counts, most)), 1))
    if len(likely) <= most:
        return likely
    own = counts[likely]
    least = int(np.partition(own, len(own) - most)[len(own) - most])
    if ties:
        return likely[own >= least]
    better = likely[own > least]
    return np.concatenate((better, likely[own == least][: most - len(better)]))


def _years(snapshot: Snapshot, request: FacetRequest, slots: SlotCounts) -> Tally:
    """Return the counts of years, which stand among the tags."""
    numbers, counts, missing = slots.of(snapshot.tags.fields["date"])
    tally = Tally(missing=missing)
    for place in np.flatnonzero(counts).tolist():
        year = snapshot.first_year + (place if numbers is None else int(numbers[place]))
        span = bucket_period(year, "year")
        if _touches(span, request):
            tally.values[span.value] = int(counts[place])
    return tally


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
        if _touches(span, request):
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


def _touches(span: Period, request: FacetRequest) -> bool:
    after = request.since is None or span.last >= request.since
    return after and (request.until is None or span.first <= request.until)
