"""Measures of a ranking, worked out by hand and against plain loops, and the ranking of an engine."""

import math
import random

import pytest

from search.domain import Article
from search.engines.memory import MemoryEngine
from search.errors import QueryError
from search.limits import Limits
from search.ranking import average_precision, means, ndcg, ranked, recall, scored

TWO = 1 / math.log2(3)
"""What the second rank discounts a gain to."""


@pytest.mark.parametrize(
    ("ranking", "grades", "gain", "precision", "found"),
    [
        pytest.param("ab", {"a": 1, "b": 1}, 1.0, 1.0, 1.0, id="perfect"),
        pytest.param("xa", {"a": 1}, TWO, 0.5, 1.0, id="second"),
        pytest.param("ba", {"a": 3, "b": 1}, (1 + 3 * TWO) / (3 + TWO), 1.0, 1.0, id="grades-swapped"),
        pytest.param("axb", {"a": 1, "b": 1}, 1.5 / (1 + TWO), (1 + 2 / 3) / 2, 1.0, id="gap"),
        pytest.param("a", {"a": 1, "b": 1}, 1 / (1 + TWO), 0.5, 0.5, id="one-not-found"),
        pytest.param("xy", {"a": 1}, 0.0, 0.0, 0.0, id="nothing"),
        pytest.param("", {"a": 1}, 0.0, 0.0, 0.0, id="no-hits"),
        pytest.param("ab", {"a": 0}, 0.0, 0.0, 0.0, id="nothing-relevant"),
    ],
)
def test_measures(ranking, grades, gain, precision, found):
    assert ndcg(ranking, grades) == pytest.approx(gain)
    assert average_precision(ranking, grades) == pytest.approx(precision)
    assert recall(ranking, grades) == pytest.approx(found)


def test_only_the_first_hits_count():
    ranking = [f"x{n}" for n in range(100)]
    assert ndcg([*ranking[:10], "a"], {"a": 1}) == 0
    assert recall([*ranking, "a"], {"a": 1}) == 0
    assert average_precision([*ranking, "a"], {"a": 1}) == pytest.approx(1 / 101)


def test_measures_agree_with_plain_loops():
    rng = random.Random(10)
    for _ in range(200):
        ids = [str(n) for n in range(rng.randint(1, 30))]
        grades = {one: rng.randint(0, 3) for one in ids if rng.random() < 0.5}
        ranking = rng.sample(ids, rng.randint(0, len(ids)))
        relevant = [one for one in ids if grades.get(one, 0) > 0]
        at = [n for n, one in enumerate(ranking, 1) if one in relevant]
        plain = sum((k + 1) / n for k, n in enumerate(at)) / len(relevant) if relevant else 0
        assert average_precision(ranking, grades) == pytest.approx(plain)
        best = max((ndcg(rng.sample(ids, len(ids)), grades) for _ in range(5)), default=0)
        ordered = sorted(ids, key=lambda one: -grades.get(one, 0))
        assert best <= ndcg(ordered, grades) + 1e-9
        assert ndcg(ordered, grades) == pytest.approx(1.0 if relevant else 0.0)


def test_scored_and_means():
    scores = [scored("q", "ab", {"a": 1, "b": 0}, query_id="1"), scored("r", "xa", {"a": 2})]
    assert (scores[0].id, scores[0].query, scores[0].relevant, scores[0].judged10) == ("1", "q", 1, 2)
    assert scores[1].judged10 == 1
    assert dict(means(scores)) == pytest.approx({"ndcg10": (1 + TWO) / 2, "map": 0.75, "recall100": 1.0})
    with pytest.raises(ValueError, match="no query"):
        means([])


@pytest.fixture
def engine():
    return MemoryEngine(
        [
            Article("a", "Ferry", "The ferry sails."),
            Article("b", "Bridge", "A bridge, no ferry."),
            Article("c", "", "Rain"),
        ]
    )


def test_ranked_is_the_order_of_the_hits(engine):
    assert ranked(engine, "ferry") == ("a", "b")
    assert ranked(engine, "ferry bridge") == ("b",)
    assert set(ranked(engine, "ferry bridge", match="any")) == {"a", "b"}
    assert len(ranked(engine, "ferry", depth=1)) == 1


def test_a_query_that_cannot_be_read_is_an_error(engine):
    with pytest.raises(QueryError):
        ranked(engine, '"ferry')
    with pytest.raises(QueryError):
        ranked(engine, "ferry bridge rain", limits=Limits(words=2))
