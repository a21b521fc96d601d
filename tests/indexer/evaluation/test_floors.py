"""Floors: what is below, what is raised, and that nothing is ever lowered."""

import json
import random

import pytest

from indexer.evaluation.floors import Floor, raised, read_floors, shortfalls, write_floors
from indexer.evaluation.measured import Measured
from indexer.evaluation.sample import Sample, sample_of
from indexer.evaluation.suites import Result
from search.errors import CorpusError


def result(sample=Sample(), sha256="00", **figures):  # noqa: B008 - frozen
    return Result("people", "a.jsonl", sha256, sample, Measured(1, tuple(figures.items()), ()), 0.1)


def floor(sample=Sample(), sha256="00", **least):  # noqa: B008 - frozen
    return Floor("people", "a.jsonl", sha256, sample, tuple(least.items()))


@pytest.mark.parametrize(
    ("least", "got", "below"),
    [
        pytest.param({"f1": 0.9}, {"f1": 0.9}, [], id="equal"),
        pytest.param({"f1": 0.9}, {"f1": 0.91}, [], id="above"),
        pytest.param({"f1": 0.9}, {"f1": 0.8999}, ["f1"], id="below"),
        pytest.param({"f1": 0.9, "recall": 0.5}, {"recall": 0.5}, ["f1"], id="no-longer-measured"),
        pytest.param({"f1": 0.9}, {"f1": 0.9, "recall": 0.0}, [], id="new-figure-has-no-floor"),
    ],
)
def test_shortfalls(least, got, below):
    assert [fall.figure for fall in shortfalls(floor(**least), result(**got))] == below


def test_a_floor_is_of_one_sample_and_corpus():
    assert floor().is_of(result())
    assert not floor().is_of(result(sha256="01"))
    assert not floor().is_of(result(sample=sample_of("ids 0/2")))


def test_raising_never_lowers():
    """Each figure's floor is the highest that was measured, to four digits, and never above it."""
    rng = random.Random(3)
    floors, highest = (), 0.0
    for _ in range(500):
        measured = result(f1=rng.random())
        highest = max(highest, measured.measured.figures[0][1])
        before = dict(floors[0].least)["f1"] if floors else 0.0
        floors = raised(floors, [measured])
        kept = dict(floors[0].least)["f1"]
        assert before <= kept <= highest < kept + 1.1e-4
    assert len(floors) == 1
    assert dict(raised([floor(f1=0.9, gone=0.4)], [result(f1=0.8, more=0.1)])[0].least) == {
        "f1": 0.9,
        "gone": 0.4,
        "more": 0.1,
    }


def test_written_floors_are_read_back(tmp_path):
    path = tmp_path / "floors.json"
    floors = (floor(f1=0.9), floor(sample_of("lines 1/2"), recall=1.0))
    write_floors(path, floors)
    assert read_floors(path) == floors
    assert path.stat().st_mode & 0o777 == 0o644
    assert [file.name for file in tmp_path.iterdir()] == ["floors.json"]


GOOD = {"suite": "people", "corpus": "a", "sha256": "0", "sample": "all", "least": {"f1": 0.5}}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        pytest.param('{"floors": [\n}', ":2: malformed JSON", id="malformed"),
        pytest.param("[]", "not an object with a list", id="list"),
        pytest.param(json.dumps({"floors": [GOOD, {}]}), "floor 2 has not exactly the keys", id="keys"),
        pytest.param(json.dumps({"floors": [GOOD | {"suite": "x"}]}), "there is no suite 'x'", id="suite"),
        pytest.param(
            json.dumps({"floors": [GOOD | {"sample": "x"}]}), "floor 1: 'x' is no sample", id="sample"
        ),
        pytest.param(json.dumps({"floors": [GOOD | {"corpus": "../a"}]}), "not the last name", id="path"),
        pytest.param(json.dumps({"floors": [GOOD | {"least": {}}]}), "no figures", id="no-figures"),
        pytest.param(json.dumps({"floors": [GOOD | {"least": {"f1": 2}}]}), "f1 is 2", id="over-one"),
        pytest.param(json.dumps({"floors": [GOOD | {"least": {"f1": True}}]}), "f1 is True", id="boolean"),
        pytest.param(json.dumps({"floors": [GOOD]}).replace("0.5", "NaN"), "f1 is nan", id="nan"),
        pytest.param(json.dumps({"floors": [GOOD, GOOD]}), "stands twice", id="twice"),
        pytest.param('{"floors": [{"least": {"f1": 0.9, "f1": 0}}]}', "'f1' stands twice", id="key-twice"),
        pytest.param("[" * 100_000, "no file of floors", id="deep"),
        pytest.param("9" * 5_000, "no file of floors", id="digits"),
    ],
)
def test_bad_file_is_refused(tmp_path, text, fault):
    path = tmp_path / "floors.json"
    path.write_text(text)
    with pytest.raises(CorpusError) as caught:
        read_floors(path)
    assert str(path) in str(caught.value)
    assert fault in str(caught.value)
