"""Segments inside Whoosh's commits: what a writer leaves in the folder, and what it takes back."""

import random

import numpy as np
import pytest
from whoosh.index import FileIndex

from search.domain import Article
from search.engines.whoosh.analysis import analyse
from search.engines.whoosh.codec import ArrayWriter, SealedStorage, merge_segments
from search.engines.whoosh.index import NAME, WhooshEngine, create
from search.engines.whoosh.segment import Segment
from search.errors import IndexCorrupt, SearchError


def opened(folder) -> FileIndex:
    return FileIndex(SealedStorage(str(folder)), indexname=NAME)


def arrays_in(folder) -> list:
    return sorted(folder.glob("*.arrays"))


def ids_in(folder) -> list[str]:
    return sorted(article.id for article in WhooshEngine(folder).articles())


@pytest.mark.parametrize(
    ("memory_bytes", "merge", "files"),
    [
        pytest.param(1 << 28, False, 2, id="a-segment-a-commit"),
        pytest.param(1, False, 2, id="closed-early-is-one-segment-too"),
        pytest.param(1 << 28, True, 1, id="merged-into-one"),
        pytest.param(1, True, 1, id="closed-early-and-merged"),
    ],
)
def test_a_commit_adds_one_segment(tmp_path, memory_bytes, merge, files):
    create(tmp_path).close()
    for first in (0, 3):
        writer = ArrayWriter(opened(tmp_path), "en", memory_bytes=memory_bytes)
        for at in range(first, first + 3):
            writer.add_batch(analyse([Article(str(at), "", "oil prices")]))
        writer.commit(merge=merge and first == 3)
    assert ids_in(tmp_path) == [str(at) for at in range(6)]
    engine = WhooshEngine(tmp_path)
    assert len(engine.verify()) == files
    assert not list(tmp_path.glob("*.block*"))


def test_additions_and_deletions_agree_with_a_set(tmp_path):
    """Deleted while they wait, after their segment was closed, and in a later commit; added again."""
    rng = random.Random(6)
    create(tmp_path).close()
    held: dict[str, bool] = {}
    for commit in range(6):
        index = opened(tmp_path)
        writer = ArrayWriter(index, "en", memory_bytes=rng.choice((1, 1 << 28)))
        old = [(segment, set(segment.deleted_docs())) for segment in index._segments()]
        for segment, gone in old:
            for number, article_id in enumerate(Segment(tmp_path / segment.make_filename(".arrays")).ids()):
                if number not in gone and rng.random() < 0.2:
                    writer.delete_committed(segment, number)
                    held[article_id] = False
        for _ in range(8):
            ids = [f"{commit}/{rng.randint(1, 9)}" for _ in range(rng.randint(1, 3))]
            writer.add_batch(analyse([Article(one, "", "oil prices") for one in ids]))
            held |= dict.fromkeys(ids, True)
            article_id = f"{commit}/{rng.randint(1, 9)}"
            assert writer.delete_added(article_id) or not held.get(article_id)
            held[article_id] = False
        writer.commit(merge=rng.random() < 0.3)
        assert ids_in(tmp_path) == sorted(one for one, stays in held.items() if stays)


def test_segments_are_merged_without_those_that_are_deleted(tmp_path):
    for name, words in (("a", "oil prices"), ("b", "wheat")):
        with create(tmp_path / name).writer() as writer:
            for at in range(3):
                writer.add(Article(f"{name}{at}", "", words))
    paths = [path for name in ("a", "b") for path in arrays_in(tmp_path / name)]
    assert merge_segments(paths, [[0, 2], [1]], tmp_path / "c.arrays") == 3
    merged = Segment(tmp_path / "c.arrays")
    assert list(merged.ids()) == ["a1", "b0", "b2"]
    number = merged.terms["folded"].find("wheat")
    assert merged.articles(merged.run("folded", number)).tolist() == [1, 2]
    assert merge_segments(paths, [range(3), range(3)], tmp_path / "d.arrays") == 0


def test_a_cancelled_writer_leaves_no_file_and_no_lock(tmp_path):
    create(tmp_path).close()
    before = sorted(path.name for path in tmp_path.glob("*.*"))
    for _ in range(2):
        writer = ArrayWriter(opened(tmp_path), "en", memory_bytes=1)
        for at in range(3):
            writer.add_batch(analyse([Article(str(at), "", "oil")]))
        writer.cancel()
    assert sorted(path.name for path in tmp_path.glob("*.*")) == before


@pytest.mark.parametrize("call", ["add_batch", "delete_committed", "commit", "cancel"])
def test_a_writer_that_is_closed_says_so(tmp_path, call):
    create(tmp_path).close()
    writer = ArrayWriter(opened(tmp_path), "en")
    segment = writer.newsegment
    writer.add_batch(analyse([Article("a", "", "oil")]))
    writer.commit()
    arguments = {"add_batch": (analyse([]),), "delete_committed": (segment, 0)}
    assert not writer.delete_added("a")
    with pytest.raises(SearchError, match="open another one"):
        getattr(writer, call)(*arguments.get(call, ()))


def test_a_table_of_contents_that_was_altered_is_corrupt(tmp_path):
    create(tmp_path).close()
    (contents,) = tmp_path.glob("*.toc")
    sealed = np.frombuffer(contents.read_bytes(), dtype=np.uint8).copy()
    sealed[len(sealed) // 2] ^= 1
    contents.write_bytes(sealed.tobytes())
    with pytest.raises(IndexCorrupt, match=contents.name):
        SealedStorage(str(tmp_path)).open_file(contents.name)
