"""Hits of a page: each article as it is listed, its words marked by where the index says they stand.

The spans of tokens are stored, so that neither title nor body is cut into tokens again. Where
the index does not tell a leaf's places (exact words; words of more spellings than were searched),
and on the article's own page, the text is read as `search.highlight` reads it; marks are the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

import numpy as np

from search.domain import Hit, Passage, Span
from search.engines.whoosh.arrays import Array
from search.engines.whoosh.leaves import Leaves
from search.engines.whoosh.phrases import Slot
from search.engines.whoosh.postings import Part
from search.engines.whoosh.snapshot import Snapshot
from search.engines.whoosh.stored import Spans
from search.expand import glob_regex, is_near
from search.highlight import marks, merged, sequence_spans
from search.nodes import Near, Term, TermSequence, TextLeaf, positive_leaves
from search.passages import passages
from search.picked import picked, told_kinds
from search.plan import Plan
from search.tokens import Joined, tokens

Word = Slot | Near
Places = dict[int, list[int]]
"""For articles, by their numbers in the index, the ascending positions of a word."""
LeafPlaces = tuple[TextLeaf, list[tuple[Word, Places]]]
"""A leaf, and for each of its words where it stands."""


class Marker:
    """Marks the leaves of one plan in the articles of one page."""

    def __init__(self, snapshot: Snapshot, leaves: Leaves, plan: Plan, language: str) -> None:
        self.snapshot = snapshot
        self.leaves = leaves
        self.language = language
        self.tree = plan.tree
        self.picked = picked(plan.tree, plan.filters)
        self.asked = tuple(dict.fromkeys(positive_leaves(plan.tree)))
        self._joined: dict[str, Joined | None] = {}
        self._told = all(self._is_told(leaf) for leaf in self.asked)

    def hits(self, ranking: Sequence[tuple[int, float]], copies: Sequence[int]) -> tuple[Hit, ...]:
        """Return the hits of a ranking."""
        if not self._told:
            return tuple(
                [
                    self._read(number, score, held)
                    for (number, score), held in zip(ranking, copies, strict=True)
                ]
            )
        numbers = sorted(number for number, _ in ranking)
        body = [self._standing(leaf, numbers, title=False) for leaf in self.asked if not leaf.title_only]
        title = [self._standing(leaf, numbers, title=True) for leaf in self.asked]
        return tuple(
            [
                self._hit(number, score, held, body, title)
                for (number, score), held in zip(ranking, copies, strict=True)
            ]
        )

    def _hit(
        self, number: int, score: float, copies: int, body: list[LeafPlaces], title: list[LeafPlaces]
    ) -> Hit:
        article, text, title_spans, body_spans = self.snapshot.shown(number)
        return Hit(
            article,
            score,
            self._passages(number, text, self._marks(number, text, body_spans, body)),
            self._marks(number, article.title, title_spans, title),
            copies,
        )

    def _read(self, number: int, score: float, copies: int) -> Hit:
        """Return a hit whose texts are read for marks."""
        shown = self.snapshot.shown(number)
        article, text = shown.article, shown.body
        spans = marks(text, self.tree, language=self.language)
        titled = marks(article.title, self.tree, language=self.language, title=True)
        return Hit(article, score, self._passages(number, text, spans), titled, copies)

    def _passages(self, number: int, text: str, spans: tuple[Span, ...]) -> tuple[Passage, ...]:
        """Return the passages of a body with the marks of words, and of the tags that filters ask for."""
        if not self.picked:
            return passages(text, spans)
        kinds = told_kinds(self.picked, self.snapshot.mentioned(number))
        return passages(text, spans, merged(chain.from_iterable(kinds)), kinds=kinds)

    def _standing(self, leaf: TextLeaf, numbers: Sequence[int], *, title: bool) -> LeafPlaces:
        words = dict.fromkeys(leaf.slots) if isinstance(leaf, TermSequence) else (leaf,)
        return leaf, [(word, self._find(word, numbers, title=title)) for word in words]

    def _marks(self, number: int, text: str, packed: bytes, standing: list[LeafPlaces]) -> tuple[Span, ...]:
        spans: Spans | None = None
        found: set[Span] = set()
        for leaf, words in standing:
            held = [(word, places[number]) for word, places in words if number in places]
            if len(held) < len(words):
                continue
            spans = spans or Spans(packed)
            if isinstance(leaf, TermSequence):
                own = {
                    word: self._spans(word, places, spans, text)
                    for word, places in held
                    if not isinstance(word, Near)  # which no sequence has
                }
                found.update(sequence_spans(leaf, own, text))
            else:
                found.update(self._spans(leaf, held[0][1], spans, text).values())
        return merged(found) if found else ()

    def _spans(self, word: Word, positions: Sequence[int], spans: Spans, text: str) -> Mapping[int, Span]:
        """Return what to mark at each ascending position: the token, or the joined word that matches."""
        found = spans.at(positions)
        for at in found.keys() & spans.joined.keys() if spans.joined else ():
            start, whole = found[at][0], spans.joined[at]
            if self._is_joined(word, text[start:whole]):
                found[at] = (start, whole)
        return found

    def _is_joined(self, word: Word, written: str) -> bool:
        """Return whether what a word asks for is the joined form of a written one."""
        if written not in self._joined:
            self._joined[written] = tokens(written, self.language)[0].joined
        joined = self._joined[written]
        if joined is None:
            return False
        if isinstance(word, Term):
            return bool(getattr(joined, word.form) == word.text)
        if isinstance(word, Near):
            return is_near(joined.folded, word)
        return glob_regex(word.glob).fullmatch(joined.folded) is not None

    def _is_told(self, leaf: TextLeaf) -> bool:
        """Return whether the index knows all places of a leaf."""
        if isinstance(leaf, TermSequence):
            return all(self._is_told(slot) for slot in leaf.slots)
        return leaf.form != "exact" if isinstance(leaf, Term) else not self.leaves.words(leaf).note

    def _find(self, word: Word, numbers: Sequence[int], *, title: bool) -> Places:
        """Return where a word stands in these ascending articles."""
        space = "folded.title" if title else "folded"
        found: Places = {}
        several = False
        for at, part in enumerate(self.snapshot.parts):
            own = [one - part.base for one in numbers if 0 <= one - part.base < part.segment.size]
            for article, place in self._postings(word, at, part, own, title=title) if own else ():
                positions = part.segment.words_at(space, place)
                several = several or article + part.base in found
                found.setdefault(article + part.base, []).extend(positions)
        if several:
            return {number: sorted(set(positions)) for number, positions in found.items()}
        return found

    def _postings(
        self, word: Word, at: int, part: Part, own: list[int], *, title: bool
    ) -> Iterator[tuple[int, int]]:
        """Yield the articles among a part's own ones in which a word stands, and the place of its posting."""
        if not isinstance(word, Term):
            held = self.leaves.gathered(word, title=title)[at]
            return _among(own, held.articles, held.places, part.segment.size)
        segment = part.segment
        number = segment.terms[word.form].find(word.text)
        if number < 0:
            return iter(())
        terms = segment.members(number) if word.form == "stem" else [number]
        runs = (segment.run("folded", term, title=title) for term in terms)
        return chain.from_iterable(
            _inside(own, segment.articles(run), run.first) for run in runs if run.first < run.last
        )


def _inside(own: list[int], articles: Array, first: int) -> Iterator[tuple[int, int]]:
    """Yield those of ascending articles that are in a run from place `first` on, and their places."""
    at = articles.searchsorted(np.array(own, dtype=articles.dtype))
    found = articles.take(at, mode="clip").tolist()
    return (
        (one, place + first) for one, place, held in zip(own, at.tolist(), found, strict=True) if held == one
    )


def _among(own: list[int], articles: Array, places: Array, size: int) -> Iterator[tuple[int, int]]:
    """Yield those of some articles that are among others in any order, and the others' places."""
    wanted = np.zeros(size, dtype=np.bool_)
    wanted[own] = True
    at = np.flatnonzero(wanted.take(articles))
    return zip(articles[at].tolist(), places[at].tolist(), strict=True)
