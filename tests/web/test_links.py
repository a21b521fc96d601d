"""Steps from one query to another, and addresses."""

import random
from dataclasses import replace
from datetime import date
from urllib.parse import unquote

import pytest

from search.domain import Filter, Query
from web.links import Links, cleared, dropped, is_narrowed, picked, sorted_by, turned_to, within

AZ, GE = Filter("country", "AZ"), Filter("country", "GE")
NOT_AZ = Filter("country", "AZ", exclude=True)
LINKS = Links()


@pytest.mark.parametrize(
    ("before", "choice", "after"),
    [
        pytest.param((), AZ, (AZ,), id="first"),
        pytest.param((AZ,), GE, (AZ, GE), id="beside-the-other"),
        pytest.param((AZ, GE), NOT_AZ, (GE, NOT_AZ), id="exclude-replaces-include"),
        pytest.param((AZ,), Filter("country", "AZ", "about"), (Filter("country", "AZ", "about"),), id="role"),
    ],
)
def test_picked(before, choice, after):
    assert picked(Query(filters=before), choice).filters == after


def test_dropped_takes_away_a_value_in_whatever_role():
    assert dropped(Query(filters=(Filter("country", "AZ", "about"), GE)), AZ).filters == (GE,)


@pytest.mark.parametrize(
    "step",
    [
        pytest.param(lambda query: picked(query, GE), id="picked"),
        pytest.param(lambda query: dropped(query, AZ), id="dropped"),
        pytest.param(lambda query: within(query, "date", None, None), id="within"),
        pytest.param(lambda query: sorted_by(query, "newest"), id="sorted"),
        pytest.param(cleared, id="cleared"),
    ],
)
def test_every_step_but_turning_goes_to_page_one_and_keeps_the_words(step):
    stepped = step(Query(text="oil", filters=(AZ,), page=7))
    assert (stepped.page, stepped.text) == (1, "oil")


def test_turning_keeps_everything_else():
    query = Query(text="oil", filters=(AZ,), since=date(2024, 1, 1), page=7)
    assert turned_to(query, 2) == replace(query, page=2)


def test_links_that_a_page_has_dozens_of_are_those_of_their_steps():
    """They are put together from parts of the present address."""
    rng = random.Random(8)
    choices = (AZ, GE, NOT_AZ, Filter("person", "-Ann & Bo"), Filter("country", None), Filter("date", "2024"))
    days = (None, date.min, date(2024, 2, 29), date.max)
    for _ in range(500):
        query = Query(
            text=rng.choice(("", "oil", "a&b=c #1")),
            filters=tuple(rng.sample(choices, rng.randint(0, 3))),
            since=rng.choice(days),
            until=rng.choice(days),
            says_since=rng.choice(days),
            says_until=rng.choice(days),
            sort=rng.choice(("relevance", "oldest")),
            page=rng.randint(1, 3),
            size=rng.choice((10, 50)),
            stories=rng.random() < 0.5,
        )
        choice, field, ends = rng.choice(choices), rng.choice(("date", "says")), rng.choices(days, k=2)
        assert LINKS.narrowed(query, choice) == LINKS.search(picked(query, choice))
        assert LINKS.between(query, field, *ends) == LINKS.search(within(query, field, *ends))


def test_cleared_leaves_nothing_that_narrows():
    query = Query(
        text="oil", filters=(AZ,), since=date(2024, 1, 1), says_until=date(2024, 1, 1), sort="oldest"
    )
    assert is_narrowed(query)
    assert not is_narrowed(cleared(query))
    assert cleared(query).sort == "oldest"


@pytest.mark.parametrize(
    ("article_id", "address"),
    [
        pytest.param("a b", "/article/a%20b", id="space"),
        pytest.param("a/../b", "/article/a%2F..%2Fb", id="slash-and-dots"),
        pytest.param("100%?#&", "/article/100%25%3F%23%26", id="marks-of-an-address"),
        pytest.param("ğ", "/article/%C4%9F", id="unicode"),
        pytest.param("..", "/article?id=..", id="two-dots"),
        pytest.param("x.json", "/article?id=x.json", id="ends-in-json"),
    ],
)
def test_article(article_id, address):
    assert LINKS.article(article_id) == address
    assert unquote(LINKS.article_json(article_id)) == f"/article/{article_id}.json"


def test_addresses_lie_below_the_mount_and_carry_the_query():
    query = Query(text='"a b"', filters=(AZ,))
    assert Links("/desk").search(query) == "/desk/search?q=%22a%20b%22&country=AZ"
    assert Links("/desk").article("x", query) == "/desk/article/x?q=%22a%20b%22&country=AZ"
