"""The pieces of a text that a list shows: where words and picked values meet, then where words stand.

`words` are the spans of a query's words and `told` those of the tags that filters ask for, each ascending
and disjoint, in half-open code points. The same text and spans give the same pieces every time.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

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
_FEW = 64
"""Marks up to which each is looked at; more are sought by halves."""
_GAP = re.compile(r"\s+")

_Worth = tuple[bool, int, int]
"""Whether words and told meet, how many words, how many told."""
_Place = tuple[_Worth, int, int]
"""What a piece is worth, and from where to where its marks reach."""
_NOTHING: _Worth = (False, 0, 0)


class _Region(NamedTuple):
    """A part of the text that nothing was taken from yet, with the marks that lie wholly in it."""

    span: Span
    words: Sequence[Span]
    told: Sequence[Span]


def passages(
    text: str,
    words: Sequence[Span],
    told: Sequence[Span] = (),
    *,
    kinds: Sequence[Sequence[Span]] = (),
    size: int = SNIPPET,
    further: int = FURTHER,
) -> tuple[Passage, ...]:
    """Return one to three pieces of `text`, disjoint, with the marks inside them.

    The first, of at most `size` code points, is where words and told meet, and of such pieces the one of
    the most words, then of the most told, then the earliest. Those after it, of at most `further`, are
    chosen in the same way from what is left and stand in the order of the text; without a mark left there
    are none. `kinds` are what is told by the values that it is told of: one that no piece shows yet goes
    before places with more marks. Without any mark the one piece is the beginning of the text.
    """
    if len(text) <= size:
        return (Passage(text, tuple(words), told=tuple(told)),)
    if not words and not told:
        return (_cut(text, (0, _back(text, size, 1)), words, told),)
    whole = _Region((0, len(text)), words[:WEIGHED], told[:WEIGHED])
    first = _framed(text, _densest(whole, size), whole, size)
    found, left = [first], _regions(whole, first)
    while left and len(found) < MOST:
        kind = next((one for one in kinds if not _is_shown(one, found)), ())
        # A place of a kind that no piece shows, and of words if they are near it, before all others.
        places = [(_beside(one, kind, further), _densest(one, further)) for one in left]
        best = max(range(len(left)), key=lambda at: (_worth(places[at][0]), _worth(places[at][1]), -at))
        sought, other = places[best]
        found.append(_framed(text, other if sought[0] == _NOTHING else sought, left[best], further))
        left[best : best + 1] = _regions(left[best], found[-1])
    return tuple([_cut(text, span, words, told) for span in (first, *sorted(found[1:]))])


def _worth(place: _Place) -> _Worth:
    return place[0]


def _is_shown(kind: Sequence[Span], found: Sequence[Span]) -> bool:
    """Return whether some piece holds a mark of a kind."""
    return any(low <= start and end <= high for low, high in found for start, end in kind[:WEIGHED])


def _beside(region: _Region, kind: Sequence[Span], width: int) -> _Place:
    """Return the best place of a region that has a mark of a kind, worth nothing if there is none."""
    low, high = region.span
    own = [span for span in kind[:WEIGHED] if low <= span[0] and span[1] <= high]
    if not own:
        return _NOTHING, 0, 0
    place = _densest(region._replace(told=own), width)
    return place if place[0][2] else _densest(_Region(region.span, (), own), width)


def _regions(region: _Region, piece: Span) -> list[_Region]:
    """Return what a piece leaves of a region, before it and after it, where there are marks."""
    (low, high), words, told = region
    found = []
    for start, stop in ((low, piece[0]), (piece[1], high)):
        own = [span for span in words if start <= span[0] and span[1] <= stop]
        others = [span for span in told if start <= span[0] and span[1] <= stop] if told else ()
        if own or others:
            found.append(_Region((start, stop), own, others))
    return found


def _cut(text: str, piece: Span, words: Sequence[Span], told: Sequence[Span]) -> Passage:
    start, stop = piece
    marks, others = (
        tuple([(max(s, start) - start, min(e, stop) - start) for s, e in _touching(spans, start, stop)])
        if spans
        else ()
        for spans in (words, told)
    )
    return Passage(text[start:stop], marks, start, stop < len(text) and not text[stop:].isspace(), others)


def _densest(region: _Region, width: int) -> _Place:
    """Return the best place whose marks, from the start of the first to the end of the last, fit a width.

    When no mark is as short as that, it is the first alone.
    """
    _, words, told = region
    if not told:
        return _densest_words(words, width)
    own, others = [end for _, end in words], [end for _, end in told]
    best: _Place = (_NOTHING, 0, 0)
    first = other = 0
    for start, _ in sorted((*words, *told)):
        while first < len(words) and words[first][0] < start:
            first += 1
        while other < len(told) and told[other][0] < start:
            other += 1
        last, beyond = bisect_right(own, start + width, first), bisect_right(others, start + width, other)
        count, more = last - first, beyond - other
        worth = (count > 0 and more > 0, count, more)
        if worth > best[0]:
            best = worth, start, max(own[last - 1] if count else 0, others[beyond - 1] if more else 0)
    if best[0] > _NOTHING:
        return best
    return ((False, 1, 0), *words[0]) if words else ((False, 0, 1), *told[0])


def _densest_words(words: Sequence[Span], width: int) -> _Place:
    ends = [end for _, end in words]
    at, most = 0, 0
    for first, (start, _) in enumerate(words):
        if first + most >= len(words):
            break  # no more are left than were held before
        count = bisect_right(ends, start + width, first) - first
        if count > most:
            at, most = first, count
    return (False, max(most, 1), 0), words[at][0], ends[at + max(most, 1) - 1]


def _framed(text: str, place: _Place, region: _Region, size: int) -> Span:
    """Return the half-open piece to show for a place of marks in a region of the text.

    Its ends stand outside marks, and between words where there are any near; a mark longer than
    `size` is shown by its beginning.
    """
    _, begin, end = place
    (low, high), *marks = region
    spare = size - (end - begin)
    if spare < 0:
        return begin, begin + size
    start = max(min(begin - spare // 3, high - size), low)
    start = _forward(text, _beyond(marks, start, begin), begin)
    start = _beyond(marks, start, begin)
    stop = _back(text, min(start + size, high), end)
    return start, _before(marks, stop, end)


def _beyond(marks: Sequence[Sequence[Span]], at: int, limit: int) -> int:
    """Return where the mark ends that a piece would begin inside, if it ends before `limit`, else `at`."""
    for spans in (*marks, marks[0]) if marks[1] else marks[:1]:
        held = bisect_right(spans, (at,)) - 1
        if held >= 0 and at < spans[held][1] <= limit:
            at = spans[held][1]
    return at


def _before(marks: Sequence[Sequence[Span]], at: int, limit: int) -> int:
    """Return where the mark begins that a piece would end inside, if it begins after `limit`, else `at`."""
    for spans in (*marks, marks[0]) if marks[1] else marks[:1]:
        held = bisect_left(spans, (at,)) - 1
        if held >= 0 and spans[held][0] >= limit and spans[held][1] > at:
            at = spans[held][0]
    return at


def _touching(spans: Sequence[Span], start: int, stop: int) -> Sequence[Span]:
    """Return the spans that have a letter between two places."""
    if len(spans) > _FEW:
        first = bisect_right(spans, start, key=lambda span: span[1])
        return spans[first : bisect_left(spans, (stop,), first)]
    return [span for span in spans if span[1] > start and span[0] < stop]


def _forward(text: str, at: int, limit: int) -> int:
    """Return the first start of a word from `at` on, or `at` when none is near."""
    if at == 0 or text[at - 1].isspace():
        return at
    gap = _GAP.search(text, at, min(at + _SNAP, limit))
    return gap.end() if gap else at


def _back(text: str, at: int, limit: int) -> int:
    """Return the last end of a word up to `at`, or `at` when none is near."""
    if at >= len(text) or text[at].isspace():
        return at
    low = max(at - _SNAP, limit)
    near = text[low:at]
    if not near or near[-1].isspace():
        return at - 1 if near else at
    back = at - len(near.rsplit(None, 1)[-1]) - 1
    return back if back >= low else at
