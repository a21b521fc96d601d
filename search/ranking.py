"""How well an engine ranks: the articles it gives for a query, held against grades.

Measures are those of trec_eval: nDCG@10 after Järvelin and Kekäläinen (2002) with the grade as gain, mean
average precision and recall@100 with every grade above 0 as relevant. An article without a grade counts
as 0, so a measure over few judgments is a lower bound; `judged10` tells how many of the first ten had one.
"""

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from search.domain import Match, Query
from search.engine import Engine
from search.limits import Limits
from search.nodes import Anything
from search.parse import parse
from search.plan import Planner

NDCG_AT, RECALL_AT = 10, 100
DEPTH = 1_000
"""Hits that average precision looks at, as trec_eval does."""


class QueryScore(NamedTuple):
    """How one query was answered; shares from 0 to 1. `judged10` counts the first ten hits with a grade.

    `id` is the query's in a collection, and empty for one that was judged as it was typed.
    """

    id: str
    query: str
    ndcg10: float
    ap: float
    recall100: float
    relevant: int
    judged10: int


def ndcg(ranking: Sequence[str], grades: Mapping[str, int], at: int = NDCG_AT) -> float:
    """Return the normalised discounted cumulative gain of the first hits; 0 when no grade is above 0."""
    gain = sum(grades.get(one, 0) / math.log2(rank + 2) for rank, one in enumerate(ranking[:at]))
    best = sorted(grades.values(), reverse=True)[:at]
    ideal = sum(grade / math.log2(rank + 2) for rank, grade in enumerate(best))
    return gain / ideal if ideal else 0.0


def average_precision(ranking: Sequence[str], grades: Mapping[str, int]) -> float:
    """Return the mean, over the relevant articles, of the precision at each; one not found counts 0."""
    relevant = sum(grade > 0 for grade in grades.values())
    found, total = 0, 0.0
    for rank, one in enumerate(ranking, start=1):
        if grades.get(one, 0) > 0:
            found += 1
            total += found / rank
    return total / relevant if relevant else 0.0


def recall(ranking: Sequence[str], grades: Mapping[str, int], at: int = RECALL_AT) -> float:
    """Return the share of the relevant articles that are among the first hits; 0 when there are none."""
    relevant = {one for one, grade in grades.items() if grade > 0}
    return len(relevant & set(ranking[:at])) / len(relevant) if relevant else 0.0


def reciprocal_rank(ranking: Sequence[str], grades: Mapping[str, int]) -> float:
    """Return 1 over the rank of the first relevant article, 0 when none is there; MRR is its mean."""
    ranks = (rank for rank, one in enumerate(ranking, start=1) if grades.get(one, 0) > 0)
    return next((1 / rank for rank in ranks), 0.0)


def ranked(
    engine: Engine, text: str, *, match: Match = "all", depth: int = DEPTH, limits: Limits | None = None
) -> tuple[str, ...]:
    """Return the ids of the best hits of a query, best first. Raises QueryError as `answer` does."""
    limits = limits or Limits()
    query = Query(text, match=match, size=depth)
    planner = Planner(engine.names, engine.language, limits.expansions)
    plan = planner.plan(parse(text, limits=limits).tree, query, facets=())
    # Which articles they are is asked with a tree of no words: marking takes longer than ranking.
    hits = engine.hits(plan._replace(tree=Anything()), engine.run(plan))
    return tuple(hit.article.id for hit in hits)


def scored(
    query: str, ranking: Sequence[str], grades: Mapping[str, int], *, query_id: str = ""
) -> QueryScore:
    """Return the measures of one query's ranking."""
    return QueryScore(
        id=query_id,
        query=query,
        ndcg10=ndcg(ranking, grades),
        ap=average_precision(ranking, grades),
        recall100=recall(ranking, grades),
        relevant=sum(grade > 0 for grade in grades.values()),
        judged10=sum(one in grades for one in ranking[:NDCG_AT]),
    )


def means(scores: Sequence[QueryScore]) -> tuple[tuple[str, float], ...]:
    """Return the means over queries by name, every query counting the same. Raises ValueError for none."""
    if not scores:
        raise ValueError("there is no query to take a mean of")
    return (
        ("ndcg10", sum(one.ndcg10 for one in scores) / len(scores)),
        ("map", sum(one.ap for one in scores) / len(scores)),
        ("recall100", sum(one.recall100 for one in scores) / len(scores)),
    )
