"""Hits of a page: each article as it is listed, its words marked by where the index says they stand.

The spans of tokens are stored, so that neither title nor body is cut into tokens again. Where
the index does not tell a leaf's places (exact words; words of very many spellings), and on the
article's own page, the text is read as `search.highlight` reads it; marks are the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from search.domain import Hit, Span
from search.engines.whoosh.leaves import Leaves
from search.engines.whoosh.phrases import Slot, Standing, standing
from search.engines.whoosh.postings import Part
from search.engines.whoosh.snapshot import Snapshot
from search.engines.whoosh.stored import Shown, Spans
from search.highlight import marks, merged, passage, sequence_spans
from search.nodes import Near, Node, Term, TermSequence, TextLeaf, positive_leaves
from search.tokens import tokens

_WORDS = 64
"""A leaf that stands for more words is looked for in the text."""

Places = dict[int, list[int]]
"""For articles, by their numbers in the index, the positions of a word."""


class Marker:
    """Marks the leaves of one plan in the articles of one page."""

    def __init__(self, snapshot: Snapshot, leaves: Leaves, tree: Node, language: str) -> None:
        self.snapshot = snapshot
        self.leaves = leaves
        self.language = language
        self.tree = tree
        self.asked = tuple(dict.fromkeys(positive_leaves(tree)))
        self._told = all(self._is_told(leaf) for leaf in self.asked)
        self._places: dict[tuple[Slot | Near, bool], Places] = {}

    def hits(self, ranking: Sequence[tuple[int, float]], copies: Sequence[int]) -> tuple[Hit, ...]:
        """Return the hits of a ranking."""
        numbers = sorted(number for number, _ in ranking)
        if self._told:
            for leaf in self.asked:
                for slot in dict.fromkeys(leaf.slots) if isinstance(leaf, TermSequence) else (leaf,):
                    for title in (True,) if leaf.title_only else (False, True):
                        self._places[slot, title] = self._find(slot, title, numbers)
        return tuple(self._hit(number, score, copies[at]) for at, (number, score) in enumerate(ranking))

    def _hit(self, number: int, score: float, copies: int) -> Hit:
        shown = self.snapshot.shown(number)
        body = self._marks(number, shown, title=False)
        return Hit(
            shown.article, score, passage(shown.body, body), self._marks(number, shown, title=True), copies
        )

    def _marks(self, number: int, shown: Shown, *, title: bool) -> tuple[Span, ...]:
        text = shown.article.title if title else shown.body
        leaves = [leaf for leaf in self.asked if title or not leaf.title_only]
        if not leaves or not text:
            return ()
        if not self._told:
            return marks(text, self.tree, language=self.language, title=title)
        spans: Spans | None = None
        found: set[Span] = set()
        for leaf in leaves:
            if isinstance(leaf, TermSequence):
                places = {
                    slot: self._places[slot, title].get(number, ()) for slot in dict.fromkeys(leaf.slots)
                }
                if not all(places.values()):
                    continue
                spans = spans or Spans(shown.title_spans if title else shown.body_spans)
                own = {slot: self._spans(slot, held, spans, text) for slot, held in places.items()}
                found.update(sequence_spans(leaf, own, text))
            elif held := self._places[leaf, title].get(number):
                spans = spans or Spans(shown.title_spans if title else shown.body_spans)
                found.update(self._spans(leaf, held, spans, text).values())
        return merged(found)

    def _spans(self, slot: Slot | Near, positions: Sequence[int], spans: Spans, text: str) -> Mapping[int, Span]:
        """Return what to mark at each ascending position: the token, or the whole joined word that matches."""
        found = spans.at(positions)
        for at in found.keys() & spans.joined.keys() if spans.joined else ():
            start, whole = found[at][0], spans.joined[at]
            if self._is_joined(slot, text[start:whole]):
                found[at] = (start, whole)
        return found

    def _is_joined(self, slot: Slot | Near, word: str) -> bool:
        """Return whether it is the joined form of a word that a slot stands for."""
        joined = tokens(word, self.language)[0].joined
        if joined is None:
            return False
        if isinstance(slot, Term):
            return bool(getattr(joined, slot.form) == slot.text)
        return joined.folded in self.leaves.words(slot)

    def _is_told(self, leaf: TextLeaf) -> bool:
        """Return whether the index knows all places of a leaf."""
        if isinstance(leaf, TermSequence):
            return all(self._is_told(slot) for slot in leaf.slots)
        if isinstance(leaf, Term):
            return leaf.form != "exact"
        return len(self.leaves.words(leaf)) <= _WORDS and leaf not in self.leaves.capped

    def _find(self, slot: Slot | Near, title: bool, numbers: Sequence[int]) -> Places:
        """Return where a slot stands in these ascending articles."""
        found: Places = {}
        for part in self.snapshot.parts:
            own = [number - part.base for number in numbers if 0 <= number - part.base < part.segment.size]
            for word in self._words(slot, part, title) if own else ():
                at = np.searchsorted(word.articles, np.array(own, dtype=word.articles.dtype)).tolist()
                for article, place in zip(own, at, strict=True):
                    if place < len(word.articles) and word.articles[place] == article and word.counts[place]:
                        found.setdefault(article + part.base, []).extend(word.places(place))
        return {number: sorted(set(positions)) for number, positions in found.items()}

    def _words(self, slot: Slot | Near, part: Part, title: bool) -> list[Standing]:
        """Return where the folded words of a slot stand in one part."""
        if not isinstance(slot, Term) or slot.form == "folded":
            return self.leaves.standings(slot, part, title=title)
        stem = part.segment.terms["stem"].find(slot.text)
        members = part.segment.members(stem) if stem >= 0 else []
        return [standing(part, folded, title=title) for folded in members]
