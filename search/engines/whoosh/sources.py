"""What a merge reads: the postings of blocks and of older segments, under their new numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.arrays import Array, Arrays
from search.engines.whoosh.inversion import MANY

GONE = 0xFFFFFFFF
"""The new number of a deleted article."""
RANGE = 1 << 20
"""Postings, and words of them, that are copied at once: about 60 MB of arrays on the way."""

Places = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(slots=True)
class Source:
    """A block or segment: its arrays, the new place of each of its terms, and of each article (or GONE)."""

    arrays: Arrays
    terms: dict[str, Places]
    numbers: NDArray[np.uint32]
    deleted: bool


class Listing:
    """The postings of one form in one source, in titles or in all of an article."""

    def __init__(self, source: Source, form: str, title: bool) -> None:
        self.source = source
        self.terms = source.terms[form]
        tail = ".title" if title else ""
        arrays = source.arrays
        self._own = _Columns(arrays, form + tail)
        self.begins, self.each = self._own.bounds(len(self.terms))
        self._shared: _Columns | None = None
        self._borrowed: Bools | None = None
        self.share = arrays.view(f"{form}.share").astype(np.int64) if form != "folded" else None
        if self.share is not None and (self.share >= 0).any():
            self._shared = _Columns(arrays, "folded" + tail)
            begins, each = self._shared.bounds(len(source.terms["folded"]))
            self._borrowed = self.share >= 0
            lent = self.share[self._borrowed]
            self.begins[self._borrowed], self.each[self._borrowed] = begins[lent], each[lent]

    def kept(self) -> tuple[Places, Places]:
        """Return for each term how many postings and how many words stay when the deleted are gone."""
        postings = np.zeros(len(self.terms), dtype=np.int64)
        words = np.zeros(len(self.terms), dtype=np.int64)
        for first, last in ranges(self.each):
            local = np.arange(first, last)
            terms, _, counts, _ = self.read(local)
            postings[first:last] = np.bincount(terms, minlength=len(local))
            words[first:last] = np.bincount(terms, weights=counts, minlength=len(local))
        return postings, words

    def read(self, local: Places) -> tuple[Places, NDArray[np.uint32], NDArray[np.uint32], Places]:
        """Return for the postings of some terms: which of them, new article, count, place in the source."""
        each = self.each[local]
        at = spread(self.begins[local], each)
        terms = np.repeat(np.arange(len(local)), each)
        borrowed = np.repeat(self._borrowed[local], each) if self._borrowed is not None else None
        old, counts = self._own.read(at, borrowed, self._shared)
        articles = self.source.numbers[old]
        if self.source.deleted:
            keep = articles != GONE
            terms, articles, counts, at = terms[keep], articles[keep], counts[keep], at[keep]
        return terms, articles, counts, at

    def words(
        self, local: Places, at: Places, counts: NDArray[np.uint32]
    ) -> tuple[Array, NDArray[np.uint16]]:
        """Return position and next word of every word of some postings of a folded form.

        `at` and `counts` are what `read` gave for the successive terms `local`.
        """
        if not len(at):
            return self._own.words_at(at)
        first, last = int(self.begins[local[0]]), int(self.begins[local[-1]] + self.each[local[-1]])
        begins = self._own.word_begins(int(local[0]), first, last)
        return self._own.words_at(spread(begins[at - first], counts.astype(np.int64)))


class _Columns:
    """The arrays of one form in one source."""

    def __init__(self, arrays: Arrays, name: str) -> None:
        self._arrays, self._name = arrays, name
        self.articles = arrays.view(f"{name}.articles")
        self.counts = arrays.view(f"{name}.counts")
        self._many, self._many_counts = arrays.view(f"{name}.many"), arrays.view(f"{name}.many_counts")

    def bounds(self, terms: int) -> tuple[Places, Places]:
        starts = self._arrays.view(f"{self._name}.starts").astype(np.int64)
        if len(starts) != terms + 1:
            raise self._arrays.corrupt(f"{self._name} has {len(starts) - 1} terms, not {terms}")
        return starts[:-1], np.diff(starts)

    def read(
        self, at: Places, borrowed: Bools | None, shared: _Columns | None
    ) -> tuple[Array, NDArray[np.uint32]]:
        if borrowed is None or shared is None:
            return self.articles[at], self._counted(at)
        articles = np.empty(len(at), dtype=np.uint32)
        counts = np.empty(len(at), dtype=np.uint32)
        for columns, mine in ((self, ~borrowed), (shared, borrowed)):
            articles[mine] = columns.articles[at[mine]]
            counts[mine] = columns._counted(at[mine])
        return articles, counts

    def _counted(self, at: Places) -> NDArray[np.uint32]:
        counts: NDArray[np.uint32] = self.counts[at].astype(np.uint32)
        many = np.flatnonzero(counts == MANY)
        if len(many):
            counts[many] = self._many_counts[np.searchsorted(self._many, at[many].astype(np.uint64))]
        return counts

    def word_begins(self, term: int, first: int, last: int) -> Places:
        """Return where the words of the postings of some terms begin, the first of which is `term`.

        For so many only at once: for all of a source they would be most of what a merge holds.
        """
        counts = self._counted(np.arange(first, last))
        begin = int(self._arrays.view(f"{self._name}.words", term, term + 1)[0])
        begins: Places = np.cumsum(counts, dtype=np.int64) - counts + begin
        return begins

    def words_at(self, places: Places) -> tuple[Array, NDArray[np.uint16]]:
        """Return position and next word of words by their places."""
        view = self._arrays.view
        return view(f"{self._name}.positions")[places], view(f"{self._name}.next")[places]


def ranges(each: Places) -> Iterator[tuple[int, int]]:
    """Yield half-open ranges of terms with at most RANGE postings; one term may have more."""
    ends = np.cumsum(each)
    first = 0
    while first < len(each):
        done = int(ends[first - 1]) if first else 0
        last = max(int(np.searchsorted(ends, done + RANGE, side="right")), first + 1)
        yield first, last
        first = last


def spread(begins: Places, each: Places) -> Places:
    """Return the places of pieces that begin there and are so long, one piece after the other."""
    ends = np.cumsum(each)
    total = int(ends[-1]) if len(ends) else 0
    places: Places = np.repeat(begins - (ends - each), each) + np.arange(total)
    return places
