"""The table of places and the look-up of its names in a text.

`find_places` gives candidates: every longest run of words that the table knows, with all the places it
may stand for. Which of them is meant, if any, is for `indexer.homonyms` to say.
"""

import gzip
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from indexer.names import WORD, folded, folded_word, read_countries, read_names
from search.domain import Span

COUNTRY_WEIGHT = 99
STATE_WEIGHT = 85
ABBREVIATION_WEIGHT = 80
OWN_WEIGHTS = {"state": STATE_WEIGHT, "abbreviation": ABBREVIATION_WEIGHT, "exonym": 62}
"""Weights of the senses that have no population, on the scale of cities: ten times its logarithm."""

LONGEST_GAP = 10
"""Most signs between two words of one name: a line break and the indent after it."""

_KINDS = {"k": "capital", "c": "city", "r": "region"}
_GAP = re.compile(r"[ \t\u00a0]?\n?[ \t\u00a0]{0,8}|[-‐‑'’ʼ]|\.[ \u00a0]?")
_SMALL = frozenset(
    "a al am an and au aux bei d da das de del den der des di do dos du e el en i im in la las le les los "  # noqa: SIM905 - prose reads better
    "nad o ob of on os s sur the under upon van von y".split()
)
"""Words that stay small inside a name: Isle of Man, Frankfurt am Main."""


@dataclass(frozen=True, slots=True)
class Sense:
    """One place that a name may stand for.

    `codes` holds more than one code only for a state that broke up. `kind` says what the name is to
    the place; `area` is the first-level area (US, CA, AU and GB only); `weight` is ten times the decimal
    logarithm of the population, with fixed weights for countries and states.
    """

    codes: tuple[str, ...]
    kind: str
    area: str
    weight: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A name of the table: its senses, heaviest first, and what else the word may be.

    No sense at all marks a longer name that stands for no country (Gulf of Mexico). `acronym`
    means that only capitals count: US is a country, us is not.
    """

    key: str
    senses: tuple[Sense, ...]
    common: bool = False
    given: bool = False
    surname: bool = False
    acronym: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """A run of words of a text that the table knows: `text[start:end]`, words `first` to `last`."""

    start: int
    end: int
    entry: Entry
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Words:
    """A text cut into words: `spans` in order, and whether the text is written in capitals."""

    text: str
    spans: tuple[Span, ...]
    shouting: bool

    def word(self, number: int) -> str:
        """Return word `number`, "" before the first and after the last."""
        if not 0 <= number < len(self.spans):
            return ""
        start, end = self.spans[number]
        return self.text[start:end]

    def gap(self, number: int) -> str:
        """Return what stands between word `number` and the one before it, "" at the ends."""
        if not 0 < number < len(self.spans):
            return ""
        return self.text[self.spans[number - 1][1] : self.spans[number][0]]


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The table in memory: raw lines by key, read when asked for, and the longest name by first word.

    `loose` holds the names of ours that have small words beside those of every name: Dutch oven.
    """

    lines: dict[str, str]
    own: dict[str, tuple[Sense, ...]]
    acronyms: frozenset[str]
    longest: dict[str, int]
    loose: frozenset[str]

    def entry(self, key: str) -> Entry | None:
        """Return what the table knows of the folded name `key`."""
        line = self.lines.get(key)
        own = self.own.get(key)
        if line is None and own is None:
            return None
        marks, senses = _parsed(line) if line is not None else ("-", ())
        if own is not None:
            senses = own + senses if own else ()
        return Entry(key, senses, "w" in marks, "g" in marks, "s" in marks, key in self.acronyms)


@cache
def gazetteer() -> Gazetteer:
    """Return the table, read once a process: about 0.2 s and 50 MB."""
    packed = files("indexer.data").joinpath("places.tsv.gz").read_bytes()
    rows = gzip.decompress(packed).decode().splitlines()
    lines = dict(row.split("\t", 1) for row in rows)
    own, acronyms = _own_names()
    longest: dict[str, int] = {}
    for key in (*lines, *own):
        first, _, rest = key.partition(" ")
        words = rest.count(" ") + 2 if rest else 1
        if words > longest.get(first, 0):
            longest[first] = words
    loose = frozenset(folded(form) for row in read_names() for form in row.forms if _is_loose(form))
    return Gazetteer(lines, own, acronyms, longest, loose)


def _is_loose(form: str) -> bool:
    """Whether a name has a word in small letters that not every name may have."""
    return any(word.islower() and folded_word(word) not in _SMALL for word in WORD.findall(form)[1:])


def _own_names() -> tuple[dict[str, tuple[Sense, ...]], frozenset[str]]:
    """Return the senses of countries and names.tsv by folded name, and which names are acronyms."""
    own: dict[str, tuple[Sense, ...]] = {}
    acronyms: set[str] = set()
    written: set[str] = set()
    for code, country in read_countries().items():
        for form in country.forms:
            own[folded(form)] = (Sense((code,), "country name", "", COUNTRY_WEIGHT),)
    for row in read_names():
        weight = OWN_WEIGHTS.get(row.kind, COUNTRY_WEIGHT)
        kind = "city" if row.kind == "exonym" else row.kind
        for form in row.forms if row.kind != "display" else ():
            key = folded(form)
            known = own.get(key, ())
            if not any(sense.codes == row.codes and sense.area == row.area for sense in known):
                own[key] = (*known, Sense(row.codes, kind, row.area, weight)) if row.codes else ()
            (acronyms if form.replace(" ", "").isupper() else written).add(key)
    return own, frozenset(acronyms - written)


def _parsed(line: str) -> tuple[str, tuple[Sense, ...]]:
    """Return the marks and senses of a line of the table."""
    marks, _, cells = line.partition("\t")
    senses = []
    for cell in cells.split(" "):
        kind, code, area, weight = cell.split(":")
        senses.append(Sense((code,), _KINDS[kind], area, int(weight)))
    return marks, tuple(senses)


@lru_cache(maxsize=20_000)
def entry_of(key: str) -> Entry | None:
    """Return what the table knows of the folded name `key`; cached, for names come again."""
    return gazetteer().entry(key)


def cut(text: str) -> Words:
    """Return `text` cut into words."""
    lower = sum(map(str.islower, text[:2000]))
    upper = sum(map(str.isupper, text[:2000]))
    return Words(text, tuple(match.span() for match in WORD.finditer(text)), upper > 4 * lower)


def find_places(words: Words, *, taken: Sequence[Span] = ()) -> list[Candidate]:
    """Return the candidates of a text in order; they do not overlap each other or `taken`.

    Cost grows with the length of the text alone: no name is longer than a handful of words.
    """
    longest = gazetteer().longest
    text, spans = words.text, words.spans
    found: list[Candidate] = []
    busy = iter(sorted(taken))
    block = next(busy, None)
    number = 0
    while number < len(spans):
        start, end = spans[number]
        while block is not None and block[1] <= start:
            block = next(busy, None)
        limit = longest.get(folded_word(text[start:end]), 0) if text[start].isupper() else 0
        stop = block[0] if block is not None else len(text)
        candidate = _longest_at(words, number, limit=limit, stop=stop) if limit else None
        if candidate is not None:
            found.append(candidate)
            number = candidate.last
        number += 1
    return found


def _longest_at(words: Words, number: int, *, limit: int, stop: int) -> Candidate | None:
    """Return the longest name that begins at word `number` and ends by offset `stop`."""
    text, spans = words.text, words.spans
    parts: list[str] = []
    for at in range(number, min(number + limit, len(spans))):
        start, end = spans[at]
        if end > stop or (parts and not _joined(words, at)):
            break
        part = folded_word(text[start:end])
        if parts and not text[start].isupper() and part not in _SMALL and not text[start].isdigit():
            loose = " ".join([*parts, part])
            if loose in gazetteer().loose and (entry := entry_of(loose)) is not None:
                return Candidate(spans[number][0], end, entry, number, at)
            break
        parts.append(part)
    for count in range(len(parts), 0, -1):
        entry = entry_of(" ".join(parts[:count]))
        if entry is not None:
            last = number + count - 1
            surface = text[spans[number][0] : spans[last][1]]
            if entry.acronym and not surface.replace("of", "").isupper():
                continue
            return Candidate(spans[number][0], _dotted_end(words, last, entry), entry, number, last)
    return None


def _joined(words: Words, number: int) -> bool:
    """Whether word `number` may belong to one name with the word before it."""
    gap = words.gap(number)
    if gap == " ":
        return True
    if len(gap) > LONGEST_GAP or not _GAP.fullmatch(gap):
        return False
    return not gap.startswith(".") or len(words.word(number - 1)) <= 2


def _dotted_end(words: Words, last: int, entry: Entry) -> int:
    """Return the end of a name with the full stop of its abbreviation: U.S., N.Y., Calif."""
    end = words.spans[last][1]
    lettered = len(words.word(last)) == 1 and words.gap(last) in {".", ". "}
    short = bool(entry.senses) and entry.senses[0].kind == "abbreviation"
    return end + 1 if (lettered or short) and words.text[end : end + 1] == "." else end


@cache
def _codes() -> dict[str, str]:
    """Return the alpha-2 code by alpha-2 and alpha-3 code in lower case."""
    listed = read_countries().values()
    return {key.lower(): country.code for country in listed for key in (country.code, country.alpha_3)}


def country_named(name_or_code: str) -> tuple[str, str] | None:
    """Return (code, display name) of a country given by an ISO code or by any of its names.

    Accents and case do not matter; demonyms and cities are no names; of a state that broke up the
    first successor is given.
    """
    if len(name_or_code) > 100:
        return None
    key = folded(name_or_code)
    code = _codes().get(key) if len(key) in {2, 3} else None
    if code is None:
        entry = entry_of(key) or entry_of(key.removeprefix("the "))
        senses = entry.senses if entry is not None else ()
        code = next((sense.codes[0] for sense in senses if is_country_kind(sense.kind)), None)
    return None if code is None else (code, read_countries()[code].display)


def is_country_kind(kind: str) -> bool:
    """Whether a sense of this kind is the name of a country itself."""
    return kind in {"country name", "short", "former name"} or kind.startswith("former state")


LARGE_CITY = 50
"""Least weight of a city that `is_place` counts as large: 100,000 inhabitants."""


def is_place(words: str) -> bool:
    """Whether `words` is a country name, demonym, state, capital or large city, and nothing more."""
    if len(words) > 100 or not words[:1].isupper():
        return False
    entry = entry_of(folded(unicodedata.normalize("NFC", words)))
    if entry is None or not entry.senses or (entry.acronym and not words.isupper()):
        return False
    best = entry.senses[0]
    if best.kind in {"abbreviation", "prefix"}:
        return False
    return best.weight >= LARGE_CITY or best.kind == "capital"
