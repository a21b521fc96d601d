"""`dateline tag`: the contract of its lines, its errors and its exit status."""

import json

import pytest
from click.testing import CliRunner

from indexer import extract
from indexer.tag_command import tag

PROSE = (
    "The minister, Irakli Lomidze, arrived in Baku in May 2024 and said that the talks in Azerbaijan "
    "went well."
)
KEYS = [
    "id", "title", "date", "date_source", "date_precision", "says", "author", "outlet", "language", "body",
    "countries", "people",
]  # fmt: skip


def run(*arguments: str, stdin: str | None = None):
    return CliRunner().invoke(tag, arguments, input=stdin)


def test_a_line_an_article_in_path_order(tmp_path):
    for name in ("b.txt", "a.txt", "c/d.html"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(
            f"<html><body><p>{PROSE}</p></body></html>" if name.endswith("l") else f"Talks\n\n{PROSE}"
        )
    result = run(str(tmp_path))
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [line["id"] for line in lines] == ["a", "b", "c/d"]
    assert list(lines[0]) == KEYS
    assert (result.exit_code, result.stderr) == (0, "")


def test_tags_carry_their_receipts(tmp_path):
    (tmp_path / "a.txt").write_text(f"Talks in Azerbaijan\n\n{PROSE}")
    (line,) = [json.loads(line) for line in run(str(tmp_path)).stdout.splitlines()]
    assert line["countries"][0].keys() == {"code", "name", "roles", "mentions", "title_mentions"}
    assert line["people"][0].keys() == {"name", "roles", "mentions", "title_mentions"}
    assert [(said["date"], said["precision"]) for said in line["says"]] == [("2024-05", "month")]
    for found in line["countries"] + line["people"] + line["says"]:
        assert all(line["body"][start:end] == surface for start, end, surface, _ in found["mentions"])
        assert all(line["title"][start:end] == surface for start, end, surface, _ in found["title_mentions"])


@pytest.mark.parametrize(
    ("arguments", "stdin", "title"),
    [
        pytest.param(["-"], f"Talks\n\n{PROSE}", "Talks", id="text"),
        pytest.param(
            ["--format", "jsonl", "-"], json.dumps({"title": "Given", "text": PROSE}), "Given", id="jsonl"
        ),
        pytest.param(
            ["--format", "html", "-"],
            f"<title>Page</title><article><p>{PROSE}</p></article>",
            "Page",
            id="html",
        ),
    ],
)
def test_standard_input(arguments, stdin, title):
    result = run(*arguments, stdin=stdin)
    assert result.exit_code == 0
    assert json.loads(result.stdout)["title"] == title


def test_a_format_overrides_the_suffix(tmp_path):
    (tmp_path / "a.log").write_text(f"Talks\n\n{PROSE}")
    assert json.loads(run("--format", "text", str(tmp_path / "a.log")).stdout)["title"] == "Talks"


def test_a_refused_article_is_named_and_the_rest_goes_on(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"\0\1\2")
    (tmp_path / "b.txt").write_text(f"Talks\n\n{PROSE}")
    (tmp_path / "c.html").write_text("<html></html>")
    result = run(str(tmp_path))
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["b"]
    assert [line.removeprefix(f"{tmp_path}/") for line in result.stderr.splitlines()] == [
        "a.txt: a binary file, not text",
        "c.html: HTML with no text",
    ]
    assert result.exit_code == 1


def test_a_file_of_another_format_is_no_failure(tmp_path):
    (tmp_path / "a.txt").write_text(f"Talks\n\n{PROSE}")
    (tmp_path / "a.png").write_bytes(b"\x89PNG")
    result = run(str(tmp_path))
    assert result.exit_code == 0
    assert "not a known format" in result.stderr


def test_a_missing_path_is_named():
    result = run("/nowhere/at/all")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "no such file" in result.stderr


def test_standard_input_is_named_once():
    result = run("-", "-", stdin=f"Talks\n\n{PROSE}")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "read once" in result.stderr


def test_an_article_that_trips_a_rule_is_named_and_the_rest_goes_on(tmp_path, monkeypatch):
    def tripped(source):
        if "trap" in source.content:
            raise RecursionError("too deep")
        return real(source)

    real = extract.extract
    monkeypatch.setattr(extract, "extract", tripped)
    (tmp_path / "a.txt").write_text("Talks\n\nA trap.")
    (tmp_path / "b.txt").write_text(f"Talks\n\n{PROSE}")
    result = run(str(tmp_path))
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["b"]
    assert result.stderr == f"{tmp_path}/a.txt: tagging failed: RecursionError: too deep\n"
    assert result.exit_code == 1
