"""`dateline serve`."""

import os
import re
import subprocess
import sys
import urllib.request

import pytest
from click.testing import CliRunner

from search.commands import main
from search.engines.memory import MemoryEngine
from search.errors import SettingError
from web import commands
from web.serve import bind

PROGRAM = """
from pathlib import Path
from types import SimpleNamespace
from search.domain import Article
from search.engines.memory import MemoryEngine
from search.generation import Opened
from web import commands

class Live:
    def __init__(self, index): pass
    def engine(self): return MemoryEngine([Article("a", "Wheat", "Wheat rose.")])
    def opened(self): return Opened(Path("none"), self.engine(), SimpleNamespace(built="2024-06-20"))

commands.LiveIndex = Live
commands.serve(["--port", "0", "--workers", "2"])
"""


def test_an_index_that_is_missing_is_told_before_anything_is_served(tmp_path):
    done = CliRunner().invoke(commands.serve, ["--index", str(tmp_path / "nothing"), "--port", "0"])
    assert done.exit_code == 1
    assert "nothing" in done.output
    assert "Dateline is at" not in done.output


def test_a_place_where_no_grade_could_be_kept_is_told_before_anything_is_served(tmp_path):
    nowhere = tmp_path / "none" / "judgments.tsv"
    done = CliRunner().invoke(commands.serve, ["--judgments", str(nowhere), "--port", "0"])
    assert done.exit_code == 1
    assert f"there is no folder {tmp_path / 'none'}" in done.output


def test_a_taken_port_is_told_in_words(monkeypatch):
    class Live:
        def __init__(self, index):
            pass

        def engine(self):
            return MemoryEngine([])

    monkeypatch.setattr(commands, "LiveIndex", Live)
    with bind("127.0.0.1", 0) as bound:
        done = CliRunner().invoke(commands.serve, ["--port", str(bound.getsockname()[1])])
    assert done.exit_code == 1
    assert "taken by another program" in done.output


@pytest.mark.parametrize(
    ("host", "names", "hosts", "any_address"),
    [
        pytest.param("127.0.0.1", (), (), False, id="loopback"),
        pytest.param("10.0.0.5", (), ("10.0.0.5",), False, id="its-own-address"),
        pytest.param("0.0.0.0", (), (), True, id="every-address"),
        pytest.param("0.0.0.0", ("news.example,desk",), ("news.example", "desk"), True, id="names"),
    ],
)
def test_hosts_that_are_trusted(host, names, hosts, any_address):
    settings = commands.settings_for(host, names)
    assert settings.hosts == ("localhost", "127.0.0.1", "::1", *hosts)
    assert settings.any_address is any_address


@pytest.mark.parametrize("name", ["DATELINE_TRUSTED_HOSTS", "DATELINE_SERVE_TRUSTED_HOST"])
def test_names_are_trusted_from_the_environment(name, monkeypatch):
    heard = []

    def settings_for(host, names):
        heard.append(names)
        raise SettingError("enough")

    monkeypatch.setattr(commands, "settings_for", settings_for)
    CliRunner().invoke(main, ["serve"], env={name: "news.example desk"})
    assert heard == [("news.example", "desk")]


def test_serving_prints_the_address_answers_there_and_stops_when_told():
    served = subprocess.Popen(
        [sys.executable, "-c", PROGRAM],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": os.getcwd()},
    )
    try:
        line = served.stdout.readline()
        address = re.fullmatch(r"Dateline is at (http://127\.0\.0\.1:\d+/)\n", line)[1]
        with urllib.request.urlopen(f"{address}search.json?q=wheat", timeout=30) as answer:
            assert b'"total":1' in answer.read()
        with urllib.request.urlopen(f"{address}healthz", timeout=30) as answer:
            assert b"2024-06-20" in answer.read()
    finally:
        served.terminate()
        stopped = stop(served)
    assert stopped == 0


def stop(served):
    """Return the exit status of a server that was told to stop; one that does not is killed."""
    try:
        return served.wait(60)
    except subprocess.TimeoutExpired:
        served.kill()
        return served.wait()
    finally:
        served.stdout.close()
