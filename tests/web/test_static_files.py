"""Style sheets and script as they are sent: shorter than their sources, and the same to a browser."""

import gzip
from pathlib import Path

import pytest

import web

STATIC = Path(web.__file__).parent / "static"


@pytest.mark.parametrize("name", ["dateline.css", "manual.css", "dateline.js"])
def test_comments_and_white_space_are_left_out(client, name):
    source = (STATIC / name).read_text(encoding="utf-8")
    sent = client.get(f"/static/{name}").text
    assert "/*" in source or "//" in source
    assert "/*" not in sent
    assert len(sent) < len(source)
    assert [sent.count(sign) for sign in "{}()"] == [
        "".join(line for line in source.splitlines() if not line.strip().startswith(("/*", "//"))).count(sign)
        for sign in "{}()"
    ]


def test_the_icon_is_sent_as_it_is(client):
    answer = client.get("/static/favicon.svg")
    assert answer.data == (STATIC / "favicon.svg").read_bytes()
    assert answer.content_type.startswith("image/svg+xml")


@pytest.mark.parametrize("name", ["dateline.css", "dateline.js", "favicon.svg"])
@pytest.mark.parametrize(
    ("accepted", "is_packed"),
    [("gzip, deflate, br", True), ("*", True), ("gzip;q=0, br", False), ("identity", False), ("", False)],
)
def test_a_file_is_packed_for_who_can_unpack_it(client, name, accepted, is_packed):
    plain = client.get(f"/static/{name}")
    answer = client.get(f"/static/{name}", headers={"Accept-Encoding": accepted})
    assert answer.vary.as_set() == plain.vary.as_set() == {"accept-encoding"}
    assert answer.content_encoding == ("gzip" if is_packed else None)
    assert (gzip.decompress(answer.data) if is_packed else answer.data) == plain.data
    assert (answer.headers["ETag"] == plain.headers["ETag"]) is not is_packed
    assert answer.content_length == len(answer.data)


def test_a_file_that_the_browser_has_is_not_sent_again(client):
    tag = client.get("/static/dateline.css").headers["ETag"]
    assert client.get("/static/dateline.css", headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize(
    "name", ["nothing.css", "../serve.py", "..%2Fserve.py", "%2e%2e/serve.py", "/etc/passwd", ""]
)
def test_there_are_no_other_files(client, name):
    assert client.get(f"/static/{name}").status_code == 404
