"""Calendar periods as they are typed: `2024`, `2024-06`, `2024-01..2024-06`, `last-30-days`."""

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from search.domain import Precision

_ISO = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", re.ASCII)
_LAST = re.compile(r"last-([0-9]{1,4})-(day|week|month|year)s?", re.ASCII)
Ends = tuple[date | None, date | None]


class Period(NamedTuple):
    """A day, month or year with its inclusive ends."""

    first: date
    last: date
    precision: Precision

    @property
    def value(self) -> str:
        """The period as an ISO prefix: `2024`, `2024-06` or `2024-06-20`."""
        return self.first.isoformat()[: {"year": 4, "month": 7, "day": 10}[self.precision]]


@lru_cache(maxsize=1 << 13)  # twenty years of days; a page lists the same periods again and again
def period(value: str) -> Period:
    """Return the period of an ISO prefix. Raises ValueError for what no calendar holds."""
    match = _ISO.fullmatch(value)
    if not match:
        raise ValueError(f"{value!r} is no year, year-month or year-month-day")
    year, month, day = match.groups()
    first = date(int(year), int(month or 1), int(day or 1))  # raises ValueError, naming what is off
    return period_of(first, "day" if day else "month" if month else "year")


def period_of(day: date, precision: Precision) -> Period:
    """Return the day itself, or the month or year that it lies in."""
    if precision == "day":
        return Period(day, day, precision)
    if precision == "month":
        return Period(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]), precision)
    return Period(date(day.year, 1, 1), date(day.year, 12, 31), precision)


def date_range(text: str, today: date) -> Ends:
    """Return the inclusive ends of a range as it is typed; an end that is open is None.

    Raises ValueError, with a message for the reader, when it is no range or ends before it begins.
    """
    last = _LAST.fullmatch(text)
    if last:
        return _last(int(last[1]), last[2], today)
    for sign, ends in (
        (">=", lambda span: (span.first, None)),
        ("<=", lambda span: (None, span.last)),
        (">", lambda span: (_after(span.last), None)),
        ("<", lambda span: (None, _before(span.first))),
    ):
        if text.startswith(sign):
            return ends(period(text[len(sign) :]))
    if ".." not in text:
        span = period(text)
        return span.first, span.last
    begin, _, end = text.partition("..")
    since = period(begin).first if begin else None
    until = period(end).last if end else None
    if since is None and until is None:
        raise ValueError("a range needs a beginning or an end")
    if since and until and since > until:
        raise ValueError(f"{begin} comes after {end}")
    return since, until


def _last(count: int, unit: str, today: date) -> Ends:
    """Return the last so many days, weeks, months or years; today is the last day of them."""
    if not count:
        raise ValueError("last-0 holds no day")
    try:
        since = today - relativedelta(**{unit + "s": count}) + timedelta(days=1)  # type: ignore[arg-type]
    except (ValueError, OverflowError) as error:
        raise ValueError(f"last-{count}-{unit}s reaches before the calendar begins") from error
    return since, today


def _after(day: date) -> date:
    if day == date.max:
        raise ValueError("nothing comes after 9999")
    return day + timedelta(days=1)


def _before(day: date) -> date:
    if day == date.min:
        raise ValueError("nothing comes before 0001")
    return day - timedelta(days=1)
