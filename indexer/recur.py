"""Where the persons of an article are named again: surnames, given names and repeats that stand alone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.join import Person, Register, is_initial, same_part
from indexer.lexicon import Kind, Listed, given_name, place, section, surname
from indexer.namesake import is_thing
from indexer.words import Word, firm_follows

CAN_STAND = frozenset({Kind.NAME, Kind.PARTICLE})


@dataclass(frozen=True, slots=True)
class Again:
    """Words `first` to `last` (half-open) that name a person of the article once more."""

    first: int
    last: int
    person: Person
    rule: str


def find_again(
    words: Sequence[Word], register: Register, claimed: Sequence[bool], headings: Sequence[bool]
) -> Iterator[Again]:
    """Yield where unclaimed words name a person of the register, in order and without overlap.

    `claimed` marks words that are part of a name already, `headings` those in lines where every word
    has a capital, so that neighbours in capitals say nothing.
    """
    lower = frozenset(word.key for word in words if word.kind is Kind.PLAIN)
    at = 0
    while at < len(words):
        found = None if claimed[at] else _named(words, at, register, headings[at])
        if found is not None and _stands(words, found, claimed, headings[at], lower):
            yield found
            at = found.last
        else:
            at += 1


def _named(words: Sequence[Word], at: int, register: Register, heading: bool) -> Again | None:
    """Return the longest name of one person that begins at a word."""
    word = words[at]
    if not word.text[0].isupper() and word.kind is not Kind.NAME:
        return None
    person = register.find(word.key, word.start)
    if person is None or is_initial(word.key):
        return None
    last = at + 1
    while last < len(words) and words[last].linked and _in_name(words[last], person):
        last += 1
    first = _with_lead(words, at, person)
    if last - at == 1 and word.kind not in CAN_STAND and not _surname_like(words, at, person, heading):
        return None
    name = person.best.text
    if last - at > 1:
        return Again(first, last, person, f"name of {name}")
    return Again(first, last, person, f"surname of {name}" if person.bears(word.key) else f"part of {name}")


def _in_name(word: Word, person: Person) -> bool:
    """Return whether a word goes on with a name that is the person's."""
    return any(word.key in form for form in person.forms) or (
        word.kind is Kind.PARTICLE and word.text in person.best.text.split()
    )


def _with_lead(words: Sequence[Word], at: int, person: Person) -> int:
    """Return where the name begins: its particle ("de Klerk") and its initial stand before the word."""
    first = at
    particles = person.best.text.lower().split()
    while first and words[first].linked and words[first - 1].kind is Kind.PARTICLE:
        if words[first - 1].text.lower() not in particles:
            break
        first -= 1
    lead = words[first - 1] if first and words[first].linked else None
    if lead is not None and lead.kind is Kind.INITIAL and same_part(lead.key, person.best.parts[0]):
        first -= 1
    return first


def _surname_like(words: Sequence[Word], at: int, person: Person, heading: bool) -> bool:
    """Return whether a word that is a title or another thing too ("King") stands for the person."""
    word = words[at]
    follows = at + 1 < len(words) and words[at + 1].linked and words[at + 1].text[0].isupper()
    if not person.bears(word.key) or (heading and word.kind is not Kind.ACRONYM):
        return False
    if word.kind is Kind.ACRONYM:
        return True
    stands = not word.opens or word.kind in (Kind.TITLE, Kind.WEAK_TITLE)
    return not follows and stands and word.key in section("surname-too")


def _stands(
    words: Sequence[Word], found: Again, claimed: Sequence[bool], heading: bool, lower: frozenset[str]
) -> bool:
    """Return whether the words stand alone, and so for the person, not for a firm, a place or another."""
    if firm_follows(words, found.last) or is_thing(words, found.first, found.last):
        return False
    word = words[found.last - 1]
    if words[found.first].gap.ticker:
        return False
    if (
        found.last - found.first == 1
        and not found.person.bears(word.key)
        and not _part_alone(word, found.person, lower)
    ):
        return False
    if heading:
        return True
    if _is_town(words, found):
        return False
    after = words[found.last] if found.last < len(words) else None
    if after is not None and after.linked and after.kind is Kind.NAME and not claimed[found.last]:
        return False
    before = words[found.first - 1] if found.first and words[found.first].linked else None
    if before is None or claimed[found.first - 1] or before.kind not in (Kind.NAME, Kind.INITIAL):
        return True
    return before.opens and given_name(before.key) is Listed.NO and surname(before.key) is Listed.NO


def _is_town(words: Sequence[Word], found: Again) -> bool:
    """Return whether a word is a place or month that is a name too ("of Allen, Texas", "to Washington")."""
    before = words[found.first - 1] if found.first else None
    after = words[found.last] if found.last < len(words) else None
    follows = after is not None and after.gap.comma and (after.key in section("state") or place(after.text))
    if before is None or found.last - found.first > 1:
        return False
    if words[found.first].kind is Kind.STOP and before.key in section("when"):
        return True
    if follows and before.key in section("whither"):
        return True
    if not place(words[found.first].text):
        return False
    return (before.key in section("whither") and before.key != "of") or (
        words[found.first].gap.comma and place(before.text)
    )


def _part_alone(word: Word, person: Person, lower: frozenset[str]) -> bool:
    """Return whether a given name, or the first of two surnames, may stand alone: listed and nothing else."""
    if word.kind is not Kind.NAME or word.key in lower:
        return False
    if word.key == person.best.parts[0]:
        return given_name(word.key) is Listed.YES and not place(word.text)
    return surname(word.key) is Listed.YES and given_name(word.key) is not Listed.YES
