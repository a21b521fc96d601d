"""The words of an index that a wildcard or a fuzzy word stands for."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from search.nodes import Near, Pattern

_WILD = re.compile(r"[*?]")


@dataclass(frozen=True, slots=True)
class Expansion:
    """The words chosen, ascending, and how many there were to choose from."""

    words: tuple[str, ...]
    matching: int


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The folded words of an index, ascending, and how often each occurs."""

    words: Sequence[str]
    counts: Sequence[int]

    def expand(self, leaf: Pattern | Near, limit: int) -> Expansion:
        """Return the words a leaf stands for, at most `limit`.

        Past the limit the nearest words are kept, then the most frequent, then the first in
        the alphabet.
        """
        ranked = self._near(leaf) if isinstance(leaf, Near) else self._matching(leaf.glob)
        if len(ranked) > limit:
            ranked.sort(key=lambda pair: (pair[0], -self.counts[pair[1]], pair[1]))
        return Expansion(tuple(sorted(self.words[at] for _, at in ranked[:limit])), len(ranked))

    def _near(self, leaf: Near) -> list[tuple[int, int]]:
        """Return (distance, index) of every word within the leaf's distance."""
        found = process.extract(
            leaf.word, self.words, scorer=Levenshtein.distance, score_cutoff=leaf.distance, limit=None
        )
        return [(int(distance), at) for _, distance, at in found]

    def _matching(self, glob: str) -> list[tuple[int, int]]:
        """Return (0, index) of every word that a glob matches; its literal beginning narrows first."""
        start, stop = self._beginning(_WILD.split(glob, maxsplit=1)[0])
        if glob.rstrip("*") + "*" == glob and not _WILD.search(glob[:-1]):
            return [(0, at) for at in range(start, stop)]
        matches = glob_regex(glob).fullmatch
        return [(0, at) for at in range(start, stop) if matches(self.words[at])]

    def _beginning(self, prefix: str) -> tuple[int, int]:
        """Return the half-open range of the words that begin so."""
        if not prefix:
            return 0, len(self.words)
        start = bisect_left(self.words, prefix)
        return start, bisect_left(self.words, prefix + "\U0010ffff", lo=start)


def glob_regex(glob: str) -> re.Pattern[str]:
    """Return a regex of a glob that never backtracks over more than one star.

    Each piece between stars is matched at its first place and held, as fnmatch does: without, a
    dozen stars take exponential time. A lookahead with a reference to it holds; an atomic group
    would say the same, but misses matches before Python 3.11.5.
    """
    pieces = re.sub(r"\*+", "*", glob).split("*")
    literal = ["".join("." if letter == "?" else re.escape(letter) for letter in piece) for piece in pieces]
    if len(literal) == 1:
        return re.compile(literal[0], re.DOTALL)
    middle = "".join(f"(?=(?P<p{at}>.*?{piece}))(?P=p{at})" for at, piece in enumerate(literal[1:-1]))
    return re.compile(f"{literal[0]}{middle}.*{literal[-1]}", re.DOTALL)


def is_near(word: str, leaf: Near) -> bool:
    """Return whether a folded word is within the leaf's distance."""
    return Levenshtein.distance(word, leaf.word, score_cutoff=leaf.distance) <= leaf.distance


def capped(leaf: Pattern | Near, expansion: Expansion) -> str | None:
    """Return the note that not every word was searched, None when all were."""
    if expansion.matching <= len(expansion.words):
        return None
    typed = leaf.glob if isinstance(leaf, Pattern) else f"{leaf.word}~{leaf.distance}"
    return (
        f"“{typed[:40]}” stands for {expansion.matching:,} words of this archive; "
        f"the {len(expansion.words):,} nearest and most frequent were searched"
    )
