"""A run that the system refuses something leaves the old index, names the cause, and can be run again.

bench/faults.py fails every single call; here a few of each kind fail, those that Python makes.
"""

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.update import Update
from indexer.write import Rebuild
from search.domain import Query
from search.errors import SearchError
from search.generation import current, open_index
from search.run import answer
from search.verify import verify


def rebuild(archive: Path, index: Path) -> None:
    Rebuild([archive], index, workers=1, force=True).run()


def update(archive: Path, index: Path) -> None:
    Update([archive], index, workers=1).run()


@pytest.fixture
def archive(tmp_path):
    """An archive of two articles, of which the index has one."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text("Title\n\nOil in Baku.")
    rebuild(folder, tmp_path / "index")
    (folder / "b.txt").write_text("Title\n\nOil in Belgrade.")
    return folder


class Failing:
    """A call of the system, of which one fails."""

    def __init__(self, real: Callable[..., object], at: int, number: int) -> None:
        self.real, self.at, self.number, self.calls = real, at, number, 0

    def __call__(self, *arguments: object, **named: object) -> object:
        self.calls += 1
        if self.calls == self.at:
            raise OSError(self.number, os.strerror(self.number))
        return self.real(*arguments, **named)


def served(index: Path) -> int:
    """Return how many articles the index gives, every byte of which is whole."""
    verify(index)
    engine, _ = open_index(index)
    total = answer(engine, Query("oil")).total
    engine.close()
    return total


def message(run: Callable[[Path, Path], None], archive: Path, index: Path) -> str | None:
    """Return what a run says that stops, None for one that gets along."""
    try:
        run(archive, index)
    except (OSError, SearchError) as error:
        return str(error)
    return None


@pytest.mark.parametrize("at", [1, 2])
@pytest.mark.parametrize("call", ["fsync", "replace", "pwrite", "ftruncate", "link", "mkdir"])
@pytest.mark.parametrize("run", [rebuild, update])
def test_a_refusal_leaves_the_old_index_or_the_new_one(archive, monkeypatch, run, call, at):
    index = archive.parent / "index"
    failing = Failing(getattr(os, call), at, errno.ENOSPC if at == 1 else errno.EMFILE)
    monkeypatch.setattr(os, call, failing)
    told = message(run, archive, index)
    monkeypatch.undo()
    assert told is None or os.strerror(failing.number) in told
    assert served(index) in (1, 2)
    assert set(os.listdir(index)) <= {"CURRENT", "lock", "cache", "gen-000001", current(index).name}
    run(archive, index)
    assert served(index) == 2
