"""Where an article was filed, and which of its countries it is about.

A *dateline* opens a report: `BAKU, Azerbaijan (Agency) -`, `SALVADOR, Feb 26 -`. It may come as a string
of its own or stand at the head of the body.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.homonyms import read_dateline
from indexer.own_places import AT_HOME, NO_PLACES, OwnPlaces
from indexer.place_evidence import Reading
from indexer.places import cut
from search.domain import Span

HEAD = 140
"""Signs of the body in which a dateline must end; the longest met had 96."""

LEAD = 250
"""Signs of the body that count as the lead: about the first paragraph of an agency report."""

_DASH = re.compile(r"\s(?:-{1,2}|[–—])(?=\s|$)|\s?[–—]\s?|\)\s?:\s")
_DATE = re.compile(
    r"\d|\b(?:jan|feb|march|mar|april|apr|may|june|jun|july|jul|aug|sept|sep|oct|nov|dec)[a-z]{0,6}\b", re.I
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where an article was filed. `span` is its place in the body, None when it was given apart."""

    readings: tuple[Reading, ...]
    span: Span | None = None

    @property
    def in_body(self) -> tuple[Reading, ...]:
        """The readings that point into the body."""
        return self.readings if self.span else ()


def dateline_of(
    given: str, body: str, *, own: OwnPlaces = NO_PLACES, own_given: OwnPlaces = NO_PLACES
) -> Dateline | None:
    """Return the dateline given apart, else the one at the body's head, else None.

    `own` are the places that a `tags.toml` says of the body, `own_given` of the line given apart.
    """
    if given.strip():
        readings = read_dateline(given[:HEAD]) or read_dateline(given[:HEAD].title())
        readings = own_given.filed(readings, (0, len(given)))
        return Dateline(readings) if readings else None
    span = _head(body)
    if span is None:
        return None
    start, end = span
    readings = own.filed((reading.moved(start) for reading in read_dateline(body[start:end])), span)
    return Dateline(readings, span) if readings else None


def _head(body: str) -> Span | None:
    """Return the span of what looks like a dateline at the body's head.

    It ends at a dash, and either opens in capitals or holds a date or a source in brackets.
    """
    start = len(body[: HEAD * 2]) - len(body[: HEAD * 2].lstrip())
    head = body[start : start + HEAD]
    dash = _DASH.search(head)
    if dash is None or "\n\n" in head[: dash.start()]:
        return None
    place = head[: dash.start()]
    first = re.match(r"[^\W\d_]+", place)
    if first is None or not place[:1].isupper():
        return None
    shouted = len(first.group()) > 1 and first.group().isupper()
    if not shouted and not ("(" in place or _DATE.search(place)):
        return None
    if len(cut(place).spans) > 14:
        return None
    return start, start + dash.start()


def roles_of(
    code: str, *, homes: Sequence[str], title: Sequence[Reading], body: Sequence[Reading]
) -> tuple[str, ...]:
    """Return the roles of a country, in the order of `COUNTRY_ROLES`.

    It is `mentioned` when title or body name it outside the dateline.
    """
    told = [reading for reading in body if not reading.rule.startswith(AT_HOME)]
    in_title = any(code in reading.codes for reading in title)
    named = [reading for reading in told if code in reading.codes]
    headed = any(code in reading.codes and reading.rule != "currency" for reading in title)
    roles = []
    if code in homes:
        roles.append("filed-from")
    if headed or _is_subject(code, homes=homes, told=[r for r in told if r.rule != "currency"]):
        roles.append("about")
    if in_title or named:
        roles.append("mentioned")
    return tuple(roles)


def _is_subject(code: str, *, homes: Sequence[str], told: Sequence[Reading]) -> bool:
    """Whether the body alone makes an article about a country.

    Measured on the half of Reuters that rules are made on: a country named once in the lead is the
    editors' choice in one story of five, named three times there or four times anywhere in more than
    half. Without a dateline the lead has the first word.
    """
    spots = [reading.start for reading in told if code in reading.codes]
    share = len(spots) / max(len(told), 1)
    if len(spots) >= 4 and share >= 0.1:
        return True
    if not spots or spots[0] >= LEAD:
        return False
    return not homes or len(spots) >= 3 or (len(spots) >= 2 and share >= 0.4)
