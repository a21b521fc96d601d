"""Places that the words right beside them tell apart: `Athens, Ga.`, `Tripoli in northern Lebanon`."""

import re
from collections.abc import Sequence

from indexer.places import STATE_WEIGHT, Candidate, Sense, Words, is_country_kind

_SIDE = r"(?:north|south|east|west|central|upper|lower|mid)[a-z-]{0,12}"
_WITHIN = re.compile(
    rf",?\.?,\s{{1,3}}|\sin\s(?:the\s)?(?:{_SIDE}\s)?(?:the\s)?(?:(?:u\.s\.\s)?(?:state|province)\sof\s)?"
)
_OF = re.compile(
    r"(?:['’]s)?\s(?:[a-z-]{2,12}\s){0,2}(?:city|town|port|village|capital|resort|suburb|island|province|region|district|state)(?:\scity)?\sof\s"
)

_STATES_TOO = {"new york": "NY", "washington": "WA"}
"""Cities whose name behind a comma is that of a state: Cuba, New York."""


def spelled_out(words: Words, candidates: Sequence[Candidate], number: int) -> tuple[Sense, Sense] | None:
    """Return the senses of candidates `number` and the next when one says where the other lies."""
    one, other = candidates[number], candidates[number + 1]
    between = words.text[one.end : other.start]
    if len(between) > 60:
        return None
    if _WITHIN.fullmatch(between):
        outers = _outer_senses(words, candidates, number)
        return _qualified(one, outers, sure=not between.lstrip(".").startswith(","))
    if _OF.fullmatch(between):
        pair = _qualified(other, one.entry.senses, sure=True)
        return None if pair is None else (pair[1], pair[0])
    return None


def _outer_senses(words: Words, candidates: Sequence[Candidate], number: int) -> tuple[Sense, ...]:
    """Return what the name behind a comma may stand for: New York is a state there, but not in a list."""
    outer = candidates[number + 1]
    area = _STATES_TOO.get(outer.entry.key)
    if area is None:
        return outer.entry.senses
    listed = words.text[outer.end : outer.end + 5] == " and " or (
        number > 0 and words.text[candidates[number - 1].end : candidates[number].start].strip() == ","
    )
    return () if listed else (Sense(("US",), "state", area, STATE_WEIGHT),)


def _qualified(candidate: Candidate, outers: Sequence[Sense], *, sure: bool) -> tuple[Sense, Sense] | None:
    """Return the heaviest sense of a place that lies in a sense of the other, and that sense.

    A comma alone is not `sure`: behind the name of a country it is most likely that of a list.
    """
    best: tuple[int, Sense, Sense] | None = None
    listed = not sure and any(is_country_kind(sense.kind) for sense in candidate.entry.senses)
    for outer in outers:
        whole = is_country_kind(outer.kind) or (sure and outer.kind == "demonym")
        if outer.kind not in {"state", "abbreviation"} and (listed or not whole):
            continue
        for inner in candidate.entry.senses:
            if inner.kind not in {"city", "capital", "region"} or inner.codes != outer.codes:
                continue
            if whole or inner.area == outer.area:
                best = max(best or (0, inner, outer), (inner.weight, inner, outer), key=lambda row: row[0])
    return None if best is None else (best[1], best[2])
