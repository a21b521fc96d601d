"""The facets of a set of articles: how many have each value, of which only those that are listed are named."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from search.domain import Facet, Filter
from search.engines.whoosh.chosen import Chosen, distinct
from search.engines.whoosh.rank import floor_of
from search.engines.whoosh.schema import ROLES
from search.engines.whoosh.snapshot import Snapshot, bucket_period
from search.engines.whoosh.values import Ints, Values
from search.facets import FacetRequest, Tally, listed
from search.periods import Period


def facet(snapshot: Snapshot, request: FacetRequest, chosen: Chosen, picked: tuple[Filter, ...]) -> Facet:
    """Return a facet of the chosen articles."""
    if request.field == "date":
        tally = _dates(snapshot, request, chosen)
    elif request.field == "says":
        tally = _periods(snapshot, request, chosen)
    else:
        tally = _values(snapshot, request, chosen, picked)
    return listed(tally, request, picked, snapshot.labels(request.field))


def _missing(snapshot: Snapshot, field: str, chosen: Chosen) -> int:
    """Return how many of the chosen articles have no value."""
    values = snapshot.values(field)
    if not values.lacking:
        return 0
    if chosen.is_few:
        return int(np.count_nonzero(values.without.take(chosen.ids)))
    return int(np.count_nonzero(values.without & chosen.mask))


def _values(snapshot: Snapshot, request: FacetRequest, chosen: Chosen, picked: Iterable[Filter]) -> Tally:
    """Count the articles of each value; only values that may be listed are told one by one."""
    values = snapshot.values(request.field)
    if not len(values.names):
        return Tally(missing=chosen.size)
    tally = Tally(missing=_missing(snapshot, request.field, chosen))
    named = [one.value for one in picked if one.field == request.field and one.value is not None]
    also = [at for name in named if (at := values.ordinal(name)) is not None]
    # Ties go by label; labels that are the values themselves are in the order of the values.
    by_label = bool(snapshot.labels(request.field))
    few = values.counted_few(chosen)
    combined = values.counted(chosen) if few is None else None
    if few is None:
        counts = values.by_value(combined)
        numbers = _first(counts, request.limit + len(named), ties=by_label)
        told = dict(zip(numbers.tolist(), counts[numbers].tolist(), strict=True))
        told |= {at: int(counts[at]) for at in also}
        tally.distinct = int(np.count_nonzero(counts))
    else:
        held, counts = few
        at = _first(counts, request.limit + len(named), ties=by_label)
        told = dict(zip(held[at].tolist(), counts[at].tolist(), strict=True))
        every = dict(zip(held.tolist(), counts.tolist(), strict=True)) if also else {}
        told |= {one: every.get(one, 0) for one in also}
        tally.distinct = len(held)
    names = dict(zip(told, values.named(list(told)), strict=True))
    tally.values = {names[number]: count for number, count in told.items()}
    if request.field in ROLES:
        _add_roles(tally, request.field, values, told, names, combined, chosen)
    return tally


def _add_roles(
    tally: Tally,
    field: str,
    values: Values,
    told: dict[int, int],
    names: dict[int, str],
    combined: Ints | None,
    chosen: Chosen,
) -> None:
    """Count the roles of the values that the tally holds."""
    roles = ROLES[field]
    bits = values.single_role
    if bits is not None:
        held = [role for bit, role in enumerate(roles) if bits >> bit & 1]
        for number, count in told.items():
            for role in held:
                tally.roles[names[number], role] = count
        return
    counted = values.counted_roles(chosen) if combined is None else combined
    for number, name in names.items():
        for bits, count in values.roles_of(number, counted):
            for bit, role in enumerate(roles):
                if count and bits >> bit & 1:
                    tally.roles[name, role] = tally.roles.get((name, role), 0) + count


def _first(counts: Ints, most: int, *, ties: bool) -> NDArray[np.int64]:
    """Return the places of the `most` greatest counts, none of them 0; of those that tie the first, or all."""
    likely = np.flatnonzero(counts >= max(int(floor_of(counts, most)), 1)) if len(counts) > most else None
    if likely is None:
        return np.flatnonzero(counts)
    if len(likely) <= most:
        return likely
    own = counts[likely]
    least = int(np.partition(own, len(own) - most)[len(own) - most])
    if ties:
        return likely[own >= least]
    better = likely[own > least]
    return np.concatenate((better, likely[own == least][: most - len(better)]))


def _dates(snapshot: Snapshot, request: FacetRequest, chosen: Chosen) -> Tally:
    """Count the articles whose date lies wholly inside each year, month or day."""
    buckets = snapshot.buckets(request.level)
    held = buckets if chosen.size == snapshot.total else buckets.take(chosen.ids, mode="clip")
    counts = np.bincount(held)
    tally = Tally()
    if request.level == "year":
        tally.missing = chosen.size - int(counts[1:].sum())
    else:
        first = snapshot.first_day
        tally.missing = int(np.count_nonzero(first.take(chosen.ids, mode="clip") == 0))
    for place in (np.flatnonzero(counts[1:]) + 1).tolist():
        span = bucket_period(place, request.level)
        if _touches(span, request):
            tally.values[span.value] = int(counts[place])
    return tally


def _periods(snapshot: Snapshot, request: FacetRequest, chosen: Chosen) -> Tally:
    """Count each article once in every year, month or day that holds one of its periods."""
    values = snapshot.values(request.field)
    tally = Tally(missing=_missing(snapshot, request.field, chosen))
    if not len(values.names):
        return tally
    names, bucket_of = snapshot.buckets_of(request)
    combinations, articles = values.pairs(chosen.ids)
    bucket = bucket_of[values.owners[combinations]]
    inside = bucket >= 0
    found = distinct(articles[inside] * len(names) + bucket[inside])
    counts = np.bincount(found % max(len(names), 1), minlength=len(names))
    for at in np.flatnonzero(counts).tolist():
        tally.values[names[at]] = int(counts[at])
    return tally


def _touches(span: Period, request: FacetRequest) -> bool:
    after = request.since is None or span.last >= request.since
    return after and (request.until is None or span.first <= request.until)
