"""Grading hits in the browser: what is kept, and what is not taken."""

import io
import random
import re
from urllib.parse import urlencode

import pytest

from search.engines.memory import MemoryEngine
from search.judgments import grades_of, read_judgments
from web import create_app
from web.guard import BODY_MAX
from web.settings import Settings

QUERY = "hasanov"


@pytest.fixture
def file(tmp_path):
    return tmp_path / "judgments.tsv"


@pytest.fixture
def judging(articles, file):
    return create_app(engine=MemoryEngine(articles), settings=Settings(judgments=file)).test_client()


def forms(client, query=QUERY):
    """Return the fields of each form of the page, and which grade is pressed."""
    html = client.get("/judge", query_string={"q": query}).text
    found = []
    for form in re.findall(r"<form class=\"grades\".*?</form>", html, flags=re.DOTALL):
        fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form))
        found.append((fields, re.findall(r'value="(\d)" aria-pressed="true"', form)))
    return found


def test_a_grade_is_kept_where_the_command_keeps_its_own(judging, file):
    fields, pressed = forms(judging)[1]
    assert pressed == []
    answer = judging.post("/judge?q=hasanov", data={**fields, "grade": "2"})
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/judge?q=hasanov#hit-2"
    assert grades_of(file, QUERY) == {fields["id"]: 2}
    assert [pressed for _, pressed in forms(judging)[:2]] == [[], ["2"]]


def test_any_grades_given_are_the_last_ones(judging, file):
    rng = random.Random(3)
    wanted = {}
    for _ in range(30):
        fields, _ = rng.choice(forms(judging))
        grade = rng.randrange(4)
        judging.post("/judge?q=hasanov", data={**fields, "grade": grade})
        wanted[fields["id"]] = grade
    assert grades_of(file, QUERY) == wanted


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        pytest.param({"token": ""}, 400, id="no-token"),
        pytest.param({"token": "ä" * 64}, 400, id="odd-token"),
        pytest.param({"q": "other"}, 400, id="token-of-another-query"),
        pytest.param({"grade": "4"}, 400, id="no-grade"),
        pytest.param({"grade": "٣"}, 400, id="other-digits"),
        pytest.param({"id": "../../etc/passwd"}, 404, id="no-article"),
    ],
)
def test_what_no_form_of_ours_sends_is_not_kept(judging, file, changed, status):
    fields, _ = forms(judging)[0]
    assert judging.post("/judge", data={**fields, "grade": "3", **changed}).status_code == status
    assert read_judgments(file) == ()


@pytest.mark.parametrize("hit", ["1\r\nX: y", "٣", "9" * 40])
def test_the_place_to_return_to_cannot_be_chosen(judging, hit):
    fields, _ = forms(judging)[0]
    answer = judging.post("/judge?q=hasanov", data={**fields, "grade": "3", "hit": hit})
    assert answer.headers["Location"] == "/judge?q=hasanov"


def test_a_page_without_a_query_says_so(judging):
    assert judging.get("/judge").status_code == 400


@pytest.mark.parametrize("method", ["get", "post"])
def test_without_a_file_there_is_no_such_page(client, method):
    assert getattr(client, method)("/judge?q=hasanov").status_code == 404
    assert "/judge" not in client.get("/search?q=hasanov").text


def test_the_page_of_hits_leads_there(judging):
    assert 'href="/judge?q=hasanov"' in judging.get("/search?q=hasanov&country=AZ").text


def test_the_interface_describes_the_page(judging):
    assert list(judging.get("/openapi.json").json["paths"]["/judge"]) == ["get"]


def test_a_body_without_its_length_is_read_no_further_than_others(judging, file):
    fields, _ = forms(judging)[0]
    form = f"pad={'x' * 2 * BODY_MAX}&{urlencode({**fields, 'grade': '3'})}"
    answer = judging.post(
        "/judge",
        input_stream=io.BytesIO(form.encode()),
        headers={"Transfer-Encoding": "chunked", "Content-Type": "application/x-www-form-urlencoded"},
        environ_overrides={"wsgi.input_terminated": True, "CONTENT_LENGTH": ""},
    )
    assert answer.status_code == 400
    assert read_judgments(file) == ()
