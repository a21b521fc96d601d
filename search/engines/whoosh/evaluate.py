"""A plan to its answer over the arrays of a snapshot.

Every node of the tree gives a mask of articles and, where words score, a dense array of scores
that is 0 outside the mask. Scores are made by the same operations in the same order as the
memory engine's, so that both agree to the last bits.
"""

from dataclasses import dataclass

import numpy as np

from search.domain import Facet
from search.engine import Found
from search.engines.whoosh.columns import Bools, Floats, Ints, Postings, Snapshot
from search.engines.whoosh.schema import ROLE_MARK
from search.expand import capped
from search.facets import DATES, FacetRequest, Tally, buckets, filters_for, listed
from search.nodes import (
    AllOf,
    AnyOf,
    Anything,
    BestOf,
    Near,
    Node,
    NoneOf,
    Pattern,
    Term,
    TermSequence,
    TextLeaf,
    ValueIn,
    Within,
    Without,
)
from search.periods import period
from search.plan import Plan
from search.score import idf, length_norm, saturated
from search.sequence import occurrences

_STRIDE = np.int64(1) << 32
"""An article and a position as one number: article * _STRIDE + position."""


@dataclass(frozen=True, slots=True)
class Match:
    """The articles that match, and their scores: 0 where nothing scores, None when nothing does."""

    mask: Bools
    scores: Floats | None = None


class Evaluator:
    """One plan over one snapshot."""

    def __init__(self, snapshot: Snapshot, plan: Plan) -> None:
        self.snapshot = snapshot
        self.plan = plan
        self.notes: list[str] = []
        self._words: dict[Pattern | Near, tuple[str, ...]] = {}
        self._norms = {
            text: length_norm(lengths, snapshot.averages[text]) for text, lengths in snapshot.lengths.items()
        }

    def found(self) -> Found:
        """Return total, one page of hits, and the facets."""
        match = self.match(self.plan.tree)
        filtered = {one.field: self.match(one.node).mask for one in self.plan.filters}
        mask = match.mask.copy()
        for own in filtered.values():
            mask &= own
        facets = tuple(self._facet(request, match.mask, filtered) for request in self.plan.facets)
        numbers = np.flatnonzero(mask)
        scores = match.scores if match.scores is not None else np.zeros(self.snapshot.all)
        page = self._ordered(numbers, scores)[self.plan.offset : self.plan.offset + self.plan.size]
        hits = []
        for number in page.tolist():
            article = self.snapshot.article(number)
            copies = len(self.snapshot.postings("story", article.story).articles) - 1 if article.story else 0
            hits.append((article, float(scores[number]), copies))
        return Found(len(numbers), tuple(hits), facets, tuple(self.notes))

    def match(self, node: Node) -> Match:
        """Return the articles that match a node; deleted articles never do."""
        match node:
            case AllOf(children):
                return _all([self.match(child) for child in children])
            case AnyOf(children):
                return _any([self.match(child) for child in children])
            case BestOf(children):
                return _best([self.match(child) for child in children])
            case NoneOf(child):
                return Match(self.snapshot.live & ~self.match(child).mask)
            case Anything():
                return Match(self.snapshot.live)
            case ValueIn() | Without() | Within():
                return Match(self._carrying(node))
            case _:
                return self._text(node)

    def _ordered(self, numbers: Ints, scores: Floats) -> Ints:
        """Return article numbers in the order of the plan."""
        day = self.snapshot.first_day[numbers]
        newest = np.where(day > 0, -day, 1)
        oldest = np.where(day > 0, day, np.iinfo(np.int64).max)
        rank = self.snapshot.id_rank[numbers]
        keys = {
            "relevance": (rank, newest, -scores[numbers]),
            "newest": (rank, newest),
            "oldest": (rank, oldest),
        }[self.plan.sort]
        ordered: Ints = numbers[np.lexsort(keys)]
        return ordered

    def _facet(self, request: FacetRequest, matching: Bools, filtered: dict[str, Bools]) -> Facet:
        mask = matching.copy()
        for one in filters_for(request.field, self.plan.filters):
            mask &= filtered[one.field]
        tally = Tally(missing=int((mask & self._without(request.field)).sum()))
        if request.field in DATES:
            self._count_periods(tally, request, mask)
            return listed(tally, request, self.plan.picked, {})
        for name, count in self._counts(request.field, mask):
            tally.values[name] = count
        if request.field in ("country", "person"):
            for name, count in self._counts(f"{request.field}_role", mask):
                value, _, role = name.rpartition(ROLE_MARK)
                tally.roles[value, role] = count
        labels = {one.value: one.label for one in self.snapshot.labelled(request.field)}
        return listed(tally, request, self.plan.picked, labels)

    def _counts(self, field: str, mask: Bools) -> list[tuple[str, int]]:
        """Return the values that articles of the mask carry, and how many do."""
        values = self.snapshot.values(field)
        counts = np.bincount(values.ordinals[mask[values.articles]], minlength=len(values.names))
        return [(values.names[at], int(counts[at])) for at in np.flatnonzero(counts).tolist()]

    def _count_periods(self, tally: Tally, request: FacetRequest, mask: Bools) -> None:
        """Count each article once in every year, month or day that holds one of its periods."""
        values = self.snapshot.values(request.field)
        held = [next(iter(buckets([period(name)], request)), None) for name in values.names]
        names = sorted({name for name in held if name is not None})
        index = {name: at for at, name in enumerate(names)}
        bucket_of = np.array([-1 if name is None else index[name] for name in held], dtype=np.int64)
        bucket = bucket_of[values.ordinals]
        chosen = mask[values.articles] & (bucket >= 0)
        pairs = np.unique(values.articles[chosen] * (len(names) or 1) + bucket[chosen])
        counts = np.bincount(pairs % (len(names) or 1), minlength=len(names))
        for at, name in enumerate(names):
            tally.values[name] = int(counts[at])

    def _carrying(self, leaf: ValueIn | Without | Within) -> Bools:
        match leaf:
            case Without(field):
                return self._without(field)
            case Within("date", since, until):
                snapshot = self.snapshot
                mask = snapshot.live & (snapshot.first_day > 0)
                if since:
                    mask &= snapshot.first_day >= since.toordinal()
                if until:
                    mask &= snapshot.last_day <= until.toordinal()
                return mask
            case Within(field, since, until):
                spans = ((name, period(name)) for name in self.snapshot.values(field).names)
                inside = [
                    name
                    for name, span in spans
                    if (since is None or span.first >= since) and (until is None or span.last <= until)
                ]
                return self._with(field, inside)
            case ValueIn(field, values, None):
                return self._with(field, values)
            case ValueIn(field, values, role):
                return self._with(f"{field}_role", [f"{value}{ROLE_MARK}{role}" for value in values])

    def _with(self, field: str, names: tuple[str, ...] | list[str]) -> Bools:
        """Return the articles that carry any of these values."""
        mask = np.zeros(self.snapshot.all, dtype=bool)
        for name in names:
            mask[self.snapshot.postings(field, name).articles] = True
        return mask

    def _without(self, field: str) -> Bools:
        mask = self.snapshot.live.copy()
        mask[self.snapshot.values(field).articles] = False
        return mask

    def _text(self, leaf: TextLeaf) -> Match:
        """Return the articles in which a leaf occurs, scored by BM25F."""
        title = self._field_counts(leaf, "title")
        body = np.zeros(self.snapshot.all) if leaf.title_only else self._field_counts(leaf, "body")
        mask = (title > 0) | (body > 0)
        weight = 0.0
        for slot in leaf.slots if isinstance(leaf, TermSequence) else (leaf,):
            weight += idf(self.snapshot.size, self._articles_with(slot))
        scores = weight * saturated(title / self._norms["title"], body / self._norms["body"])
        return Match(mask, np.where(mask, scores, 0.0))

    def _field_counts(self, leaf: TextLeaf, text: str) -> Floats:
        """Return how often a leaf occurs in each article's title or body."""
        counts = np.zeros(self.snapshot.all)
        if isinstance(leaf, TermSequence):
            found = self._sequence_counts(leaf, text)
        else:
            found = self._postings(leaf, text)
        counts[found.articles] = found.counts
        return counts

    def _articles_with(self, leaf: Term | Pattern | Near) -> int:
        texts = ("title",) if leaf.title_only else ("title", "body")
        mask = np.zeros(self.snapshot.all, dtype=bool)
        for text in texts:
            mask[self._postings(leaf, text).articles] = True
        return int(mask.sum())

    def _postings(self, leaf: Term | Pattern | Near, text: str) -> Postings:
        """Return where a leaf occurs in one field; several words are merged by position."""
        if isinstance(leaf, Term):
            return self.snapshot.postings(f"{text}_{leaf.form}", leaf.text)
        field = f"{text}_folded"
        found = [self.snapshot.postings(field, word) for word in self._expanded(leaf)]
        found = [one for one in found if len(one.articles)]
        if len(found) == 1:
            return found[0]
        keys = np.unique(np.concatenate([_keys(one) for one in found])) if found else np.zeros(0, np.int64)
        return _grouped(keys)

    def _expanded(self, leaf: Pattern | Near) -> tuple[str, ...]:
        if leaf not in self._words:
            vocabulary = self.snapshot.vocabulary(title_only=leaf.title_only)
            expansion = vocabulary.expand(leaf, self.plan.expansions)
            self._words[leaf] = expansion.words
            note = capped(leaf, expansion)
            if note:
                self.notes.append(note)
        return self._words[leaf]

    def _sequence_counts(self, leaf: TermSequence, text: str) -> Postings:
        """Return in how many places of each article a sequence begins."""
        slots = [self._postings(slot, text) for slot in leaf.slots]
        if leaf.slop:
            return _sloppy(slots, leaf.slop)
        order = sorted(range(len(slots)), key=lambda at: len(slots[at].positions))
        keys = _keys(slots[order[0]]) - order[0]
        for at in order[1:]:
            keys = keys[np.isin(keys + at, _keys(slots[at]), assume_unique=True)]
        return _grouped(keys)


def _keys(postings: Postings) -> Ints:
    """Return article and position of every occurrence as one ascending number."""
    keys: Ints = np.repeat(postings.articles * _STRIDE, postings.counts) + postings.positions
    return keys


def _grouped(keys: Ints) -> Postings:
    """Return the postings of ascending keys."""
    articles, counts = np.unique(keys // _STRIDE, return_counts=True)
    return Postings(articles, counts.astype(np.int64), keys % _STRIDE)


def _sloppy(slots: list[Postings], slop: int) -> Postings:
    """Return where words stand near each other: articles that hold all, looked at one by one."""
    shared = slots[0].articles
    for slot in slots[1:]:
        shared = np.intersect1d(shared, slot.articles, assume_unique=True)
    places = []
    for slot in slots:
        ends = np.cumsum(slot.counts)
        at = np.searchsorted(slot.articles, shared)
        places.append([slot.positions[ends[i] - slot.counts[i] : ends[i]].tolist() for i in at.tolist()])
    counts = np.array([len(occurrences(own, slop)) for own in zip(*places, strict=True)], dtype=np.int64)
    kept = counts > 0
    return Postings(shared[kept], counts[kept], np.zeros(0, dtype=np.int64))


def _all(matches: list[Match]) -> Match:
    mask = matches[0].mask.copy()
    for one in matches[1:]:
        mask &= one.mask
    scores = _added(matches)
    return Match(mask, scores if scores is None else np.where(mask, scores, 0.0))


def _any(matches: list[Match]) -> Match:
    mask = matches[0].mask.copy()
    for one in matches[1:]:
        mask |= one.mask
    return Match(mask, _added(matches))


def _best(matches: list[Match]) -> Match:
    mask = matches[0].mask.copy()
    for one in matches[1:]:
        mask |= one.mask
    scored = [one.scores for one in matches if one.scores is not None]
    return Match(mask, np.maximum.reduce(scored) if scored else None)


def _added(matches: list[Match]) -> Floats | None:
    """Return the sum of scores from left to right, None when nothing scores."""
    total: Floats | None = None
    for one in matches:
        if one.scores is not None:
            total = one.scores if total is None else total + one.scores
    return total
