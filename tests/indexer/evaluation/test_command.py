"""`dateline evaluate` as a shell runs it: figures, floors, exit statuses and what is refused."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from indexer.evaluation.floors import read_floors
from search.commands import main

QUALITY = Path(__file__).parents[2] / "quality"
ROWS = QUALITY / "articles.jsonl"


def evaluate(*arguments):
    return CliRunner().invoke(main, ["evaluate", *map(str, arguments)])


def changed(path, figure, value):
    """Set a figure of the first floor of a file."""
    told = json.loads(path.read_text())
    told["floors"][0]["least"][figure] = value
    path.write_text(json.dumps(told))


@pytest.mark.parametrize(
    ("suite", "corpus"),
    [
        ("people", ROWS),
        ("countries", ROWS),
        ("toponyms", ROWS),
        ("dates", QUALITY / "pages"),
        ("main-text", QUALITY / "pages"),
        ("ranking", QUALITY / "collection"),
    ],
)
def test_every_suite_prints_its_figures(suite, corpus):
    told = evaluate(suite, corpus)
    assert told.exit_code == 0, told.output
    assert told.stdout.startswith(f"{suite} {corpus.name}: ")
    found = json.loads(evaluate(suite, corpus, "--json").stdout)["results"][0]
    for name, value in found["figures"].items():
        assert 0 < value <= 1, name
        assert f"{value:.4f}" in told.stdout


def test_the_floors_of_the_project_hold_on_its_own_corpora():
    told = evaluate("all", QUALITY, "--floors", QUALITY / "floors.json")
    assert told.exit_code == 0, told.output
    assert told.stdout.count("articles, ") == 6
    assert "reduced: 7 of 13 floors are not checked" in told.stderr


def test_below_a_floor_is_told(tmp_path):
    floors = tmp_path / "floors.json"
    assert evaluate("people", ROWS, "--floors", floors, "--update").exit_code == 0
    assert evaluate("people", ROWS, "--floors", floors).exit_code == 0
    changed(floors, "recall", 1.0)
    told = evaluate("people", ROWS, "--floors", floors)
    assert told.exit_code == 1
    assert told.stderr.startswith("below the floor: people articles.jsonl: recall 0.9")
    below = json.loads(evaluate("people", ROWS, "--floors", floors, "--json").stdout)["below"]
    assert [one["figure"] for one in below] == ["recall"]


def test_update_raises_and_never_lowers(tmp_path):
    floors = tmp_path / "floors.json"
    evaluate("people", ROWS, "--floors", floors, "--update")
    (measured,) = read_floors(floors)
    changed(floors, "f1", 0.5)
    assert evaluate("people", ROWS, "--floors", floors, "--update").exit_code == 0
    assert read_floors(floors) == (measured,)
    changed(floors, "f1", 0.5)
    changed(floors, "recall", 1.0)
    before = floors.read_text()
    assert evaluate("people", ROWS, "--floors", floors, "--update").exit_code == 1
    assert floors.read_text() == before


def test_a_changed_corpus_has_no_floor(tmp_path):
    copy = tmp_path / "articles.jsonl"
    shutil.copy(ROWS, copy)
    with copy.open("a") as file:
        file.write("\n")
    for arguments in (("people", copy), ("all", tmp_path), ("people", copy, "--update")):
        told = evaluate(*arguments, "--floors", QUALITY / "floors.json")
        assert told.exit_code == 1
        assert "is not the corpus that its floor was set on" in told.output


def test_a_sample_is_that_of_the_floor_unless_named(tmp_path):
    floors = tmp_path / "floors.json"
    evaluate("people", ROWS, "--floors", floors, "--update", "--sample", "lines 0/2")
    assert "articles.jsonl (lines 0/2): 9 articles" in evaluate("people", ROWS, "--floors", floors).stdout
    told = evaluate("people", ROWS, "--floors", floors, "--sample", "all")
    assert told.exit_code == 1
    assert "has no floor for people" in told.output


@pytest.mark.parametrize(
    ("arguments", "status", "fault"),
    [
        pytest.param(["people"], 2, "name a corpus", id="no-corpus"),
        pytest.param(["nothing", ROWS], 2, "nothing", id="no-suite"),
        pytest.param(["people", ROWS, "--update"], 2, "--floors FILE: name it", id="update-of-nothing"),
        pytest.param(["all", QUALITY], 2, "--floors FILE names", id="all-of-nothing"),
        pytest.param(["people", "--judgments", "x"], 2, "by the suite ranking", id="judgments-of-people"),
        pytest.param(["ranking", "--judgments", "none"], 1, "there are no judgments", id="no-judgments"),
        pytest.param(["people", "none.jsonl"], 1, "no file or folder 'none.jsonl'", id="nothing-there"),
        pytest.param(["people", ROWS, "--sample", "some"], 1, "'some' is no sample", id="sample"),
        pytest.param(["people", ROWS, "--sample", "lines 90/99"], 1, "takes no article", id="empty-sample"),
        pytest.param(
            ["people", ROWS, "--floors", "none.json"], 1, "none.json cannot be read", id="no-floors"
        ),
        pytest.param(["ranking", ROWS], 1, "is no collection", id="no-collection"),
        pytest.param(["people", QUALITY / "collection" / "docs.jsonl"], 1, "docs.jsonl:1: ", id="no-gold"),
        pytest.param(
            ["all", "nowhere", "--floors", QUALITY / "floors.json"],
            1,
            "nothing was measured",
            id="no-corpora",
        ),
    ],
)
def test_what_cannot_be_measured_is_refused(arguments, status, fault):
    told = evaluate(*arguments)
    assert (told.exit_code, fault in told.output) == (status, True), told.output


def test_controls_in_a_corpus_do_not_reach_the_terminal(tmp_path):
    row = {"id": "\x1b[31mred", "text": "\x1b]0;owned\x07 came", "entities": [[0, 9, "Person", "x"]]}
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps(row))
    told = evaluate("people", path)
    assert told.exit_code == 0
    assert "\x1b" not in told.output
    assert "missed: 1" in told.stdout


def test_graded_hits_are_replayed(tmp_path, monkeypatch):
    """From a query at the terminal to a figure: two hits are graded, one of them twice."""
    monkeypatch.chdir(tmp_path)
    docs = tmp_path / "docs.jsonl"
    docs.write_text((QUALITY / "collection" / "docs.jsonl").read_text())
    run = CliRunner().invoke
    assert run(main, ["rebuild", str(docs), "--index", "index"]).exit_code == 0
    first = run(main, ["judge", "herring", "--index", "index"], input="2\nx\ns\n")
    assert (first.exit_code, "0 no answer" in first.output) == (0, True), first.output
    again = run(main, ["judge", "herring", "--index", "index"], input="0\n3\n")
    assert "now 2" in again.output
    judgments = tmp_path / "judgments.tsv"
    assert len([line for line in judgments.read_text().splitlines() if line[0] != "#"]) == 3
    told = json.loads(evaluate("ranking", "--judgments", judgments, "--index", "index", "--json").stdout)
    figures = told["results"][0]["figures"]
    assert figures["map"] == 0.5
    assert figures["recall100"] == 1.0
    assert run(main, ["judge", "herring", "--index", "index"], input="").output.endswith("judgments.tsv\n")
