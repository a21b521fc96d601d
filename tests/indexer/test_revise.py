"""What the model adds to the names that the rules found."""

import random

import pytest

from indexer.revise import added_spans, evidence, labels_of, revised, spans_of
from indexer.words import split_words


def test_spans_and_labels_are_each_other():
    rng = random.Random(3)
    for _ in range(200):
        size = rng.randint(0, 20)
        ends = sorted(rng.sample(range(size + 1), rng.randint(0, size + 1) // 2 * 2))
        spans = list(zip(ends[::2], ends[1::2], strict=True))
        labels = labels_of(size, spans)
        assert spans_of(labels) == spans
        assert sum(label != "O" for label in labels) == sum(last - first for first, last in spans)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param("Premier [Brulo] left.", "behind a title", id="title"),
        pytest.param("[Brulo] said so.", "before a speech verb", id="speech-verb"),
        pytest.param("“No,” said [Brulo].", "behind a speech verb", id="inverted"),
        pytest.param("They saw [Maria Brulo] there.", "a given name leads", id="given-name"),
        pytest.param("They saw [Clinton] there.", "a listed surname", id="surname"),
        pytest.param("They saw [Brulo] there.", "the words around it", id="words"),
    ],
)
def test_evidence_is_named(text, told):
    plain = text.replace("[", "").replace("]", "")
    start, end = text.index("["), text.index("]") - 1
    words = split_words(plain)
    first = next(at for at, word in enumerate(words) if word.start == start)
    last = next(at for at, word in enumerate(words) if word.end == end) + 1
    assert evidence(words, first, last) == told


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Johnson & Johnson rose.", id="firm-with-and"),
        pytest.param("Miller Inc. rose.", id="firm"),
        pytest.param("Serbia rose.", id="country"),
        pytest.param("NATO rose.", id="acronym"),
        pytest.param("Friday rose.", id="weekday"),
        pytest.param("Morgan Stanley rose.", id="firm-of-two-names"),
    ],
)
def test_what_is_plainly_no_person_is_not_added(text):
    words = split_words(text)
    labels = ["B" if word.text[0].isupper() else "O" for word in words]
    joined = ["I" if at and label == "B" else label for at, label in enumerate(labels)]
    assert added_spans(words, [], joined) == []


def test_names_of_the_rules_stay_and_closed_words_are_not_added_to():
    text = "“We shall wait,” Clinton said to Anna Kowalski."
    words = split_words(text)
    anna = next(at for at, word in enumerate(words) if word.text == "Anna")
    rules = {(anna, anna + 2): "name list"}
    opened = revised(words, rules, [False] * len(words), text)
    assert [(words[one.first].text, one.rule) for one in opened] == [
        ("Clinton", "name model: before a speech verb"),
        ("Anna", "name list"),
    ]
    closed = revised(words, rules, [True] * len(words), text)
    assert [(one.first, one.last, one.rule) for one in closed] == [(anna, anna + 2, "name list")]
