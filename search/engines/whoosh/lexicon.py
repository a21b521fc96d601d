"""The terms of the words that a writer has met, numbered as they come.

A written word gives tokens, a token a term in each form and, where it begins a word of several
parts, a second one: its joined form. Terms get their alphabetical places when a block is sorted.
"""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.schema import FORMS
from search.tokens import tokens

NO_TERM = 0xFFFFFFFF
_WORD_BYTES = 600
"""About what a different word costs in memory: its string, three terms, their entries in dictionaries."""

Numbers = NDArray[np.uint32]


def next_mark(folded: str) -> int:
    """Return the byte that stands for a folded word beside the word before it: 1 to 255.

    0 is left for a word of which the byte cannot tell.
    """
    return zlib.crc32(folded.encode("utf-8", "surrogatepass")) % 255 + 1


class Lexicon:
    """Words to tokens to terms, for one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.terms: dict[str, dict[str, int]] = {form: {} for form in FORMS}
        self._words: dict[str, int] = {}
        self._firsts, self._counts = array("I"), array("I")
        self._plain = {form: array("I") for form in FORMS}
        self._joined = {form: array("I") for form in FORMS}
        self._marks = array("B")

    @property
    def size_bytes(self) -> int:
        """About how much memory is taken."""
        return _WORD_BYTES * len(self._words)

    def numbers(self, words: Sequence[str]) -> Numbers:
        """Return the number of each word, new ones learnt."""
        known = self._words
        return np.array([known[word] if word in known else self._learn(word) for word in words], np.uint32)

    def tokens_of(self, words: Numbers) -> Numbers:
        """Return the numbers of the tokens of words, in order."""
        counts = _view(self._counts)[words]
        firsts = _view(self._firsts)[words]
        if len(counts) and counts.min() == counts.max() == 1:
            return firsts
        ends = np.cumsum(counts, dtype=np.int64)
        within = np.arange(int(ends[-1]) if len(ends) else 0) - np.repeat(ends - counts, counts)
        return (np.repeat(firsts, counts) + within).astype(np.uint32)

    def plain(self, form: str) -> Numbers:
        """Return the term of each token."""
        return _view(self._plain[form])

    def joined(self, form: str) -> Numbers:
        """Return the term of the joined word that begins with each token, NO_TERM without one."""
        return _view(self._joined[form])

    def marks(self) -> NDArray[np.uint8]:
        """Return `next_mark` of each token, 0 where a joined word begins with it."""
        return np.frombuffer(self._marks, dtype=np.uint8).copy()

    def _learn(self, word: str) -> int:
        number = self._words[word] = len(self._words)
        found = tokens(word, self.language)
        self._firsts.append(len(self._marks))
        self._counts.append(len(found))
        for token in found:
            for form in FORMS:
                terms = self.terms[form]
                own = getattr(token, form)
                whole = getattr(token.joined, form) if token.joined else own
                self._plain[form].append(terms.setdefault(own, len(terms)))
                place = NO_TERM if whole == own else terms.setdefault(whole, len(terms))
                self._joined[form].append(place)
            self._marks.append(0 if token.joined else next_mark(token.folded))
        return number


def _view(numbers: array[int]) -> Numbers:
    """Return a copy as an array: a view would keep the numbers from growing."""
    return np.array(numbers, dtype=np.uint32) if len(numbers) else np.zeros(0, np.uint32)
