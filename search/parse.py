"""A query string to its tree: NOT binds tighter than AND, AND than OR.

    query  = either
    either = every { "OR" every }
    every  = unary { ["AND"] unary }
    unary  = { "NOT" | "-" } ( leaf | "(" either ")" | "title:(" either ")" )

Any string gives a tree or a QueryError that carries the offset and a repaired query.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, NoReturn

from search.errors import QueryError
from search.leaves import Leaves
from search.lexemes import Lexeme, lexemes, without
from search.limits import Limits
from search.syntax import OPERATORS, And, Everything, Node, Not, Or, titled
from search.tokens import words

_LIMITS = Limits()
_REPAIRS = 8
"""Errors that are mended one after the other before the query is read as plain words."""


class Parsed(NamedTuple):
    """The tree of a query, and a sentence for everything in it that was not taken as typed."""

    tree: Node
    notes: tuple[str, ...] = ()


def parse(text: str, *, today: date | None = None, limits: Limits | None = None) -> Parsed:
    """Return the tree of a query; empty text gives Everything.

    Time is linear in the length of the text. Relative dates count back from `today`.
    Raises QueryError, whose `repaired` reads without error.
    """
    limits = limits or _LIMITS
    try:
        return _read(text, today, limits)
    except QueryError as error:
        repaired = _repaired(text, error, today, limits)
        raise QueryError(error.message, at=error.at, repaired=repaired) from None


def _read(text: str, today: date | None, limits: Limits) -> Parsed:
    if len(text) > limits.length:
        cut = text[: limits.length]
        message = f"the query has {len(text)} characters; at most {limits.length} are read"
        raise QueryError(message, at=limits.length, repaired=cut)
    if not text.strip():
        return Parsed(Everything())
    reader = _Reader(text, lexemes(text), Leaves(text, today, limits), limits)
    return reader.whole()


def _repaired(text: str, error: QueryError, today: date | None, limits: Limits) -> str:
    """Return a query near this one that reads: mended step by step, else its plain words, else none."""
    candidate = error.repaired or ""
    for _ in range(_REPAIRS):
        wrong = _wrong(candidate, today, limits)
        if wrong is None:
            return candidate.strip()
        candidate = wrong.repaired or ""
    plain = _plain(text, limits)
    return plain if _wrong(plain, today, limits) is None else ""


def _wrong(text: str, today: date | None, limits: Limits) -> QueryError | None:
    """Return what is wrong with a query, None when it reads."""
    try:
        _read(text, today, limits)
    except QueryError as error:
        return error
    return None


def _plain(text: str, limits: Limits) -> str:
    """Return the first words of a query, without operators and signs."""
    found = [word for word in words(text[: limits.length]) if word not in OPERATORS]
    plain = " ".join(found[: limits.words])
    return plain if len(plain) <= limits.length else plain[: limits.length].rpartition(" ")[0]


@dataclass(slots=True)
class _Reader:
    """Recursive descent over the lexemes; `at` is the index of the next one."""

    text: str
    pieces: list[Lexeme]
    leaves: Leaves
    limits: Limits
    at: int = 0
    opened: list[Lexeme] = field(default_factory=list)

    def whole(self) -> Parsed:
        node = self.either()
        if self.at < len(self.pieces):
            piece = self.pieces[self.at]
            raise QueryError("this bracket was never opened", at=piece.start, repaired=self.without(piece))
        if node is None:
            message = f"there is no word to search for in {self.text[:80]!r}"
            raise QueryError(message, at=0, repaired="")
        return Parsed(node, tuple(dict.fromkeys(self.leaves.notes)))

    def either(self) -> Node | None:
        """Return the alternatives up to the closing bracket; None when all were left out."""
        first = self.every()
        children = [first] if first is not None else []
        while self.kind() == "or":
            operator = self.take()
            self.needs_side(operator)
            child = self.every()
            if child is not None:
                children.append(child)
        if len(children) > 1:
            return Or(tuple(children))
        return children[0] if children else None

    def every(self) -> Node | None:
        """Return what must hold together; None when every part was left out as punctuation."""
        children = []
        if self.kind() in ("and", "or"):
            self.lonely(self.pieces[self.at])
        while self.kind() not in (None, ")", "or"):
            if self.kind() == "and":
                self.needs_side(self.take())
            child = self.unary()
            if child is not None:
                children.append(child)
        if len(children) > 1:
            return And(tuple(children))
        return children[0] if children else None

    def unary(self) -> Node | None:
        negated = False
        while self.kind() in ("not", "minus"):
            negated = not negated
            self.needs_side(self.take())
        piece = self.take()
        child = self.group(piece) if piece.kind == "(" else self.leaves.leaf(piece)
        if child is None or not negated:
            return child
        return child.child if isinstance(child, Not) else Not(child)

    def group(self, piece: Lexeme) -> Node | None:
        self.opened.append(piece)
        if len(self.opened) > self.limits.depth:
            message = f"brackets are nested more than {self.limits.depth} deep"
            raise QueryError(message, at=piece.start, repaired=self.unbracketed())
        if self.kind() == ")":
            empty = self.pieces[self.at]
            rest = without(self.text, piece.start, empty.end)
            raise QueryError("there is nothing in these brackets", at=piece.start, repaired=rest)
        child = self.either()
        if self.kind() != ")":
            closed = self.text + ")" * len(self.opened)
            raise QueryError("this bracket is never closed", at=piece.start, repaired=closed)
        self.take()
        self.opened.pop()
        return titled(child) if piece.field and child is not None else child

    def kind(self) -> str | None:
        return self.pieces[self.at].kind if self.at < len(self.pieces) else None

    def take(self) -> Lexeme:
        self.at += 1
        return self.pieces[self.at - 1]

    def needs_side(self, operator: Lexeme) -> None:
        """Raise QueryError unless something to search for follows the operator."""
        if self.kind() in (None, ")", "and", "or"):
            self.lonely(operator)

    def lonely(self, operator: Lexeme) -> NoReturn:
        name = operator.text or "-"
        message = f"{name} needs something to search for beside it; a word in capitals is quoted"
        raise QueryError(message, at=operator.start, repaired=self.without(operator))

    def without(self, piece: Lexeme) -> str:
        return without(self.text, piece.start, piece.end)

    def unbracketed(self) -> str:
        return self.text.replace("(", " ").replace(")", " ")
