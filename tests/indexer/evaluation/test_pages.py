"""Pages with gold: from a folder, an archive or rows, and refused by name."""

import gzip
import io
import json
import tarfile

import pytest

from indexer.evaluation.pages import pages
from indexer.evaluation.sample import Sample, sample_of
from search.errors import CorpusError

HTML = b"<title>Tram</title><p>The tram runs again.</p>"
GOLD = {
    "a": {"url": "https://x.example/a", "date": "2024-01-02"},
    "b.html": {"date": "2024-01-03", "articleBody": "x"},
    "c": {"articleBody": "y"},
}
FILES = {"gold.json": json.dumps(GOLD).encode(), "a.html": HTML, "b.html": gzip.compress(HTML), "c": HTML}


def folder(tmp_path, files):
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    return tmp_path


def archive(tmp_path, files):
    path = tmp_path / "pages.tar.xz"
    with tarfile.open(path, "w:xz") as packed:
        for name, data in files.items():
            entry = tarfile.TarInfo(f"pages/{name}")
            entry.size = len(data)
            packed.addfile(entry, io.BytesIO(data))
    return path


@pytest.mark.parametrize("laid", [folder, archive])
def test_pages_with_the_gold_asked_for(tmp_path, laid):
    path = laid(tmp_path, FILES)
    found = list(pages(path, Sample(), key="date"))
    assert [(page.id, page.gold, page.source.url) for page in found] == [
        ("a", "2024-01-02", "https://x.example/a"),
        ("b.html", "2024-01-03", None),
    ]
    assert {page.source.content for page in found} == {HTML.decode()}
    assert [page.id for page in pages(path, Sample(), key="articleBody")] == ["b.html", "c"]
    assert [page.id for page in pages(path, sample_of("lines 1/2"), key="date")] == ["b.html"]


def test_rows_hide_their_date(tmp_path):
    path = tmp_path / "rows.jsonl"
    row = {"id": "a", "html": HTML.decode(), "date": "2024-01-02", "gold_date": "2024-01-02"}
    path.write_text(json.dumps(row) + '\n{"text": "x"}\n')
    (page,) = pages(path, Sample(), key="date")
    assert (page.source.date, page.source.kind, page.gold) == (None, "html", "2024-01-02")


@pytest.mark.parametrize(
    ("files", "fault"),
    [
        pytest.param({"gold.json": b"{"}, "gold.json is missing or malformed", id="malformed"),
        pytest.param({"gold.json": b"[]"}, "no object", id="list"),
        pytest.param({"gold.json": b'{"a": 1}'}, "'a'", id="entry"),
        pytest.param({"gold.json": b'{"a": {"date": 1}}', "a": HTML}, "'a': date is no text", id="date"),
        pytest.param({"gold.json": b'{"a": {"date": "x"}}'}, "'a': there is no page", id="no-page"),
        pytest.param({"gold.json": b'{"a": {}}', "a": HTML}, "no page has date", id="nothing"),
        pytest.param({"gold.json": b'{"a": {"date": "x"}}', "a": b"\x1f\x8bx"}, "damaged", id="gzip"),
    ],
)
@pytest.mark.parametrize("laid", [folder, archive])
def test_bad_gold_is_named(tmp_path, laid, files, fault):
    path = laid(tmp_path, files)
    with pytest.raises(CorpusError) as caught:
        list(pages(path, Sample(), key="date"))
    assert str(path) in str(caught.value)
    assert fault in str(caught.value)


def test_an_archive_that_is_none_is_refused(tmp_path):
    path = tmp_path / "pages.tar.xz"
    path.write_bytes(b"no archive")
    with pytest.raises(CorpusError, match=r"pages\.tar\.xz"):
        list(pages(path, Sample(), key="date"))
