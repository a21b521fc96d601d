"""Dates told from the hour a page was fetched: "3 hours ago", "yesterday", "vor zwei Tagen".

They are read only when that hour is given, and only where it settles the day: "5 hours ago" of a
page whose day of fetching alone is known may be that day or the one before, so it is neither.
"""

import re
from datetime import datetime, timedelta

from dateutil import parser

from indexer.days import Day, stands_round

_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "einem": 1, "einer": 1, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6,
    "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5,
    "una": 1, "uno": 1, "dos": 2, "tres": 3, "cuatro": 4, "due": 2, "tre": 3,
}  # fmt: skip
_UNITS = {
    "minutes": "minute minutes min mins minuten minutos minuto minuti",
    "hours": "hour hours hr hrs h stunde stunden heure heures hora horas ora ore",
    "days": "day days tag tagen jour jours día días dia dias giorno giorni",
}
_UNIT = {word: unit for unit, words in _UNITS.items() for word in words.split()}
_COUNT = rf"(?P<count>\d{{1,3}}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"
_WORD = rf"(?P<unit>{'|'.join(sorted(_UNIT, key=len, reverse=True))})"
_AGO = re.compile(
    rf"\b(?:{_COUNT} {_WORD} ago|(?:vor|il y a|hace) {_COUNT.replace('count', 'count2')}"
    rf" {_WORD.replace('unit', 'unit2')}"
    rf"|{_COUNT.replace('count', 'count3')} {_WORD.replace('unit', 'unit3')} fa"
    r"|(?P<near>yesterday|gestern|hier|ayer|ieri|today|heute|aujourd['’]hui|hoy|oggi))\b",
    re.IGNORECASE,
)
_YESTERDAY = frozenset(("yesterday", "gestern", "hier", "ayer", "ieri"))
LINE = 60
"""Characters of a line that tells how long ago and little else."""


def fetched_at(given: str | None) -> tuple[datetime, bool] | None:
    """Return when a page was fetched, in its own zone, and whether the hour was given; None if unreadable."""
    text = (given or "").strip()[:40]
    if not re.match(r"\d{4}-\d\d-\d\d", text):
        return None
    try:
        return parser.isoparse(text).replace(tzinfo=None), ":" in text
    except (ValueError, OverflowError):
        return None


def tells_ago(line: str) -> bool:
    """Return whether a line tells how long ago and little else."""
    return len(line) <= LINE and _AGO.search(line) is not None


def day_ago(line: str, fetched: tuple[datetime, bool]) -> Day | None:
    """Return the day that a line tells from the hour of fetching, None when it tells none for certain."""
    text = " ".join(line.split())
    found = _AGO.search(text) if len(text) <= LINE else None
    if found is None or not stands_round(text[: found.start()] + " " + text[found.end() :]):
        return None
    at, has_clock = fetched
    if found.group("near"):
        return Day((at - timedelta(days=found.group("near").lower() in _YESTERDAY)).date(), "day")
    count, unit = (
        found.group(name) or found.group(f"{name}2") or found.group(f"{name}3") for name in ("count", "unit")
    )
    number = int(count) if count.isdigit() else _NUMBERS[count.lower()]
    length = _UNIT[unit.lower()]
    if length != "days" and not has_clock:
        return None
    return Day((at - timedelta(**{length: number})).date(), "day")
