"""The pieces of a text that a list shows: where words and picked values meet, then where words stand.

`words` are the spans of a query's words and `told` those of the tags that filters ask for, each ascending
and disjoint, in half-open code points. The same text and spans give the same pieces every time.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from search.domain import Passage, Span

SNIPPET = 280
"""Code points of a passage: about three lines of the page."""
FURTHER = 120
"""Code points of each passage after the first."""
MOST = 3
WEIGHED = 2_000
"""Marks of a text among which its passages are looked for; a text of a million took a second."""
_SNAP = 24
"""Code points that an end of a passage may move to stand between words."""

_Worth = tuple[bool, int, int]
"""Whether words and told meet, how many words, how many told."""
_Place = tuple[_Worth, int, int]
"""What a piece is worth, and from where to where its marks reach."""
_NOTHING: _Worth = (False, 0, 0)


def passages(
    text: str,
    words: Sequence[Span],
    told: Sequence[Span] = (),
    *,
    size: int = SNIPPET,
    further: int = FURTHER,
) -> tuple[Passage, ...]:
    """Return one to three pieces of `text`, disjoint, with the marks inside them.

    The first, of at most `size` code points, is where words and told meet, and of such pieces the one of
    the most words, then of the most told, then the earliest. Those after it, of at most `further`, are
    chosen in the same way from what is left and stand in the order of the text; without a mark left there
    are none. Without any mark the one piece is the beginning of the text.
    """
    if len(text) <= size:
        return (Passage(text, tuple(words), told=tuple(told)),)
    weighed = words[:WEIGHED], told[:WEIGHED]
    gaps: list[Span] = [(0, len(text))]
    found: list[Span] = []
    while len(found) < MOST:
        width = further if found else size
        places = [_densest(*(_inside(spans, *gap) for spans in weighed), width=width) for gap in gaps]
        best, gap = max(zip(places, gaps, strict=True), key=lambda pair: pair[0][0])
        if best[0] == _NOTHING:
            break
        start, stop = _framed(text, best, gap, width, weighed)
        found.append((start, stop))
        gaps = [one for one in gaps if one != gap] + [(gap[0], start), (stop, gap[1])]
        gaps.sort()
    if not found:
        found = [(0, _back(text, size, 1))]
    end = len(text.rstrip())
    return tuple(_cut(text, span, words, told, end) for span in (found[0], *sorted(found[1:])))


def _cut(text: str, span: Span, words: Sequence[Span], told: Sequence[Span], end: int) -> Passage:
    start, stop = span
    marks, others = (
        tuple((max(s, start) - start, min(e, stop) - start) for s, e in _touching(spans, start, stop))
        for spans in (words, told)
    )
    return Passage(text[start:stop], marks, start, stop < end, others)


def _densest(words: Sequence[Span], told: Sequence[Span], *, width: int) -> _Place:
    """Return the best place whose marks, from the start of the first to the end of the last, fit a width.

    When no mark is as short as that, it is the first alone.
    """
    own, others = [end for _, end in words], [end for _, end in told]
    best: _Place = (_NOTHING, 0, 0)
    first = other = 0
    for start, end in sorted((*words, *told)) if told else words:
        while first < len(words) and words[first][0] < start:
            first += 1
        while other < len(told) and told[other][0] < start:
            other += 1
        last = bisect_right(own, start + width, first)
        beyond = bisect_right(others, start + width, other) if told else 0
        count, more = last - first, beyond - other
        worth = (count > 0 and more > 0, count, more)
        if worth > best[0]:
            best = worth, start, max(own[last - 1] if count else 0, others[beyond - 1] if more else 0)
        elif best[0] == _NOTHING and not best[2]:
            best = _NOTHING, start, end
    if best[0] == _NOTHING and best[2]:
        return ((False, 1, 0) if words else (False, 0, 1)), best[1], best[2]
    return best


def _framed(text: str, place: _Place, gap: Span, size: int, marks: tuple[Sequence[Span], ...]) -> Span:
    """Return the half-open piece to show for a place of marks in a gap of the text.

    Its ends stand outside marks, and between words where there are any near; a mark longer than
    `size` is shown by its beginning.
    """
    _, begin, end = place
    low, high = gap
    spare = size - (end - begin)
    if spare < 0:
        return begin, begin + size
    start = max(min(begin - spare // 3, high - size), low)
    start = _forward(text, _beyond(marks, start, begin), begin)
    start = _beyond(marks, start, begin)
    stop = _back(text, min(start + size, high), end)
    return start, _before(marks, stop, end)


def _beyond(marks: tuple[Sequence[Span], ...], at: int, limit: int) -> int:
    """Return where the mark ends that a piece would begin inside, if it ends before `limit`, else `at`."""
    for spans in (*marks, marks[0]):
        held = bisect_right(spans, (at,)) - 1
        if held >= 0 and at < spans[held][1] <= limit:
            at = spans[held][1]
    return at


def _before(marks: tuple[Sequence[Span], ...], at: int, limit: int) -> int:
    """Return where the mark begins that a piece would end inside, if it begins after `limit`, else `at`."""
    for spans in (*marks, marks[0]):
        held = bisect_left(spans, (at,)) - 1
        if held >= 0 and spans[held][0] >= limit and spans[held][1] > at:
            at = spans[held][0]
    return at


def _inside(spans: Sequence[Span], low: int, high: int) -> Sequence[Span]:
    """Return the spans that lie wholly between two places."""
    if not spans or (low <= spans[0][0] and spans[-1][1] <= high):
        return spans
    last = bisect_right(spans, high, key=lambda span: span[1])
    return spans[bisect_left(spans, (low,), 0, last) : last]


def _touching(spans: Sequence[Span], start: int, stop: int) -> Sequence[Span]:
    """Return the spans that have a letter between two places."""
    first = bisect_right(spans, start, key=lambda span: span[1])
    return spans[first : bisect_left(spans, (stop,), first)]


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
