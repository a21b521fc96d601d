"""Where phrases stand: against trying every window."""

import random
from collections import Counter

import pytest

from search.sequence import in_order, near


@pytest.mark.parametrize(
    ("phrase", "places", "found"),
    [
        pytest.param("ab", {"a": [1, 5], "b": [2, 9]}, [(1, 2)], id="one-after-the-other"),
        pytest.param("ab", {"a": [2], "b": [1]}, [], id="order-counts"),
        pytest.param("ab", {"a": [1], "b": [3]}, [], id="one-between"),
        pytest.param("aa", {"a": [1, 2, 3]}, [(1, 2), (2, 3)], id="repeated-word"),
        pytest.param("aba", {"a": [0, 2, 4], "b": [1, 3]}, [(0, 2), (2, 4)], id="overlapping-places"),
        pytest.param("ab", {"a": [0, 1], "b": [1]}, [(0, 1)], id="two-words-at-one-place"),
        pytest.param("a", {"a": [0, 7]}, [(0, 0), (7, 7)], id="one-word"),
        pytest.param("ab", {"a": [], "b": [1]}, [], id="absent-word"),
    ],
)
def test_in_order(phrase, places, found):
    assert in_order(places, phrase) == found


def test_in_order_agrees_with_trying_every_beginning():
    rng = random.Random(7)
    found = 0
    for _ in range(300):
        phrase = rng.choices("abc", k=rng.randint(1, 5))
        places = {word: sorted(rng.sample(range(20), rng.randint(0, 16))) for word in set(phrase)}
        last = len(phrase) - 1
        expected = [
            (start, start + last)
            for start in range(20)
            if all(start + at in places[word] for at, word in enumerate(phrase))
        ]
        assert in_order(places, phrase) == expected
        found += len(expected)
    assert found > 300


@pytest.mark.parametrize(
    ("phrase", "places", "slop", "found"),
    [
        pytest.param("ab", {"a": [2], "b": [1]}, 1, [(1, 2)], id="any-order"),
        pytest.param("ab", {"a": [1], "b": [4]}, 2, [(1, 4)], id="two-between"),
        pytest.param("ab", {"a": [1], "b": [4]}, 1, [], id="one-too-far"),
        pytest.param("ab", {"a": [1], "b": [1]}, 5, [], id="one-place-is-one-word"),
        pytest.param("aa", {"a": [1, 3]}, 1, [(1, 3)], id="a-repeated-word-needs-two-places"),
        pytest.param("aa", {"a": [1]}, 9, [], id="a-repeated-word-that-stands-once"),
        pytest.param("ab", {"a": [3, 5], "b": [4, 9]}, 3, [(3, 4), (4, 5), (5, 9)], id="each-beginning"),
        pytest.param("ab", {"a": [1, 2], "b": [1]}, 1, [(1, 2)], id="a-word-makes-room"),
        pytest.param("abc", {"a": [1, 2], "b": [3], "c": []}, 9, [], id="absent-word"),
        pytest.param("ab", {"a": [1, 2, 3], "b": [4]}, 9, [(1, 4), (2, 4), (3, 4)], id="shortest"),
    ],
)
def test_near(phrase, places, slop, found):
    assert near(places, Counter(phrase), slop) == found


def test_near_agrees_with_trying_every_window():
    rng = random.Random(2024)
    for _ in range(1500):
        size, slop = rng.randint(2, 14), rng.randint(1, 4)
        phrase = rng.choices("abc", k=rng.randint(1, 4))
        wanted = Counter(phrase)
        places = {word: sorted(rng.sample(range(size), rng.randint(0, min(size, 5)))) for word in wanted}
        every = sorted({position for own in places.values() for position in own})
        expected = []
        for start in every:
            pieces = ([p for p in every if start <= p <= end] for end in every)
            fitting = [
                piece
                for piece in pieces
                if len(piece) >= len(phrase)
                and piece[-1] - start < len(phrase) + slop
                and all(sum(p in places[word] for p in piece) >= times for word, times in wanted.items())
            ]
            if fitting:
                shortest = min(fitting, key=len)
                expected.append((shortest[0], shortest[-1]))
        assert near(places, wanted, slop) == expected


def test_one_word_everywhere_is_read():
    """Sixty-four times the same word in a text of nothing else."""
    everywhere = list(range(3000))
    assert len(near({"a": everywhere}, {"a": 64}, 100)) == 3000 - 63
    assert len(in_order({"a": everywhere}, "a" * 64)) == 3000 - 63
