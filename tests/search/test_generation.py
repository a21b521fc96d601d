"""Which generation is current, and what is refused."""

import os
import threading
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from made_index import MANIFEST_OF, build

import search.generation
from search.domain import Article
from search.engines.whoosh.schema import FORMAT
from search.errors import IndexCorrupt, IndexMissing, IndexStale, IndexUnsafe
from search.generation import (
    ENGINE_FOLDER,
    MANIFEST,
    POINTER,
    LiveIndex,
    current,
    open_index,
    sealed_manifest,
)
from search.record import dumps


def article(article_id: str) -> Article:
    return Article(article_id, article_id, "word")


@pytest.fixture
def folder(tmp_path):
    build(tmp_path / "index", "gen-000001", article("a"))
    return tmp_path / "index"


def test_the_current_generation_is_opened(folder):
    engine, manifest = open_index(folder)
    assert len(engine) == 1
    assert manifest.built == "2024-06-20T00:00:00+00:00"


def test_a_swap_is_seen_after_a_second_and_old_engines_go_on(folder, monkeypatch):
    now = [0.0]
    monkeypatch.setattr("search.generation.time.monotonic", lambda: now[0])
    live = LiveIndex(folder)
    before = live.engine()
    build(folder, "gen-000002", article("b"), article("c"), articles=2)
    now[0] = 0.9
    assert live.engine() is before
    now[0] = 1.1
    soon(lambda: len(live.engine()) == 2)
    assert live.manifest.articles == 2
    assert before.article("a") is not None


def soon(holds):
    """Wait until something holds; it must within ten seconds."""
    for _ in range(1_000):
        if holds():
            return
        threading.Event().wait(0.01)
    raise AssertionError("it does not come true")


@pytest.fixture
def slow(monkeypatch):
    """Openings that wait until they are let go, and the clock."""
    found = SimpleNamespace(now=0.0, entered=threading.Event(), leave=threading.Event())
    real = search.generation.open_generation

    def slowly(generation):
        if generation.name != "gen-000001":
            found.entered.set()
            found.leave.wait(10)
        return real(generation)

    monkeypatch.setattr("search.generation.time.monotonic", lambda: found.now)
    monkeypatch.setattr("search.generation.open_generation", slowly)
    return found


def test_all_go_on_with_the_old_engine_while_the_new_one_is_opened(folder, slow):
    live = LiveIndex(folder)
    before = live.engine()
    build(folder, "gen-000002", article("b"), articles=1)
    for now in (1.0, 2.0, 3.0):  # a second look is due, and must not wait either
        slow.now = now
        assert live.engine() is before
        assert slow.entered.wait(10)
    slow.leave.set()
    soon(lambda: live.engine().article("b") is not None)


def test_who_asks_after_a_pause_waits_for_the_new_engine(folder, slow):
    live = LiveIndex(folder)
    before = live.engine()
    build(folder, "gen-000002", article("b"), articles=1)
    slow.now = 60.0
    with ThreadPoolExecutor(1) as pool:
        opening = pool.submit(live.engine)
        assert slow.entered.wait(10)
        assert live.engine() is before  # another one is not kept waiting by it
        slow.leave.set()
        assert opening.result().article("b") is not None


def test_a_new_generation_that_cannot_be_opened_is_told_to_who_asks_next(folder, monkeypatch):
    now = [0.0]
    monkeypatch.setattr("search.generation.time.monotonic", lambda: now[0])
    live = LiveIndex(folder)
    before = live.engine()
    build(folder, "gen-000002", article("b"), articles=1)
    (folder / "gen-000002" / MANIFEST).write_bytes(b"{}")
    now[0] = 1.0
    assert live.engine() is before

    def told():
        try:
            live.engine()
        except IndexCorrupt:
            return True
        return False

    soon(told)
    assert told()


def test_where_no_thread_is_to_be_had_the_next_look_tries_again(folder, monkeypatch):
    now, real = [0.0], threading.Thread.start
    monkeypatch.setattr("search.generation.time.monotonic", lambda: now[0])
    live = LiveIndex(folder)
    before = live.engine()
    build(folder, "gen-000002", article("b"), articles=1)

    def none_left(thread):
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", none_left)
    now[0] = 1.0
    assert live.engine() is before
    monkeypatch.setattr(threading.Thread, "start", real)
    now[0] = 2.0
    live.engine()
    soon(lambda: live.engine() is not before)
    assert live.engine().article("b") is not None


def test_an_index_that_is_gone_is_gone_for_every_request(folder, monkeypatch):
    now = [0.0]
    monkeypatch.setattr("search.generation.time.monotonic", lambda: now[0])
    live = LiveIndex(folder)
    live.engine()
    (folder / POINTER).unlink()
    now[0] = 2.0
    for _ in range(3):
        with pytest.raises(IndexMissing):
            live.engine()


@pytest.mark.parametrize(
    ("pointer", "error"),
    [
        pytest.param(None, IndexMissing, id="no-pointer"),
        pytest.param("gen-000009\n", IndexStale, id="gone"),
        pytest.param("../elsewhere\n", IndexCorrupt, id="outside"),
        pytest.param("gen-000001/whoosh\n", IndexCorrupt, id="below"),
        pytest.param("gen-000001", IndexCorrupt, id="cut-short"),
        pytest.param("gen-000001\n\n", IndexCorrupt, id="more"),
        pytest.param("\x00\xff", IndexCorrupt, id="binary"),
        pytest.param("", IndexCorrupt, id="empty"),
        pytest.param("gen-" + "9" * 5_000, IndexCorrupt, id="huge"),
        pytest.param("9" * 70_000, IndexCorrupt, id="larger-than-any-name"),
    ],
)
def test_a_pointer_that_leads_nowhere_is_refused(folder, pointer, error):
    (folder / POINTER).unlink()
    if pointer is not None:
        (folder / POINTER).write_text(pointer)
    with pytest.raises(error, match=r"rebuild SOURCE|CURRENT is damaged"):
        current(folder)


def test_a_missing_folder_is_missing(tmp_path):
    with pytest.raises(IndexMissing, match="nowhere"):
        open_index(tmp_path / "nowhere")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{}",
        b"[" * 5_000,
        b'{"format": "x"}',
        b'{"format": Infinity}',
        dumps(MANIFEST_OF),
        dumps(MANIFEST_OF | {"report": None}),
        dumps(MANIFEST_OF | {"files": 3}),
        dumps(MANIFEST_OF | {"report": {"long": "x" * 70_000}}),
    ],
)
def test_what_is_no_manifest_is_damage(folder, content):
    (folder / "gen-000001" / MANIFEST).write_bytes(content)
    with pytest.raises(IndexCorrupt, match=r"manifest\.json is damaged: .* rebuild the index"):
        open_index(folder)


@pytest.mark.parametrize(
    "changed", [{"format": FORMAT + 1}, {"format": 1}, {"engine": "other"}], ids=["newer", "older", "engine"]
)
def test_a_manifest_of_another_version_is_stale(folder, changed):
    generation = folder / "gen-000001"
    written = [sealed_manifest(generation, MANIFEST_OF | changed), dumps(MANIFEST_OF | changed)]
    for content in written:  # the first versions wrote no digest
        (generation / MANIFEST).write_bytes(content)
        with pytest.raises(IndexStale, match="rebuild the index"):
            open_index(folder)


def test_files_that_the_manifest_does_not_know_are_refused(folder):
    """Whoosh would open whichever table of contents has the highest number."""
    files = folder / "gen-000001" / ENGINE_FOLDER
    (contents,) = files.glob("*.toc")
    (files / contents.name.replace("_1.", "_9.")).write_bytes(contents.read_bytes())
    with pytest.raises(IndexCorrupt, match=r"_9\.toc is damaged"):
        open_index(folder)


def test_a_pipe_in_place_of_a_manifest_keeps_nobody_waiting(folder):
    (folder / "gen-000001" / MANIFEST).unlink()
    os.mkfifo(folder / "gen-000001" / MANIFEST)
    with pytest.raises(IndexCorrupt, match="is no file"):
        open_index(folder)


@pytest.mark.parametrize("place", [".", "gen-000001", f"gen-000001/{ENGINE_FOLDER}"])
@pytest.mark.parametrize("mode", [0o770, 0o702, 0o777])
def test_a_folder_that_others_may_write_to_is_refused(folder, place, mode):
    os.chmod(folder / place, mode)
    with pytest.raises(IndexUnsafe, match="chmod go-w"):
        open_index(folder)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder to another user")
def test_a_folder_of_another_user_is_refused(folder):
    os.chown(folder, 12345, 12345)
    with pytest.raises(IndexUnsafe, match="another user"):
        open_index(folder)
