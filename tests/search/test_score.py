"""BM25F: what raises a score and what holds it back, for numbers and arrays alike."""

import math
import random

import numpy as np
import pytest

from search.score import K1, TITLE_WEIGHT, B, idf, length_norm, saturated


@pytest.mark.parametrize(
    ("articles", "containing", "value"),
    [
        pytest.param(10, 10, math.log(1 + 0.5 / 10.5), id="word-of-every-article"),
        pytest.param(10, 1, math.log(1 + 9.5 / 1.5), id="rare-word"),
        pytest.param(10, 0, math.log(1 + 10.5 / 0.5), id="unknown-word"),
        pytest.param(0, 0, math.log(2), id="empty-index"),
    ],
)
def test_idf_is_lucenes(articles, containing, value):
    assert idf(articles, containing) == pytest.approx(value)
    assert idf(articles, containing) > 0


@pytest.mark.parametrize(
    ("length", "average", "norm"),
    [
        pytest.param(10.0, 10.0, 1.0, id="average"),
        pytest.param(20.0, 10.0, 1 + B, id="twice-as-long"),
        pytest.param(0.0, 10.0, 1 - B, id="empty-text"),
        pytest.param(0.0, 0.0, 1.0, id="every-text-empty"),
    ],
)
def test_long_texts_are_held_back(length, average, norm):
    assert length_norm(length, average) == pytest.approx(norm)
    assert length_norm(np.array([length]), average).tolist() == pytest.approx([norm])


def test_counts_add_before_they_saturate():
    assert saturated(0.0, 0.0) == 0
    assert saturated(1.0, 0.0) == saturated(0.0, TITLE_WEIGHT)
    assert saturated(0.0, K1) == pytest.approx(0.5)
    assert saturated(1.0, 1.0) < saturated(1.0, 0.0) + saturated(0.0, 1.0)


def test_more_is_never_less_and_arrays_agree_with_numbers():
    rng = random.Random(1)
    counts = [(rng.uniform(0, 9), rng.uniform(0, 9)) for _ in range(200)]
    scores = saturated(*np.array(counts).T)
    for (title, body), score in zip(counts, scores, strict=True):
        assert score == saturated(title, body)
        assert 0 <= score < 1
        assert saturated(title, body + 0.1) > score
        assert saturated(title + 0.1, body) > score
