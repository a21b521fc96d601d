"""Errors as pages and as JSON."""

import pytest

from search.errors import (
    EngineUnavailable,
    IndexCorrupt,
    IndexLocked,
    IndexMissing,
    IndexStale,
    IndexUnsafe,
    SearchError,
)
from web.application import application
from web.settings import Settings


class Failing:
    """An archive that raises what it was given."""

    def __init__(self, error):
        self.error = error

    def held(self):
        return self

    def engine(self):
        raise self.error

    def built(self):
        return ""

    def report(self):
        return {}


@pytest.mark.parametrize(
    ("method", "path", "status", "kind"),
    [
        pytest.param("get", "/search.json?page=0", 400, "parameter", id="parameter"),
        pytest.param("get", "/search.json?q=%22", 422, "query", id="query"),
        pytest.param("get", "/nothing.json", 404, "not-found", id="no-such-path"),
        pytest.param("get", "/article/nothing.json", 404, "not-found", id="no-such-article"),
        pytest.param("post", "/search.json", 405, "method", id="method"),
        pytest.param("get", "/search.json?q=" + "a" * 70_000, 413, "too-large", id="address"),
    ],
)
def test_errors_of_json_addresses_are_json(client, method, path, status, kind):
    answer = getattr(client, method)(path)
    assert answer.status_code == status
    assert set(answer.json["error"]) == {"kind", "message", "at", "repaired"}
    assert answer.json["error"]["kind"] == kind


def test_a_query_error_carries_its_place_and_a_query_that_reads(client):
    error = client.get('/search.json?q=oil+"price').json["error"]
    assert error["at"] == 4
    assert client.get("/search.json", query_string={"q": error["repaired"]}).status_code == 200


@pytest.mark.parametrize(
    ("path", "status"),
    [("/nothing", 404), ("/article/nothing", 404), ("/search?from=2024-02-31", 400), ("/search?q=%22", 422)],
)
def test_errors_of_pages_are_pages_with_a_way_out(client, path, status):
    answer = client.get(path)
    assert answer.status_code == status
    assert answer.content_type == "text/html; charset=utf-8"
    assert "<search>" in answer.text


def test_a_wrong_argument_can_be_left_out_by_a_click(view_of):
    view = view_of("/search?q=oil&country=AZ&from=2024-02-31", status=400)
    assert "2024-02-31" in view.message
    assert view.ways[0].href == "/search?q=oil&country=AZ"


def test_days_in_the_wrong_order_can_be_swapped_by_a_click(view_of):
    view = view_of("/search?q=oil&from=2024-03&to=2024-01-31&country=AZ", 400)
    assert "2024-03-01, comes after the last day, 2024-01-31" in view.message
    assert view.ways[0].label == "The same with the two days swapped"
    assert view.ways[0].href == "/search?q=oil&to=2024-03&from=2024-01-31&country=AZ"
    assert [way.href for way in view.ways[1:]] == ["/search?q=oil&to=2024-01-31&country=AZ", "/"]
    assert (
        view_of("/search?says_from=2024&says_to=2023", 400).ways[0].href
        == "/search?says_to=2024&says_from=2023"
    )


def test_methods_that_write_are_refused_and_told_which_are_not(client):
    answer = client.post("/search", data={"q": "x"})
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


@pytest.mark.parametrize("method", ["TRACE", "PUT", "DELETE", "PATCH", "PROPFIND", "BREW", "QUERY"])
@pytest.mark.parametrize("path", ["/", "/search", "/search.json", "/article/x.json", "/static/dateline.css"])
def test_no_other_method_is_answered(client, method, path):
    answer = client.open(path, method=method)
    assert answer.status_code == 405
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}
    assert answer.is_json == path.endswith(".json")


@pytest.mark.parametrize("path", ["/", "/search?q=Hasanov", "/search.json", "/search.json?q=%22", "/nothing"])
def test_head_is_get_without_a_body(client, path):
    """Its headers too; the time that a query took is part of the length."""
    head, whole = client.head(path), client.get(path)
    assert head.data == b""
    assert head.status_code == whole.status_code
    varying = {"Content-Length"}
    assert {pair for pair in head.headers if pair[0] not in varying} == {
        pair for pair in whole.headers if pair[0] not in varying
    }


def test_a_large_body_is_refused(client):
    assert client.post("/search", data=b"x" * 70_000).status_code == 413


@pytest.mark.parametrize(
    ("error", "words"),
    [
        pytest.param(IndexMissing("there is no index at /x"), "dateline rebuild", id="missing"),
        pytest.param(IndexStale("the index is of schema 1"), "dateline rebuild", id="stale"),
        pytest.param(IndexCorrupt("/x/a.arrays is damaged: rebuild"), "a.arrays is damaged", id="corrupt"),
        pytest.param(IndexUnsafe("others may write to /x"), "others may write", id="unsafe"),
        pytest.param(IndexLocked("process 7 writes"), "again", id="locked"),
        pytest.param(EngineUnavailable("no answer"), "again", id="unavailable"),
    ],
)
def test_an_archive_that_cannot_be_asked_is_503_and_says_what_to_do(error, words, caplog):
    client = application(Failing(error), Settings()).test_client()
    for path in ("/", "/search?q=x", "/article/x"):
        answer = client.get(path)
        assert answer.status_code == 503
        assert words in answer.text
        assert str(error) in caplog.text  # the operator learns it too, not readers alone
        caplog.clear()
    for path in ("/search.json", "/article/x.json", "/healthz"):
        answer = client.get(path)
        assert (answer.status_code, answer.json["error"]["kind"]) == (503, error.kind)
        assert words in answer.json["error"]["message"]


def test_a_bug_is_logged_and_told_without_its_inside(caplog):
    client = application(Failing(RuntimeError("secret inside")), Settings()).test_client()
    answer = client.get("/search.json")
    assert (answer.status_code, answer.json["error"]["kind"]) == (500, "internal")
    assert "secret" not in answer.text
    assert "secret inside" in caplog.text


def test_any_other_error_of_search_is_503():
    assert application(Failing(SearchError("odd")), Settings()).test_client().get("/").status_code == 503
