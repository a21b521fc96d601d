"""The start page as its view: the archive's size and years, how to ask, and what it holds most of."""

import re
from collections.abc import Callable, Iterator

from search.domain import Facet, FacetValue, Page, Query
from search.errors import QueryError
from search.function_words import is_function_word
from web.context import Choice, Link, StartView
from web.desk import Facts
from web.links import Links, asking
from web.picking import choice
from web.wording import counted, said

SHELF = 8
"""Values shown of each facet."""
EXAMPLE = 60
"""Characters of a name that is an example."""
_WORD = re.compile(r"\b[^\W\d_]{5,15}\b")

_SHELVES = (("country", said("countries")), ("person", said("people")), ("date", said("shelf_date")))


def start_view(page: Page, facts: Facts, links: Links, count: Callable[[Query], int]) -> StartView:
    """Return the view; `page` answers the empty query, so its facets count the whole archive.

    `count` tells how many articles a query has, and raises QueryError for one that cannot be asked:
    an example that finds none is not shown.
    """
    examples = _examples(page, links)
    return StartView(
        size=counted(facts.articles, said("article"), said("articles")),
        years=_years(page),
        all_href=links.search(Query()),
        about_href=links.about(),
        examples=tuple((link, what) for query, link, what in examples if _finds(query, count)),
        shelves=_shelves(page, links),
    )


def _finds(query: Query, count: Callable[[Query], int]) -> bool:
    """Return whether an example finds anything; a name of signs alone cannot even be asked."""
    try:
        return count(query) > 0
    except QueryError:
        return False


def _years(page: Page) -> str:
    """Return the first and last year that has an article, empty when no article is dated."""
    counted_by = [facet for facet in page.facets if facet.field == "date"]
    years = [value.value for facet in counted_by for value in facet.values if value.value]
    if not years:
        return ""
    return years[0] if years[0] == years[-1] else f"{years[0]} – {years[-1]}"


def _examples(page: Page, links: Links) -> Iterator[tuple[Query, Link, str]]:
    """Yield queries that show the language, with names and words of the archive."""
    country = _first(page, "country")
    person = _first(page, "person", " ") or _first(page, "person")
    words = _words(page)
    asked = [(words[0], said("example_word"))] if words else []
    if person:
        asked.append((f'"{person}"', said("example_phrase")))
    if len(words) == 2:
        begun = words[0][: max(4, len(words[0]) // 2)]
        asked += [(" OR ".join(words), said("example_or")), (f"{begun}* -{words[1]}", said("example_prefix"))]
    if country:
        asked.append((f"country:{country}/about", said("example_country")))
    for text, what in asked:
        query = asking(Query(), text)
        yield query, Link(text, links.search(query)), what


def _words(page: Page) -> list[str]:
    """Return a word of one headline and one of another, fewer where there are no two."""
    found: list[str] = []
    for hit in page.hits:
        for word in _WORD.findall(hit.article.title):
            lower = word.lower()
            if not is_function_word(lower, "en") and (not found or lower[:4] != found[0][:4]):
                found.append(lower)
                break
        if len(found) == 2:
            break
    return found


def _first(page: Page, field: str, part: str = "") -> str:
    """Return the first short value with this part that can be quoted, else nothing."""
    values = (value.value for facet in page.facets if facet.field == field for value in facet.values)
    return next((one for one in values if one and part in one and '"' not in one and len(one) <= EXAMPLE), "")


def _shelves(page: Page, links: Links) -> tuple[tuple[str, tuple[Choice, ...]], ...]:
    facets = {facet.field: facet for facet in page.facets}
    shelves = []
    for field, title in _SHELVES:
        listed = _listed(facets[field]) if field in facets else []
        if listed:
            shelves.append((title, tuple(choice(value, field, Query(), links) for value in listed)))
    return tuple(shelves)


def _listed(facet: Facet) -> list[FacetValue]:
    """Return the first values, of dates the latest years; articles without a date are not passed over."""
    values = [value for value in facet.values if value.value]
    if facet.field != "date":
        return values[:SHELF]
    return values[::-1][:SHELF] + [value for value in facet.values if value.value is None]
