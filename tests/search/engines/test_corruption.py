"""Every file of an index, damaged in every way: each is found and named, and no answer is ever wrong.

Blocks are small here, so that damage lies in blocks that opening does not look at, too.
"""

import os
import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from made_index import MANIFEST_OF
from random_archive import random_article, random_query

from search.domain import Article, Query
from search.engines.whoosh import arrays
from search.engines.whoosh.index import create
from search.errors import IndexCorrupt, IndexStale
from search.generation import ENGINE_FOLDER, MANIFEST, POINTER, open_index, sealed_manifest
from search.record import dumps
from search.run import answer
from search.verify import verify

GENERATION = "gen-000001"
SMALL = 3_000
"""Bytes of a file of which each one is flipped in turn."""
SAMPLE = 80
"""Places of a larger file that are flipped, beside the edges of its sections."""
KINDS = ("pointer", "manifest", "report", "contents", "first", "second")


@dataclass(slots=True)
class Index:
    """An index folder, what it answers, and its files by kind."""

    folder: Path
    articles: list[str]
    queries: list[Query]
    files: dict[str, Path]
    right: list[object]

    def asked(self, shuffled: int) -> Iterator[tuple[int, object]]:
        """Yield answers of the index as it is now, opened anew, each with the number of what was asked."""
        engine, _ = open_index(self.folder)
        try:
            order = list(range(len(self.right)))
            random.Random(shuffled).shuffle(order)
            for at in order:
                yield at, self._one(engine, at)
        finally:
            engine.close()

    def _one(self, engine, at: int) -> object:
        if at < len(self.queries):
            page = answer(engine, self.queries[at])
            return page.total, page.hits, page.facets, page.notes
        return engine.article(self.articles[at - len(self.queries)])


def built(folder: Path, seed: int) -> Index:
    """Build an index of two segments with deleted articles."""
    rng = random.Random(seed)
    generation = folder / GENERATION
    generation.mkdir(mode=0o700, parents=True)
    folder.chmod(0o700)
    engine = create(generation / ENGINE_FOLDER)
    numbers = [[f"n{at}" for at in range(40)], [f"n{at}" for at in range(30, 70)]]
    for batch in numbers:  # the second replaces ten of the first
        with engine.writer() as writer:
            for number in batch:
                article = random_article(rng, number)
                noise = " ".join(f"w{rng.randrange(10**6)}" for _ in range(60))
                writer.add(
                    Article(number, article.title, f"{article.body} {noise}", countries=article.countries)
                )
            for number in batch[-4:]:
                writer.delete(number)
        engine = engine.reopened()
    size = len(engine)
    engine.close()
    (generation / "report.json").write_bytes(
        dumps({"found": size, "refusals": [[f"{seed}.txt", "no text"]] * 5})
    )
    facts = sealed_manifest(generation, MANIFEST_OF | {"articles": size})
    (generation / MANIFEST).write_bytes(facts)
    (folder / POINTER).write_text(GENERATION + "\n")
    first, second = sorted(
        (generation / ENGINE_FOLDER).glob("*.arrays"), key=lambda path: path.stat().st_mtime_ns
    )
    (contents,) = (generation / ENGINE_FOLDER).glob("*.toc")
    files = (folder / POINTER, generation / MANIFEST, generation / "report.json", contents, first, second)
    queries = [random_query(rng) for _ in range(12)]
    found = Index(folder, [f"n{at}" for at in range(70)], queries, dict(zip(KINDS, files, strict=True)), [])
    found.right = [None] * (len(queries) + 70)
    found.right = [one for _, one in sorted(found.asked(0), key=lambda pair: pair[0])]
    return found


@pytest.fixture(scope="module")
def index(tmp_path_factory) -> Iterator[Index]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(arrays, "BLOCK", 512)
        yield built(tmp_path_factory.mktemp("index"), 3)


def replaced(path: Path, content: bytes) -> None:
    """Put a new file in the place of another, which may be mapped."""
    new = path.with_name(path.name + ".new")
    new.write_bytes(content)
    os.replace(new, path)


def check(index: Index, path: Path, shuffled: int | None) -> int:
    """Make sure that a damaged file is named; return how many answers were given before, all right."""
    with pytest.raises((IndexCorrupt, IndexStale)) as caught:
        verify(index.folder)
    assert str(path) in str(caught.value)
    given = 0
    told = str(path)
    if shuffled is not None:
        try:
            for at, one in index.asked(shuffled):
                assert one == index.right[at]
                given += 1
        except (IndexCorrupt, IndexStale) as error:
            told = str(error)
    assert str(path) in told
    return given


def places(path: Path, size: int) -> list[int]:
    """Return the places to damage: all of a small file, a sample of a large one and its edges."""
    if size <= SMALL:
        return list(range(size))
    rng = random.Random(size)
    opened = arrays.Arrays(path)
    edges = {0, 8, 15, size - 1, size - 8, size - 56, size - 57, opened._covered, opened._covered - 1}
    for start, _, count, width in opened._sections.values():
        edges |= {start, start + count * width - 1}
    return sorted({*(at for at in edges if at < size), *rng.sample(range(size), SAMPLE)})


@pytest.mark.parametrize("kind", KINDS)
def test_any_flipped_byte_is_found(index, kind):
    path = index.files[kind]
    whole = path.read_bytes()
    rng = random.Random(1)
    partly = 0
    try:
        for at in places(path, len(whole)):
            flips = (1 << rng.randrange(8), rng.randrange(1, 256))
            for flip in flips if len(whole) <= SMALL else flips[:1]:
                content = bytearray(whole)
                content[at] ^= flip
                replaced(path, content)
                partly += check(index, path, at if len(whole) > SMALL or at % 40 == 0 else None) > 0
    finally:
        replaced(path, whole)
    assert partly > 20 or len(whole) <= SMALL  # damage that only some questions meet


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_cut_short_or_grown_is_found(index, kind):
    path = index.files[kind]
    whole = path.read_bytes()
    lengths = {0, 1, 15, 16, 71, 72, len(whole) // 2, len(whole) - 64, len(whole) - 56, len(whole) - 1}
    lengths |= set(random.Random(2).sample(range(len(whole)), min(60, len(whole))))
    try:
        for length in sorted(at for at in lengths if 0 <= at < len(whole)):
            replaced(path, whole[:length])
            check(index, path, length if kind != "report" else None)
        for more in (b"\0", b"\n", b"x" * 70_000, whole):
            replaced(path, whole + more)
            check(index, path, 0)
    finally:
        replaced(path, whole)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda path: None, id="missing"),
        pytest.param(lambda path: path.mkdir(), id="folder"),
        pytest.param(os.mkfifo, id="pipe"),
        pytest.param(lambda path: path.symlink_to(path), id="loop"),
        pytest.param(lambda path: path.symlink_to("/dev/zero"), id="device"),
        pytest.param(lambda path: path.write_bytes(bytes(5_000)), id="zeros"),
    ],
)
def test_what_stands_in_a_files_place_is_named(index, kind, make: Callable[[Path], object]):
    path = index.files[kind]
    aside = path.with_name("aside")
    path.rename(aside)
    try:
        make(path)
        if kind == "pointer" and not os.path.lexists(path):
            pytest.skip("an index folder without a pointer is one without an index")
        check(index, path, 0)
    finally:
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
        aside.rename(path)


@pytest.fixture(scope="module")
def other(tmp_path_factory, index) -> Index:
    """Another index of as many articles in as many files, which are whole."""
    return built(tmp_path_factory.mktemp("other"), 4)


@pytest.mark.parametrize("kind", KINDS[1:])
def test_a_whole_file_of_another_index_is_found(index, other, kind):
    path = index.files[kind]
    whole = path.read_bytes()
    try:
        replaced(path, other.files[kind].read_bytes())
        if kind == "manifest":  # which is right about itself: what it tells of is not there
            with pytest.raises(IndexCorrupt, match=GENERATION):
                verify(index.folder)
        else:
            check(index, path, 0)
    finally:
        replaced(path, whole)


def test_the_segments_of_an_index_may_not_change_places(index):
    first, second = index.files["first"], index.files["second"]
    one, two = first.read_bytes(), second.read_bytes()
    try:
        replaced(first, two)
        check(index, first, 0)
    finally:
        replaced(first, one)


def test_a_segment_of_the_same_size_is_told_apart(index):
    """Its blocks, checksums and table all fit each other; they are not what was committed."""
    path = index.files["first"]
    whole = path.read_bytes()
    try:
        with arrays.ArraysWriter(path.with_name("forged")) as writer:
            for name in (opened := arrays.Arrays(path))._sections:
                values = opened.view(name).copy()
                writer.put(name, values[::-1] if name == "newest" else values)
        assert path.with_name("forged").stat().st_size == len(whole)
        os.replace(path.with_name("forged"), path)
        check(index, path, 0)
    finally:
        replaced(path, whole)


def test_a_whole_index_is_told_by_its_counts(index):
    found = verify(index.folder)
    assert found.generation.name == GENERATION
    assert (found.files, found.articles) == (len(KINDS), sum(one is not None for one in index.right[12:]))
    assert found.size_bytes == sum(path.stat().st_size for path in index.files.values())
    assert [one for _, one in sorted(index.asked(9), key=lambda pair: pair[0])] == index.right


def test_a_damaged_index_leaves_no_lock_behind(index):
    """Neither a broken table of contents nor a broken segment keeps the next writer out."""
    engine, _ = open_index(index.folder)
    for kind in ("contents", "first"):
        path = index.files[kind]
        whole = path.read_bytes()
        replaced(path, whole[:-1])
        with pytest.raises(IndexCorrupt, match=path.name):
            engine.writer()
        replaced(path, whole)
        engine.writer().cancel()
