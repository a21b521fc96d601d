"""What requests are answered from."""

from itertools import count
from pathlib import Path
from types import SimpleNamespace

import pytest

from search.domain import Article, Query
from search.engines.memory import MemoryEngine
from search.errors import IndexMissing
from search.generation import LiveIndex, Opened
from web.application import application
from web.desk import Desk, Desks, FixedArchive, LiveArchive
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
        archive.held().engine()


def test_a_request_is_answered_from_one_generation(tmp_path):
    """Whatever is swapped in while it runs; the next one sees what is current then."""
    opened = (
        Opened(tmp_path / str(at), MemoryEngine([Article(str(at), "t", "b")]), SimpleNamespace(built=str(at)))
        for at in count()
    )
    desks = Desks(LiveArchive(SimpleNamespace(opened=lambda: next(opened))), Settings())
    first, second = desks.desk(), desks.desk()
    assert [first.facts().built, first.page(Query()).hits[0].article.id, first.facts().built] == ["0"] * 3
    assert [second.page(Query()).hits[0].article.id, second.facts().built] == ["1"] * 2
    assert first.reading("0", Query()) is not None
    assert first.total(Query()) == 1


def test_every_question_of_a_page_goes_to_one_engine():
    """A new generation with every look at the pointer: a page with chips asks many times, and sees one."""
    engines = []

    class Live:
        def opened(self):
            engines.append(MemoryEngine([Article("a", "Oil", "oil", language="en")]))
            return Opened(Path("none"), engines[-1], SimpleNamespace(built=""))

    client = application(LiveArchive(Live()), Settings()).test_client()
    for number, path in enumerate(
        ("/search?q=oil&language=en", "/search.json?q=oil&explain=1", "/article/a?q=oil", "/", "/about"),
        start=1,
    ):
        assert client.get(path).status_code == 200
        assert len(engines) == number, path
