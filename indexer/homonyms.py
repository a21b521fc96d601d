"""Which place a name means here, or none: the words beside it and the rest of the article decide.

Three passes. Names that say their place themselves (a country, `Athens, Ga.`, a large city without rivals)
are read first and become the *evidence* of the article. Then every other name is read as its likeliest
sense, by size and evidence. What stays doubtful is read as nothing.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from math import log2

from indexer.context import is_currency, is_placed, refused
from indexer.places import ABBREVIATION_WEIGHT, Candidate, Sense, Words, cut, find_places, is_country_kind

THRESHOLD = 50
"""Least score of a reading: a city of 100,000 without evidence, or a village in its own state."""

MARGIN = 8
"""Least lead over the best reading in another country."""

AT_HOME = 14
"""What a name gains that the table knows in one country alone, measured on half of LGL."""

_COMMA = re.compile(r",?\.?,\s{1,3}")
DOUBTFUL = frozenset(
    {"congo", "dominican", "dominicans", "georgia", "jordan", "lebanon", "palestine", "washington"}
)
"""Countries and states that share their names with each other or with towns often in the news."""

_PREFERRED = {"congo": "CD", "dominican": "DO", "dominicans": "DO"}
_CAUCASUS = frozenset({"AZ", "AM", "TR", "RU", "UA"})


@dataclass(frozen=True, slots=True)
class Reading:
    """A name that was read as a place: its span, the countries, and the rule."""

    start: int
    end: int
    codes: tuple[str, ...]
    rule: str
    area: str = ""

    def moved(self, by: int) -> "Reading":
        """Return the reading in a text that begins `by` signs earlier."""
        return replace(self, start=self.start + by, end=self.end + by)


@dataclass(frozen=True, slots=True)
class Evidence:
    """How often an article points to each country and area.

    `spelled` holds the senses that it spells out (`Athens, Ga.`), `placed` the names that it uses as a
    place at least once (`in Bicester`).
    """

    codes: Counter[str] = field(default_factory=Counter)
    areas: Counter[tuple[str, str]] = field(default_factory=Counter)
    spelled: dict[str, Sense] = field(default_factory=dict)
    placed: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, readings: Iterable[Reading]) -> "Evidence":
        """Return the evidence of a dateline."""
        evidence = cls()
        for reading in readings:
            evidence.add(reading.codes, reading.area)
        return evidence

    def add(self, codes: tuple[str, ...], area: str) -> None:
        """Count one more name of a country, and of its area."""
        self.codes.update(codes)
        if area:
            self.areas[codes[0], area] += 1

    def bonus(self, sense: Sense) -> float:
        """Return what the article adds to the score of a sense."""
        seen = max((self.codes[code] for code in sense.codes), default=0)
        near = self.areas[sense.codes[0], sense.area] if sense.area else 0
        return (10 + 3 * min(log2(seen), 3) if seen else 0) + (12 + 3 * min(log2(near), 3) if near else 0)


def read_places(
    texts: Sequence[Words], places: Sequence[list[Candidate]], *, evidence: Evidence
) -> list[list[Reading]]:
    """Return the readings of each text; all texts of an article are read in one light."""
    pairs = list(zip(texts, places, strict=True))
    settled = [_settle(words, candidates, evidence) for words, candidates in pairs]
    for number, (words, candidates) in enumerate(pairs):
        _settle_cities(words, candidates, settled[number], evidence)
    return [
        [
            reading
            for number, candidate in enumerate(candidates)
            if (reading := _read(words, candidate, known.get(number), evidence)) is not None
        ]
        for (words, candidates), known in zip(pairs, settled, strict=True)
    ]


def read_dateline(line: str) -> tuple[Reading, ...]:
    """Return the places of a dateline: each city with the state or country that follows it."""
    words = cut(line)
    candidates = [c for c in find_places(words) if c.entry.senses and _bounded(words, c)]
    settled = _settle(words, candidates, Evidence())
    readings = []
    for number, candidate in enumerate(candidates):
        best = settled.get(number) or max(candidate.entry.senses, key=_standing)
        if best.kind == "demonym" or (number not in settled and best.weight < 40):
            continue
        if best.kind == "abbreviation" and number not in settled:
            continue
        if number and number not in settled and not _paired(words, candidates[number - 1], candidate):
            continue
        readings.append(_reading(candidate, replace(best, kind="dateline city")))
    return tuple(readings)


def _standing(sense: Sense) -> int:
    """Return the weight of a sense in a dateline, where a capital needs no country beside it."""
    return sense.weight + 7 * (sense.kind == "capital")


def _bounded(words: Words, candidate: Candidate) -> bool:
    """Whether a name fills its part of a dateline: MATAO in SAN MATAO is no city of its own."""
    before, after = words.text[: candidate.start].rstrip(), words.text[candidate.end :].lstrip(". ")
    starts = not before or before[-1] in ",/(&-–—" or before.endswith((" and", "\n"))
    return starts and (not after or after[0] in ",/()&-–—:" or after.startswith("and ") or after[0].isdigit())


def _paired(words: Words, one: Candidate, other: Candidate) -> bool:
    """Whether two names of a dateline stand for two places: WASHINGTON/LONDON, Paris and Rome."""
    return words.text[one.end : other.start].strip(" .") in {"/", "and", "&", "-", "–"}


def _settle(words: Words, candidates: list[Candidate], evidence: Evidence) -> dict[int, Sense]:
    """Return the senses that need no evidence, by candidate, and add them to the evidence."""
    settled: dict[int, Sense] = {}
    for number, candidate in enumerate(candidates):
        follower = candidates[number + 1] if number + 1 < len(candidates) else None
        pair = _qualified(words, candidate, follower) if follower else None
        if pair is not None:
            settled[number], settled[number + 1] = pair
            evidence.spelled[candidate.entry.key] = pair[0]
    for number, candidate in enumerate(candidates):
        if is_placed(words, candidate):
            evidence.placed.add(candidate.entry.key)
        plain = settled.get(number) or _plain(words, candidate)
        if plain is not None:
            settled[number] = plain
            evidence.add(plain.codes, plain.area)
    return settled


def _settle_cities(
    words: Words, candidates: list[Candidate], settled: dict[int, Sense], evidence: Evidence
) -> None:
    """Settle the large cities without rivals; a namesake in an area of the article is a rival."""
    for number, candidate in enumerate(candidates):
        entry = candidate.entry
        if number in settled or not entry.senses or entry.key in DOUBTFUL or refused(words, candidate):
            continue
        first = entry.senses[0]
        rivals = [s.weight + evidence.bonus(s) for s in entry.senses if s.codes != first.codes]
        if first.weight >= 55 and first.weight + evidence.bonus(first) - max(rivals, default=0) >= 12:
            settled[number] = first
            evidence.add(first.codes, first.area)


def _qualified(words: Words, candidate: Candidate, follower: Candidate) -> tuple[Sense, Sense] | None:
    """Return both senses of a place and the state or country named after it: Paris, Texas."""
    if not _COMMA.fullmatch(words.text[candidate.end : follower.start]):
        return None
    best: tuple[int, Sense, Sense] | None = None
    is_country = any(is_country_kind(sense.kind) for sense in candidate.entry.senses)
    for outer in follower.entry.senses:
        whole = is_country_kind(outer.kind)
        if outer.kind not in {"state", "abbreviation"} and (is_country or not whole):
            continue
        for inner in candidate.entry.senses:
            if inner.kind not in {"city", "capital", "region"} or inner.codes != outer.codes:
                continue
            if whole or inner.area == outer.area:
                best = max(best or (0, inner, outer), (inner.weight, inner, outer), key=lambda row: row[0])
    return None if best is None else (best[1], best[2])


def _plain(words: Words, candidate: Candidate) -> Sense | None:
    """Return the country or state that a name means everywhere, None for all other names."""
    senses = candidate.entry.senses
    if not senses or refused(words, candidate):
        return None
    first = senses[0]
    if first.weight < ABBREVIATION_WEIGHT or candidate.entry.key in DOUBTFUL:
        return None
    return first


def _read(words: Words, candidate: Candidate, settled: Sense | None, evidence: Evidence) -> Reading | None:
    """Return the reading of one candidate, None when it is no place or stays doubtful."""
    if settled is not None:
        return _reading(candidate, settled, currency=is_currency(words, candidate))
    senses = candidate.entry.senses
    if not senses or refused(words, candidate):
        return None
    if candidate.entry.key == "georgia":
        return _reading(candidate, _georgia(senses, evidence))
    sense = _likeliest(words, candidate, evidence)
    return None if sense is None else _reading(candidate, sense)


def _likeliest(words: Words, candidate: Candidate, evidence: Evidence) -> Sense | None:
    """Return the best sense, None when it is too weak or another country comes too close."""
    entry = candidate.entry
    spelled = evidence.spelled.get(entry.key)
    if spelled is not None:
        return spelled
    preferred = _PREFERRED.get(entry.key)
    scored = [
        (
            sense.weight
            + evidence.bonus(sense)
            + (7 if sense.kind == "capital" or preferred in sense.codes else 0),
            sense,
        )
        for sense in entry.senses
    ]
    best, sense = max(scored, key=lambda row: row[0])
    rival = max((score for score, other in scored if other.codes != sense.codes), default=0)
    if sense.weight >= ABBREVIATION_WEIGHT:
        return _town(entry.senses, evidence) or sense
    if best - _doubt(words, candidate, evidence) < THRESHOLD or best - rival < MARGIN:
        return None
    return sense


def _town(senses: Sequence[Sense], evidence: Evidence) -> Sense | None:
    """Return the town that bears a country's name in a state the article keeps to, None abroad."""
    if any(evidence.codes[code] for code in evidence.codes if code != "US"):
        return None
    towns = [sense for sense in senses if sense.area and evidence.areas["US", sense.area] >= 2]
    return towns[0] if towns and towns[0].codes == ("US",) else None


def _doubt(words: Words, candidate: Candidate, evidence: Evidence) -> int:
    """Return what a city's score loses because the word may be another, less what speaks for a place."""
    entry = candidate.entry
    doubt = 15 * entry.common + 4 * entry.surname + 4 * entry.given
    if is_placed(words, candidate):
        doubt -= 6
    elif entry.surname or entry.given or entry.common or words.shouting:
        return doubt
    at_home = len({sense.codes for sense in entry.senses}) == 1 and (
        " " in entry.key or entry.key in evidence.placed
    )
    return doubt - AT_HOME * at_home


def _georgia(senses: Sequence[Sense], evidence: Evidence) -> Sense:
    """Return the country or the state, whichever the article speaks of otherwise."""
    country = next(sense for sense in senses if is_country_kind(sense.kind))
    state = next(sense for sense in senses if sense.kind == "state")
    if (spelled := evidence.spelled.get("georgia")) is not None:
        return spelled
    east = 3 * evidence.codes["GE"] + sum(evidence.codes[code] for code in _CAUCASUS)
    west = 3 * evidence.areas["US", "GA"] + sum(
        count for (code, _), count in evidence.areas.items() if code == "US"
    )
    return state if west > east else country


def _reading(candidate: Candidate, sense: Sense, *, currency: bool = False) -> Reading:
    """Return a candidate read in one sense, with the rule in words."""
    rule = sense.kind
    if currency:
        rule = "currency"
    elif sense.kind in {"state", "abbreviation"}:
        rule = "us state" if sense.codes == ("US",) else "region"
    elif sense.kind == "short":
        rule = "short form"
    elif sense.kind.startswith("former state"):
        rule = f"former state: {sense.kind.removeprefix('former state ')} -> {', '.join(sense.codes)}"
    return Reading(candidate.start, candidate.end, sense.codes, rule, sense.area)
