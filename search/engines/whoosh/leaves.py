"""What the words of a query match and score, leaf by leaf, each worked out once for a plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.arrays import Array
from search.engines.whoosh.chosen import Bools, Chosen, any_of, distinct, found_at
from search.engines.whoosh.expansions import Gathered, Words, gathered, words_of
from search.engines.whoosh.merge import STEPS
from search.engines.whoosh.phrases import (
    Ints,
    Slot,
    Standing,
    distinct_keys,
    in_order,
    in_order_of_keys,
    near,
    shared_articles,
    slot_counts,
    standing,
)
from search.engines.whoosh.postings import Postings
from search.engines.whoosh.rank import Bounds, Floats
from search.engines.whoosh.snapshot import Snapshot
from search.explain import LeafCounts
from search.nodes import Near, Pattern, Term, TermSequence, TextLeaf
from search.score import as_typed, of_function_word, saturated, word_weight

_DENSE = 64
"""Counts of more postings than one for so many articles are added up in a table, fewer are sorted."""
_NO_INTS = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Counts:
    """Ascending articles, and how often something stands in each one's title or body."""

    articles: Array
    counts: Array

    def of(self, ids: Array) -> NDArray[np.float64]:
        """Return the counts of ascending articles, 0 for those that are not among ours."""
        if ids is self.articles:
            return self.counts.astype(np.float64)
        at, there = found_at(self.articles, ids)
        if not len(self.articles):
            return np.zeros(len(ids))
        return np.where(there, self.counts.take(at), 0).astype(np.float64)


NOTHING = Counts(_NO_INTS, _NO_INTS)


class Leaves:
    """The leaves of one plan. `notes` says which words stood for more than were searched."""

    def __init__(self, snapshot: Snapshot, expansions: int) -> None:
        self.snapshot = snapshot
        self.notes: list[str] = []
        self._expansions = expansions
        self._words: dict[Pattern | Near, Words] = {}
        self._gathered: dict[tuple[Pattern | Near, bool], list[Gathered]] = {}
        self._postings: dict[tuple[str, str, bool], Postings] = {}
        self._counts: dict[tuple[TextLeaf, str], Counts] = {}
        self._chosen: dict[TextLeaf, Chosen] = {}
        self._typed_alone: dict[Term, bool] = {}

    def chosen(self, leaf: TextLeaf) -> Chosen:
        """Return the articles in which a leaf stands."""
        if leaf not in self._chosen:
            self._chosen[leaf] = self._find(leaf)
        return self._chosen[leaf]

    def judged(self, leaf: TextLeaf, ids: Array) -> tuple[Bools, Floats]:
        """Return for ascending articles whether the leaf stands in each, and its score by BM25F."""
        title = self._weighed(leaf, "title", ids)
        body = np.zeros(len(ids)) if leaf.title_only else self._weighed(leaf, "body", ids)
        norms = [norms.take(ids) for norms in self.snapshot.norms]
        mask = (title > 0) | (body > 0)
        scores = self._weight(leaf) * saturated(title / norms[0], body / norms[1])
        return mask, np.where(mask, scores, 0.0)

    def counts_in(self, leaf: TextLeaf, number: int) -> LeafCounts:
        """Return what the score of a leaf in one article is made of."""
        typed = _typed(leaf) if isinstance(leaf, Term) and leaf.typed else leaf
        ids = np.array([number])
        title, typed_title = (int(self._counted(one, "title").of(ids)[0]) for one in (leaf, typed))
        body = typed_body = 0
        if not leaf.title_only:
            body, typed_body = (int(self._counted(one, "body").of(ids)[0]) for one in (leaf, typed))
        slots = leaf.slots if isinstance(leaf, TermSequence) else (leaf,)
        containing = tuple(self.chosen(slot).size for slot in slots)
        return LeafCounts(title, body, typed_title, typed_body, containing)

    def bounds(self, leaf: TextLeaf, asked: Chosen) -> Bounds:
        """Return for each of the articles a bound of the leaf's score; 0 where it does not stand."""
        ids = asked.ids
        if not isinstance(leaf, Term) or leaf.form != "stem" or leaf.title_only:
            return self.judged(leaf, ids)[1].astype(np.float32) * np.float32(1 + 1e-6)
        postings = self.postings(leaf)
        bounds = postings.impacts(averages=self.snapshot.averages) * np.float32(self._weight(leaf) / STEPS)
        if ids is postings.articles:
            return bounds
        if len(ids) * 16 < postings.size:
            at, there = found_at(postings.articles, ids)
            return np.where(there, bounds.take(at), np.float32(0))
        with self.snapshot.table() as dense:
            articles = postings.articles.astype(np.int64, copy=False)
            dense[articles] = bounds
            found = dense.take(ids)
            dense[articles] = 0
        return found

    def summed_bounds(self, leaves: Sequence[Term], asked: Chosen) -> Bounds:
        """Return for each of the articles the sum of the bounds of several stems."""
        with self.snapshot.table() as sums:
            every = []
            for leaf in leaves:
                postings = self.postings(leaf)
                articles = postings.articles.astype(np.int64, copy=False)
                step = np.float32(self._weight(leaf) / STEPS)
                sums[articles] += postings.impacts(averages=self.snapshot.averages) * step
                every.append(articles)
            found = sums.take(asked.ids)
            for articles in every:
                sums[articles] = 0
        return found

    def ceiling(self, leaf: Term) -> float:
        """Return a score that no article exceeds for a stem."""
        return self._weight(leaf) * self.postings(leaf).ceiling(self.snapshot.averages) / STEPS * (1 + 1e-6)

    def postings(self, leaf: Term, *, title: bool = False) -> Postings:
        """Return the postings of a term, in titles alone where the leaf or `title` says so."""
        key = (leaf.form, leaf.text, leaf.title_only or title)
        if key not in self._postings:
            self._postings[key] = self.snapshot.postings(leaf.form, leaf.text, title=key[2])
        return self._postings[key]

    def words(self, leaf: Pattern | Near) -> Words:
        """Return the words that a leaf stands for."""
        if leaf not in self._words:
            self._words[leaf] = words_of(self.snapshot, leaf, self._expansions)
            note = self._words[leaf].note
            if note:
                self.notes.append(note)
        return self._words[leaf]

    def gathered(self, leaf: Pattern | Near, *, title: bool) -> list[Gathered]:
        """Return the postings of all words of a leaf, in each part of the index."""
        key = (leaf, title)
        if key not in self._gathered:
            parts = zip(self.snapshot.parts, self.words(leaf).numbers, strict=True)
            self._gathered[key] = [gathered(part, numbers, title=title) for part, numbers in parts]
        return self._gathered[key]

    def standings(self, slot: Slot, at: int, *, title: bool) -> list[Standing]:
        """Return where each folded word of a slot stands in the part of the index that is numbered `at`."""
        part = self.snapshot.parts[at]
        if isinstance(slot, Term):
            numbers = [part.segment.terms["folded"].find(slot.text)]
        else:
            numbers = self.words(slot).numbers[at].tolist()
        found = (standing(part, number, title=title) for number in numbers if number >= 0)
        return [one for one in found if one is not None]

    def _find(self, leaf: TextLeaf) -> Chosen:
        total = self.snapshot.total
        if isinstance(leaf, Term):
            postings = self.postings(leaf)
            if leaf.form != "stem" or leaf.title_only:
                return Chosen(total, ids=postings.articles)
            test = postings.test if postings.has_bits else None
            return Chosen(
                total,
                ids=postings.articles,
                make_mask=lambda: postings.bitmap(total),
                test=test,
                tested=total // 16,
            )
        texts = ("title",) if leaf.title_only else ("body", "title")
        return any_of([Chosen(total, ids=self._counted(leaf, text).articles) for text in texts])

    def _weight(self, leaf: TextLeaf) -> float:
        if isinstance(leaf, TermSequence):
            weight = 0.0
            for slot in leaf.slots:  # not by `sum`, which rounds otherwise from Python 3.12 on
                weight += self._weight(slot)
            return weight
        weight = word_weight(self.snapshot.size, self.chosen(leaf).size)
        return of_function_word(weight) if isinstance(leaf, Term) and leaf.faint else weight

    def _weighed(self, leaf: TextLeaf, text: str, ids: Array) -> Floats:
        """Return how often a leaf stands in the titles or bodies of ascending articles, for its score."""
        every = self._counted(leaf, text).of(ids)
        if not isinstance(leaf, Term) or self._is_typed_alone(leaf):
            return every
        return as_typed(every, self._counted(_typed(leaf), text).of(ids))

    def _is_typed_alone(self, leaf: Term) -> bool:
        """Return whether a term has no other form than the one that was typed, wherever it stands."""
        if leaf not in self._typed_alone:
            self._typed_alone[leaf] = not leaf.typed or (
                self.postings(leaf).is_same(self.postings(_typed(leaf)))
            )
        return self._typed_alone[leaf]

    def _counted(self, leaf: TextLeaf, text: str) -> Counts:
        key = (leaf, text)
        if key not in self._counts:
            if isinstance(leaf, Term):
                postings = self.postings(leaf, title=text == "title")
                self._counts[key] = Counts(postings.articles, postings.counts)
            elif isinstance(leaf, TermSequence):
                self._counts[key] = self._sequence(leaf, text)
            else:
                self._counts[key] = self._expanded(leaf, text)
        return self._counts[key]

    def _expanded(self, leaf: Pattern | Near, text: str) -> Counts:
        """Return how often all words of a leaf together stand in each title or body."""
        articles, counts = [_NO_INTS], [_NO_INTS]
        for part, found in zip(self.snapshot.parts, self.gathered(leaf, title=text == "title"), strict=True):
            articles.append(found.articles.astype(np.int64) + part.base)
            counts.append(found.counts.astype(np.int64))
        return self._live(_summed(np.concatenate(articles), np.concatenate(counts), self.snapshot.total))

    def _sequence(self, leaf: TermSequence, text: str) -> Counts:
        """Return in how many places of each title or body a sequence begins."""
        articles, counts = [_NO_INTS], [_NO_INTS]
        for at, part in enumerate(self.snapshot.parts):
            found = self._sequence_in(leaf, at, title=text == "title")
            articles.append(found[0] + part.base)
            counts.append(found[1])
        return self._live(Counts(np.concatenate(articles), np.concatenate(counts)))

    def _sequence_in(self, leaf: TermSequence, at: int, *, title: bool) -> tuple[Ints, Ints]:
        words: dict[Slot, list[Standing]] = {}
        for slot in dict.fromkeys(leaf.slots):
            words[slot] = self.standings(slot, at, title=title)
            if not words[slot]:
                return _NO_INTS, _NO_INTS
        names = [slot.text for slot in leaf.slots if isinstance(slot, Term)]
        if not leaf.slop and len(names) == len(leaf.slots):
            return in_order([words[slot][0] for slot in leaf.slots], names)
        shared = shared_articles(words.values())
        keys = {slot: distinct_keys([word.keys(shared) for word in held]) for slot, held in words.items()}
        if not leaf.slop:
            return in_order_of_keys([keys[slot] for slot in leaf.slots])
        return near(keys, slot_counts(leaf.slots), len(leaf.slots) - 1 + leaf.slop)

    def _live(self, found: Counts) -> Counts:
        live = self.snapshot.live
        if live is None:
            return found
        kept = live[found.articles]
        return Counts(found.articles[kept], found.counts[kept])


def _typed(leaf: Term) -> Term:
    """Return the folded word that was typed for a stem."""
    return Term("folded", leaf.typed, leaf.title_only)


def _summed(articles: Ints, counts: Ints, total: int) -> Counts:
    """Return each article once, ascending, with its counts added up; articles whose sum is 0 stay out."""
    if len(articles) * _DENSE > total:
        sums = np.bincount(articles, weights=counts, minlength=total)
        found = (sums != 0).nonzero()[0]  # of truth values in a fifth of the time
        return Counts(found, sums[found].astype(np.int64))
    order = np.argsort(articles, kind="stable")
    articles, counts = articles[order], counts[order]
    kept = distinct(articles)
    if not len(kept):
        return NOTHING
    begins = np.searchsorted(articles, kept)
    sums = np.add.reduceat(counts, begins)
    there = sums > 0
    return Counts(kept[there], sums[there])
