"""Where the words of a query stand in a text that is shown, and the best piece of it to show.

One way for the list and the article: the shown text is cut into tokens as the indexed one is, and
each leaf of the query is looked for in them (see `places`). A phrase marks where its words
stand together, never the loose words; the same text and query give the same marks every time.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from search.domain import Article, Hit, Passage, Span
from search.nodes import Node, Pattern, Term, TermSequence, TextLeaf, positive_leaves
from search.places import Places
from search.record import listed
from search.sequence import in_order, near

SNIPPET = 280
"""Code points of a passage: about three lines of the page."""
_SNAP = 24
"""Code points that an end of a passage may move to stand between words."""

Slot = Term | Pattern


def hit(article: Article, tree: Node, *, score: float, copies: int, language: str = "en") -> Hit:
    """Return a whole article as it is listed, with the query's words marked in title and passage."""
    return Hit(
        article=listed(article),
        score=score,
        snippet=passage(article.body, marks(article.body, tree, language=language)),
        title_marks=marks(article.title, tree, language=language, title=True),
        copies=copies,
    )


def marks(text: str, tree: Node, *, language: str = "en", title: bool = False) -> tuple[Span, ...]:
    """Return the spans of `text` that the query's words match, ascending and disjoint.

    Spans of a phrase cover its words and what stands between them on one line. Linear in the
    length of the text for each leaf. `title` says that the text is a title.
    """
    leaves = [leaf for leaf in positive_leaves(tree) if title or not leaf.title_only]
    if not leaves or not text:
        return ()
    found = Places(text, language)
    return merged(span for leaf in dict.fromkeys(leaves) for span in _spans(leaf, found, text))


def passage(text: str, spans: Sequence[Span], *, size: int = SNIPPET) -> Passage:
    """Return the piece of `text`, at most `size` code points, that holds the most marks.

    `spans` ascend and are disjoint. The ends of the piece stand outside marks, and between words
    where there are any near; a mark longer than `size` is shown by its beginning. Without marks
    it is the beginning of the text.
    """
    if len(text) <= size:
        return Passage(text, tuple(spans), 0)
    start, stop = _window(text, spans, size)
    inside = tuple((s - start, min(e, stop) - start) for s, e in spans if start <= s < stop)
    return Passage(text[start:stop], inside, start, stop < len(text.rstrip()))


def densest_window(spans: Sequence[Span], *, width: int) -> tuple[int, int]:
    """Return the half-open range of `spans` (by index) that is densest within `width` code points.

    The range holds the most spans from the start of its first to the end of its last; of equals
    the first. When none fits it is the first span alone.
    """
    ends = [end for _, end in spans]
    best, most = (0, 1), 0
    for first, (start, _) in enumerate(spans):
        last = bisect_right(ends, start + width)
        if last - first > most:
            best, most = (first, last), last - first
    return best


def _window(text: str, spans: Sequence[Span], size: int) -> Span:
    """Return the half-open piece of the text to show."""
    if not spans:
        return 0, _back(text, size, 1)
    first, last = densest_window(spans, width=size)
    begin, end = spans[first][0], spans[last - 1][1]
    spare = size - (end - begin)
    if spare < 0:
        return begin, begin + size
    start = min(max(begin - spare // 3, 0), len(text) - size)
    if first and spans[first - 1][1] > start:  # this piece would hold the end of the mark before
        start = spans[first - 1][1]
    start = _forward(text, start, begin)
    stop = _back(text, min(start + size, len(text)), end)
    if last < len(spans) and spans[last][0] < stop:
        stop = spans[last][0]
    return start, stop


def _forward(text: str, at: int, limit: int) -> int:
    """Return the first start of a word from `at` on, or `at` when none is near."""
    if at == 0 or text[at - 1].isspace():
        return at
    gap = re.compile(r"\s+").search(text, at, min(at + _SNAP, limit))
    return gap.end() if gap else at


def _back(text: str, at: int, limit: int) -> int:
    """Return the last end of a word up to `at`, or `at` when none is near."""
    if at >= len(text) or text[at].isspace():
        return at
    for back in range(at - 1, max(at - _SNAP, limit) - 1, -1):
        if text[back].isspace():
            return back
    return at


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
    phrase is marked with them, but for line ends.
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
            if after == at + 1 and end < begin and "\n" not in text[end:begin]:
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
