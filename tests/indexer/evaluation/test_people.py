"""Suite `people`: which spans agree, how those that do not are called, and whether persons are joined."""

import json

import pytest

from indexer.evaluation.people import measure
from indexer.evaluation.sample import Sample
from search.errors import CorpusError

TEXT = "Talks began. Mr. Karl Brandt met Ida Lund of the union. Brandt thanked Lund's staff."


def corpus(tmp_path, *rows):
    path = tmp_path / "people.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def spans(text, *surfaces):
    """Return an entity for each surface, sought from the end of the one before."""
    found, at = [], 0
    for surface in surfaces:
        at = text.index(surface, at)
        found.append([at, at + len(surface), "Person", surface])
        at += len(surface)
    return found


@pytest.mark.parametrize(
    ("surfaces", "counts", "kinds"),
    [
        pytest.param(["Karl Brandt", "Ida Lund", "Brandt", "Lund"], (4, 0, 0), {}, id="all-right"),
        pytest.param(["Karl Brandt", "Ida Lund", "Brandt", "Lund's"], (4, 0, 0), {}, id="possessive"),
        pytest.param(["Karl Brandt", "Brandt", "Lund"], (3, 1, 0), {"no person": 1}, id="too-many"),
        pytest.param(
            ["Karl Brandt", "Ida Lund", "union", "Brandt", "Lund"], (4, 0, 1), {"missed": 1}, id="missed"
        ),
        pytest.param(
            ["Mr. Karl Brandt", "Ida Lund", "Brandt", "Lund"], (3, 1, 1), {"other ends": 1}, id="other-ends"
        ),
    ],
)
def test_spans_are_compared(tmp_path, surfaces, counts, kinds):
    row = {"id": "a", "title": "Talks", "text": TEXT, "entities": spans(TEXT, *surfaces)}
    found = measure(corpus(tmp_path, row), Sample())
    told = dict(found.counts)
    assert (told["right"], told["wrong"], told["missed"]) == counts
    assert {kind.kind: kind.times for kind in found.errors} == kinds


def test_figures_are_over_all_articles(tmp_path):
    """Micro averages: 3 right of 4 found, and of 4 that are there."""
    rows = [
        {"text": TEXT, "title": "a", "entities": spans(TEXT, "Karl Brandt", "Ida Lund", "Brandt")},
        {"text": "Nobody came.", "title": "b", "entities": [[0, 6, "Person", "Nobody"]]},
    ]
    found = dict(measure(corpus(tmp_path, *rows), Sample()).figures)
    assert (found["precision"], found["recall"], found["f1"]) == (0.75, 0.75, 0.75)
    assert found["joined"] == 1.0


def test_given_people_are_not_read(tmp_path):
    """Gold in the keys that a rebuild would take as given is put aside."""
    row = {"text": TEXT, "title": "a", "people": ["Somebody Else"], "entities": spans(TEXT, "Karl Brandt")}
    assert dict(measure(corpus(tmp_path, row), Sample()).counts)["right"] == 1


def test_two_of_one_value_are_told(tmp_path):
    text = "Mr. Karl Brandt spoke. Brandt left. Brandt came back."
    gold = spans(text, "Karl Brandt", "Brandt", "Brandt")
    row = {"text": text, "title": "a", "entities": gold}
    told = dict(measure(corpus(tmp_path, row), Sample()).counts)
    assert (told["persons"], told["persons_joined"], told["named_again_joined"]) == (1, 1, 1)


def test_tokens_are_read_as_a_text(tmp_path):
    row = {"tokens": ["Mr.", "Karl", "Brandt", "", "met", "Lund"], "person": ["O", "B", "I", "B", "O", "B"]}
    told = dict(measure(corpus(tmp_path, row), Sample()).counts)
    assert (told["gold"], told["right"]) == (2, 1)


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        pytest.param({"text": "x"}, "entities is missing", id="no-gold"),
        pytest.param({"text": "x", "entities": {}}, "entities is missing or no list", id="no-list"),
        pytest.param({"entities": [[0, 1, "Person", "x"]]}, "neither text nor body", id="no-text"),
        pytest.param({"text": "x", "entities": [[0, 9, "Person", "x"]]}, "offsets inside", id="outside"),
        pytest.param({"tokens": ["x"], "person": []}, "one length", id="lengths"),
        pytest.param({"tokens": ["x"], "person": ["X"]}, "tags are B, I and O", id="tag"),
    ],
)
def test_bad_row_is_named(tmp_path, row, fault):
    good = {"text": "x", "entities": []}
    with pytest.raises(CorpusError, match=rf"people\.jsonl:2: .*{fault}"):
        measure(corpus(tmp_path, good, row), Sample())
