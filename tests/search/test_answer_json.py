"""Pages, articles and errors as the contract has them."""

import datetime as dt
import json
import random

import pytest
from random_archive import random_article, random_query

from search.answer_json import error_json, page_json, query_json, reading_json, written_value
from search.domain import (
    Article,
    CountryTag,
    Facet,
    FacetValue,
    Filter,
    Hit,
    Mention,
    Page,
    Passage,
    PersonTag,
    Query,
    Reading,
    SaysTag,
)
from search.engines.memory import MemoryEngine
from search.run import answer

ARTICLE = Article(
    id="a",
    title="Oil",
    body="Oil in Baku",
    date=dt.date(2024, 6, 1),
    date_precision="month",
    date_source="byline",
    says=(SaysTag("2023", (Mention(0, 3, "Oil", "r"),)),),
    countries=(CountryTag("AZ", "Azerbaijan", ("about",), (Mention(7, 11, "Baku", "city"),)),),
    people=(PersonTag("Ann Oak", ("quoted",)),),
    url="http://x",
    story="s",
)
HIT = Hit(
    ARTICLE, 1.5, (Passage("in Baku", ((3, 7),), 4, told=((3, 7),)),), ((0, 3),), copies=2, folded=(ARTICLE,)
)
FACETS = (
    Facet(
        "country", (FacetValue("AZ", "Azerbaijan", 5, "include", (("about", 4),)), FacetValue(None, "", 1)), 1
    ),
    Facet("outlet", (FacetValue("-x", "-x", 1),), 8),
    Facet("date", (FacetValue("2024", "2024", 2, None, (), dt.date(2024, 1, 1), dt.date(2024, 12, 31)),), 1),
)


def test_a_page_is_as_the_contract_has_it():
    page = Page(Query("oil", page=2, size=5), "oil", 7, (HIT,), FACETS, 1.23456, ("note",), "soil")
    written = page_json(page)
    assert {key: written[key] for key in ("total", "took_ms", "page", "size", "did_you_mean", "notes")} == {
        "total": 7,
        "took_ms": 1.23,
        "page": 2,
        "size": 5,
        "did_you_mean": "soil",
        "notes": ["note"],
    }
    [hit] = written["hits"]
    assert hit == {
        "id": "a",
        "title": "Oil",
        "date": "2024-06-01",
        "date_precision": "month",
        "date_source": "byline",
        "url": "http://x",
        "outlet": None,
        "score": 1.5,
        "snippet": "in Baku",
        "snippet_start": 4,
        "marks": [[3, 7]],
        "passages": [{"text": "in Baku", "start": 4, "marks": [[3, 7]], "filter_marks": [[3, 7]]}],
        "title_marks": [[0, 3]],
        "countries": [{"code": "AZ", "name": "Azerbaijan", "roles": ["about"]}],
        "people": [{"name": "Ann Oak", "roles": ["quoted"]}],
        "story": "s",
        "copies": 2,
        "folded": [
            {
                "id": "a",
                "title": ARTICLE.title,
                "date": "2024-06-01",
                "outlet": ARTICLE.outlet,
                "url": ARTICLE.url,
            }
        ],
    }
    assert written["facets"] == {
        "country": [
            {"value": "AZ", "label": "Azerbaijan", "count": 5, "selected": "include", "roles": {"about": 4}},
            {"value": "~none", "label": "", "count": 1, "selected": None, "roles": {}},
        ],
        "outlet": [{"value": "\\-x", "label": "-x", "count": 1, "selected": None}],
        "date": [
            {
                "value": "2024",
                "label": "2024",
                "count": 2,
                "selected": None,
                "from": "2024-01-01",
                "to": "2024-12-31",
            }
        ],
    }
    assert written["distinct"] == {"country": 1, "outlet": 8, "date": 1}


def test_a_query_is_written_as_it_was_read():
    query = Query("oil", (Filter("country", None, exclude=True),), since=dt.date(2024, 1, 1), match="any")
    assert query_json(query, "oil") == {
        "text": "oil",
        "understood": "oil",
        "filters": [{"field": "country", "value": None, "role": None, "exclude": True}],
        "from": "2024-01-01",
        "to": None,
        "says_from": None,
        "says_to": None,
        "sort": "relevance",
        "match": "any",
        "stories": False,
    }


def test_an_article_is_written_with_its_receipts():
    written = reading_json(Reading(ARTICLE, ((7, 11),), ((0, 3),), ((8, 9),), ((1, 2),), ("note",)))
    assert written["countries"][0]["mentions"] == [[7, 11, "Baku", "city"]]
    assert written["says"] == [{"value": "2023", "mentions": [[0, 3, "Oil", "r"]], "title_mentions": []}]
    assert (written["marks"], written["title_marks"], written["notes"]) == ([[7, 11]], [[0, 3]], ["note"])
    assert (written["filter_marks"], written["title_filter_marks"]) == ([[8, 9]], [[1, 2]])


@pytest.mark.parametrize(
    ("value", "written"),
    [
        pytest.param(None, "~none", id="missing"),
        pytest.param("AZ", "AZ", id="plain"),
        pytest.param("~none", "\\~none", id="a-value-called-so"),
        pytest.param("-x", "\\-x", id="minus"),
        pytest.param("\\x", "\\\\x", id="backslash"),
        pytest.param("a-b~", "a-b~", id="inside"),
        pytest.param("", "", id="empty"),
    ],
)
def test_values_are_written_as_arguments(value, written):
    assert written_value("outlet", value) == written


@pytest.mark.parametrize(
    ("value", "role", "written"),
    [
        pytest.param("A", "quoted", "A.quoted", id="role"),
        pytest.param("A.quoted", None, "A.quoted.", id="a-name-like-a-role"),
        pytest.param("A.quoted.", None, "A.quoted..", id="and-a-dot"),
        pytest.param("A.about", None, "A.about", id="a-role-of-countries"),
        pytest.param("-A", "mentioned", "\\-A.mentioned", id="both"),
    ],
)
def test_a_role_follows_a_dot(value, role, written):
    assert written_value("person", value, role) == written


def test_any_answer_is_json():
    rng = random.Random(6)
    engine = MemoryEngine([random_article(rng, str(at)) for at in range(15)])
    for _ in range(50):
        written = page_json(answer(engine, random_query(rng)))
        assert json.loads(json.dumps(written)) == written


def test_an_error_is_as_the_contract_has_it():
    assert error_json("query", "bad", at=3, repaired="x") == {
        "error": {"kind": "query", "message": "bad", "at": 3, "repaired": "x"}
    }
