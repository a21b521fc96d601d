"""Dates that a text tells by its own day: "on November 27", "last Tuesday", "in early February", "next year".

They are resolved against the day of publication alone, never against today's, and in favour of
nothing: where the words leave the year, or past and future, open, no date is read. A weekday or a
month without a year is the last one, or the coming one behind words of the future. A day and month
are those of the year that brings them nearest, unless the sentence speaks of another year.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from indexer.days import Day
from indexer.tense import is_future, is_past, sentence_after, sentence_before, tells_what_happened
from search.domain import Precision

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
_SHORT = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Sep", "Oct", "Nov", "Dec")
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NUMBER = {name[:3].lower(): number for number, name in enumerate(_MONTHS, start=1)}
_WEEKDAY = {name.lower(): number for number, name in enumerate(_WEEKDAYS)}

_MONTH = rf"(?:{'|'.join(_MONTHS)}|(?:{'|'.join(_SHORT)})\b\.?|{'|'.join(_MONTHS).upper()})"
_GAP = r"[ \u00a0\u202f]"
_NO_YEAR = rf"(?!{_GAP}?[-/]?\d)(?![-/.]\w)(?!,{_GAP}?\d{{4}})(?!{_GAP}of{_GAP}\d{{4}})(?!{_GAP}?['’]\d)"
_CLUE = re.compile(
    rf"(?<![\w./-])(?:"
    rf"(?P<month_day>(?P<m1>{_MONTH}){_GAP}(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?)(?!\w)"
    rf"|(?P<day_month>(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?{_GAP}(?:of{_GAP})?(?P<m2>{_MONTH}))(?!\w)"
    rf"|(?P<weekday>(?:(?P<w_which>[Ll]ast|[Nn]ext|[Tt]his(?:{_GAP}past)?|[Cc]oming|[Tt]he{_GAP}following){_GAP})?"
    rf"(?P<w>{'|'.join(_WEEKDAYS)}))(?![\w-])"
    rf"|(?P<month>(?P<m_which>[Ll]ast|[Nn]ext|[Tt]his){_GAP}(?P<m3>{_MONTH})"
    rf"|(?:(?P<part>[Ee]arly|[Ll]ate|[Mm]id)[ -]"
    rf"|(?P<before>[Ii]n|[Ss]ince|[Uu]ntil|[Bb]y|[Dd]uring|[Tt]hrough){_GAP})"
    rf"(?P<m4>{_MONTH}))(?![\w-])"
    rf"|(?P<span>(?P<s_which>[Ll]ast|[Nn]ext|[Tt]his){_GAP}(?P<unit>month|year))(?![\w-])"
    rf"|(?P<near>[Yy]esterday|[Tt]oday|[Tt]omorrow|[Tt]onight|[Ll]ast{_GAP}night)(?![\w-])"
    rf")"
)
_HINT = re.compile(
    r"day\b|[Tt]omorrow|[Tt]onight|(?:[Ll]ast|[Nn]ext|[Tt]his) (?:night|month|year)"
    r"|\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)"
)
_UP_TO = re.compile(r"\b(?:through|until|till|by|to|and|or)(?: late| early)? $", re.IGNORECASE)
_NAMED_DAY = re.compile(
    r"\b(?:[Gg]ood|Black|Bloody|Ash|Super|Palm|Easter|Cyber|Giving|Sheffield|Whit|Holy|Shrove|Maundy"
    r"|Casual|[Ee]very|[Ee]ach|[Aa] |[Oo]n a|that|same|previous|[Tt]hat|[Oo]ne|[Aa]nother) ?$"
    r"|\b(?:Ruby|Joe|Billie|Man|Girl) $|\b(?:Mail|Sun|Star|Independent|Scotland) on $"
    r"|\b(?:first|second|third|fourth|final) $|\bweeks? from $|\b(?:week|month|year|day)s? ago (?:on )?$"
)
# "The Tuesday after the storm", "the last Friday in May": of another time than the article's.
_OTHER_WEEK = re.compile(rf"{_GAP}(?:before|after|following|of|in|that|when)\b")
_NAME_AFTER = re.compile(
    r"s\b| (?:opening|trading|school|roast|week\b)"
    r"|['’]?s? (?:Times|Telegraph|Mirror|Post|Mail|Express|Herald|Night Live|Agreement|prayers)"
)
_NOT_TODAY = re.compile(r"['’]s\b|-")
_BEFORE_TODAY = re.compile(
    r"\b(?:of|until|to this|even|no|better|brighter|USA|Russia|Politics|Psychology|Turkey|Poland|India)$",
    re.I,
)
_THAT_YEAR = re.compile(
    r"[,]? (?:in|of) (?:that|the same|the following|the previous|\d{4})\b|[,]? (?:that|the same) year"
)
_BESIDE_YEAR = re.compile(r",? (?:of )?(last|this|next) year", re.IGNORECASE)
_EVENT_AFTER = re.compile(
    r" (?:Capitol )?(?:attacks?|hijack|terror|uprising|massacre|revolution|riot|insurrection|assault"
    r"|committee|Movement|Agreement|Committee|Alliance|Brigade|Avenue|Street)"
)
# "May 3 million people voted", "April 12 percent more".
_COUNTED = re.compile(
    rf"{_GAP}(?:million|billion|trillion|thousand|hundred|per ?cent|percentage|points?|times|miles|km)\b"
)
_YEAR = re.compile(r"(?<!\d)(?:1[7-9]\d\d|2[01]\d\d)(?!\d)")
_BACK, _AHEAD = 240, 160
_A_YEAR, _AHEAD_ALONE = timedelta(days=366), timedelta(days=100)
_UPDATED = timedelta(days=7)
"""An article that was brought up to date tells what happened some days after its own."""
_NEAR_MONTHS = 3
MOST = 2_000
"""Dates of one text that are looked at."""


@dataclass(frozen=True, slots=True)
class Told:
    """A date told by another: its span, the period it is, and the rule that says how it was resolved."""

    start: int
    end: int
    day: Day
    rule: str


def find_told(text: str, published: Day) -> Iterator[Told]:
    """Yield the dates of a text that its day of publication resolves, in order and apart.

    Of an article that is known by its month or year only what that settles is resolved.
    """
    if not _HINT.search(text):
        return
    for match in islice(_CLUE.finditer(text), MOST):
        read = next(reader for kind, reader in _KINDS.items() if match.group(kind))(match, published)
        if read is not None:
            day, rule = read
            start = match.start("m4") if match.group("before") else match.start()
            yield Told(start, match.end(), day, rule)


def day_of(month: int, day: int, published: Day, *, ahead: timedelta) -> Day | None:
    """Return the day of the year that brings it nearest to the publication; None if there is none such.

    A day that would lie further ahead is that of the year before: news tell more of what was.
    """
    about = _middle(published)
    found = (_date(about.year + offset, month, day) for offset in (-1, 0, 1))
    likely = [one for one in found if one and one - about <= ahead]
    near = min(likely, key=lambda one: abs(one - about), default=None)
    return Day(near, "day") if near else None


def stated_day(text: str, period: Day) -> Day | None:
    """Return the first day and month of a text as a day of the period; None if it lies in none such."""
    for match in _CLUE.finditer(" ".join(text.title().split())):
        if match.group("month_day") or match.group("day_month"):
            month = _NUMBER[(match.group("m1") or match.group("m2"))[:3].lower()]
            day = _date(period.date.year, month, int(match.group("d1") or match.group("d2")))
            within = period.precision == "year" or month == period.date.month
            return Day(day, "day") if day and within else None
    return None


def _middle(published: Day) -> date:
    return published.date + timedelta(days={"day": 0, "month": 14, "year": 182}[published.precision])


def _date(year: int, month: int, day: int) -> date | None:
    """Return a date, None if there is no such day."""
    if not 1 <= year <= 9998 or not 1 <= day <= monthrange(year, month)[1]:
        return None
    return date(year, month, day)


def _day_and_month(match: re.Match[str], published: Day) -> tuple[Day, str] | None:
    """Read "November 27": of the year that brings it nearest."""
    after = match.string[match.end() : match.end() + 40]
    month = _NUMBER[(match.group("m1") or match.group("m2"))[:3].lower()]
    day = int(match.group("d1") or match.group("d2"))
    if published.precision == "year" or not re.match(_NO_YEAR, after):
        return None
    if beside := _BESIDE_YEAR.match(after):
        step = {"last": -1, "this": 0, "next": 1}[beside.group(1).lower()]
        whole = _date(published.date.year + step, month, day)
        return (Day(whole, "day"), "date:day, nearest year") if whole else None
    if _THAT_YEAR.match(after) or _EVENT_AFTER.match(after) or (match.group("m1") and _COUNTED.match(after)):
        return None
    years = _years_beside(match)
    if years:
        found = {_date(int(year), month, day) for year in years} - {None}
        within = [Day(one, "day") for one in found if one and abs(one - published.date) < _A_YEAR]
        return (within[0], "date:day, nearest year") if len(within) == 1 and len(years) == 1 else None
    nearest = _nearest(match, month, day, published)
    return (nearest, "date:day, nearest year") if nearest else None


def _nearest(match: re.Match[str], month: int, day: int, published: Day) -> Day | None:
    """Return the day of the year that brings it nearest; None if the words before it rule that year out."""
    before = match.string[max(0, match.start() - _BACK) : match.start()]
    after = match.string[match.end() : match.end() + _AHEAD]
    if is_past(before):
        return day_of(month, day, published, ahead=_UPDATED)
    if not is_future(before, after):
        return day_of(month, day, published, ahead=_AHEAD_ALONE)
    nearest = day_of(month, day, published, ahead=_A_YEAR)
    long_past = nearest is not None and published.date - nearest.date > _AHEAD_ALONE
    return None if long_past else nearest


def _a_weekday(match: re.Match[str], published: Day) -> tuple[Day, str] | None:
    """Read "last Tuesday", "on Tuesday", "next Tuesday"."""
    text, which = match.string, (match.group("w_which") or "").lower()
    before, after = (
        text[max(0, match.start() - _BACK) : match.start()],
        text[match.end() : match.end() + _AHEAD],
    )
    if published.precision != "day" or _NAMED_DAY.search(before[-24:]) or _NAME_AFTER.match(after):
        return None
    if before[-4:].lower() == "the " and (which in ("last", "next") or _OTHER_WEEK.match(after)):
        return None
    future = is_future(before, after)
    if not which and _UP_TO.search(before) and not future:
        return None  # the end of a time that may lie ahead or behind
    if which.endswith("following") or re.match(rf",?{_GAP}(?:{_MONTH}|the{_GAP}\d|\d)", after):
        return None  # its date stands beside it, or it follows another day
    back = (published.date.weekday() - _WEEKDAY[match.group("w").lower()]) % 7
    if which in ("next", "coming"):
        return _day(published, (7 - back) or 7), "date:weekday"
    if which == "last":
        return _day(published, -(back or 7)), "date:weekday"
    if which == "this" or (not which and future):
        return (_day(published, (7 - back) % 7), "date:weekday") if future else None
    return _day(published, -back), "date:weekday"


def _a_month(match: re.Match[str], published: Day) -> tuple[Day, str] | None:
    """Read "in early February", "last March"."""
    text, which = match.string, (match.group("m_which") or "").lower()
    after = text[match.end() : match.end() + _AHEAD]
    if published.precision == "year" or not re.match(_NO_YEAR, after) or re.match(rf",?{_GAP}\d", after):
        return None
    number = _NUMBER[(match.group("m3") or match.group("m4"))[:3].lower()]
    back = (published.date.month - number) % 12
    ahead = (12 - back) % 12
    before = text[max(0, match.start() - _BACK) : match.start()]
    told = (match.group("before") or "").lower()
    coming = told not in ("since", "during") and is_future(before, after)
    if told in ("by", "until", "through") and not coming:
        # Told alone, an end in words of the past lies a little behind, another ahead; else it is open.
        happened = tells_what_happened(before)
        if re.match(rf"{_GAP}[A-Z]", after) or (back if happened else ahead) > _NEAR_MONTHS:
            return None
        coming = not happened
    if which == "next" or (not which and coming):
        months = ahead or (12 if which else 0)
    else:
        months = -(back or (12 if which == "last" else 0))
    found = _month(published, months)
    if _THAT_YEAR.match(after) or _speaks_of_another_year(match, found):
        return None
    return found, "date:month, nearest year"


def _a_span(match: re.Match[str], published: Day) -> tuple[Day, str] | None:
    """Read "last month", "next year"."""
    step = {"last": -1, "this": 0, "next": 1}[match.group("s_which").lower()]
    if match.string[max(0, match.start() - 4) : match.start()].lower() == "the ":
        return None  # "the next year": beside another than its own
    if match.group("unit") == "year":
        year = published.date.year + step
        return Day(date(year, 1, 1), "year"), "date:year beside its own"
    return None if published.precision == "year" else (_month(published, step), "date:month beside its own")


def _near(match: re.Match[str], published: Day) -> tuple[Day, str] | None:
    """Read "yesterday", "today", "tomorrow"."""
    text = match.string
    said = match.group("near").lower()
    if published.precision != "day" or _NOT_TODAY.match(text, match.end()):
        return None
    if _BEFORE_TODAY.search(text[max(0, match.start() - 16) : match.start()].rstrip()):
        return None
    step = {"yesterday": -1, "tomorrow": 1}.get(said, -1 if said.startswith("last") else 0)
    return _day(published, step), "date:day beside its own"


_KINDS = {
    "month_day": _day_and_month,
    "day_month": _day_and_month,
    "weekday": _a_weekday,
    "month": _a_month,
    "span": _a_span,
    "near": _near,
}


def _day(published: Day, step: int) -> Day:
    return Day(published.date + timedelta(days=step), "day")


def _month(published: Day, step: int) -> Day:
    """Return the month so many months away."""
    months = published.date.year * 12 + published.date.month - 1 + step
    precision: Precision = "month"
    return Day(date(months // 12, months % 12 + 1, 1), precision)


def _speaks_of_another_year(match: re.Match[str], found: Day) -> bool:
    """Return whether the sentence of a date names years, and not the one that was found."""
    years = _years_beside(match)
    return bool(years) and str(found.date.year) not in years


def _years_beside(match: re.Match[str]) -> set[str]:
    """Return the years that the sentence of a date names."""
    text = match.string
    before = sentence_before(text[max(0, match.start() - _BACK) : match.start()])
    after = sentence_after(text[match.end() : match.end() + _AHEAD])
    return set(_YEAR.findall(before + " " + after))
