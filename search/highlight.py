"""Where the words of a query stand in a text that is shown.

One way for the list and the article: the shown text is cut into tokens as the indexed one is, and
each leaf of the query is looked for in them (see `places`). A phrase marks where its words
stand together, never the loose words; the same text and query give the same marks every time.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import pairwise

from search.domain import Span
from search.nodes import Node, Pattern, Term, TermSequence, TextLeaf, positive_leaves
from search.places import Places
from search.sequence import in_order, near

Slot = Term | Pattern


def marks(text: str, tree: Node, *, language: str = "en", title: bool = False) -> tuple[Span, ...]:
    """Return the spans of `text` that the query's words match, ascending and disjoint.

    Spans of a phrase cover its words and what stands between them within a paragraph. Linear in the
    length of the text for each leaf. `title` says that the text is a title.
    """
    leaves = [leaf for leaf in positive_leaves(tree) if title or not leaf.title_only]
    if not leaves or not text:
        return ()
    found = Places(text, language)
    return merged(span for leaf in dict.fromkeys(leaves) for span in _spans(leaf, found, text))


def _spans(leaf: TextLeaf, found: Places, text: str) -> Iterable[Span]:
    """Return the spans that one leaf matches."""
    if isinstance(leaf, TermSequence):
        return sequence_spans(leaf, {slot: found.of(slot) for slot in dict.fromkeys(leaf.slots)}, text)
    return found.of(leaf).values()


def sequence_spans(
    leaf: TermSequence, places: Mapping[Slot, Mapping[int, Span]], text: str
) -> Iterable[Span]:
    """Yield the spans of the words of every place where a sequence stands.

    `places` has for each slot the spans by ascending position. What stands between words of a
    phrase is marked with them, but for an empty line: one mark lies in one paragraph.
    """
    spans: dict[int, Span] = {}
    for own in places.values():
        spans.update(own)
    held = {slot: list(own) for slot, own in places.items()}
    pieces = near(held, Counter(leaf.slots), leaf.slop) if leaf.slop else in_order(held, leaf.slots)
    order = sorted(spans)
    for first, stop in merged((first, last + 1) for first, last in pieces):
        inside = order[bisect_left(order, first) : bisect_left(order, stop)]
        start, end = spans[inside[0]]
        for at, after in pairwise(inside):
            begin, beyond = spans[after]
            if after == at + 1 and end < begin and text.count("\n", end, begin) < 2:
                end = beyond
                continue
            yield start, end
            start, end = begin, beyond
        yield start, end


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return spans that cover the same letters, ascending, overlapping ones made one."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return tuple(merged)
