"""The start page as its view: the archive's size and years, how to ask, and what it holds most of."""

from search.domain import Facet, FacetValue, Page, Query
from web.context import Choice, Link, StartView
from web.desk import Facts
from web.links import Links, asking
from web.picking import choice
from web.wording import counted, said

SHELF = 8
"""Values shown of each facet."""

_SHELVES = (("country", said("countries")), ("person", said("people")), ("date", said("shelf_date")))


def start_view(page: Page, facts: Facts, links: Links) -> StartView:
    """Return the view; `page` answers the empty query, so its facets count the whole archive."""
    return StartView(
        size=counted(facts.articles, said("article"), said("articles")),
        years=_years(page),
        all_href=links.search(Query()),
        about_href=links.about(),
        examples=_examples(page, links),
        shelves=_shelves(page, links),
    )


def _years(page: Page) -> str:
    """Return the first and last year that has an article, empty when no article is dated."""
    counted_by = [facet for facet in page.facets if facet.field == "date"]
    years = [value.value for facet in counted_by for value in facet.values if value.value]
    if not years:
        return ""
    return years[0] if years[0] == years[-1] else f"{years[0]} – {years[-1]}"


def _examples(page: Page, links: Links) -> tuple[tuple[Link, str], ...]:
    """Return queries that show the language, with names from the archive where it has some."""
    person = _first(page, "person")
    country = _first(page, "country")
    surname = person.split()[-1] if person.split() else said("example_surname")
    asked = [
        (surname, said("example_word")),
        (f'"{person}"' if person else f'"{said("example_title")}"', said("example_phrase")),
        ("visit OR talks", said("example_or")),
        ("defen* -exercise", said("example_prefix")),
    ]
    if country:
        asked.append((f"country:{country}/about", said("example_country")))
    return tuple((Link(text, links.search(asking(Query(), text))), what) for text, what in asked)


def _first(page: Page, field: str) -> str:
    values = (value.value for facet in page.facets if facet.field == field for value in facet.values)
    return next((value for value in values if value and '"' not in value), "")


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
