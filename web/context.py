"""What each page is given: one frozen object a page, every text and every link worked out.

A template receives its object as `view` and the frame of the page as `frame`. It loops and
escapes; it decides nothing. Tests hold these objects, not the markup, to account.
"""

from dataclasses import dataclass

from web.differing import Comparison
from web.marks import Block, Piece

Hidden = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """What surrounds every page: the search box with its words, and the filters it sends along."""

    start_href: str
    search_action: str
    suggest_href: str
    text: str = ""
    hidden: Hidden = ()
    judge_href: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A link and its words; `name` is what a screen reader says when the words alone are too few."""

    label: str
    href: str
    name: str = ""
    current: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet: a link that filters at once, and one that leaves it out.

    A picked value has `selected` set and `href` takes the filter away again; `exclude_href` is
    empty then. `roles` narrow a picked country or person.
    """

    label: str
    count: str
    name: str
    href: str
    exclude_href: str = ""
    exclude_name: str = ""
    selected: str = ""
    roles: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class PeriodForm:
    """Two date inputs sent by GET with everything else that was picked."""

    action: str
    first_name: str
    last_name: str
    first: str
    last: str
    hidden: Hidden


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a histogram in the units of the drawing; `href` is empty for one of no articles.

    `reach`, `sure` and `guessed` are paths: what the mouse may touch, the articles whose date is told,
    and below them those whose date is guessed, empty when there are none.
    """

    name: str
    label: str
    count: str
    href: str
    x: float
    reach: str
    sure: str
    guessed: str


@dataclass(frozen=True, slots=True)
class Histogram:
    """Bars of articles by date, and one apart of those without; `room` is the width of the dated ones."""

    width: int
    height: int
    room: int
    bars: tuple[Bar, ...]
    undated: Bar | None
    first: str
    last: str
    has_guessed: bool


@dataclass(frozen=True, slots=True)
class FacetView:
    """A facet: its first choices, and the way to all of them where there are more.

    `trail` leads from all dates down to the period shown; it is empty for other facets.
    """

    field: str
    title: str
    choices: tuple[Choice, ...]
    picked: str
    is_open: bool
    all: Link | None = None
    trail: tuple[Link, ...] = ()
    form: PeriodForm | None = None
    histogram: Histogram | None = None


@dataclass(frozen=True, slots=True)
class Chip:
    """One thing that narrows the search, and the link that takes it away."""

    title: str
    label: str
    excluded: bool
    remove_href: str
    remove_name: str
    effect: str = ""


@dataclass(frozen=True, slots=True)
class DateLine:
    """An article's date as precisely as it is known, and how it is known."""

    label: str
    machine: str
    source: str


@dataclass(frozen=True, slots=True)
class HitView:
    """One article of the list."""

    href: str
    lang: str
    title: tuple[Piece, ...]
    date: DateLine
    outlet: Link | None
    snippet: tuple[Piece, ...]
    starts_inside: bool
    ends_inside: bool
    countries: tuple[Link, ...]
    countries_beyond: str
    people: tuple[Link, ...]
    people_beyond: str
    copies: Link | None
    folded: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class GradedView:
    """One hit to be graded; `grade` is the one that it has, empty for none."""

    number: str
    id: str
    href: str
    title: tuple[Piece, ...]
    date: DateLine
    outlet: str
    snippet: tuple[Piece, ...]
    grade: str


@dataclass(frozen=True, slots=True)
class Pager:
    """Links between pages; `previous` and `following` are empty at the ends."""

    pages: tuple[Link, ...]
    previous: str
    following: str
    limit_note: str


@dataclass(frozen=True, slots=True)
class Trouble:
    """A query that cannot be read: cut at the offset, with the query that would read.

    `before`, `at` and `after` are a window of the text; `at` may be empty (the end of it).
    """

    message: str
    before: str
    at: str
    after: str
    place: str
    repaired: str
    repaired_href: str


@dataclass(frozen=True, slots=True)
class Empty:
    """Why there is nothing to list, and the ways out."""

    message: str
    narrowing: tuple[str, ...]
    ways: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class SearchView:
    """The page of hits."""

    title: str
    total: str
    took: str
    sorts: tuple[Link, ...]
    matches: tuple[Link, ...]
    countings: tuple[Link, ...]
    sizes: tuple[Link, ...]
    hits: tuple[HitView, ...]
    facets: tuple[FacetView, ...]
    chips: tuple[Chip, ...]
    clear_href: str
    pager: Pager | None
    understood: str
    did_you_mean: Link | None
    notes: tuple[str, ...]
    trouble: Trouble | None
    empty: Empty | None
    json_href: str


@dataclass(frozen=True, slots=True)
class ValuesView:
    """All values of a facet under a query: a page of them, what they are sought and sorted by."""

    field: str
    title: str
    scope: str
    summary: str
    choices: tuple[Choice, ...]
    chips: tuple[Chip, ...]
    clear_href: str
    named: str
    action: str
    hidden: Hidden
    orders: tuple[Link, ...]
    pager: Pager | None
    empty: str
    all_href: str
    back: Link
    trail: tuple[Link, ...]
    notes: tuple[str, ...]
    json_href: str


@dataclass(frozen=True, slots=True)
class StartView:
    """The start page: what the archive holds and how to ask."""

    size: str
    years: str
    all_href: str
    about_href: str
    examples: tuple[tuple[Link, str], ...]
    shelves: tuple[tuple[str, tuple[Choice, ...]], ...]


@dataclass(frozen=True, slots=True)
class Receipt:
    """One place of the text that gave a tag: the words, a little around them, and the rule."""

    where: str
    around: tuple[Piece, ...]
    starts_inside: bool
    ends_inside: bool
    rule: str
    meaning: str


@dataclass(frozen=True, slots=True)
class TagView:
    """One tag of an article with its receipts; `beyond` counts those that are not listed.

    `show` marks its words in the text, or takes the marks off when they are on. `mending` are
    pairs of what may be wrong and the lines for tags.toml that put it right.
    """

    link: Link
    show: Link
    roles: str
    places: str
    receipts: tuple[Receipt, ...]
    beyond: str
    mending: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """Links to other articles; `place` says which hit of the search this one is, empty if of none.

    Each of the `copies` has a second link, which shows the `comparison` with it.
    """

    before: Link | None = None
    after: Link | None = None
    place: str = ""
    alike: tuple[Link, ...] = ()
    copies: tuple[tuple[Link, Link], ...] = ()
    comparison: Comparison | None = None


@dataclass(frozen=True, slots=True)
class ArticleView:
    """The page of one article; `lang` is its own language where that is not the page's."""

    lang: str
    title: tuple[Piece, ...]
    plain_title: str
    date: DateLine
    outlet: Link | None
    author: str
    url: str
    url_href: str
    origin: str
    language: str
    blocks: tuple[Block, ...]
    tags: tuple[tuple[str, tuple[TagView, ...]], ...]
    back: Link
    marked: str
    steps: tuple[Link, ...]
    notes: tuple[str, ...]
    json_href: str
    permalink: str
    citation: str
    bibtex: str
    beside: Beside


@dataclass(frozen=True, slots=True)
class Member:
    """An argument or a member of an answer: its name, what it may hold, and what it means."""

    name: str
    holds: str
    means: str
    example: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """An address, or the shape of an answer, with its anchor on the page and its members.

    `answers` are, for an address, each status with what is sent and when; a shape has none.
    """

    anchor: str
    name: str
    about: str
    members: tuple[Member, ...]
    answers: tuple[Member, ...] = ()


@dataclass(frozen=True, slots=True)
class ManualView:
    """The page that describes the interface."""

    title: str
    about: str
    addresses: tuple[Entry, ...]
    shapes: tuple[Entry, ...]
    json_href: str


@dataclass(frozen=True, slots=True)
class ErrorView:
    """An error page: what was wrong and the ways out."""

    title: str
    message: str
    status: str
    ways: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class GradingView:
    """The page where hits are graded; `grades` are values and what they mean."""

    title: str
    total: str
    back: Link
    action: str
    text: str
    token: str
    grades: tuple[tuple[str, str], ...]
    hits: tuple[GradedView, ...]
    pager: Pager | None
