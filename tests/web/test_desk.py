"""What requests are answered from."""

import pytest

from search.domain import Article, Query
from search.engines.memory import MemoryEngine
from search.errors import IndexMissing
from search.generation import LiveIndex
from web.desk import Desk, FixedArchive, LiveArchive
from web.settings import Settings


def test_a_fixed_archive_gives_its_engine():
    engine = MemoryEngine([Article("a", "t", "b")])
    desk = Desk(FixedArchive(engine), Settings())
    assert desk.page(Query()).total == 1
    assert desk.facts().articles == 1
    assert desk.reading("a", Query()).article.id == "a"
    assert desk.reading("b", Query()) is None


def test_a_live_archive_looks_into_its_folder_only_when_asked(tmp_path):
    """A server can be made before the first rebuild; the question then says what is missing."""
    archive = LiveArchive(LiveIndex(tmp_path / "nothing"))
    with pytest.raises(IndexMissing):
        archive.engine()
