"""The things Dateline speaks of: articles with their tags, queries, and pages of hits.

Every type is frozen: a query can key a cache, an article can be shared by threads. What a page
holds by the dozen is a named tuple, made in a third of a frozen dataclass's time: 0.4 µs, not
1.3 µs, for a value of a facet, of which a page lists 130. Offsets are
half-open and count Unicode code points of the text they point into. Dates are calendar dates;
nothing here knows a time of day.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Literal, NamedTuple

Precision = Literal["day", "month", "year"]
Sort = Literal["relevance", "newest", "oldest"]
Match = Literal["all", "any"]
Selected = Literal["include", "exclude"]
Span = tuple[int, int]

SORTS: tuple[Sort, ...] = ("relevance", "newest", "oldest")
MATCHES: tuple[Match, ...] = ("all", "any")

DATE_SOURCES = (
    "given",
    "meta",
    "structured",
    "byline",
    "dateline",
    "url",
    "filename",
    "text",
    "none",
)
GUESSED_SOURCES = ("url", "filename", "text")
"""Sources that tell a date without having been written to date the article."""
COUNTRY_ROLES = ("filed-from", "about", "mentioned")
PERSON_ROLES = ("quoted", "mentioned")

FACETS = ("country", "person", "date", "outlet", "language", "source", "says")
"""Fields that are counted on a page of hits, in the order they are shown."""


class Mention(NamedTuple):
    """One place in a text that names someone, somewhere or some day: the receipt of a tag.

    `surface` is exactly `text[start:end]`; `rule` names the rule or list line that read it.
    """

    start: int
    end: int
    surface: str
    rule: str


class CountryTag(NamedTuple):
    """A country of an article: ISO 3166-1 alpha-2 `code` (or XK) and its roles.

    `roles` is a non-empty subsequence of `COUNTRY_ROLES`. `mentions` point into the body,
    `title_mentions` into the title; both ascend by start, and both are empty for a given tag.
    """

    code: str
    name: str
    roles: tuple[str, ...]
    mentions: tuple[Mention, ...] = ()
    title_mentions: tuple[Mention, ...] = ()


class PersonTag(NamedTuple):
    """A person of an article, under one canonical name; shaped as `CountryTag`."""

    name: str
    roles: tuple[str, ...]
    mentions: tuple[Mention, ...] = ()
    title_mentions: tuple[Mention, ...] = ()


class SaysTag(NamedTuple):
    """A period that the text speaks of, as an ISO prefix: `2023`, `2023-11` or `2023-11-27`."""

    value: str
    mentions: tuple[Mention, ...] = ()
    title_mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """One article as it is indexed and shown.

    `date` is the first day of the period that `date_precision` names; both are None together,
    and then `date_source` is `none`. `words` counts the tokens of title and body. `story` is
    shared by near-identical copies of one text.
    """

    id: str
    title: str
    body: str
    date: dt.date | None = None
    date_precision: Precision | None = None
    date_source: str = "none"
    says: tuple[SaysTag, ...] = ()
    countries: tuple[CountryTag, ...] = ()
    people: tuple[PersonTag, ...] = ()
    outlet: str | None = None
    author: str | None = None
    url: str | None = None
    origin: str | None = None
    language: str | None = None
    words: int = 0
    story: str = ""


class Listed(NamedTuple):
    """An article as a list shows it: all but its body, and tags without their mentions.

    A body and receipts are most of what an index would have to read; `Engine.article` has them.
    A named tuple, since a page makes ten of them and a frozen dataclass takes ten times as long.
    """

    id: str
    title: str
    date: dt.date | None
    date_precision: Precision | None
    date_source: str
    says: tuple[SaysTag, ...]
    countries: tuple[CountryTag, ...]
    people: tuple[PersonTag, ...]
    outlet: str | None
    author: str | None
    url: str | None
    origin: str | None
    language: str | None
    words: int
    story: str


@dataclass(frozen=True, slots=True)
class Filter:
    """A facet value that was picked. `value` None stands for "has no value of this field".

    `role` narrows a country or person to one role.
    """

    field: str
    value: str | None
    role: str | None = None
    exclude: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """What a reader asks. `since` and `until` are inclusive; `filters` keep the order of picking.

    With `stories` the articles of one story are one hit, and what is counted are stories.
    """

    text: str = ""
    filters: tuple[Filter, ...] = ()
    since: dt.date | None = None
    until: dt.date | None = None
    says_since: dt.date | None = None
    says_until: dt.date | None = None
    sort: Sort = "relevance"
    page: int = 1
    size: int = 10
    match: Match = "all"
    stories: bool = False


class FieldValue(NamedTuple):
    """One value of a field in the whole index, its label, and how many articles carry it."""

    value: str
    label: str
    articles: int


class FacetValue(NamedTuple):
    """One value of a facet with its count. `value` None counts the articles without a value.

    `roles` pairs each role with its count (countries and people only). `since` and `until` are
    the inclusive ends of a date value's period, None elsewhere.
    """

    value: str | None
    label: str
    count: int  # type: ignore[assignment]  # hides tuple.count, which nobody asks of a value
    selected: Selected | None = None
    roles: tuple[tuple[str, int], ...] = ()
    since: dt.date | None = None
    until: dt.date | None = None


class Facet(NamedTuple):
    """The values of one field under every filter but its own.

    Picked values stand first, then by falling count and rising label; dates ascend. `distinct`
    is the number of values with a count, of which `values` may hold only the first ones.
    """

    field: str
    values: tuple[FacetValue, ...]
    distinct: int


class Passage(NamedTuple):
    """A piece of a text with the spans to mark in it; `start` is its offset in the whole text.

    `goes_on` says that more than white space of the text follows. `marks` are of the query's words, `told`
    of the tags that its filters ask for; the two may overlap.
    """

    text: str
    marks: tuple[Span, ...] = ()
    start: int = 0
    goes_on: bool = False
    told: tuple[Span, ...] = ()


FOLDED = 10
"""Copies that a hit names where stories are listed."""


class Hit(NamedTuple):
    """One article of a page, with one to three passages, as `search.passages` chooses them.

    `copies` counts the other articles of its story.
    Where stories are listed, `folded` are those of them that match too, the oldest first, `FOLDED` at most.
    """

    article: Listed
    score: float
    passages: tuple[Passage, ...]
    title_marks: tuple[Span, ...] = ()
    copies: int = 0
    folded: tuple[Listed, ...] = ()

    @property
    def snippet(self) -> Passage:
        """The first passage, which is the best."""
        return self.passages[0]


@dataclass(frozen=True, slots=True)
class Page:
    """The answer to a query.

    `understood` is the query as it was read, in canonical form: reading it again gives the same
    tree. `notes` say in a sentence each what was capped, ignored or guessed.
    """

    query: Query
    understood: str
    total: int
    hits: tuple[Hit, ...]
    facets: tuple[Facet, ...]
    took_ms: float
    notes: tuple[str, ...] = ()
    did_you_mean: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """One article opened from a query: the marks of the query's words in title and body.

    `filter_marks` and `title_filter_marks` are those of the countries, persons and dates in the text
    that filters ask for.
    """

    article: Article
    marks: tuple[Span, ...] = ()
    title_marks: tuple[Span, ...] = ()
    filter_marks: tuple[Span, ...] = ()
    title_filter_marks: tuple[Span, ...] = ()
    notes: tuple[str, ...] = ()
