"""Answers without hits: how many articles a query has, and every value of one facet."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Literal, NamedTuple

from search.domain import GUESSED_SOURCES, Facet, FacetValue, Filter, Query
from search.engine import Engine, Found
from search.facets import DATES
from search.parse import parse
from search.plan import Planner
from search.syntax import show
from search.tokens import fold

Order = Literal["count", "az"]
ORDERS: tuple[Order, ...] = ("count", "az")
_EVERY = 1 << 30
"""More values than an archive has."""


class Wanted(NamedTuple):
    """Which values of a facet to list: those whose name holds every word of `named`, one page of them.

    `size` is the values of a page; pages are counted from 1.
    """

    named: str = ""
    order: Order = "count"
    page: int = 1
    size: int = 100


class Counted(NamedTuple):
    """One page of a facet's values, how many there are in all, and how many of them have the name.

    `total` is the articles of the query. Picked values come first, then the missing one.
    """

    values: tuple[FacetValue, ...]
    distinct: int
    matching: int
    total: int
    understood: str = ""
    notes: tuple[str, ...] = ()


def total_of(engine: Engine, query: Query) -> int:
    """Return how many articles a query has. Raises QueryError for text that cannot be read."""
    return _answer(engine, query, (), 0).found.total


def facet_of(engine: Engine, query: Query, field: str, *, values: int) -> Facet:
    """Return one facet of a query, counted under every filter but its own; at most so many values."""
    return _answer(engine, query, (field,), values).found.facets[0]


def guessed_dates(engine: Engine, query: Query) -> dict[str, int]:
    """Return for each period of the date facet how many of its articles have a date that is guessed.

    What was picked of the sources binds as ever. Periods without such articles are left out.
    """
    picked = [one for one in query.filters if one.field == "source" and not one.exclude]
    asked = GUESSED_SOURCES if not picked else [one.value for one in picked]
    sources = [source for source in GUESSED_SOURCES if source in asked]
    known = {one.value for one in engine.values("source")}
    if not known.intersection(sources):
        return {}
    kept = tuple(one for one in query.filters if one not in picked)
    guessed = tuple(Filter("source", source) for source in sources)
    facet = facet_of(engine, replace(query, filters=(*kept, *guessed)), "date", values=0)
    return {value.value: value.count for value in facet.values if value.value is not None and value.count}


def count_values(
    engine: Engine,
    query: Query,
    field: str,
    wanted: Wanted,
    *,
    label: Callable[[str, FacetValue], str] = lambda _, value: value.label,
) -> Counted:
    """Return one page of the values of a facet, counted under every filter but its own.

    `label` gives what a value is called where it is shown; by it values are sought and sorted.
    Periods by count are sorted too; in the order of the alphabet they ascend. Raises QueryError.
    """
    first = wanted.order == "count" and not wanted.named.strip() and field not in DATES
    limit = wanted.page * wanted.size if first else _EVERY
    found, understood, notes = _answer(engine, query, (field,), limit)
    [facet] = found.facets
    names = [(fold(label(field, value)), value) for value in facet.values]
    values = _sorted(_named(names, wanted.named), field, wanted.order)
    start = (wanted.page - 1) * wanted.size
    unlisted = facet.distinct - sum(1 for value in facet.values if value.value is not None and value.count)
    return Counted(
        tuple(values[start : start + wanted.size]),
        facet.distinct,
        len(values) + max(unlisted, 0),
        found.total,
        understood,
        notes,
    )


def _named(names: Sequence[tuple[str, FacetValue]], asked: str) -> list[tuple[str, FacetValue]]:
    """Return the values whose folded name holds every word that is asked for, inside a word too."""
    words = fold(asked).split()
    return [pair for pair in names if all(word in pair[0] for word in words)]


def _sorted(names: list[tuple[str, FacetValue]], field: str, order: Order) -> list[FacetValue]:
    """Return values in order, the engine's by count; picked ones first, then the missing one."""
    if order == "az" and field not in DATES:
        names.sort(key=lambda pair: pair[0])
    if order == "count" and field in DATES:
        names.sort(key=lambda pair: -pair[1].count)
    names.sort(key=lambda pair: (not pair[1].selected, pair[1].value is not None))
    return [value for _, value in names]


class _Answer(NamedTuple):
    """What an engine finds of a query without its hits, how the query was read, and the notes."""

    found: Found
    understood: str
    notes: tuple[str, ...]


def _answer(engine: Engine, query: Query, facets: Sequence[str], values: int) -> _Answer:
    parsed = parse(query.text)
    planner = Planner(engine.names, engine.language)
    plan = planner.plan(parsed.tree, query, facets=facets, values=values)._replace(offset=0, size=0)
    found = engine.run(plan)
    notes = dict.fromkeys((*parsed.notes, *planner.notes, *found.notes))
    return _Answer(found, show(parsed.tree) if query.text.strip() else "", tuple(notes))
