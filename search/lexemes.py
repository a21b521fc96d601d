"""A query string cut into brackets, operators, phrases and runs of other letters."""

import re
from typing import Literal, NamedTuple

from search.errors import QueryError

QUOTES = '"\u201c\u201d\u201e\u201f\u00ab\u00bb\uff02'
"""Any of these opens a phrase and any closes it."""

Kind = Literal["(", ")", "and", "or", "not", "minus", "phrase", "run"]

_OPERATORS: dict[str, Kind] = {"AND": "and", "OR": "or", "NOT": "not"}
_SIGNS = frozenset("()-" + QUOTES)
"""What a piece other than a run or operator begins with."""
_RUN = re.compile(rf"[^\s(){QUOTES}]+")
_SLOP = re.compile(r"~0*([0-9]+)(?![^\s()])")
_DIGITS = 9
"""Digits of a slop that are read; so many are past any limit."""


class Lexeme(NamedTuple):
    """A piece of the query at `text[start:end]`.

    A phrase has its inner text, its `field` prefix (`person:` gives "person") and what follows
    the closing quote: `slop` of `~5`, or `tail` of `/quoted`. A `(` may have a field too.
    """

    kind: Kind
    start: int
    end: int
    text: str = ""
    field: str = ""
    slop: int | None = None
    tail: str = ""


def lexemes(text: str) -> list[Lexeme]:
    """Return the pieces of a query in order, in time linear in its length.

    Raises QueryError at a quote that is never closed.
    """
    found: list[Lexeme] = []
    at = 0
    while at < len(text):
        letter = text[at]
        if letter.isspace():
            at += 1
            continue
        if letter in _SIGNS:
            lexeme = _bracket(letter, at) or _minus(text, at) or _phrase(text, at, at, "") or _run(text, at)
        else:
            lexeme = _run(text, at)
        found.append(lexeme)
        at = lexeme.end
    return found


def without(text: str, start: int, end: int) -> str:
    """Return a query without the piece at `text[start:end]`, one space in its place."""
    return f"{text[:start].rstrip()} {text[end:].lstrip()}"


def _bracket(letter: str, at: int) -> Lexeme | None:
    if letter == "(":
        return Lexeme("(", at, at + 1)
    if letter == ")":
        return Lexeme(")", at, at + 1)
    return None


def _minus(text: str, at: int) -> Lexeme | None:
    """Return a minus that stands before something; a lone dash is punctuation."""
    after = text[at + 1 : at + 2]
    if text[at] == "-" and after and not after.isspace() and after != ")":
        return Lexeme("minus", at, at + 1)
    return None


def _phrase(text: str, at: int, start: int, field: str) -> Lexeme | None:
    """Return the phrase whose opening quote stands at `at`, if one does."""
    if at >= len(text) or text[at] not in QUOTES:
        return None
    close = at + 1
    while close < len(text) and text[close] not in QUOTES:
        close += 1
    if close == len(text):
        repaired = text + '"' if text[at + 1 :].strip() else text[:start]
        raise QueryError("this quote is never closed", at=at, repaired=repaired)
    inner = text[at + 1 : close]
    slop = _SLOP.match(text, close + 1)
    if slop:
        return Lexeme("phrase", start, slop.end(), inner, field, int(slop[1][:_DIGITS]))
    tail = _RUN.match(text, close + 1) if field and text[close + 1 : close + 2] == "/" else None
    end = tail.end() if tail else close + 1
    return Lexeme("phrase", start, end, inner, field, None, tail.group() if tail else "")


def _run(text: str, at: int) -> Lexeme:
    """Return an operator, a field with its phrase or group, or a run of other letters."""
    match = _RUN.match(text, at)
    if match is None:  # every other letter was taken by the callers before
        raise QueryError("this cannot be read", at=at, repaired=text[:at] + text[at + 1 :])
    run, end = match.group(), match.end()
    if run in _OPERATORS:
        return Lexeme(_OPERATORS[run], at, end, run)
    if run.endswith(":") and end < len(text):
        name = run[:-1]
        if text[end] == "(" and name == "title":
            return Lexeme("(", at, end + 1, field=name)
        if text[end] in QUOTES and name.isalpha():
            return _phrase(text, end, at, name) or Lexeme("run", at, end, run)
    return Lexeme("run", at, end, run)
