"""What is counted beside the hits, under which filters, and how the counts are listed.

A facet is counted under every filter but its own, so that picking a value leaves the others to
choose from; Lucene calls this "drill sideways". Dates are counted one level below the narrowest
date filter: years, then the months of a year, then the days of a month.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import repeat
from typing import NamedTuple

from search.domain import COUNTRY_ROLES, PERSON_ROLES, Facet, FacetValue, Filter, Precision, Query, Selected
from search.nodes import FieldFilter
from search.periods import Ends, Period, period, period_of

ROLES: Mapping[str, tuple[str, ...]] = {"country": COUNTRY_ROLES, "person": PERSON_ROLES}
DATES = ("date", "says")
_WIDTH: Mapping[Precision, int] = {"year": 4, "month": 7, "day": 10}
made = partial(tuple.__new__, FacetValue)
"""Makes a facet value of all its fields, in half the time of calling the class; a page lists 130."""


class FacetRequest(NamedTuple):
    """A facet to count, and how many of its values to list.

    A date facet has a level, the inclusive ends (or None) that its periods must reach into, and
    `picked`, the ends of the query's range.
    """

    field: str
    limit: int
    level: Precision = "year"
    since: dt.date | None = None
    until: dt.date | None = None
    picked: Ends = (None, None)


@dataclass(slots=True)
class Tally:
    """The raw counts of one facet: articles by value, by value and role, and without a value.

    `distinct` is the number of values with a count where `values` holds only the largest.
    """

    values: dict[str, int] = field(default_factory=dict)
    roles: dict[tuple[str, str], int] = field(default_factory=dict)
    missing: int = 0
    distinct: int | None = None


def filters_for(name: str, filters: Iterable[FieldFilter]) -> tuple[FieldFilter, ...]:
    """Return the filters under which the values of a field are counted: all but its own."""
    return tuple(one for one in filters if one.field != name)


def requests(query: Query, fields: Sequence[str], limit: int) -> tuple[FacetRequest, ...]:
    """Return what to count for a query, a request for each field."""
    return tuple(_request(query, name, limit) for name in fields)


def _request(query: Query, name: str, limit: int) -> FacetRequest:
    if name not in DATES:
        return FacetRequest(name, limit)
    ends = (query.since, query.until) if name == "date" else (query.says_since, query.says_until)
    if ends == (None, None) and not query.filters:
        return FacetRequest(name, limit)
    since, until = _hull([ends] if any(ends) else [], _picked_periods(query, name))
    level = level_below(since, until)
    if level == "day" and since:  # the other days of the month stay to choose from
        since, until = since.replace(day=1), period_of(since, "month").last
    return FacetRequest(name, limit, level, since, until, ends)


def _picked_periods(query: Query, name: str) -> list[Period]:
    """Return the periods of a date field that were picked to be included."""
    picked = (one for one in query.filters if one.field == name and not one.exclude)
    return [period(one.value) for one in picked if one.value is not None]


def _hull(ranges: Sequence[Ends], periods: Iterable[Period]) -> Ends:
    """Return the narrowest ends that hold all of these; (None, None) when there are none."""
    spans = [*ranges, *((one.first, one.last) for one in periods)]
    begins = [since for since, _ in spans if since]
    ends = [until for _, until in spans if until]
    since = min(begins) if begins and len(begins) == len(spans) else None
    return since, max(ends) if ends and len(ends) == len(spans) else None


def level_below(since: dt.date | None, until: dt.date | None) -> Precision:
    """Return the level one below the narrowest year or month that holds both ends."""
    if since is None or until is None or since.year != until.year:
        return "year"
    return "day" if since.month == until.month else "month"


def buckets(periods: Iterable[Period], request: FacetRequest) -> set[str]:
    """Return the values of a date facet that an article's periods lie inside of.

    A period counts where it lies wholly inside the year, month or day, and where that reaches
    into the request's ends.
    """
    width = _WIDTH[request.level]
    found = set()
    for own in periods:
        if _WIDTH[own.precision] >= width and _touches(period_of(own.first, request.level), request):
            found.add(own.value[:width])
    return found


def _touches(bucket: Period, request: FacetRequest) -> bool:
    after = request.since is None or bucket.last >= request.since
    return after and (request.until is None or bucket.first <= request.until)


def listed(tally: Tally, request: FacetRequest, picked: Iterable[Filter], labels: Mapping[str, str]) -> Facet:
    """Return the facet of a tally; `labels` maps values to the names they are shown by.

    Periods ascend, picked ones of the level among them even at zero. Other values: picked ones
    first, even at zero, then at most `limit` more by falling count and rising label. The missing
    value stands last.
    """
    selected = {one.value: selected_as(one) for one in picked if one.field == request.field}
    if request.field in DATES:
        values = _periods(tally, request, selected)
    else:
        values = _values(tally, request, selected, labels)
    if tally.missing or None in selected:
        values.append(FacetValue(None, "", tally.missing, selected.get(None)))
    distinct = tally.distinct
    if distinct is None:
        distinct = len(tally.values) - list(tally.values.values()).count(0)
    return Facet(request.field, tuple(values), distinct)


def _periods(
    tally: Tally, request: FacetRequest, selected: Mapping[str | None, Selected]
) -> list[FacetValue]:
    chosen: dict[str | None, Selected] = dict(selected)
    if request.picked[0]:
        whole = period_of(request.picked[0], request.level)
        if (whole.first, whole.last) == request.picked:
            chosen[whole.value] = "include"
    named = {value for value, count in tally.values.items() if count}
    named.update(value for value in chosen if value and len(value) == _WIDTH[request.level])
    values = []
    for value in sorted(named):
        span = period(value)
        count, picked = tally.values.get(value, 0), chosen.get(value)
        values.append(FacetValue(value, value, count, picked, (), span.first, span.last))
    return values


def _values(
    tally: Tally, request: FacetRequest, selected: Mapping[str | None, Selected], labels: Mapping[str, str]
) -> list[FacetValue]:
    chosen = [value for value in selected if value is not None]
    counts = {**dict.fromkeys(chosen, 0), **tally.values} if chosen else tally.values
    others = [value for value, count in counts.items() if count and value not in selected]
    values = _ranked(chosen, counts, labels) + _ranked(others, counts, labels)[: request.limit]
    roles = _roles(values, ROLES.get(request.field, ()), tally.roles)
    shown, held, picked = map(labels.get, values, values), map(counts.get, values), map(selected.get, values)
    rows = zip(values, shown, held, picked, roles, repeat(None), repeat(None), strict=False)
    return list(map(made, rows))


def _ranked(values: list[str], counts: Mapping[str, int], labels: Mapping[str, str]) -> list[str]:
    """Return the values by falling count, rising label and rising value.

    Sorting by one key after the other compares plain strings and numbers, which takes a third of
    the time of comparing tuples of them.
    """
    values.sort()
    if labels:
        values.sort(key=lambda value: labels.get(value, value))
    values.sort(key=counts.__getitem__, reverse=True)
    return values


def _roles(
    values: Sequence[str], roles: Sequence[str], counts: Mapping[tuple[str, str], int]
) -> list[tuple[tuple[str, int], ...]]:
    """Return the roles of each value that have a count, with their counts."""
    if not roles:
        return [()] * len(values)
    found = []
    for value in values:
        own: tuple[tuple[str, int], ...] = ()
        for role in roles:
            if count := counts.get((value, role)):
                own += ((role, count),)
        found.append(own)
    return found


def selected_as(picked: Filter) -> Selected:
    """Return how a picked value is shown: included or excluded."""
    return "exclude" if picked.exclude else "include"
