"""How the end of a query may go on."""

import random

import pytest

from search.domain import Article, CountryTag, PersonTag
from search.engines.memory import MemoryEngine
from search.parse import parse
from search.suggest import Suggestions, suggest
from search.syntax import And, Not, Tagged

KR = CountryTag("KR", "South Korea", ("about",))
PE = CountryTag("PE", "Peru", ("about",))
ARTICLES = (
    Article(
        "1",
        "Harbour talks",
        "Harbours and a harbourmaster, harbours again.",
        countries=(KR,),
        people=(PersonTag("Kora Lind", ("quoted",)), PersonTag("Ana Gašić", ("quoted",))),
    ),
    Article(
        "2",
        "Strike",
        "Harbours stay shut.",
        countries=(PE, KR),
        people=(PersonTag("Kora Lind", ("mentioned",)), PersonTag('Jo "Kid" Kane', ("quoted",))),
    ),
)
ENGINE = MemoryEngine(ARTICLES)


HARBOURS = ("harbours", "harbour", "harbourmaster")


def offered(text):
    found = suggest(ENGINE, text)
    return [[one.query for one in kind] for kind in found]


@pytest.mark.parametrize(
    ("text", "words", "people", "countries"),
    [
        pytest.param("harb", ["harbours", "harbour", "harbourmaster"], [], [], id="words-by-frequency"),
        pytest.param("Harbour", ["Harbours", "Harbourmaster"], [], [], id="case-stays-as-typed"),
        pytest.param(
            "strike kor", [], ['strike person:"Kora Lind"'], ['strike country:"South Korea"'], id="last"
        ),
        pytest.param("in south kor", [], [], ['in country:"South Korea"'], id="the-longest-end-wins"),
        pytest.param("-kor", [], ['-person:"Kora Lind"'], ['-country:"South Korea"'], id="left-out"),
        pytest.param('x "ana gas', [], ['x person:"Ana Gašić"'], [], id="a-phrase-that-is-begun"),
        pytest.param("(a OR per", [], [], ["(a OR country:Peru)"], id="in-brackets"),
        pytest.param(
            'x "shut harb', [f'x "shut {word}"' for word in HARBOURS], [], [], id="the-last-word-of-a-phrase"
        ),
        pytest.param("(a (harb", [f"(a ({word}))" for word in HARBOURS], [], [], id="a-word-in-brackets"),
        pytest.param(") harb", [f") {word}" for word in HARBOURS], [], [], id="what-no-end-can-mend"),
        pytest.param("person:kor", [], ['person:"Kora Lind"'], [], id="field"),
        pytest.param("country:kor", [], [], ['country:"South Korea"'], id="other-field"),
        pytest.param("kid", [], ['person:"Jo Kid Kane"'], [], id="a-name-with-quotes"),
        pytest.param("talks ", [], [], [], id="after-a-space"),
        pytest.param("title:har", [], [], [], id="a-field-without-names"),
        pytest.param("har*", [], [], [], id="wildcard"),
        pytest.param("talks OR", [], [], [], id="operator"),
        pytest.param("", [], [], [], id="nothing"),
    ],
)
def test_suggest(text, words, people, countries):
    assert offered(text) == [words, people, countries]


def test_names_tell_their_articles():
    [korea] = suggest(ENGINE, "korea").countries
    assert (korea.value, korea.label, korea.articles) == ("KR", "South Korea", 2)


def test_a_suggested_name_reads_as_that_name():
    """Whatever was typed before, the query that is offered can be read, and names the value."""
    rng = random.Random(5)
    ends = ("kor", "ana gas", "-per", "south kor", "person:kid", "kane")
    for _ in range(200):
        text = " ".join(
            [
                *rng.choices(("oil", "OR x", "=Gas", "-y", "a*", "NOT q"), k=rng.randint(0, 2)),
                rng.choice(ends),
            ]
        )
        for one in (*suggest(ENGINE, f"z {text}").people, *suggest(ENGINE, f"z {text}").countries):
            tree = parse(one.query).tree
            assert any(isinstance(leaf, Tagged) for leaf in leaves(tree)), one.query


def leaves(node):
    if isinstance(node, Not):
        return leaves(node.child)
    if isinstance(node, And) or hasattr(node, "children"):
        return [leaf for child in node.children for leaf in leaves(child)]
    return [node]


def test_an_empty_archive_offers_nothing():
    assert suggest(MemoryEngine(), "har") == Suggestions()
