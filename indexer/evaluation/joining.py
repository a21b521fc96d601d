"""Who is who in an article: whether each gold person ends as one value, and no other person under it.

The gold says where persons are named, not who is who, so persons are told by surname: mentions of several
words by their last (Jr, II and the like do not count), a single word with those whose surname it is, else
with those whose name holds it, words from the midst of a longer name with that. Names of one surname whose
first words differ ("Anna Holm", "Peter Holm") are persons apart, an initial being no difference; a bare
"Holm" then belongs to either and is passed over. So "Bill Holm" and "William Holm" are two by this count,
and joining them is counted as an error.

A mention is found when a span of ours overlaps it. Persons of whom nothing was found have no values: finding
is another figure's matter.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from search.domain import PersonTag, Span
from search.tokens import fold

SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv", "vi", "xvi", "xxiii"))
Person = tuple[str, str]
"""Surname and first word; the latter is "" where the article has one bearer of the surname."""


class Named(NamedTuple):
    """One gold mention: its span and its folded words."""

    start: int
    end: int
    words: tuple[str, ...]


class Joined(NamedTuple):
    """A gold person, the value of each mention that was found, and whether it is one and theirs alone."""

    person: Person
    values: tuple[str, ...]
    is_one: bool


def joined(text: str, gold: Iterable[Span], people: Iterable[PersonTag]) -> Iterator[Joined]:
    """Yield each gold person of an article."""
    spans = [(mention.start, mention.end, tag.name) for tag in people for mention in tag.mentions]
    persons = gold_persons(mentions_of(text, gold))
    found = {who: values_of(some, spans) for who, some in persons.items()}
    bearers: dict[str, int] = defaultdict(int)
    for values in found.values():
        for value in set(values):
            bearers[value] += 1
    for who, values in found.items():
        yield Joined(who, values, len(set(values)) == 1 and bearers[values[0]] == 1)


def mentions_of(text: str, gold: Iterable[Span]) -> list[Named]:
    """Return the mentions of persons in order."""
    found = []
    for start, end in gold:
        bare = fold(text[start:end]).replace("’s", "").replace("'s", "")
        words = tuple(w for w in (word.strip(".,") for word in bare.split()) if w and w not in SUFFIXES)
        if words:
            found.append(Named(start, end, words))
    return found


def gold_persons(mentions: list[Named]) -> dict[Person, list[Named]]:
    """Return the mentions of each person."""
    longer = longer_names(mentions)
    names = {one: longer.get(one.words, one.words) for one in mentions}
    firsts: dict[str, set[str]] = defaultdict(set)
    for name in names.values():
        if len(name) > 1:
            firsts[name[-1]].add(name[0])
    persons: dict[Person, list[Named]] = defaultdict(list)
    for one, name in names.items():
        bearers = {written_out(first, firsts[name[-1]]) for first in firsts[name[-1]]}
        if len(bearers) < 2:
            persons[name[-1], ""].append(one)
        elif len(name) > 1:
            persons[name[-1], written_out(name[0], bearers)].append(one)
    return persons


def longer_names(mentions: list[Named]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Return the name that holds a shorter one: some of its words in a row, or one that is no surname."""
    longer: dict[tuple[str, ...], tuple[str, ...]] = {}
    surnames = {one.words[-1] for one in mentions if len(one.words) > 1}
    for words in sorted({one.words for one in mentions}, key=lambda words: (-len(words), words)):
        runs = {words[at:end] for end in range(2, len(words) + 1) for at in range(end - 1)} - {words}
        for part in runs | {(word,) for word in words[:-1] if word not in surnames}:
            longer.setdefault(part, words)
    return longer


def written_out(first: str, others: set[str]) -> str:
    """Return the word among `others` that an initial stands for when there is one, else `first`."""
    fits = [other for other in others if len(first.rstrip(".")) == 1 and other[0] == first[0]]
    return max(fits, key=lambda other: (len(other), other), default=first)


def values_of(mentions: list[Named], tagged: list[tuple[int, int, str]]) -> tuple[str, ...]:
    """Return the value of each mention that was found."""
    return tuple(
        value for one in mentions for start, end, value in tagged if start < one.end and one.start < end
    )
