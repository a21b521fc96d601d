"""Suite `toponyms`: the country of each place, and of those that share a name."""

import json

import pytest

from indexer.evaluation.sample import Sample
from indexer.evaluation.toponyms import measure
from search.errors import CorpusError

TEXT = "He flew from Paris, Texas, to Nairobi and on to Hollow Creek."


def measured(tmp_path, *rows):
    path = tmp_path / "toponyms.jsonl"
    path.write_text("".join(json.dumps({"title": "Travels", **row}) + "\n" for row in rows))
    return measure(path, Sample())


def test_places_are_compared(tmp_path):
    """Paris, Texas and Nairobi are right; Nairobi set to another country is wrong, a creek is untagged."""
    gold = [[13, 18, "Paris", "US"], [30, 37, "Nairobi", "UG"], [48, 60, "Hollow Creek", "US"]]
    found = measured(tmp_path, {"text": TEXT, "toponyms": [*gold, [20, 25, "Texas", None]]})
    told = dict(found.counts)
    assert (told["gold"], told["right"], told["wrong"], told["missed"]) == (3, 1, 1, 2)
    assert {kind.kind: kind.worst[0].what for kind in found.errors} == {
        "wrong": "Nairobi UG as KE",
        "untagged": "Hollow Creek US",
    }
    assert dict(found.figures)["precision"] == 0.5
    assert dict(found.figures)["recall"] == pytest.approx(1 / 3)
    assert dict(found.figures)["recall_abroad"] == 0.0


def test_shared_names_are_told_apart(tmp_path):
    other = "The mayor of Paris met the French president in Paris, France."
    found = measured(
        tmp_path,
        {"text": TEXT, "toponyms": [[13, 18, "Paris", "US"], [30, 37, "Nairobi", "KE"]]},
        {"text": other, "toponyms": [[13, 18, "Paris", "FR"], [47, 52, "Paris", "FR"]]},
    )
    assert dict(found.counts)["shared"] == 3
    assert dict(found.figures)["recall_shared"] == 1.0


def test_bad_gold_is_named(tmp_path):
    with pytest.raises(CorpusError, match=r"toponyms\.jsonl:1: an entry of toponyms is \[13, 999"):
        measured(tmp_path, {"text": TEXT, "toponyms": [[13, 999, "Paris", "US"]]})


@pytest.mark.parametrize("code", ["us", "USA", 7, {"US": 1}, ""], ids=str)
def test_a_code_that_is_none_is_named(tmp_path, code):
    with pytest.raises(CorpusError, match=r"toponyms\.jsonl:1: a code of toponyms is"):
        measured(tmp_path, {"text": TEXT, "toponyms": [[13, 18, "Paris", code]]})


def test_true_is_no_offset(tmp_path):
    with pytest.raises(CorpusError, match=r"toponyms\.jsonl:1: an entry of toponyms is \[False, True"):
        measured(tmp_path, {"text": TEXT, "toponyms": [[False, True, "Paris", "US"]]})
