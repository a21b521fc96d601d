"""Extractions that were done before: found by all that they depend on, and by nothing damaged."""

import random
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from indexer.cache import FILE, Cache, Reader, key_of, packed_entry, size_of, unpacked
from indexer.corrections import Change, Corrections, Named, Statement, choose_corrections
from indexer.extract import Extracted, extract
from indexer.source import Source

TODAY = date(2024, 6, 20)
SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
SOURCE = Source(
    "a.jsonl:1", "record", "Wheat fell.", id="a", title="Wheat", people=("Ann Lee",), notes=("n",)
)


def reader(folder: Path, *, extractor: bytes = b"x" * 16, today: date = TODAY) -> Reader:
    return Reader(folder, extractor, today)


def kept(folder: Path, *sources: Source, today: date = TODAY) -> list[bytes]:
    asked = reader(folder, today=today)
    keys = asked.keys(sources)
    with Cache(folder) as cache:
        cache.take(
            asked.entry(key, one, extract(one, today=today)) for key, one in zip(keys, sources, strict=True)
        )
        assert cache.fault is None
    return keys


def found(folder: Path, *sources: Source, **asked) -> list[Extracted | None]:
    one = reader(folder, **asked)
    return one.found(sources, one.keys(sources))


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_an_article_comes_back_as_it_was_extracted(tmp_path, path):
    source = Source(str(path), "text", path.read_text(encoding="utf-8"), path_id=path.stem)
    kept(tmp_path, source)
    assert found(tmp_path, source) == [extract(source, today=TODAY)]


@pytest.mark.parametrize(
    ("other", "same"),
    [
        pytest.param({"origin": "b.jsonl:7"}, True, id="read-elsewhere"),
        pytest.param({"content": "Wheat fell!"}, False, id="text"),
        pytest.param({"kind": "text"}, False, id="kind"),
        pytest.param({"id": "b"}, False, id="id"),
        pytest.param({"title": None}, False, id="title"),
        pytest.param({"date": "2024-01-01"}, False, id="date"),
        pytest.param({"crawled": "2024-01-01"}, False, id="crawled"),
        pytest.param({"people": None}, False, id="people"),
        pytest.param({"path_id": "x"}, False, id="path-id"),
        pytest.param({"notes": ()}, False, id="notes"),
        pytest.param({"content": "Wheat fell.\ud800"}, False, id="lone-surrogate"),
    ],
)
def test_a_key_is_all_that_an_extraction_depends_on(other, same):
    assert (key_of(SOURCE, b"x") == key_of(replace(SOURCE, **other), b"x")) is same
    assert len({key_of(SOURCE, b"x"), key_of(SOURCE, b"y"), key_of(SOURCE, b"x", "tags")}) == 3


def test_an_article_read_elsewhere_bears_its_new_origin(tmp_path):
    kept(tmp_path, SOURCE)
    (one,) = found(tmp_path, replace(SOURCE, origin="b.jsonl:7"))
    assert one.article.origin == "b.jsonl:7"
    both = found(tmp_path, SOURCE, replace(SOURCE, origin="b.jsonl:7"))
    assert [one.article.origin for one in both] == [SOURCE.origin, "b.jsonl:7"]
    assert found(tmp_path, SOURCE, extractor=b"y" * 16) == [None]


def test_what_was_corrected_is_kept_for_the_articles_it_can_touch(tmp_path):
    """A statement on words that an article does not have makes no other extraction of it."""
    said = Statement(3, "person", "Ann Lee")
    keys = []
    for words in ("", "Ann Lee", "Zork Blim"):
        named = (Named("person", words, words, said),) if words else ()
        choose_corrections(Corrections(named=named, statements=(said,) if words else ()))
        keys.append(reader(tmp_path).keys([SOURCE])[0])
    choose_corrections(Corrections())
    assert keys[0] == keys[2] != keys[1]
    changed = replace(extract(SOURCE, today=TODAY), changes=(Change(said, "gains", "Ann Lee"),))
    entry = packed_entry(b"k", SOURCE, changed, today=TODAY)
    assert unpacked(b"k", entry, SOURCE, today=TODAY) == changed


def test_a_day_still_to_come_is_asked_again_on_another_day(tmp_path):
    late = replace(SOURCE, date="2024-07-01", people=None)
    kept(tmp_path, late)
    assert found(tmp_path, late)[0].article.date is None
    assert found(tmp_path, late, today=date(2024, 7, 2)) == [None]
    kept(tmp_path, late, today=date(2024, 7, 2))
    assert found(tmp_path, late, today=date(2025, 1, 1))[0].article.date == date(2024, 7, 1)


def test_an_entry_with_any_byte_changed_is_not_there():
    rng = random.Random(7)
    entry = packed_entry(b"k", SOURCE, extract(SOURCE, today=TODAY), today=TODAY)
    assert unpacked(b"k", entry, SOURCE, today=TODAY) == extract(SOURCE, today=TODAY)
    assert unpacked(b"j", entry, SOURCE, today=TODAY) is None
    for _ in range(300):
        at = rng.randrange(len(entry))
        torn = entry[:at] + bytes([entry[at] ^ rng.randint(1, 255)]) + entry[at + 1 :]
        assert unpacked(b"k", torn, SOURCE, today=TODAY) is None
        assert unpacked(b"k", entry[:at], SOURCE, today=TODAY) is None


def test_a_damaged_file_gives_nothing_or_the_truth_and_is_made_anew(tmp_path):
    """Bytes of the file are changed at random: what is found is what was kept, and writing goes on."""
    rng = random.Random(11)
    sources = [replace(SOURCE, id=str(number), content=f"Wheat fell {number}.") for number in range(15)]
    truth = [extract(one, today=TODAY) for one in sources]
    held = 0
    for turn in range(10):
        folder = tmp_path / str(turn)
        kept(folder, *sources)
        data = bytearray((folder / FILE).read_bytes())
        for _ in range(30):
            data[rng.randrange(len(data))] ^= rng.randint(1, 255)
        (folder / FILE).write_bytes(data)
        told = found(folder, *sources)
        assert all(one in (None, own) for one, own in zip(told, truth, strict=True))
        held += sum(one is not None for one in told)
        with Cache(folder) as cache:
            cache.take([])
    assert 0 < held < 150  # some of the truth is still told, and some was damaged


def test_a_file_that_is_no_database_is_replaced(tmp_path):
    (tmp_path / FILE).write_bytes(b"nonsense" * 1000)
    kept(tmp_path, SOURCE)
    assert found(tmp_path, SOURCE) == [extract(SOURCE, today=TODAY)]


def test_a_missing_cache_knows_nothing(tmp_path):
    assert found(tmp_path / "none", SOURCE) == [None]


def test_the_oldest_go_when_it_grows_too_large(tmp_path):
    rng = random.Random(3)
    sources = [replace(SOURCE, id=str(n), title=rng.randbytes(400).hex()) for n in range(300)]
    for one in sources:
        kept(tmp_path, one)
    limit = size_of(tmp_path) // 2
    with Cache(tmp_path) as cache:
        gone = cache.shrink(limit)
    assert size_of(tmp_path) <= limit
    assert [one is None for one in found(tmp_path, *sources)] == [at < gone for at in range(300)]
    assert 100 < gone < 300


def test_a_cache_that_cannot_be_written_ends_nothing_but_itself(tmp_path):
    with Cache(tmp_path) as cache:
        with closing(sqlite3.connect(tmp_path / FILE)) as other:
            other.execute("DROP TABLE extracted")
            other.commit()
        asked = reader(tmp_path)
        cache.take([asked.entry(b"k", SOURCE, extract(SOURCE, today=TODAY))])
        assert "is not used any more" in cache.fault
        cache.take([])
        assert cache.shrink(0) == 0
