"""What each demand of a query does, and the ways out when nothing meets all of them.

Every way that is offered was counted: none leads to another page without an article.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from search.domain import Query
from search.relax import shorter
from web.context import Link
from web.links import Links, asking, cleared, is_narrowed
from web.picking import COUNTED, Narrowing
from web.wording import found_of, said

Count = Callable[[Query], int]
"""Tells how many articles a query has."""


def effects(found: Sequence[Narrowing], total: int, count: Count) -> tuple[str, ...]:
    """Return what each of the first narrowings does to the total: `12 fewer`."""
    return tuple(_effect(count(one.without) - total) for one in found[:COUNTED])


def ways_out(query: Query, found: Sequence[Narrowing], count: Count, links: Links) -> tuple[Link, ...]:
    """Return links to wider searches that have articles, the fewest demands given up first.

    To the start page when there is none.
    """
    ways = []
    for label, wider in _wider(query, found):
        articles = count(wider)
        if articles:
            told = found_of(articles, query)
            ways.append(Link(said("way", label=label, articles=told), links.search(wider)))
    return tuple(ways) or (Link(said("to_start"), links.start()),)


def _effect(fewer: int) -> str:
    if fewer == 0:
        return said("effect_none")
    return said("effect_fewer", count=fewer) if fewer > 0 else said("effect_more", count=-fewer)


def _wider(query: Query, found: Sequence[Narrowing]) -> list[tuple[str, Query]]:
    """Return what may be given up, in words, and the query without it."""
    asked = " ".join(query.text.split())[:60]
    wider = []
    if len(found) > 1:
        wider = [
            (said("way_filter", title=one.title, label=_held(one)), one.without) for one in found[:COUNTED]
        ]
    wider += [(said("way_word", word=word[:60]), asking(query, rest)) for word, rest in shorter(query.text)]
    if query.match == "all" and len(wider) > len(found) and " " in asked:
        wider.append((said("way_any"), replace(query, match="any", page=1)))
    if is_narrowed(query):
        label = said("way_unfiltered", query=asked) if asked else said("all_articles")
        wider.append((label, cleared(query)))
    return wider


def _held(one: Narrowing) -> str:
    return said("not", label=one.label) if one.excluded else one.label
