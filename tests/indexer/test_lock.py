"""One writer at a time, and the message that names it."""

import multiprocessing
import os
import signal
import time

import pytest

from indexer.lock import LOCK, locked
from search.errors import IndexLocked


def test_a_second_writer_is_told_who_holds_the_lock(tmp_path):
    with (
        locked(tmp_path),
        pytest.raises(IndexLocked, match=f"process {os.getpid()} on .* since 20"),
        locked(tmp_path),
    ):
        pass


def test_the_lock_is_free_afterwards_and_after_an_error(tmp_path):
    with pytest.raises(ValueError, match="stop"), locked(tmp_path):
        raise ValueError("stop")
    with locked(tmp_path):
        pass
    assert (tmp_path / LOCK).read_bytes() == b""


def _die_with_the_lock(folder):
    with locked(folder):
        os._exit(9)


def test_a_dead_holder_frees_it(tmp_path):
    child = multiprocessing.get_context("fork").Process(target=_die_with_the_lock, args=(tmp_path,))
    child.start()
    child.join()
    assert child.exitcode == 9
    with locked(tmp_path):
        pass


@pytest.mark.parametrize("content", [b"", b"nonsense", b"{}", b"[1]", b"\xff" * 2000])
def test_a_lock_without_a_readable_holder_still_binds(tmp_path, content):
    with locked(tmp_path):
        (tmp_path / LOCK).write_bytes(content)
        with pytest.raises(IndexLocked, match="another process"), locked(tmp_path):
            pass


def test_a_writer_waits_for_as_long_as_it_is_told(tmp_path):
    child = multiprocessing.get_context("fork").Process(target=_hold, args=(tmp_path, 0.5))
    child.start()
    while not (tmp_path / "held").exists():
        time.sleep(0.01)
    with pytest.raises(IndexLocked, match="--wait"), locked(tmp_path):
        pass
    with locked(tmp_path, wait_seconds=30):
        assert child.pid is not None
    child.join()


def _hold(folder, seconds):
    with locked(folder):
        (folder / "held").touch()
        time.sleep(seconds)


def test_what_a_killed_holder_forked_does_not_hold_the_lock(tmp_path):
    """The grandchild lives on; it would otherwise have the lock until it ends."""
    child = multiprocessing.get_context("fork").Process(target=_fork_and_die, args=(tmp_path,))
    child.start()
    child.join()
    try:
        with locked(tmp_path):
            pass
    finally:
        os.kill(int((tmp_path / "grandchild").read_text()), signal.SIGKILL)


def _fork_and_die(folder):
    with locked(folder):
        pid = os.fork()
        if pid == 0:
            time.sleep(60)
            os._exit(0)
        (folder / "grandchild").write_text(str(pid))
        os._exit(9)
