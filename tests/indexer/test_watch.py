"""Sources that are followed: real folders, real notices; what is asked for, never how soon."""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

import pytest

from indexer import watch
from indexer.watch import Follower, Pace

QUICK = Pace(settle=0.05, settle_most=0.5, look=0.05, poll=0.05, retry=0.05, retry_most=0.2)
DEADLINE_SECONDS = 60.0


class Asked:
    """An update that is counted, and fails as often as it is told to."""

    def __init__(self, failing: int = 0) -> None:
        self.count = 0
        self.failing = failing
        self.told: list[tuple[str, dict]] = []

    def update(self) -> bool:
        self.count += 1
        self.failing -= 1
        return self.failing < 0

    def tell(self, step: str, told: dict) -> None:
        self.told.append((step, told))


def wait_for(claim: Callable[[], bool]) -> None:
    """Wait until something holds; of a machine that is busy a minute is asked."""
    until = monotonic() + DEADLINE_SECONDS
    while not claim():
        assert monotonic() < until, "it did not come to hold"
        sleep(0.02)


@contextmanager
def following(asked: Asked, *sources: Path, **settings) -> Iterator[None]:
    """Follow in a thread until the block ends, once the first update is done."""
    end = threading.Event()
    index = settings.pop("index", Path("/nowhere"))
    follower = Follower(sources, index, asked.update, asked.tell, **{"pace": QUICK, **settings})
    thread = threading.Thread(target=follower.run, args=(end,))
    thread.start()
    try:
        wait_for(lambda: asked.count > 0)
        yield
    finally:
        end.set()
        thread.join(DEADLINE_SECONDS)
        assert not thread.is_alive()


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "in" / "sub").mkdir(parents=True)
    (tmp_path / "in" / "a.txt").write_text("a")
    return tmp_path / "in"


def quiet(asked: Asked) -> int:
    """Wait until updates have stopped for some looks; return how many there were."""
    before = -1
    while before != asked.count:
        before = asked.count
        sleep(10 * QUICK.look)
    return before


def written_later(path):
    """Change a file, and its time by seconds: polling sees no smaller step."""
    path.write_text("other and longer")
    later = path.stat().st_mtime + 5
    os.utime(path, (later, later))


@pytest.mark.parametrize("polling", [False, True], ids=["noticed", "polled"])
@pytest.mark.parametrize(
    "edit",
    [
        pytest.param(lambda one: (one / "b.txt").write_text("b"), id="added"),
        pytest.param(lambda one: written_later(one / "a.txt"), id="changed"),
        pytest.param(lambda one: (one / "a.txt").unlink(), id="removed"),
        pytest.param(lambda one: (one / "sub" / "b.txt").write_text("b"), id="added-below"),
        pytest.param(lambda one: (one / "new" / "deep").mkdir(parents=True), id="folder"),
    ],
)
def test_what_changes_is_updated(folder, edit, polling):
    asked = Asked()
    with following(asked, folder, polling=polling):
        before = quiet(asked)
        edit(folder)
        wait_for(lambda: asked.count > before)


def test_a_file_that_is_a_source_or_tells_how_to_tag_is_looked_at(folder, tmp_path):
    asked = Asked()
    source, tags = folder / "a.txt", tmp_path / "tags.toml"
    with following(asked, source, files=[tags]):
        before = quiet(asked)
        (folder / "beside.txt").write_text("no source")
        assert quiet(asked) == before
        (folder / "new").write_text("put in its place")
        (folder / "new").replace(source)
        wait_for(lambda: asked.count > before)
        before = quiet(asked)
        tags.write_text("[never]")
        wait_for(lambda: asked.count > before)


def test_what_the_index_writes_and_hidden_names_are_no_change(folder):
    asked = Asked()
    with following(asked, folder, index=folder / "index"):
        (folder / "index").mkdir()
        before = quiet(asked)
        (folder / "index" / "lock").write_text("x")
        (folder / ".swap").write_text("x")
        (folder / ".git").mkdir()
        (folder / ".git" / "b.txt").write_text("x")
        assert quiet(asked) == before


def test_many_changes_are_one_update(folder):
    """As long as something goes on changing, nothing is asked for."""
    asked = Asked()
    with following(asked, folder, pace=Pace(settle=1.0, settle_most=60.0, look=0.05)):
        sleep(2.5)
        before = asked.count
        for number in range(20):
            (folder / f"{number}.txt").write_text("x")
            sleep(0.01)
        wait_for(lambda: asked.count > before)
        sleep(2.5)
    assert asked.count - before <= 2


def test_failures_are_tried_again_ever_later(folder):
    asked = Asked(failing=5)
    with following(asked, folder):
        wait_for(lambda: asked.count >= 6)
    waits = [told["again_in_seconds"] for step, told in asked.told if step == "failed"]
    assert waits == [0.05, 0.1, 0.2, 0.2, 0.2]


def test_a_folder_that_was_put_in_the_place_of_another_is_followed(folder):
    asked = Asked()
    with following(asked, folder):
        before = quiet(asked)
        folder.rename(folder.with_name("old"))
        wait_for(lambda: asked.count > before)
        before = quiet(asked)
        folder.mkdir()
        wait_for(lambda: asked.count > before)
        before = quiet(asked)
        (folder / "b.txt").write_text("b")
        wait_for(lambda: asked.count > before)


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), RuntimeError("limit reached")])
def test_without_notices_folders_are_looked_through(folder, monkeypatch, error):
    def limited(*folders, force_polling, **settings):
        if not force_polling:
            raise error
        return real(*folders, force_polling=force_polling, **settings)

    real = watch.watch
    monkeypatch.setattr(watch, "watch", limited)
    asked = Asked()
    with following(asked, folder):
        before = quiet(asked)
        (folder / "b.txt").write_text("b")
        wait_for(lambda: asked.count > before)
    assert asked.told == [("polling", {"every_seconds": 0.05, "reason": str(error)})]


def test_it_is_looked_over_now_and_then_without_a_change(folder):
    asked = Asked()
    with following(asked, folder, pace=Pace(settle=0.05, look=0.05, again=0.2)):
        wait_for(lambda: asked.count >= 4)


def test_where_neither_is_possible_it_says_so(folder, monkeypatch):
    def broken(*folders, **settings):
        raise OSError(24, "Too many open files")

    monkeypatch.setattr(watch, "watch", broken)
    asked = Asked()
    with pytest.raises(OSError, match="Too many open files"):
        Follower([folder], folder, asked.update, asked.tell, pace=QUICK).run(threading.Event())
