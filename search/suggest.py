"""What the end of a query may become: words, people and countries of the archive, as they are typed."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from search.domain import FieldValue
from search.engine import Engine
from search.errors import QueryError
from search.lexemes import QUOTES
from search.nodes import Pattern
from search.parse import parse
from search.syntax import OPERATORS, Tagged, show
from search.tokens import MAX_WORD, fold_word, is_unspaced, tokens

NAME_WORDS = 4
"""Words at the end of a query that may be the beginning of one name."""

_BREAKS = re.compile(rf"[(){QUOTES}]")
_PIECE = re.compile(r"\S+")
_NAMED = ("person", "country")
_SIGNS = frozenset("*?~:/")
"""What makes a piece of a query something else than the beginning of a word or name."""


class Completion(NamedTuple):
    """One way to go on: what is offered, the whole query with it, and the articles of a name.

    `value` is the word, the person or the country's code; `articles` is 0 for words.
    """

    value: str
    label: str
    query: str
    articles: int = 0


class Suggestions(NamedTuple):
    """The ways to go on, by kind; of each the likeliest first."""

    words: tuple[Completion, ...] = ()
    people: tuple[Completion, ...] = ()
    countries: tuple[Completion, ...] = ()


class _End(NamedTuple):
    """The end of a query that is completed: where it starts, its words, and the field before it."""

    start: int
    words: str
    field: str = ""


def suggest(engine: Engine, text: str, *, most: int = 5) -> Suggestions:
    """Return how the last words of a query may go on, at most so many ways of each kind.

    A name may take up the last words together: as many of them as some name begins with.
    """
    ends = list(_ends(text))
    if not ends:
        return Suggestions()
    people, countries = _names(engine, text, ends, most)
    last = ends[-1]
    words = () if last.field else _words(engine, text, last, most)
    return Suggestions(words, people, countries)


def _ends(text: str) -> Iterator[_End]:
    """Yield the ends of a query that a name may complete, the longest first; none after a space."""
    breaks = [found.start() for found in _BREAKS.finditer(text)]
    first = breaks[-1] + 1 if breaks else 0
    pieces = [(first + found.start(), found[0]) for found in _PIECE.finditer(text[first:])]
    if not pieces or pieces[-1][0] + len(pieces[-1][1]) < len(text):
        return
    start, last = pieces[-1]
    signs = len(last) - len(last.lstrip("-="))
    field, colon, rest = last[signs:].partition(":")
    if colon:
        if field in _NAMED and rest and not _SIGNS & set(rest):
            yield _End(start + signs, rest, field)
        return
    if _SIGNS & set(last) or not last[signs:] or last in OPERATORS:
        return
    if not signs:
        yield from _longer_ends(text, pieces)
    yield _End(start + signs, last[signs:])


def _longer_ends(text: str, pieces: list[tuple[int, str]]) -> Iterator[_End]:
    """Yield the ends of several words, the longest first."""
    plain = 0
    for _, piece in reversed(pieces):
        if _SIGNS & set(piece) or piece.startswith(("-", "=")) or piece in OPERATORS:
            break
        plain += 1
    for count in range(min(plain, NAME_WORDS), 1, -1):
        start = pieces[-count][0]
        yield _End(start, text[start:])


def _names(engine: Engine, text: str, ends: list[_End], most: int) -> list[tuple[Completion, ...]]:
    """Return people and countries that the longest end of which any name begins may become."""
    found: list[tuple[Completion, ...]] = [(), ()]
    for end in ends:
        for at, field in enumerate(_NAMED):
            if end.field in ("", field):
                named = engine.beginning(field, end.words, most)
                found[at] = tuple(_name(text, end.start, field, one) for one in named)
        if any(found):
            break
    return found


def _name(text: str, start: int, field: str, one: FieldValue) -> Completion:
    before = text[:start]
    if before and before[-1] in QUOTES and sum(letter in QUOTES for letter in before) % 2:
        before = before[:-1]  # the phrase that was begun is the name
    label = " ".join(_BREAKS.sub(" ", one.label).split())
    return Completion(one.value, one.label, _closed(before + show(Tagged(field, label))), one.articles)


def _words(engine: Engine, text: str, end: _End, most: int) -> tuple[Completion, ...]:
    """Return the words that begin as the last one does; its own letters stay as they were typed."""
    typed = end.words
    found = tokens(typed)
    if len(found) != 1 or (found[0].start, found[0].end) != (0, len(typed)) or is_unspaced(typed):
        return ()
    folded = fold_word(typed)[:MAX_WORD]
    words = [word for word, _ in engine.words(Pattern(f"{folded}*"), most + 1) if word != folded][:most]
    kept = typed if len(typed) == len(folded) else folded
    before = text[: end.start] + kept
    return tuple(Completion(word, word, _closed(before + word[len(folded) :])) for word in words)


def _closed(query: str) -> str:
    """Return a query with its open quotation mark and brackets closed: it is asked as it is offered."""
    if not _BREAKS.search(query):
        return query
    try:
        parse(query)
    except QueryError as error:
        closed = error.repaired or ""
        return closed if closed.startswith(query) else query
    return query
