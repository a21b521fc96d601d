"""Blocks and older segments to the words of one new segment: arrays copied, nothing analysed again.

Every source holds its terms in alphabetical order, so the terms are gone through in ranges that
fit a bounded memory: the postings of a range are copied from each source in turn, under the
articles' new numbers, those of deleted articles left out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.arrays import Array, ArraysWriter, Section
from search.engines.whoosh.inversion import MANY, write_members
from search.engines.whoosh.schema import FORMS
from search.engines.whoosh.sources import Listing, Places, Run, Source, fits, no_postings, ranges, spread
from search.score import length_norm, saturated

DENSE = 32
"""A stem in one of so many articles or more has a bitmap too, which is then no larger than its list."""
STEPS = 65_535
"""An impact is a score without its weight, as if all words were as typed, in so many steps, rounded up."""


class WordsMerger:
    """Writes the words of a new segment from its sources, which stand in the order of their articles."""

    def __init__(
        self, sources: Sequence[Source], counts: dict[str, int], lengths: Array, writer: ArraysWriter
    ) -> None:
        self.sources = sources
        self.counts = counts
        self.writer = writer
        self.lengths = lengths
        """Articles × 2: tokens of title and body."""
        self.averages = [float(lengths[:, at].mean()) if len(lengths) else 0.0 for at in range(2)]
        self._postings: dict[str, Places] = {}

    def write(self) -> None:
        """Write every form."""
        self.writer.put("averages", np.array(self.averages))
        for form in FORMS:
            _Form(self, form).write()
            for source in self.sources:
                source.arrays.release()

    def listings(self, form: str, title: bool) -> Iterator[Listing]:
        """Yield the postings of a form in each source; what was checked of it is given back."""
        for source in self.sources:
            yield Listing(source, form, title)
            source.arrays.release()


@dataclass(slots=True)
class _Sections:
    """Where the postings of a form go."""

    articles: Section
    counts: Section
    positions: Section | None = None
    next: Section | None = None
    written: int = 0
    many: list[Places] = field(default_factory=list)
    many_counts: list[Array] = field(default_factory=list)
    word_starts: Section | None = None
    words: int = 0

    def start_words(self, counts: Array) -> None:
        """Write where the words of the next postings begin."""
        if self.word_starts:
            self.word_starts.write(np.cumsum(counts, dtype=np.int64) - counts + self.words)
            self.words += int(counts.sum(dtype=np.int64))


class _Form:
    """One form on its way into a segment."""

    def __init__(self, merger: WordsMerger, form: str) -> None:
        self.merger, self.form = merger, form
        self.writer = merger.writer
        self.terms = merger.counts[form]
        self.listings = {title: list(merger.listings(form, title)) for title in (False, True)}
        self.each: dict[bool, Places] = {}
        self.weights = np.zeros(self.terms, dtype=np.int64)
        """By term, how many postings, and words where they are copied too, are gone through."""
        self.shared = np.full(self.terms, -1, dtype=np.int32)

    def write(self) -> None:
        places = {}
        for title in (False, True):
            self.each[title], words = self._totals(title)
            self.weights += self.each[title]
            if self.form == "folded":
                tail = ".title" if title else ""
                self.merger._postings[f"folded{tail}"] = self.each[title]
                self.weights += words
                self.writer.put(f"folded{tail}.words", _starts(words))
            places[title] = int(words.sum())
        if self.form == "stem":
            write_members(self.writer, self._members(), self.terms)
        if self.form != "folded":
            self._share()
            self.writer.put(f"{self.form}.share", self.shared)
        targets = {title: self._sections(title, places[title]) for title in (False, True)}
        impacts = _Impacts(self) if self.form == "stem" else None
        for first, last in ranges(self.weights):
            for whole, heading, more in self._runs(first, last):
                self._put(targets[False], whole, first, last)
                self._put(targets[True], heading, first, last)
                if impacts:
                    impacts.put(whole, heading, first, more=more)
        for title, sections in targets.items():
            self._put_many(sections, ".title" if title else "")

    def _totals(self, title: bool) -> tuple[Places, Places]:
        """Return postings and words by new term; words of folded terms alone, the others copy none."""
        postings, words = np.zeros(self.terms, dtype=np.int64), np.zeros(self.terms, dtype=np.int64)
        for listing in self.listings[title]:
            each, held = listing.kept() if listing.source.deleted else (listing.each, None)
            postings[listing.terms] += each
            if self.form == "folded":
                words[listing.terms] += listing.words_each() if held is None else held
        return postings, words

    def _share(self) -> None:
        """Find the terms that occur wherever one folded term does, and there alone."""
        fellow = np.full(self.terms, -1, dtype=np.int64)
        good = np.ones(self.terms, dtype=bool)
        for listing in self.listings[False]:
            share = listing.share
            if share is None:
                continue
            place = np.full(len(share), -1, dtype=np.int64)
            place[share >= 0] = listing.source.terms["folded"][share[share >= 0]]
            known = fellow[listing.terms]
            good[listing.terms[(place < 0) | ((known >= 0) & (known != place))]] = False
            fellow[listing.terms] = place
        good &= fellow >= 0
        for title, name in ((False, "folded"), (True, "folded.title")):
            held = self.merger._postings[name]
            if len(held):
                good &= self.each[title] == held[np.maximum(fellow, 0)]
        self.shared = np.where(good, fellow, -1).astype(np.int32)

    def _members(self) -> Array:
        """Return new stem and folded word of every pair that some source has: pairs × 2."""
        pairs = [np.zeros((0, 2), dtype=np.int64)]
        for source in self.merger.sources:
            starts = source.arrays.view("stem.member_starts").astype(np.int64)
            stems = np.repeat(source.terms["stem"], np.diff(starts))
            pairs.append(
                np.stack((stems, source.terms["folded"][source.arrays.view("stem.members")]), axis=1)
            )
        return np.concatenate(pairs)

    def _own(self, title: bool, first: int, last: int) -> Places:
        """Return by term how many postings it has of its own."""
        return np.where(self.shared[first:last] >= 0, 0, self.each[title][first:last])

    def _sections(self, title: bool, places: int) -> _Sections:
        name = self.form + (".title" if title else "")
        own = self._own(title, 0, self.terms)
        self.writer.put(f"{name}.starts", _starts(own))
        total = int(own.sum())
        reserve = self.writer.reserve
        sections = _Sections(
            reserve(f"{name}.articles", np.uint32, total), reserve(f"{name}.counts", np.uint8, total)
        )
        if self.form == "folded":
            longest = int(self.merger.lengths[:, 0 if title else 1].max(initial=0))
            wide = np.uint32 if longest > 0x10000 else np.uint16
            sections.positions = reserve(f"{name}.positions", wide, places)
            sections.next = reserve(f"{name}.next", np.uint16, places)
            many = np.uint64 if places > 0xFFFFFFFF else np.uint32
            sections.word_starts = reserve(f"{name}.word_starts", many, total + 1)
        return sections

    def _runs(self, first: int, last: int) -> Iterator[tuple[Run, Run, bool]]:
        """Yield the postings of a range of terms, those in titles, and whether more of its terms follow.

        They come at once, but for a term that is too common for that.
        """
        if last - first > 1 or fits(int(self.weights[first])):
            yield self._read(False, first, last), self._read(True, first, last), False
            return
        for whole, title in zip(self.listings[False], self.listings[True], strict=True):
            at = int(np.searchsorted(whole.terms, first))
            if at < len(whole.terms) and whole.terms[at] == first:
                for run, heading in whole.parts(at, title, words=self.form == "folded"):
                    yield run, heading, True
                    whole.source.arrays.release()
        yield no_postings(), no_postings(), False

    def _read(self, title: bool, first: int, last: int) -> Run:
        """Return the postings of a range of terms, gathered from every source."""
        each = self.each[title][first:last]
        run = Run(each, np.empty(int(each.sum()), np.uint32), np.empty(int(each.sum()), np.uint32))
        cursors = np.cumsum(each) - each
        pieces = []
        for listing in self.listings[title]:
            begin, end = np.searchsorted(listing.terms, (first, last)).tolist()
            local = np.arange(begin, end)
            terms, articles, counts, at = listing.read(local)
            new = listing.terms[begin:end] - first
            held = np.bincount(terms, minlength=len(local))
            to = np.repeat(cursors[new] - (np.cumsum(held) - held), held) + np.arange(len(terms))
            cursors[new] += held
            run.articles[to], run.counts[to] = articles, counts
            if self.form == "folded":
                pieces.append((to, counts, *listing.words(local, at, counts)))
            listing.source.arrays.release()
        if self.form == "folded":
            _place_words(run, pieces)
        return run

    def _put(self, sections: _Sections, run: Run, first: int, last: int) -> None:
        articles, counts = run.articles, run.counts
        borrowed = self.shared[first:last] >= 0
        if borrowed.any():
            own = np.repeat(~borrowed, run.each)
            articles, counts = articles[own], counts[own]
        sections.articles.write(articles)
        sections.counts.write(np.minimum(counts, MANY).astype(np.uint8))
        many = np.flatnonzero(counts >= MANY)
        if len(many):
            sections.many.append(many + sections.written)
            sections.many_counts.append(counts[many])
        sections.start_words(counts)
        sections.written += len(articles)
        if sections.positions and sections.next and run.positions is not None and run.next is not None:
            sections.positions.write(run.positions)
            sections.next.write(run.next)

    def _put_many(self, sections: _Sections, tail: str) -> None:
        many = np.concatenate(sections.many) if sections.many else np.zeros(0)
        counts = np.concatenate(sections.many_counts) if sections.many_counts else np.zeros(0)
        if sections.word_starts:
            sections.word_starts.write(np.array([sections.words]))
        self.writer.put(f"{self.form}{tail}.many", many.astype(np.uint64))
        self.writer.put(f"{self.form}{tail}.many_counts", counts.astype(np.uint32))


class _Impacts:
    """Writes for every stem the impact of each of its postings, and bitmaps of common stems.

    The norms are those of this segment's average lengths, which are kept beside: under those of
    the whole index a score is at most as much larger as an average is (see `rank`).
    """

    def __init__(self, form: _Form) -> None:
        self.form = form
        self.writer = form.writer
        total = int(form.each[False].sum())
        self.writer.put("stem.impact_starts", _starts(form.each[False]))
        self.section = self.writer.reserve("stem.impacts", np.uint16, total)
        merger = form.merger
        self.norms = [
            length_norm(merger.lengths[:, at].astype(np.float64), merger.averages[at]) for at in range(2)
        ]
        self.articles = len(merger.lengths)
        self.dense = np.flatnonzero(form.each[False] * DENSE >= max(self.articles, 1))
        self.width = -(-self.articles // 64) * 8
        self.mask = np.zeros(self.width * 8, dtype=bool)
        self.writer.put("stem.dense", self.dense.astype(np.uint32))
        self.bits = self.writer.reserve("stem.bits", np.uint8, self.width * len(self.dense))

    def put(self, whole: Run, title: Run, first: int, *, more: bool) -> None:
        """Write the impacts of a range of terms, and the bitmaps of those that have one.

        With `more`, the bitmap waits for other postings of the same term.
        """
        self.section.write(self._impacts(whole, title))
        ends = np.cumsum(whole.each)
        begin, end = np.searchsorted(self.dense, (first, first + len(whole.each))).tolist()
        for term in (self.dense[begin:end] - first).tolist():
            self.mask[whole.articles[ends[term] - whole.each[term] : ends[term]]] = True
            if not more:
                self.bits.write(np.packbits(self.mask, bitorder="little"))
                self.mask[:] = False

    def _impacts(self, whole: Run, title: Run) -> NDArray[np.uint16]:
        in_title = np.zeros(len(whole.articles))
        terms = np.arange(len(whole.each), dtype=np.int64)
        keys = np.repeat(terms * self.articles, whole.each) + whole.articles
        asked = np.repeat(terms * self.articles, title.each) + title.articles
        in_title[np.searchsorted(keys, asked)] = title.counts
        scores = saturated(
            in_title / self.norms[0][whole.articles], whole.counts / self.norms[1][whole.articles]
        )
        impacts: NDArray[np.uint16] = np.minimum(np.ceil(scores * STEPS), STEPS).astype(np.uint16)
        return impacts


def _place_words(run: Run, pieces: Sequence[tuple[Places, Array, Array, Array]]) -> None:
    """Put the words of each source where their postings went."""
    begins = np.cumsum(run.counts, dtype=np.int64) - run.counts
    total = int(run.counts.sum())
    wide = any(piece[2].dtype.itemsize > 2 for piece in pieces)
    run.positions = np.empty(total, dtype=np.uint32 if wide else np.uint16)
    run.next = np.empty(total, dtype=np.uint16)
    for to, counts, positions, following in pieces:
        places = spread(begins[to], counts.astype(np.int64))
        run.positions[places], run.next[places] = positions, following


def _starts(each: Places) -> NDArray[np.uint64]:
    """Return where the pieces of such lengths begin, and the last ends."""
    return np.concatenate(([0], np.cumsum(each))).astype(np.uint64)
