"""What "did you mean" offers: whole queries that find more."""

import pytest

from search.domain import Article, CountryTag, Filter, Query
from search.engines.memory import MemoryEngine
from search.relax import shorter
from search.run import answer

AZ = CountryTag("AZ", "Azerbaijan", ("about",))
ENGINE = MemoryEngine(
    [
        Article("1", "Hasanov in Baku", "Zakir Hasanov met the minister.", countries=(AZ,)),
        Article("2", "Ministers meet", "The minister Hasanov spoke of trade and tirade."),
        Article("3", "Trade", "Trade in Gašić’s words: minister, minister."),
    ]
)


@pytest.mark.parametrize(
    ("text", "better"),
    [
        pytest.param("hasanof", "hasanov", id="a-word"),
        pytest.param("Hasanof minster", "Hasanov minister", id="two-words-and-the-case"),
        pytest.param('"zakir hasanof"', '"zakir hasanov"', id="in-a-phrase"),
        pytest.param("title:hasanof OR glacier", "title:hasanov OR glacier", id="the-rest-stays"),
        pytest.param("hasanov -hasanof", None, id="what-is-left-out-is-not-respelled"),
        pytest.param("hasanov", None, id="a-word-of-the-archive"),
        pytest.param("hasanof glacier", None, id="it-must-find-more"),
        pytest.param("met", None, id="short-words-are-let-be"),
        pytest.param("gasik", "gasic", id="accents"),
        pytest.param("", None, id="nothing-asked"),
        pytest.param("tarde", "trade", id="two-letters-swapped"),
        pytest.param("mte", "met", id="short-and-swapped"),
        pytest.param("min", None, id="short-and-no-word"),
        pytest.param("baku mte", "baku met", id="swapped-in-a-query"),
    ],
)
def test_did_you_mean(text, better):
    assert answer(ENGINE, Query(text=text)).did_you_mean == better


SLIPS = MemoryEngine(
    [
        Article(
            "1", "Oil", "Crude oil. Prices rose, prices fell. Pieces of eight. He will, she will, all will."
        ),
        Article("2", "Opec", "Opec met once. Once more, and once again, and once in a while."),
        Article("3", "Will", "The hill will hold, the pieces too."),
        Article("4", "Names", "Reagan spoke with reason, for a reason, of reason."),
    ]
)


@pytest.mark.parametrize(
    ("text", "better"),
    [
        pytest.param("pirces", "prices", id="swapped-before-another-letter"),
        pytest.param("opce", "opec", id="swapped-though-the-other-is-commoner"),
        pytest.param("crude oill", "crude oil", id="a-letter-too-many"),
        pytest.param('"crude oill"', '"crude oil"', id="what-makes-a-phrase"),
        pytest.param("hill oill", "hill will", id="what-the-rest-goes-with"),
        pytest.param("reagen", "reagan", id="one-letter-before-two"),
        pytest.param("oli pirces", "oil prices", id="two-slips"),
    ],
)
def test_the_likeliest_spelling_is_offered(text, better):
    assert answer(SLIPS, Query(text=text)).did_you_mean == better


def test_under_the_same_filters():
    only = (Filter("country", "AZ"),)
    assert answer(ENGINE, Query(text="hasanof", filters=only)).did_you_mean == "hasanov"
    assert answer(ENGINE, Query(text="gasik", filters=only)).did_you_mean is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("oil wheat", (("oil", "wheat"), ("wheat", "oil"))),
        (
            'a "b c" -d',
            (("a", '"b c" -d'), ('"b c"', "a -d"), ("-d", 'a "b c"')),
        ),
        ("oil", ()),
        ("", ()),
        ("a OR b", ()),
    ],
)
def test_shorter(text, found):
    assert shorter(text) == found


def test_what_is_offered_finds_more():
    for text in ("hasanof", "minster", "trad", "hasanof minster baku"):
        offered = answer(ENGINE, Query(text=text)).did_you_mean
        if offered:
            assert answer(ENGINE, Query(text=offered)).total > answer(ENGINE, Query(text=text)).total
