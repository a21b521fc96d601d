"""Values by the beginnings of their words, against going through all of them."""

import random

import pytest

from search.completing import Completer
from search.domain import FieldValue
from search.tokens import fold, tokens

PEOPLE = [
    FieldValue("Ana Gašić", "Ana Gašić", 2),
    FieldValue("Bratislav Gašić", "Bratislav Gašić", 7),
    FieldValue("J. K. Oak", "J. K. Oak", 1),
    FieldValue("Zakir Hasanov", "Zakir Hasanov", 9),
]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        pytest.param("gas", ["Bratislav Gašić", "Ana Gašić"], id="most-articles-first"),
        pytest.param("GAŠ", ["Bratislav Gašić", "Ana Gašić"], id="neither-case-nor-accents"),
        pytest.param("a gas", ["Ana Gašić"], id="every-word"),
        pytest.param("hasanov zak", ["Zakir Hasanov"], id="in-any-order"),
        pytest.param("asanov", [], id="no-inside-of-a-word"),
        pytest.param("j k", ["J. K. Oak"], id="initials"),
        pytest.param(" ", [], id="nothing"),
    ],
)
def test_beginning(asked, found):
    assert [one.value for one in Completer(PEOPLE).beginning(asked, 5)] == found


def test_at_most_so_many():
    assert [one.value for one in Completer(PEOPLE).beginning("g", 1)] == ["Bratislav Gašić"]
    assert Completer(PEOPLE).beginning("g", 0) == []


def test_agrees_with_going_through_every_value():
    rng = random.Random(41)
    words = ("Ann", "anna", "Oak", "O'Brien", "Gašić", "de", "北京市", "\u00adx", "")
    for _ in range(300):
        labels = [" ".join(rng.choices(words, k=rng.randint(0, 3))) for _ in range(rng.randint(0, 8))]
        values = [FieldValue(label, label, rng.randint(1, 3)) for label in labels]
        asked, most = rng.choice(("a", "an o", "Anna a", "gasi", "x", "北")), rng.randint(1, 4)
        begun = [token.folded for token in tokens(fold(asked))]
        plain = [
            one
            for one in values
            if all(any(own.folded.startswith(word) for own in tokens(fold(one.label))) for word in begun)
        ]
        assert Completer(values).beginning(asked, most) == sorted(plain, key=lambda one: -one.articles)[:most]


def test_no_values():
    assert Completer(()).beginning("x", 5) == []
