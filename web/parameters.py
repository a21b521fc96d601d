"""Every argument that addresses take: its name, what may stand in it, what it means.

`params` reads requests by this table and `openapi` describes them from it, so that neither
promises what the other does not keep. Limits are those of the settings.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from search.counting import ORDERS, Wanted
from search.domain import COUNTRY_ROLES, MATCHES, PERSON_ROLES, SORTS, Query
from search.limits import Limits
from web.settings import Settings

Kind = Literal["text", "value", "period", "day", "choice", "number"]

ROLES = {"country": COUNTRY_ROLES, "person": PERSON_ROLES}
MISSING = "~none"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One argument of an address.

    A `value` or `period` is a filter, which may be repeated; a `day` is a year, month or day at one
    end of a period. `most` is the greatest number of a `number`, else the most characters (0: as
    many as an address has room for); `choices` are all that a `choice` may be. `plain` counts where
    nothing is given.
    """

    name: str
    kind: Kind
    means: str
    example: str
    most: int = 0
    choices: tuple[str, ...] = ()
    plain: str = ""

    @property
    def is_filter(self) -> bool:
        """Return whether each value given narrows the search further."""
        return self.kind in ("value", "period")


@cache
def of_query(settings: Settings) -> Mapping[str, Parameter]:
    """Return the arguments that a query is read from."""
    words = Parameter("q", "text", "the query", "oil prices", Limits().length)
    return _by_name(words, *_filters(settings.value_max), *_single(settings))


@cache
def of_values(settings: Settings) -> Mapping[str, Parameter]:
    """Return the arguments that choose which values of a facet are listed."""
    plain = Wanted()
    pages, most = settings.values_pages_max, settings.values_max
    return _by_name(
        Parameter(
            "named",
            "text",
            "only values whose name holds each of these words; case and accents do not matter",
            "ser",
            settings.value_max,
        ),
        Parameter("order", "choice", "how values are ordered", "az", choices=ORDERS, plain=plain.order),
        Parameter("page", "number", "which page of values", "2", pages, plain="1"),
        Parameter("values", "number", "values a page", "500", most, plain=str(min(plain.size, most))),
    )


@cache
def of_article() -> Mapping[str, Parameter]:
    """Return the arguments that an article's page takes of its own."""
    return _by_name(
        Parameter("id", "text", "the article's id", "seeds/000"),
        Parameter(
            "show",
            "text",
            "the tag whose words are marked in the text, such as country:AZ",
            "country:AZ",
        ),
        Parameter("copy", "text", "the id of a copy of the article that it is compared with", "seeds/001"),
    )


def _by_name(*listed: Parameter) -> dict[str, Parameter]:
    return {one.name: one for one in listed}


def _filters(most: int) -> tuple[Parameter, ...]:
    told: tuple[tuple[str, Kind, str, str], ...] = (
        ("country", "value", "tagged with this ISO 3166-1 code", "AZ"),
        ("person", "value", "tagged with this person", "Zakir Hasanov"),
        ("outlet", "value", "of this publisher", "Evening Ledger"),
        ("language", "value", "in this language", "en"),
        ("source", "value", "how the date is known", "byline"),
        ("story", "value", "copies of one story", "ab12"),
        ("date", "period", "a year, month or day of publication, or without a date", "2024-06"),
        ("says", "period", "the text speaks of this year, month or day", "2023-11"),
    )
    return tuple(Parameter(name, kind, means, example, most) for name, kind, means, example in told)


def _single(settings: Settings) -> tuple[Parameter, ...]:
    plain = Query()
    size = min(plain.size, settings.size_max, settings.depth_max)
    days = (
        Parameter("from", "day", "published on the first day of it or later", "2024-01"),
        Parameter("to", "day", "published on the last day of it or earlier", "2024-06"),
        Parameter("says_from", "day", "the text speaks of its first day or a later one", "2023"),
        Parameter("says_to", "day", "the text speaks of its last day or an earlier one", "2023"),
    )
    return (
        *days,
        Parameter("sort", "choice", "the order of the hits", "newest", choices=SORTS, plain=plain.sort),
        Parameter(
            "match", "choice", "whether every word is needed", "any", choices=MATCHES, plain=plain.match
        ),
        Parameter(
            "stories",
            "choice",
            "1 lists and counts stories: the copies of one are one hit",
            "1",
            choices=("0", "1"),
            plain="0",
        ),
        Parameter(
            "explain",
            "choice",
            "1 adds what the score of each hit is made of",
            "1",
            choices=("0", "1"),
            plain="0",
        ),
        Parameter("page", "number", "which page, from 1", "2", settings.depth_max, plain="1"),
        Parameter("size", "number", "hits a page", "50", settings.size_max, plain=str(size)),
    )


FILTERS = tuple(name for name, one in of_query(Settings()).items() if one.is_filter)
SINGLE = tuple(name for name, one in of_query(Settings()).items() if not one.is_filter)
OF_VALUES = tuple(name for name in of_values(Settings()) if name not in SINGLE)
"""Arguments of the pages that list the values of a facet, beside `page`."""
