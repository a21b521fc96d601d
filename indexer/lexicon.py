"""What the people tagger knows of single words: name lists and the kinds of data/person_words.txt.

Keys are folded (lower case, no accents): `Gašić`, `GASIC` and `gasic` are one entry, `gaich` another.
"""

import gzip
import re
from collections.abc import Sequence
from enum import Enum
from functools import cache, lru_cache
from importlib.resources import files

from indexer.names import read_names
from indexer.places import is_place
from search.tokens import fold

SYLLABLES = re.compile(
    r"(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
    r"(?:i?ang|iong|ing|eng|ong|ian|uan|iao|uai|[iu]?a[nio]?|e[in]?|[iu]?o|ou|[iu]n?|ui|iu|ie|ue)-?){1,2}"
)
"""One or two syllables of a Chinese given name in Pinyin."""


class Kind(Enum):
    """What a word can do in or beside a name."""

    NAME = "name"
    INITIAL = "initial"
    PARTICLE = "particle"
    SUFFIX = "suffix"
    TITLE = "title"
    WEAK_TITLE = "weak-title"
    COMPANY = "company"
    ORGANISATION = "organisation"
    STOP = "stop"
    ACRONYM = "acronym"
    PLAIN = "plain"


class Listed(Enum):
    """How a list vouches for a name. ALSO_WORD marks a name that is an ordinary word too."""

    NO = 0
    ALSO_WORD = 1
    YES = 2


KINDS = (
    ("role", Kind.WEAK_TITLE),
    ("stop", Kind.STOP),
    ("organisation", Kind.ORGANISATION),
    ("company", Kind.COMPANY),
    ("suffix", Kind.SUFFIX),
    ("weak-title", Kind.WEAK_TITLE),
    ("title", Kind.TITLE),
    ("honorific", Kind.TITLE),
)
"""Sections that settle a capitalised word's kind; a word in several takes the last."""


@cache
def sections() -> dict[str, frozenset[str]]:
    """Return the sections of person_words.txt: name to folded entries (a line after a colon is one)."""
    found: dict[str, set[str]] = {}
    current: set[str] = set()
    text = files("indexer.data").joinpath("person_words.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("["):
            current = found.setdefault(line.strip("[]"), set())
        elif line.startswith(":"):
            current.add(fold(line[1:].strip()))
        elif not line.startswith("#"):
            current.update(fold(word) for word in line.split())
    return {name: frozenset(entries) for name, entries in found.items()}


@cache
def section(name: str) -> frozenset[str]:
    """Return one section. Raises KeyError when there is none of that name."""
    return sections()[name]


@cache
def kinds() -> dict[str, Kind]:
    """Return the kind of each word that a section or the demonyms settle."""
    found = dict.fromkeys(demonyms(), Kind.STOP)
    for name, kind in KINDS:
        found.update(dict.fromkeys(section(name), kind))
    return found


@cache
def demonyms() -> frozenset[str]:
    """Return the demonyms of one word ("Georgian", "Serbs") that the table of countries lists."""
    rows = [row for row in read_names() if "demonym" in row.kind]
    return frozenset(fold(form) for row in rows for form in row.forms if " " not in form)


@cache
def _names(file: str) -> dict[str, Listed]:
    """Return a name list: folded name to how it is listed."""
    packed = files("indexer.data").joinpath(file).read_bytes()
    found: dict[str, Listed] = {}
    for name in gzip.decompress(packed).decode().splitlines():
        key = fold(name.removesuffix("?"))
        listed = Listed.ALSO_WORD if name.endswith("?") else Listed.YES
        found[key] = max(listed, found.get(key, listed), key=lambda one: one.value)
    return found


@lru_cache(maxsize=65536)
def given_name(key: str) -> Listed:
    """Return how the given names list a folded word; both halves of "Jean-Luc" must be listed."""
    return _listed(key, _names("given_names.txt.gz"))


@lru_cache(maxsize=65536)
def surname(key: str) -> Listed:
    """Return how the surnames list a folded word; of "Smith-Jones" the halves, of "al-Sadr" the name."""
    return _listed(key, _names("surnames.txt.gz"))


def _listed(key: str, names: dict[str, Listed]) -> Listed:
    """Return the entry of `key`, else the least of its hyphenated parts."""
    if key in names or "-" not in key:
        return names.get(key, Listed.NO)
    parts = [part for part in key.split("-") if part not in section("particle")]
    return min((names.get(part, Listed.NO) for part in parts), key=lambda one: one.value, default=Listed.NO)


@cache
def nicknames() -> frozenset[tuple[str, str]]:
    """Return pairs of given names that stand for one, both ways round."""
    pairs = [tuple(entry.split()) for entry in section("nickname")]
    return frozenset((a, b) for pair in pairs for a, b in (pair, pair[::-1]))


@lru_cache(maxsize=65536)
def kind_of(key: str) -> Kind | None:
    """Return the kind that lists settle for a folded word; None leaves it to the word's shape.

    A word of several parts takes the kind of the last when all have one ("Colonel-General",
    "Azerbaijani-Iranian").
    """
    found = kinds().get(key)
    if found is not None or "-" not in key:
        return found
    parts = [kinds().get(part) for part in key.split("-") if part]
    return parts[-1] if parts and all(parts) else None


@lru_cache(maxsize=65536)
def place(words: str) -> bool:
    """Return whether words are the name of a country or a large place, and nothing more."""
    return is_place(words)


@lru_cache(maxsize=65536)
def surname_shaped(key: str) -> bool:
    """Return whether an unlisted word ends as surnames do ("-shvili", "-enko"), with a stem before that."""
    return any(key.endswith(ending) for ending in section("surname-ending") if len(key) > len(ending) + 2)


def family_leads(parts: Sequence[str]) -> bool:
    """Return whether the family name leads in folded parts ("deng xiaoping", "kim dae-jung")."""
    if len(parts) < 2 or parts[0] not in section("family-first"):
        return False
    rest = "".join(parts[1:])
    return len(rest) < 24 and bool(SYLLABLES.fullmatch(rest) or "-" in rest)
