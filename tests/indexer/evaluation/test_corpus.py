"""Rows of a corpus: read by line, kept from their gold, and refused by file and line."""

import gzip
import json

import pytest

from indexer.evaluation.corpus import digest_of, rows
from indexer.evaluation.sample import Sample, sample_of
from search.errors import CorpusError


def test_rows_of_a_file_or_folder(tmp_path):
    (tmp_path / "b.jsonl").write_text('{"id": "b1", "text": "x"}\n\n{"id": "b2", "text": "x"}\n')
    with gzip.open(tmp_path / "a.jsonl.gz", "wt") as file:
        file.write('\ufeff{"url": "u", "text": "x"}\n{"text": "x"}')
    (tmp_path / "notes.txt").write_text("no row")
    found = list(rows(tmp_path, Sample()))
    assert [row.id for row in found] == ["u", f"{tmp_path}/a.jsonl.gz:2", "b1", "b2"]
    assert found[3].origin == f"{tmp_path}/b.jsonl:3"
    assert [row.id for row in rows(tmp_path / "b.jsonl", sample_of("lines 0/2"))] == ["b1", "b2"]


def test_gold_never_reaches_the_tagger(tmp_path):
    """Whatever gold is called: only what an article may be read from is let through."""
    row = {"id": 7, "text": "x", "date": "2024-01-02", "countries": ["AZ"], "people": ["A B"]}
    row |= {"gold_places": [["AZ"]], "entities": [], "my_gold": 1, "dateline": "BAKU"}
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps(row))
    (found,) = rows(path, Sample())
    source = found.source()
    assert (source.countries, source.people, source.unknown_keys) == (None, None, ())
    assert (source.id, source.date, source.dateline) == ("7", "2024-01-02", "BAKU")


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        pytest.param(b'{"text": "x"}\n{"text": \n', ":2: malformed JSON", id="malformed"),
        pytest.param(b'{"text": "x"}\n\n[1]\n', ":3: not a JSON object", id="a-list"),
        pytest.param(b'{"text": "x"}\n"\xff"\n', ":2: not UTF-8", id="not-utf-8"),
        pytest.param(b"\n \n", "holds no article", id="blank"),
    ],
)
def test_bad_line_is_named(tmp_path, data, fault):
    path = tmp_path / "a.jsonl"
    path.write_bytes(data)
    with pytest.raises(CorpusError) as caught:
        list(rows(path, Sample()))
    assert str(caught.value).startswith(str(path))
    assert fault in str(caught.value)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        pytest.param("a.jsonl.gz", b"no gzip", id="no-gzip"),
        pytest.param("a.jsonl.gz", gzip.compress(b'{"text": "x"}\n' * 99)[:-9], id="cut-short"),
    ],
)
def test_damaged_file_is_named(tmp_path, name, data):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(CorpusError, match="damaged or not gzip"):
        list(rows(tmp_path / name, Sample()))


def test_nothing_there_is_an_error(tmp_path):
    with pytest.raises(CorpusError, match="there is no file or folder"):
        list(rows(tmp_path / "none", Sample()))
    with pytest.raises(CorpusError, match="there is no file or folder"):
        digest_of(tmp_path / "none")


@pytest.mark.parametrize(
    "entry",
    [[0, 99, "Person", "x"], [3, 3, "Person", ""], [-1, 2, "Person", "x"], [0, 1], "x", [0.5, 1, "a", "b"]],
    ids=str,
)
def test_span_outside_the_text_is_refused(tmp_path, entry):
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"text": "Anna", "entities": [entry]}))
    (row,) = rows(path, Sample())
    with pytest.raises(CorpusError, match=r"a\.jsonl:1: an entry of entities is "):
        row.span("entities", entry)


def test_digest_is_of_every_byte_and_name(tmp_path):
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "a").write_text("1")
    first = digest_of(tmp_path / "c")
    (tmp_path / "c" / ".hidden").write_text("x")
    assert digest_of(tmp_path / "c") == first
    (tmp_path / "c" / "a").rename(tmp_path / "c" / "b")
    assert digest_of(tmp_path / "c") != first
    (tmp_path / "c" / "b").rename(tmp_path / "c" / "a")
    (tmp_path / "c" / "a").write_text("2")
    assert digest_of(tmp_path / "c") != first
