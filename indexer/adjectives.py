"""Demonyms that name no people here: a language, a dish or a breed, a person, half of a compound."""

from indexer.lexicon import Kind, Listed, given_name, kind_of, place, surname
from indexer.names import folded_word, place_words
from indexer.places import Candidate, Words, entry_of

_WORDS = place_words()


def is_no_people(words: Words, candidate: Candidate, *, before: str, after: str) -> bool:
    """Whether the folded words beside a demonym say that no people is meant."""
    if after in _WORDS["thing"]:
        return True
    return _is_language(words, candidate, before=before) or _is_person(words, candidate, before, after)


def is_half(words: Words, candidate: Candidate) -> bool:
    """Whether a prefix of a people (Franco-, Sino-) is tied to another's adjective."""
    gap = words.gap(candidate.last + 1)
    entry = entry_of(folded_word(words.word(candidate.last + 1))) if gap in {"-", "‐", "‑", "–"} else None
    return entry is not None and any("demonym" in s.kind or s.kind.startswith("former") for s in entry.senses)


def _is_language(words: Words, candidate: Candidate, *, before: str) -> bool:
    """Whether a demonym names a language: in English, French-speaking, in French and in German."""
    if folded_word(words.word(candidate.last + 1)) in _WORDS["language"]:
        return True
    if before in _WORDS["speaking"]:
        return _stands_alone(words, candidate.last + 1)
    if before not in {"and", "or"} or not _is_adjective(words, candidate.first - 2):
        return False
    opens = folded_word(words.word(candidate.first - 3)) in _WORDS["speaking"]
    return opens and _stands_alone(words, candidate.last + 1)


def _stands_alone(words: Words, number: int) -> bool:
    """Whether no noun follows at word `number`, which a demonym before it would go with."""
    if words.gap(number) != " ":
        return True
    word = words.word(number)
    if word in {"and", "or"} and words.gap(number + 1) == " ":
        following = words.word(number + 1)
        return (
            following in _WORDS["speaking"]
            or following in _WORDS["after a language"]
            or (_is_adjective(words, number + 1) and _stands_alone(words, number + 2))
        )
    return word in _WORDS["after a language"]


def _is_adjective(words: Words, number: int) -> bool:
    """Whether word `number` is a demonym."""
    entry = entry_of(folded_word(words.word(number))) if words.word(number)[:1].isupper() else None
    return entry is not None and any(sense.kind == "demonym" for sense in entry.senses)


def _is_person(words: Words, candidate: Candidate, before: str, after: str) -> bool:
    """Whether a demonym is a surname behind a given name or title, or a given name before a surname."""
    key = candidate.entry.key
    if surname(key) is not Listed.NO and words.gap(candidate.first) in {" ", ". "}:
        name = words.word(candidate.first - 1)
        titled = before in _WORDS["title"]
        given = given_name(before) is not Listed.NO and kind_of(before) is None and not place(name)
        if name[:1].isupper() and not name.isupper() and (titled or given) and not _goes_on(words, candidate):
            return titled or words.gap(candidate.first) == " "
    if given_name(key) is Listed.NO or words.gap(candidate.first)[:1] in {"-", "‐", "‑"}:
        return False
    following = words.word(candidate.last + 1)
    unled = candidate.first == 0 or before not in _WORDS["leading"]
    family = surname(after) is not Listed.NO and given_name(after) is Listed.NO and kind_of(after) is None
    return unled and following[:1].isupper() and family and not _goes_on(words, candidate, step=2)


def _goes_on(words: Words, candidate: Candidate, *, step: int = 1) -> bool:
    """Whether one more capitalised name follows, so that the demonym is an adjective: Briton Andy Murray."""
    number = candidate.last + step
    word = words.word(number)
    return words.gap(number) == " " and word[:1].isupper() and kind_of(folded_word(word)) is not Kind.SUFFIX
