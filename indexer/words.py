"""Text to the words that names are made of: each with its kind, and how it hangs on the word before."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from indexer.lexicon import Kind, given_name, kind_of, section, surname
from search.tokens import fold

WORD = re.compile(
    r"""
    (?P<dotted> (?<!\w) [^\W\d_] (?: \.-? [^\W\d_] \b )* \. )   # Z.  J.P.  J.-P.  U.S.
    | (?P<word> [^\W_] [\w\u0300-\u036f]* (?: [-'’‑] (?!(?:s|S)\b) [^\W_] [\w\u0300-\u036f]* )* )
    (?: ['’][sS]\b )?
    """,
    re.VERBOSE,
)
"""One word; a possessive 's is matched and left outside the group. Linear: no two parts share a sign."""

INNER_CAPITAL = re.compile(r"^(?:Mc|Mac|De|Di|Du|La|Le|Van|Von|Fitz|Del|Des|Ben|Al|El|O|D|L|M|N)$")
LOWER_PREFIX = re.compile(r"^(?:al|el|ash|an|as|ad|at|ar|ul|d|l|bin|abu)[-'’]\w")


FIRMS = frozenset({Kind.COMPANY, Kind.ORGANISATION})


class Gap(NamedTuple):
    """What stands between two words. `linked`: nothing but space inside a paragraph.

    `ticker`: signs of a firm (`Morton <MTN>`, `Smith & Co`). `speech`: a colon before a quotation.
    """

    linked: bool
    opens: bool
    comma: bool
    blank: bool
    quote: bool
    ticker: bool
    speech: bool


@dataclass(frozen=True, slots=True)
class Word:
    """One word. `key` is its folded form; `linked` whether it can continue the name before it.

    `opens` says that it begins a sentence, a quotation or a line of its own.
    """

    start: int
    end: int
    text: str
    key: str
    kind: Kind
    gap: Gap
    linked: bool
    opens: bool


@lru_cache(maxsize=4096)
def gap_of(between: str) -> Gap:
    """Return what the signs between two words say."""
    bare = between.strip()
    broken = between.count("\n") > 1 or "\n\t" in between or "\n  " in between
    return Gap(
        linked=not bare and not broken,
        opens=broken or any(sign in between for sign in '.!?:;…“"`(['),
        comma=bare == ",",
        blank=broken,
        quote=any(sign in between for sign in "”\"“'’»«`"),
        ticker=bare.startswith(("<", "&")) or bare.endswith("&"),
        speech=bare.startswith(":") and any(sign in bare for sign in "“\"«`'‘"),
    )


FIRST = Gap(linked=False, opens=True, comma=False, blank=True, quote=False, ticker=False, speech=False)
BREAK = FIRST
FULL_LINE = 40
"""Code points from which a line of wrapped text is full: after a shorter one, a capital begins anew."""
LONG_GAP = 24


def split_words(text: str, *, headline: bool = False) -> list[Word]:
    """Return the words of `text` in order. In a headline, capitals throughout say nothing of a word."""
    words: list[Word] = []
    end, line = 0, 0
    possessive = abbreviated = False
    for match in WORD.finditer(text):
        dotted = match["dotted"]
        surface = dotted or match["word"]
        start = match.start()
        gap = _gap(text, end, start) if words else FIRST
        newline = text.rfind("\n", end, start) + 1
        if newline:
            gap = (
                BREAK if gap.linked and line and newline - line < FULL_LINE and surface[0].isupper() else gap
            )
            line = newline
        inside = (
            abbreviated and not gap.blank and text[end : end + 1] == "." and text[end + 1 : start].isspace()
        )
        kind, key = _kind(surface, bool(dotted), headline)
        linked = (gap.linked or inside) and not possessive
        stop = start + len(surface)
        words.append(Word(start, stop, surface, key, kind, gap, linked, gap.opens and not inside))
        end = match.end()
        possessive = end > stop
        abbreviated = not dotted and key in section("abbreviated")
    return words


def _gap(text: str, end: int, start: int) -> Gap:
    """Return the gap between two offsets; of a long one, its ends say enough."""
    if start - end <= LONG_GAP:
        return gap_of(text[end:start])
    return gap_of(text[end : end + LONG_GAP // 2] + text[start - LONG_GAP // 2 : start])


@lru_cache(maxsize=65536)
def _kind(surface: str, dotted: bool, headline: bool) -> tuple[Kind, str]:
    """Return the kind and the key of a word as it is written."""
    key = fold(surface).replace("’", "'").replace("‑", "-")
    if not surface[0].isupper():
        named = LOWER_PREFIX.match(surface) and any(sign.isupper() for sign in surface)
        plain = Kind.PARTICLE if key in section("particle") else Kind.PLAIN
        return (Kind.NAME if named else plain), key
    if dotted:
        return (Kind.INITIAL if key not in section("not-initials") else Kind.STOP), key
    return _capital_kind(surface, key, headline), key


def _capital_kind(surface: str, key: str, headline: bool) -> Kind:
    """Return the kind of a word that begins with a capital."""
    if len(surface) == 1:
        return Kind.STOP if surface in "AIO" else Kind.INITIAL
    if key in section("particle") and not surface.isupper():
        return Kind.PARTICLE
    settled = kind_of(key)
    if settled is not None:
        return settled
    if any(sign.isdigit() for sign in surface):
        return Kind.ACRONYM
    if surface.isupper():
        listed = surname(key).value or given_name(key).value
        return Kind.NAME if headline or (listed and len(surface) > 3) else Kind.ACRONYM
    return Kind.NAME if _name_shaped(surface) else Kind.ACRONYM


def _name_shaped(surface: str) -> bool:
    """Return whether capitals stand where a name has them: `McDonald`, `El-Tahri`, not `LaserJet`."""
    for part in re.split(r"[-'’‑]", surface):
        inner = [at for at, sign in enumerate(part) if at and sign.isupper()]
        if inner and not (len(inner) == 1 and INNER_CAPITAL.match(part[: inner[0]])):
            return False
    return True


def firm_follows(words: Sequence[Word], at: int) -> bool:
    """Return whether what follows a run that ends before `at` makes it a firm or institution.

    A stock's sign ("Morton <MTN>"), a word such as Inc or Hospital, "and Co".
    """
    if at >= len(words):
        return False
    word = words[at]
    if word.gap.ticker:
        return True
    if word.linked and (word.key == "and" or word.kind is Kind.ACRONYM) and at + 1 < len(words):
        return words[at + 1].linked and words[at + 1].kind is Kind.COMPANY
    return word.linked and word.kind in FIRMS and word.text[0].isupper()
