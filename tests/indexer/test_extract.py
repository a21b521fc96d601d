"""Sources to articles: what is given wins, what is guessed has its receipt."""

from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from lxml.html import fromstring

from indexer.extract import extract
from indexer.read import read_sources
from indexer.source import Limits, Source
from search.errors import ArticleRefused

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"
TODAY = date(2025, 1, 1)
PROSE = (
    "The minister, Irakli Lomidze, arrived in Baku on Monday and said that the talks in Azerbaijan went well."
)
RECORD = Source("a.jsonl:1", "record", f"Bridge opens\r\n\n\n{PROSE}  \nShare\n")


def test_the_text_of_a_record_is_kept_character_for_character():
    article = extract(RECORD, today=TODAY).article
    assert article.body == RECORD.content
    assert article.title == "Bridge opens"


def test_a_given_title_that_is_cut_is_noted():
    source = Source("a.jsonl:1", "record", PROSE, title="Bridge opens " * 60)
    found = extract(source, today=TODAY)
    assert found.article.title.endswith("opens…")
    assert found.notes == ("a title of 780 characters: cut at 500",)
    assert extract(RECORD, today=TODAY).notes == ()


def test_given_fields_win():
    source = Source(
        "a.jsonl:1",
        "record",
        PROSE,
        id="7",
        title="Bridge",
        date="20 June 2024",
        url="https://www.town.example/2020/01/01/x",
        outlet="Town News",
        author="Jo Ek",
        language="en-GB",
        countries=("France", "DE, ge", "Nowhere"),
        people=("Ann Lee",),
    )
    article, notes = extract(source, today=TODAY).article, extract(source, today=TODAY).notes
    assert (article.id, article.title, article.outlet, article.author) == (
        "7",
        "Bridge",
        "Town News",
        "Jo Ek",
    )
    assert (article.date, article.date_source, article.language) == (date(2024, 6, 20), "given", "en")
    assert [tag.code for tag in article.countries] == ["FR", "DE", "GE"]
    assert [(tag.name, tag.mentions) for tag in article.people] == [("Ann Lee", ())]
    assert notes == ("the given country 'Nowhere' is not known: not used",)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param(Source("a", "text", PROSE, id="x", path_id="p"), "x", id="given"),
        pytest.param(Source("a", "text", PROSE, path_id="p/q"), "p/q", id="path"),
        pytest.param(
            Source("a", "record", PROSE, url="https://a.example/"),
            sha256(b"https://a.example/").hexdigest()[:16],
            id="url",
        ),
        pytest.param(
            Source("a", "record", PROSE, title="T", date="2024-06-20"),
            sha256(f"T2024-06-20{PROSE}".encode()).hexdigest()[:16],
            id="content",
        ),
    ],
)
def test_ids(source, expected):
    assert extract(source, today=TODAY).article.id == expected


def test_a_given_date_that_is_none_is_noted_and_the_next_clue_taken():
    source = Source("a", "record", PROSE, date="31 February 2024", url="https://a.example/2024/03/01/x")
    found = extract(source, today=TODAY)
    assert (found.article.date, found.article.date_source) == (date(2024, 3, 1), "url")
    assert "31 February 2024" in found.notes[0]


@pytest.mark.parametrize("kind", ["text", "record"])
def test_a_body_over_the_limit_is_cut_and_noted(kind):
    found = extract(
        Source("a", kind, f"{PROSE} " * 30, title="T"), limits=Limits(body_chars=500), today=TODAY
    )
    assert 400 < len(found.article.body) <= 500
    assert "cut at 500" in found.notes[0]


def test_copies_share_a_story_and_other_texts_do_not():
    stories = [
        extract(Source("a", "record", text, title=title), today=TODAY).article.story
        for text, title in ((PROSE, "A"), (PROSE.upper() + "\n", "B"), (PROSE + " More.", "A"))
    ]
    assert stories[0] == stories[1] != stories[2]
    assert len(stories[0]) == 16


def test_words_are_counted_and_the_language_is_told():
    article = extract(Source("a", "record", "The cat sat.", title="Cats"), today=TODAY).article
    assert (article.words, article.language) == (4, None)
    assert extract(Source("a", "record", PROSE), today=TODAY).article.language == "en"


def test_a_page_loses_its_furniture_and_keeps_its_clues():
    page = (
        "<html lang='en'><head><title>Bridge opens</title>"
        "<meta property='article:published_time' content='2024-06-20T10:00:00+04:00'></head><body><article>"
        f"<h1>Bridge opens</h1><p>{PROSE}</p><p>A+ A-</p><p>{PROSE} Again.</p></article></body></html>"
    )
    article = extract(Source("a.html", "html", page), today=TODAY).article
    assert (article.title, article.date, article.date_source) == ("Bridge opens", date(2024, 6, 20), "meta")
    assert "A+ A-" not in article.body
    assert article.body.count(PROSE) == 2


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(Source("a", "html", "<html><body></body></html>"), id="html-with-no-text"),
        pytest.param(Source("a", "text", "Share\nLoading..."), id="furniture-alone"),
    ],
)
def test_a_source_without_text_is_refused(source):
    with pytest.raises(ArticleRefused, match="no text"):
        extract(source, today=TODAY)


@pytest.mark.parametrize(
    ("html", "title"),
    [
        pytest.param("<p>Prices rose in France</p>", None, id="a-line"),
        pytest.param("<p>Prices rose in <b>France</b></p>", None, id="with-markup"),
        pytest.param(
            "<p>総理大臣はパリを訪問した。大臣はドイツにも行く予定である。</p>", None, id="japanese"
        ),
        pytest.param("<p>وصل وزير الدفاع إلى باريس</p>", None, id="arabic"),
        pytest.param("<p>Prices rose in France</p>", "Prices rose in France", id="its-given-title"),
    ],
)
def test_a_page_of_one_line_is_its_title_as_a_text_of_one_line_is(html, title):
    line = " ".join(fromstring(html).text_content().split())
    article = extract(Source("a.html", "html", html, title=title), today=TODAY).article
    assert (article.title, article.body) == (line, "")
    alone = extract(Source("a.txt", "text", line), today=TODAY).article
    assert (alone.title, alone.body) == (line, "")


def test_furniture_beside_a_title_is_no_article():
    page = "<html><head><title>Bridge opens</title></head><body><p>Share</p><p>Loading...</p></body></html>"
    with pytest.raises(ArticleRefused, match="HTML with no text"):
        extract(Source("a.html", "html", page), today=TODAY)


def test_names_and_address_of_a_page_are_as_short_as_those_of_a_record():
    page = (
        f"<html><head><title>Bridge opens</title><meta property='og:site_name' content='{'Wire ' * 200}'>"
        f"<link rel='canonical' href='https://a.example/{'x' * 5_000}'></head>"
        f"<body><article><h1>Bridge opens</h1><p>{PROSE}</p><p>{PROSE} Again.</p></article></body></html>"
    )
    found = extract(Source("a.html", "html", page), today=TODAY)
    assert found.article.outlet == ("Wire " * 40).strip()
    assert found.article.url is None
    assert found.notes == (
        "outlet has 999 characters: cut at 200",
        "url has 5,018 characters, 2,000 are read: not used",
    )


def test_unknown_keys_and_notes_of_the_source_go_along():
    found = extract(Source("a", "record", PROSE, unknown_keys=("x",), notes=("n",)), today=TODAY)
    assert (found.unknown_keys, found.notes) == (("x",), ("n",))


def test_every_mention_points_at_its_surface():
    article = extract(RECORD, today=TODAY).article
    tags = [*article.countries, *article.people, *article.says]
    assert tags
    for tag in tags:
        assert all(article.body[m.start : m.end] == m.surface for m in tag.mentions)
        assert all(article.title[m.start : m.end] == m.surface for m in tag.title_mentions)


@pytest.mark.skipif(not SEEDS.is_dir(), reason="../shared/seeds is not here: its five dates are not checked")
def test_dates_of_the_shared_seeds():
    found = [extract(source).article for source in read_sources([SEEDS]) if isinstance(source, Source)]
    dates = [(article.date and article.date.isoformat(), article.date_source) for article in found]
    assert dates == [
        (None, "none"),
        ("2023-11-27", "byline"),
        (None, "none"),
        ("2024-06-20", "byline"),
        (None, "none"),
    ]
