"""The first of a ranking, against sorting all of it."""

import random

import numpy as np
import pytest

from search.engines.whoosh.rank import best, floor_of, foremost


class Ranking:
    """Random articles with scores, of which many tie, and upper bounds that are so loose."""

    def __init__(self, rng: random.Random, size: int, *, values: int, loose: float) -> None:
        total = 2 * size + 1
        self.ids = np.array(sorted(rng.sample(range(total), size)), dtype=np.uint32)
        self.scores = np.zeros(total)
        self.scores[self.ids] = [rng.randrange(values) / 7 for _ in range(size)]
        self.rank = np.array(rng.sample(range(total), total), dtype=np.uint32)
        above = [score * (1 + rng.random() * loose) * (1 + 1e-6) for score in self.scores[self.ids]]
        self.bounds = np.array(above, dtype=np.float32)
        self.scored: list[int] = []

    def exact(self, ids):
        assert (np.diff(ids.astype(np.int64)) > 0).all()
        self.scored += ids.tolist()
        return self.scores[ids]

    def sorted(self, most: int) -> list[int]:
        return sorted(self.ids.tolist(), key=lambda one: (-self.scores[one], self.rank[one]))[:most]


@pytest.mark.parametrize(
    ("values", "loose"),
    [
        pytest.param(1, 0.0, id="all-tie"),
        pytest.param(3, 0.0, id="many-tie"),
        pytest.param(10**6, 0.0, id="bounds-are-scores"),
        pytest.param(10**6, 0.2, id="bounds-are-loose"),
        pytest.param(50, 1_000.0, id="bounds-say-nothing"),
    ],
)
def test_the_best_are_those_of_sorting_all(values, loose):
    rng = random.Random(7)
    for _ in range(60):
        ranking = Ranking(rng, rng.choice((1, 30, 201, 900)), values=values, loose=loose)
        most = rng.randint(1, min(30, len(ranking.ids)))
        ids, scores = best(ranking.ids, lambda r=ranking: r.bounds, ranking.exact, ranking.rank, most)
        assert ids.tolist() == ranking.sorted(most)
        assert scores.tolist() == ranking.scores[ids].tolist()


def test_articles_that_cannot_be_among_the_first_are_not_scored():
    ranking = Ranking(random.Random(8), 5_000, values=10**9, loose=0.001)
    best(ranking.ids, lambda: ranking.bounds, ranking.exact, ranking.rank, 10)
    assert len(set(ranking.scored)) < 250


def test_few_articles_need_no_bounds():
    ranking = Ranking(random.Random(9), 200, values=9, loose=0)
    ids, _ = best(ranking.ids, lambda: pytest.fail("bounds were made"), ranking.exact, ranking.rank, 5)
    assert ids.tolist() == ranking.sorted(5)


def test_the_foremost_are_those_of_the_lowest_ranks():
    rng = random.Random(10)
    for _ in range(100):
        total = rng.randint(1, 80)
        ids = sorted(rng.sample(range(total), rng.randint(0, total)))
        rank = np.array(rng.sample(range(total), total), dtype=np.uint32)
        most = rng.randint(1, 20)
        found = foremost(np.array(ids, dtype=np.int64), rank, most)
        assert found.tolist() == sorted(ids, key=rank.__getitem__)[:most]


def test_a_floor_is_reached_by_as_many_as_are_asked_for():
    rng = random.Random(11)
    for _ in range(200):
        values = np.array([rng.randrange(50) for _ in range(rng.choice((1, 40, 64, 700, 4_000)))])
        most = rng.randint(1, min(25, len(values)))
        floor = floor_of(values, most)
        assert np.count_nonzero(values >= floor) >= most
        assert floor <= sorted(values.tolist())[-most]
