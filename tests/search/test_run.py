"""A query to a page, and an article opened from a query."""

import datetime as dt

import pytest

from search.domain import FACETS, Article, CountryTag, Filter, Mention, PersonTag, Query, SaysTag
from search.engines.memory import MemoryEngine
from search.errors import QueryError
from search.limits import Limits
from search.run import answer, read_article

ENGINE = MemoryEngine(
    [
        Article("a", "Oil and wheat", "Wheat prices fell.\nOil\nprices rose in Łódź."),
        Article("b", "Nothing", "no match here", dt.date(2024, 6, 20), "day", "given"),
    ]
)


def test_a_page_holds_hits_with_marks_and_every_facet():
    page = answer(ENGINE, Query('"oil prices" lodz'))
    (hit,) = page.hits
    assert [hit.snippet.text[start:end] for start, end in hit.snippet.marks] == ["Oil\nprices", "Łódź"]
    assert hit.title_marks == ()
    assert tuple(facet.field for facet in page.facets) == FACETS
    assert page.understood == '"oil prices" lodz'
    assert page.took_ms > 0


def test_relative_dates_count_back_from_the_day_given():
    asked = Query("date:last-2-days")
    assert answer(ENGINE, asked, today=dt.date(2024, 6, 21)).total == 1
    assert answer(ENGINE, asked, today=dt.date(2024, 6, 22)).total == 0
    assert answer(ENGINE, asked, today=dt.date(2024, 6, 21)).understood == "date:2024-06-20..2024-06-21"


def test_notes_of_reader_planner_and_engine_come_together_once():
    page = answer(ENGINE, Query("http:x OR country:Nowhere OR country:Nowhere"))
    assert len(page.notes) == 2
    assert "http:" in page.notes[0]
    assert "Nowhere" in page.notes[1]


def test_an_unreadable_query_is_an_error_with_a_way_out():
    with pytest.raises(QueryError) as caught:
        answer(ENGINE, Query('oil "prices'))
    assert (caught.value.at, caught.value.repaired) == (4, 'oil "prices"')


def test_limits_are_settings():
    with pytest.raises(QueryError, match="more than 1 words"):
        answer(ENGINE, Query("oil prices"), limits=Limits(words=1))


def test_a_reading_marks_title_and_body():
    reading = read_article(ENGINE, "a", Query("wheat"))
    assert (reading.title_marks, reading.marks) == (((8, 13),), ((0, 5),))


def test_a_query_that_cannot_be_read_marks_nothing_and_says_so():
    reading = read_article(ENGINE, "a", Query('"wheat'))
    assert reading.marks == ()
    assert "never closed" in reading.notes[0]


NAMED = Article(
    "n",
    "Ann Oak in Baku",
    "Ann Oak left Baku in 2023 for oil.",
    countries=(CountryTag("AZ", "Azerbaijan", ("about",), (Mention(13, 17, "Baku", "city"),)),),
    people=(
        PersonTag(
            "Ann Oak", ("mentioned",), (Mention(0, 7, "Ann Oak", "r"),), (Mention(0, 7, "Ann Oak", "r"),)
        ),
    ),
    says=(SaysTag("2023", (Mention(21, 25, "2023", "r"),)),),
)


@pytest.mark.parametrize(
    ("query", "body", "title"),
    [
        pytest.param(Query("oil"), [], [], id="words-alone"),
        pytest.param(Query(filters=(Filter("country", "AZ"),)), ["Baku"], [], id="filter-alone"),
        pytest.param(
            Query("oil", filters=(Filter("person", "Ann Oak"),)), ["Ann Oak"], ["Ann Oak"], id="both"
        ),
        pytest.param(Query("oil country:azerbaijan"), ["Baku"], [], id="typed"),
        pytest.param(Query(says_since=dt.date(2023, 1, 1)), ["2023"], [], id="period"),
        pytest.param(Query('"oil', filters=(Filter("country", "AZ"),)), ["Baku"], [], id="unreadable-words"),
        pytest.param(Query(filters=(Filter("country", "AZ", exclude=True),)), [], [], id="left-out"),
        pytest.param(Query(filters=(Filter("country", "PE"),)), [], [], id="another"),
    ],
)
def test_a_reading_marks_what_its_filters_ask_for_as_the_list_does(query, body, title):
    engine = MemoryEngine([NAMED])
    reading = read_article(engine, "n", query)
    assert [NAMED.body[start:end] for start, end in reading.filter_marks] == body
    assert [NAMED.title[start:end] for start, end in reading.title_filter_marks] == title
    if body and not query.text.startswith('"'):
        (hit,) = answer(engine, query).hits
        assert hit.passages[0].told == reading.filter_marks


def test_no_article_is_none():
    assert read_article(ENGINE, "zz") is None
