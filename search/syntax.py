"""The tree of a query as it was typed, and its canonical spelling.

Leaves hold raw text; what a word becomes in the index is `plan`'s business. `show` prints a tree
so that reading it again gives the same tree.
"""

from dataclasses import dataclass
from datetime import date

OPERATORS = ("AND", "OR", "NOT")


@dataclass(frozen=True, slots=True)
class Everything:
    """Matches every article: the empty query."""


@dataclass(frozen=True, slots=True)
class Word:
    """A bare word, matched by its stem: one token, or one word with inner hyphens or apostrophes."""

    text: str


@dataclass(frozen=True, slots=True)
class Exact:
    """`=Word`: this form of the word, case and accents included."""

    text: str


@dataclass(frozen=True, slots=True)
class Glob:
    """A word with `*` (any letters) or `?` (one letter); matched by the folded form."""

    pattern: str


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """`word~N`: words within Levenshtein distance `distance` (1 or 2) of the folded form."""

    text: str
    distance: int


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in this order, or, with `slop`, in any order with at most so many others between."""

    text: str
    slop: int = 0


@dataclass(frozen=True, slots=True)
class Title:
    """A node whose words are looked for in the title alone; `titled` makes it."""

    child: "Node"


@dataclass(frozen=True, slots=True)
class Tagged:
    """`field:value`, with a role for countries and people; `value` None is "has none"."""

    field: str
    value: str | None
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Dated:
    """`date:` or `says:` with inclusive ends, either of them open; both None is "has none"."""

    field: str
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class And:
    """Every child matches. Holds two children or more; an And among them stood in brackets."""

    children: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one child matches. Holds two children or more; an Or among them stood in brackets."""

    children: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The child does not match. The child is no Not."""

    child: "Node"


Node = Everything | Word | Exact | Glob | Fuzzy | Phrase | Title | Tagged | Dated | And | Or | Not


def show(node: Node) -> str:
    """Return the canonical query string of a tree."""
    match node:
        case And(children):
            return " ".join(_side(child, And, Or) for child in children)
        case Or(children):
            return " OR ".join(_side(child, And, Or) for child in children)
        case Not(child):
            return "-" + _side(child, And, Or)
        case Title(child):
            return "title:" + _side(child, And, Or, Not)
        case _:
            return _leaf(node)


def _side(node: Node, *bracketed: type) -> str:
    """Return a child's spelling, in brackets when it is of a kind that would bind otherwise."""
    return f"({show(node)})" if isinstance(node, bracketed) else show(node)


def titled(node: Node) -> Node:
    """Return a node with its words looked for in titles alone; what holds no words stays as it is."""
    return node if isinstance(node, Title | Tagged | Dated | Everything) else Title(node)


def _leaf(node: Node) -> str:
    match node:
        case Everything():
            return "*"
        case Word(text):
            return text
        case Exact(text):
            return "=" + text
        case Glob(pattern):  # in brackets, a question mark never ends a question
            return f"({pattern})" if pattern.endswith("?") else pattern
        case Fuzzy(text, distance):
            return f"{text}~{distance}"
        case Phrase(text, slop):
            return f'"{text}"' + (f"~{slop}" if slop else "")
        case Tagged(field, value, role):
            return f"{field}:{_value(value)}" + (f"/{role}" if role else "")
        case Dated():
            return _dated(node)
    raise TypeError(f"no leaf of a query: {node!r}")


def _value(value: str | None) -> str:
    """Return a value as it is typed: quoted when it would not be read back bare."""
    if value is None:
        return "~none"
    return value if value.isalnum() else f'"{value}"'


def _dated(node: Dated) -> str:
    if node.since is None and node.until is None:
        return f"{node.field}:~none"
    if node.since == node.until:
        return f"{node.field}:{node.since}"
    if node.until is None:
        return f"{node.field}:>={node.since}"
    if node.since is None:
        return f"{node.field}:<={node.until}"
    return f"{node.field}:{node.since}..{node.until}"
