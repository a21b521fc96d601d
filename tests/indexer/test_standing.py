"""Which dates of a page stand there as its own."""

import pytest
from lxml import html

from indexer.standing import own_day

DAY = "2021-05-03"


def own(markup, head=""):
    page = f"<html><head>{head}</head><body><p>Words before it.</p>{markup}</body></html>"
    return own_day(html.document_fromstring(page), DAY)


@pytest.mark.parametrize(
    "markup",
    [
        pytest.param("<p>3 May 2021</p>", id="alone"),
        pytest.param("<p>Datum: 03.05.2021</p>", id="label"),
        pytest.param("<p>By Ada Holm, 3 May 2021</p>", id="author"),
        pytest.param(
            "<p>3.5.2021 - " + "The ice broke at noon and the ferries ran again. " * 5 + "</p>", id="opens"
        ),
        pytest.param("<div class='author'>hh am 3.5.2021</div>", id="named-for-the-author"),
        pytest.param("<p>Weather (1 / 3) 03.05.2021 13:30 von Ada</p>", id="signed"),
        pytest.param("<span class='updated' title='2021-05-03T18:52:11+00:00'></span>", id="attribute"),
        pytest.param("<script>{'created_at': '2021-05-03T10:00:00'}</script>", id="script"),
        pytest.param("<footer>Last modified: 3 May 2021</footer>", id="changed"),
    ],
)
def test_a_date_of_its_own(markup):
    assert own(markup) == DAY


@pytest.mark.parametrize(
    "markup",
    [
        pytest.param("<p>Doors open on 3 May 2021, 19:30.</p>", id="event"),
        pytest.param("<p>(* 3 May 2021)</p>", id="birth"),
        pytest.param("<p>The act of 3 May 2021 applies to all loans.</p>", id="law"),
        pytest.param("<p>" + "The ice broke at noon. " * 8 + "On 3 May 2021 it froze.</p>", id="prose"),
        pytest.param("<div class='comments'><p>3 May 2021</p></div>", id="comment"),
        pytest.param("<nav>3 May 2021</nav>", id="navigation"),
        pytest.param("<ul>" + "".join(f"<li>{d} May 2021</li>" for d in range(2, 6)) + "</ul>", id="list"),
        pytest.param("<p>Monday, 3 May 2021</p><main><h1>Ice</h1></main>", id="banner"),
        pytest.param("<a href='/2021-05-03/x'>x</a>", id="address"),
        pytest.param("<script>var expires = '2021-05-03'</script>", id="other-key"),
    ],
)
def test_a_date_of_something_else(markup):
    assert own(markup) is None


def test_a_meta_element_that_is_named_for_the_upload_is_believed_and_one_of_the_end_is_not():
    assert own("", "<meta property='site:uploaded' content='2021-05-03T04:36:36-05:00'>") == DAY
    assert own("", "<meta property='event:end_date' content='2021-05-03'>") is None


def test_the_only_day_that_stands_is_taken_for_another_that_was_found():
    assert own("<p>By Ada Holm, 4 May 2021</p>") == "2021-05-04"
    assert own("<p>By Ada Holm, 4 May 2021</p><div>Datum: 6.5.2021</div>") is None


@pytest.mark.parametrize("count", [2_000])
def test_nested_inline_elements_are_read_in_one_pass(count):
    assert own("<span>" * count + "3 May 2021" + "</span>" * count) in (DAY, None)
