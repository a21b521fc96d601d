"""Names to persons: which mentions of one article name the same person.

Full names come first, then initials with a surname, then a surname behind a title, then surnames that
stand alone. Two names are one person when the words of the shorter stand in the longer in order;
an initial stands for a given name and a nickname for its long form. A part that fits two persons
goes to the one named last before it; "J. Smith" and "K. Smith" stay apart.
"""

from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from indexer.lexicon import Kind, family_leads, nicknames
from indexer.words import Word

NAMESAKES = 8
"""Persons of one surname that are compared; keeps a hostile text linear."""

SKIPPED = frozenset({Kind.SUFFIX, Kind.PARTICLE})


@dataclass(frozen=True, slots=True)
class Form:
    """A name as it is written: its text, the keys of its parts without particles, and its place."""

    text: str
    parts: tuple[str, ...]
    at: int

    @property
    def full_parts(self) -> int:
        """Return how many parts are more than an initial."""
        return sum(not is_initial(part) for part in self.parts)


@dataclass(slots=True, eq=False)
class Person:
    """A person as the article has named them so far; `places`: offsets of full and titled names, rising."""

    best: Form
    forms: set[tuple[str, ...]] = field(default_factory=set)
    places: list[int] = field(default_factory=list)

    @property
    def surname(self) -> str:
        """Return the part that stands for the person alone: the first of "Deng Xiaoping"."""
        return surname_of(self.best.parts)


def form_of(words: Sequence[Word], first: int, last: int, text: str) -> Form:
    """Return the form that words `first` to `last` (half-open) of `text` make."""
    parts = tuple(
        w.key
        for w in words[first:last]
        if w.kind not in SKIPPED or (w.kind is Kind.PARTICLE and w.text[0].isupper() and last - first == 1)
    )
    parts = parts or tuple(w.key for w in words[first:last])
    return Form(" ".join(text[words[first].start : words[last - 1].end].split()), parts, words[first].start)


def is_initial(part: str) -> bool:
    """Return whether a part is an initial or several ("z.", "j.p.", "w")."""
    return len(part) == 1 or part.endswith(".")


def surname_of(parts: tuple[str, ...]) -> str:
    """Return the part of a name that is used alone: the first where the family name leads."""
    return parts[0] if family_leads(parts) else parts[-1]


def same_part(one: str, other: str) -> bool:
    """Return whether two given names can be one: equal, an initial of the other, or its nickname."""
    if one == other or (one, other) in nicknames():
        return True
    return (is_initial(one) or is_initial(other)) and one[0] == other[0]


def same_person(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Return whether two names, each of given name and surname, can be one person's."""
    short, long = sorted((one, other), key=len)
    if short[-1] not in long or is_initial(short[-1]):
        return False
    if surname_of(long) not in short and long[: len(short)] != short:
        return False
    place = 0
    for part in short:
        while place < len(long) and not (
            part == long[place] if part == short[-1] else same_part(part, long[place])
        ):
            place += 1
        if place == len(long):
            return False
        place += 1
    return True


class Register:
    """The persons of one article, found by any part of their names."""

    def __init__(self) -> None:
        self.persons: list[Person] = []
        self._by_part: dict[str, list[Person]] = defaultdict(list)

    def enter(self, form: Form) -> Person:
        """Return the person of a name of two parts or more: one known already, or a new one."""
        for person in reversed(self._by_part.get(form.parts[-1], [])[-NAMESAKES:]):
            if any(same_person(form.parts, known) for known in person.forms):
                return self._take(person, form)
        for person in reversed(self._by_part.get(form.parts[0], [])[-NAMESAKES:]):
            if any(same_person(form.parts, known) for known in person.forms):
                return self._take(person, form)
        return self._take(self._new(form), form)

    def find(self, part: str, at: int) -> Person | None:
        """Return whom a single part names at an offset: bearers of the surname before others, the one
        named last before `at`, else the first named after it."""
        bearers = self._by_part.get(part, [])[-NAMESAKES:]
        named = [p for p in bearers if p.surname == part] or bearers
        return max(named, key=lambda p: _nearness(p, at), default=None)

    def find_titled(self, form: Form) -> Person:
        """Return the person whom a title and a single name mean, or a new one."""
        person = self.find(form.parts[-1], form.at)
        return self._take(person, form) if person else self._take(self._new(form), form)

    def knows(self, part: str) -> bool:
        """Return whether a person of the article has this surname."""
        return any(p.surname == part for p in self._by_part.get(part, ()))

    def _new(self, form: Form) -> Person:
        person = Person(form)
        self.persons.append(person)
        return person

    def _take(self, person: Person, form: Form) -> Person:
        """Add a form and a place to a person; the form with most parts becomes the name."""
        if form.parts not in person.forms:
            person.forms.add(form.parts)
            for part in form.parts:
                if person not in self._by_part[part][-NAMESAKES:]:
                    self._by_part[part].append(person)
            if _fullness(form) > _fullness(person.best):
                person.best = form
        insort(person.places, form.at)
        return person


def _nearness(person: Person, at: int) -> tuple[bool, int]:
    """Return how near before (else after) an offset the person was named; greater is nearer."""
    before = bisect_right(person.places, at)
    return (True, person.places[before - 1]) if before else (False, -person.places[0])


def _fullness(form: Form) -> tuple[int, int, bool, int]:
    """Return how full a form is: whole parts, parts, not in capitals, letters."""
    return form.full_parts, len(form.parts), not form.text.isupper(), len(form.text)
