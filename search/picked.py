"""Which tags a plan asks for, by picked filters and by what is typed, and where an article has them."""

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple

from search.domain import Article, CountryTag, PersonTag, SaysTag, Span
from search.highlight import merged
from search.nodes import AllOf, AnyOf, BestOf, FieldFilter, Node, ValueIn, Within
from search.periods import period

Told = tuple[str, str, Iterable[Span]]
"""A field, a value of it, and where the body of an article has it."""
_FIELDS = ("country", "person")


class Picked(NamedTuple):
    """Values that are asked for, each with its field, and the inclusive ends of periods of `says`."""

    values: frozenset[tuple[str, str]]
    periods: tuple[tuple[dt.date, dt.date], ...]


def picked(tree: Node, filters: Iterable[FieldFilter]) -> Picked | None:
    """Return the countries, persons and periods of the text that are asked for; None for none of them."""
    nodes = [*_asked(tree), *(one for held in filters for one in _asked(held.node))]
    if not nodes:
        return None
    values = frozenset(
        (node.field, value) for node in nodes if isinstance(node, ValueIn) for value in node.values
    )
    periods = tuple(
        (node.since or dt.date.min, node.until or dt.date.max) for node in nodes if isinstance(node, Within)
    )
    return Picked(values, periods)


def told_spans(asked: Picked, tags: Iterable[Told]) -> tuple[Span, ...]:
    """Return where a body has what is asked for, ascending and disjoint."""
    return merged(chain.from_iterable(told_kinds(asked, tags)))


def told_kinds(asked: Picked, tags: Iterable[Told]) -> list[tuple[Span, ...]]:
    """Return where a body has each value that is asked for, and a date of the text; none without a place.

    Each is ascending and disjoint, and the one that comes first in the text is the first.
    """
    kinds: dict[tuple[str, str], list[Span]] = {}
    for field, value, spans in tags:
        if _is_asked(asked, field, value):
            kinds.setdefault((field, "" if field == "says" else value), []).extend(spans)
    return sorted(merged(spans) for spans in kinds.values() if spans)


def tags_of(article: Article, *, title: bool = False) -> Iterator[Told]:
    """Yield the tags of an article with their places in its body, or in its `title`."""
    for field, value, tag in _tags(article):
        mentions = tag.title_mentions if title else tag.mentions
        yield field, value, [(one.start, one.end) for one in mentions]


def _tags(article: Article) -> Iterator[tuple[str, str, CountryTag | PersonTag | SaysTag]]:
    for country in article.countries:
        yield "country", country.code, country
    for person in article.people:
        yield "person", person.name, person
    for said in article.says:
        yield "says", said.value, said


def _asked(node: Node) -> Iterator[ValueIn | Within]:
    """Yield what a tree asks for that texts mention, none from under a NoneOf."""
    match node:
        case AllOf(children) | AnyOf(children) | BestOf(children):
            for child in children:
                yield from _asked(child)
        case ValueIn(field) if field in _FIELDS:
            yield node
        case Within("says"):
            yield node


def _is_asked(asked: Picked, field: str, value: str) -> bool:
    if field != "says":
        return (field, value) in asked.values
    if not asked.periods:
        return False
    own = period(value)
    return any(since <= own.first and own.last <= until for since, until in asked.periods)
