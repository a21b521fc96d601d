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
"""Postings and their words that are copied at once: about 60 MB of arrays on the way."""

Places = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(slots=True)
class Source:
    """A block or segment: its arrays, the new place of each of its terms, and of each article (or GONE)."""

    arrays: Arrays
    terms: dict[str, Places]
    numbers: NDArray[np.uint32]
    deleted: bool


@dataclass(slots=True)
class Run:
    """Postings of a range of terms, by term and article: `each` counts them by term."""

    each: Places
    articles: NDArray[np.uint32]
    counts: NDArray[np.uint32]
    positions: Array | None = None
    next: NDArray[np.uint16] | None = None


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

    def words_each(self) -> Places:
        """Return for each folded term how many words it has."""
        return self._own.words_each()

    def kept(self) -> tuple[Places, Places]:
        """Return for each term how many postings and how many words stay when the deleted are gone."""
        postings = np.zeros(len(self.terms), dtype=np.int64)
        words = np.zeros(len(self.terms), dtype=np.int64)
        for first, last in ranges(self.each):
            local = np.arange(first, last)
            terms, _, counts, _ = self.read(local)
            postings[first:last] = np.bincount(terms, minlength=len(local))
            words[first:last] = np.bincount(terms, weights=counts, minlength=len(local))
            self.source.arrays.release()
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

    def parts(self, term: int, title: Listing, *, words: bool) -> Iterator[tuple[Run, Run]]:
        """Yield the postings of one term in parts of at most RANGE postings and words, and those in titles.

        `title` lists the same terms in titles, whose articles are all among these.
        """
        whole, heading = self._piece(term), title._piece(term)
        while whole.first < whole.last:
            cut = whole.cut()
            heading_cut = heading.until(whole.old_article(cut - 1))
            yield whole.taken(cut, words=words), heading.taken(heading_cut, words=words)

    def _piece(self, term: int) -> _Piece:
        borrowed = self._borrowed is not None and bool(self._borrowed[term])
        columns = self._shared if borrowed and self._shared else self._own
        first = int(self.begins[term])
        return _Piece(self.source, columns, term, first, first + int(self.each[term]))

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


class _Piece:
    """The postings of one term in one source, taken from the front: those from `first` to `last` are left."""

    def __init__(self, source: Source, columns: _Columns, term: int, first: int, last: int) -> None:
        self.first, self.last = first, last
        self._source, self._columns, self._term = source, columns, term
        self._word: int | None = None

    def cut(self) -> int:
        """Return the place up to which postings and words are at most RANGE, at least one posting."""
        counts = self._columns.counted(slice(self.first, min(self.last, self.first + RANGE)))
        return self.first + next(ranges(counts.astype(np.int64) + 1))[1]

    def old_article(self, place: int) -> int:
        """Return the article of a posting, as its source numbers it."""
        return int(self._columns.articles[place])

    def until(self, article: int) -> int:
        """Return the place behind the postings of articles up to this one."""
        held = self._columns.articles[self.first : self.last]
        return self.first + int(np.searchsorted(held, article, side="right"))

    def taken(self, cut: int, *, words: bool) -> Run:
        """Take the postings up to a place, under their new articles."""
        at = slice(self.first, cut)
        self.first = cut
        counts = self._columns.counted(at)
        articles = self._source.numbers[self._columns.articles[at]]
        run = Run(np.array([len(articles)]), articles, counts)
        if words:
            if self._word is None:
                self._word = self._columns.first_word(self._term)
            begin, self._word = self._word, self._word + int(counts.sum(dtype=np.int64))
            run.positions, run.next = self._columns.words_at(slice(begin, self._word))
        return _without_gone(run) if self._source.deleted else run


def _without_gone(run: Run) -> Run:
    """Return the postings of one term without those of deleted articles."""
    keep = run.articles != GONE
    left = Run(np.array([int(keep.sum())]), run.articles[keep], run.counts[keep])
    if run.positions is not None and run.next is not None:
        words = np.repeat(keep, run.counts)
        left.positions, left.next = run.positions[words], run.next[words]
    return left


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
            return self.articles[at], self.counted(at)
        articles = np.empty(len(at), dtype=np.uint32)
        counts = np.empty(len(at), dtype=np.uint32)
        for columns, mine in ((self, ~borrowed), (shared, borrowed)):
            articles[mine] = columns.articles[at[mine]]
            counts[mine] = columns.counted(at[mine])
        return articles, counts

    def counted(self, at: Places | slice) -> NDArray[np.uint32]:
        counts: NDArray[np.uint32] = self.counts[at].astype(np.uint32)
        many = np.flatnonzero(counts == MANY)
        if len(many):
            places = many + at.start if isinstance(at, slice) else at[many]
            counts[many] = self._many_counts[np.searchsorted(self._many, places.astype(np.uint64))]
        return counts

    def word_begins(self, term: int, first: int, last: int) -> Places:
        """Return where the words of the postings of some terms begin, the first of which is `term`.

        For so many only at once: for all of a source they would be most of what a merge holds.
        """
        counts = self.counted(slice(first, last))
        begins: Places = np.cumsum(counts, dtype=np.int64) - counts + self.first_word(term)
        return begins

    def words_each(self) -> Places:
        """Return for each folded term how many words it has."""
        starts = self._arrays.view(f"{self._name}.words").astype(np.int64)
        each: Places = starts[1:] - starts[:-1]
        return each

    def first_word(self, term: int) -> int:
        """Return where the words of a term begin."""
        return int(self._arrays.view(f"{self._name}.words", term, term + 1)[0])

    def words_at(self, places: Places | slice) -> tuple[Array, NDArray[np.uint16]]:
        """Return position and next word of words by their places."""
        view = self._arrays.view
        return view(f"{self._name}.positions")[places], view(f"{self._name}.next")[places]


def no_postings() -> Run:
    """Return no postings of one term, and no words."""
    none = np.zeros(0, dtype=np.uint32)
    return Run(np.zeros(1, dtype=np.int64), none, none, none.astype(np.uint16), none.astype(np.uint16))


def fits(weight: int) -> bool:
    """Return whether so many postings and words are copied at once."""
    return weight <= RANGE


def ranges(each: Places) -> Iterator[tuple[int, int]]:
    """Yield half-open ranges that weigh at most RANGE together; one by itself may weigh more."""
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
