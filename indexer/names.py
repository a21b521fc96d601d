"""Names of countries and areas as the tables list them, and how a name is folded for look-up."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

WORD = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*")
"""A word: letters and digits, with the accents that stand as signs of their own."""

_PLAIN = str.maketrans({"ı": "i", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ß": "ss"})


@dataclass(frozen=True, slots=True)
class NameRow:
    """One line of names.tsv. `codes` is empty for a name that stands for no country.

    `area` is the first-level area of a state ("GA" in US-GA), "" elsewhere.
    """

    codes: tuple[str, ...]
    area: str
    kind: str
    forms: tuple[str, ...]


def folded_word(word: str) -> str:
    """Return `word` in lower case without accents: Türkiye and TURKIYE are one."""
    if word.isascii():
        return word.lower()
    bare = unicodedata.normalize("NFKD", word.translate(_PLAIN))
    return "".join(sign for sign in bare if not unicodedata.combining(sign)).lower()


def folded(name: str) -> str:
    """Return the look-up key of `name`: its folded words, one space between them."""
    return " ".join(folded_word(word) for word in WORD.findall(unicodedata.normalize("NFC", name)))


@cache
def read_names() -> tuple[NameRow, ...]:
    """Return the lines of names.tsv in their order, plurals written out."""
    text = files("indexer.data").joinpath("names.tsv").read_text(encoding="utf-8")
    return tuple(_row(line) for line in text.splitlines() if line and not line.startswith("#"))


def _row(line: str) -> NameRow:
    """Return one line of names.tsv as a row."""
    codes, kind, forms = line.split("\t")
    area = codes.partition("-")[2]
    bare = tuple(code for code in codes.partition("-")[0].split(",") if code)
    return NameRow(bare, area, kind, tuple(_spelled(forms)))


def _spelled(forms: str) -> Iterator[str]:
    """Yield the forms of a cell; a trailing + gives the plural too."""
    for form in forms.split("|"):
        yield form.rstrip("+")
        if form.endswith("+"):
            yield form.rstrip("+") + "s"


@dataclass(frozen=True, slots=True)
class Country:
    """One country of ISO 3166-1, or Kosovo: its codes, the name shown, and the names of CLDR and ISO."""

    code: str
    alpha_3: str
    display: str
    forms: tuple[str, ...]


@cache
def read_countries() -> dict[str, Country]:
    """Return the countries by alpha-2 code."""
    text = files("indexer.data").joinpath("countries.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines())
    return {code: Country(code, three, shown, tuple(forms.split("|"))) for code, three, shown, forms in rows}


@cache
def place_words() -> dict[str, frozenset[str]]:
    """Return the words of place_words.txt by section."""
    found: dict[str, set[str]] = {}
    current: set[str] = set()
    text = files("indexer.data").joinpath("place_words.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("["):
            current = found.setdefault(line.strip("[]"), set())
        elif not line.startswith("#"):
            current.update(line.split())
    return {name: frozenset(words) for name, words in found.items()}
