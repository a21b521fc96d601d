"""A plan to its answer over the arrays of a snapshot.

First the set of articles of every node, the smallest first; then the facets of those sets; then
the ranking, of which upper bounds leave few articles to score (see `rank`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from search.domain import FOLDED
from search.engine import Found
from search.engines.whoosh.arrays import Array
from search.engines.whoosh.chosen import Bools, Chosen, all_of, any_of
from search.engines.whoosh.count import facets
from search.engines.whoosh.folding import Folding, story_facets
from search.engines.whoosh.leaves import Leaves
from search.engines.whoosh.rank import Bounds, Floats, best, foremost
from search.engines.whoosh.schema import ROLES, VALUES
from search.engines.whoosh.snapshot import Snapshot
from search.explain import Evidence
from search.facets import filters_for
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
    ValueIn,
    Within,
    Without,
    nodes_of,
    positive_leaves,
)
from search.periods import period
from search.plan import Plan

_NO_END = 1 << 30
"""A day after all days."""

_MANY = 2_000
"""Fewer articles than so many are ranked all together."""

Ranked = tuple[Array, Floats]
"""Articles, the best first, and their scores."""

Judged = tuple[Bools, Floats | None]
"""Whether each asked article matches, and its score: 0 where nothing scores, None where nothing can."""


class Evaluator:
    """One plan over one snapshot."""

    def __init__(self, snapshot: Snapshot, plan: Plan) -> None:
        self.snapshot = snapshot
        self.plan = plan
        self.leaves = Leaves(snapshot, plan.expansions)
        self._sets: dict[int, Chosen] = {}

    def found(self) -> Found:
        """Return total, ranking of one page, and the facets."""
        plan = self.plan
        matching = self.matching(plan.tree)
        filtered = {one.field: self.matching(one.node) for one in plan.filters}
        chosen = all_of([matching, *filtered.values()])
        sets = {
            request.field: self._set(request.field, matching, filtered, chosen) for request in plan.facets
        }
        if plan.stories:
            return self._found_stories(chosen, sets)
        counted = facets(self.snapshot, plan.facets, sets, plan.picked)
        ranking = self._ranking(chosen, plan.offset, plan.size)
        return Found(chosen.size, ranking, counted, tuple(self.leaves.notes), context=self.leaves)

    def _found_stories(self, chosen: Chosen, sets: Mapping[str, Chosen]) -> Found:
        """Return total, ranking and facets counted in stories."""
        folding = Folding(self.snapshot)
        ranking = self._folded(chosen, folding)
        return Found(
            total=folding.count(chosen.ids),
            ranking=ranking,
            facets=story_facets(folding, self.plan.facets, sets, self.plan.picked),
            notes=tuple(self.leaves.notes),
            folded=tuple(folding.copies(number, chosen, FOLDED) for number, _ in ranking),
            context=self.leaves,
        )

    def _folded(self, chosen: Chosen, folding: Folding) -> tuple[tuple[int, float], ...]:
        """Return one page of the stories, each by its first article.

        So many articles are ranked that enough of them are of different stories: twice as many each time.
        """
        end = self.plan.offset + self.plan.size
        most = end
        while True:
            ranking = self._ranking(chosen, 0, most)
            firsts = folding.firsts(np.array([number for number, _ in ranking], dtype=np.int64))
            if len(firsts) >= end or len(ranking) >= chosen.size or len(ranking) < most:
                return tuple(ranking[at] for at in firsts[self.plan.offset : end].tolist())
            most *= 2

    def evidence(self, number: int) -> Evidence:
        """Return the counts and lengths that the score of an article is made of."""
        tree, ids, snapshot = self.plan.tree, np.array([number]), self.snapshot
        matching = frozenset(node for node in nodes_of(tree) if self._judged(node, ids)[0][0])
        return Evidence(
            articles=snapshot.size,
            lengths=(int(snapshot.lengths[0][number]), int(snapshot.lengths[1][number])),
            averages=(snapshot.averages[0], snapshot.averages[1]),
            leaves={leaf: self.leaves.counts_in(leaf, number) for leaf in positive_leaves(tree)},
            matching=matching,
            matches=tree in matching
            and all(self.matching(one.node).mask[number] for one in self.plan.filters),
        )

    def _set(self, field: str, matching: Chosen, filtered: Mapping[str, Chosen], chosen: Chosen) -> Chosen:
        """Return the articles over which a field is counted: its own filter does not bind."""
        if field not in filtered:
            return chosen
        binding = filters_for(field, self.plan.filters)
        return all_of([matching, *(filtered[one.field] for one in binding)])

    def matching(self, node: Node) -> Chosen:
        """Return the articles that match a node; deleted articles never do."""
        key = id(node)  # the plan holds its nodes; hashing one goes through all that is below it
        if key not in self._sets:
            self._sets[key] = self._chosen(node)
        return self._sets[key]

    def _chosen(self, node: Node) -> Chosen:
        match node:
            case AllOf((only,)) | AnyOf((only,)) | BestOf((only,)):
                return self.matching(only)
            case AllOf(children):
                return all_of([self.matching(child) for child in children])
            case AnyOf(children) | BestOf(children):
                return any_of([self.matching(child) for child in children])
            case NoneOf(child):
                return all_of([self.snapshot.everything, self.matching(child).but()])
            case Anything():
                return self.snapshot.everything
            case Without(field):
                return self._without(field)
            case Within("date", since, until):
                return self._dated(since.toordinal() if since else None, until.toordinal() if until else None)
            case Within(field):
                return self._with(field, self._inside(node), None)
            case ValueIn(field, values, role):
                return self._with(field, values, role)
            case _:
                return self.leaves.chosen(node)

    def _without(self, field: str) -> Chosen:
        snapshot = self.snapshot
        mask = snapshot.first_day == 0 if field == "date" else snapshot.values(field).without
        return Chosen(snapshot.total, mask=mask if snapshot.live is None else mask & snapshot.live)

    def _dated(self, since: int | None, until: int | None) -> Chosen:
        snapshot = self.snapshot
        begin, end = max(since or 1, 1), until or _NO_END

        def within(first: Array, last: Array, live: Bools | None) -> Bools:
            inside: Bools = (first >= begin) & (last <= end)
            return inside if live is None else inside & live

        def test(ids: Array) -> Bools:
            live = None if snapshot.live is None else snapshot.live.take(ids)
            return within(snapshot.first_day.take(ids), snapshot.last_day.take(ids), live)

        return Chosen(
            snapshot.total,
            make_mask=lambda: within(snapshot.first_day, snapshot.last_day, snapshot.live),
            test=test,
            tested=snapshot.total // 4,
            guess=snapshot.total // 2,
        )

    def _inside(self, within: Within) -> tuple[str, ...]:
        """Return the values of a field of periods that lie inside its ends."""
        spans = ((name, period(name)) for name in self.snapshot.values(within.field).names)
        since, until = within.since, within.until
        return tuple(
            name
            for name, span in spans
            if (since is None or span.first >= since) and (until is None or span.last <= until)
        )

    def _with(self, field: str, names: Sequence[str], role: str | None) -> Chosen:
        """Return the articles that have any of these values, in this role if one is named."""
        total = self.snapshot.total
        if field not in VALUES:
            return Chosen(total)
        values = self.snapshot.values(field)
        bit = 1 << ROLES[field].index(role) if role and field in ROLES and role in ROLES[field] else 0
        if role and not bit:
            return Chosen(total, ids=np.zeros(0, np.int64))
        held = [at for name in names if (at := values.ordinal(name)) is not None]
        return any_of([Chosen(total, ids=values.having(at, role_bit=bit)) for at in held] or [Chosen(total)])

    def _ranking(self, chosen: Chosen, offset: int, size: int) -> tuple[tuple[int, float], ...]:
        plan = self.plan
        most = min(offset + size, chosen.size)
        if most <= offset:
            return ()
        order = "oldest" if plan.sort == "oldest" else "newest"
        rank = self.snapshot.rank(order)
        if plan.sort == "relevance" and self._scores(plan.tree):
            found = self._without_commonest(plan.tree, chosen, rank, most)
            ids, scores = found or best(
                chosen.ids, lambda: self._bounds(plan.tree, chosen), self._exact, rank, most
            )
        else:
            ids = foremost(chosen.ids, rank, most)
            scores = self._exact(np.sort(ids))[np.argsort(np.argsort(ids))] if len(ids) else np.zeros(0)
        page = zip(ids[offset:].tolist(), scores[offset:].tolist(), strict=True)
        return tuple(page)

    def _without_commonest(self, node: Node, chosen: Chosen, rank: Array, most: int) -> Ranked | None:
        """Return the best of the chosen articles that have any but the most common of several words.

        The most common word adds the least. Where `most` articles score more than it can ever add,
        articles that have it alone need not be looked at (MaxScore: Turtle and Flood 1995, "Query
        evaluation: strategies and optimizations"). None where that is not so, or not worth trying.
        """
        stems = _stems(node)
        if not stems or chosen.size <= _MANY:
            return None
        terms = sorted(stems, key=lambda one: self.matching(one).guess)
        if self.matching(terms[-1]).guess * 2 < chosen.size:
            return None
        others = all_of([any_of([self.matching(one) for one in terms[:-1]]), chosen])
        if others.size < most or others.size * 2 > chosen.size:
            return None
        ids, scores = best(others.ids, lambda: self._bounds(node, others), self._exact, rank, most)
        return (ids, scores) if scores[-1] > self.leaves.ceiling(terms[-1]) else None

    def _scores(self, node: Node) -> bool:
        """Return whether anything in a node scores."""
        match node:
            case AllOf(children) | AnyOf(children) | BestOf(children):
                return any(self._scores(child) for child in children)
            case Term() | Pattern() | Near() | TermSequence():
                return True
            case _:
                return False

    def _exact(self, ids: Array) -> Floats:
        """Return the scores of ascending articles that match the plan's tree."""
        scores = self._judged(self.plan.tree, ids)[1]
        return np.zeros(len(ids)) if scores is None else scores

    def _judged(self, node: Node, ids: Array) -> Judged:
        """Return match and score of each article; sums are made from left to right, as memory makes them."""
        match node:
            case AllOf(children):
                judged = [self._judged(child, ids) for child in children]
                mask = np.logical_and.reduce([one for one, _ in judged])
                scores = _added(judged)
                return mask, None if scores is None else np.where(mask, scores, 0.0)
            case AnyOf(children):
                judged = [self._judged(child, ids) for child in children]
                return np.logical_or.reduce([one for one, _ in judged]), _added(judged)
            case BestOf(children):
                judged = [self._judged(child, ids) for child in children]
                scored = [scores for _, scores in judged if scores is not None]
                mask = np.logical_or.reduce([one for one, _ in judged])
                return mask, np.maximum.reduce(scored) if scored else None
            case Term() | Pattern() | Near() | TermSequence():
                return self.leaves.judged(node, ids)
            case _:
                return self.matching(node).holds(ids), None

    def _bounds(self, node: Node, chosen: Chosen) -> Bounds:
        """Return for each of the chosen articles, which match the tree, a bound of its score."""
        match node:
            case AnyOf() if stems := _stems(node):
                bounds = self.leaves.summed_bounds(stems, chosen)
            case AllOf(children) | AnyOf(children):
                scored = [self._bounds(child, chosen) for child in children if self._scores(child)]
                bounds = scored[0] if len(scored) == 1 else np.add.reduce(scored)
            case BestOf(children):
                bounds = np.maximum.reduce(
                    [self._bounds(one, chosen) for one in children if self._scores(one)]
                )
            case Term() | Pattern() | Near() | TermSequence():
                return self.leaves.bounds(node, chosen)
            case _:
                raise TypeError(f"{node!r} scores nothing")
        return bounds * np.float32(1 + 1e-6)


def _stems(node: Node) -> tuple[Term, ...]:
    """Return the stems of a node that is nothing but stems of which any may stand; else none."""
    if not isinstance(node, AnyOf):
        return ()
    terms = tuple(one for one in node.children if isinstance(one, Term))
    plain = all(one.form == "stem" and not one.title_only for one in terms)
    return terms if plain and len(terms) == len(node.children) else ()


def _added(judged: Sequence[Judged]) -> Floats | None:
    """Return the sum of scores from left to right, None when nothing scores."""
    total: Floats | None = None
    for _, scores in judged:
        if scores is not None:
            total = scores if total is None else total + scores
    return total
