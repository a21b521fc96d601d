"""What the sequence tagger sees of a word, against what stands there."""

import random

import pytest

from indexer.features import GROUPS, Reader, shape
from indexer.revise import labels_of
from indexer.words import split_words

TEXT = "Premier Anna Kowalski's plan failed. “No,” said Kowalski; the plan of Kowalski Ltd rose in Łódź."


@pytest.mark.parametrize(
    ("word", "told"),
    [
        pytest.param("Hasanov", "Xx", id="name"),
        pytest.param("McDonald", "XxXx", id="two-capitals"),
        pytest.param("NATO", "XX", id="capitals"),
        pytest.param("Z.", "X.", id="initial"),
        pytest.param("J.P.", "X.X.", id="initials"),
        pytest.param("al-Sadr", "x-Xx", id="hyphen"),
        pytest.param("1987", "0", id="digits"),
        pytest.param("Łódź", "Xx", id="accents"),
        pytest.param("Xy1Xy1Xy1", "Xx0Xx0", id="cut"),
    ],
)
def test_shape_of_a_word(word, told):
    assert shape(word) == told


@pytest.mark.parametrize(
    ("at", "has", "lacks"),
    [
        pytest.param(0, {"k=title", "+1w=anna", "a=1"}, {"-1w=anna", "poss"}, id="first-word"),
        pytest.param(
            2, {"w=kowalski", "-1w=anna", "r=I", "-1r=B", "poss", "a=3", "a:firm=1"}, {"r=O"}, id="surname"
        ),
        pytest.param(4, {"r=O", "a=0", "w=failed", "-1r=O"}, {"a=1"}, id="small-word"),
        pytest.param(7, {"-1in=speech", "-1w=said", "a:named=211"}, {"+1w=ltd"}, id="behind-a-speech-verb"),
    ],
)
def test_features_of_a_word(at, has, lacks):
    words = split_words(TEXT)
    rules = labels_of(len(words), [(1, 3), (7, 8), (11, 12)])
    made = set(Reader(words, rules, TEXT).read(0, len(words))[at])
    assert has <= made
    assert not lacks & made


def test_a_range_sees_no_further_than_itself():
    rng = random.Random(1)
    words = split_words(TEXT)
    reader = Reader(words, ["O"] * len(words), TEXT)
    for _ in range(40):
        first, last = sorted(rng.sample(range(len(words) + 1), 2))
        made = reader.read(first, last)
        assert len(made) == last - first
        assert not any(one.startswith("-1") for one in made[0])
        assert not any(one.startswith("+1") for one in made[-1])
        whole = reader.read(0, len(words))[first:last]
        assert all(set(part) <= set(all_) for part, all_ in zip(made, whole, strict=True))


def test_every_feature_is_of_one_group():
    words = split_words(TEXT + " Gov. Ivanenko met Rep. D. de Vries on Friday, in May.")
    for made in Reader(words, ["B"] * len(words), TEXT).read(0, len(words)):
        for one in made:
            groups = [name for name, heads in GROUPS.items() if one.startswith(heads)]
            assert len(groups) == 1, one


def test_labels_that_are_too_few_are_an_error():
    words = split_words(TEXT)
    with pytest.raises(IndexError):
        Reader(words, [], TEXT)
