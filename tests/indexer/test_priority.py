"""A rebuild and an update let other programs go first."""

import os

import pytest
from click.testing import CliRunner

from search.commands import main


@pytest.mark.parametrize("command", ["rebuild", "update"])
@pytest.mark.parametrize(
    ("options", "before", "after"),
    [
        pytest.param([], 0, 10, id="unless-told"),
        pytest.param(["--nice", "0"], 0, 0, id="not-at-all"),
        pytest.param(["--nice", "19"], 0, 19, id="as-far-as-can-be"),
        pytest.param([], 15, 15, id="never-raised"),
    ],
)
def test_a_run_stands_back(tmp_path, monkeypatch, command, options, before, after):
    monkeypatch.delenv(f"DATELINE_{command.upper()}_NICE")
    found = []
    monkeypatch.setattr(os, "getpriority", lambda *_: before)
    monkeypatch.setattr(os, "setpriority", lambda *given: found.append(given))
    CliRunner().invoke(main, [command, str(tmp_path), "--index", str(tmp_path / "index"), *options])
    assert found == [(os.PRIO_PROCESS, 0, after)]


def test_a_priority_out_of_range_is_refused(tmp_path):
    done = CliRunner().invoke(main, ["rebuild", str(tmp_path), "--nice", "20"])
    assert done.exit_code == 2
    assert "0<=x<=19" in done.stderr
