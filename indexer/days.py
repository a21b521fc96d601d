"""Strings to calendar dates, strictly: what is not written is not invented.

python-dateutil reads the string, twice, over two different defaults: a part that differs between
the two readings was not in the string. Before that a pattern finds the date in its line, since
dateutil's own search takes any number for a day. A date without its year, 31 February, two-digit
years and digit runs in hashes are no dates. A clock and its zone are read over: the day that the
article's own zone shows is its day.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import islice
from typing import Any, Literal

from dateutil import parser

from search.domain import Precision

Order = Literal["day-first", "month-first"]

EARLIEST_YEAR = 1700
"""No newspaper article of an archive is older than this; a smaller number is no year."""
LATEST_AHEAD = timedelta(days=2)
"""Zones put tomorrow's paper at most a day ahead, and clocks of servers err by less than another."""

# The months of the languages in which newspapers most often reach an English-speaking desk. The
# first spelling of each is what dateutil calls the month; all are lower case.
MONTHS: list[Any] = [
    ("january", "jan", "januar", "janvier", "enero", "gennaio", "janeiro", "januari", "ocak",
     "yanvar", "января"),
    ("february", "feb", "februar", "février", "febrero", "febbraio", "fevereiro", "februari",
     "şubat", "fevral", "февраля"),
    ("march", "mar", "märz", "mars", "marzo", "março", "maart", "mart", "марта"),
    ("april", "apr", "avril", "abril", "aprile", "nisan", "aprel", "апреля"),
    ("may", "mai", "mayo", "maggio", "maio", "mei", "mayıs", "мая"),
    ("june", "jun", "juni", "juin", "junio", "giugno", "junho", "haziran", "iyun", "июня"),
    ("july", "jul", "juli", "juillet", "julio", "luglio", "julho", "temmuz", "iyul", "июля"),
    ("august", "aug", "août", "agosto", "augustus", "augusti", "ağustos", "avqust", "августа"),
    ("september", "sept", "sep", "septembre", "septiembre", "settembre", "setembro", "eylül",
     "sentyabr", "сентября"),
    ("october", "oct", "oktober", "octobre", "octubre", "ottobre", "outubro", "ekim", "oktyabr", "октября"),
    ("november", "nov", "novembre", "noviembre", "novembro", "kasım", "noyabr", "ноября"),
    ("december", "dec", "dezember", "décembre", "diciembre", "dicembre", "dezembro", "aralık",
     "dekabr", "декабря"),
]  # fmt: skip

_NUMBER_OF = {name: number for number, names in enumerate(MONTHS, start=1) for name in names}
_NAMES = "|".join(sorted(_NUMBER_OF, key=len, reverse=True))
YEAR = r"(?:1[7-9]\d\d|2[01]\d\d)"
MONTH = rf"(?:{_NAMES})\b\.?"
_GAP = r"[ \u00a0\u202f]{1,3}"
_OF = rf"(?:,?{_GAP}(?:(?:of|de|del){_GAP})?|[-/])"
_CLOCK = r"\d{1,2}:\d\d:\d\d"

# A longer run of digits or letters on either side makes it an address, a price or a hash.
_BEFORE = r"(?<![\w/.-])"
_AFTER = r"(?:(?=T\d)|(?!\w)(?![./-]\d))"
_ISO = rf"(?P<iso>{YEAR}(?P<mark>[./-])\d{{1,2}}(?P=mark)\d{{1,2}}){_AFTER}"
_NUMBERS = rf"(?P<numbers>\d{{1,2}}(?P<sep>[./-])\d{{1,2}}(?P=sep){YEAR}){_AFTER}"
_NAMED = (
    rf"(?P<named>\d{{1,2}}(?:(?:st|nd|rd|th|er|º|\.)?{_OF}|\.){MONTH}{_OF}{YEAR}"
    rf"|{MONTH}(?:{_GAP}|-)\d{{1,2}}(?:st|nd|rd|th)?(?:,?{_GAP}|,|-){YEAR}"
    rf"|{MONTH}{_GAP}\d{{1,2}}{_GAP}{_CLOCK}{_GAP}(?:[A-Z]{{2,5}}{_GAP})?{YEAR}"
    rf"|{YEAR}{_GAP}{MONTH}{_GAP}\d{{1,2}}){_AFTER}"
)
_HAN = rf"(?P<han>{YEAR} ?年 ?\d{{1,2}} ?月 ?\d{{1,2}} ?日)"
_DAY = re.compile(rf"{_BEFORE}(?:{_ISO}|{_NUMBERS}|{_NAMED}|{_HAN})", re.IGNORECASE)
_MONTH_OF_YEAR = re.compile(rf"{_BEFORE}(?P<named>{MONTH}{_OF}{YEAR}){_AFTER}", re.IGNORECASE)
_YEAR = re.compile(rf"(?<!\d){YEAR}(?!\d)")
_WHOLE = re.compile(rf"(?P<packed>{YEAR}\d{{4}})(?=T\d|$)|(?P<iso_month>{YEAR}[-/]\d\d?)$|(?P<year>{YEAR})$")
# From the first character of a date to its year, and from the year to the end: the longest forms.
_REACH_BEFORE, _REACH_AFTER = 48, 32
_LONGEST = 200
_WORD = re.compile(r"[^\W\d_]+")
MOST_YEARS = 5_000
"""Numbers of a text that are looked at as years. A text of nothing else would take half a minute."""

_ZONES = "utc|gmt|e[sd]?t|c[sd]t|m[sd]t|p[sd]t|bst|ces?t|ees?t|wes?t|msk|ist|jst|kst|aes?t|aedt|azt|get|trt|z"
_WEEKDAYS = (
    "mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    "|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi"
    "|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo"
)
_LABELS = (
    "(?:first |originally |last )?(?:published|posted|updated|modified|created|issued|released|date|dated)"
    "|publié|mis à jour|veröffentlicht|aktualisiert|stand|publicado|actualizado|pubblicato"
    "|on|at|le|à|am|um|uhr|el|il|alle|ore|h"
)
# What may stand around the date on a line that is a date and nothing else.
_ROUND = re.compile(
    r"T?\d{1,2}[:.h]\d\d(?:[:.]\d\d(?:[.,]\d{1,9})?)?(?: ?(?:[ap]\.?m\b\.?|Z\b))?|\d{1,2} ?[ap]\.?m\b\.?"
    r"|T\d{6}Z?|\(?(?:utc|gmt)? ?[+−-]\d\d?:?(?:\d\d)?\)?|\([a-z .+-]{1,40}\)"
    rf"|\b(?:{_ZONES}|{_WEEKDAYS}|{_LABELS})\b\.?",
    re.IGNORECASE,
)
_LIFE = re.compile(r"[†‡]|\([ \u00a0]?\*")
_CLOCK_AT_ALL = re.compile(r"\d{1,2}[:.h]\d\d\b|\d ?[ap]\.?m\b", re.IGNORECASE)
_WEEKDAY = re.compile(rf"\b(?:{_WEEKDAYS})\b", re.IGNORECASE)
_CLEAN = re.compile(
    rf"{_CLOCK}{_GAP}(?:[a-z]{{2,5}}{_GAP})?|(?<=\d)(?:st|nd|rd|th|er|º)\b|\b(?:of|de|del)\b"
    r"|[,\u00a0\u202f]|(?<=\w)\."
)


class _Months(parser.parserinfo):
    """dateutil's English with the month names of the other languages."""

    MONTHS = MONTHS


_INFO = _Months()
# Two leap years that share no month and no day; a weekday moves neither into the next month.
_DEFAULTS = (datetime(1904, 1, 1), datetime(1908, 12, 15))


@dataclass(frozen=True, slots=True)
class Day:
    """A period as it was written: its first day and its length."""

    date: date
    precision: Precision


@dataclass(frozen=True, slots=True)
class Written:
    """A date in a text: its span, and its form (`iso`, `numbers`, `named`, `han` or `year`)."""

    start: int
    end: int
    surface: str
    form: str


def find_days(text: str) -> Iterator[Written]:
    """Yield the full dates of a text, in order and apart; each has its year, none is checked yet."""
    yield from _around_years(text, _DAY)


def find_months(text: str) -> Iterator[Written]:
    """Yield each month with its year, also those that a full date contains."""
    yield from _around_years(text, _MONTH_OF_YEAR)


def find_years(text: str) -> Iterator[Written]:
    """Yield each number that may be a year."""
    for match in islice(_YEAR.finditer(text), MOST_YEARS):
        yield Written(match.start(), match.end(), match.group(), "year")


def _around_years(text: str, pattern: re.Pattern[str]) -> Iterator[Written]:
    """Yield the matches of a pattern that holds a year.

    Years are rare and cheap to find, so they are found first: the pattern alone, tried at every
    letter, took 2 ms on an article.
    """
    end = 0
    for year in islice(_YEAR.finditer(text), MOST_YEARS):
        low, high = max(end, year.start() - _REACH_BEFORE), year.end() + _REACH_AFTER
        if year.start() < end or not _may_be_dated(text[low:high], year.start() - low):
            continue
        for match in pattern.finditer(text, low, high):
            if match.start() <= year.start() < match.end():
                end = match.end()
                yield Written(match.start(), end, match.group(), match.lastgroup or "")


def _may_be_dated(window: str, year_at: int) -> bool:
    """Tell whether a month's name or a mark of numeric dates stands near the year; most have neither."""
    beside = window[max(0, year_at - 1) : year_at] + window[year_at + 4 : year_at + 6].lstrip()[:1]
    if any(mark in beside for mark in "./-年"):
        return True
    return any(word in _NUMBER_OF for word in _WORD.findall(window.lower()))


@lru_cache(maxsize=8192)
def read_written(surface: str, form: str, order: Order | None = None) -> Day | None:
    """Return the day or month of a date as `find_days` gives it, None if there is no such day.

    `03/04/2024` is None without an `order`; with dots it is always day first.
    """
    if form == "han":
        surface = re.sub("[年月日 ]+", "-", surface).strip("-")
    if form in ("iso", "han"):
        year, month, day = (int(part) for part in re.split("[./-]", surface))
        return _parsed(f"{year:04}-{month:02}-{day:02}", day=day)
    if form == "numbers":
        return _numbers(surface, order)
    cleaned = _CLEAN.sub(" ", surface.lower())
    return _parsed(" ".join(cleaned.replace("-", " ").replace("/", " ").split()))


def _numbers(surface: str, order: Order | None) -> Day | None:
    """Return the day of 03/04/2024, if either its numbers or `order` say which one is the month."""
    first, second, _ = (int(part) for part in re.split("[./-]", surface))
    if "." in surface or first > 12 or first == second:
        order = "day-first"
    elif second > 12:
        order = "month-first"
    if order is None:
        return None
    day = first if order == "day-first" else second
    return _parsed(surface.replace(".", "/"), day=day, dayfirst=order == "day-first")


def _parsed(text: str, *, day: int | None = None, dayfirst: bool = False) -> Day | None:
    """Return what dateutil reads alike over two defaults; with `day`, only if that is the day."""
    try:
        one, two = (
            parser.parse(text, parserinfo=_INFO, default=default, dayfirst=dayfirst, ignoretz=True)
            for default in _DEFAULTS
        )
    except (ValueError, OverflowError, TypeError, AttributeError):
        # Besides its ParserError (a ValueError) dateutil lets these three out on odd input.
        return None
    if one.year != two.year or (day is not None and one.day != day):
        return None
    if one.month != two.month:
        return Day(date(one.year, 1, 1), "year")
    if one.day != two.day:
        return Day(date(one.year, one.month, 1), "month")
    return Day(one.date(), "day")


def read_day(text: str, *, order: Order | None = None) -> Day | None:
    """Return the date that a whole string is, with weekday, clock, zone or label around it or not."""
    text = " ".join(text[: _LONGEST + 1].split())
    if len(text) > _LONGEST:
        return None
    written = next(find_days(text), None) or next(find_months(text), None)
    if written is not None:
        alone = stands_round(text[: written.start] + " " + text[written.end :])
        return read_written(written.surface, written.form, order) if alone else None
    whole = _WHOLE.match(text)
    if whole is None or not stands_round(text[whole.end() :]):
        return None
    if whole.lastgroup == "packed":
        return read_written(f"{text[:4]}-{text[4:6]}-{text[6:8]}", "iso")
    return _parsed(whole.group().replace("/", "-"))


def stands_round(text: str) -> bool:
    """Tell whether a text is only what may stand around a date: weekday, clock, zone, label, marks.

    The marks of birth and death are not among them.
    """
    return not _LIFE.search(text) and not re.search(r"\w", _ROUND.sub(" ", text))


def is_date_line(line: str) -> bool:
    """Tell a line that is one or more full dates and nothing else; whether the days exist is not asked."""
    if len(line) > _LONGEST:
        return False
    spans = list(find_days(line))
    rest = line
    for written in reversed(spans):
        rest = rest[: written.start] + " " + rest[written.end :]
    return bool(spans) and stands_round(rest)


def has_clock(line: str) -> bool:
    """Tell whether a line shows a time of day: articles have one, the banner of a site seldom."""
    return bool(_CLOCK_AT_ALL.search(line))


def has_weekday(line: str) -> bool:
    """Tell whether a line names a weekday."""
    return bool(_WEEKDAY.search(line))


def plausible(day: Day | None, *, today: date) -> Day | None:
    """Return the day if an article may bear it: from 1700 to two days from `today`."""
    if day is None or day.date < date(EARLIEST_YEAR, 1, 1) or is_ahead(day, today=today):
        return None
    return day


def is_ahead(day: Day, *, today: date) -> bool:
    """Tell whether a day is too far from `today` for an article to bear it already."""
    return day.date > today + LATEST_AHEAD
