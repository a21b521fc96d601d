"""The terms of the words that a writer has met, numbered as they come.

A written word gives tokens, a token a term in each form and, where it begins a word of several
parts, a second one: its joined form. Terms get their alphabetical places when a block is sorted.
"""

from __future__ import annotations

import zlib
from array import array
from collections import defaultdict
from collections.abc import Sequence
from itertools import count

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.schema import FORMS
from search.tokens import is_plain, plain_forms, tokens

NO_TERM = 0xFFFFFFFF
_WORD_BYTES = 600
"""About what a different word costs in memory: its string, three terms, their entries in dictionaries."""

Numbers = NDArray[np.uint32]


def next_mark(folded: str) -> int:
    """Return the number that stands for a folded word beside the word before it: 1 to 65,535.

    0 is left for a word of which the number cannot tell.
    """
    return zlib.crc32(folded.encode("utf-8", "surrogatepass")) % 0xFFFF + 1


class Lexicon:
    """Words to tokens to terms, for one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        # Looking a term up gives a new one the next number.
        self.terms = {form: defaultdict[str, int](count().__next__) for form in FORMS}
        self._words: dict[str, int] = {}
        self._firsts, self._counts = array("I"), array("I")
        self._plain = {form: array("I") for form in FORMS}
        self._joined = {form: array("I") for form in FORMS}
        self._marks = array("H")

    @property
    def size_bytes(self) -> int:
        """About how much memory is taken."""
        return _WORD_BYTES * len(self._words)

    def numbers(self, words: Sequence[str]) -> Numbers:
        """Return the number of each of different words, new ones learnt."""
        new = [word for word in words if word not in self._words]
        self._learn_plain([word for word in new if is_plain(word)])
        for word in new:
            if word not in self._words:
                self._learn(word)
        return np.fromiter(map(self._words.__getitem__, words), np.uint32, len(words))

    def tokens_of(self, words: Numbers) -> Numbers:
        """Return the numbers of the tokens of words, in order."""
        counts = _taken(self._counts, words)
        firsts = _taken(self._firsts, words)
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

    def marks(self) -> NDArray[np.uint16]:
        """Return `next_mark` of each token, 0 where a joined word begins with it."""
        return np.array(self._marks, dtype=np.uint16)

    def _learn_plain(self, words: Sequence[str]) -> None:
        """Learn new plain words all at once: each is one token, and nothing is joined to it."""
        first, many = len(self._marks), len(words)
        self._words.update(zip(words, range(len(self._words), len(self._words) + many), strict=True))
        self._firsts.extend(range(first, first + many))
        self._counts.frombytes(np.ones(many, np.uint32).tobytes())
        folded, stems = plain_forms(words, self.language)
        for form, found in (("folded", folded), ("stem", stems), ("exact", words)):
            self._plain[form].extend(map(self.terms[form].__getitem__, found))
            self._joined[form].frombytes(np.full(many, NO_TERM, np.uint32).tobytes())
        self._marks.extend(map(next_mark, folded))

    def _learn(self, word: str) -> None:
        self._words[word] = len(self._words)
        found = tokens(word, self.language)
        self._firsts.append(len(self._marks))
        self._counts.append(len(found))
        for token in found:
            for form in FORMS:
                terms = self.terms[form]
                own = getattr(token, form)
                whole = getattr(token.joined, form) if token.joined else own
                self._plain[form].append(terms[own])
                self._joined[form].append(NO_TERM if whole == own else terms[whole])
            self._marks.append(0 if token.joined else next_mark(token.folded))


def _taken(numbers: array[int], at: Numbers) -> Numbers:
    """Return the numbers at some places."""
    return np.frombuffer(numbers, dtype=np.uint32)[at] if len(numbers) else np.zeros(0, np.uint32)


def _view(numbers: array[int]) -> Numbers:
    """Return a copy as an array: a view would keep the numbers from growing."""
    return np.array(numbers, dtype=np.uint32) if len(numbers) else np.zeros(0, np.uint32)
