"""Generations: numbered upwards, sealed, swapped, tidied."""

import os

import pytest

from indexer import generations
from indexer.generations import (
    NotConfirmed,
    current_or_none,
    discard,
    fresh,
    prepare,
    seal,
    serves,
    swap,
    sweep,
    tidy,
)
from search.errors import SettingError
from search.generation import current


@pytest.fixture
def folder(tmp_path):
    prepare(tmp_path / "index")
    return tmp_path / "index"


def test_numbers_rise_above_all_that_are_there(folder):
    assert fresh(folder).name == "gen-000001"
    (folder / "gen-000041").mkdir()
    assert fresh(folder).name == "gen-000042"


def test_a_swap_points_at_the_new_generation(folder):
    assert current_or_none(folder) is None
    for name in ("gen-000001", "gen-000002"):
        generation = fresh(folder)
        seal(generation, {"made": name}, report={})
        swap(folder, generation)
        assert current(folder).name == name
    assert not (folder / "CURRENT.new").exists()


def test_tidying_keeps_the_current_and_the_previous(folder):
    made = [fresh(folder) for _ in range(4)]
    swap(folder, made[3])
    tidy(folder, previous=made[1])
    assert sorted(path.name for path in folder.glob("gen-*")) == ["gen-000002", "gen-000004"]
    discard(made[1])
    assert not made[1].exists()


@pytest.mark.parametrize("name", ["notes.txt", "gen-1", "gen-999999999999", "whoosh", ".hidden", "CURRENTLY"])
def test_a_folder_with_other_files_is_no_index_folder(folder, name):
    (folder / name).write_text("mine")
    with pytest.raises(SettingError, match=name):
        prepare(folder)


def test_a_pointer_that_leads_nowhere_does_not_stop_a_rebuild(folder):
    (folder / "CURRENT").write_text("gen-000099\n")
    prepare(folder)
    assert current_or_none(folder) is None


def test_a_swap_that_fails_leaves_the_old_one_and_nothing_else(folder, monkeypatch):
    first, second = fresh(folder), fresh(folder)
    swap(folder, first)
    monkeypatch.setattr(os, "replace", _full)
    with pytest.raises(OSError, match="No space"):
        swap(folder, second)
    assert current(folder) == first
    assert not (folder / "CURRENT.new").exists()
    assert (serves(folder, first), serves(folder, second)) == (True, False)


def test_a_swap_that_the_disk_does_not_confirm_is_told_as_what_it_is(folder, monkeypatch):
    """The pointer is swapped already: to remove the new generation now would leave no index at all."""
    generation = fresh(folder)
    real = generations.sync
    monkeypatch.setattr(generations, "sync", lambda path: _full() if path == folder else real(path))
    with pytest.raises(NotConfirmed, match="serves, but the disk did not confirm it"):
        swap(folder, generation)
    assert current(folder) == generation


def _full(*_: object) -> None:
    raise OSError(28, "No space left on device")


def test_what_was_not_written_to_its_end_is_swept_away(folder):
    whole, half = fresh(folder), fresh(folder)
    seal(whole, {}, report={})
    sweep(folder)
    assert generations.generations(folder) == [whole]
    assert not half.exists()


@pytest.mark.parametrize(
    ("current", "kept"),
    [
        pytest.param(3, [2, 3], id="killed-before-it-had-tidied-up"),
        pytest.param(2, [1, 2], id="killed-before-its-swap"),
        pytest.param(1, [1, 3], id="rolled-back"),
        pytest.param(None, [1, 2, 3], id="which-serves-is-not-known"),
    ],
)
def test_the_current_and_the_one_before_are_left(folder, current, kept):
    made = [fresh(folder) for _ in "123"]
    for generation in made:
        seal(generation, {}, report={})
    if current:
        swap(folder, made[current - 1])
    sweep(folder)
    assert generations.generations(folder) == [made[number - 1] for number in kept]
