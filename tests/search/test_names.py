"""Values by the names they are typed by, against going through all of them."""

import random

import pytest

from search.domain import FieldValue
from search.names import Names
from search.tokens import fold, tokens

VALUES = [
    FieldValue("AZ", "Azerbaijan", 1),
    FieldValue("az", "az", 1),
    FieldValue("CI", "Côte d'Ivoire", 1),
    FieldValue("J.K. Oak", "J.K. Oak", 1),
    FieldValue("oak\nann", "oak\nann", 1),
]


@pytest.mark.parametrize(
    ("asked", "values"),
    [
        pytest.param("AZERBAIJAN", ["AZ"], id="label"),
        pytest.param("Az", ["AZ", "az"], id="value-and-label"),
        pytest.param("cote d'ivoire", ["CI"], id="without-accents"),
        pytest.param("oak", [], id="a-word-is-no-name"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_called(asked, values):
    assert [one.value for one in Names(VALUES).called(asked)] == values


@pytest.mark.parametrize(
    ("asked", "values"),
    [
        pytest.param("oak", ["J.K. Oak", "oak\nann"], id="word"),
        pytest.param("Oak JK", ["J.K. Oak"], id="initials-in-any-order"),
        pytest.param("ivoire", ["CI"], id="part-of-a-compound"),
        pytest.param("oa", [], id="no-part-of-a-word"),
        pytest.param("\n", [], id="no-word"),
    ],
)
def test_with_words(asked, values):
    assert [one.value for one in Names(VALUES).with_words(asked)] == values


def test_agrees_with_going_through_every_value():
    rng = random.Random(13)
    words = ("Ann", "anna", "Oak", "J.K.", "O'Brien", "Gašić", "de", "北京市", "U.S.", "\u00adx", "")
    for _ in range(300):
        labels = [" ".join(rng.choices(words, k=rng.randint(0, 3))) for _ in range(rng.randint(0, 8))]
        values = [FieldValue(rng.choice((label, str(at))), label, 1) for at, label in enumerate(labels)]
        asked = " ".join(rng.choices(words, k=rng.randint(0, 2)))
        wanted = {token.folded for token in tokens(asked)}
        assert Names(values).called(asked) == [
            one for one in values if fold(asked) in (fold(one.value), fold(one.label))
        ]
        assert Names(values).with_words(asked) == [
            one for one in values if wanted and wanted <= {token.folded for token in tokens(one.label)}
        ]


def test_no_values():
    assert Names(()).called("x") == Names(()).with_words("x") == []
