"""The whoosh engine's own: segments, locks, and folders that hold no index of ours."""

import pickle
import random
from errno import ENOSPC
from io import BufferedWriter, RawIOBase

import pytest
from random_archive import random_article, random_query

from search.domain import Article, Query
from search.engines.memory import MemoryEngine
from search.engines.whoosh.codec import ArrayWriter
from search.engines.whoosh.columns import Columns
from search.engines.whoosh.index import NAME, WhooshEngine, create
from search.errors import IndexCorrupt, IndexLocked, IndexMissing, IndexStale, SearchError
from search.run import answer


def same(one, other, query):
    ours, plain = answer(one, query), answer(other, query)
    return (ours.total, ours.hits, ours.facets) == (plain.total, plain.hits, plain.facets)


def test_a_writer_short_of_memory_closes_segments_and_nothing_changes(tmp_path, monkeypatch):
    rng = random.Random(5)
    whoosh, memory = create(tmp_path / "index"), MemoryEngine()
    monkeypatch.setattr(ArrayWriter.__init__, "__kwdefaults__", {"memory_bytes": 60_000})
    for _ in range(2):
        with whoosh.writer() as ours, memory.writer() as plain:
            for _ in range(60):
                article = random_article(rng, str(rng.randint(0, 80)))
                ours.add(article)
                plain.add(article)
        whoosh = whoosh.reopened()
    assert len(list(whoosh.folder.glob(f"{NAME}_*"))) == 3  # two segments, the lock, and nothing else
    assert all(same(whoosh, memory, random_query(rng)) for _ in range(150))


def test_a_merge_leaves_one_segment_without_the_deleted(tmp_path):
    engine = create(tmp_path / "index")
    for batch in ("ab", "cd", "be"):
        with engine.writer() as writer:
            for article_id in batch:
                writer.add(Article(article_id, article_id, f"word {batch}"))
        engine = engine.reopened()
    writer = engine.writer()
    writer.delete("a")
    writer.commit(merge=True)
    engine = engine.reopened()
    assert len(list(engine.folder.glob(f"{NAME}_*.arrays"))) == 1
    assert sorted(hit.article.id for hit in answer(engine, Query("word")).hits) == ["b", "c", "d", "e"]
    assert answer(engine, Query('"word be"')).total == 2


def test_a_reader_keeps_what_it_opened(tmp_path):
    engine = create(tmp_path / "index")
    with engine.writer() as writer:
        writer.add(Article("a", "", "word"))
    before = engine.reopened()
    with engine.writer() as writer:
        writer.delete("a")
        writer.add(Article("b", "", "word"))
    assert [hit.article.id for hit in answer(before, Query("word")).hits] == ["a"]
    assert before.article("a").body == "word"
    assert [hit.article.id for hit in answer(before.reopened(), Query("word")).hits] == ["b"]


def test_a_second_writer_is_refused_until_the_first_is_done(tmp_path):
    engine = create(tmp_path / "index")
    first = engine.writer()
    with pytest.raises(IndexLocked, match="another process is writing"):
        engine.writer()
    first.cancel()
    engine.writer().cancel()


def test_a_failed_add_cancels_the_batch_and_frees_the_lock(tmp_path):
    engine = create(tmp_path / "index")
    writer = engine.writer()
    writer.add(Article("a", "", "word"))
    with pytest.raises(TypeError):
        writer.add(Article("b", None, "word"))
    with engine.writer() as again:
        again.add(Article("c", "", "word"))
    assert len(engine.reopened()) == 1


def test_a_writer_that_had_an_error_says_so(tmp_path):
    """Whoosh's own error for it is of no class that callers know."""
    writer = create(tmp_path / "index").writer()
    with pytest.raises(TypeError):
        writer.add(Article("b", None, "word"))
    batch = writer.prepare([Article("a", "", "word")])
    for _ in range(2):
        with pytest.raises(SearchError, match="open another one"):
            writer.add_batch(batch)
    writer.add(Article("c", "", "word"))
    with pytest.raises(SearchError, match="open another one"):
        writer.commit()


class Full(RawIOBase):
    """A file on a disk that is full."""

    def writable(self):
        return True

    def write(self, _):
        raise OSError(ENOSPC, "No space left on device")


def test_a_full_disk_cancels_all_and_frees_the_lock(tmp_path, monkeypatch):
    """Few texts wait in memory until their file is closed, which then fails once more."""
    engine = create(tmp_path / "index")
    before = sorted(path.name for path in engine.folder.iterdir())
    monkeypatch.setattr(
        Columns, "_file", lambda self, name: self._open.setdefault(name, BufferedWriter(Full()))
    )
    writer = engine.writer()
    writer.add(Article("a", "", "word"))
    with pytest.raises(OSError, match="No space left"):
        writer.commit()
    monkeypatch.undo()
    assert sorted(path.name for path in engine.folder.glob("*.*")) == [one for one in before if "." in one]
    with engine.writer() as again:
        again.add(Article("b", "", "word"))
    assert answer(engine.reopened(), Query("word")).total == 1


class Emptied(list):
    """A list whose last item is always taken by another thread between a look and the taking."""

    def __bool__(self):
        return True


def test_the_last_table_may_go_to_another_thread(tmp_path):
    """Threads that rank at once each get a table of their own, and no error."""
    engine = create(tmp_path / "index")
    with engine.writer() as writer:
        writer.add(Article("a", "", "word"))
    snapshot = engine.reopened()._snapshot
    snapshot._tables = Emptied()
    with snapshot.table() as one, snapshot.table() as other:
        assert one is not other
    assert len(snapshot._tables) == 2


def test_create_never_empties_an_index_that_is_there(tmp_path):
    create(tmp_path / "index").close()
    with pytest.raises(IndexStale, match="holds an index already"):
        create(tmp_path / "index")


def test_a_folder_without_an_index_is_missing(tmp_path):
    with pytest.raises(IndexMissing, match="dateline rebuild"):
        WhooshEngine(tmp_path)


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00" * 64, b"not an index", pickle.dumps({"a": 1})],
    ids=["empty", "zeros", "text", "pickle"],
)
def test_a_broken_table_of_contents_is_corrupt(tmp_path, content):
    create(tmp_path / "index").close()
    (contents,) = (tmp_path / "index").glob("*.toc")
    contents.write_bytes(content)
    with pytest.raises(IndexCorrupt, match=contents.name):
        WhooshEngine(tmp_path / "index")
