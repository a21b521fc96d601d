"""Judgments as a plain file: what is appended is read back, what is no judgment is named with its line."""

import os
import random
import threading

import pytest

from search import judgments
from search.errors import CorpusError
from search.judgments import add_judgment, check_writable, grades_of, judgments_beside, read_judgments


@pytest.mark.parametrize(
    ("text", "read"),
    [
        pytest.param("", {}, id="empty"),
        pytest.param("# query\tid\tgrade\n\n  \n", {}, id="comments-and-blanks"),
        pytest.param("q\ta\t3\nq\tb\t0\n", {"q": {"a": 3, "b": 0}}, id="two-articles"),
        pytest.param("q\ta\t3\nq\ta\t1\n", {"q": {"a": 1}}, id="graded-again"),
        pytest.param("q\ta\t3\r\n", {"q": {"a": 3}}, id="windows-line-ends"),
        pytest.param("q\ta\t3", {"q": {"a": 3}}, id="last-line-without-an-end"),
        pytest.param("\ufeffq\ta\t 2 \n", {"q": {"a": 2}}, id="byte-order-mark"),
        pytest.param("two   words\ta\t2\n", {"two words": {"a": 2}}, id="blanks-of-a-query"),
        pytest.param("\\#tag\ta\\tb\\\\\t2\n", {"#tag": {"a\tb\\": 2}}, id="escapes"),
    ],
)
def test_file_is_read(tmp_path, text, read):
    path = tmp_path / "judgments.tsv"
    path.write_bytes(text.encode())
    assert {one.query: dict(one.grades) for one in read_judgments(path)} == read


@pytest.mark.parametrize(
    ("text", "line", "fault"),
    [
        pytest.param("q\ta\t1\nq a 3\n", 2, "1 fields between tabs", id="blanks-for-tabs"),
        pytest.param("q\ta\t1\t\n", 1, "4 fields", id="too-many"),
        pytest.param("# c\n\nq\ta\t4\n", 3, "the grade is '4'", id="grade-too-high"),
        pytest.param("q\ta\t-1\n", 1, "the grade is '-1'", id="negative"),
        pytest.param("q\ta\t1.5\n", 1, "the grade is '1.5'", id="half"),
        pytest.param("q\ta\t٣\n", 1, "the grade is", id="arabic-digit"),
        pytest.param(" \ta\t1\n", 1, "the query is empty", id="no-query"),
        pytest.param("q\t\t1\n", 1, "the id is empty", id="no-id"),
        pytest.param("q\ta\\x\t1\n", 1, "stands for nothing", id="unknown-escape"),
        pytest.param("q\ta\\\t1\n", 1, "stands for nothing", id="lone-backslash"),
    ],
)
def test_bad_line_is_named(tmp_path, text, line, fault):
    path = tmp_path / "judgments.tsv"
    path.write_text(text)
    with pytest.raises(CorpusError) as caught:
        read_judgments(path)
    assert str(caught.value).startswith(f"{path}:{line}: ")
    assert fault in str(caught.value)


def test_bytes_that_are_no_text_are_named(tmp_path):
    path = tmp_path / "judgments.tsv"
    path.write_bytes(b"q\ta\t1\nq\t\xff\t1\n")
    with pytest.raises(CorpusError, match=r":2: not UTF-8"):
        read_judgments(path)


def test_what_is_added_is_read_back(tmp_path):
    """Any query and id, whatever they hold; the last grade of a pair stays."""
    rng = random.Random(6)
    path = tmp_path / "judgments.tsv"
    expected = {}
    for _ in range(300):
        query = "".join(rng.choices('#\\tnr a\t\n"ü\u2028\ud800', k=rng.randint(1, 6)))
        article_id = "".join(rng.choices("#\\tnr a\t\n\r/ü\x85", k=rng.randint(1, 4)))
        if not query.split():
            continue
        grade = rng.randint(0, 3)
        add_judgment(path, query, article_id, grade)
        expected.setdefault(" ".join(query.split()), {})[article_id] = grade
    assert {one.query: dict(one.grades) for one in read_judgments(path)} == expected
    assert grades_of(path, next(iter(expected))) == next(iter(expected.values()))


def test_a_line_without_an_end_is_ended_first(tmp_path):
    path = tmp_path / "judgments.tsv"
    path.write_text("# mine\nq\ta\t3")
    add_judgment(path, "q", "b", 1)
    assert path.read_text() == "# mine\nq\ta\t3\nq\tb\t1\n"


def test_writers_do_not_mix_lines(tmp_path):
    path = tmp_path / "judgments.tsv"
    threads = [
        threading.Thread(
            target=lambda n=n: [add_judgment(path, f"query {n}", f"a{i}", i % 4) for i in range(25)]
        )
        for n in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(len(one.grades) for one in read_judgments(path)) == [25] * 4
    assert path.read_text().count("# query") == 1


@pytest.mark.parametrize(
    ("query", "article_id", "grade"),
    [
        pytest.param("q", "a", 4, id="grade"),
        pytest.param("  ", "a", 1, id="query"),
        pytest.param("q", "", 1, id="id"),
    ],
)
def test_what_could_not_be_read_back_is_refused(tmp_path, query, article_id, grade):
    with pytest.raises(CorpusError):
        add_judgment(tmp_path / "judgments.tsv", query, article_id, grade)
    assert not (tmp_path / "judgments.tsv").exists()


def test_a_pipe_is_refused(tmp_path):
    """Neither reading nor writing waits for whoever is at the other end."""
    path = tmp_path / "judgments.tsv"
    os.mkfifo(path)
    with pytest.raises(CorpusError, match="no regular file"):
        add_judgment(path, "q", "a", 1)
    with pytest.raises(CorpusError, match="no regular file"):
        read_judgments(path)


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        pytest.param("judgments.tsv", None, id="new"),
        pytest.param("there.tsv", None, id="there"),
        pytest.param("none/judgments.tsv", "there is no folder .*none", id="no-folder"),
        pytest.param("there.tsv/judgments.tsv", "there is no folder .*there.tsv", id="a-file-as-folder"),
    ],
)
def test_where_none_could_be_kept_is_told_beforehand(tmp_path, name, fault):
    (tmp_path / "there.tsv").write_text("q\ta\t1\n")
    before = sorted(tmp_path.rglob("*"))
    if fault is None:
        check_writable(tmp_path / name)
    else:
        with pytest.raises(CorpusError, match=fault):
            check_writable(tmp_path / name)
    assert sorted(tmp_path.rglob("*")) == before


def test_they_lie_beside_the_index(tmp_path):
    assert judgments_beside(tmp_path / ".dateline") == tmp_path / "judgments.tsv"
    assert read_judgments(judgments_beside(tmp_path / ".dateline")) == ()


def test_a_file_that_could_not_be_read_again_does_not_grow(tmp_path, monkeypatch):
    path = tmp_path / "judgments.tsv"
    add_judgment(path, "oil", "a", 3)
    monkeypatch.setattr(judgments, "MOST_BYTES", path.stat().st_size + 8)
    add_judgment(path, "oil", "b", 3)
    with pytest.raises(CorpusError, match="has grown to"):
        add_judgment(path, "oil", "c", 3)
    assert grades_of(path, "oil") == {"a": 3, "b": 3}
