"""Where words stand together, over the positions of folded words.

Words in order are looked for from the rarest of them: the mark beside each of its words tells
which word may follow, so that hardly more than the real places are looked up among the
positions of the others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.arrays import Array
from search.engines.whoosh.chosen import distinct, found_at
from search.engines.whoosh.lexicon import next_mark
from search.engines.whoosh.postings import Part
from search.engines.whoosh.tags import row_lengths, tallied
from search.nodes import Pattern, Term

Ints = NDArray[np.int64]
Slot = Term | Pattern
Word = tuple[Ints, int]
"""The keys of a word's places, ascending, and how often it is wanted."""
_SHIFT = 32
STRIDE = np.int64(1) << _SHIFT
"""An article and a position as one number: article * STRIDE + position."""
_BLOCK = 1 << 17
"""Places that are looked at together: a megabyte, which the processor keeps near. With blocks of a quarter
or four times as many, a million places of two common words took as long; all at once, half as long again."""
_NO_INTS = np.zeros(0, dtype=np.int64)
_BEFORE = np.full(1, -1, dtype=np.int64)
_AFTER = np.int64(1) << 62


@dataclass(slots=True)
class Standing:
    """Where one folded word stands in the bodies or titles (`space`) of one segment.

    `articles` ascend, deleted ones among them; the words of article i are `starts[i]` to
    `starts[i + 1]`, counted from the first one of the space.
    """

    part: Part
    space: str
    articles: Array
    starts: Array

    @property
    def first(self) -> int:
        """Where the words begin."""
        return int(self.starts[0])

    @property
    def size(self) -> int:
        """The number of words."""
        return int(self.starts[-1]) - int(self.starts[0])

    def positions(self) -> Array:
        """Return the positions, article after article."""
        return self.part.segment.positions(self.space, self.first, self.first + self.size)

    def keys(self, shared: Array | None = None) -> Ints:
        """Return article and position of every place as one ascending number.

        Of `shared` articles, if they are given: all places in these, and maybe others.
        """
        if shared is not None and len(shared) * 2 < len(self.articles):
            at, there = found_at(self.articles, shared)
            return self.keys_at(at[there], shared[there])
        keys: Ints = np.repeat(self.articles.astype(np.int64) << _SHIFT, row_lengths(self.starts))
        keys += self.positions()
        return keys

    def keys_at(self, at: Ints, numbers: Array) -> Ints:
        """Return the keys of the articles at some ascending places, under other ascending numbers."""
        begins = self.starts.take(at).astype(np.int64)
        each = self.starts.take(at + 1).astype(np.int64) - begins
        places = np.repeat(begins - self.first - each.cumsum() + each, each)
        places += np.arange(len(places))
        keys: Ints = np.repeat(numbers.astype(np.int64) << _SHIFT, each)
        keys += self.positions().take(places)
        return keys


def standing(part: Part, term: int, *, title: bool) -> Standing | None:
    """Return where a folded word stands in one part, None when it does not."""
    segment = part.segment
    run = segment.run("folded", term, title=title)
    if run.first == run.last:
        return None
    space = "folded.title" if title else "folded"
    return Standing(part, space, segment.articles(run), segment.word_starts(run))


def in_order(words: Sequence[Standing], names: Sequence[str]) -> tuple[Ints, Ints]:
    """Return the articles in which words follow each other, ascending, and in how many places."""
    if not all(word.size for word in words):
        return _NO_INTS, _NO_INTS
    order = sorted(range(len(words)), key=lambda one: words[one].size)
    anchor = order[0]
    own = words[anchor]
    if anchor + 1 < len(words):
        following = own.part.segment.next(own.space, own.first, own.first + own.size)
        at = np.flatnonzero((following == next_mark(names[anchor + 1])) | (following == 0))
    else:
        at = np.arange(own.size)
    holders = own.starts.searchsorted((at + own.first).astype(own.starts.dtype), side="right") - 1
    articles = own.articles.take(holders)
    positions = own.positions().take(at).astype(np.int64)
    for other in order[1:]:
        if len(articles):
            stands = _stands(words[other], articles, positions + (other - anchor))
            articles, positions = articles[stands], positions[stands]
    return grouped(articles)


def _stands(word: Standing, articles: Array, positions: Ints) -> NDArray[np.bool_]:
    """Return whether a word stands in each of these ascending articles at this position, which ascends too.

    The word's positions are gathered once for each different article: an article that repeats
    both words thousands of times takes time by their sum, not by their product.
    """
    counts, different = tallied(articles)
    at, there = found_at(word.articles, different)
    keys = word.keys_at(at[there], there.nonzero()[0])
    return found_at(keys, (np.repeat(np.arange(len(counts)), counts) << _SHIFT) + positions)[1]


def shared_articles(words: Iterable[Sequence[Standing]]) -> Array:
    """Return the articles in which some word of each of these sets stands, ascending."""
    every = [distinct(np.concatenate([one.articles for one in held])) for held in words]
    return reduce(lambda one, other: one[found_at(other, one)[1]], sorted(every, key=len))


def in_order_of_keys(keys: Sequence[Ints]) -> tuple[Ints, Ints]:
    """Return the articles in which words of ascending keys follow each other, and in how many places."""
    order = sorted(range(len(keys)), key=lambda at: len(keys[at]))
    found = keys[order[0]] - order[0]
    for at in order[1:]:
        if not len(found):
            break
        found = found[found_at(keys[at], found + at)[1]]
    return grouped(found >> _SHIFT)


def near(places: Mapping[Slot, Ints], wanted: Mapping[Slot, int], reach: int) -> tuple[Ints, Ints]:
    """Return the articles in which words stand near each other, and how often (see `search.sequence.near`).

    From a beginning to `reach` positions on, each word stands as often as it is wanted, and all
    of them at as many positions as there are words. Takes time by the places of the words, goes
    through them a block of articles at a time.
    """
    words = [(keys, wanted[slot]) for slot, keys in places.items()]
    if not all(len(keys) for keys, _ in words):
        return _NO_INTS, _NO_INTS
    size = sum(wanted.values())
    found = [_begun(block, size, reach) for block in _blocks(words)]
    return grouped(np.concatenate([_NO_INTS, *found]) >> _SHIFT)


def _blocks(words: Sequence[Word]) -> Iterator[list[Word]]:
    """Yield the places of words in turn for some articles each; about _BLOCK places in all."""
    total = sum(len(keys) for keys, _ in words)
    longest = max((keys for keys, _ in words), key=len)
    every = max(1, _BLOCK * len(longest) // total)
    cuts = distinct(longest[every::every] >> _SHIFT) << _SHIFT
    bounds = [[0, *np.searchsorted(keys, cuts).tolist(), len(keys)] for keys, _ in words]
    for at in range(len(cuts) + 1):
        spans = [(one[at], one[at + 1]) for one in bounds]
        if all(first < last for first, last in spans):
            yield [
                (keys[first:last], times) for (keys, times), (first, last) in zip(words, spans, strict=True)
            ]


def _begun(words: Sequence[Word], size: int, reach: int) -> Ints:
    """Return the places at which pieces begin that hold every word, and `size` places in all.

    A word forbids the gaps between its places from which its next ones are too far. A word of few
    places is looked up from each beginning that is left, one of many tells its few gaps.
    """
    every = distinct_keys([keys for keys, _ in words])
    if len(every) < size:
        return _NO_INTS
    starts = every[: len(every) - size + 1]
    starts = starts[every[size - 1 :] - starts <= reach]
    gaps = []
    for keys, times in sorted(words, key=lambda one: len(one[0])):
        if len(keys) < times or not len(starts):
            return _NO_INTS
        lows, highs = _gaps(keys, times, reach)
        if 2 * len(lows) < len(starts):
            gaps.append((lows, highs))
        else:
            starts = starts[_reached(keys, starts, times, reach)]
    return _outside(gaps, starts)


def _gaps(keys: Ints, times: int, reach: int) -> tuple[Ints, Ints]:
    """Return the ends, exclusive, of the gaps from which a word is not reached `times` times."""
    lows = np.concatenate((_BEFORE, keys))
    highs = np.full(len(lows), _AFTER)
    highs[: len(keys) - times + 1] = keys[times - 1 :] - reach
    wide = np.flatnonzero(highs - lows > 1)
    return lows[wide], highs[wide]


def _reached(keys: Ints, starts: Ints, times: int, reach: int) -> NDArray[np.bool_]:
    """Return whether from each start a word stands so many times up to `reach` positions on."""
    last = np.searchsorted(keys, starts) + (times - 1)
    there: NDArray[np.bool_] = keys.take(last, mode="clip") <= starts + reach
    return there & (last < len(keys))


def _outside(gaps: Sequence[tuple[Ints, Ints]], starts: Ints) -> Ints:
    """Return the ascending starts that lie in none of the gaps."""
    if not gaps:
        return starts
    opened = np.concatenate([np.searchsorted(starts, lows, side="right") for lows, _ in gaps])
    closed = np.concatenate([np.searchsorted(starts, highs) for _, highs in gaps])
    hit = opened < closed
    many = len(starts) + 1
    depth = np.bincount(opened[hit], minlength=many) - np.bincount(closed[hit], minlength=many)
    kept: Ints = starts[depth.cumsum()[:-1] == 0]
    return kept


def distinct_keys(keys: Sequence[Ints]) -> Ints:
    """Return ascending keys of several words as one, each once."""
    if len(keys) == 1:
        return keys[0]
    return distinct(np.concatenate([_NO_INTS, *keys]))


def grouped(articles: Array) -> tuple[Ints, Ints]:
    """Return ascending articles each once, and how often each was there."""
    counts, different = tallied(articles)
    return different, counts


def slot_counts(slots: Sequence[Slot]) -> Mapping[Slot, int]:
    """Return how often each different slot is wanted."""
    return Counter(slots)
