"""The words of an index that a wildcard or a fuzzy word stands for."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from search.globs import globbed, pieces
from search.nodes import Near, Pattern
from search.terms import Terms, merged

Distances = NDArray[np.uint8]
Ints = NDArray[np.int64]

_AHEAD = 4

_WILD = re.compile(r"[*?]")


@dataclass(frozen=True, slots=True)
class Expansion:
    """The ordinals of the words chosen, ascending, and how many words there were to choose from."""

    ordinals: Ints
    matching: int


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The folded words of an index and how often each occurs; one that occurs never stands for nothing."""

    terms: Terms
    counts: NDArray[np.integer]

    @classmethod
    def of(cls, counts: Mapping[str, int]) -> "Vocabulary":
        """Return the vocabulary of words and their counts."""
        terms = Terms.of(counts)
        return cls(terms, np.array([counts[word] for word in terms], dtype=np.int64))

    def matching(self, leaf: Pattern | Near) -> tuple[Distances, Ints]:
        """Return every word that a leaf stands for, by ordinal ascending, and how far each is from it."""
        if isinstance(leaf, Near):
            return self._near(leaf)
        ordinals = self._matching(leaf.glob)
        return np.zeros(len(ordinals), dtype=np.uint8), ordinals

    def expand(self, leaf: Pattern | Near, limit: int) -> Expansion:
        """Return the words a leaf stands for, at most `limit`.

        Past the limit the nearest words are kept, then the most frequent, then the first in
        the alphabet.
        """
        distances, ordinals = self.matching(leaf)
        kept = _kept(distances, self.counts[ordinals], limit)
        return Expansion(ordinals[kept], len(ordinals))

    def count(self, word: str) -> int:
        """Return how often a word occurs."""
        at = self.terms.find(word)
        return int(self.counts[at]) if at >= 0 else 0

    def _near(self, leaf: Near) -> tuple[Distances, Ints]:
        ordinals = self.terms.signatures.candidates(leaf.word, leaf.distance)
        ordinals = ordinals[self.counts[ordinals] > 0]
        words = self.terms.words(ordinals)
        found = process.extract(
            leaf.word, words, scorer=Levenshtein.distance, score_cutoff=leaf.distance, limit=None
        )
        distances = np.full(len(words), leaf.distance + 1)
        for _, distance, at in found:
            distances[at] = distance
        near = distances <= leaf.distance
        return distances[near].astype(np.uint8), ordinals[near]

    def _matching(self, glob: str) -> Ints:
        """Return the words that a glob matches; its literal beginning narrows first."""
        start, stop = self.terms.starting(_WILD.split(glob, maxsplit=1)[0])
        if glob.rstrip("*") + "*" == glob and not _WILD.search(glob[:-1]):
            return np.flatnonzero(self.counts[start:stop]) + start
        ordinals = globbed(self.terms, glob, start, stop)
        return ordinals[self.counts[ordinals] > 0]


def chosen(found: Sequence[tuple[Vocabulary, Distances, Ints]], limit: int) -> tuple[tuple[str, ...], int]:
    """Return the words that a leaf stands for in several vocabularies, ascending, and how many match.

    A word's counts are added, then the words are chosen as `Vocabulary.expand` does.
    """
    if len(found) == 1:
        vocabulary, distances, ordinals = found[0]
        kept = _kept(distances, vocabulary.counts[ordinals], limit)
        return tuple(vocabulary.terms.words(ordinals[kept])), len(ordinals)
    union, places = merged([vocabulary.terms.only(ordinals) for vocabulary, _, ordinals in found])
    counts, nearest = np.zeros(len(union), dtype=np.int64), np.zeros(len(union), dtype=np.uint8)
    for (vocabulary, distances, ordinals), own in zip(found, places, strict=True):
        counts[own] += vocabulary.counts[ordinals]
        nearest[own] = distances
    return tuple(union.words(_kept(nearest, counts, limit))), len(union)


def foremost(vocabularies: Sequence[Vocabulary], leaf: Pattern | Near, most: int) -> list[tuple[str, int]]:
    """Return the words a leaf stands for in several vocabularies together, and how often each occurs.

    The nearest first, of these the most frequent, of these the first; at most so many. A word is
    found where it is among the first `_AHEAD` times as many of any one vocabulary, since going
    through all that begin with a letter would take a hundred times as long.
    """
    nearest: dict[str, int] = {}
    for vocabulary in vocabularies:
        distances, ordinals = vocabulary.matching(leaf)
        limit = most if len(vocabularies) == 1 else _AHEAD * most
        kept = _kept(distances, vocabulary.counts[ordinals], limit)
        words = vocabulary.terms.words(ordinals[kept])
        nearest.update(zip(words, distances[kept].tolist(), strict=True))
    counts = {word: sum(one.count(word) for one in vocabularies) for word in nearest}
    order = sorted(nearest, key=lambda word: (nearest[word], -counts[word], word))
    return [(word, counts[word]) for word in order[:most]]


def _kept(distances: Distances, counts: NDArray[np.integer], limit: int) -> Ints:
    """Return which words to keep, ascending: the nearest, of these the most frequent, of these the first."""
    if len(distances) <= limit:
        return np.arange(len(distances))
    if limit < 1:
        return np.zeros(0, dtype=np.int64)
    ranks = (distances.astype(np.int64) << 48) - counts.astype(np.int64)
    last = np.partition(ranks, limit - 1)[limit - 1]
    better = np.flatnonzero(ranks < last)
    equal = np.flatnonzero(ranks == last)
    return np.sort(np.concatenate((better, equal[: limit - len(better)])))


def glob_regex(glob: str) -> re.Pattern[str]:
    """Return a regex of a glob that never backtracks over more than one star.

    Each piece between stars is matched at its first place and held, as fnmatch does: without, a
    dozen stars take exponential time. A lookahead with a reference to it holds; an atomic group
    would say the same, but misses matches before Python 3.11.5.
    """
    literal = [
        "".join("." if letter == "?" else re.escape(letter) for letter in piece) for piece in pieces(glob)
    ]
    if len(literal) == 1:
        return re.compile(literal[0], re.DOTALL)
    middle = "".join(f"(?=(?P<p{at}>.*?{piece}))(?P=p{at})" for at, piece in enumerate(literal[1:-1]))
    return re.compile(f"{literal[0]}{middle}.*{literal[-1]}", re.DOTALL)


def is_near(word: str, leaf: Near) -> bool:
    """Return whether a folded word is within the leaf's distance."""
    return Levenshtein.distance(word, leaf.word, score_cutoff=leaf.distance) <= leaf.distance


def capped(leaf: Pattern | Near, matching: int, kept: int) -> str | None:
    """Return the note that not every word was searched, None when all were."""
    if matching <= kept:
        return None
    typed = leaf.glob if isinstance(leaf, Pattern) else f"{leaf.word}~{leaf.distance}"
    return (
        f"“{typed[:40]}” stands for {matching:,} words of this archive; "
        f"the {kept:,} nearest and most frequent were searched"
    )
