"""`dateline rebuild` as it is typed: what is printed, and how it exits."""

import errno
import json
import os

import pytest
from click.testing import CliRunner

from search.commands import main


def run(*arguments: object):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def folder(tmp_path):
    source = tmp_path / "with space"
    source.mkdir()
    (source / "a.txt").write_text("Title\n\nOil prices in Baku.")
    (source / "bad.jsonl").write_text("{nonsense\n")
    return source


def test_a_rebuild_reports_what_it_did_and_exits_with_0(folder, tmp_path):
    done = run("rebuild", folder, "--index", tmp_path / "index", "--workers", 1)
    assert done.exit_code == 0
    assert "1 article read of 2 found: 0 duplicates, 1 refused" in done.stderr
    assert "bad.jsonl:1" in done.stderr
    asked = run("search", "oil", "--index", tmp_path / "index")
    assert "1 article" in asked.stdout


def test_the_report_is_printed_as_json_on_request(folder, tmp_path):
    done = run("rebuild", folder, "--index", tmp_path / "index", "--workers", 1, "--json")
    report = json.loads(done.stdout)
    assert (report["found"], report["read"], report["refused"]) == (2, 1, 1)
    steps = [json.loads(line)["step"] for line in done.stderr.splitlines() if line.startswith("{")]
    assert steps == ["write", "verify", "done"]


def test_stats_tell_the_report_that_is_kept_with_the_index(folder, tmp_path):
    run("rebuild", folder, "--index", tmp_path / "index", "--workers", 1)
    facts = json.loads(run("stats", "--json", "--index", tmp_path / "index").stdout)
    assert facts["report"]["refused"] == 1
    assert facts["report"]["rate"] > 0
    assert facts["tags_per_article"].keys() == {"people", "countries"}
    assert (sum(facts["formats"].values()), sum(facts["refused_for"].values())) == (1, 1)
    assert facts["seconds_by_stage"].keys() == {"read", "write", "verify"}
    (reason,) = facts["refused_for"]
    assert reason in run("stats", "--index", tmp_path / "index").stdout


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        pytest.param(["rebuild"], 2, "Missing argument 'SOURCE...'", id="no-source"),
        pytest.param(
            ["rebuild", "/nowhere/at/all"], 2, "there is no file or folder '/nowhere/at/all'", id="gone"
        ),
        pytest.param(["rebuild", ""], 2, "the path is empty", id="an-unset-variable"),
        pytest.param(["update", ""], 2, "the path is empty", id="an-unset-variable-to-update"),
        pytest.param(["tag", ""], 2, "the path is empty", id="an-unset-variable-to-tag"),
        pytest.param(["tags", "check", ""], 2, "the path is empty", id="an-unset-variable-to-check"),
        pytest.param(["stats", "--index", ""], 2, "the path is empty", id="an-unset-variable-as-index"),
        pytest.param(["clean", "--cache-size", "nan"], 2, "nan is no number", id="not-a-number"),
        pytest.param(["clean", "--cache-size", "inf"], 2, "inf is not in the range", id="infinity"),
        pytest.param(["clean", "--wait", "inf"], 2, "inf is no number", id="an-endless-wait"),
        pytest.param(["clean", "--cache-size", "1e300"], 2, "1e+300 is not in the range", id="vast"),
        pytest.param(["rebuild", "a" * 300], 2, "there is no file or folder", id="a-name-too-long"),
        pytest.param(["rebuild", ".", "--engine", "solr"], 2, "'solr' is not", id="unknown-engine"),
        pytest.param(["rebuild", ".", "--workers", "0"], 2, "0 is not in the range", id="no-worker"),
        pytest.param(["rebuild", ".", "--language", "xx"], 2, "'xx' is not one of", id="unknown-language"),
    ],
)
def test_what_cannot_be_done_is_said(arguments, code, message):
    done = run(*arguments)
    assert done.exit_code == code
    assert message in done.stderr


def test_an_empty_folder_is_an_error_and_keeps_the_old_index(folder, tmp_path):
    run("rebuild", folder, "--index", tmp_path / "index", "--workers", 1)
    (tmp_path / "empty").mkdir()
    done = run("rebuild", tmp_path / "empty", "--index", tmp_path / "index", "--workers", 1)
    assert done.exit_code == 1
    assert "empty" in done.stderr
    assert run("search", "oil", "--index", tmp_path / "index").exit_code == 0


def test_an_index_that_cannot_be_written_is_named(folder, tmp_path):
    (tmp_path / "file").write_text("")
    done = run("rebuild", folder, "--index", tmp_path / "file" / "index", "--workers", 1)
    assert done.exit_code == 1
    assert "cannot be an index folder" in done.stderr


def refusing(monkeypatch, call, number):
    """Have a call of the system fail as a disk does that takes nothing."""

    def refused(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number), "disk")

    monkeypatch.setattr(os, call, refused)


@pytest.mark.parametrize("command", ["rebuild", "update", "rollback", "clean"])
@pytest.mark.parametrize(
    ("call", "number"),
    [
        pytest.param("ftruncate", errno.EDQUOT, id="quota"),
        pytest.param("pwrite", errno.ENOSPC, id="full"),
        pytest.param("open", errno.EROFS, id="read-only"),
        pytest.param("open", errno.EMFILE, id="no-handles"),
    ],
)
def test_what_the_system_refuses_is_said_in_a_line(folder, tmp_path, monkeypatch, command, call, number):
    """The lock is the first file that any writer opens and writes."""
    index = tmp_path / "index"
    made = ("rebuild", folder, "--index", index, "--workers", 1)
    run(*made)
    run(*made, "--force")
    sources = [folder] if command in ("rebuild", "update") else []
    (folder / "b.txt").write_text("Title\n\nOil again.")
    refusing(monkeypatch, call, number)
    done = run(command, *sources, "--index", index)
    monkeypatch.undo()
    assert done.exit_code == 1
    assert isinstance(done.exception, SystemExit)
    assert os.strerror(number) in done.stderr.splitlines()[-1]
    assert run("search", "oil", "--index", index).stdout.startswith("1 article\n")
    assert run(command, *sources, "--index", index).exit_code == 0
