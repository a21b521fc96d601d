"""One value for each person of the archive: which of its names are spellings of another.

    each article ─▶ Archive.add ─▶ counts, countries and companions of every name ─▶ aliases

Two names become one for one of two reasons. Their letters are the same but for case, accents, hyphens,
apostrophes and dots (`spelling.plain_key`). Or they sound the same (`spelling.sound_key`), share a country
and a companion who is not named everywhere, and never stood in one article as two persons. Everything else
stays apart: a wrong join puts words into somebody's mouth, a missing one costs a click.

The order of articles says nothing: of many companions a name keeps those with the least marks, a mark
being a hash, so that two names that share companions keep the same ones (Broder's bottom-k sketch).
"""

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from hashlib import blake2b
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from indexer.names import read_countries
from indexer.spelling import difference, plain_key, sound_key
from search.aliases import Alias
from search.tokens import fold

COMPANIONS = 128
"""Companions kept of a name. Of two names with 1,000 and 10 companions, all ten shared, they then show one
with a chance of 7 in 10, and of 250 and 10 with 99 in 100."""
CROWD = 32
"""Companions that one article gives each of its names; keeps a list of 10,000 names linear."""
NAMESAKES = 8
"""Names of one sound in one article from which none of that sound is joined: it is a list of names."""
COMPARED = 64
"""Names of one sound that are compared with each other, the commonest; keeps a hostile archive linear."""
HUB_SHARE, HUB_ARTICLES = 0.01, 100
"""Share and number of articles past which a companion is named with everybody and proves nothing."""


@dataclass(slots=True)
class _Name:
    """All spellings of one plain key, and what was kept of the articles that name them."""

    spellings: tuple[str, ...]
    value: str
    key: int
    sounds: frozenset[int]
    kept: tuple["array[int]", ...]
    countries: int
    joined: list["_Name"] = field(default_factory=list)

    def companions(self) -> set[int]:
        """Return the marks of the companions; made when asked for, for sets of all names took 300 MB."""
        return {mark for some in self.kept for mark in some}


class Archive:
    """The names of an archive's persons, fed article by article.

    Holds 0.6 kB a name (bench/measure_canonical.py: 300 MB for a million articles with 500,000 names); the
    number of articles says little, for of a name's companions the same few are kept.
    """

    def __init__(self) -> None:
        self._ids: dict[str, int] = {}
        self._articles = array("I")
        self._keys = array("Q")
        self._sounds = array("Q")  # 0: a name that cannot be told by sound
        self._countries: list[int] = []
        self._companions: list[array[int] | None] = []
        self._apart: set[tuple[int, int]] = set()
        self._crowded: set[int] = set()
        self._added = 0

    def add(self, people: Sequence[str], countries: Sequence[str]) -> None:
        """Take in one article: the values of its persons and the codes of its countries."""
        self._added += 1
        ids = sorted({self._id(name) for name in people})
        told = [at for at in ids if self._sounds[at]]
        marks = sorted({_mark(self._sounds[at]) for at in told})[:CROWD]
        seen = _bits(countries)
        for at in ids:
            self._articles[at] += 1
        for at in told:
            self._countries[at] |= seen
            self._accompany(at, marks)
        self._part(told)

    def aliases(self) -> Mapping[str, Alias]:
        """Return for each name that is a spelling of another what it stands for; values are not in it."""
        names = self._names()
        found = {
            spelling: Alias(name.value, f"same as {name.value}: {difference(spelling, name.value)}")
            for name in names.values()
            for spelling in name.spellings
            if spelling != name.value
        }
        hubs = self._hubs()
        for group in _groups(names):
            for value, name, shared in self._joined(group, hubs):
                persons = "1 shared person" if shared == 1 else f"{shared} shared persons"
                rule = f"same as {value}: transliteration, {persons}"
                found.update((spelling, Alias(value, rule)) for spelling in name.spellings)
        return found

    def _id(self, name: str) -> int:
        """Return the number of a name, new or known."""
        at = self._ids.get(name)
        if at is None:
            at = self._ids[name] = len(self._ids)
            sound = sound_key(name)
            self._articles.append(0)
            self._keys.append(_hash(plain_key(name)))
            self._sounds.append(_hash(sound) if sound else 0)
            self._countries.append(0)
            self._companions.append(None)
        return at

    def _accompany(self, at: int, marks: list[int]) -> None:
        """Add companions to a name, keeping those with the least marks, in order."""
        own = _mark(self._sounds[at])
        kept = self._companions[at]
        if kept is None:
            self._companions[at] = array("I", (mark for mark in marks if mark != own))
            return
        for mark in marks:
            place = bisect_left(kept, mark)
            if place >= COMPANIONS:
                break
            if mark != own and (place == len(kept) or kept[place] != mark):
                kept.insert(place, mark)
        del kept[COMPANIONS:]

    def _part(self, told: list[int]) -> None:
        """Note which names of one sound an article tells apart."""
        if len({self._sounds[at] for at in told}) == len(told):
            return
        keys: dict[int, set[int]] = defaultdict(set)
        for at in told:
            keys[self._sounds[at]].add(self._keys[at])
        for sound, some in keys.items():
            if len(some) > NAMESAKES:
                self._crowded.add(sound)
            else:
                self._apart.update(combinations(sorted(some), 2))

    def _names(self) -> dict[int, _Name]:
        """Return the names that have several spellings, or a sound that another name has, by key."""
        sounds, keys = np.array(self._sounds, np.uint64), np.array(self._keys, np.uint64)
        twice = np.concatenate([keys[_repeated(keys)], keys[_repeated(sounds) & (sounds != 0)]])
        spelled: dict[int, list[str]] = defaultdict(list)
        wanted = np.isin(keys, twice)
        for name, at in self._ids.items():
            if wanted[at]:
                spelled[self._keys[at]].append(name)
        return {key: self._name(key, some) for key, some in sorted(spelled.items())}

    def _name(self, key: int, spellings: list[str]) -> _Name:
        """Return the name of one key: its commonest spelling, and what was kept of all of them."""
        ids = [self._ids[one] for one in spellings]
        countries = 0
        for at in ids:
            countries |= self._countries[at]
        return _Name(
            spellings=tuple(sorted(spellings)),
            value=min(spellings, key=self._rank),
            key=key,
            sounds=frozenset(self._sounds[at] for at in ids) - {0} - self._crowded,
            kept=tuple(some for at in ids if (some := self._companions[at])),
            countries=countries,
        )

    def _rank(self, name: str) -> tuple[bool, int, bool, int, str]:
        """Return the rank of a spelling as the value, least first: capitals throughout come last."""
        accented = fold(name) != name.lower()
        return name.isupper(), -self._articles[self._ids[name]], not accented, -len(name), name

    def _hubs(self) -> frozenset[int]:
        """Return the marks of those who are named with everybody."""
        marks = (np.array(self._sounds, np.uint64) & np.uint64(0xFFFFFFFF)).astype(np.uint32)
        which, inverse = np.unique(marks, return_inverse=True)
        articles = np.bincount(inverse, np.array(self._articles), len(which))
        most = max(HUB_ARTICLES, HUB_SHARE * self._added)
        return frozenset(which[articles > most].tolist())

    def _joined(self, group: list[_Name], hubs: frozenset[int]) -> Iterator[tuple[str, _Name, int]]:
        """Yield from names of one sound the value, a name that is the same, and how many companions say so.

        The commonest names take first, and each is compared with the value itself, so that no chain of
        likenesses joins two that are not alike.
        """
        left = sorted(group, key=lambda name: self._rank(name.value))[:COMPARED]
        while left:
            head, *rest = left
            head.joined, left = [head], []
            proving = head.companions() - hubs
            for name in rest:
                shared = len(proving & name.companions())
                if shared and self._may_be_one(head, name):
                    head.joined.append(name)
                    yield head.value, name, shared
                else:
                    left.append(name)

    def _may_be_one(self, head: _Name, name: _Name) -> bool:
        """Return whether two names sound alike, share a country, and were never told apart."""
        if not (head.sounds & name.sounds and head.countries & name.countries):
            return False
        return not any((min(one.key, name.key), max(one.key, name.key)) in self._apart for one in head.joined)


def _groups(names: Mapping[int, _Name]) -> list[list[_Name]]:
    """Return the names that a chain of common sounds connects, two or more a group."""
    by_sound: dict[int, list[_Name]] = defaultdict(list)
    for name in names.values():
        for sound in name.sounds:
            by_sound[sound].append(name)
    groups: list[list[_Name]] = []
    seen: set[int] = set()
    for name in names.values():
        group: list[_Name] = []
        fresh = [name]
        while fresh:
            one = fresh.pop()
            if one.key not in seen:
                seen.add(one.key)
                group.append(one)
                fresh.extend(other for sound in one.sounds for other in by_sound.pop(sound, ()))
        if len(group) > 1:
            groups.append(group)
    return groups


def _repeated(values: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Return for each value whether it stands twice or more."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    return np.asarray(counts[inverse] > 1)


def _hash(key: str) -> int:
    """Return 64 bits for a key, the same in every process: of a million, two meet once in 10^7 times."""
    digest = blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little") or 1


def _mark(sound: int) -> int:
    """Return the mark under which a name is a companion: 32 bits of its sound's hash."""
    return sound & 0xFFFFFFFF


def _bits(countries: Sequence[str]) -> int:
    """Return a set of countries as bits; a code that no country has says nothing."""
    bits = 0
    for code in countries:
        bits |= _bit().get(code, 0)
    return bits


@cache
def _bit() -> dict[str, int]:
    return {code: 1 << at for at, code in enumerate(sorted(read_countries()))}
