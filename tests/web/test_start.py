"""The start page."""

import pytest

from search.counting import total_of
from search.domain import Article, PersonTag, Query
from search.engines.memory import MemoryEngine
from search.run import answer
from web import create_app
from web.desk import Facts
from web.links import Links
from web.settings import Settings
from web.start import start_view


def test_the_start_page_tells_size_years_and_what_there_is_most_of(view_of):
    view = view_of("/")
    assert (view.size, view.years) == ("7 articles", "2022 – 2024")
    shelves = {title: [item.label for item in choices] for title, choices in view.shelves}
    assert shelves["Countries"][:2] == ["Azerbaijan", "Georgia"]
    assert shelves["People"][0] == "Zakir Hasanov"
    assert shelves["Years"] == ["2024", "2023", "2022", "Undated"]


def test_every_example_is_of_this_archive_and_finds_something(view_of, client):
    examples = view_of("/").examples
    assert [link.label for link, _ in examples] == [
        "serbian",
        '"Zakir Hasanov"',
        "serbian OR harbour",
        "serb* -harbour",
        "country:AZ/about",
    ]
    for link, _ in examples:
        assert client.get(link.href.replace("/search?", "/search.json?")).json["total"], link.label


HOSTILE = Article("x", '<b>()" OR -a:b* ~~ ++ AND', "text", people=(PersonTag('A "B" C', ("mentioned",)),))


@pytest.mark.parametrize(
    ("articles", "examples"),
    [
        pytest.param([], [], id="none"),
        pytest.param([HOSTILE], [], id="no-words-to-show"),
        pytest.param([Article("a", "Harbour strike ends", "x")], ["harbour"], id="one-headline"),
        pytest.param(
            [Article("a", "About the Harbour", "x"), Article("b", "Harbours and ferries", "x")],
            ["harbour", "harbour OR ferries", "harb* -ferries"],
            id="words-unlike-each-other",
        ),
        pytest.param(
            [Article("a", "Harbour", "ferries"), Article("b", "Ferries", "harbour")],
            ["harbour", "harbour OR ferries"],
            id="what-finds-nothing-is-left-out",
        ),
    ],
)
def test_examples_of_small_archives(articles, examples):
    engine = MemoryEngine(articles)
    page = answer(engine, Query())
    view = start_view(page, Facts(len(engine), ""), Links(), lambda query: total_of(engine, query))
    assert [link.label for link, _ in view.examples] == examples


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("a " * 300, id="longer-than-a-query"),
        pytest.param("x" * 5_000 + " y", id="a-long-word"),
        pytest.param("!!! ???", id="signs"),
        pytest.param("\\ \\", id="backslashes"),
        pytest.param("1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20", id="many-words"),
        pytest.param("AND OR", id="operators"),
        pytest.param("a\0b \u202ec", id="control-characters"),
        pytest.param("w* y?", id="wildcards"),
    ],
)
def test_the_name_most_often_given_may_be_anything(name):
    engine = MemoryEngine([Article("a", "Harbour", "x", people=(PersonTag(name, ("mentioned",)),))])
    client = create_app(engine=engine, settings=Settings()).test_client()
    start = client.get("/")
    assert start.status_code == 200
    assert ">harbour<" in start.text


def test_an_empty_archive_has_a_start_page_too():
    client = create_app(engine=MemoryEngine([]), settings=Settings()).test_client()
    assert b"0 articles" in client.get("/").data
    assert client.get("/search").status_code == 200
