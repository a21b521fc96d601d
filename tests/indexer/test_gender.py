"""Whether a name and the words before it tell a man or a woman."""

import pytest

from indexer.gender import gender_before, gender_of
from indexer.words import split_words


@pytest.mark.parametrize(
    ("text", "gender"),
    [
        pytest.param("They met Mrs. Holm", "f", id="title"),
        pytest.param("They met Mr. Holm", "m", id="title-of-a-man"),
        pytest.param("His wife, Holm", "f", id="relation-before-a-comma"),
        pytest.param("The actress Holm", "f", id="trade"),
        pytest.param("They met General Holm", "", id="a-rank-tells-nothing"),
        pytest.param("She met Mrs. Berg. Holm", "", id="a-sentence-ended-between"),
        pytest.param("Mrs. Berg-Holm", "f", id="hyphen"),
        pytest.param("Holm", "", id="nothing-before"),
    ],
)
def test_gender_before(text, gender):
    words = split_words(text)
    assert gender_before(words, len(words) - 1) == gender


@pytest.mark.parametrize(
    ("parts", "gender"),
    [
        pytest.param(("laura", "holm"), "f", id="woman"),
        pytest.param(("george", "holm"), "m", id="man"),
        pytest.param(("jean", "holm"), "", id="a-mans-name-in-one-country-a-womans-in-another"),
        pytest.param(("brulo", "holm"), "", id="unlisted"),
        pytest.param(("laura",), "", id="a-name-alone-may-be-a-surname"),
        pytest.param(("lin", "xiaoming"), "", id="family-name-first"),
        pytest.param((), "", id="none"),
    ],
)
def test_gender_of(parts, gender):
    assert gender_of(parts) == gender
