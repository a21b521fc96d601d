"""A query with one of its demands less: what may be tried when nothing matches all of them."""

from search.parse import parse
from search.syntax import And, show

MOST = 8
"""Demands of a query that are tried without, one after the other."""


def shorter(text: str) -> tuple[tuple[str, str], ...]:
    """Return, for each demand of a query, the demand and the query without it; none for a single one.

    Raises QueryError for text that cannot be read.
    """
    tree = parse(text).tree
    if not isinstance(tree, And):
        return ()
    found = []
    for at, child in enumerate(tree.children[:MOST]):
        rest = tree.children[:at] + tree.children[at + 1 :]
        found.append((show(child), show(And(rest) if len(rest) > 1 else rest[0])))
    return tuple(found)
