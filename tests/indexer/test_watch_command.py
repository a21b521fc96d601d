"""`dateline watch` as a process: it updates, tells a line of JSON a step, and ends cleanly."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from queue import Queue
from threading import Thread

import pytest

from indexer.write import Rebuild
from search.domain import Query
from search.generation import open_index
from search.run import answer

ROOT = Path(__file__).parents[2]
PROGRAM = "from search.commands import main; main()"
DEADLINE_SECONDS = 120


class Watching:
    """The command, and the steps that it tells."""

    def __init__(self, *arguments: str, folder: Path) -> None:
        self.run = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, "watch", *arguments],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stderr=subprocess.PIPE,
            text=True,
        )
        self.lines: Queue[str] = Queue()
        self._reader = Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        for line in self.run.stderr:
            self.lines.put(line)

    def until(self, step: str) -> dict:
        """Return the next step of this name; what else is told before is read over."""
        while True:
            line = self.lines.get(timeout=DEADLINE_SECONDS)
            if line.startswith("{") and (told := json.loads(line))["step"] == step:
                return told

    def end(self, how: signal.Signals) -> int:
        self.run.send_signal(how)
        status = self.run.wait(DEADLINE_SECONDS)
        self._reader.join()
        self.run.stderr.close()
        return status


@pytest.fixture
def archive(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("Title\n\noil")
    Rebuild([tmp_path / "in"], tmp_path / "index", workers=1).run()
    return tmp_path / "in"


def count(index: Path, text: str) -> int:
    return answer(open_index(index)[0], Query(text)).total


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "ctrl-C"])
def test_it_follows_a_folder_and_ends_when_told_to(archive, how):
    watching = Watching(str(archive), "--index", "index", "--settle", "0.1", folder=archive.parent)
    try:
        assert watching.until("watching")["sources"] == [str(archive)]
        assert watching.until("kept")["read"] == 1
        (archive / "b.txt").write_text("Title\n\nwheat")
        assert watching.until("updated")["written"] == 1
        assert count(archive.parent / "index", "wheat") == 1
        (archive / "tags.toml").write_text("broken")
        watching.until("failed")
        (archive / "tags.toml").unlink()
        watching.until("kept")
    finally:
        status = watching.end(how)
    assert status == 0
    assert watching.until("ended")


def test_without_an_index_it_says_what_to_do(archive):
    watching = Watching(str(archive), "--index", "none", folder=archive.parent)
    assert watching.run.wait(DEADLINE_SECONDS) == 1
    assert "dateline rebuild" in watching.lines.get(timeout=DEADLINE_SECONDS)
    watching.end(signal.SIGTERM)
