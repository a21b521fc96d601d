"""Words beside a name that say it is no place here: persons, streets, languages, birds and china."""

from indexer.adjectives import is_half, is_no_people
from indexer.lexicon import Listed, given_name, kind_of, surname
from indexer.names import folded_word, place_words
from indexer.places import ABBREVIATION_WEIGHT, STATE_WEIGHT, Candidate, Words, entry_of, is_country_kind

_WORDS = place_words()
_NO_NAMES = _WORDS["placing"] | _WORDS["opening"]
_NONE: frozenset[str] = frozenset()

KNOWN = 45
"""Least weight of a city (30,000 inhabitants) that may be meant by an English word: in Reading, in Bath."""

FIRM_REACH = 4
"""Words after a place's name in which the legal form of a firm may come."""

LARGEST = 62
"""Least weight of a city (1.5 million inhabitants) that is a place though people bear its name too."""


def _usable_abbreviation(words: Words, candidate: Candidate) -> bool:
    """Whether an abbreviation stands where a state may: after a comma and a capital, or N.Y., D.C."""
    surface = words.text[candidate.start : candidate.end]
    if surface.count(".") > 1:
        return True
    before = words.word(candidate.first - 1)
    if words.gap(candidate.first).strip() != "," or not before[:1].isupper():
        return False
    if len(surface) == 2 and surface.isupper():
        return not words.shouting
    return words.text[candidate.end : candidate.end + 1] == "." or surface.endswith(".")


def refused(words: Words, candidate: Candidate) -> bool:
    """Whether the words beside a candidate say that it is no place here."""
    kind = candidate.entry.senses[0].kind
    if kind == "abbreviation" and not _usable_abbreviation(words, candidate):
        return True
    before = folded_word(words.word(candidate.first - 1))
    after = folded_word(words.word(candidate.last + 1)) if words.gap(candidate.last + 1) == " " else ""
    key = candidate.entry.key
    if after in _WORDS.get(f"{key} after", _NONE) or before in _WORDS.get(f"{key} before", _NONE):
        return True
    if kind != "demonym" and _is_firm(words, candidate):
        return True
    if kind == "prefix":
        return not is_half(words, candidate)
    if kind == "demonym":
        return is_no_people(words, candidate, before=before, after=after)
    if after in _WORDS["street"] and kind != "demonym":
        return True
    if after == "river" and is_country_kind(kind):
        return True
    if words.text[candidate.start - 1 : candidate.start] == "<" or _is_label(words, candidate):
        return True
    if candidate.entry.acronym and key == "us" and words.shouting:
        return candidate.first > 0 and words.gap(candidate.first) == " " and before not in {"and", "in"}
    return not words.shouting and (
        _named_before(words, candidate, before) or _named_after(words, candidate, after)
    )


def _is_firm(words: Words, candidate: Candidate) -> bool:
    """Whether a name begins a firm's: New York Life Insurance Co."""
    for number in range(candidate.last + 1, candidate.last + 1 + FIRM_REACH):
        word = words.word(number)
        if words.gap(number) != " " or not word[:1].isupper():
            return False
        if word in _WORDS["firm"]:
            return True
    return False


def _is_label(words: Words, candidate: Candidate) -> bool:
    """Whether a city's name is more likely an English word, or the letters of a company, here."""
    best = candidate.entry.senses[0]
    if best.weight >= ABBREVIATION_WEIGHT:
        return False
    surface = words.text[candidate.start : candidate.end]
    if surface.isupper() and len(surface) <= 5 and best.kind != "capital" and best.weight < LARGEST:
        return True
    known = best.weight >= KNOWN and is_placed(words, candidate) and not words.shouting
    return candidate.entry.common and not known


def _named_before(words: Words, candidate: Candidate, before: str) -> bool:
    """Whether a given name, an initial or a title stands before a name that people bear."""
    entry = candidate.entry
    gap = words.gap(candidate.first)
    if not (entry.surname or entry.given) or gap not in {" ", ". "}:
        return False
    if not words.word(candidate.first - 1)[:1].isupper() or before in _NO_NAMES or entry.acronym:
        return False
    if before in _WORDS["title"] or (gap == ". " and len(before) == 1):
        return True
    known = entry_of(before)
    area = known is not None and known.senses[:1] != () and known.senses[0].weight >= STATE_WEIGHT
    listed = given_name(before)
    return (
        gap == " "
        and not area
        and (listed is Listed.YES or (listed is Listed.ALSO_WORD and _firm(words, candidate)))
    )


def _firm(words: Words, candidate: Candidate) -> bool:
    """Whether the word before a city is written large though no sentence begins with it: Gov. Mark."""
    first = words.gap(candidate.first - 1)
    return candidate.entry.senses[0].weight < ABBREVIATION_WEIGHT and first == " "


def _named_after(words: Words, candidate: Candidate, after: str) -> bool:
    """Whether a name that people bear is followed by a surname, an initial or a word of speech."""
    entry = candidate.entry
    best = entry.senses[0]
    if entry.surname and after in _WORDS["saying"] and best.weight < LARGEST and best.kind != "capital":
        return True
    given = entry.given or entry.key in _WORDS["also given"]
    if not given or not after or after in _WORDS["calendar"] or is_placed(words, candidate):
        return False
    following = words.word(candidate.last + 1)
    if not following[:1].isupper():
        return False
    if len(following) == 1 or surname(after) is not Listed.NO or given_name(after) is Listed.YES:
        return True
    return (
        best.weight < LARGEST and best.kind == "city" and kind_of(after) is None and entry_of(after) is None
    )


def is_currency(words: Words, candidate: Candidate) -> bool:
    """Whether a name only says whose money is counted: 200 mln Swiss francs.

    Of moneys that are verbs too (won, pounds, marks) only the country's own is one: a Finn won.
    """
    if words.gap(candidate.last + 1) not in {" ", "\n"}:
        return False
    money = folded_word(words.word(candidate.last + 1))
    if money not in _WORDS["money"]:
        return False
    own = _WORDS.get(f"{money} money")
    return own is None or not own.isdisjoint(code.lower() for code in candidate.entry.senses[0].codes)


def is_placed(words: Words, candidate: Candidate) -> bool:
    """Whether a word that places things stands before a name: in, near, from."""
    return (
        words.gap(candidate.first) in {" ", "\n"}
        and words.word(candidate.first - 1).lower() in _WORDS["placing"]
    )
