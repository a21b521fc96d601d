"""The whole query in another spelling, where that finds more: what "did you mean" offers."""

from collections.abc import Iterator
from dataclasses import replace

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
_NEAREST = 8


def did_you_mean(engine: Engine, query: Query, tree: Node, total: int) -> str | None:
    """Return a query of respelled words that more articles match under the same filters, or None.

    All doubtful words are respelled together, or else one of them. Words that are left out and
    values of fields stay as they are.
    """
    if total > FEW:
        return None
    doubtful = {word: better for word in dict.fromkeys(_words(tree)) if (better := _better(engine, word))}
    doubtful = dict(list(doubtful.items())[:_RESPELLED])
    tries = [doubtful] if len(doubtful) < 2 else [doubtful, *({one: doubtful[one]} for one in doubtful)]
    for chosen in tries:
        text = show(_respelled(tree, chosen))
        if chosen and total_of(engine, replace(query, text=text, page=1)) > total:
            return text
    return None


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


def _better(engine: Engine, word: str) -> str | None:
    """Return the spelling of the archive that a word may stand for, None where it stands for itself."""
    folded = tokens(word)[0].folded
    if len(folded) < SHORTEST or not folded.isalpha():
        return None
    own = sum(count for _, count in engine.words(Pattern(folded), 1))
    if own > _RARER:
        return None
    near = engine.words(Near(folded, 1 if len(folded) <= 5 else 2), _NEAREST)
    found = (other for other, count in near if other != folded and count >= own * _RARER)
    better = next(found, None)
    return better.capitalize() if better and word[0].isupper() else better


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
