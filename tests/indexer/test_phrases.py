"""Runs of words in texts."""

import random

import pytest

from indexer.phrases import Phrases, key_of


@pytest.mark.parametrize(
    ("names", "text", "found"),
    [
        pytest.param(["Vera Holm"], "So Vera Holm said.", ["Vera Holm"], id="plain"),
        pytest.param(["Vera Holm"], "VERA HOLM spoke", ["VERA HOLM"], id="capitals"),
        pytest.param(["Véra Holm"], "Vera\n  Holm", ["Vera\n  Holm"], id="accents-and-line-break"),
        pytest.param(["Rose"], "a rose and Rose", ["Rose"], id="capital-wants-one"),
        pytest.param(["land of fire"], "Land of Fire", ["Land of Fire"], id="small-takes-both"),
        pytest.param(["Al-Assad"], "Mr Al Assad", ["Al Assad"], id="hyphen-or-space"),
        pytest.param(["V. Holm"], "V. Holm's plan", ["V. Holm"], id="initial-and-possessive"),
        pytest.param(["Vera Holm"], "Vera, Holm", [], id="comma-parts"),
        pytest.param(["Vera Holm"], "Vera's Holm", [], id="possessive-parts"),
        pytest.param(["Vera Holm"], "Vera Holmes", [], id="whole-words"),
        pytest.param(["New", "New York"], "New York, New", ["New York", "New"], id="longest"),
        pytest.param(["A B", "B C D"], "a A B C D", ["A B"], id="first-come"),
        pytest.param(["a.*b"], "axxb a b aab", ["a b"], id="no-pattern"),
        pytest.param(["習近平"], "訪問習近平主席", ["習近平"], id="no-spaces"),
    ],
)
def test_find(names, text, found):
    hits = Phrases((name, name) for name in names).find(text)
    assert [text[hit.start : hit.end] for hit in hits] == found


def test_find_agrees_with_trying_every_run():
    rng = random.Random(7)
    for _ in range(300):
        names = {" ".join(rng.choices("abc", k=rng.randint(1, 4))) for _ in range(5)}
        words = rng.choices("abcd", k=15)
        expected, at = [], 0
        while at < len(words):
            runs = [" ".join(words[at:end]) for end in range(len(words), at, -1)]
            name = next((run for run in runs if run in names), None)
            expected += [name] if name else []
            at += len(name.split()) if name else 1
        assert [hit.told for hit in Phrases((n, n) for n in names).find(" ".join(words))] == expected


def test_what_is_found_is_among_the_words():
    """A text that holds a phrase has all of its words, so `among` misses nothing that `find` finds."""
    phrases = Phrases([("Land of Fire", 1), ("New York", 2)])
    text = "In the land of FIRE and New Jersey"
    words = {token for part in text.split() for token in key_of(part)}
    assert set(phrases.among(words)) == {1}


@pytest.mark.parametrize(
    ("asked", "told"), [("vera HOLM", 1), ("Vera", None), ("Vera Holm Jr", None), ("", None)]
)
def test_called(asked, told):
    assert Phrases([("Vera Holm", 1)]).called(asked) == told
