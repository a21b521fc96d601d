"""Where phrases stand: against every way to give each word a place."""

import random
from itertools import product

import pytest

from search.sequence import occurrences


@pytest.mark.parametrize(
    ("slots", "slop", "found"),
    [
        pytest.param([[1, 5], [2, 9]], 0, [(1, 2)], id="in-order"),
        pytest.param([[2], [1]], 0, [], id="order-counts-without-slop"),
        pytest.param([[2], [1]], 1, [(2, 1)], id="any-order-with-slop"),
        pytest.param([[1], [4]], 2, [(1, 4)], id="two-between"),
        pytest.param([[1], [4]], 1, [], id="one-too-far"),
        pytest.param([[1, 2, 3], [1, 2, 3]], 0, [(1, 2), (2, 3)], id="repeated-word"),
        pytest.param([[1], [1]], 5, [], id="one-place-is-one-word"),
        pytest.param([[1, 3], [1, 3]], 1, [(1, 3)], id="repeated-word-with-slop"),
        pytest.param([[3, 5], [4, 9]], 3, [(3, 4), (5, 4), (5, 9)], id="each-beginning-once"),
        pytest.param([[1, 2], [1]], 1, [(2, 1)], id="a-word-makes-room"),
        pytest.param([[0, 7]], 0, [(0,), (7,)], id="one-word"),
        pytest.param([[], [1]], 3, [], id="absent-word"),
    ],
)
def test_occurrences(slots, slop, found):
    assert occurrences(slots, slop) == found


def readings(slots, slop):
    """Yield every way to read a phrase, by trying each place for each word."""
    for places in product(*slots):
        if slop == 0:
            if all(place == places[0] + at for at, place in enumerate(places)):
                yield places
        elif len(set(places)) == len(places) and max(places) - min(places) - len(places) + 1 <= slop:
            yield places


def test_agrees_with_trying_every_place():
    """Each beginning is found once, in order, and read with its leftmost words."""
    rng = random.Random(2024)
    for _ in range(1500):
        size = rng.randint(2, 14)
        own = [
            sorted(rng.sample(range(size), rng.randint(0, min(size, 5)))) for _ in range(rng.randint(1, 4))
        ]
        slots = rng.choices(own, k=len(own)) if rng.random() < 0.3 else own
        slop = rng.randint(0, 4)
        every = list(readings(slots, slop))
        found = occurrences(slots, slop)
        assert [min(places) for places in found] == sorted({min(places) for places in every})
        for places in found:
            rivals = [sorted(one) for one in every if min(one) == min(places)]
            assert places in every
            assert sorted(places) == min(rivals)


def test_one_word_everywhere_is_read():
    """Sixteen times the same word in a text of nothing else: no way is tried twice."""
    everywhere = list(range(3000))
    assert len(occurrences([everywhere] * 16, 100)) == 3000 - 15
    assert len(occurrences([everywhere] * 16, 0)) == 3000 - 15
