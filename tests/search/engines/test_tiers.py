"""Which segments are joined: few stand side by side, and each article is copied seldom."""

import math
import random

import pytest

from search.engines.whoosh.tiers import MOST, to_merge


@pytest.mark.parametrize(
    ("sizes", "live", "joined"),
    [
        pytest.param([], [], set(), id="none"),
        pytest.param([5], [5], set(), id="one"),
        pytest.param([1000, 10], [1000, 10], set(), id="small-beside-large"),
        pytest.param([1000, 10, 10], [1000, 10, 10], {1, 2}, id="two-of-a-size"),
        pytest.param([1000, 20, 10], [1000, 20, 10], set(), id="tiers"),
        pytest.param([1000, 20, 10, 10], [1000, 20, 10, 10], {1, 2, 3}, id="carried"),
        pytest.param([10, 1000, 10, 20], [10, 1000, 10, 20], {0, 2, 3}, id="in-any-order"),
        pytest.param([1000, 10], [600, 10], {0}, id="many-deleted"),
        pytest.param([1000, 10], [700, 10], set(), id="few-deleted"),
        pytest.param([1000, 10], [1000, 0], {1}, id="all-deleted"),
    ],
)
def test_segments_are_joined(sizes, live, joined):
    assert to_merge(sizes, live) == joined


@pytest.mark.parametrize("grow", [1, 3, 50])
def test_few_segments_stand_side_by_side_and_articles_are_copied_seldom(grow):
    rng = random.Random(grow)
    segments, copied, total = [100_000], 0, 100_000
    for _ in range(2_000):
        added = rng.randint(1, grow)
        segments.append(added)
        total += added
        joined = to_merge(segments, segments)
        if len(joined) > 1:
            weight = sum(segments[at] for at in joined)
            copied += weight
            segments = [one for at, one in enumerate(segments) if at not in joined] + [weight]
        assert len(segments) <= MOST
    assert sum(segments) == total
    assert copied < 100_000 * 3 + (total - 100_000) * (2 + math.log2(2_000 * grow))


def test_too_many_tiers_are_joined_from_the_smallest():
    sizes = [3**at for at in range(MOST + 4)]
    assert to_merge(sizes, sizes) == set(range(5))
