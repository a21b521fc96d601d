"""The order of hits, ties and undated articles."""

import datetime as dt
import random
from itertools import pairwise

import pytest

from search.order import order_key

OLD, NEW = dt.date(1987, 3, 1), dt.date(2024, 6, 20)
HITS = [
    ("b", NEW, 1.0),
    ("a", NEW, 1.0),
    ("c", OLD, 3.0),
    ("d", None, 1.0),
    ("e", None, 9.0),
    ("f", OLD, 1.0),
]


@pytest.mark.parametrize(
    ("sort", "ids"),
    [
        pytest.param("relevance", "ecabfd", id="score-then-newer-then-id-undated-last"),
        pytest.param("newest", "abcfde", id="newest-then-id"),
        pytest.param("oldest", "cfabde", id="oldest-then-id"),
    ],
)
def test_order(sort, ids):
    ordered = sorted(HITS, key=lambda hit: order_key(sort, hit[1], hit[0], hit[2]))
    assert "".join(hit[0] for hit in ordered) == ids


@pytest.mark.parametrize("sort", ["newest", "oldest"])
def test_undated_articles_stand_last_beside_the_ends_of_the_calendar(sort):
    days = [None, dt.date.min, dt.date.max]
    assert sorted(days, key=lambda day: order_key(sort, day, "x", 0.0))[-1] is None


def test_each_pair_is_in_order():
    rng = random.Random(2)
    for _ in range(100):
        hits = [(rng.choice("abc"), rng.choice((None, OLD, NEW)), rng.choice((0.0, 1.0))) for _ in range(10)]
        hits.sort(key=lambda hit: order_key("relevance", hit[1], hit[0], hit[2]))
        for (one, day, score), (other, after, less) in pairwise(hits):
            assert score >= less
            if score == less:
                assert (day or dt.date.min) >= (after or dt.date.min)
                assert day != after or one <= other
