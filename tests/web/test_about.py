"""The page about the archive, and the report that it is made of."""

import pytest
from click.testing import CliRunner

from search.commands import main
from search.domain import Query
from search.engines.memory import MemoryEngine
from search.run import answer
from web import create_app
from web.about import NAMED, about_view
from web.desk import Facts
from web.links import Links

HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def tables(articles):
    """Return a function from a report to the tables of the page, by anchor."""
    page = answer(MemoryEngine(articles), Query())

    def made(report):
        view = about_view(page, Facts(page.total, ""), report, Links())
        return {table.anchor: dict(table.rows) for table in view.tables}

    return made


@pytest.mark.parametrize(
    ("report", "anchor", "rows"),
    [
        pytest.param(
            {"found": 3, "read": 2, "duplicates": 0, "refused": 1, "people": 3, "countries": 1, "cached": 0},
            "run",
            {"Found": "3", "Read": "2", "Duplicates": "0", "Refused": "1", "People an article": "1.5",
             "Countries an article": "0.5", "Time": "0.0 s, 0 articles a second"},
            id="figures-that-say-nothing-left-out",
        ),
        pytest.param({"found": 1200, "skipped": 2}, "run",
                     {"Found": "1,200", "Read": "0", "Duplicates": "0", "Refused": "0",
                      "Files of another kind": "2"},
                     id="nothing-read"),
        pytest.param({"forms": {"jsonl": 1500}}, "forms", {"jsonl": "1,500"}, id="formats"),
        pytest.param({"stages": {"read": 1.25, "odd": 2}}, "stages",
                     {"Reading and tagging": "1.2 s", "odd": "2.0 s"}, id="stages"),
        pytest.param({"reasons": {HOSTILE: 2}}, "reasons", {HOSTILE: "2"}, id="reasons"),
        pytest.param({"refusals": [["a.txt", "empty"], ["odd"]]}, "refusals", {"a.txt": "empty"}, id="named"),
        pytest.param({"reasons": {"r" * 5000: 1}}, "reasons", {"r" * 300 + "…": "1"}, id="cut"),
    ],
)  # fmt: skip
def test_a_report_as_tables(tables, report, anchor, rows):
    assert tables(report)[anchor] == rows


@pytest.mark.parametrize("report", [{}, {"forms": 3, "stages": [], "refusals": "text", "reasons": None}])
def test_without_a_report_what_the_archive_holds_is_told(tables, report):
    told = tables(report)
    assert told["archive"]["Countries"] == "6"
    assert told.keys() <= {"archive", "run"}


def test_so_many_refusals_are_named_and_no_more(tables):
    assert len(tables({"refusals": [[str(one), "why"] for one in range(500)]})["refusals"]) == NAMED


def test_the_page_tells_what_a_rebuild_reported(tmp_path):
    source = tmp_path / "in"
    source.mkdir()
    (source / "a.jsonl").write_text('{"id": "a", "text": "Milan Petrov spoke in Lima."}\nnonsense <b>\n')
    done = CliRunner().invoke(
        main, ["rebuild", str(source), "--index", str(tmp_path / "index"), "--workers", "1"]
    )
    assert done.exit_code == 0, done.output
    client = create_app(index=tmp_path / "index").test_client()
    page = client.get("/about").text
    assert "1 article. The index was built on " in page
    assert "a.jsonl:2" in page
    assert "Looking the new index over" in page
    assert 'href="/about"' in client.get("/").text


def test_an_index_that_is_not_there_is_an_error_page(tmp_path):
    assert create_app(index=tmp_path / "none").test_client().get("/about").status_code == 503
