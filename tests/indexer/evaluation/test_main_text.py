"""Suite `main-text`: bags of words, against a plain count."""

import random
from collections import Counter

import pytest

from indexer.evaluation.main_text import measure, score
from indexer.evaluation.pages import Page
from indexer.evaluation.sample import Sample
from indexer.source import Source


def page(gold):
    return Page("a", Source("a", "html", ""), gold)


@pytest.mark.parametrize(
    ("gold", "ours", "precision", "recall"),
    [
        pytest.param("One two.", "two ONE", 1.0, 1.0, id="case-and-order"),
        pytest.param("a b c d", "a b", 1.0, 0.5, id="lost"),
        pytest.param("a b", "a b c d", 0.5, 1.0, id="too-many"),
        pytest.param("a b", "a a", 0.5, 0.5, id="twice"),
        pytest.param("a", "", 0.0, 0.0, id="nothing"),
    ],
)
def test_score(gold, ours, precision, recall):
    found = score(page(gold), ours)
    assert (found.precision, found.recall) == (precision, recall)


def test_score_agrees_with_crossing_words_out():
    rng = random.Random(5)
    for _ in range(200):
        gold, ours = (rng.choices("abcde", k=rng.randint(1, 12)) for _ in range(2))
        left = list(ours)
        shared = sum(1 for word in gold if word in left and not left.remove(word))
        found = score(page(" ".join(gold)), " ".join(ours))
        assert (found.precision, found.recall) == (shared / len(ours), shared / len(gold))
        assert found.lost == (Counter(gold) - Counter(ours)).total()
        assert found.extra == (Counter(ours) - Counter(gold)).total()


def test_a_page_that_is_refused_has_no_words(tmp_path):
    (tmp_path / "gold.json").write_text('{"a": {"articleBody": "Some words."}}')
    (tmp_path / "a.html").write_text("<html></html>")
    found = measure(tmp_path, Sample())
    assert dict(found.figures) == {"precision": 0.0, "recall": 0.0, "f1": 0.0, "worst_f1": 0.0}
    assert [(kind.kind, kind.times) for kind in found.errors] == [("words lost", 2)]
