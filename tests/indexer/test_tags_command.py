"""`dateline tags check`, and where the file is looked for."""

import json

import pytest
from click.testing import CliRunner

from indexer.corrections import Corrections, choose_corrections
from search.commands import main, settings

TOML = """[people]
"Zakir Hasanov" = ["Zakir Gasanov",
  "The Minister of Sleep"]
"Vera Holm" = []

[never]
countries = ["Jordan"]
"""
ROWS = [
    {"id": "a", "title": "Bread", "text": "Zakir Gasanov, the minister, flew to Jordan."},
    {"id": "b", "title": "Bread", "text": "Brulo Xzand saw Vera Holm and Jordan Street in Jordan."},
    {"id": "c", "title": "Bread", "text": "Bread was dear."},
]


@pytest.fixture(autouse=True)
def _uncorrected():
    yield
    choose_corrections(Corrections())


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A source folder, and the working folder."""
    monkeypatch.chdir(tmp_path)
    source = tmp_path / "in"
    source.mkdir()
    (source / "a.jsonl").write_text("\n".join(map(json.dumps, ROWS)))
    (source / "tags.toml").write_text(TOML)
    return source


def run(*arguments, env=None):
    return CliRunner().invoke(main, [str(one) for one in arguments], env=env)


def test_each_line_is_explained(folder):
    told = run("tags", "check", folder).stdout.splitlines()
    assert told == [
        "5 statements in tags.toml, over 3 articles",
        'tags.toml:2 alias of Zakir Hasanov: "Zakir Gasanov"',
        "    renames Zakir Gasanov → Zakir Hasanov in 1 article, as in a",
        'tags.toml:2 name: "Zakir Hasanov"',
        'tags.toml:3 alias of Zakir Hasanov: "The Minister of Sleep"',
        'tags.toml:4 name: "Vera Holm"',
        "    keeps Vera Holm in 1 article, as in b",
        'tags.toml:7 never a country: "Jordan"',
        "    loses Jordan in 2 articles, as in a, b",
        "2 statements matched nothing:",
        '    tags.toml:2 name: "Zakir Hasanov"',
        '    tags.toml:3 alias of Zakir Hasanov: "The Minister of Sleep"',
    ]


def test_as_data(folder):
    told = json.loads(run("tags", "check", folder, "--json").stdout)
    assert (told["articles"], told["refused"], len(told["lines"])) == (3, 0, 5)
    assert told["lines"][4] == {
        "line": 7,
        "says": "never a country",
        "words": "Jordan",
        "matched": True,
        "effects": {"loses": {"articles": 2, "what": {"Jordan": 2}, "examples": ["a", "b"]}},
    }
    assert [row["line"] for row in told["lines"] if not row["matched"]] == [2, 3]


def test_without_a_source_the_file_alone_is_read(folder):
    told = run("tags", "check", "--tags", folder / "tags.toml", "--json")
    assert {row["matched"] for row in json.loads(told.stdout)["lines"]} == {None}
    (folder / "tags.toml").write_text("[peple]")
    told = run("tags", "check", "--tags", folder / "tags.toml")
    assert told.exit_code == 1
    assert f'{folder / "tags.toml"}:1: "peple" means nothing here; is "people" meant?' in told.output


@pytest.mark.parametrize(
    ("given", "fixed", "verb"),
    [
        pytest.param("2023-11-01", '"2023-11-01"', "keeps", id="the-same-day"),
        pytest.param("2023-11-01", '"2023-11"', "dates", id="day-to-month"),
        pytest.param("2023", "2023-01-01", "dates", id="year-to-its-first-day"),
        pytest.param("2023", '"none"', "dates", id="year-to-none"),
    ],
)
def test_a_date_known_more_or_less_exactly_is_another(folder, given, fixed, verb):
    (folder / "a.jsonl").write_text(json.dumps({"id": "a", "text": "Bread was dear.", "date": given}))
    (folder / "tags.toml").write_text(f"[articles]\na = {{ date = {fixed} }}")
    told = json.loads(run("tags", "check", folder, "--json").stdout)
    assert list(told["lines"][0]["effects"]) == [verb]


def test_no_file_is_named(folder):
    (folder / "tags.toml").unlink()
    told = run("tags", "check", folder)
    assert (told.exit_code, "there is no tags.toml in the sources" in told.output) == (1, True)


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(["rebuild", "--index", "index", "--workers", "1"], id="rebuild"),
        pytest.param(["tag"], id="tag"),
    ],
)
@pytest.mark.parametrize("given", ["flag", "environment", "settings", "folder"])
def test_the_file_is_found(folder, tmp_path, command, given):
    """In the order flag, environment, settings, folder: each wins over those behind it."""
    names = ["flag", "environment", "settings", "folder"]
    paths = [tmp_path / f"{name}.toml" for name in names[:3]] + [folder / "tags.toml"]
    for name, path in zip(names, paths, strict=True):
        path.write_text(f"[people]\n'Brulo {name}' = ['Brulo Xzand']\n")
    flags, env = [], {}
    if given in names[2:3] + names[:2]:
        (tmp_path / "dateline.toml").write_text(f'tags = "{paths[2]}"\n')
    if given in names[:2]:
        env = {"DATELINE_TAGS": str(paths[1])}
    if given == "flag":
        flags = ["--tags", paths[0]]
    assert run(*command, folder, *flags, env=env).exit_code == 0
    told = run("tag", folder, *flags, env=env).stdout
    assert f'"name":"Brulo {given}"' in told
    if command[0] == "rebuild":
        found = run("search", "--json", "--index", "index", f'person:"brulo {given}"').stdout
        assert json.loads(found)["total"] == 1


def test_a_file_that_cannot_be_used_stops_the_rebuild_and_keeps_the_index(folder):
    assert run("rebuild", folder, "--index", "index").exit_code == 0
    (folder / "tags.toml").write_text("[people]\n'A' = ['B']\n'B' = ['A']\n")
    told = run("rebuild", folder, "--index", "index")
    assert (told.exit_code, "tags.toml:2:" in told.output) == (1, True)
    assert json.loads(run("search", "--json", "--index", "index", "bread").stdout)["total"] == 3


def test_a_rebuild_tells_lines_that_match_nothing_and_tags_again_what_an_edit_can_touch(folder):
    told = run("rebuild", folder, "--index", "index", "--workers", "1").output
    assert 'tags.toml:3 alias of Zakir Hasanov: "The Minister of Sleep": matched nothing' in told
    assert "Vera Holm" not in told
    (folder / "tags.toml").write_text(TOML + "people = ['Brulo Xzand']\n")
    told = run("rebuild", folder, "--index", "index", "--workers", "1").output
    assert "2 articles had been tagged before" in told


def test_the_command_may_have_settings_and_the_file_too(tmp_path):
    path = tmp_path / "dateline.toml"
    path.write_text('tags = "own.toml"\n[rebuild]\nworkers = 2\n')
    assert settings(path)["tags"] == {"tags_file": "own.toml"}
    assert settings(path)["rebuild"] == {"tags_file": "own.toml", "workers": 2}
