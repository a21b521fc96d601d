"""An index folder in order: back a generation, what may go, what differs from the sources."""

import os
from contextlib import contextmanager

import pytest
from click.testing import CliRunner

from indexer import lock, signature, upkeep
from indexer.cache import FILE, size_of
from indexer.upkeep import Differing, clean, differing, rollback
from indexer.write import Rebuild
from search.commands import main
from search.errors import IndexCorrupt, IndexMissing, SettingError
from search.generation import current, open_index


@pytest.fixture
def archive(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    for name in "abc":
        (folder / f"{name}.txt").write_text(f"Title\n\nwords of {name}")
    build(folder)
    return folder


def build(folder):
    Rebuild([folder], folder.parent / "index", workers=1, force=True).run()


def articles(folder):
    engine, _ = open_index(folder.parent / "index")
    count = len(engine)
    engine.close()
    return count


def dateline(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_a_rollback_serves_what_was_before_and_a_second_one_undoes_it(archive):
    index = archive.parent / "index"
    (archive / "d.txt").write_text("Title\n\nmore")
    build(archive)
    for articles_now, name in ((3, "gen-000001"), (4, "gen-000002"), (3, "gen-000001")):
        assert rollback(index).generation.name == name
        assert articles(archive) == articles_now
    build(archive)
    assert sorted(path.name for path in index.glob("gen-*")) == ["gen-000001", "gen-000003"]
    assert rollback(index, to="gen-000001").articles == 3


@pytest.mark.parametrize("to", [None, "gen-000009", "../in", "gen-000001"])
def test_there_may_be_nothing_to_go_back_to(archive, to):
    with pytest.raises(SettingError, match="nothing to go back to"):
        rollback(archive.parent / "index", to=to)


def test_a_damaged_generation_is_not_rolled_back_to(archive):
    index = archive.parent / "index"
    first = current(index)
    build(archive)
    (first / "report.json").write_text("{}")
    with pytest.raises(IndexCorrupt, match=r"report\.json"):
        rollback(index)
    assert current(index).name == "gen-000002"


def test_what_a_killed_run_left_goes(archive):
    index = archive.parent / "index"
    (index / "gen-000002").mkdir()
    (index / "gen-000002" / "half").write_text("x" * 1000)
    (index / "CURRENT.new").write_text("gen-0")
    gone = clean(index, cache_bytes=1 << 30)
    assert (gone.generations, gone.entries) == (("gen-000002",), 0)
    assert gone.size_bytes >= 1000
    assert sorted(os.listdir(index)) == ["CURRENT", "cache", "gen-000001", "lock"]
    (index / "gen-000005").mkdir()
    build(archive)
    assert sorted(path.name for path in index.glob("gen-*")) == ["gen-000001", "gen-000002"]


def test_a_cache_is_cleaned_by_size(archive):
    index = archive.parent / "index"
    assert clean(index, cache_bytes=0).entries == 3
    assert (index / "cache" / FILE).exists()
    assert size_of(index / "cache") < 100_000
    with pytest.raises(IndexMissing):
        clean(archive, cache_bytes=0)


@pytest.mark.parametrize("settled_ns", [0, 2_000_000_000], ids=["settled", "racy"])
def test_files_that_are_not_as_the_index_has_them_are_named(archive, monkeypatch, settled_ns):
    monkeypatch.setattr(signature, "_SETTLED_NS", settled_ns)
    build(archive)
    generation = current(archive.parent / "index")
    assert list(differing(generation, [archive])) == []
    (archive / "a.txt").write_text("Title\n\nother words")
    (archive / "b.txt").rename(archive / "z.txt")
    (archive / "c.txt").touch()
    assert list(differing(generation, [archive])) == [
        Differing("changed", str(archive / "a.txt")),
        Differing("new", str(archive / "z.txt")),
        Differing("gone", str(archive / "b.txt")),
    ]


def test_commands_say_what_they_did(archive):
    index = archive.parent / "index"
    os.mkfifo(archive / "pipe.txt")
    build(archive)
    assert dateline("verify", "--sources", "--index", index).stdout.endswith("what it was built from\n")
    (archive / "pipe.txt").unlink()
    assert dateline("rollback", "--index", index).stdout == f"{index}/gen-000001 serves, with 3 articles\n"
    assert "0 generations and 0 cached" in dateline("clean", "--index", index).stdout
    for number in range(25):
        (archive / f"n{number:02}.txt").write_text("Title\n\nnew")
    told = dateline("verify", "--sources", "--index", index)
    assert told.exit_code == 1
    assert told.stdout.count("new: ") == 20
    assert "… and 5 more\n25 files not as the index has them" in told.stdout


@pytest.fixture
def waiting(archive, monkeypatch):
    """Have a rebuild, or several, swap in new indexes while somebody waits for the lock."""

    def during(times):
        @contextmanager
        def locked(folder, *, wait_seconds=0.0):
            for _ in range(times):
                build(archive)
            with lock.locked(folder, wait_seconds=wait_seconds):
                yield

        monkeypatch.setattr(upkeep, "locked", locked)

    return during


def test_who_waited_rolls_back_what_serves_then(archive, waiting):
    build(archive)
    waiting(1)
    assert rollback(archive.parent / "index", wait_seconds=9).generation.name == "gen-000002"
    assert current(archive.parent / "index").name == "gen-000002"


def test_who_waited_keeps_the_generation_before_the_one_that_serves_then(archive, waiting):
    build(archive)
    waiting(2)
    assert clean(archive.parent / "index", cache_bytes=1 << 30, wait_seconds=9).generations == ()
    left = sorted(path.name for path in (archive.parent / "index").glob("gen-*"))
    assert left == ["gen-000003", "gen-000004"]
