import random

import pytest

from indexer.places import cut, find_places
from indexer.spelled_out import spelled_out


def pair(text, number=0):
    """Return the codes and kinds that the candidates of a text get, None when they say nothing."""
    words = cut(text)
    senses = spelled_out(words, find_places(words), number)
    return senses and [(sense.codes[0], sense.kind, sense.area) for sense in senses]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Athens, Ga.", [("US", "city", "GA"), ("US", "abbreviation", "GA")], id="abbreviation"),
        pytest.param("Athens, Greece", [("GR", "capital", ""), ("GR", "country name", "")], id="country"),
        pytest.param(
            "Tripoli in northern Lebanon", [("LB", "city", ""), ("LB", "country name", "")], id="in-a-part"
        ),
        pytest.param(
            "Austin in the state of Texas",
            [("US", "city", "TX"), ("US", "state", "TX")],
            id="in-the-state-of",
        ),
        pytest.param(
            "Spanish city of Mérida", [("ES", "demonym", ""), ("ES", "city", "")], id="city-of-a-people"
        ),
        pytest.param(
            "Cuba, New York,", [("US", "city", "NY"), ("US", "state", "NY")], id="city-for-its-state"
        ),
        pytest.param("Rome, New York and Tokyo", None, id="list-of-cities"),
        pytest.param("Lebanon, Israel", None, id="list-of-countries"),
        pytest.param("Paris and Texas", None, id="and"),
        pytest.param("Paris, Ohio", None, id="no-such-town"),
    ],
)
def test_pair_tells_where_both_lie(text, expected):
    assert pair(text) == expected


def test_both_senses_lie_in_one_country():
    """Random pairs of names with random words between them."""
    rng = random.Random(2024)
    names = ["Paris", "Texas", "Lebanon", "Pa.", "Georgia", "Athens", "French", "New York", "Cuba", "Perth"]
    for _ in range(500):
        text = rng.choice(names) + rng.choice([", ", " in ", " town of ", " and ", "'s city of "])
        found = pair(text + rng.choice(names) + ", there")
        assert found is None or found[0][0] == found[1][0]


def test_long_gap_says_nothing():
    assert pair("Spanish " + "old " * 30 + "city of Madrid") is None
