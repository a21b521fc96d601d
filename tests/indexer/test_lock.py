"""One writer at a time, and the message that names it."""

import multiprocessing
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from indexer.lock import LOCK, locked
from search.errors import IndexLocked
from search.generation import open_index
from search.verify import verify


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


def test_a_writer_waits_for_as_long_as_it_is_told_and_says_for_whom(tmp_path, capsys):
    child = multiprocessing.get_context("fork").Process(target=_hold, args=(tmp_path, 0.5))
    child.start()
    while not (tmp_path / "held").exists():
        time.sleep(0.01)
    with pytest.raises(IndexLocked, match="--wait"), locked(tmp_path):
        pass
    with locked(tmp_path, wait_seconds=30):
        told = capsys.readouterr().err
    assert f"waiting for process {child.pid} on {socket.gethostname()} since 20" in told
    assert told.endswith(f"which writes {tmp_path}\n")
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


HELD = """
import sys, time
from pathlib import Path
from indexer import write
from search.commands import main
mark, real = Path(sys.argv.pop(1)), write.verify
def held(*given, **named):
    Path(f"{mark}.held").touch()
    while not Path(f"{mark}.go").exists(): time.sleep(0.02)
    real(*given, **named)
write.verify = held
main()
"""
ROOT = str(Path(__file__).parents[2])
PLAIN = "from search.commands import main; main()"


def begun(tmp_path, program, *options):
    """Start a command that rebuilds an index of one article, as another terminal would."""
    source = tmp_path / "in"
    source.mkdir(exist_ok=True)
    (source / "a.txt").write_text("Title\n\nOil in Baku.")
    fixed = ["rebuild", str(source), "--index", str(tmp_path / "index"), "--force", "--workers", "2"]
    arguments = [str(tmp_path / "mark"), *fixed] if program is HELD else fixed
    command = [sys.executable, "-c", program, *arguments, *options]
    return subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": ROOT}
    )


def wait_for(path):
    for _ in range(3_000):
        if path.exists():
            return
        time.sleep(0.02)
    raise AssertionError(f"there is no {path}")


def test_a_second_rebuild_is_told_who_is_at_it_and_a_waiting_one_follows(tmp_path):
    first = begun(tmp_path, HELD)
    wait_for(tmp_path / "mark.held")
    second = begun(tmp_path, PLAIN)
    _, told = second.communicate(timeout=120)
    assert second.returncode == 1
    assert f"is being written by process {first.pid} on {socket.gethostname()} since 20" in told
    third = begun(tmp_path, PLAIN, "--wait", "120")
    (tmp_path / "mark.go").touch()
    for run in (first, third):
        _, told = run.communicate(timeout=120)
        assert (run.returncode, told[-9:].strip()) == (0, "(whoosh)")
    assert verify(tmp_path / "index").generation.name == "gen-000002"


def test_the_next_rebuild_follows_one_that_was_killed_and_removes_what_it_left(tmp_path):
    first = begun(tmp_path, HELD)
    wait_for(tmp_path / "mark.held")
    first.kill()
    first.communicate(timeout=120)
    assert [path.name for path in (tmp_path / "index").glob("gen-*")] == ["gen-000001"]
    second = begun(tmp_path, PLAIN)
    _, told = second.communicate(timeout=120)
    assert second.returncode == 0, told
    assert (tmp_path / "index" / "lock").read_bytes() == b""
    assert len(open_index(tmp_path / "index")[0]) == 1


def test_of_rebuilds_at_once_one_at_least_is_done_and_the_others_say_why_not(tmp_path):
    ends = [
        (run.communicate(timeout=240)[1], run.returncode) for run in [begun(tmp_path, PLAIN) for _ in "123"]
    ]
    assert 0 in [status for _, status in ends]
    for told, status in ends:
        assert status == 0 or "is being written by" in told
    verify(tmp_path / "index")
    generations = [path.name for path in (tmp_path / "index").glob("gen-*")]
    assert len(generations) <= 2
