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
    ],
)
def test_did_you_mean(text, better):
    assert answer(ENGINE, Query(text=text)).did_you_mean == better


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
