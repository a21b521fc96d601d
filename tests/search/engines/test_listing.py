"""What a list shows of an article: short bytes and back."""

import datetime as dt
import random

import pytest
from random_archive import random_article

from search.domain import COUNTRY_ROLES, PERSON_ROLES, Article, CountryTag, Mention, PersonTag, SaysTag
from search.engines.whoosh.listing import listed_article, listed_bytes
from search.record import listed

ARTICLES = {
    "bare": Article("", "", ""),
    "lone-surrogates": Article(
        "\ud800", "oil \udfff", "", people=(PersonTag("\ud800x", ("quoted",)),), outlet="\udc00", url="\ud83d"
    ),
    "controls-and-quotes": Article('"\\\x00\n', "\u2028<script>", "", author="\x7f"),
    "first-day-of-all": Article("1", "", "", date=dt.date.min, date_precision="year", date_source="given"),
    "last-day-of-all": Article("1", "", "", date=dt.date.max, date_precision="month", date_source="x"),
    "roles-in-any-order": Article(
        "1",
        "",
        "",
        countries=(CountryTag("AZ", "Azerbaijan", COUNTRY_ROLES[::-1]), CountryTag("GE", "Georgia", ())),
        people=(PersonTag("A", PERSON_ROLES), PersonTag("B", (PERSON_ROLES[0],) * 2)),
    ),
    "roles-of-another-time": Article("1", "", "", people=(PersonTag("A", ("leads",)),)),
    "receipts": Article("1", "", "Baku", says=(SaysTag("2024", (Mention(0, 4, "Baku", "rule"),)),), words=1),
}


@pytest.mark.parametrize("name", ARTICLES)
def test_what_a_list_shows_comes_back(name):
    assert listed_article(listed_bytes(ARTICLES[name])) == listed(ARTICLES[name])


def test_random_articles_come_back():
    rng = random.Random(1)
    for at in range(300):
        article = random_article(rng, str(at))
        assert listed_article(memoryview(listed_bytes(article))) == listed(article)


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"7", b"null", b'["id"]'], ids=repr)
def test_anything_else_is_an_error(data):
    with pytest.raises((ValueError, TypeError, IndexError)):
        listed_article(data)
