"""Pages: their addresses, and what hostile text comes to."""

from html.parser import HTMLParser

import pytest

from search.domain import Article
from search.engines.memory import MemoryEngine
from web import create_app
from web.links import Links
from web.settings import Settings

STRANGE = [
    "a/b", "/a", "a/", "a//b", "../etc/passwd", "a/../b", ".", "..", "a b", " a ", "a%2Fb", "100%", "a?b=c",
    "a#b", "a&b", "a;b", "a\\b", "a+b", "ğ", "日本", "😀", "a\nb", "a\tb\n", "x.json", "x.json.json", ".json",
    "search.json",
    "<b>", '"quoted"', "'", "a:b", "http://a/b", "~none", "-", "%ff", "%", "x", "X",
]  # fmt: skip


@pytest.fixture(scope="module")
def strange():
    """A client over articles whose ids hold what an address treats specially."""
    articles = [Article(article_id, f"Title {at}", f"words {at}") for at, article_id in enumerate(STRANGE)]
    return create_app(engine=MemoryEngine(articles), settings=Settings()).test_client()


@pytest.mark.parametrize("article_id", STRANGE)
def test_any_id_is_reached_at_the_address_that_links_give(strange, article_id):
    at = STRANGE.index(article_id)
    page = strange.get(Links().article(article_id))
    assert page.status_code == 200
    assert f"<h1>Title {at}</h1>" in page.text
    assert strange.get(Links().article_json(article_id)).json["id"] == article_id


def test_json_goes_before_an_id_that_ends_like_it(strange):
    """`x` and `x.json` both exist: the plain path is the JSON of `x`; `id=` opens the other."""
    assert strange.get("/article/x.json").json["id"] == "x"
    assert strange.get("/article/x.json.json").json["id"] == "x.json"
    assert "<h1>" in strange.get("/article?id=x.json").text
    assert "<h1>" in strange.get("/article/search.json").text, "no article `search`: the exact id is opened"


def test_the_root_with_a_query_is_the_search_page(client):
    assert "5 articles" in client.get("/?q=Hasanov").text
    assert "Ways to ask" in client.get("/").text


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/search?q=hostile",
        "/search?outlet=Outlet+%3C/title%3E%3Cscript%3E",
        "/article/hostile%20%3Cb%3E?q=hostile",
    ],
)
def test_markup_in_an_archive_is_shown_as_text(client, path):
    page = client.get(path).text
    assert page.count("<script") == page.count("dateline.js") == 1
    assert "<svg onload" not in page
    assert "<img" not in page
    assert 'javascript:alert(3)"' not in page


def test_a_script_in_a_headline_is_escaped(client):
    page = client.get("/article/hostile%20%3Cb%3E?q=hostile").text
    assert "&lt;script&gt;alert(&#39;headline&#39;)&lt;/script&gt; &amp; &#34;quotes&#34;" in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in page
    assert '<mark id="mark-1">Hostile</mark>' in page
    assert "{{ 7*7 }}" in page


def test_markup_in_a_query_is_shown_as_text(client):
    page = client.get("/search?q=%3Cscript%3Ealert(1)%3C/script%3E&person=%22%3E%3Cscript%3E").text
    assert page.count("<script") == page.count("dateline.js") == 1
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


class Markup(HTMLParser):
    """Gathers the tags of a page and their attributes."""

    def __init__(self, page):
        super().__init__()
        self.tags = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/search?q=Hasanov&country=GE",
        "/search?q=hostile",
        "/article/hostile%20%3Cb%3E",
        "/search?q=%22",
        "/facet/person?named=a",
    ],
)
def test_pages_carry_no_inline_style_or_script_and_load_nothing_from_elsewhere(client, path):
    tags = Markup(client.get(path).text).tags
    assert len(tags) > 10
    for tag, attributes in tags:
        assert tag not in ("style", "iframe", "object", "embed", "img")
        assert not [name for name in attributes if name == "style" or name.startswith("on")]
        if tag == "script":
            assert attributes["src"].startswith("/static/dateline.js?v=")
        if tag == "link":
            assert attributes["href"].startswith("/")
        if tag == "a":
            assert attributes["href"].startswith(("/", "#", "https://"))


def test_an_application_below_a_path_links_below_it(client):
    page = client.get("/search?q=Hasanov", environ_overrides={"SCRIPT_NAME": "/desk"}).text
    assert 'action="/desk/search"' in page
    assert 'href="/desk/static/' in page
    assert 'href="/search' not in page
    assert 'data-suggest="/desk/suggest.json"' in page
    assert (
        'href="/desk/facet/'
        in client.get("/search?from=2023", environ_overrides={"SCRIPT_NAME": "/desk"}).text
    )


def test_search_form_keeps_the_filters(client):
    page = client.get("/search?q=Hasanov&country=GE.about&person=-Rosa+Quispe&page=1").text
    assert '<input type="hidden" name="country" value="GE.about">' in page
    assert '<input type="hidden" name="person" value="-Rosa Quispe">' in page
    assert 'name="page"' not in page
