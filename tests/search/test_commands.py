"""`dateline search`, `stats` and `verify`, and where their settings come from."""

import json

import pytest
from click.testing import CliRunner
from made_index import build

from search.commands import main, settings
from search.domain import Article
from search.errors import SettingError


@pytest.fixture
def index(tmp_path):
    build(
        tmp_path / "index",
        "gen-000001",
        Article("a/1", "Oil in Baku", "Oil\x1b[31m prices rose.", language="en"),
        Article("b", "", "Wheat fell."),
    )
    return tmp_path / "index"


def run(*arguments: object, **environment: str):
    return CliRunner().invoke(main, [str(argument) for argument in arguments], env=environment)


def test_hits_are_printed_for_people(index):
    done = run("search", "oil", "--index", index)
    assert done.exit_code == 0
    assert done.stdout.splitlines()[0] == "1 article"
    assert "undated  a/1" in done.stdout


def test_control_characters_of_articles_never_reach_the_terminal(index):
    assert "\x1b" not in run("search", "oil", "--index", index).stdout


def test_json_is_what_http_answers(index):
    found = json.loads(run("search", "oil", "OR", "wheat", "--json", "--size", 1, "--index", index).stdout)
    assert (found["total"], found["size"], len(found["hits"])) == (2, 1, 1)
    assert {"country", "person", "date", "outlet", "language", "source", "says"} == set(found["facets"])


def test_match_any_finds_what_all_does_not(index):
    assert "0 articles" in run("search", "oil", "wheat", "--index", index).stdout
    assert "2 articles" in run("search", "oil", "wheat", "--match", "any", "--index", index).stdout


def test_a_page_past_the_last_says_so(index):
    done = run("search", "*", "--page", 9, "--index", index)
    assert done.stdout.startswith("2 articles; there is no page 9, the last is 1")


def test_a_query_that_cannot_be_read_points_at_the_place(index):
    done = run("search", 'oil "prices', "--index", index)
    assert done.exit_code == 2
    assert '  oil "prices\n      ^' in done.stderr
    assert 'Did you mean: oil "prices"' in done.stderr
    error = json.loads(run("search", 'oil "prices', "--json", "--index", index).stdout)["error"]
    assert (error["kind"], error["at"], error["repaired"]) == ("query", 4, 'oil "prices"')


def test_explain_tells_the_parts_of_the_score(index):
    done = run("explain", "oil", "prices", "a/1", "--index", index)
    assert done.exit_code == 0
    first, second, *rest = done.stdout.splitlines()
    assert (first, second) == ("Oil in Baku", "a/1")
    assert rest[0].startswith("score ")
    assert "title: 1 times, 1 as typed" in done.stdout
    assert "\x1b" not in done.stdout


def test_explain_as_json_adds_up_to_the_score_of_the_hit(index):
    hit = json.loads(run("search", "oil", "prices", "--json", "--index", index).stdout)["hits"][0]
    told = json.loads(run("explain", "oil", "prices", "a/1", "--json", "--index", index).stdout)
    assert (told["id"], told["matches"], told["score"]) == ("a/1", True, hit["score"])
    assert sum(part["score"] for part in told["parts"]["parts"]) == hit["score"]


def test_explain_says_that_an_article_does_not_match(index):
    done = run("explain", "oil", "b", "--index", index)
    assert (done.exit_code, done.stdout.splitlines()[2][:14]) == (0, "does not match")
    assert "score 0" not in done.stdout
    assert json.loads(run("explain", "oil", "b", "--json", "--index", index).stdout)["score"] == 0


def test_explain_names_an_id_that_is_not_there(index):
    done = run("explain", "oil", "nobody\x1b", "--index", index)
    assert (done.exit_code, done.stdout) == (1, "")
    assert "no article of this archive has the id 'nobody\\x1b'" in done.stderr
    done = run("explain", "oil", "nobody", "--json", "--index", index)
    assert (done.exit_code, json.loads(done.stdout)["error"]["kind"]) == (1, "not-found")


def test_explain_points_at_what_cannot_be_read(index):
    done = run("explain", 'oil "prices', "a/1", "--index", index)
    assert done.exit_code == 2
    assert 'Did you mean: oil "prices"' in done.stderr


def test_a_missing_index_says_how_to_make_one(tmp_path):
    for command in (["search", "oil"], ["explain", "oil", "b"], ["stats"], ["verify"]):
        done = run(*command, "--index", tmp_path / "nowhere")
        assert done.exit_code == 1
        assert "`dateline rebuild SOURCE` makes one" in done.stderr


def test_stats_say_what_the_index_holds(index):
    facts = json.loads(run("stats", "--json", "--index", index).stdout)
    assert (facts["articles"], facts["undated"], facts["years"]) == (2, 2, "none")
    assert facts["size_bytes"] > 0
    assert "articles  2" in run("stats", "--index", index).stdout


def test_settings_come_from_flags_then_environment_then_file(index, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "dateline.toml").write_text(f'index = "{tmp_path / "nowhere"}"\n[search]\nsize = 1\n')
    assert run("search", "*").exit_code == 1
    assert run("search", "*", DATELINE_INDEX=str(index)).stdout.startswith("1 of 2 articles")
    assert run("search", "*", "--size", 2, DATELINE_INDEX=str(index)).stdout.startswith("2 articles")
    assert run("search", "*", DATELINE_INDEX=str(index), DATELINE_SEARCH_SIZE="2").stdout.startswith(
        "2 articles"
    )


def test_verify_says_what_is_whole_and_names_what_is_not(index):
    done = run("verify", "--index", index)
    assert (done.exit_code, done.stdout.split(": ")[1][:7]) == (0, "4 files")
    assert done.stdout.endswith(" bytes, 2 articles\n")
    (arrays,) = (index / "gen-000001" / "whoosh").glob("*.arrays")
    content = bytearray(arrays.read_bytes())
    content[len(content) // 2] ^= 1
    arrays.write_bytes(content)
    done = run("verify", "--index", index)
    assert (done.exit_code, done.stdout) == (1, "")
    assert f"{arrays} is damaged: bytes " in done.stderr


@pytest.mark.parametrize("line", ["size = 1.5", "[search]\nsize = 1979-05-27", "index = nan"])
def test_a_setting_that_no_flag_could_have_is_named(tmp_path, monkeypatch, line):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "dateline.toml").write_text(line + "\n")
    done = run("stats")
    assert done.exit_code == 1
    assert "dateline.toml: " in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_of_settings_that_is_no_toml_is_named(tmp_path):
    (tmp_path / "dateline.toml").write_text("index = ")
    with pytest.raises(SettingError, match=r"dateline\.toml"):
        settings(tmp_path / "dateline.toml")


@pytest.mark.parametrize(
    ("written", "command", "defaults"),
    [
        pytest.param("[search]\njson = true\nsize = 3", "search", {"json": True, "size": 3}, id="own-table"),
        pytest.param('[serve]\ntrusted-host = "a.b"', "serve", {"trusted_host": ("a.b",)}, id="one-of-many"),
        pytest.param('[serve]\ntrusted_host = ["a", "b"]', "serve", {"trusted_host": ("a", "b")}, id="list"),
        pytest.param("index = 5", "stats", {"index": "5"}, id="a-folder-called-5"),
        pytest.param("index = 5", "tag", {}, id="only-where-it-is-an-option"),
    ],
)
def test_a_key_of_dateline_toml_is_an_option_by_its_name(written, command, defaults, tmp_path):
    path = tmp_path / "dateline.toml"
    path.write_text(written)
    assert settings(path)[command] == defaults


@pytest.mark.parametrize(
    ("written", "named"),
    [
        pytest.param('indx = "x"', "indx", id="no-option"),
        pytest.param("[serach]\nsize = 3", "serach", id="no-command"),
        pytest.param("[search]\nsiez = 3", "search.siez", id="no-option-of-the-command"),
    ],
)
def test_a_misspelt_key_is_told(written, named, tmp_path):
    path = tmp_path / "dateline.toml"
    path.write_text(written)
    with pytest.raises(SettingError, match=named):
        settings(path)
