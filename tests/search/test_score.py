"""BM25F: what raises a score and what holds it back, for numbers and arrays alike."""

import math
import random

import numpy as np
import pytest

from search.score import (
    COMMON,
    K1,
    OTHER_FORM,
    TITLE_WEIGHT,
    B,
    as_typed,
    idf,
    length_norm,
    saturated,
    word_weight,
)


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
    "containing", [pytest.param(0, id="unknown"), pytest.param(1, id="rare"), pytest.param(1000, id="in-all")]
)
def test_a_word_weighs_less_than_its_idf_by_at_most_what_common_words_lose(containing):
    assert 0 < word_weight(1000, containing) < idf(1000, containing) < word_weight(1000, containing) + COMMON


def test_the_rarer_word_weighs_more():
    weights = [word_weight(500, containing) for containing in range(501)]
    assert weights == sorted(set(weights), reverse=True)


@pytest.mark.parametrize(
    ("every", "typed", "count"),
    [
        pytest.param(0, 0, 0.0, id="not-there"),
        pytest.param(3, 3, 3.0, id="as-typed"),
        pytest.param(3, 0, 3 * OTHER_FORM, id="in-another-form"),
        pytest.param(3, 1, 1 + 2 * OTHER_FORM, id="in-both"),
    ],
)
def test_other_forms_of_a_word_count_less(every, typed, count):
    assert as_typed(every, typed) == count <= every
    assert as_typed(np.array([every]), np.array([typed])).tolist() == [count]


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
