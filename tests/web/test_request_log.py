"""The log of requests, which is kept only when it is asked for."""

import json

import pytest

from search.engines.memory import MemoryEngine
from web import create_app
from web.request_log import LONGEST
from web.settings import Settings


@pytest.fixture
def logged(articles):
    """A client of an application that logs."""
    return create_app(engine=MemoryEngine(articles), settings=Settings(log_requests=True)).test_client()


@pytest.mark.parametrize(
    ("address", "told"),
    [
        pytest.param("/search?q=oil%20prices", ("/search", "q=oil%20prices", 200), id="search"),
        pytest.param("/search?q=%22", ("/search", "q=%22", 422), id="not-read"),
        pytest.param("/no%0Awhere%1B[31m", ("/no\nwhere\x1b[31m", "", 404), id="control-characters"),
        pytest.param("/caf\u00e9\u202e", ("/caf\u00e9\u202e", "", 404), id="other-letters"),
        pytest.param("/" + "x" * 5_000, ("/" + "x" * (LONGEST - 1), "", 404), id="long"),
    ],
)
def test_a_request_is_a_line(logged, capsys, address, told):
    logged.get(address)
    (line,) = capsys.readouterr().err.splitlines()
    assert line.isascii()
    assert line.isprintable()
    found = json.loads(line)
    assert (found["path"], found["query"], found["status"]) == told
    assert found["method"] == "GET"
    assert found["ms"] >= 0


def test_what_the_guard_refuses_is_told_too(logged, capsys):
    logged.get("/", headers={"Host": "elsewhere.example"})
    assert json.loads(capsys.readouterr().err)["status"] == 400


def test_unless_asked_for_nothing_is_told(client, capsys):
    client.get("/search?q=secret")
    assert capsys.readouterr().err == ""
