"""The words that a wildcard or fuzzy word stands for, and their postings gathered at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.arrays import Array
from search.engines.whoosh.postings import Part
from search.engines.whoosh.snapshot import Snapshot
from search.expand import capped, chosen
from search.nodes import Near, Pattern

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Words:
    """The folded words of a leaf: their numbers in each part of the index; `note` when there are more."""

    numbers: tuple[Ints, ...]
    note: str | None


@dataclass(frozen=True, slots=True)
class Gathered:
    """The postings of several words in one part, word after word: article, count, and place in the part."""

    articles: Array
    counts: Array
    places: Ints


def words_of(snapshot: Snapshot, leaf: Pattern | Near, limit: int) -> Words:
    """Return the words that a leaf stands for, at most `limit`."""
    found = []
    for part in snapshot.parts:
        vocabulary = snapshot.vocabulary(part, title_only=leaf.title_only)
        found.append((vocabulary, *vocabulary.matching(leaf)))
    if not found:
        return Words((), None)
    if len(found) == 1:
        vocabulary, _, ordinals = found[0]
        kept = vocabulary.expand(leaf, limit).ordinals if len(ordinals) > limit else ordinals
        return Words((kept,), capped(leaf, len(ordinals), len(kept)))
    if all(len(ordinals) * len(found) <= limit for _, _, ordinals in found):
        return Words(tuple(ordinals for _, _, ordinals in found), None)
    words, matching = chosen(found, limit)
    numbers = ([part.segment.terms["folded"].find(word) for word in words] for part in snapshot.parts)
    kept_numbers = tuple(np.array([at for at in held if at >= 0], dtype=np.int64) for held in numbers)
    return Words(kept_numbers, capped(leaf, matching, len(words)))


def gathered(part: Part, words: Ints, *, title: bool) -> Gathered:
    """Return the postings of folded words in the titles or bodies of one part, deleted articles' too."""
    segment = part.segment
    space = "folded.title" if title else "folded"
    places = segment.places(space, words)
    return Gathered(*segment.postings_at(space, places), places)
