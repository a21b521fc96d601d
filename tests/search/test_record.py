"""Articles as JSON and back: nothing is lost, whatever their text holds."""

import datetime as dt
import random
from dataclasses import replace

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_archive import random_article

from search.domain import Article, CountryTag, Mention, PersonTag, SaysTag
from search.record import decoded, dumps, encoded, listed, loads, mention_rows

TEXTS = st.text(st.characters() | st.sampled_from('\ud800\udc00\udfff\x00\u2028"\\😀'), max_size=20)
MENTIONS = st.lists(
    st.builds(Mention, st.integers(0, 10**6), st.integers(0, 10**6), TEXTS, TEXTS), max_size=2
)
RECEIPTS = {"mentions": MENTIONS.map(tuple), "title_mentions": MENTIONS.map(tuple)}
ROLES = st.lists(TEXTS, max_size=2).map(tuple)
ARTICLES = st.builds(
    Article,
    id=TEXTS,
    title=TEXTS,
    body=TEXTS,
    date=st.none() | st.dates(),
    date_precision=st.sampled_from(("day", "month", "year", None)),
    date_source=TEXTS,
    says=st.lists(st.builds(SaysTag, TEXTS, **RECEIPTS), max_size=2).map(tuple),
    countries=st.lists(st.builds(CountryTag, TEXTS, TEXTS, ROLES, **RECEIPTS), max_size=2).map(tuple),
    people=st.lists(st.builds(PersonTag, TEXTS, ROLES, **RECEIPTS), max_size=2).map(tuple),
    outlet=st.none() | TEXTS,
    author=st.none() | TEXTS,
    url=st.none() | TEXTS,
    origin=st.none() | TEXTS,
    language=st.none() | TEXTS,
    words=st.integers(0, 10**9),
    story=TEXTS,
)
TAGGED = Article(
    id="a/1",
    title="Wheat",
    body="Baku, 3 May",
    date=dt.date(1, 1, 1),
    date_precision="year",
    countries=(CountryTag("AZ", "Azerbaijan", ("about",), (Mention(0, 4, "Baku", "city"),)),),
)


@pytest.mark.parametrize(
    "article",
    [
        pytest.param(Article("", "", ""), id="empty"),
        pytest.param(TAGGED, id="tagged"),
        pytest.param(replace(TAGGED, body="\ud800 \udfff"), id="lone-surrogates"),
        pytest.param(replace(TAGGED, body="\udc00\ud800"), id="surrogates-the-wrong-way-round"),
        pytest.param(replace(TAGGED, title="\x00\x1f\u2028</script>"), id="control-characters"),
        pytest.param(replace(TAGGED, date=dt.date(9999, 12, 31)), id="last-day"),
        pytest.param(replace(TAGGED, words=2**70), id="a-number-past-64-bits"),
    ],
)
def test_articles_come_back(article):
    assert decoded(encoded(article)) == article


@settings(max_examples=200, derandomize=True, deadline=None)
@given(ARTICLES)
def test_any_article_comes_back(article):
    assert decoded(encoded(article)) == article


def test_articles_that_were_read_come_back():
    rng = random.Random(1)
    for at in range(100):
        article = random_article(rng, str(at))
        assert decoded(encoded(article)) == article


def test_surrogates_are_escaped_and_all_else_is_utf8():
    assert dumps({"a": "é"}) == '{"a":"é"}'.encode()
    assert dumps({"a": "é\ud800"}) == b'{"a":"\\u00e9\\ud800"}'
    assert orjson.loads(dumps({"a": "é"})) == {"a": "é"}


def test_mentions_are_rows():
    assert mention_rows(TAGGED.countries[0].mentions) == [[0, 4, "Baku", "city"]]


@pytest.mark.parametrize("data", [b"", b"[]", b"3", b"{", b"null", b'"\xff"', b"[" * 100_000])
def test_what_is_no_object_is_refused(data):
    with pytest.raises(ValueError):  # noqa: PT011 - the message is the JSON reader's
        loads(data)


@pytest.mark.parametrize(
    "data",
    [
        b"{}",
        b'{"date": 1, "id": 1, "title": "", "body": ""}',
        encoded(TAGGED).replace(b'"0001', b'"01'),
        encoded(TAGGED).replace(b'"code"', b'"k"'),
    ],
)
def test_what_is_no_article_is_refused(data):
    with pytest.raises((ValueError, KeyError, TypeError)):
        decoded(data)


def test_what_is_listed_is_all_but_body_and_receipts():
    shown = listed(TAGGED)
    assert shown.countries == (CountryTag("AZ", "Azerbaijan", ("about",)),)
    rest = set(shown._fields) - {"countries", "people", "says"}
    assert rest | {"countries", "people", "says", "body"} == set(TAGGED.__dataclass_fields__)
    assert all(getattr(shown, name) == getattr(TAGGED, name) for name in rest)


def test_no_receipt_is_listed():
    rng = random.Random(7)
    for _ in range(50):
        article = random_article(rng, "a")
        shown = listed(article)
        for name in ("says", "countries", "people"):
            bare = tuple(tag._replace(mentions=(), title_mentions=()) for tag in getattr(article, name))
            assert getattr(shown, name) == bare
