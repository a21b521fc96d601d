"""The tree that an engine evaluates.

Leaves are index terms, values and periods; inner nodes combine sets of articles and add scores.
`title_only` leaves look at the title, the others at title and body. Leaves of values, absence
and periods choose articles and score nothing.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

Form = Literal["exact", "folded", "stem"]


@dataclass(frozen=True, slots=True)
class Anything:
    """Every article, with score 0."""


@dataclass(frozen=True, slots=True)
class Term:
    """One term of one form.

    Of a stem, `typed` is the folded word that was typed: other words of the stem match as well,
    and count less; empty, all count alike. `faint` weakens its score: it is a function word.
    """

    form: Form
    text: str
    title_only: bool = False
    typed: str = ""
    faint: bool = False


@dataclass(frozen=True, slots=True)
class Pattern:
    """Folded words that match a glob of `*` and `?`; scored as if they were one word."""

    glob: str
    title_only: bool = False


@dataclass(frozen=True, slots=True)
class Near:
    """Folded words within a Levenshtein distance of `word`; scored as if they were one word."""

    word: str
    distance: int
    title_only: bool = False


@dataclass(frozen=True, slots=True)
class TermSequence:
    """Words at successive positions, or with `slop` in any order with so many others between.

    Scored as one word that occurs where the sequence begins, with the sum of its words' idf.
    """

    slots: tuple[Term | Pattern, ...]
    slop: int = 0
    title_only: bool = False


@dataclass(frozen=True, slots=True)
class ValueIn:
    """Articles that carry one of these values of a field, in this role if one is named."""

    field: str
    values: tuple[str, ...]
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Without:
    """Articles that have no value of a field."""

    field: str


@dataclass(frozen=True, slots=True)
class Within:
    """Articles with a period of `date` or `says` that lies inside these inclusive ends."""

    field: str
    since: dt.date | None
    until: dt.date | None


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every child matches; scores add, from left to right."""

    children: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one child matches; scores of those that do add, from left to right."""

    children: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class BestOf:
    """At least one child matches; the highest score counts. Two spellings of one word."""

    children: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class NoneOf:
    """The child does not match; score 0."""

    child: "Node"


TextLeaf = Term | Pattern | Near | TermSequence
Node = Anything | TextLeaf | ValueIn | Without | Within | AllOf | AnyOf | BestOf | NoneOf


@dataclass(frozen=True, slots=True)
class FieldFilter:
    """The condition that the picked values of one field make together."""

    field: str
    node: Node


def nodes_of(node: Node) -> tuple[Node, ...]:
    """Return a node and all that are below it."""
    match node:
        case AllOf(children) | AnyOf(children) | BestOf(children):
            return (node, *(one for child in children for one in nodes_of(child)))
        case NoneOf(child):
            return (node, *nodes_of(child))
        case _:
            return (node,)


def positive_leaves(node: Node) -> tuple[TextLeaf, ...]:
    """Return the leaves of words that are asked for, in order; none from under a NoneOf."""
    match node:
        case Term() | Pattern() | Near() | TermSequence():
            return (node,)
        case AllOf(children) | AnyOf(children) | BestOf(children):
            return tuple(leaf for child in children for leaf in positive_leaves(child))
        case _:
            return ()
