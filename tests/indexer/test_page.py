"""Web pages to text and clues, with nothing fetched and no exception but a refusal."""

import contextlib
import socket

import pytest

from indexer import bulk, page
from indexer.page import read_page
from search.errors import ArticleRefused

PROSE = "The bridge over the river opened on Monday after a year of work, and the mayor crossed it first."


def html(*, head: str = "", body: str = f"<article><p>{PROSE}</p><p>{PROSE[::-1]}</p></article>") -> str:
    return f'<html lang="en-GB"><head>{head}</head><body>{body}</body></html>'


def test_a_page_gives_its_parts():
    head = (
        "<title>Bridge opens</title><meta property='og:site_name' content='Town News'>"
        "<link rel='canonical' href='https://town.example/bridge'><meta name='author' content='Jo Ek'>"
    )
    found = read_page(html(head=head), origin="a.html")
    assert (found.title, found.outlet, found.author) == ("Bridge opens", "Town News", "Jo Ek")
    assert (found.language, found.url) == ("en-GB", "https://town.example/bridge")
    assert found.text.startswith(PROSE)


@pytest.mark.parametrize(
    ("markup", "field", "value"),
    [
        pytest.param("<meta name='date' content='2024-06-20'>", "meta", "2024-06-20", id="meta"),
        pytest.param(
            "<meta name='date' content='2024-06-21'>"
            "<meta property='article:published_time' content='2024-06-20'>",
            "meta",
            "2024-06-20",
            id="surest-first",
        ),
        pytest.param(
            "<script type='application/ld+json'>{'broken', \"datePublished\": \"2024-06-20\",}</script>",
            "structured",
            "2024-06-20",
            id="broken-json",
        ),
        pytest.param(
            "<time itemprop='datePublished' datetime='2024-06-20'>June</time>",
            "structured",
            "2024-06-20",
            id="microdata",
        ),
    ],
)
def test_dates_of_the_markup(markup, field, value):
    found = read_page(html(head=markup), origin="a.html")
    assert getattr(found, field)[0] == value


def test_a_drawing_of_many_numbers_is_no_overgrown_tag():
    drawing = f"<svg><path d='{'1 ' * 3 * bulk.ATTRIBUTES}'/></svg>"
    body = f"<article>{drawing}<p>{PROSE}</p><p>{PROSE[::-1]}</p></article>"
    assert PROSE in read_page(html(body=body), origin="a.html").text


def test_a_zone_that_is_none_costs_the_page_nothing():
    """datetime raises on it, inside the library that looks for dates."""
    moment = "2024-01-01T00:00:00+99:99"
    head = f"<title>Bridge opens</title><meta property='article:published_time' content='{moment}'>"
    body = f"<article><time datetime='{moment}'>{moment}</time><p>{PROSE}</p><p>{PROSE[::-1]}</p></article>"
    found = read_page(html(head=head, body=body), origin="a.html")
    assert found.title == "Bridge opens"
    assert PROSE in found.text


def test_a_modified_date_is_no_publication():
    found = read_page(html(head="<meta property='article:modified_time' content='2024-06-20'>"), origin="a")
    assert found.meta == ()


def test_a_copyright_year_is_no_date():
    """htmldate would fill it up to 1 January."""
    found = read_page(
        html(body=f"<article><p>{PROSE}</p></article><footer>© 2019 Town News</footer>"), origin="a"
    )
    assert found.shown is None


@pytest.mark.parametrize(
    "markup",
    [
        pytest.param("", id="empty"),
        pytest.param("<html></html>", id="no-body"),
        pytest.param(html(body="<script>var a = 1;</script><style>p {}</style>"), id="no-text"),
        pytest.param("<html><body>" + "<div>" * 20_000, id="deep"),
        pytest.param("<!-- " * 1000, id="comments"),
        pytest.param("x" * (page.PAGE_CHARS + 1), id="too-long"),
        pytest.param("<p " + "a=1 " * (bulk.ATTRIBUTES + 1) + ">" + PROSE, id="too-many-attributes"),
        pytest.param("<p " + "a " * (bulk.ATTRIBUTES + 1) + ">" + PROSE, id="too-many-without-values"),
        pytest.param("<p>a" * (page.PAGE_TAGS + 1), id="too-many-tags"),
        pytest.param("<div>" * 220 + "<p>a" * 6_000, id="too-many-in-each-other"),
    ],
)
def test_a_page_without_text_is_refused(markup):
    with pytest.raises(ArticleRefused) as refused:
        read_page(markup, origin="a.html")
    assert refused.value.origin == "a.html"
    assert refused.value.reason


def test_nothing_is_fetched(monkeypatch):
    """A page that is only an address is text, not a place to go to."""
    monkeypatch.setattr(socket, "socket", lambda *args, **options: pytest.fail("a socket was opened"))
    with contextlib.suppress(ArticleRefused):
        assert "://" in read_page("http://127.0.0.1:9/article", origin="a").text


def test_an_error_of_a_library_becomes_a_refusal(monkeypatch):
    monkeypatch.setattr(page, "extract_metadata", lambda *args, **options: 1 / 0)
    with pytest.raises(ArticleRefused, match="HTML that cannot be read"):
        read_page(html(), origin="a.html")


def test_a_control_character_costs_the_page_nothing():
    """The text finder may put no such character into an element, and would give the page up."""
    body = f"<article><p>{PROSE}</p><p>A bell <b>\x07rang</b>. {PROSE[::-1]}</p></article>"
    assert PROSE in read_page(html(body=body), origin="a.html").text


def test_the_headline_shown_is_the_title():
    head = "<meta property='og:title' content='You will not believe this bridge'>"
    body = f"<article><h1>Bridge opens</h1><p>{PROSE}</p><p>{PROSE[::-1]}</p></article>"
    found = read_page(html(head=head, body=body), origin="a.html")
    assert found.title == "Bridge opens"
    assert found.text.startswith(PROSE)


def test_a_page_that_a_script_would_fill_is_its_description():
    head = "<title>Bridge opens</title><meta property='og:description' content='After a year of work.'>"
    found = read_page(html(head=head, body="<div id='app'></div>"), origin="a.html")
    assert (found.title, found.text) == ("Bridge opens", "After a year of work.")
