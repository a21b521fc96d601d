"""Suite `ranking`: a collection is indexed and asked; judgments are replayed as they were typed."""

from pathlib import Path

import pytest

from indexer.evaluation.ranking import measure, plain, replay
from indexer.evaluation.sample import Sample, sample_of
from search.domain import Article
from search.engines.memory import MemoryEngine
from search.errors import CorpusError
from search.judgments import Judged

FILES = {
    "docs.jsonl": '{"id": 1, "title": "Ferry", "text": "It sails."}\n{"id": "2", "text": "A bridge"}\n',
    "queries.tsv": "q1\tFERRY OR BOAT?\nq2\ta bridge\nq3\tnothing judged\n",
    "qrels.tsv": "q1\t1\t1\nq2\t2\t2\nq2\t9\t1\nq3\t1\t0\n",
}


def collection(tmp_path, **changed):
    for name, text in (FILES | {key.replace("_", "."): text for key, text in changed.items()}).items():
        if text is not None:
            (tmp_path / name).write_text(text)
    return tmp_path


def test_collection_is_measured(tmp_path):
    found = measure(collection(tmp_path), Sample())
    assert [(one.id, one.query, one.recall100) for one in found.queries] == [
        ("q1", "FERRY OR BOAT?", 1.0),
        ("q2", "a bridge", 0.5),
    ]
    assert dict(found.figures)["recall100"] == 0.75
    assert found.articles == 2
    assert "1 queries" in found.notes[0]
    assert len(measure(tmp_path, sample_of("lines 0/2")).queries) == 1


def test_prose_has_no_operators():
    assert plain('THIS OR "that" NOT title:other -more') == "this or that not title other more"


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        pytest.param({"qrels_tsv": None}, "it has no qrels.tsv", id="missing"),
        pytest.param({"qrels_tsv": "q1 1 1\n"}, "qrels.tsv:1: 1 fields", id="blanks"),
        pytest.param(
            {"qrels_tsv": "q1\t1\t1\nq1\t1\tgood\n"}, "qrels.tsv:2: the grade is 'good'", id="grade"
        ),
        pytest.param({"qrels_tsv": "q9\t1\t1\n"}, "judges 'q9', which is no query", id="unknown-query"),
        pytest.param({"qrels_tsv": "q1\t1\t0\n"}, "no query has a relevant article", id="nothing-relevant"),
        pytest.param({"queries_tsv": "q1\ta\nq1\tb\n"}, "queries.tsv:2: the query id 'q1'", id="twice"),
        pytest.param({"docs_jsonl": '{"id": 1}\n'}, "docs.jsonl:1: an article of a", id="no-text"),
    ],
)
def test_bad_collection_is_named(tmp_path, changed, fault):
    with pytest.raises(CorpusError) as caught:
        measure(collection(tmp_path, **changed), Sample())
    assert str(tmp_path) in str(caught.value)
    assert fault in str(caught.value)


@pytest.fixture
def engine():
    return MemoryEngine([Article("a", "Ferry", "The ferry sails."), Article("b", "", "A bridge, no ferry.")])


def test_judgments_are_replayed_as_typed(engine):
    """A phrase is a phrase; with every word asked for, only b is found."""
    judged = [
        Judged('"no ferry"', (("b", 3),), 1),
        Judged("ferry bridge", (("a", 1), ("b", 2), ("gone", 0)), 2),
    ]
    found = replay(engine, judged, Path("judgments.tsv"), match="all")
    assert [one.recall100 for one in found.queries] == [1.0, 0.5]
    assert any("1 judged articles are not in the index" in note for note in found.notes)
    assert [one.recall100 for one in replay(engine, judged, Path("j"), match="any").queries] == [1.0, 1.0]


def test_a_judged_query_that_cannot_be_read_is_named(engine):
    with pytest.raises(CorpusError, match=r"judgments\.tsv:7: "):
        replay(engine, [Judged('"ferry', (("a", 1),), 7)], Path("judgments.tsv"), match="all")
