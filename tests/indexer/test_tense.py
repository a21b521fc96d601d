"""Whether a sentence speaks of a date as coming or as past."""

import random

import pytest

from indexer.tense import is_future, is_past, sentence_after, sentence_before, tells_what_happened

FUTURE = [
    "A verdict is expected on ", "She is to be sentenced on ", "The trial resumes ", "The vote is in ",
    "Talks are set for ", "Rain may return on ", "The plan is due to be published on ",
    "It ended. It will start ", "He said it will start on ",
]  # fmt: skip
PAST = [
    "It will pay, the bank said in a statement on ", "The plan to pay was agreed on ",
    "Those who will pay were told on ", "It would not comment on ", "She was sworn in on ",
    "It would fall, according to a report in ",
]  # fmt: skip
OPEN = ["", "The ", "It will start. The port on ", "He agreed to meet her on ", "It was to be shut on "]


@pytest.mark.parametrize("before", [pytest.param(one, id=one.strip()) for one in FUTURE])
def test_words_of_the_future(before):
    assert is_future(before)
    assert not is_past(before)


@pytest.mark.parametrize("before", [pytest.param(one, id=one.strip()) for one in PAST])
def test_the_nearest_verb_is_of_the_past(before):
    assert is_past(before)
    assert not is_future(before)


@pytest.mark.parametrize("before", [pytest.param(one, id=one.strip() or "nothing") for one in OPEN])
def test_what_says_neither(before):
    assert not is_past(before)
    assert not is_future(before)


@pytest.mark.parametrize(
    ("after", "future"),
    [
        pytest.param(", the court will rule.", True, id="will"),
        pytest.param(" the United States is to leave.", True, id="is-to"),
        pytest.param(", aides said it will leave.", False, id="said"),
        pytest.param(" it rained.", False, id="past"),
        pytest.param("", False, id="nothing"),
    ],
)
def test_the_verb_behind_a_date_that_opens_its_sentence(after, future):
    assert is_future("It rained. On ", after) is future
    assert not is_future("It rained in the town on ", after)


def test_sentences_are_those_of_a_plain_loop():
    rng = random.Random(9)
    for _ in range(200):
        sentences = [" ".join(rng.choices(["It", "rained", "in", "Bern"], k=3)) for _ in range(4)]
        sentences = [one[0].upper() + one[1:] for one in sentences]
        text = ". ".join(sentences)
        assert sentence_before(text) == sentences[-1]
        assert sentence_after(text) == sentences[0]


def test_any_verb_of_the_past_counts_only_within_the_sentence():
    assert tells_what_happened("He was in jail until ")
    assert not tells_what_happened("He was in jail. It runs until ")
