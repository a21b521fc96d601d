"""The date that an article bears, how it is known, and how exactly.

Clues are asked in one order, the surest first: a given date, the page's meta elements, its
structured data, the byline, the dateline, the address, the file name, and at last a plain
statement in the text. The first clue that is a date wins; an event's date in the prose never is
one, a banner's "today" neither, and no clue is filled up with a year it does not have.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from urllib.parse import urlsplit

from indexer import days
from indexer.ago import day_ago, fetched_at
from indexer.days import Day, Order
from indexer.relative import stated_day
from search.domain import Precision

# "Published on", "This story was first posted", at the start of a line or a sentence only: in the
# middle of one it is the ministry that published something on that day.
_STATEMENT = re.compile(
    r"(?:^|(?<=[.!?)] )|\()(?:this (?:article|story|report|post|page) was )?(?:first |originally |last )?"
    r"(?P<what>published|posted|updated|modified)(?: (?:on|at))?\s*[:-]?\s*",
    re.IGNORECASE,
)
_LABEL = re.compile(r"\b(?P<new>published|posted|created|issued)|\b(?P<old>updated|modified)", re.IGNORECASE)
_STATEMENT_REACH = 60
_DATELINE_CHARS = 160
# A place in capitals, or a place and a comma, then the date, then perhaps an agency, then a dash.
_DATELINE_HEAD = re.compile(r"[^\W\d_a-z][\w .'’()/-]{1,60}[,(]?\s*$")
_SHORT_DATELINE = re.compile(
    r"[A-ZÀ-Þ][A-ZÀ-Þ .'’()/-]{1,60},(?: [A-Z][\w. ]{1,20},)? ?"
    r"(?P<date>[A-Za-z]{3,9}\.? \d{1,2}|\d{1,2} [A-Za-z]{3,9}\.?)"
    r"(?: \([\w ./-]{2,30}\))? ?[-–—:]"
)
_DATELINE_TAIL = re.compile(
    r"\s*,?\s*(?:[(/\[][^()/\[\]]{1,40}[)/\]]|[A-Z][\w. ]{1,30})?\s*(?:[-–—]+|:)(?:\s|$)"
)
_NOT_PLACES = re.compile(r"(?:on|in|since|by|from|until|of|as|at|the|after|before)\b", re.IGNORECASE)

_EDGE = r"(?<![0-9A-Za-z])"
_MONTH_PART = r"(?P<month>0?[1-9]|1[0-2]|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
_DAY_PART = r"(?P<day>0?[1-9]|[12]\d|3[01])(?![0-9A-Za-z])"
_PATHS = (
    # 2024-06-20, 2024_06_20, 20240620: two digits each, and nothing glued on that makes it a hash.
    re.compile(
        rf"{_EDGE}(?P<year>{days.YEAR})(?P<sep>[-_.]?)(?P<month>0[1-9]|1[0-2])(?P=sep)"
        r"(?P<day>0[1-9]|[12]\d|3[01])(?![0-9A-Za-z])"
    ),
    re.compile(rf"/(?P<year>{days.YEAR})/{_MONTH_PART}/{_DAY_PART}", re.IGNORECASE),
    re.compile(rf"/(?P<year>{days.YEAR})/(?P<month>0[1-9]|1[0-2])(?=/)"),
)
_PATH_CHARS = 2_000
_INSTANT = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)[T ](?P<hour>\d\d):(?P<rest>\d\d:\d\d)(?:\.\d{1,9})?"
    r"(?P<zone>[Zz]|[+-]\d\d:?\d\d|)$"
)
_LIST = 3
_HIDDEN = ("meta", "structured")
_SAME = timedelta(days=31)
"""A date at the headline that is further from the page's own is another article's, or the reader's today."""

_DAY_FIRST_HOST = re.compile(
    "uk|au|nz|ie|in|za|pk|ng|ke|az|ge|tr|ru|ua|by|am|kz|de|at|ch|fr|be|nl|es|it|pt|pl|cz|sk|ro|bg|gr|rs|hr|si"
    "|dk|no|fi|br|ar|mx|cl|co|pe|ve|sg|my|id|vn|il|eg|sa|ae|qa"
)
_MONTH_FIRST_HOST = re.compile("us|gov|mil")
_DAY_FIRST_LANGUAGE = re.compile(
    "de|fr|es|it|pt|nl|pl|cs|sk|ro|bg|el|sr|hr|sl|da|no|nb|fi|tr|az|ru|uk|be|ka|hy|kk|id|ms|vi|he|ar"
)
_MONTH_FIRST_REGIONS = frozenset(("en-us", "en-ph"))


@dataclass(frozen=True, slots=True)
class Clues:
    """Everything that may say when an article was written; what is not known is left empty.

    `byline` holds lines that stand by the title, `text` the first line of the body, `edges` the
    first and last lines of the whole text. `order` reads 03/04/2024.
    """

    given: str | None = None
    meta: tuple[str, ...] = ()
    structured: tuple[str, ...] = ()
    headed: tuple[str, ...] = ()
    byline: tuple[str, ...] = ()
    dateline: str | None = None
    text: str = ""
    url: str | None = None
    path: str | None = None
    edges: tuple[str, ...] = ()
    crawled: str | None = None
    head: tuple[str, ...] = ()
    order: Order | None = None


@dataclass(frozen=True, slots=True)
class Dated:
    """The date of an article: `day` and `precision` are None together, and `source` is then `none`.

    `ahead` tells that a clue named a day that is still to come, so that another day may find another date.
    """

    day: date | None = None
    precision: Precision | None = None
    source: str = "none"
    ahead: bool = field(default=False, compare=False)


def find_date(clues: Clues, *, today: date) -> tuple[Dated, tuple[str, ...]]:
    """Return the date of an article, and a note if the given one was none.

    Days before 1700 or more than two days after `today` are no publication dates.
    """
    notes: tuple[str, ...] = ()
    ahead = False
    for source, read in _READERS:
        held = list(read(clues))
        ahead = ahead or any(day is not None and days.is_ahead(day, today=today) for day in held)
        found = _most_exact([day for day in held if days.plausible(day, today=today)])
        if found is not None:
            headed = _headed(clues, today) if source in _HIDDEN else None
            if headed and abs(headed.date - found.date) <= _SAME and headed != found:
                return Dated(headed.date, headed.precision, "byline", ahead), notes
            exact = _dateline_day(clues, found) if source == "given" else None
            if exact is not None:
                return Dated(exact.date, exact.precision, "dateline", ahead), notes
            return Dated(found.date, found.precision, source, ahead), notes
        if source == "given" and clues.given:
            notes = (f"the given date {clues.given[:80]!r} is no date that can be read: not used",)
    return Dated(ahead=ahead), notes


def _dateline_day(clues: Clues, given: Day) -> Day | None:
    """Return the day that the dateline states of a given year or month; the year is never its own."""
    if given.precision == "day":
        return None
    if clues.dateline:
        return stated_day(clues.dateline[:_DATELINE_CHARS], given)
    head = _SHORT_DATELINE.match(clues.text.lstrip()[:_DATELINE_CHARS])
    return stated_day(head.group("date"), given) if head else None


def _headed(clues: Clues, today: date) -> Day | None:
    """Return the date that readers see at the headline."""
    read = (days.read_day(text, order=clues.order or "day-first") for text in clues.headed)
    return next(
        (day for day in read if day and day.precision == "day" and days.plausible(day, today=today)), None
    )


def _most_exact(found: list[Day | None]) -> Day | None:
    """Return the first of one source's days, or a day within it if it is only a month or a year."""
    first = next((day for day in found if day is not None), None)
    if first is None or first.precision == "day":
        return first
    length = 7 if first.precision == "month" else 4
    prefix = first.date.isoformat()[:length]
    exact = (
        day for day in found if day and day.precision == "day" and day.date.isoformat()[:length] == prefix
    )
    return next(exact, first)


def order_of(language: str | None, *, url: str | None, outlet: str | None) -> Order | None:
    """Return how a page writes 03/04/2024, None when its language and its host do not tell.

    English alone does not: London writes the day first, New York the month.
    """
    tag = (language or "").lower().replace("_", "-")
    if tag in _MONTH_FIRST_REGIONS:
        return "month-first"
    if _DAY_FIRST_LANGUAGE.fullmatch(tag.partition("-")[0]) or tag.startswith("en-"):
        return "day-first"
    for address in (url, outlet):
        top = _host(address).rpartition(".")[2]
        if _MONTH_FIRST_HOST.fullmatch(top):
            return "month-first"
        if _DAY_FIRST_HOST.fullmatch(top):
            return "day-first"
    return None


def _host(address: str | None) -> str:
    """Return the host of an address or of a bare domain, lower case, empty if there is none."""
    if not address or " " in address:
        return ""
    try:
        return (urlsplit(address if "//" in address else f"//{address}").hostname or "").lower()
    except ValueError:
        return ""


def _given(clues: Clues) -> Iterator[Day | None]:
    if clues.given:
        yield days.read_day(clues.given, order=clues.order)


def _meta(clues: Clues) -> Iterator[Day | None]:
    yield from (days.read_day(text) for text in _local(clues))
    yield from (days.read_day(text, order=clues.order) for text in clues.meta)


def _local(clues: Clues) -> Iterator[str]:
    """Yield the same instant by the article's own clock, where the first one is told in Greenwich's.

    Two clocks show one instant when they differ in hours alone.
    """
    first = next(iter(clues.meta), "")
    instant = _INSTANT.match(first.strip())
    if not instant or not instant.group("zone").startswith(("Z", "z", "+00", "-00")):
        return
    for text in (*clues.structured, *clues.meta):
        other = _INSTANT.match(text.strip())
        same = other and other.group("rest") == instant.group("rest") != "00:00"
        if other and same and other.group("hour") != instant.group("hour"):
            yield other.group("day")


def _structured(clues: Clues) -> Iterator[Day | None]:
    yield from (days.read_day(text, order=clues.order) for text in clues.structured)


def _byline(clues: Clues) -> Iterator[Day | None]:
    """Yield the dates by the title: those called published first, those called updated last."""
    yield from (days.read_day(text, order=clues.order) for text in clues.headed)
    ranked: list[tuple[int, Day]] = []
    for line in clues.byline:
        end = 0
        for written in days.find_days(line):
            label = _LABEL.search(line, end, written.start)
            day = days.read_written(written.surface, written.form, clues.order)
            end = written.end
            if day is None:
                continue
            if label:
                rank = 0 if label.group("new") else 3
            else:
                rank = 1 if days.has_clock(line[written.end :]) else 2
            ranked.append((rank, day))
    unnamed = {day for rank, day in ranked if rank in (1, 2)}
    if len(unnamed) >= _LIST:  # a list of articles or events, each with its own
        ranked = [(rank, day) for rank, day in ranked if day not in unnamed]
    yield from (day for _, day in sorted(ranked, key=lambda pair: pair[0]))
    fetched = fetched_at(clues.crawled)
    if fetched is not None:
        yield from (day_ago(line, fetched) for line in (*clues.headed, *clues.head))


def _dateline(clues: Clues) -> Iterator[Day | None]:
    """Yield the full date of the given dateline, then that of one at the head of the text."""
    for written in days.find_days((clues.dateline or "")[:_DATELINE_CHARS]):
        yield days.read_written(written.surface, written.form, clues.order)
    head = clues.text[:_DATELINE_CHARS].lstrip()
    for written in days.find_days(head):
        place = head[: written.start]
        named = _DATELINE_HEAD.fullmatch(place) and not _NOT_PLACES.match(place)
        sure = place.rstrip().endswith(",") or place.isupper()
        if named and sure and _DATELINE_TAIL.match(head, written.end):
            yield days.read_written(written.surface, written.form, clues.order)
        return


def _url(clues: Clues) -> Iterator[Day | None]:
    if clues.url:
        yield from _in_path(clues.url)


def _filename(clues: Clues) -> Iterator[Day | None]:
    if clues.path:
        yield from _in_path("/" + clues.path)


def _in_path(path: str) -> Iterator[Day | None]:
    """Yield the dates in an address or a path: whole days first, then /2024/06/ as a month."""
    for pattern in _PATHS:
        for match in pattern.finditer(path[:_PATH_CHARS]):
            parts = match.groupdict()
            year, month, day = parts["year"], parts["month"], parts.get("day")
            if not month.isdigit():
                yield days.read_day(f"{day} {month} {year}")
            else:
                yield days.read_day("-".join(part.zfill(2) for part in (year, month, day) if part))


def _text(clues: Clues) -> Iterator[Day | None]:
    """Yield the dates of plain statements at the edges of the text, "Published" before "Updated"."""
    updated: list[Day | None] = []
    for line in clues.edges:
        for statement in _STATEMENT.finditer(line):
            said = line[statement.end() : statement.end() + _STATEMENT_REACH]
            written = next(days.find_days(said), None)
            if written is None or not days.stands_round(said[: written.start]):
                continue
            day = days.read_written(written.surface, written.form, clues.order)
            if statement.group("what").lower() in ("published", "posted"):
                yield day
            else:
                updated.append(day)
    yield from updated


_READERS: tuple[tuple[str, Callable[[Clues], Iterator[Day | None]]], ...] = (
    ("given", _given),
    ("meta", _meta),
    ("structured", _structured),
    ("byline", _byline),
    ("dateline", _dateline),
    ("url", _url),
    ("filename", _filename),
    ("text", _text),
)
