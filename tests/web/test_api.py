"""JSON answers."""

from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from search.domain import Article
from search.engines.memory import MemoryEngine
from web import create_app
from web.parameters import FILTERS, SINGLE
from web.settings import Settings


def test_search_json_has_the_keys_of_the_contract(client):
    answer = client.get("/search.json?q=Hasanov&country=GE&size=2&from=2023-11-27")
    assert answer.status_code == 200
    assert answer.content_type == "application/json"
    page = answer.json
    assert {"total", "took_ms", "page", "size", "query", "hits", "facets", "did_you_mean", "notes"} <= set(
        page
    )
    assert (page["total"], page["page"], page["size"]) == (1, 1, 2)
    assert page["query"] == {
        "text": "Hasanov",
        "understood": "Hasanov",
        "filters": [{"field": "country", "value": "GE", "role": None, "exclude": False}],
        "from": "2023-11-27",
        "to": None,
        "says_from": None,
        "says_to": None,
        "sort": "relevance",
        "match": "all",
        "stories": False,
    }
    (hit,) = page["hits"]
    assert (hit["id"], hit["date"], hit["date_source"]) == ("seeds/001", "2023-11-27", "byline")
    assert [hit["snippet"][start:end] for start, end in hit["marks"]] == ["Hasanov"]
    assert [hit["title"][start:end] for start, end in hit["title_marks"]] == ["Hasanov"]
    assert hit["countries"][1] == {"code": "GE", "name": "Georgia", "roles": ["filed-from", "about"]}


def test_facet_values_are_written_as_the_arguments_that_pick_them(client):
    facets = client.get("/search.json?q=Hasanov&country=GE").json["facets"]
    assert list(facets) == ["country", "person", "date", "outlet", "language", "source", "says"]
    georgia = next(value for value in facets["country"] if value["value"] == "GE")
    assert georgia == {
        "value": "GE",
        "label": "Georgia",
        "count": 3,
        "selected": "include",
        "roles": {"filed-from": 1, "about": 2, "mentioned": 1},
    }
    assert facets["date"][0] | {"label": "2023"} == {
        "value": "2023",
        "label": "2023",
        "count": 1,
        "selected": None,
        "from": "2023-01-01",
        "to": "2023-12-31",
    }
    assert facets["date"][-1]["value"] == "~none"
    assert client.get("/search.json?q=Hasanov&country=GE&date=~none").json["total"] == 2


def test_article_json_has_receipts_that_point_at_their_words(client):
    article = client.get("/article/seeds%2F003.json?q=letter").json
    assert (article["id"], article["date_precision"]) == ("seeds/003", "day")
    for tag in (*article["countries"], *article["people"], *article["says"]):
        assert tag["mentions"]
        for start, end, surface, rule in tag["mentions"]:
            assert article["body"][start:end] == surface
            assert rule
    assert [article["body"][start:end] for start, end in article["marks"]] == ["letter"]


def test_offsets_count_code_points():
    article = Article("a", "😀 wheat", "😀😀 wheat rose", words=5)
    client = create_app(engine=MemoryEngine([article]), settings=Settings()).test_client()
    hit = client.get("/search.json?q=wheat").json["hits"][0]
    assert (hit["title_marks"], hit["marks"]) == ([[2, 7]], [[3, 8]])


def test_half_a_surrogate_pair_in_an_archive_is_shown_as_a_replacement():
    article = Article("a", "bad \ud800 title", "bad \udfff wheat", outlet="\ud83d", words=4)
    client = create_app(engine=MemoryEngine([article]), settings=Settings()).test_client()
    hit = client.get("/search.json").json["hits"][0]
    assert (hit["title"], hit["outlet"]) == ("bad � title", "�")
    assert client.get("/search").status_code == 200
    assert client.get("/article/a").status_code == 200
    assert client.get("/article/a.json").json["body"] == "bad � wheat"


def test_scores_are_explained_when_asked_for(client):
    plain, explained = (client.get(f"/search.json?q=Hasanov&explain={on}").json["hits"] for on in (0, 1))
    assert len(plain) == len(explained) > 0
    assert not any("explain" in hit for hit in plain)
    for hit in explained:
        assert hit["explain"]["score"] == hit["explain"]["parts"]["score"] == hit["score"] > 0


def test_copies_of_a_story_are_one_hit_when_stories_are_asked_for():
    """Two papers print one report, a third another one; the page says where else the report stood."""
    engine = MemoryEngine(
        Article(name, f"Ferry {name}", "The ferry sails.", story=story, outlet=outlet)
        for name, story, outlet in (("a", "s", "Wire"), ("b", "s", "Post"), ("c", "t", "Post"))
    )
    client = create_app(engine=engine, settings=Settings()).test_client()
    plain, folded = client.get("/search.json?q=ferry").json, client.get("/search.json?q=ferry&stories=1").json
    assert (plain["total"], folded["total"]) == (3, 2)
    assert [[one["id"] for one in hit["folded"]] for hit in plain["hits"]] == [[], [], []]
    assert [(hit["id"], hit["copies"]) for hit in folded["hits"]] == [("a", 1), ("c", 0)]
    assert folded["hits"][0]["folded"] == [
        {"id": "b", "title": "Ferry b", "date": None, "outlet": "Post", "url": None}
    ]
    counts = {one["value"]: one["count"] for one in folded["facets"]["outlet"]}
    assert counts == {"Wire": 1, "Post": 2}
    page = client.get("/search?q=ferry&stories=1").text
    assert "2 stories" in page
    assert 'href="/article/b?q=ferry&amp;stories=1"' in page


def test_suggestions_are_words_people_and_countries(client):
    found = client.get("/suggest.json?q=visit+az").json
    assert found["q"] == "visit az"
    assert found["words"] == [{"word": "azerbaijan", "query": "visit azerbaijan"}]
    assert found["people"] == []
    assert found["countries"] == [
        {"code": "AZ", "name": "Azerbaijan", "articles": 5, "query": "visit country:Azerbaijan"}
    ]
    [person] = client.get("/suggest.json?q=zakir+h").json["people"]
    assert person == {"name": "Zakir Hasanov", "articles": 5, "query": 'person:"Zakir Hasanov"'}


@pytest.mark.parametrize("tail", ["", "q=", "q=%22%22%22", "q=" + "%28" * 99])
def test_nothing_to_go_on_with_is_no_error(client, tail):
    answer = client.get(f"/suggest.json?{tail}")
    assert (answer.status_code, answer.json["words"]) == (200, [])


def test_a_query_too_long_to_be_asked_is_not_completed(client):
    answer = client.get(f"/suggest.json?q={'a' * 2_001}")
    assert answer.status_code == 400
    assert answer.json["error"]["message"] == "q is longer than 2,000 characters."


def test_health(client):
    assert client.get("/healthz").json == {"status": "ok", "articles": 7, "built": None}


@pytest.mark.parametrize("field", FILTERS)
@pytest.mark.parametrize("value", ["2024", "-2024", "~none", "-~none"])
def test_every_filter_is_answered(client, field, value):
    assert client.get(f"/search.json?{field}={value}").status_code == 200


@pytest.mark.parametrize(
    ("tail", "total"),
    [
        pytest.param("date=2024", 2, id="a-year"),
        pytest.param("date=2024&date=2023", 3, id="either-year"),
        pytest.param("date=-2024", 5, id="not-that-year"),
        pytest.param("date=2024-06&outlet=Pacific+Ledger", 1, id="a-month"),
        pytest.param("says=2025", 1, id="said"),
        pytest.param("says=-2025", 6, id="not-said"),
    ],
)
def test_a_period_can_be_picked_and_left_out(client, tail, total):
    assert client.get(f"/search.json?{tail}").json["total"] == total


# Half of a surrogate pair cannot be written in UTF-8: it is sent as the bytes it would have.
values = st.text(max_size=40)
names = st.sampled_from([*FILTERS, *SINGLE, "id", "other"])


@settings(
    max_examples=400,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(st.tuples(names, values), max_size=6),
    st.sampled_from(["/search.json", "/search", "/", "/suggest.json"]),
)
@example([("q", "\ud800")], "/search.json")
@example([("q", "a" * 10_000)], "/search.json")
@example([("q", "(" * 5_000)], "/search")
@example([("q", "\0")], "/search")
@example([("date", "-2024-06"), ("says", "2023")], "/search.json")
@example([("country", ".about"), ("person", "~none")], "/search.json")
def test_anything_asked_is_answered_or_refused_never_broken(client, pairs, path):
    query = "&".join(f"{name}={quote(value, safe='', errors='surrogatepass')}" for name, value in pairs)
    answer = client.get(f"{path}?{query}")
    assert answer.status_code in (200, 400, 422), answer.data
    if path.endswith(".json") and answer.status_code != 200:
        error = answer.json["error"]
        assert set(error) == {"kind", "message", "at", "repaired"}
        assert error["message"]


@settings(
    max_examples=200,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.binary(max_size=60), st.sampled_from(["/search.json", "/search", "/article/x", "/article"]))
@example(b"q=\xff\xfe", "/search.json")
def test_raw_bytes_in_an_address_break_nothing(client, raw, path):
    answer = client.get(path, environ_overrides={"QUERY_STRING": raw.decode("latin-1")})
    assert answer.status_code in (200, 400, 404, 422)
