"""The page of one article."""

import re

import html5lib
import pytest

from search.domain import Article
from search.engines.memory import MemoryEngine
from web import create_app
from web.reading import safe_href
from web.settings import Settings


def texts(pieces):
    return "".join(f"[{piece.text}]" if piece.marked else piece.text for piece in pieces)


def test_the_text_is_shown_whole_in_paragraphs_with_marks(view_of):
    view = view_of("/article/seeds%2F000?q=Hasanov+talks")
    assert texts(view.title) == "Chikovani in Baku for two days of [talks]"
    met = (
        "He was met at the ministry by Zakir [Hasanov], and the two went through the plans for joint "
        "training that their staffs have drawn up since spring. Chikovani said that Georgia wants the "
        "exercises to be larger next year."
    )
    assert [texts(block.pieces) for block in view.blocks] == [
        "Georgia's defence minister Irakli Chikovani came to Baku on a working visit.",
        met,
        "Azerbaijan will send instructors, [Hasanov] answered.",
    ]
    assert view.marked == "3 places marked"


def test_tags_are_links_with_receipts(view_of):
    groups = dict(view_of("/article/seeds%2F003").tags)
    assert list(groups) == ["Countries", "People", "Dates in the text"]
    serbia = groups["Countries"][1]
    assert (serbia.link.label, serbia.link.href) == ("Serbia", "/search?country=RS")
    assert (serbia.roles, serbia.places) == ("filed from, about", "3 places")
    place = "[Belgrade]. A letter of Hasanov was handed over,"
    assert [(r.where, texts(r.around), r.rule) for r in serbia.receipts][:2] == [
        ("title", "[Serbian] chief of staff receives Valiyev", "name list"),
        ("text", f"Mojsilović received Karim Valiyev in {place}", "name list"),
    ]
    (year,) = groups["Dates in the text"]
    assert year.link.href == "/search?says_from=2025-01-01&says_to=2025-12-31"


def test_what_filters_ask_for_is_marked_as_in_the_list(view_of):
    view = view_of("/article/seeds%2F003?country=RS&q=letter")
    assert [piece.text for piece in view.title if piece.shown] == ["Serbian"]
    assert shown(view)[0] == "Belgrade"
    assert view.marked == "4 places marked"
    assert view_of("/article/seeds%2F003?country=RS").marked == "3 places marked"


def test_an_article_without_an_address_of_its_own_is_cited_by_ours():
    client = create_app(
        engine=MemoryEngine([Article("a_b", "Bread", "Bread rose.")]), settings=Settings()
    ).test_client()
    page = client.get("/article/a_b?q=bread").text
    assert '<p class="cited">“Bread”, undated, http://localhost/article/a_b.</p>' in page
    assert "url = {http://localhost/article/a\\_b}" in page
    assert 'href="/article/a_b">' in page


def shown(view):
    return [piece.text for block in view.blocks for piece in block.pieces if piece.shown]


def test_the_words_of_a_shown_tag_are_marked(view_of):
    view = view_of("/article/seeds%2F003?show=country:RS&q=letter")
    assert texts(view.title) == "Serbian chief of staff receives Valiyev"
    assert [piece.text for piece in view.title if piece.shown] == ["Serbian"]
    assert shown(view)[0] == "Belgrade"
    serbia = dict(view.tags)["Countries"][1]
    assert (serbia.show.label, serbia.show.current) == ("Unmark its words", True)
    assert serbia.show.href == "/article/seeds%2F003?q=letter"
    other = dict(view.tags)["People"][0]
    assert other.show.href.startswith("/article/seeds%2F003?show=person%3A")
    assert view.marked == f"{len(view.steps)} places marked"
    assert [step.href for step in view.steps][:2] == ["#mark-1", "#mark-2"]


@pytest.mark.parametrize("show", ["country:XX", "person:", "nothing", "%FF", "person:" + "x" * 500])
def test_a_tag_that_is_not_there_marks_nothing(view_of, show):
    view = view_of(f"/article/seeds%2F003?show={show}")
    assert (shown(view), view.marked) == ([], "")


def test_a_receipt_says_what_its_rule_means(view_of):
    serbia = dict(view_of("/article/seeds%2F003").tags)["Countries"][1]
    assert serbia.receipts[0].meaning == "A given name and a surname that lists know."
    assert [wrong for wrong, _ in serbia.mending] == [
        "Not in this article",
        "Words that name no country, here and elsewhere: keep the wrong ones",
    ]


def test_the_way_back_keeps_the_whole_query(view_of):
    tail = "?q=Hasanov&country=GE&from=2023-01-01&sort=oldest&page=2&size=2"
    view = view_of(f"/article/seeds%2F001{tail}")
    assert (view.back.label, view.back.href) == ("Back to search", f"/search{tail}")
    assert view_of("/article/seeds%2F001").back.label == "All articles"


def test_a_query_that_cannot_be_read_marks_nothing_and_says_so(view_of):
    view = view_of("/article/seeds%2F001?q=%22open")
    assert view.marked == ""
    assert len(view.notes) == 1


@pytest.mark.parametrize(
    ("url", "href"),
    [
        ("https://news.example/a?b#c", "https://news.example/a?b#c"),
        ("http://news.example", "http://news.example"),
        ("javascript:alert(1)", ""),
        ("JaVaScRiPt:alert(1)", ""),
        ("data:text/html,x", ""),
        ("//news.example/a", ""),
        ("https:news", ""),
        ("http://[::1", ""),
        (" https://news.example", ""),
        ("https://news.example/\na", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_only_addresses_of_the_web_become_links(url, href):
    assert safe_href(url) == href


COPIES = (
    Article("one", "Ferry & <b>", "The ferry <i>sails</i> at nine.", story="s"),
    Article("two", "Ferry & <b>", "The ferry <script>alert(1)</script> at ten.", story="s"),
    Article("far", "Bread", "Bread rises.", story="b"),
)


@pytest.fixture
def copies():
    """A client of an archive in which one article has a copy."""
    return create_app(engine=MemoryEngine(COPIES), settings=Settings()).test_client()


def test_a_copy_is_compared_as_text(copies):
    page = copies.get("/article/one?copy=two&q=ferry").text
    assert re.sub(r'<span class="unseen">[^<]*</span>', "", page).count("<del>") == 3
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page
    assert '<a href="/article/two?q=ferry">' in page
    parser = html5lib.HTMLParser(strict=True)
    parser.parse(page)


@pytest.mark.parametrize(
    ("copy", "note"),
    [
        pytest.param("far", "“Bread (Undated)” is no copy of this article", id="unrelated"),
        pytest.param("none", "There is no article “none”", id="unknown"),
        pytest.param("one", "compared with itself", id="itself"),
        pytest.param("%3Cb%3E", "There is no article “&lt;b&gt;”", id="markup"),
        pytest.param("%FF%00", "There is no article “", id="no-text"),
        pytest.param("x" * 3_000, "There is no article “xxx", id="long"),
    ],
)
def test_what_is_no_copy_is_told(copies, copy, note):
    answer = copies.get(f"/article/one?copy={copy}")
    assert (answer.status_code, note in answer.text) == (200, True)
    assert 'class="differs"' not in answer.text
