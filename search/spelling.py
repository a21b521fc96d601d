"""The whole query in another spelling, where that finds more: what "did you mean" offers."""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from search.counting import total_of
from search.domain import Query
from search.engine import Engine
from search.nodes import Near, Pattern
from search.syntax import And, Node, Or, Phrase, Title, Word, show
from search.tokens import is_plain, tokens

FEW = 3
"""Hits; whoever has found more is not asked whether they meant something else."""
SHORTEST = 4
"""Letters: of shorter words too many others are one letter away."""
_RARER = 20
"""A spelling stands for one that occurs so many times as rarely, or not at all."""
_RESPELLED = 4
"""Words of one query that are respelled, for each is compared with all words of the archive."""
_NEARLY = 5
"""Letters up to which only words one letter away are meant."""
_NEAREST = 8
_TRIED = 3
"""Spellings of a word that are tried within the query."""
_LIKELIER = 10
"""Times that one letter too many, or two letters swapped, are likelier than another given letter in the
place of one or left out: a word can be got wrong in those ways by its length, in these by its length times
the alphabet (the noisy channel of Kernighan, Church and Gale, 1990, with all letters alike)."""
_LONGEST = 24
"""Letters of a word whose own letters are swapped and left out to see what they give."""


class _Better(NamedTuple):
    """A spelling of the archive that a word may stand for, and how likely it is beside the others."""

    word: str
    weight: int


def did_you_mean(engine: Engine, query: Query, tree: Node, total: int) -> str | None:
    """Return a query of respelled words that more articles match under the same filters, or None.

    All doubtful words are respelled together, or else one of them, each as finds most. Words that are
    left out and values of fields stay as they are.
    """
    if total > FEW:
        return None
    doubtful = {word: better for word in dict.fromkeys(_words(tree)) if (better := _better(engine, word))}
    doubtful = dict(list(doubtful.items())[:_RESPELLED])
    tries = [doubtful] if len(doubtful) < 2 else [doubtful, *({one: doubtful[one]} for one in doubtful)]
    for tried in tries:
        text, found = _best(engine, query, tree, tried)
        if tried and found > total:
            return text
    return None


def _best(engine: Engine, query: Query, tree: Node, tried: dict[str, list[_Better]]) -> tuple[str, int]:
    """Return the query respelled, each word in turn as makes the whole likeliest, and what it finds."""
    chosen = {word: better[0].word for word, better in tried.items()}
    text, found = "", 0
    for word, better in tried.items():
        worth = -1
        for one in better:
            other = show(_respelled(tree, {**chosen, word: one.word}))
            articles = total_of(engine, replace(query, text=other, page=1))
            if articles * one.weight > worth:
                worth, chosen[word], text, found = articles * one.weight, one.word, other, articles
    return text, found


def _words(node: Node) -> Iterator[str]:
    """Yield the plain words that a query asks for, of phrases too."""
    match node:
        case And(children) | Or(children):
            for child in children:
                yield from _words(child)
        case Title(child):
            yield from _words(child)
        case Word(text):
            yield from (text,) if len(tokens(text)) == 1 else ()
        case Phrase(text):
            yield from (part for part in text.split() if is_plain(part))


def _better(engine: Engine, word: str) -> list[_Better]:
    """Return the spellings of the archive that a word may stand for, none where it stands for itself.

    The likeliest first. Of a short word only its own letters in another order are, when no article has it.
    """
    folded = tokens(word)[0].folded
    if len(folded) < SHORTEST - 1 or not folded.isalpha():
        return []
    own = _count(engine, folded)
    short = len(folded) < SHORTEST
    if own > (0 if short else _RARER):
        return []
    slips = set(_swapped(folded) if short else (*_swapped(folded), *_without_one(folded)))
    counts = {slip: _count(engine, slip) for slip in slips}
    likely: list[tuple[int, str]] = []
    for distance in (0,) if short else (1, 2) if len(folded) > _NEARLY else (1,):
        if distance:
            counts.update(engine.words(Near(folded, distance), _NEAREST))
        likely = sorted(
            (-count * (_LIKELIER if other in slips else 1), other)
            for other, count in counts.items()
            if other != folded and count and count >= own * _RARER
        )
        if likely:
            break
    return [
        _Better(_as_typed(other, word), _LIKELIER if other in slips else 1) for _, other in likely[:_TRIED]
    ]


def _count(engine: Engine, folded: str) -> int:
    """Return how often a word occurs."""
    return sum(count for _, count in engine.words(Pattern(folded), 1))


def _swapped(word: str) -> Iterator[str]:
    """Yield a word with each two neighbours swapped."""
    for at in range(min(len(word), _LONGEST) - 1):
        yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _without_one(word: str) -> Iterator[str]:
    """Yield a word without each of its letters."""
    for at in range(min(len(word), _LONGEST)):
        yield word[:at] + word[at + 1 :]


def _as_typed(better: str, word: str) -> str:
    return better.capitalize() if word[0].isupper() else better


def _respelled(node: Node, better: dict[str, str]) -> Node:
    match node:
        case And(children):
            return And(tuple(_respelled(child, better) for child in children))
        case Or(children):
            return Or(tuple(_respelled(child, better) for child in children))
        case Title(child):
            return Title(_respelled(child, better))
        case Word(text):
            return Word(better.get(text, text))
        case Phrase(text, slop):
            return Phrase(" ".join(better.get(part, part) for part in text.split()), slop)
        case _:
            return node
