"""The page of hits."""

import re
from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

import pytest

from search.domain import Article
from search.engines.memory import MemoryEngine
from web import create_app
from web.settings import Settings


def args(href):
    return parse_qsl(urlsplit(href).query)


def texts(pieces):
    return "".join(f"[{piece.text}]" if piece.marked else piece.text for piece in pieces)


@pytest.mark.parametrize(("q", "total"), [("Hasanov", 5), ("Burchuladze", 2), ("Chikovani", 1)])
def test_the_dispatches_are_found_by_name(view_of, q, total):
    assert len(view_of(f"/search?q={q}").hits) == total


def test_a_hit_says_what_is_known_of_it(view_of):
    hit = view_of("/search?q=copper&sort=newest").hits[0]
    assert texts(hit.title) == "Harbour strike in Lima enters second week"
    assert (hit.date.label, hit.date.machine, hit.date.source) == (
        "June 2024",
        "2024-06",
        "from the web address",
    )
    assert "[copper]" in texts(hit.snippet)
    assert hit.outlet.label == "Pacific Ledger"
    assert args(hit.countries[0].href) == [("q", "copper"), ("country", "PE"), ("sort", "newest")]
    assert hit.href == "/article/wire%2F2024%2Fharbour%20strike?q=copper&sort=newest"


def test_titles_are_marked_and_an_empty_one_has_a_stand_in(view_of):
    titles = [texts(hit.title) for hit in view_of("/search?q=Burchuladze").hits]
    assert titles == ["[Burchuladze] and Hasanov sign a yearly plan", "Untitled article"]


@pytest.mark.parametrize(
    ("tail", "total"),
    [("q=Hasanov", "5 articles"), ("q=Chikovani", "1 article"), ("size=2&page=2", "3 – 4 of 7 articles")],
)
def test_total(view_of, tail, total):
    assert view_of(f"/search?{tail}").total == total


def test_sorts_mark_the_present_one_and_keep_the_rest(view_of):
    sorts = view_of("/search?q=Hasanov&country=AZ&sort=oldest&size=2&page=2").sorts
    assert [(sort.label, sort.current) for sort in sorts] == [
        ("Relevance", False),
        ("Newest first", False),
        ("Oldest first", True),
    ]
    assert args(sorts[1].href) == [("q", "Hasanov"), ("country", "AZ"), ("sort", "newest"), ("size", "2")]


def test_undated_articles_come_last_both_ways(view_of):
    for sort in ("newest", "oldest"):
        dated = [bool(hit.date.machine) for hit in view_of(f"/search?q=Hasanov&sort={sort}").hits]
        assert dated == [True, True, False, False, False]


def test_pager(view_of):
    pager = view_of("/search?size=2&page=2").pager
    assert [(page.label, page.current) for page in pager.pages] == [
        ("1", False),
        ("2", True),
        ("3", False),
        ("4", False),
    ]
    assert args(pager.previous) == [("size", "2")]
    assert args(pager.following) == [("page", "3"), ("size", "2")]
    assert view_of("/search?size=2&page=4").pager.following == ""
    assert view_of("/search?q=Hasanov").pager is None


def test_paging_is_bounded_and_says_so(articles):
    client = create_app(engine=MemoryEngine(articles), settings=Settings(depth_max=4)).test_client()
    assert b"Pages reach as far as article 4" in client.get("/search?size=2&page=2").data
    answer = client.get("/search.json?size=2&page=3")
    assert answer.status_code == 400
    assert "as far as hit 4" in answer.json["error"]["message"]


def test_a_page_past_the_end_leads_back(view_of):
    empty = view_of("/search?q=Hasanov&page=9").empty
    assert empty.message == "There is no page 9: the last one is page 1."
    assert args(empty.ways[0].href) == [("q", "Hasanov")]


def test_the_empty_state_names_the_filters_and_offers_what_finds_articles(view_of):
    """Nothing is offered that finds nothing: the words stand together in no article."""
    empty = view_of("/search?q=copper+Lima&country=AZ&from=2024").empty
    assert empty.message == "No article matches this search."
    assert empty.narrowing == ("Country: Azerbaijan", "Date: from 1 January 2024")
    assert [way.label for way in empty.ways] == [
        "Without Country: Azerbaijan (1 article)",
        "copper Lima without filters (1 article)",
    ]
    assert args(empty.ways[1].href) == [("q", "copper Lima")]


def test_an_empty_answer_offers_the_query_without_a_word_and_any_word(view_of):
    empty = view_of("/search?q=copper+Tehran+glacier").empty
    assert [way.label for way in empty.ways] == ["With any of these words (2 articles)"]
    empty = view_of("/search?q=copper+Tehran").empty
    assert [(way.label, args(way.href)) for way in empty.ways] == [
        ("Without copper (1 article)", [("q", "Tehran")]),
        ("Without Tehran (1 article)", [("q", "copper")]),
        ("With any of these words (2 articles)", [("q", "copper Tehran"), ("match", "any")]),
    ]


def test_another_spelling_is_offered_where_it_finds_more(view_of):
    view = view_of("/search?q=hasanof&country=GE")
    assert (view.did_you_mean.label, args(view.did_you_mean.href)) == (
        "hasanov",
        [("q", "hasanov"), ("country", "GE")],
    )
    assert view_of("/search?q=hasanov").did_you_mean is None


def test_all_words_or_any(view_of):
    assert view_of("/search?q=copper").matches == ()
    both = view_of("/search?q=copper+Tehran&match=any&page=1").matches
    assert [(one.label, one.current) for one in both] == [("All words", False), ("Any word", True)]
    assert args(both[0].href) == [("q", "copper Tehran")]


def test_the_size_of_a_page(articles):
    many = [replace(article, id=f"{article.id} {at}") for at in range(2) for article in articles]
    with_sizes = create_app(engine=MemoryEngine(many), settings=Settings(size_max=25)).test_client()
    assert (
        "articles a page" not in with_sizes.get("/search?q=Hasanov&size=5").text
    )  # ten hits fit in the smallest
    html = with_sizes.get("/search?country=-PE&page=1").text
    assert 'href="/search?country=-PE&amp;size=25" aria-label="25 articles a page"' in html
    assert "50 articles a page" not in html


def test_nothing_found_without_filters_leads_to_the_start(view_of):
    assert [way.href for way in view_of("/search?q=glacier").empty.ways] == ["/"]


def test_how_a_query_was_read_is_shown_when_it_differs(view_of):
    assert view_of("/search?q=%20Hasanov%20%20talks").understood == ""
    assert view_of("/search?q=NOT+Hasanov").understood == "-Hasanov"


@pytest.mark.parametrize(
    ("q", "before", "at", "after"),
    [
        pytest.param('talks "Zakir', "talks ", '"', "Zakir", id="inside"),
        pytest.param("x" * 100 + ' "y', "…" + "x" * 59 + " ", '"', "y", id="a-window-of-a-long-one"),
    ],
)
def test_trouble_points_at_the_place(view_of, q, before, at, after):
    view = view_of(f"/search?q={q}&country=AZ", status=422)
    assert [chip.label for chip in view.chips] == ["Azerbaijan"]
    trouble = view.trouble
    assert (trouble.before, trouble.at, trouble.after) == (before, at, after)
    assert trouble.place == f"at character {q.index(chr(34)) + 1}"
    assert dict(args(trouble.repaired_href)) == {"q": trouble.repaired, "country": "AZ"}
    assert view_of(trouble.repaired_href).trouble is None


COPIES = [
    Article("one", "Ferry sails", "The ferry sailed at noon.", outlet="Wire", story="s", language="en"),
    Article("two", "Ferry sails", "The ferry sailed at noon.", outlet="Post", story="s"),
    Article("alone", "Ferry waits", "The ferry waits.", story="t", language="az"),
    Article("three", "Ferry sails", "The ferry sailed at noon, late.", story="s"),
]


@pytest.fixture
def copies():
    app = create_app(engine=MemoryEngine(COPIES), settings=Settings())
    app.testing = True
    return app


@pytest.mark.parametrize(
    ("tail", "rows"),
    [
        pytest.param("q=ferry&sort=oldest", {"one": ["two", "three"], "alone": []}, id="under-the-first"),
        pytest.param("q=ferry&sort=oldest&size=2", {"one": [], "alone": []}, id="those-of-the-page"),
        pytest.param("q=ferry&sort=oldest&size=2&page=2", {"three": ["two"]}, id="on-each-page"),
        pytest.param(
            "q=ferry&sort=oldest&stories=1", {"one": ["two", "three"], "alone": []}, id="as-stories"
        ),
    ],
)
def test_copies_stand_under_the_first_hit_of_their_story(copies, tail, rows):
    page = copies.test_client().get(f"/search?{tail}").text
    found = {}
    for row in page.split('<article class="hit">')[1:]:
        first, *others = re.findall(r'href="/article/(\w+)\?', row.split('<ul class="tags">')[0])
        found[first] = others
    assert {first: sorted(others) for first, others in found.items()} == {
        first: sorted(others) for first, others in rows.items()
    }


def test_the_copies_of_a_story_are_a_click_away(copies):
    page = copies.test_client().get("/search?q=late").text
    assert '<a class="copies" href="/search?story=s">and 2 copies of this story</a>' in page
    assert copies.test_client().get("/search.json?story=s").json["total"] == 3


def test_words_of_another_language_say_so(copies):
    page = copies.test_client().get("/search?q=ferry").text
    assert page.count('<h2 lang="az">') == page.count('<p class="snippet" lang="az">') == 1
    assert page.count(" lang=") == 3  # and of the page itself
    assert '<h1 lang="az">' in copies.test_client().get("/article/alone").text
    assert " lang=" not in copies.test_client().get("/article/one").text.split("<main")[1]
