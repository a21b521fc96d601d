"""The countries of an article, each with the words that named it and its roles.

Candidates come from the table (`indexer.places`), are read in the light of the words around them and of
the rest of the article (`indexer.homonyms`), and are weighed into roles (`indexer.roles`).
"""

from collections.abc import Sequence

from indexer.homonyms import read_places
from indexer.names import read_countries
from indexer.own_places import NO_PLACES, OwnPlaces
from indexer.place_evidence import Evidence, Reading
from indexer.places import country_named, cut, find_places, is_place
from indexer.roles import Dateline, dateline_of, roles_of
from search.domain import CountryTag, Mention, Span

__all__ = ["country_named", "is_place", "tag_countries"]


def tag_countries(
    title: str,
    body: str,
    *,
    dateline: str | None = None,
    taken: Sequence[Span] = (),
    title_taken: Sequence[Span] = (),
    own: Sequence[OwnPlaces] = (NO_PLACES, NO_PLACES),
) -> tuple[CountryTag, ...]:
    """Return the countries of an article, the most often named first.

    `dateline` is the line that says where the article was filed, when it is not part of the body.
    `taken` and `title_taken` are the spans of persons' names: no place is read in them. `own` is what a
    `tags.toml` says of title, body and such a dateline. Ties are broken by the first mention, then by code.
    """
    heads, spots, line = (*own, NO_PLACES)[:3]
    filed = dateline_of(dateline or "", body, own=spots, own_given=line)
    heading, text = cut(title), cut(body)
    beside = [*_beside(taken, filed), *spots.spans]
    places = [
        heads.allowed(find_places(heading, taken=[*title_taken, *heads.spans])),
        spots.allowed(find_places(text, taken=beside)),
    ]
    told = [one for one in spots.readings if not (filed and filed.span and one.end <= filed.span[1])]
    evidence = Evidence.of([*(filed.readings if filed else ()), *told, *heads.readings])
    of_title, of_body = read_places([heading, text], places, evidence=evidence)
    found = [*(filed.in_body if filed else ()), *sorted([*told, *of_body], key=_start)]
    of_title = sorted([*heads.readings, *of_title], key=_start)
    return _tags(title, body, filed=filed, of_title=of_title, of_body=found)


def _start(reading: Reading) -> int:
    return reading.start


def _beside(taken: Sequence[Span], filed: Dateline | None) -> list[Span]:
    """Return the spans in which no place is looked for: persons, and the dateline that has been read."""
    return [*taken, *([filed.span] if filed and filed.span else [])]


def _tags(
    title: str, body: str, *, filed: Dateline | None, of_title: list[Reading], of_body: list[Reading]
) -> tuple[CountryTag, ...]:
    """Return the tags that the readings of title and body give."""
    homes = [code for reading in (filed.readings if filed else ()) for code in reading.codes]
    codes = dict.fromkeys([*homes, *(code for r in (*of_title, *of_body) for code in r.codes)])
    tags = []
    for first, code in enumerate(codes):
        heads = _mentions(title, of_title, code)
        mentions = _mentions(body, of_body, code)
        roles = roles_of(code, homes=homes, title=of_title, body=of_body)
        name = read_countries()[code].display
        tags.append((-3 * len(heads) - len(mentions), first, CountryTag(code, name, roles, mentions, heads)))
    return tuple(tag for _, _, tag in sorted(tags, key=lambda row: row[:2]))


def _mentions(text: str, readings: Sequence[Reading], code: str) -> tuple[Mention, ...]:
    """Return the mentions of one country in one text."""
    return tuple(
        Mention(reading.start, reading.end, text[reading.start : reading.end], reading.rule)
        for reading in readings
        if code in reading.codes
    )
