"""Which place a name means here, or none: the words beside it and the rest of the article decide.

Three passes. Names that say their place themselves (`Athens, Ga.`, a country, a large city without rivals)
are read first and become the *evidence* of the article. Then every other name is read as its likeliest
sense, by size and evidence. What stays doubtful is read as nothing.
"""

from collections.abc import Sequence
from dataclasses import replace

from indexer.context import is_currency, is_placed, refused
from indexer.place_evidence import Evidence, Reading
from indexer.places import ABBREVIATION_WEIGHT, Candidate, Sense, Words, cut, find_places
from indexer.shared_names import DOUBTFUL, cue, georgia, is_town, local_town, town_of
from indexer.spelled_out import spelled_out

Kept = Sequence[tuple[int, Candidate]]
"""Candidates of a text that may be places, with their numbers."""

THRESHOLD = 50
"""Least score of a reading: a city of 100,000 without evidence, or a village in its own state."""

MARGIN = 8
"""Least lead over the best reading in another country."""

AT_HOME = 14
"""What a name gains that the table knows in one country alone, measured on half of LGL."""

_PREFERRED = {"congo": "CD", "dominican": "DO", "dominicans": "DO", "vancouver": "CA"}


def read_places(
    texts: Sequence[Words], places: Sequence[list[Candidate]], *, evidence: Evidence
) -> list[list[Reading]]:
    """Return the readings of each text; all texts of an article are read in one light."""
    settled = [_pairs(words, found, evidence) for words, found in zip(texts, places, strict=True)]
    parts = [
        (words, _kept(words, found, known), known)
        for words, found, known in zip(texts, places, settled, strict=True)
    ]
    for words, kept, known in parts:
        _settle(words, kept, known, evidence)
    for _, kept, known in parts:
        _settle_cities(kept, known, evidence)
    return [
        [
            reading
            for number, candidate in kept
            if (reading := _read(words, candidate, known.get(number), evidence)) is not None
        ]
        for words, kept, known in parts
    ]


def read_dateline(line: str) -> tuple[Reading, ...]:
    """Return the places of a dateline: each city with the state or country that follows it."""
    words = cut(line)
    candidates = [c for c in find_places(words) if c.entry.senses and _bounded(words, c)]
    settled = _pairs(words, candidates, Evidence())
    _settle(words, _kept(words, candidates, settled), settled, Evidence())
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


def _pairs(words: Words, candidates: list[Candidate], evidence: Evidence) -> dict[int, Sense]:
    """Return the senses that a text spells out, by candidate: Athens, Ga."""
    settled: dict[int, Sense] = {}
    for number in range(len(candidates) - 1):
        pair = spelled_out(words, candidates, number)
        if pair is not None:
            settled[number], settled[number + 1] = pair
            of_city = number if pair[0].kind in {"city", "capital", "region"} else number + 1
            evidence.spelled[candidates[of_city].entry.key] = settled[of_city]
    return settled


def _kept(words: Words, candidates: list[Candidate], settled: dict[int, Sense]) -> Kept:
    """Return the candidates that are spelled out or that nothing beside them refuses."""
    return [
        (number, candidate)
        for number, candidate in enumerate(candidates)
        if number in settled or (candidate.entry.senses and not refused(words, candidate))
    ]


def _settle(words: Words, kept: Kept, settled: dict[int, Sense], evidence: Evidence) -> None:
    """Settle the names that need no evidence, and add all that is settled to the evidence."""
    for number, candidate in kept:
        if is_placed(words, candidate):
            evidence.placed.add(candidate.entry.key)
        plain = settled.get(number) or _plain(words, candidate, evidence)
        if plain is not None:
            settled[number] = plain
            evidence.add(plain.codes, plain.area)
        elif candidate.entry.key == "georgia":
            evidence.hints["US", "georgia"] += cue(words, candidate)


def _settle_cities(kept: Kept, settled: dict[int, Sense], evidence: Evidence) -> None:
    """Settle the large cities without rivals; a namesake in an area of the article is a rival.

    Of the rest, names that are most likely in the United States are hints at it.
    """
    for number, candidate in kept:
        entry = candidate.entry
        if number in settled or entry.key in DOUBTFUL or entry.key in evidence.spelled:
            continue
        first = entry.senses[0]
        rivals = [s.weight + evidence.bonus(s) for s in entry.senses if s.codes != first.codes]
        if first.weight >= 55 and first.weight + evidence.bonus(first) - max(rivals, default=0) >= 12:
            settled[number] = first
            evidence.add(first.codes, first.area)
        elif first.codes == ("US",):
            evidence.hints.update({("US", sense.area) for sense in entry.senses if sense.codes == ("US",)})
            evidence.hints["US", ""] += 1


def _plain(words: Words, candidate: Candidate, evidence: Evidence) -> Sense | None:
    """Return the country or state that a name means everywhere, None for all other names."""
    entry = candidate.entry
    first = entry.senses[0]
    if first.weight < ABBREVIATION_WEIGHT:
        return None
    if len(entry.senses) > 1 and is_town(words, candidate) and (town := town_of(entry.senses)) is not None:
        evidence.spelled[entry.key] = town
        return town
    return None if entry.key in DOUBTFUL or entry.key in evidence.spelled else first


def _read(words: Words, candidate: Candidate, settled: Sense | None, evidence: Evidence) -> Reading | None:
    """Return the reading of one candidate, None when it is no place or stays doubtful."""
    if settled is not None:
        return _reading(candidate, settled, currency=is_currency(words, candidate))
    if candidate.entry.key == "georgia" and (meant := georgia(words, candidate, evidence)):
        return _reading(candidate, meant)
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
        return local_town(entry.senses, evidence) or sense
    if best - _doubt(words, candidate, evidence) < THRESHOLD or best - rival < MARGIN:
        return None
    return sense


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


def _reading(candidate: Candidate, sense: Sense, *, currency: bool = False) -> Reading:
    """Return a candidate read in one sense, with the rule in words."""
    rule = sense.kind
    if currency:
        rule = "currency"
    elif sense.kind in {"state", "abbreviation"}:
        rule = "us state" if sense.codes == ("US",) else "region"
    elif sense.kind == "short":
        rule = "short form"
    elif sense.kind == "prefix":
        rule = "demonym"
    elif sense.kind.startswith("former state"):
        rule = f"former state: {sense.kind.removeprefix('former state ')} -> {', '.join(sense.codes)}"
    return Reading(candidate.start, candidate.end, sense.codes, rule, sense.area)
