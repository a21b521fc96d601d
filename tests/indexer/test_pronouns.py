"""Whom "he" and "she" mean, against names that are handed over; whole texts are in test_quotes."""

import random

import pytest

from indexer.pronouns import Named, traced
from indexer.words import split_words

TEXT = "Anna came. “We see,” she said. Bob slept. He said no."


def named(words, *told):
    at = {word.text: number for number, word in enumerate(words)}
    return [Named(at[name], at[name] + 1, id_, gender, speaks) for name, id_, gender, speaks in told]


@pytest.mark.parametrize(
    ("told", "meant"),
    [
        pytest.param([("Anna", 1, "f", False), ("Bob", 2, "m", False)], [1, 2], id="one-each"),
        pytest.param([("Anna", 1, "m", False), ("Bob", 2, "f", False)], [], id="none-before-it-fits"),
        pytest.param([("Anna", 1, "", False)], [1], id="unknown-gender-first-in-its-sentence"),
        pytest.param([], [], id="nobody"),
    ],
)
def test_a_pronoun_means_the_only_one_who_fits(told, meant):
    words = split_words(TEXT)
    assert [one.whom for _, one in traced(words, TEXT, named(words, *told))] == meant


def test_whoever_is_meant_stands_before_and_fits():
    rng = random.Random(8)
    for _ in range(200):
        text = " ".join(
            rng.choice(("Anna came.", "Bob", "he said.", "she said.", "met", "“Yes,”", "it rained."))
            for _ in range(30)
        )
        words = split_words(text)
        names = [
            Named(at, at + 1, hash(word.text), {"Anna": "f", "Bob": "m"}[word.text], rng.random() < 0.3)
            for at, word in enumerate(words)
            if word.text in ("Anna", "Bob")
        ]
        for at, one in traced(words, text, names):
            assert one.last <= at
            assert one.gender == {"he": "m", "she": "f"}[words[at].key]
