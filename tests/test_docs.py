"""The documents tell the truth: what they show is run, what they list is what there is."""

import dataclasses
import datetime as dt
import gzip
import json
import re
import shlex
import tomllib
from itertools import islice
from pathlib import Path
from urllib.parse import parse_qsl

import click
import pytest
from click.testing import CliRunner

import search.score
from indexer.canonical import Alias, Archive
from indexer.countries import tag_countries
from indexer.days import Day
from indexer.evaluation.corpus import READ_KEYS
from indexer.evaluation.floors import read_floors
from indexer.evaluation.sample import sample_of
from indexer.evaluation.suites import SUITES
from indexer.people import tag_people
from indexer.says import find_says
from indexer.tags_file import BYTES, STATEMENTS, read_corrections
from indexer.toml_lines import LINE_CHARS
from search.commands import main, settings
from search.counting import Wanted
from search.domain import DATE_SOURCES, Article, CountryTag, Mention, PersonTag, Query, SaysTag
from search.engines.memory import MemoryEngine
from search.errors import QueryError, SearchError
from search.judgments import read_judgments
from search.leaves import FIELDS
from search.limits import Limits
from search.parse import parse
from search.syntax import show
from web import create_app
from web.parameters import FILTERS, OF_VALUES, SINGLE
from web.params import arguments_of, query_from, wanted_from
from web.serve import LINE_MAX
from web.settings import Settings, settings_from

ROOT = Path(__file__).parent.parent
TODAY = dt.date(2024, 6, 20)
SHOWN = Day(dt.date(2023, 11, 29), "day")
"""When the articles of the page on tagging were published."""
DOCUMENTS = [
    "README.md",
    "CHANGELOG.md",
    "seeds/README.md",
    *(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md")),
]


def text_of(name: str) -> str:
    """Return a document of the project."""
    return (ROOT / name).read_text(encoding="utf-8")


def rows(text: str, *heads: str) -> list[tuple[str, ...]]:
    """Return the rows of the tables whose head begins with these columns; code loses its marks."""
    found, inside = [], False
    for line in text.splitlines():
        cells = tuple(cell.strip() for cell in line.strip("|").split("|"))
        if not line.startswith("|"):
            inside = False
        elif cells[: len(heads)] == heads:
            inside = True
        elif inside and not set(cells[0]) <= {"-"}:
            found.append(tuple(re.sub(r"^`(.*)`$", r"\1", cell) for cell in cells))
    return found


LANGUAGE = text_of("docs/query-language.md")


@pytest.mark.parametrize(
    ("query", "read"), [row[:2] for row in rows(LANGUAGE, "query", "read as")], ids=lambda cell: cell
)
def test_query_is_read_as_shown(query, read):
    """And what is shown reads back as itself."""
    assert show(parse(query, today=TODAY).tree) == read
    assert show(parse(read, today=TODAY).tree) == read


@pytest.mark.parametrize("row", rows(LANGUAGE, "query", "read as", "because"), ids=lambda row: row[0])
def test_what_is_not_as_typed_is_noted(row):
    assert parse(row[0], today=TODAY).notes


@pytest.mark.parametrize(
    ("query", "offered"), [row[:2] for row in rows(LANGUAGE, "query", "offers")], ids=lambda cell: cell
)
def test_query_is_refused_with_the_repair_shown(query, offered):
    with pytest.raises(QueryError) as caught:
        parse(query, today=TODAY)
    assert caught.value.repaired == offered
    assert 0 <= caught.value.at <= len(query)
    assert parse(offered, today=TODAY)


def test_every_field_of_the_language_is_shown():
    shown = {match for row in rows(LANGUAGE, "query", "read as") for match in re.findall(r"(\w+):", row[1])}
    assert set(FIELDS) <= shown


def test_limits_are_those_of_the_code():
    told = [int(row[0].replace(",", "")) for row in rows(LANGUAGE, "limit", "what it bounds")]
    assert told == list(dataclasses.astuple(Limits()))


def test_settings_of_the_ranking_are_those_of_the_code():
    told = {row[0]: float(row[1]) for row in rows(LANGUAGE, "setting", "value", "means")}
    assert told == {name: getattr(search.score, name.upper()) for name in told}
    assert len(told) == 6


HTTP = text_of("docs/http.md")


@pytest.fixture(scope="module")
def client():
    """A client of the application over one article that has a value in every field."""
    article = Article(
        id="a",
        title="Talks in Baku",
        body="Irakli Chikovani flew to Baku on 27 November 2023.",
        date=dt.date(2023, 11, 28),
        date_precision="day",
        date_source="given",
        says=(SaysTag("2023-11-27", (Mention(33, 49, "27 November 2023", "date"),)),),
        countries=(CountryTag("AZ", "Azerbaijan", ("about",), (Mention(25, 29, "Baku", "capital"),)),),
        people=(
            PersonTag("Irakli Chikovani", ("mentioned",), (Mention(0, 16, "Irakli Chikovani", "name"),)),
        ),
        outlet="Evening Ledger",
        language="en",
        story="ab12",
    )
    settings = Settings(judgments=Path("judgments.tsv"))  # which no test here grades into
    return create_app(engine=MemoryEngine([article]), settings=settings).test_client()


def shape(value):
    """Return the keys of JSON data at every level; of a list, those of its first element."""
    if isinstance(value, dict):
        return {key: shape(held) for key, held in value.items()}
    return [shape(value[0])] if isinstance(value, list) and value else None


def test_every_address_is_listed(client):
    listed = {re.sub(r"\?.*", "", row[0]) for row in rows(HTTP, "address", "answers with")}
    routes = {rule.rule for rule in client.application.url_map.iter_rules()}
    assert {re.sub(r"ID(\.json)?|FILE|FIELD", "*", name) for name in listed} == {
        re.sub(r"<.*>", "*", route) for route in routes
    }


def test_every_parameter_is_listed():
    assert {row[0] for row in rows(HTTP, "parameter")} == {*FILTERS, *SINGLE}
    assert {row[0] for row in rows(HTTP, "of values")} == {*OF_VALUES}


@pytest.mark.parametrize(
    ("name", "example"), [row[:2] for row in rows(HTTP, "parameter")], ids=lambda cell: cell
)
def test_parameter_is_read(client, name, example):
    assert example.startswith(f"{name}=")
    assert client.get(f"/search.json?{example}").status_code == 200
    if name != "explain":  # read beside the query
        written = parse_qsl(example)
        asked = query_from(written, Settings())
        assert asked != Query()
        assert query_from(arguments_of(asked), Settings()) == asked


def test_answer_has_the_shape_shown(client):
    """Rows of lists that the one article leaves empty are compared by their column alone."""
    shown = json.loads(re.search(r"```json\n(.*?)```", HTTP, re.DOTALL)[1])
    given = client.get("/search.json?q=chikovani&country=AZ").get_json()
    for facet, values in given["facets"].items():
        del values[1:]
        for value in (*values, *shown["facets"][facet][:1]):
            value.pop("roles", None)
    given["hits"][0]["title_marks"] = shown["hits"][0]["title_marks"] = []
    assert shape(given) == shape(shown)
    assert list(given) == list(shown)
    assert list(given["hits"][0]) == list(shown["hits"][0])


@pytest.mark.parametrize("example", [row[1] for row in rows(HTTP, "of values")])
def test_argument_of_values_is_read(client, example):
    assert client.get(f"/facet/country.json?{example}").status_code == 200
    assert wanted_from(parse_qsl(example), Settings()) != Wanted()


@pytest.mark.parametrize(
    ("head", "address"),
    [
        ("## `/facet/FIELD`", "/facet/country.json?q=chikovani"),
        ("## `/suggest.json`", "/suggest.json?q=chik"),
    ],
)
def test_other_answers_have_the_shape_shown(client, head, address):
    shown = json.loads(re.search(r"```json\n(.*?)```", HTTP.split(head)[1], re.DOTALL)[1])
    given = client.get(address).get_json()
    assert list(given) == list(shown)
    for name, value in given.items():
        assert not isinstance(value, list) or not value or set(value[0]) == set(shown[name][0])


def test_explanation_has_the_shape_shown(client):
    shown = json.loads(re.findall(r"```json\n(.*?)```", HTTP, re.DOTALL)[1])
    (hit,) = client.get("/search.json?q=chikovani&explain=1").get_json()["hits"]
    assert list(hit)[-1] == "explain"
    assert shape(hit["explain"]) == shape(shown)
    assert list(hit["explain"]) == list(shown)
    assert hit["explain"]["settings"] == shown["settings"]


def test_the_longest_address_is_told():
    assert f"past {LINE_MAX:,} bytes" in HTTP
    assert f"more than {Settings().address_max:,} bytes" in HTTP


def test_article_has_the_keys_named(client):
    named = set(re.findall(r"`(\w+)`", HTTP.split("## `/article/ID.json`")[1].split("##")[0]))
    given = client.get("/article/a.json?q=chikovani").get_json()
    assert set(given) <= named
    assert set(given["countries"][0]) - {"code", "name", "roles"} <= named
    assert given["countries"][0]["mentions"] == [[25, 29, "Baku", "capital"]]


@pytest.mark.parametrize(
    ("address", "status", "kind"), rows(HTTP, "request", "status", "kind"), ids=lambda cell: cell
)
def test_error_is_answered_as_shown(client, address, status, kind):
    answer = client.get(address)
    assert (str(answer.status_code), answer.get_json()["error"]["kind"]) == (status, kind)
    assert set(answer.get_json()["error"]) == {"kind", "message", "at", "repaired"}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_paths_and_links_lead_somewhere(name):
    """Every file that a document names in code, and every page that it links to, is there."""
    text = text_of(name)
    tops = "|".join(path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith("."))
    named = re.findall(rf"`((?:{tops})/[\w./-]*)`", text)
    linked = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in link]
    missing = [path for path in named if not (ROOT / path).exists()]
    missing += [link for link in linked if not ((ROOT / name).parent / link).exists()]
    assert missing == []


def test_architecture_names_every_error():
    kinds = {error.__name__ for error in SearchError.__subclasses__() if error.__module__ == "search.errors"}
    assert kinds - {"ArticleRefused"} <= set(re.findall(r"`(\w+)`", text_of("docs/architecture.md")))


TAGGED = text_of("docs/how-it-is-tagged.md")


def rule_of(mention):
    """Return the kind of a mention's rule, without the names that some rules end in."""
    return re.sub(r"(?<=^former state): .*|(?<=^name model): .*|(?<= of) .*", "", mention.rule)


@pytest.mark.parametrize(
    ("text", "says", "rule"), rows(TAGGED, "text", "says", "rule"), ids=lambda cell: cell
)
def test_day_is_read_as_shown(text, says, rule):
    assert (says, rule) in [(tag.value, m.rule) for tag in find_says("", text, SHOWN) for m in tag.mentions]


@pytest.mark.parametrize("row", rows(TAGGED, "text", "words", "country", "rule"), ids=lambda row: row[0])
def test_country_is_tagged_as_shown(row):
    found = [(m.surface, tag.code, rule_of(m)) for tag in tag_countries("", row[0]) for m in tag.mentions]
    assert row[1:] in found


@pytest.mark.parametrize("row", rows(TAGGED, "text", "words", "person", "rule"), ids=lambda row: row[0])
def test_person_is_tagged_as_shown(row):
    found = [(m.surface, tag.name, rule_of(m)) for tag in tag_people("", row[0]) for m in tag.mentions]
    assert row[1:] in found


@pytest.mark.parametrize("row", rows(TAGGED, "text", "words", "ends as"), ids=lambda row: row[0])
def test_name_is_joined_as_shown(row):
    """The words' last mention counts: where a name stands twice, the row shows where it ends."""
    found = {m.surface: (m.start, tag.name) for tag in tag_people("", row[0]) for m in tag.mentions}
    assert found[row[1]] == (row[0].rindex(row[1]), row[2])


@pytest.mark.parametrize("row", rows(TAGGED, "name", "other name"), ids=lambda row: f"{row[0]}, {row[1]}")
def test_names_are_one_value_as_shown(row):
    """Each name stands in an article of its own, the first in two; the plus is one person and one country."""
    archive = Archive()
    for name in (row[0], row[1], row[0]):
        beside = (["Vera Holm"], ["AZ"]) if name.endswith(" +") else ([], [])
        archive.add([name.removesuffix(" +"), *beside[0]], beside[1])
    value, other = (name.removesuffix(" +") for name in row[:2])
    told = {other: Alias(value, f"same as {value}: {row[3]}")} if row[2] == "yes" else {}
    assert archive.aliases() == told


def test_every_source_of_a_date_is_listed():
    assert tuple(row[0] for row in rows(TAGGED, "source")) == DATE_SOURCES


def news():
    """Yield texts to tag: the seeds, and stories of a collection where one lies beside the checkout."""
    yield from (path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.txt")))
    collection = ROOT.parent / "shared/corpora/wikinews.jsonl.gz"
    if collection.exists():
        with gzip.open(collection, "rt", encoding="utf-8") as lines:
            yield from (json.loads(line)["text"] for line in islice(lines, 100))


def test_every_rule_that_tags_is_listed():
    listed = {row[-1] for row in rows(TAGGED, "text")}
    used = {
        rule_of(mention)
        for text in news()
        for tag in (*tag_countries("", text), *tag_people("", text), *find_says("", text, SHOWN))
        for mention in tag.mentions
    }
    assert used
    assert used <= listed


EVALUATION = text_of("docs/evaluation.md")
EXAMPLES = re.findall(r"```json\n(.*?)```", EVALUATION, re.DOTALL)
"""A row with gold, an entry of `gold.json`, and a file of floors."""


def test_every_suite_is_listed():
    assert [row[0] for row in rows(EVALUATION, "suite", "gold")] == list(SUITES)


def test_keys_that_reach_the_tagger_are_listed():
    told = EVALUATION.split("nothing but the keys")[1].split("reaches it")[0]
    assert set(re.findall(r"`(\w+)`", told)) == READ_KEYS


@pytest.mark.parametrize("suite", ["people", "countries", "toponyms"])
def test_row_shown_is_measured(tmp_path, suite):
    (tmp_path / "rows.jsonl").write_text(EXAMPLES[0])
    told = dateline("evaluate", suite, tmp_path / "rows.jsonl", "--json")
    assert json.loads(told.stdout)["results"][0]["counts"]["gold"] == 1


@pytest.mark.parametrize("suite", ["dates", "main-text"])
def test_pages_shown_are_measured(tmp_path, suite):
    (tmp_path / "gold.json").write_text(EXAMPLES[1])
    (tmp_path / "tram.html").write_text("<title>Tram</title><p>The last car of the line.</p>")
    assert json.loads(dateline("evaluate", suite, tmp_path, "--json").stdout)["results"][0]["articles"] == 1


def test_floors_shown_are_read(tmp_path):
    (tmp_path / "floors.json").write_text(EXAMPLES[2])
    assert [floor.least for floor in read_floors(tmp_path / "floors.json")] == [(("f1", 0.9),)]


@pytest.mark.parametrize("row", rows(EVALUATION, "rule", "takes"), ids=lambda row: row[0])
def test_samples_shown_are_read(row):
    assert str(sample_of(row[0])) == row[0]


def test_figures_shown_are_measured(tmp_path):
    for name, suite, _ in rows(EVALUATION, "figure", "suite", "is"):
        corpus = ROOT / "tests/quality" / ("pages" if suite in ("dates", "main-text") else "articles.jsonl")
        assert f"{name} " in dateline("evaluate", suite, corpus, "--errors", 0).stdout


def test_judgments_shown_are_read(tmp_path):
    shown = re.search(r"```text\n(.*?)```", EVALUATION, re.DOTALL)[1]
    (tmp_path / "judgments.tsv").write_text(shown)
    (judged,) = read_judgments(tmp_path / "judgments.tsv")
    assert (judged.query, judged.grades) == ("hasanov visit", (("003_f97a6143e291fa60", 3),))
    assert (ROOT / "seeds" / f"{judged.grades[0][0]}.txt").exists()


OPERATIONS = text_of("docs/operations.md")
README = text_of("README.md")


def dateline(*arguments):
    """Run the command as a shell would."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    """An index of the seeds."""
    folder = tmp_path_factory.mktemp("docs") / "index"
    assert dateline("rebuild", ROOT / "seeds", "--index", folder).exit_code == 0
    return folder


def test_every_command_is_listed():
    listed = {row[0].split()[1] for row in rows(OPERATIONS, "command", "does")}
    assert listed == set(main.list_commands(click.Context(main)))


def given(option):
    """Return what the page says an option is unless given."""
    if isinstance(option.show_default, str):
        return option.show_default
    if option.is_flag:
        return "off"
    return str(option.default) if isinstance(option.default, str | int | Path) else "none"


def test_every_option_is_listed_with_its_default():
    options = {
        (name, max(option.opts, key=len), given(option))
        for name in main.list_commands(click.Context(main))
        for option in main.commands[name].params
        if isinstance(option, click.Option)
    }
    assert {tuple(row[:3]) for row in rows(OPERATIONS, "command", "option")} == options


@pytest.mark.parametrize(
    ("name", "default"), [(row[0], row[2]) for row in rows(OPERATIONS, "variable")], ids=lambda cell: cell
)
def test_variable_is_read(name, default):
    """Setting it changes the settings, which are as listed without it."""
    plain = settings_from({})
    assert settings_from({name: "77"}) != plain
    assert not default.isdigit() or int(default) in dataclasses.astuple(plain)


def test_toml_shown_is_read(tmp_path):
    path = tmp_path / "dateline.toml"
    path.write_text(re.search(r"```toml\n(.*?)```", OPERATIONS, re.DOTALL)[1].replace("\n  ", "\n"))
    assert settings(path)["serve"] == {"index": "/srv/dateline/index", "port": 8080, "workers": 4}
    assert settings(path)["search"] == {"index": "/srv/dateline/index"}


CORRECTED = text_of("docs/tags-toml.md")


def test_corrections_shown_are_read(tmp_path):
    """Every key that the table lists is in the example."""
    path = tmp_path / "tags.toml"
    path.write_text(re.search(r"```toml\n(.*?)```", CORRECTED, re.DOTALL)[1])
    found = read_corrections(path)
    assert {kind for one in found.named for kind in [one.kind]} == {"person", "country"}
    data = tomllib.loads(path.read_text())
    shown = {
        (section, key)
        for section, table in data.items()
        for name, value in table.items()
        for key in (value if isinstance(value, dict) else (name,))
    }
    listed = {
        (row[0], key) for row in rows(CORRECTED, "section", "key") for key in re.findall(r"`(\w+)`", row[1])
    }
    assert listed <= shown | {("countries", "aliases")}
    assert f"{BYTES:,} bytes, {STATEMENTS:,} statements, or {LINE_CHARS:,} characters" in CORRECTED


def test_exit_statuses(index, tmp_path):
    assert dateline("search", "hasanov", "--index", index).exit_code == 0
    assert dateline("search", '"hasanov', "--index", index).exit_code == 2
    assert dateline("nonsense").exit_code == 2
    missing = dateline("search", "hasanov", "--index", tmp_path / "none")
    assert missing.exit_code == 1
    assert "there is no index in" in missing.output
    assert "`there is no index in`" in OPERATIONS


def test_a_whole_index_is_told_as_shown(index):
    shown = re.search(r"^\S*(/gen-.* is whole: .* articles)$", OPERATIONS, re.MULTILINE)[1]
    told = dateline("verify", "--index", index).stdout.strip().removeprefix(str(index))
    assert re.sub("[0-9,]+", "N", told.replace(", ", " ")) == re.sub("[0-9,]+", "N", shown.replace(", ", " "))


@pytest.mark.parametrize(("query", "articles"), rows(README, "query", "articles"), ids=lambda cell: cell)
def test_tour_finds_what_it_says(index, query, articles):
    """A query that begins with a minus follows the end of options, as in any shell."""
    found = dateline("search", "--json", "--index", index, "--", query)
    assert json.loads(found.stdout)["total"] == int(articles)


@pytest.mark.parametrize("line", re.findall(r"^\.venv/bin/dateline (.*)", README, re.MULTILINE))
def test_commands_shown_run(index, line, monkeypatch):
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("DATELINE_INDEX", str(index))
    result = dateline(*shlex.split(line))
    assert result.exit_code == 0, result.output
    assert result.stdout


@pytest.mark.parametrize("name", DOCUMENTS)
def test_targets_of_make_are_there(name):
    phony = re.search(r"^\.PHONY: (.*)", text_of("Makefile"), re.MULTILINE)[1].split()
    shown = re.findall(r"(?:^|`)make (\w+)", text_of(name), re.MULTILINE)
    assert set(shown) <= set(phony)


def test_every_document_is_linked_from_the_readme():
    assert {path.name for path in (ROOT / "docs").iterdir()} <= set(re.findall(r"\(docs/([\w.-]+)\)", README))
