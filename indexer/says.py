"""The days, months and years that a text speaks of: "27 November 2023", "in 2023", "last Tuesday".

What carries its year needs no other date; the rest is resolved against the day of publication, and
without one is not read: no year is invented. The year alone counts in plain forms and before what
is held by the year ("2023 Winter exercises"): a bare number of four digits is as often a sum.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable
from typing import Protocol, TypeVar

from indexer import days
from indexer.days import Day, Written
from indexer.relative import find_told
from search.domain import Mention, SaysTag

# Words before a year that leave no doubt ("since 1994"), and words that also stand before a number.
_PLAIN = re.compile(r"\b(?:in|since|during|early|late|mid|year)[ \u00a0-]$", re.IGNORECASE)
_DOUBTFUL = re.compile(r"\b(?:for|of|from|by|until|till|before|after|to|and)[ \u00a0]$", re.IGNORECASE)
# "in 2000 villages" and "in 1986/87" are not years; "for 2024 was signed" is one.
_COUNTED = re.compile(
    r"[ \u00a0][a-z]{2,20}s\b(?<!\bwas)(?<!\bhas)(?<!\bits)(?<!\bas)(?<!\bis)|[-–/'’%]?\d|[-–/][a-z\d]|%"
)
_HELD = re.compile(
    r"[ \u00a0](?:[A-Z][\w-]{1,20} |(?:presidential|general|parliamentary|local|summer|winter|spring|autumn"
    r"|federal|national|financial|state) ){0,3}(?:[Ee]lections?|[Cc]ensus|[Oo]lympics|Olympic|Games|World Cup"
    r"|[Ss]eason|[Bb]udget|[Ee]xercises?|[Cc]hampionships?|[Cc]ampaign|[Ff]estival|[Ss]ummit|[Cc]onference"
    r"|[Rr]eferendum|[Rr]eport|[Ss]urvey|[Tt]ournament|[Cc]oup"
    r"|[Ee]arthquake|[Ww]inter|[Ss]ummer|Grand Prix|Awards?|[Ee]dition)\b"
)
_CLOSED = re.compile(
    r"[.,;:!?)\]\"”’]|\s*$|\n|[ \u00a0](?:was|were|is|are|has|have|had|will|would|and|or|to|by|at|on|in|as"
    r"|the|a|an|with|when|after|before|but|than|that|which|because|due|against|despite)\b"
)
_BEFORE, _AFTER = 12, 48


class _Spanned(Protocol):
    """What stands somewhere in a text."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


_AnySpan = TypeVar("_AnySpan", bound=_Spanned)


def find_says(title: str, body: str, published: Day | None = None) -> tuple[SaysTag, ...]:
    """Return the periods that title and body name, in the order of their values.

    `published` is the article's own date, which tells the year of "on November 27".
    A mention belongs to the narrowest period alone: "27 November 2023" speaks of that day, not
    also of its month.
    """
    in_title, in_body = _mentions(title, published), _mentions(body, published)
    return tuple(
        SaysTag(value, tuple(in_body.get(value, ())), tuple(in_title.get(value, ())))
        for value in sorted(in_title.keys() | in_body.keys())
    )


def _mentions(text: str, published: Day | None) -> dict[str, list[Mention]]:
    """Return the mentions of each period, by its ISO prefix; those of one period ascend."""
    full = list(days.find_days(text))
    months = _apart(days.find_months(text), full)
    found: dict[str, list[Mention]] = {}
    for rule, written in [("day", day) for day in full] + [("month", month) for month in months]:
        day = days.read_written(written.surface, written.form)
        if day is not None:
            mention = Mention(written.start, written.end, written.surface, f"date:{rule}")
            found.setdefault(_prefix(day), []).append(mention)
    if published is not None:
        for told in _apart(find_told(text, published), sorted(full + months, key=_start)):
            mention = Mention(told.start, told.end, text[told.start : told.end], told.rule)
            found.setdefault(_prefix(told.day), []).append(mention)
    for year in _apart(days.find_years(text), sorted(full + months, key=_start)):
        if _is_plain_year(text, year):
            found.setdefault(year.surface, []).append(
                Mention(year.start, year.end, year.surface, "date:year")
            )
    return {value: sorted(mentions, key=_start) for value, mentions in found.items()}


def _start(one: _Spanned) -> int:
    return one.start


def _apart(candidates: Iterable[_AnySpan], taken: list[Written]) -> list[_AnySpan]:
    """Return the candidates that touch none of the taken ones; both ascend, and so does what comes out."""
    starts = [written.start for written in taken]
    apart = []
    for written in candidates:
        before = bisect_left(starts, written.end) - 1
        if before < 0 or taken[before].end <= written.start:
            apart.append(written)
    return apart


def _prefix(day: Day) -> str:
    """Return a period as ISO prefix: 2023, 2023-11 or 2023-11-27."""
    return day.date.isoformat()[: {"year": 4, "month": 7, "day": 10}[day.precision]]


def _is_plain_year(text: str, year: Written) -> bool:
    """Tell "in 2023" from a number that happens to look like a year."""
    before = text[max(0, year.start - _BEFORE) : year.start]
    after = text[year.end : year.end + _AFTER]
    if _COUNTED.match(after):
        return False
    if _PLAIN.search(before) or _HELD.match(after):
        return True
    return bool(_DOUBTFUL.search(before) and _CLOSED.match(after))
