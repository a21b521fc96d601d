"""Where words stand together, over the positions of folded words.

Words in order are looked for from the rarest of them: the mark beside each of its words tells
which word may follow, so that hardly more than the real places are looked up among the
positions of the others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
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
STRIDE = np.int64(1) << 32
"""An article and a position as one number: article * STRIDE + position."""
_NO_INTS = np.zeros(0, dtype=np.int64)


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

    def keys(self) -> Ints:
        """Return article and position of every place as one ascending number."""
        each = row_lengths(self.starts)
        keys: Ints = np.repeat(self.articles.astype(np.int64) * STRIDE, each) + self.positions()
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
    at = at[there]
    begins = word.starts.take(at).astype(np.int64)
    each = word.starts.take(at + 1).astype(np.int64) - begins
    ends = each.cumsum()
    if not len(ends) or not ends[-1]:
        return np.zeros(len(articles), dtype=np.bool_)
    places = np.repeat(begins - word.first - ends + each, each)
    places += np.arange(len(places))
    keys = np.repeat(there.nonzero()[0] * STRIDE, each) + word.positions().take(places)
    return found_at(keys, np.repeat(np.arange(len(counts)) * STRIDE, counts) + positions)[1]


def in_order_of_keys(keys: Sequence[Ints]) -> tuple[Ints, Ints]:
    """Return the articles in which words of ascending keys follow each other, and in how many places."""
    order = sorted(range(len(keys)), key=lambda at: len(keys[at]))
    found = keys[order[0]] - order[0]
    for at in order[1:]:
        if not len(found):
            break
        found = found[found_at(keys[at], found + at)[1]]
    return grouped(found // STRIDE)


def near(places: Mapping[Slot, Ints], wanted: Mapping[Slot, int], reach: int) -> tuple[Ints, Ints]:
    """Return the articles in which words stand near each other, and how often (see `search.sequence.near`).

    From a beginning to `reach` positions on, each word stands as often as it is wanted, and all
    of them at as many positions as there are words.
    """
    articles = [grouped(keys // STRIDE)[0] for keys in places.values()]
    shared = reduce(lambda one, other: one[found_at(other, one)[1]], sorted(articles, key=len))
    held = [(keys[found_at(shared, keys // STRIDE)[1]], wanted[slot]) for slot, keys in places.items()]
    every = distinct_keys([keys for keys, _ in held])
    starts = every
    for keys, times in sorted(held, key=lambda one: len(one[0])):  # the rarest leaves the fewest beginnings
        starts = starts[_within(keys, starts, reach) >= times]
    starts = starts[_within(every, starts, reach) >= sum(wanted.values())]
    return grouped(starts // STRIDE)


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


def _within(keys: Ints, starts: Ints, reach: int) -> Ints:
    """Return how many keys lie from each start to `reach` positions on."""
    ends = np.searchsorted(keys, starts + reach, side="right")
    counts: Ints = ends - np.searchsorted(keys, starts, side="left")
    return counts
