"""The day on which an instant told in Greenwich's hours falls by the clock of a newspaper's zone."""

import re
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from indexer.date import Clues

_INSTANT = re.compile(
    r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(?::\d\d)?(?:\.\d{1,9})?(?:[Zz]|[+-]00:?00| ?(?:UTC|GMT))"
)


def in_zone(clues: Clues, zone: str) -> Clues:
    """Return the clues with every instant in Greenwich's hours as its day in a zone that `zoneinfo` knows.

    Other offsets are the article's own clock and stay; so does a clock without any.
    """

    def days(texts: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(_day(text, zone) for text in texts)

    return replace(
        clues,
        given=_day(clues.given, zone) if clues.given else None,
        meta=days(clues.meta),
        structured=days(clues.structured),
        headed=days(clues.headed),
    )


def _day(text: str, zone: str) -> str:
    """Return the ISO day of an instant, the text itself if it is none."""
    found = _INSTANT.fullmatch(text.strip())
    if not found:
        return text
    try:
        instant = datetime.fromisoformat(f"{found[1]}T{found[2]}:00+00:00")
        return instant.astimezone(ZoneInfo(zone)).date().isoformat()
    except (ValueError, OverflowError):  # 31 February, or the first hour of the year 1
        return text
