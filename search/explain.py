"""Why an article has its score: parts that add up to it, worked out again from counts alone.

An engine says how often the words of a query stand in an article and how rare they are; the rest
is `search.score`, in the order in which engines add, so that the parts of a sum, from left to
right, give the score to the last bit.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from search.nodes import (
    AllOf,
    AnyOf,
    BestOf,
    Near,
    Node,
    Pattern,
    Term,
    TermSequence,
    TextLeaf,
    positive_leaves,
)
from search.score import FUNCTION_WORD, as_typed, idf, length_norm, of_function_word, saturated, word_weight

Rule = Literal["sum", "best", "word", "unmet"]


@dataclass(frozen=True, slots=True)
class LeafCounts:
    """How often a leaf stands in title and body of an article, and how often as it was typed.

    `containing` tells for each of its words how many articles have it.
    """

    title: int
    body: int
    typed_title: int
    typed_body: int
    containing: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What an engine knows of one article under one plan.

    `lengths` and `averages` are tokens of title and body. `matching` are the nodes of the plan's
    tree that the article matches, `matches` says that it does the tree and every filter.
    """

    articles: int
    lengths: tuple[int, int]
    averages: tuple[float, float]
    leaves: Mapping[TextLeaf, LeafCounts]
    matching: frozenset[Node]
    matches: bool


@dataclass(frozen=True, slots=True)
class FieldPart:
    """Occurrences in the title or body: all, those as typed, both as they count; and what divides them."""

    count: int
    typed: int
    counted: float
    length: int
    average: float
    norm: float


@dataclass(frozen=True, slots=True)
class WordPart:
    """A word of a leaf: in how many articles it is, and the weight that this gives it."""

    word: str
    containing: int
    idf: float
    weight: float


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a score.

    A `sum` adds its parts, a `best` is the highest of them, `unmet` words add nothing because not
    all of them are there. The score of a `word` is `weight` × `saturated`; `weight` is the sum of
    its words' weights, of which a function word keeps a part. `body` is None in `title:`.
    """

    rule: Rule
    score: float
    parts: tuple["Part", ...] = ()
    label: str = ""
    words: tuple[WordPart, ...] = ()
    is_function_word: bool = False
    weight: float = 0.0
    saturated: float = 0.0
    title: FieldPart | None = None
    body: FieldPart | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """The parts of an article's score out of so many articles; the score is 0 where it does not match."""

    article_id: str
    title: str
    articles: int
    matches: bool
    part: Part

    @property
    def score(self) -> float:
        """The score, as a hit has it."""
        return self.part.score if self.matches else 0.0


def explained(tree: Node, evidence: Evidence) -> Part:
    """Return the score of an article under a tree, in parts."""
    return _part(tree, evidence) or Part("sum", 0.0)


def label(leaf: TextLeaf) -> str:
    """Return a leaf as it might be typed."""
    field = "title:" if leaf.title_only else ""
    match leaf:
        case Term(form, text, _, typed):
            return field + ("=" if form == "exact" else "") + (typed or text)
        case Pattern(glob):
            return field + glob
        case Near(word, distance):
            return f"{field}{word}~{distance}"
        case TermSequence(slots, slop):
            return f'{field}"{" ".join(_text(slot) for slot in slots)}"' + (f"~{slop}" if slop else "")


def _part(node: Node, evidence: Evidence) -> Part | None:
    """Return the part that a node adds, None where it holds no words that are asked for."""
    match node:
        case AllOf(children) | AnyOf(children) | BestOf(children):
            if isinstance(node, AllOf) and node not in evidence.matching:
                asked = positive_leaves(node)
                return Part("unmet", 0.0, label=" ".join(map(label, asked))) if asked else None
            parts = tuple(part for child in children if (part := _part(child, evidence)))
            if len(parts) <= 1:
                return parts[0] if parts else None
            if isinstance(node, BestOf):
                return Part("best", max(part.score for part in parts), parts)
            return Part("sum", _sum(parts), parts)
        case Term() | Pattern() | Near() | TermSequence():
            return _word(node, evidence)
        case _:
            return None


def _word(leaf: TextLeaf, evidence: Evidence) -> Part:
    held = evidence.leaves[leaf]
    slots = leaf.slots if isinstance(leaf, TermSequence) else (leaf,)
    words = tuple(
        WordPart(label(slot), count, idf(evidence.articles, count), word_weight(evidence.articles, count))
        for slot, count in zip(slots, held.containing, strict=True)
    )
    weight = 0.0
    for word in words:
        weight += word.weight
    faint = isinstance(leaf, Term) and leaf.faint
    if faint:
        weight = of_function_word(weight)
    title = _field(evidence, 0, held.title, held.typed_title)
    body = _field(evidence, 1, held.body, held.typed_body)
    part = saturated(title.counted / title.norm, body.counted / body.norm)
    return Part(
        rule="word",
        score=weight * part,
        label=label(leaf),
        words=words,
        is_function_word=faint,
        weight=weight,
        saturated=part,
        title=title,
        body=None if leaf.title_only else body,
    )


def _field(evidence: Evidence, at: int, count: int, typed: int) -> FieldPart:
    length, average = evidence.lengths[at], evidence.averages[at]
    return FieldPart(
        count,
        typed,
        as_typed(float(count), float(typed)),
        length,
        average,
        length_norm(float(length), average),
    )


def _sum(parts: Sequence[Part]) -> float:
    total = 0.0
    for part in parts:  # not by `sum`, which rounds otherwise from Python 3.12 on
        total += part.score
    return total


def _text(slot: Term | Pattern) -> str:
    return slot.text if isinstance(slot, Term) else slot.glob


def lines(explanation: Explanation) -> list[str]:
    """Return an explanation in lines of plain text, without the article's id and title."""
    if not explanation.matches:
        return ["does not match, so it has no score; its words would give:", *_lines(explanation.part, 1)]
    return [
        f"score {explanation.score:.6g} among {explanation.articles:,} articles",
        *_lines(explanation.part, 1),
    ]


def _lines(part: Part, depth: int) -> list[str]:
    lead = "  " * depth
    first = f"{lead}{part.score:<9.6g} "
    match part.rule:
        case "word":
            return [f"{first}{part.label}", *(f"{lead}          {line}" for line in _word_lines(part))]
        case "unmet":
            return [f"{first}not all of these are there: {part.label}"]
        case rule:
            said = "the sum of" if rule == "sum" else "the best of"
            inner = [line for one in part.parts for line in _lines(one, depth + 1)]
            return [f"{first}{said}", *inner] if inner else [f"{first}no words are asked for"]


def _word_lines(part: Part) -> list[str]:
    found = [
        f"{word.word}: in {word.containing:,} articles, idf {word.idf:.4g}, weight {word.weight:.4g}"
        for word in part.words
    ]
    if part.is_function_word:
        found.append(f"a function word, which keeps {FUNCTION_WORD:g} of its weight")
    for name, field in (("title", part.title), ("body", part.body)):
        if field and field.count:
            found.append(
                f"{name}: {field.count} times, {field.typed} as typed, counts {field.counted:g}; "
                f"{field.length:,} words where {field.average:.1f} are usual, divided by {field.norm:.4g}"
            )
    return [*found, f"weight {part.weight:.6g} × {part.saturated:.6g}"]
