"""A plan to its answer over the arrays of a snapshot.

Every node of the tree gives a mask of articles and, where words score, a dense array of scores
that is 0 outside the mask. Scores are made by the same operations in the same order as the
memory engine's, so that both agree to the last bits.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce

import numpy as np

from search.domain import Facet
from search.engine import Found
from search.engines.whoosh.columns import Bools, Floats, Ints, Postings, Snapshot
from search.engines.whoosh.schema import ROLE_MARK
from search.expand import capped
from search.facets import DATES, ROLES, FacetRequest, Tally, filters_for, listed
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

Slot = Term | Pattern
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
        """Return total, ranking of one page, and the facets."""
        match = self.match(self.plan.tree)
        filtered = {one.field: self.match(one.node).mask for one in self.plan.filters}
        mask = match.mask.copy()
        for own in filtered.values():
            mask &= own
        facets = tuple(self._facet(request, match.mask, filtered) for request in self.plan.facets)
        numbers = np.flatnonzero(mask)
        scores = match.scores if match.scores is not None else np.zeros(self.snapshot.all)
        page = self._ordered(numbers, scores)[self.plan.offset : self.plan.offset + self.plan.size]
        ranking = zip(page.tolist(), scores[page].tolist(), strict=True)
        return Found(len(numbers), tuple(ranking), facets, tuple(self.notes))

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
        """Return the first article numbers in the order of the plan, up to the end of its page.

        Only those that may stand there are sorted: the best scores, and of equal ones the newest.
        """
        most = max(self.plan.offset + self.plan.size, 1)
        rank = self.snapshot.rank("oldest" if self.plan.sort == "oldest" else "newest")[numbers]
        if self.plan.sort != "relevance":
            return _smallest(numbers, rank, most)
        own = scores[numbers]
        if len(numbers) > most:
            least = np.partition(own, len(own) - most)[len(own) - most]
            better = own > least
            level = own == least
            fill = _smallest(numbers[level], rank[level], most - int(better.sum()))
            numbers = np.concatenate([numbers[better], fill])
            own, rank = scores[numbers], self.snapshot.rank("newest")[numbers]
        ordered: Ints = numbers[np.lexsort((rank, -own))]
        return ordered

    def _facet(self, request: FacetRequest, matching: Bools, filtered: dict[str, Bools]) -> Facet:
        mask = matching.copy()
        for one in filters_for(request.field, self.plan.filters):
            mask &= filtered[one.field]
        tally = Tally(missing=int((mask & self.snapshot.without(request.field)).sum()))
        if request.field in DATES:
            self._count_periods(tally, request, mask)
            return listed(tally, request, self.plan.picked, {})
        self._count_values(tally, request, mask)
        return listed(tally, request, self.plan.picked, self.snapshot.labels(request.field))

    def _count_values(self, tally: Tally, request: FacetRequest, mask: Bools) -> None:
        """Count the articles of each value; only values that may be listed are told one by one."""
        values = self.snapshot.values(request.field)
        counts = values.counted(mask)
        tally.distinct = int(np.count_nonzero(counts))
        picked = {one.value for one in self.plan.picked if one.field == request.field}
        # Those picked are listed apart, so that as many more may be among the first ones.
        most = request.limit + len(picked)
        least = np.partition(counts, len(counts) - most)[len(counts) - most] if len(counts) > most else 1
        for at in np.flatnonzero(counts >= max(int(least), 1)).tolist():
            tally.values[values.names[at]] = int(counts[at])
        for name in picked:
            known = None if name is None else values.index(name)
            if name is not None and known is not None:
                tally.values[name] = int(counts[known])
        if request.field in ROLES:
            self._count_roles(tally, request.field, mask)

    def _count_roles(self, tally: Tally, field: str, mask: Bools) -> None:
        """Count the roles of the values that the tally holds."""
        values = self.snapshot.values(f"{field}_role")
        counts = values.counted(mask)
        for name in tally.values:
            for role in ROLES[field]:
                at = values.index(name + ROLE_MARK + role)
                if at is not None:
                    tally.roles[name, role] = int(counts[at])

    def _count_periods(self, tally: Tally, request: FacetRequest, mask: Bools) -> None:
        """Count each article once in every year, month or day that holds one of its periods."""
        values = self.snapshot.values(request.field)
        names, bucket_of = self.snapshot.buckets(request)
        bucket = bucket_of[values.ordinals]
        chosen = mask[values.articles] & (bucket >= 0)
        pairs = np.unique(values.articles[chosen] * (len(names) or 1) + bucket[chosen])
        counts = np.bincount(pairs % (len(names) or 1), minlength=len(names))
        for at, name in enumerate(names):
            tally.values[name] = int(counts[at])

    def _carrying(self, leaf: ValueIn | Without | Within) -> Bools:
        match leaf:
            case Without(field):
                return self.snapshot.without(field)
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
        found = [self._sequence(leaf, text)] if isinstance(leaf, TermSequence) else self._runs(leaf, text)
        for one in found:
            counts[one.articles] += one.counts
        return counts

    def _articles_with(self, leaf: Term | Pattern | Near) -> int:
        texts = ("title",) if leaf.title_only else ("title", "body")
        mask = np.zeros(self.snapshot.all, dtype=bool)
        for text in texts:
            for one in self._runs(leaf, text):
                mask[one.articles] = True
        return int(mask.sum())

    def _runs(self, leaf: Term | Pattern | Near, text: str) -> list[Postings]:
        """Return where each word that a leaf stands for occurs in one field."""
        if isinstance(leaf, Term):
            return [self.snapshot.postings(f"{text}_{leaf.form}", leaf.text)]
        field = f"{text}_folded"
        return [self.snapshot.postings(field, word) for word in self._expanded(leaf)]

    def _places(self, leaf: Term | Pattern, text: str) -> Ints:
        """Return every position at which a leaf stands in one field, as ascending keys."""
        keys = [_keys(one) for one in self._runs(leaf, text)]
        if len(keys) == 1:
            return keys[0]
        return np.unique(np.concatenate(keys)) if keys else np.zeros(0, dtype=np.int64)

    def _expanded(self, leaf: Pattern | Near) -> tuple[str, ...]:
        if leaf not in self._words:
            vocabulary = self.snapshot.vocabulary(title_only=leaf.title_only)
            expansion = vocabulary.expand(leaf, self.plan.expansions)
            self._words[leaf] = expansion.words
            note = capped(leaf, expansion)
            if note:
                self.notes.append(note)
        return self._words[leaf]

    def _sequence(self, leaf: TermSequence, text: str) -> Postings:
        """Return in how many places of each article a sequence begins."""
        places = {slot: self._places(slot, text) for slot in dict.fromkeys(leaf.slots)}
        if leaf.slop:
            return _grouped(_near(places, Counter(leaf.slots), len(leaf.slots) - 1 + leaf.slop))
        order = sorted(range(len(leaf.slots)), key=lambda at: len(places[leaf.slots[at]]))
        keys = places[leaf.slots[order[0]]] - order[0]
        for at in order[1:]:
            if not len(keys):
                break
            keys = keys[np.isin(keys + at, places[leaf.slots[at]], assume_unique=True)]
        return _grouped(keys)


def _near(places: Mapping[Slot, Ints], wanted: Mapping[Slot, int], reach: int) -> Ints:
    """Return the keys at which words near each other begin, as `sequence.near` has it.

    From a beginning to `reach` positions on, each word stands as often as it is wanted, and all
    of them at as many positions as there are words.
    """
    articles = [np.unique(keys // _STRIDE) for keys in places.values()]
    shared = reduce(lambda one, other: np.intersect1d(one, other, assume_unique=True), articles)
    held = [(keys[np.isin(keys // _STRIDE, shared)], wanted[slot]) for slot, keys in places.items()]
    starts = np.unique(np.concatenate([keys for keys, _ in held]))
    begins = _within(starts, starts, reach) >= sum(wanted.values())
    for keys, times in held:
        begins &= _within(keys, starts, reach) >= times
    found: Ints = starts[begins]
    return found


def _within(keys: Ints, starts: Ints, reach: int) -> Ints:
    """Return how many keys lie from each start to `reach` positions on."""
    ends = np.searchsorted(keys, starts + reach, side="right")
    counts: Ints = ends - np.searchsorted(keys, starts, side="left")
    return counts


def _smallest(numbers: Ints, rank: Ints, most: int) -> Ints:
    """Return the article numbers of the lowest ranks, at most so many, by rank ascending."""
    if len(numbers) > most:
        first = np.argpartition(rank, most - 1)[:most]
        numbers, rank = numbers[first], rank[first]
    ordered: Ints = numbers[np.argsort(rank)]
    return ordered


def _keys(postings: Postings) -> Ints:
    """Return article and position of every occurrence as one ascending number."""
    keys: Ints = np.repeat(postings.articles * _STRIDE, postings.counts) + postings.positions
    return keys


def _grouped(keys: Ints) -> Postings:
    """Return the postings of ascending keys."""
    articles, counts = np.unique(keys // _STRIDE, return_counts=True)
    return Postings(articles, counts.astype(np.int64), keys % _STRIDE)


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
