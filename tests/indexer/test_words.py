"""How a text falls into words, and which of them can go on a name."""

import random

import pytest

from indexer.lexicon import Kind
from indexer.words import firm_follows, split_words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Hasanov's hat", ["Hasanov", "hat"], id="possessive"),
        pytest.param("Hasanov’s hat", ["Hasanov", "hat"], id="curly-possessive"),
        pytest.param("Z. Hasanov", ["Z.", "Hasanov"], id="initial"),
        pytest.param("Z.Hasanov", ["Z.", "Hasanov"], id="initial-without-space"),
        pytest.param("J.-P. Blanc", ["J.-P.", "Blanc"], id="double-initial"),
        pytest.param("the U.S. fleet", ["the", "U.S.", "fleet"], id="dotted"),
        pytest.param("O'Neill's", ["O'Neill"], id="apostrophe"),
        pytest.param("Jean-Luc al-Assad", ["Jean-Luc", "al-Assad"], id="hyphens"),
        pytest.param("Mojsilovic\u0301 x", ["Mojsilovic\u0301", "x"], id="combining-accent"),
        pytest.param("", [], id="empty"),
    ],
)
def test_words(text, expected):
    assert [word.text for word in split_words(text)] == expected


@pytest.mark.parametrize(
    ("text", "linked"),
    [
        pytest.param("Zakir Hasanov", True, id="space"),
        pytest.param("Zakir\nHasanov", True, id="wrapped"),
        pytest.param("Zakir\n\nHasanov", False, id="blank-line"),
        pytest.param("Zakir\n    Hasanov", False, id="indented-paragraph"),
        pytest.param("Zakir, Hasanov", False, id="comma"),
        pytest.param("Zakir. Hasanov", False, id="full-stop"),
        pytest.param("Mr. Hasanov", True, id="abbreviation"),
        pytest.param("Zakir's Hasanov", False, id="possessive"),
    ],
)
def test_linked(text, linked):
    assert split_words(text)[1].linked is linked


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        pytest.param("McDonald", Kind.NAME, id="inner-capital"),
        pytest.param("LaserJet", Kind.ACRONYM, id="brand"),
        pytest.param("ADEX", Kind.ACRONYM, id="acronym"),
        pytest.param("al-Assad", Kind.NAME, id="small-prefix"),
        pytest.param("von", Kind.PARTICLE, id="particle"),
        pytest.param("minister", Kind.PLAIN, id="small-letters"),
        pytest.param("Minister", Kind.TITLE, id="capital"),
        pytest.param("F16", Kind.ACRONYM, id="digits"),
        pytest.param("X", Kind.INITIAL, id="letter"),
        pytest.param("I", Kind.STOP, id="pronoun"),
    ],
)
def test_kinds(word, kind):
    assert split_words(word)[0].kind is kind


@pytest.mark.parametrize(
    ("text", "at", "firm"),
    [
        pytest.param("Ford Motor", 1, True, id="firm-word"),
        pytest.param("Jefferies and Co", 1, True, id="and-co"),
        pytest.param("Miller <MLR>", 1, True, id="ticker"),
        pytest.param("Clinton administration", 1, False, id="small-letters"),
        pytest.param("Miller", 1, False, id="end"),
    ],
)
def test_firm_follows(text, at, firm):
    assert firm_follows(split_words(text), at) is firm


def test_words_slice_to_themselves_and_ascend():
    """On random strings, offsets ascend without overlap and each word is its slice."""
    rng = random.Random(11)
    for _ in range(500):
        text = "".join(rng.choices("Aab.'’- \n\tÉé\u0301\ud800,&<1_", k=rng.randint(0, 60)))
        end = 0
        for word in split_words(text):
            assert word.start >= end
            assert text[word.start : word.end] == word.text
            end = word.end
