"""Hits of a page: each article as it is listed, its words marked by where the index says they stand.

The spans of tokens are stored, so that neither title nor body is cut into tokens again. Where
the index does not tell a leaf's places (exact words; words of more spellings than were searched),
and on the article's own page, the text is read as `search.highlight` reads it; marks are the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

import numpy as np

from search.domain import Hit, Span
from search.engines.whoosh.arrays import Array
from search.engines.whoosh.leaves import Leaves
from search.engines.whoosh.phrases import Slot
from search.engines.whoosh.postings import Part
from search.engines.whoosh.snapshot import Snapshot
from search.engines.whoosh.stored import Shown, Spans
from search.expand import glob_regex, is_near
from search.highlight import marks, merged, passage, sequence_spans
from search.nodes import Near, Node, Term, TermSequence, TextLeaf, positive_leaves
from search.tokens import tokens

Word = Slot | Near
Places = dict[int, list[int]]
"""For articles, by their numbers in the index, the ascending positions of a word."""


class Marker:
    """Marks the leaves of one plan in the articles of one page."""

    def __init__(self, snapshot: Snapshot, leaves: Leaves, tree: Node, language: str) -> None:
        self.snapshot = snapshot
        self.leaves = leaves
        self.language = language
        self.tree = tree
        self.asked = tuple(dict.fromkeys(positive_leaves(tree)))
        self._told = all(self._is_told(leaf) for leaf in self.asked)
        self._places: dict[tuple[Word, bool], Places] = {}

    def hits(self, ranking: Sequence[tuple[int, float]], copies: Sequence[int]) -> tuple[Hit, ...]:
        """Return the hits of a ranking."""
        numbers = sorted(number for number, _ in ranking)
        for leaf in self.asked if self._told else ():
            for word in dict.fromkeys(leaf.slots) if isinstance(leaf, TermSequence) else (leaf,):
                for title in (True,) if leaf.title_only else (False, True):
                    self._places[word, title] = self._find(word, numbers, title=title)
        return tuple([self._hit(number, score, copies[at]) for at, (number, score) in enumerate(ranking)])

    def _hit(self, number: int, score: float, copies: int) -> Hit:
        shown = self.snapshot.shown(number)
        body = self._marks(number, shown, title=False)
        return Hit(shown.article, score, passage(shown.body, body), self._marks(number, shown, title=True), copies)

    def _marks(self, number: int, shown: Shown, *, title: bool) -> tuple[Span, ...]:
        text = shown.article.title if title else shown.body
        if not self._told:
            return marks(text, self.tree, language=self.language, title=title)
        spans: Spans | None = None
        found: set[Span] = set()
        for leaf in self.asked:
            if leaf.title_only and not title:
                continue
            words = dict.fromkeys(leaf.slots) if isinstance(leaf, TermSequence) else (leaf,)
            held = {word: places for word in words if (places := self._places[word, title].get(number))}
            if len(held) < len(words):
                continue
            spans = spans or Spans(shown.title_spans if title else shown.body_spans)
            own = {word: self._spans(word, places, spans, text) for word, places in held.items()}
            if isinstance(leaf, TermSequence):
                found.update(sequence_spans(leaf, own, text))
            else:
                found.update(own[leaf].values())
        return merged(found) if found else ()

    def _spans(self, word: Word, positions: Sequence[int], spans: Spans, text: str) -> Mapping[int, Span]:
        """Return what to mark at each ascending position: the token, or the whole joined word that matches."""
        found = spans.at(positions)
        for at in found.keys() & spans.joined.keys() if spans.joined else ():
            start, whole = found[at][0], spans.joined[at]
            if self._is_joined(word, text[start:whole]):
                found[at] = (start, whole)
        return found

    def _is_joined(self, word: Word, written: str) -> bool:
        """Return whether what a word asks for is the joined form of a written one."""
        joined = tokens(written, self.language)[0].joined
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
    return ((one, place + first) for one, place, held in zip(own, at.tolist(), found, strict=True) if held == one)


def _among(own: list[int], articles: Array, places: Array, size: int) -> Iterator[tuple[int, int]]:
    """Yield those of some articles that are among others in any order, and the others' places."""
    wanted = np.zeros(size, dtype=np.bool_)
    wanted[own] = True
    at = np.flatnonzero(wanted.take(articles))
    return zip(articles[at].tolist(), places[at].tolist(), strict=True)
