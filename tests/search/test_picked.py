"""What a plan asks for that texts mention, and where articles have it."""

import datetime as dt

import pytest

from search.domain import Article, CountryTag, Filter, Mention, PersonTag, Query, SaysTag
from search.engines.memory import MemoryEngine
from search.parse import parse
from search.picked import picked, tags_of, told_spans
from search.plan import Planner
from search.record import encoded, encoded_mentions


def mention(body: str, surface: str) -> tuple[Mention, ...]:
    return (Mention(body.index(surface), body.index(surface) + len(surface), surface, "rule"),)


BODY = "In Baku on 2 March, Ann Oak of Peru met Bo Ash."
ARTICLE = Article(
    "a",
    "Title",
    BODY,
    countries=(
        CountryTag("AZ", "Azerbaijan", ("about",), mention(BODY, "Baku")),
        CountryTag("PE", "Peru", ("mentioned",), mention(BODY, "Peru")),
    ),
    people=(
        PersonTag("Ann Oak", ("mentioned",), (*mention(BODY, "Ann Oak"), *mention(BODY, "Oak"))),
        PersonTag("Bo Ash", ("quoted",), mention(BODY, "Bo Ash")),
    ),
    says=(SaysTag("2024-03-02", mention(BODY, "2 March")),),
)


def asked_of(query: Query):
    planner = Planner(MemoryEngine([ARTICLE]).names)
    plan = planner.plan(parse(query.text).tree, query, facets=())
    return picked(plan.tree, plan.filters)


@pytest.mark.parametrize(
    ("query", "told"),
    [
        pytest.param(Query(filters=(Filter("country", "AZ"),)), ["Baku"], id="country"),
        pytest.param(Query(filters=(Filter("country", "AZ", "about"),)), ["Baku"], id="in-a-role"),
        pytest.param(Query(filters=(Filter("person", "Ann Oak"),)), ["Ann Oak"], id="overlapping-mentions"),
        pytest.param(
            Query(filters=(Filter("country", "PE"), Filter("person", "Bo Ash"))),
            ["Peru", "Bo Ash"],
            id="both",
        ),
        pytest.param(Query(filters=(Filter("country", "AZ", exclude=True),)), None, id="excluded"),
        pytest.param(Query(filters=(Filter("country", None),)), None, id="missing"),
        pytest.param(Query(filters=(Filter("outlet", "Baku"),)), None, id="of-no-words"),
        pytest.param(Query("country:azerbaijan oak"), ["Baku"], id="typed"),
        pytest.param(Query("-country:azerbaijan oak"), None, id="typed-and-excluded"),
        pytest.param(Query("country:AZ OR person:bo"), ["Baku", "Bo Ash"], id="typed-alternatives"),
        pytest.param(Query("says:2024-03"), ["2 March"], id="period-typed"),
        pytest.param(Query(filters=(Filter("says", "2024"),)), ["2 March"], id="period-picked"),
        pytest.param(Query(says_since=dt.date(2024, 3, 2)), ["2 March"], id="period-without-an-end"),
        pytest.param(Query(says_until=dt.date(2024, 3, 1)), [], id="period-before"),
        pytest.param(Query(since=dt.date(2024, 1, 1)), None, id="date-of-the-article"),
        pytest.param(Query("oak"), None, id="words-alone"),
    ],
)
def test_what_is_told(query, told):
    asked = asked_of(query)
    if told is None:
        assert asked is None
        return
    assert [BODY[start:end] for start, end in told_spans(asked, tags_of(ARTICLE))] == told


def test_a_stored_article_has_the_mentions_of_its_tags():
    assert list(encoded_mentions(encoded(ARTICLE))) == list(tags_of(ARTICLE))
