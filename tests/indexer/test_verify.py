"""A generation that does not hold what was read is not swapped in."""

import pytest

from indexer.report import Report
from indexer.verify import NotVerified, verify
from search.domain import Article
from search.engines.whoosh.index import create


@pytest.fixture
def folder(tmp_path):
    with create(tmp_path / "index").writer() as writer:
        writer.add(Article("a", "", "word"))
        writer.add(Article("b", "", "word"))
    return tmp_path / "index"


def test_what_was_read_is_there(folder):
    report = Report(found=3, read=2, refused=1)
    assert verify(folder, report, {"a": b"", "b": b""}, language="en") is None


@pytest.mark.parametrize(
    ("report", "ids", "message"),
    [
        pytest.param(Report(found=3, read=2), "ab", "do not add up", id="unbalanced"),
        pytest.param(Report(found=3, read=3), "abc", "but the new index holds 2", id="lost"),
        pytest.param(Report(found=2, read=2), "ax", "article 'x' was read", id="another"),
        pytest.param(Report(found=1, read=1), "a", "holds 2", id="too-many"),
    ],
)
def test_what_is_not_there_is_said(folder, report, ids, message):
    with pytest.raises(NotVerified, match=message):
        verify(folder, report, dict.fromkeys(ids, b""), language="en")
