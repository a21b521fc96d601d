"""Counts without hits: totals, and every value of a facet."""

import random

import pytest

from search.counting import Wanted, count_values, facet_of, total_of
from search.domain import Article, CountryTag, Filter, Query
from search.engines.memory import MemoryEngine
from search.engines.whoosh.index import create
from search.errors import QueryError
from search.run import answer

NAMES = {"CI": "Côte d’Ivoire", "SA": "Saudi Arabia", "ZA": "South Africa", "PE": "Peru", "KR": "South Korea"}
HELD = ("CI SA", "CI ZA", "PE ZA", "ZA KR", "", "PE CI ZA")
ARTICLES = [
    Article(
        str(at),
        "Oil",
        f"oil {'wheat' * (at % 2)}",
        countries=tuple(CountryTag(code, NAMES[code], ("about",)) for code in codes.split()),
        outlet="Wire",
    )
    for at, codes in enumerate(HELD)
]
ENGINE = MemoryEngine(ARTICLES)


def values(query=None, field="country", **wanted):
    return [one.value for one in count_values(ENGINE, query or Query(), field, Wanted(**wanted)).values]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        pytest.param({}, [None, "ZA", "CI", "PE", "SA", "KR"], id="by-count-the-missing-one-first"),
        pytest.param({"order": "az"}, [None, "CI", "PE", "SA", "ZA", "KR"], id="a-z"),
        pytest.param({"named": "COTE"}, ["CI"], id="accents-do-not-matter"),
        pytest.param({"named": "a so"}, ["ZA", "KR"], id="every-word"),
        pytest.param({"named": "frica"}, ["ZA"], id="inside-a-word"),
        pytest.param({"named": "x"}, [], id="none"),
        pytest.param({"size": 2, "page": 2}, ["CI", "PE"], id="a-page"),
        pytest.param({"size": 2, "page": 2, "order": "az"}, ["PE", "SA"], id="a-page-of-a-z"),
        pytest.param({"size": 4, "page": 3}, [], id="past-the-end"),
    ],
)
def test_values(wanted, found):
    assert values(**wanted) == found


def test_picked_values_come_first_even_without_articles():
    query = Query(filters=(Filter("country", "SA"), Filter("country", "XK"), Filter("outlet", "Wire")))
    assert values(query, size=3) == ["SA", "XK", None]
    assert values(query, order="az", size=3) == ["SA", "XK", None]


def test_how_many_there_are():
    all_of = count_values(ENGINE, Query(), "country", Wanted(size=2))
    assert (all_of.total, all_of.distinct, all_of.matching) == (6, 5, 6)
    some = count_values(ENGINE, Query(text="wheat"), "country", Wanted(named="peru"))
    assert (some.total, some.distinct, some.matching, some.understood) == (3, 4, 1, "wheat")


def test_pages_side_by_side_are_all_values(tmp_path):
    """On either engine, in either order, and the same as one long page."""
    whoosh = create(tmp_path / "index")
    with whoosh.writer() as writer:
        for article in ARTICLES:
            writer.add(article)
    rng = random.Random(8)
    for _ in range(60):
        picked = tuple(Filter("country", code) for code in rng.sample(sorted(NAMES), rng.randint(0, 2)))
        query = Query(text=rng.choice(("", "oil", "wheat")), filters=picked)
        wanted = Wanted(
            order=rng.choice(("count", "az")), named=rng.choice(("", "a", "so")), size=rng.randint(1, 4)
        )
        whole = count_values(ENGINE, query, "country", wanted._replace(size=100))
        engine = rng.choice((ENGINE, whoosh.reopened()))
        turned = [count_values(engine, query, "country", wanted._replace(page=page)) for page in range(1, 8)]
        assert tuple(value for page in turned for value in page.values) == whole.values
        assert {page.matching for page in turned} == {len(whole.values)}


@pytest.mark.parametrize("text", ["", "wheat", "oil -wheat"])
def test_totals_are_those_of_the_hits(text):
    assert total_of(ENGINE, Query(text=text)) == answer(ENGINE, Query(text=text)).total
    [country] = [facet for facet in answer(ENGINE, Query(text=text)).facets if facet.field == "country"]
    assert facet_of(ENGINE, Query(text=text), "country", values=50) == country


def test_text_that_cannot_be_read():
    with pytest.raises(QueryError):
        count_values(ENGINE, Query(text='"oil'), "country", Wanted())
