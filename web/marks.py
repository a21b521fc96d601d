"""A text and its spans, cut up for a template: what is marked, and what makes a paragraph.

Templates escape each piece and put `<mark>` round the marked ones; no markup is made here. Spans
are half-open code points into the whole text, and stay right across every cut.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Literal

from search.domain import Span

Kind = Literal["flowing", "lines", "table"]

# Agencies of the telex age set columns with runs of spaces; prose never has three in a row inside a line.
_TABULAR = re.compile(r"\S(?: {3}|\t)[ \t]*\S")
_INDENTED = re.compile(r"(?:\t| {2,})\S")
_WRAPPED_AT = 90

_CLOSING = (".", "!", "?", '"', "”", "’", "'", "»", ")")

MARKED = 2_000
"""Places of a text that are marked: a page of a million marks took a browser, and us, a minute."""
BLOCKS = 5_000
"""Paragraphs of a page; what follows the last but one is one more, with its line breaks."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text that is marked as a whole, or not at all. Never empty.

    `shown` is the mark of a tag's words, beside `marked` for those of a query. `number` counts the
    marks of a page from 1; of a mark in pieces it is the first one's, and 0 elsewhere.
    """

    text: str
    marked: bool = False
    shown: bool = False
    number: int = 0


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of a body, which begins at `start`.

    A `flowing` one was broken into lines only to fit a width; the line breaks of `lines` mean
    something; `table` holds columns that need a fixed pitch.
    """

    pieces: tuple[Piece, ...]
    kind: Kind = "flowing"
    start: int = 0


def pieces(text: str, spans: Iterable[Span], *, start: int = 0, end: int | None = None) -> tuple[Piece, ...]:
    """Return `text[start:end]` cut at the ends of `spans`, which may overlap and lie outside."""
    stop = len(text) if end is None else end
    cut: list[Piece] = []
    at = start
    for left, right in _merged(spans):
        left, right = max(left, at), min(right, stop)
        if left >= right:
            continue
        if left > at:
            cut.append(Piece(text[at:left]))
        cut.append(Piece(text[left:right], marked=True))
        at = right
    if at < stop:
        cut.append(Piece(text[at:stop]))
    return tuple(cut)


def blocks(body: str, spans: Iterable[Span]) -> tuple[Block, ...]:
    """Return the paragraphs of a body with its marks; only white space is left out between them."""
    merged = _merged(spans)
    bounds = _bounds(body)
    found = [
        _block(body, merged, span, _kind(body[slice(*span)], at_start=span[0] == 0))
        for span in islice(bounds, BLOCKS - 1)
    ]
    rest = next(bounds, None)
    if rest:
        found.append(_block(body, merged, (rest[0], len(body.rstrip())), "lines"))
    return tuple(found)


def _block(body: str, spans: list[Span], span: Span, kind: Kind) -> Block:
    start, end = span
    return Block(pieces(body, _touching(spans, start, end), start=start, end=end), kind, start)


def also(cut: Sequence[Piece], spans: Sequence[Span], *, start: int = 0) -> tuple[Piece, ...]:
    """Return pieces, of which the first begins at `start`, cut further at spans that are then `shown`."""
    if not spans:
        return tuple(cut)
    merged = _merged(spans)
    found: list[Piece] = []
    at = start
    for piece in cut:
        end = at + len(piece.text)
        for left, right in _touching(merged, at, end):
            left, right = max(left, at), min(right, end)
            if left > at:
                found.append(replace(piece, text=piece.text[at - end :][: left - at]))
            found.append(replace(piece, text=piece.text[left - end :][: right - left], shown=True))
            at = right
        if at < end:
            found.append(replace(piece, text=piece.text[at - end :]))
        at = end
    return tuple(found)


def numbered(cut: Sequence[Piece], numbers: Iterator[int]) -> tuple[Piece, ...]:
    """Return pieces with the next number on each mark's first piece."""
    found: list[Piece] = []
    inside = False
    for piece in cut:
        mark = piece.marked or piece.shown
        found.append(replace(piece, number=next(numbers)) if mark and not inside else piece)
        inside = mark
    return tuple(found)


def _merged(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for left, right in sorted(span for span in spans if span[0] < span[1]):
        if merged and left <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(right, merged[-1][1]))
        else:
            merged.append((left, right))
    return merged


def _touching(spans: list[Span], start: int, end: int) -> list[Span]:
    first = bisect_right(spans, start, key=lambda span: span[1])
    return spans[first : bisect_left(spans, end, key=lambda span: span[0])]


def _bounds(body: str) -> Iterator[Span]:
    """Yield the spans of paragraphs: parted by empty lines, indents, long lines, and tables."""
    start = end = 0
    above = before = ""
    for line_start, line in _lines(body):
        if end > start and (not line.strip() or _parts(before, line) or _ends(above, before)):
            yield start, end
            start = end = line_start
            before = ""
        if line.strip():
            start = start if end > start else line_start
            end = line_start + len(line)
        above, before = before, line
    if end > start:
        yield start, end


def _lines(body: str) -> Iterator[tuple[int, str]]:
    at = 0
    for line in body.split("\n"):
        yield at, line.rstrip()
        at += len(line) + 1


def _parts(before: str, line: str) -> bool:
    tabular = bool(_TABULAR.search(line))
    if tabular or _TABULAR.search(before):
        return not (tabular and _TABULAR.search(before))
    return bool(_INDENTED.match(line)) or len(before) > _WRAPPED_AT


def _ends(above: str, line: str) -> bool:
    """Tell whether a line is the short last one of wrapped prose, whatever comes below it."""
    return len(above) > _WRAPPED_AT // 2 and len(line) < _WRAPPED_AT // 3 and line.endswith(_CLOSING)


def _kind(text: str, *, at_start: bool = False) -> Kind:
    if _TABULAR.search(text):
        return "table"
    lines = text.strip().split("\n")
    if len(lines) > 2 and _goes_on(*lines[:2], at_start=at_start):
        lines = lines[1:]
    wrapped = all(_WRAPPED_AT // 3 <= len(line) <= _WRAPPED_AT for line in lines[:-1])
    return "flowing" if wrapped else "lines"


def _goes_on(line: str, below: str, *, at_start: bool) -> bool:
    """Tell whether a short first line is prose that goes on below: a body whose dateline was taken off."""
    if len(line) > _WRAPPED_AT or line.isupper() or line.endswith((*_CLOSING, ":", ";")):
        return False
    return at_start or below[:1].islower()
