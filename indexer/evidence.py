"""How much speaks for a run of words being a person's name: points for its words and its company.

The points were set on the even half of a newswire collection and looked over on two others. A listed
given name with a listed surname reaches `ACCEPTED` alone; two unlisted words need a title.
"""

from collections.abc import Sequence, Set
from enum import IntEnum

from indexer.lexicon import Kind, Listed, family_leads, given_name, place, section, surname, surname_shaped
from indexer.words import Word

ACCEPTED = 3.0
"""Points from which a run is a name."""
APPOSITION = 7
"""Words after a comma in which a role may stand ("X Y, an Illinois lawyer")."""

OFFICES = frozenset({Kind.TITLE, Kind.WEAK_TITLE})
DETERMINERS = frozenset({"the", "a", "an", "this", "that", "each", "every", "another", "its", "our", "no"})
SLAVIC = ("ić", "ič", "ić")
"""Endings that only the accent tells from English words ("Music"); the last is decomposed."""


class Title(IntEnum):
    """How strongly what stands before a run calls it a person."""

    NONE = 0
    ROLE = 1
    APPOSED = 2
    WEAK = 3
    STRONG = 4


POINTS = {Title.NONE: 0.0, Title.ROLE: 1.5, Title.APPOSED: 2.0, Title.WEAK: 2.0, Title.STRONG: 3.0}


def weigh(words: Sequence[Word], first: int, last: int, title: Title, lower: Set[str]) -> tuple[float, str]:
    """Return the points of the words `first` to `last` (half-open) and the rule that says most.

    `lower` holds the words that the text writes in lower case: a name that is one of them counts less.
    """
    inner, rule = _inner(words[first:last], lower)
    before = POINTS[title]
    if title >= Title.WEAK:
        rule = "title + name"
    elif title is Title.ROLE:
        rule = "role + name"
    elif first and words[first].linked and words[first - 1].key in DETERMINERS:
        before = -2.0
    elif _is_inverted(words, first):
        before = 1.5
    after, said = _after(words, last)
    points = inner + before
    return points + after, said if said and points < ACCEPTED else rule


def _is_inverted(words: Sequence[Word], first: int) -> bool:
    """Return whether a speech verb that ends a quotation or clause stands right before (`," said X Y`)."""
    if not first or not words[first].linked:
        return False
    verb = words[first - 1]
    return verb.kind is Kind.PLAIN and verb.key in section("speech") and (verb.gap.comma or verb.gap.quote)


def _inner(words: Sequence[Word], lower: Set[str]) -> tuple[float, str]:
    """Return the points that the words of a run bring themselves."""
    parts = [word for word in words if word.kind not in (Kind.PARTICLE, Kind.SUFFIX)]
    particle = 1.5 if any(w.kind is Kind.PARTICLE and w.text[0].islower() for w in words) else 0.0
    if len(parts) < 2:
        return particle, "name shape"
    suffix = 2.0 if any(word.kind is Kind.SUFFIX for word in words[1:]) else 0.0
    middle = 1.5 if any(word.kind is Kind.INITIAL for word in parts[1:-1]) else 0.0
    given, family = _given(parts, lower), _family(parts[-1], lower)
    particle = particle if given >= 1 else 0.0
    rule = "name list" if given >= 1 and family >= 1 else "name shape"
    if parts[0].kind is Kind.INITIAL:
        rule = "initial and surname"
    return given + family + suffix + particle + middle, rule


def _given(parts: Sequence[Word], lower: Set[str]) -> float:
    """Return the points of the words before the surname."""
    lead, family = parts[0], parts[-1]
    if lead.kind is Kind.INITIAL:
        return 1.5
    listed = given_name(lead.key)
    if lead.key in section("given-all-the-same"):
        listed = Listed.ALSO_WORD if lead.opens and surname(family.key) is Listed.NO else Listed.YES
    if listed is Listed.YES:
        return 1.5 if place(lead.text) and surname(family.key) is not Listed.YES else 2.0
    if family_leads([word.key for word in parts]):
        return 2.5
    if listed is Listed.ALSO_WORD:
        return 0.5 if lead.opens else 1.5
    if lead.key in lower or len(lead.key) < 3:
        return 0.0
    return 0.5 if not place(lead.text) or family.text.endswith(SLAVIC) else 0.0


def _family(word: Word, lower: Set[str]) -> float:
    """Return the points of the last word."""
    if word.kind is Kind.INITIAL:
        return -2.0
    listed = surname(word.key)
    if place(word.text):
        return 1.0 if listed is Listed.YES else -1.0
    if listed is Listed.NO:
        if word.key in lower or len(word.key) < 3:
            return 0.0
        return 2.5 if surname_shaped(word.key) or word.text.endswith(SLAVIC) else 1.0
    return 1.5 if listed is Listed.YES else 1.0


def _after(words: Sequence[Word], last: int) -> tuple[float, str]:
    """Return the points of what follows a run, and the rule when it says much."""
    if last >= len(words):
        return 0.0, ""
    word = words[last]
    if word.linked and word.key in section("thing"):
        return -2.0, ""
    if word.linked and word.key in section("role") and word.kind is Kind.PLAIN:
        return -1.0, ""
    if (word.linked or word.gap.comma) and word.key in section("who"):
        return 2.0, "name + who"
    if word.gap.comma:
        return _apposed(words, last)
    return (1.0, "name + speech verb") if word.linked and word.key in section("speech") else (0.0, "")


def _apposed(words: Sequence[Word], last: int) -> tuple[float, str]:
    """Return the points of what follows a comma: an age, a state, a role ("a lawyer", "chairman of")."""
    if words[last].text.isdigit() and len(words[last].text) <= 2:
        return 2.0, "name + age"
    if words[last].key in section("state"):
        return -1.5, ""
    near = words[last : last + APPOSITION]
    reach = next((at for at, word in enumerate(near) if at and not word.linked), len(near))
    roles = any(word.key in section("role") or word.kind in OFFICES for word in near[:reach])
    return (1.5, "name + role") if roles else (0.0, "")
