"""Which runs of words are candidates, before anything is joined."""

import random

import pytest

from indexer.shape import find_names
from indexer.words import split_words


def found(text: str, *, headline: bool = False) -> list[tuple[str, str, bool]]:
    words = split_words(text, headline=headline)
    return [
        (" ".join(w.text for w in words[c.first : c.last]), c.rule, c.sure)
        for c in find_names(words, headline=headline)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Then Mr. Holm rose.", [("Holm", "title + name", True)], id="honorific"),
        pytest.param("Then Peter Novak rose.", [("Peter Novak", "name list", True)], id="lists"),
        pytest.param("The poet Peter Novak rose.", [("Peter Novak", "role + name", True)], id="role"),
        pytest.param(
            "Then Q. Xelja rose.", [("Q. Xelja", "initial and surname", False)], id="unsure-initial"
        ),
        pytest.param(
            "Texas Rep. Peter Novak rose.", [("Peter Novak", "title + name", True)], id="place-before"
        ),
        pytest.param(
            "Hairdresser Peter Novak rose.", [("Peter Novak", "title + name", True)], id="trade-before"
        ),
        pytest.param("Novak rose.", [], id="surname-alone"),
        pytest.param("Peter Novak Hospital. Then Peter Novak rose.", [], id="a-firm-once-is-a-firm-again"),
        pytest.param("The president of Xelja Qorvat Holdings rose.", [], id="complement-of-a-title"),
    ],
)
def test_find_names(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("PRESIDENT REAGAN HOSTS TALKS", ["REAGAN"], id="the-verb-is-left-out"),
        pytest.param("PRESIDENT PETER NOVAK HOSTS TALKS", ["PETER NOVAK"], id="given-name-and-surname"),
        pytest.param("PETER NOVAK HOSTS TALKS", [], id="no-title"),
        pytest.param("CHAIRMAN BAKER INC RISES", [], id="firm"),
    ],
)
def test_a_headline_asks_for_title_and_list(text, expected):
    assert [name for name, _, _ in found(text, headline=True)] == expected


def test_candidates_ascend_without_overlap():
    """On random words in random company, candidates are non-empty, in order and apart."""
    rng = random.Random(5)
    stock = [
        "Mr.",
        "President",
        "of",
        "the",
        "Peter",
        "Novak",
        "Z.",
        "van",
        "der",
        "Jr.",
        "Inc",
        "&",
        ",",
        ".",
        "said",
        "King",
        "May",
        "\n\n",
        "Texas",
    ]
    for _ in range(400):
        words = split_words(" ".join(rng.choices(stock, k=rng.randint(0, 25))))
        end = 0
        for one in find_names(words, headline=rng.random() < 0.3):
            assert end <= one.first < one.last <= len(words)
            end = one.last
