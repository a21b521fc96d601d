"""Names to persons: which mentions of one article name the same person.

Full names come first, then initials with a surname, then a surname behind a title, then surnames that
stand alone. Two names are one person when the words of the shorter stand in the longer in order;
an initial stands for a given name and a nickname for its long form; hyphens and the Arabic article say
nothing. A part that fits two persons goes to the one whom its title can mean ("Mrs. Miller"), and of
those to the one named last before it; "J. Smith" and "K. Smith", "Palmer Jr." and "Palmer Sr." stay apart.
"""

import re
from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from indexer.gender import gender_before, gender_of
from indexer.lexicon import Kind, Listed, family_leads, given_name, nicknames, surname
from indexer.words import Word
from search.tokens import fold

NAMESAKES = 8
"""Persons of one surname that are compared; keeps a hostile text linear."""

SKIPPED = frozenset({Kind.SUFFIX, Kind.PARTICLE})
DEGREES = frozenset(("phd", "md", "esq"))
"""Suffixes that tell no generation."""

ARTICLE = re.compile(r"(?:al|el|ad|an|ar|as|ash|at|az|ul)-(?=[^\W\d_]{3})")
"""The Arabic article at the beginning of a part: "al-Assad" is also written "Assad"."""
ARTICLES = frozenset(("al", "el"))
FILIAL = frozenset(("bin", "ibn", "bint"))
"""Words before a father's name, which does not stand for the person alone."""
KUNYA = frozenset(("abu", "umm"))
NAMED_SO = KUNYA | {"ben", "abdul", "abdel"}
"""Particles that are a given name where they begin one ("Ben Miller")."""

CIVIL = frozenset(("mr", "mrs", "ms", "miss", "dr", "prof", "professor"))
"""Titles that stand before a surname."""
ROYAL = frozenset(("king", "queen", "prince", "princess", "emperor", "empress", "pope"))
"""Titles that stand before a given name: "King Hussein" is no Mr. Hussein."""


@dataclass(frozen=True, slots=True)
class Form:
    """A name as it is written: its text, the keys of its parts without particles, and its place.

    `generation` is "jr", "iii" and the like or "", `gender` "m", "f" or "" as the words before it tell,
    `title` the word right before it, `bound` its parts that stand only behind their particle (the Salman
    of "bin Salman"), `article` whether the Arabic article stands in it.
    """

    text: str
    parts: tuple[str, ...]
    at: int
    generation: str = ""
    gender: str = ""
    title: str = ""
    bound: frozenset[str] = frozenset()
    article: bool = False

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
    generation: str = ""
    gender: str = ""
    royal: bool = False
    article: bool = False
    bound: frozenset[str] = frozenset()

    @property
    def surname(self) -> str:
        """Return the part that stands for the person alone: the first of "Deng Xiaoping"."""
        return surname_of(self.best.parts)

    @property
    def known_gender(self) -> str:
        """Return the gender that a title told, else the given name's."""
        return self.gender or gender_of(self.best.parts)

    def bears(self, part: str) -> bool:
        """Return whether a part alone is the person's surname, or one half of it."""
        return part in handles(self.surname, halves=not family_leads(self.best.parts))

    def is_other(self, form: Form) -> bool:
        """Return whether a form tells another generation, or another numeral, than the person's."""
        return bool(self.generation and form.generation) and self.generation != form.generation

    def goes_with(self, form: Form) -> bool:
        """Return whether a form of two parts or more can be the person's, by the fullest name known.

        By any name known, "Juan Pérez" would make one of Juan Carlos and Juan Luis.
        """
        return not self.is_other(form) and same_person(form.parts, self.best.parts)


def form_of(words: Sequence[Word], first: int, last: int, text: str) -> Form:
    """Return the form that words `first` to `last` (half-open) of `text` make."""
    run = words[first:last]
    kept = [at for at, word in enumerate(run) if _is_part(run, at, word)]
    before = words[first - 1] if first and words[first].linked else None
    generations = [w.key for w in run[1:] if w.kind is Kind.SUFFIX and w.key not in DEGREES]
    return Form(
        " ".join(text[run[0].start : run[-1].end].split()),
        tuple(run[at].key for at in kept) or tuple(word.key for word in run),
        run[0].start,
        generation=generations[-1] if generations else "",
        gender=gender_before(words, first),
        title=before.key if before is not None else "",
        bound=frozenset(run[at].key for at in kept if at and run[at - 1].key in FILIAL | KUNYA),
        article=any(word.key in ARTICLES or ARTICLE.match(word.key) for word in run),
    )


def _is_part(run: Sequence[Word], at: int, word: Word) -> bool:
    """Return whether a word of a name is a part of it: no suffix, and a particle only where it is a name."""
    if word.kind not in SKIPPED:
        return True
    if word.kind is Kind.SUFFIX or at or not word.text[0].isupper():
        return False
    return len(run) == 1 or word.key in NAMED_SO or (word.key == "al" and len(run) == 2)


def is_initial(part: str) -> bool:
    """Return whether a part is an initial or several ("z.", "j.p.", "w")."""
    return len(part) == 1 or part.endswith(".")


def surname_of(parts: tuple[str, ...]) -> str:
    """Return the part of a name that is used alone: the first where the family name leads."""
    return parts[0] if family_leads(parts) else parts[-1]


def handles(part: str, *, halves: bool = False) -> frozenset[str]:
    """Return the ways to write a part: as it is, without the Arabic article, each half beside its hyphen."""
    bare = ARTICLE.sub("", part, count=1) if "-" in part else part
    return frozenset((part, bare, *(bare.split("-") if halves else ())))


def same_part(one: str, other: str) -> bool:
    """Return whether two given names can be one: equal, an initial of the other, or its nickname."""
    if one == other or (one, other) in nicknames():
        return True
    return (is_initial(one) or is_initial(other)) and one[0] == other[0]


def same_person(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Return whether two names, each of given name and surname, can be one person's."""
    one, other = tuple(_written_apart(one)), tuple(_written_apart(other))
    if _same_letters(one, other) or _turned(one, other) or _turned(other, one):
        return True
    short, long = sorted((one, other), key=len)
    long = _with_half(long, short[-1])
    short = _with_half(short, long[-1])
    if short[-1] not in long or is_initial(short[-1]):
        return False
    if surname_of(long) not in short and long[: len(short)] != short:
        return False
    if _other_middle(short, long):
        return False
    return _stands_in(short, long)


def _stands_in(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Return whether the parts of `short` stand in `long` in order, the last as it is written."""
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


def _written_apart(parts: tuple[str, ...]) -> Iterator[str]:
    """Yield the parts without the Arabic article, "j.p." as two initials."""
    for part in parts:
        if part.endswith(".") and len(part) > 2:
            yield from (f"{letter}." for letter in part.replace("-", "").split(".") if letter)
        else:
            yield ARTICLE.sub("", part, count=1) if "-" in part else part


def _same_letters(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Return whether only hyphens and spaces part two names ("Kim Dae-jung", "Kim Dae Jung")."""
    if any(is_initial(part) for part in (*one, *other)):
        return one == other
    return "".join(one).replace("-", "") == "".join(other).replace("-", "")


def _turned(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Return whether `other` is `one` with its first part put last, and one of the two is a family name."""
    if one[1:] + one[:1] != other:
        return False
    given = all(given_name(part) is Listed.YES for part in one)
    return family_leads(one) or not (given and len(one) == 2)


def _with_half(parts: tuple[str, ...], wanted: str) -> tuple[str, ...]:
    """Return the parts with one half of a hyphened surname in its place, if that half is the one wanted."""
    surname_halves = parts[-1].split("-")
    return (*parts[:-1], wanted) if wanted in surname_halves and not family_leads(parts) else parts


def _other_middle(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Return whether both names have middle parts and the shorter's initials begin otherwise.

    "George W. Bush" has the words of "George H. W. Bush" in order, and is his son.
    """
    middle = short[1:-1]
    if not middle or not all(is_initial(part) for part in middle) or len(long) < 3:
        return False
    return same_part(short[0], long[0]) and not same_part(middle[0], long[1])


class Register:
    """The persons of one article, found by any part of their names."""

    def __init__(self) -> None:
        self.persons: list[Person] = []
        self._by_part: dict[str, list[Person]] = defaultdict(list)

    def enter(self, form: Form) -> Person:
        """Return the person of a name of two parts or more: one known already, or a new one."""
        for part in (form.parts[-1], form.parts[0]):
            for person in self._bearers(part):
                if person.goes_with(form):
                    return self._take(person, form)
        if form.parts[0] in ARTICLES:
            for person in self._bearers(form.parts[-1]):
                if person.article and person.bears(form.parts[-1]):
                    return self._take(person, form)
        return self._take(self._new(form), form)

    def find(self, part: str, at: int, gender: str = "") -> Person | None:
        """Return whom a single part names at an offset: bearers of the surname before others, those whom
        the title can mean before those of unknown gender, the one named last before `at`, else the first
        named after it. A father's name, and the name in a kunya, are nobody's alone."""
        bearers = [p for p in self._bearers(part) if part not in p.bound]
        return self._nearest([p for p in bearers if p.bears(part)] or bearers, at, gender)

    def find_titled(self, form: Form) -> Person:
        """Return the person whom a title and a single name mean, or a new one."""
        part = form.parts[-1]
        if form.title in ROYAL:
            crowned = [p for p in self._bearers(part) if _is_crowned(p, form)]
            person = self._nearest(crowned, form.at, form.gender)
        elif part in form.bound:
            behind = [p for p in self._bearers(part) if part in p.bound]
            person = self._nearest(behind, form.at, form.gender)
        else:
            person = self.find(part, form.at, form.gender)
        if person is not None and form.title in CIVIL and _is_given_only(person, part):
            person = None
        return self._take(person, form) if person else self._take(self._new(form), form)

    def knows(self, part: str) -> bool:
        """Return whether a person of the article has this surname."""
        return any(p.bears(part) for p in self._by_part.get(part, ()))

    def _bearers(self, part: str) -> list[Person]:
        """Return the persons with a part in their names, the latest first."""
        known = self._by_part.get(part)
        if known is None and "-" in part:
            bare = ARTICLE.sub("", part, count=1)
            known = self._by_part.get(bare)
        return known[: -NAMESAKES - 1 : -1] if known else []

    def _nearest(self, persons: list[Person], at: int, gender: str) -> Person | None:
        """Return the one named nearest among those of a gender, known before unknown; else None."""
        if gender:
            persons = [p for p in persons if p.known_gender == gender] or [
                p for p in persons if not p.known_gender
            ]
        return max(persons, key=lambda p: _nearness(p, at), default=None)

    def _new(self, form: Form) -> Person:
        person = Person(form)
        self.persons.append(person)
        return person

    def _take(self, person: Person, form: Form) -> Person:
        """Add a form and a place to a person; the fullest form becomes the name."""
        if form.parts not in person.forms:
            person.forms.add(form.parts)
            for part in form.parts:
                self._note(person, handles(part, halves=part == form.parts[-1]))
        if form.text != person.best.text and _fullness(form) > _fullness(person.best):
            person.best = form
        person.generation = person.generation or form.generation
        person.gender = person.gender or form.gender
        person.royal = person.royal or form.title in ROYAL
        person.article = person.article or form.article
        person.bound |= form.bound
        insort(person.places, form.at)
        return person

    def _note(self, person: Person, parts: frozenset[str]) -> None:
        """Have a person found by each of the parts."""
        for part in parts:
            if person not in self._by_part[part][-NAMESAKES:]:
                self._by_part[part].append(person)


def _is_crowned(person: Person, form: Form) -> bool:
    """Return whether a king's title and given name can be the person's."""
    return person.best.parts[0] == form.parts[-1] and (
        (person.royal or bool(person.bound)) and not person.is_other(form)
    )


def _is_given_only(person: Person, part: str) -> bool:
    """Return whether a part that is a surname elsewhere ("James") is the given name here."""
    if person.bears(part) or person.bound or len(person.best.parts) < 2:
        return False
    return person.best.parts[0] == part and surname(part) is Listed.YES


def _nearness(person: Person, at: int) -> tuple[bool, int]:
    """Return how near before (else after) an offset the person was named; greater is nearer."""
    before = bisect_right(person.places, at)
    return (True, person.places[before - 1]) if before else (False, -person.places[0])


def _fullness(form: Form) -> tuple[int, int, bool, bool, int]:
    """Return how full a form is: whole parts, parts, not in capitals, with its accents, letters."""
    accented = fold(form.text) != form.text.lower()
    return form.full_parts, len(form.parts), not form.text.isupper(), accented, len(form.text)
