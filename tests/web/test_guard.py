"""The Host check and the headers of every answer."""

import pytest

from web.guard import is_trusted
from web.settings import Settings, trusted

OPEN = Settings(any_address=True)
NAMED = Settings(hosts=trusted(["news.example", "10.0.0.5"]))


@pytest.mark.parametrize(
    ("host", "settings", "answer"),
    [
        pytest.param("localhost", Settings(), True, id="localhost"),
        pytest.param("LOCALHOST:8000", Settings(), True, id="case-and-port"),
        pytest.param("localhost.", Settings(), True, id="full-stop"),
        pytest.param("127.0.0.1:8000", Settings(), True, id="loopback"),
        pytest.param("[::1]", Settings(), True, id="loopback-6"),
        pytest.param("[::1]:8000", Settings(), True, id="loopback-6-port"),
        pytest.param("evil.example", Settings(), False, id="other-name"),
        pytest.param("localhost.evil.example", Settings(), False, id="longer-name"),
        pytest.param("127.0.0.1.evil.example", Settings(), False, id="address-as-a-prefix"),
        pytest.param("evil.example:localhost", Settings(), False, id="name-as-port"),
        pytest.param("localhost@evil.example", Settings(), False, id="user-part"),
        pytest.param("192.168.1.5", Settings(), False, id="other-address"),
        pytest.param("", Settings(), False, id="none"),
        pytest.param("local host", Settings(), False, id="space"),
        pytest.param("[::1", Settings(), False, id="half-a-bracket"),
        pytest.param("news.example:80", NAMED, True, id="named"),
        pytest.param("10.0.0.5", NAMED, True, id="named-address"),
        pytest.param("sub.news.example", NAMED, False, id="below-a-name"),
        pytest.param("192.168.1.5:8000", OPEN, True, id="any-address"),
        pytest.param("[fe80::1]:8000", OPEN, True, id="any-address-6"),
        pytest.param("evil.example", OPEN, False, id="any-address-is-no-name"),
        pytest.param("[]", OPEN, False, id="empty-brackets"),
    ],
)
def test_is_trusted(host, settings, answer):
    assert is_trusted(host, settings) is answer


@pytest.mark.parametrize("path", ["/", "/search.json", "/static/dateline.css", "/healthz"])
def test_a_foreign_host_gets_nothing(client, path):
    answer = client.get(path, headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert "--trusted-host" in answer.text


def test_a_host_that_is_no_name_gets_an_error_page(client):
    """Two full stops keep werkzeug from making an address of any route, that of the style sheet too."""
    answer = client.get("/", headers={"Host": "localhost.."})
    assert answer.status_code == 400
    assert 'href="/static/dateline.css?v=' in answer.text


@pytest.mark.parametrize(
    "path", ["/", "/search?q=x", "/search.json", "/nothing", "/search?page=0", "/static/dateline.css"]
)
def test_every_answer_is_hardened_and_sets_no_cookie(client, path):
    with client.get(path) as answer:
        headers = answer.headers
    policy = headers["Content-Security-Policy"]
    for part in (
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self'",
        "script-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ):
        assert part in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "Set-Cookie" not in headers


def test_static_files_may_be_kept_and_pages_may_not(client):
    with client.get("/static/favicon.svg") as answer:
        assert "max-age=86400" in answer.headers["Cache-Control"]
    assert client.get("/").headers["Cache-Control"] == "private, no-cache"
