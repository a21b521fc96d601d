"""Scores in parts: which rule makes which part, and how they are told."""

import pytest

from search.domain import Article, Query
from search.engines.memory import MemoryEngine
from search.explain import label, lines
from search.nodes import Near, Pattern, Term, TermSequence
from search.run import answer, explain

ENGINE = MemoryEngine(
    [
        Article("a", "Oil prices", "The price of oil rose; oil exports fell. A co-operation pact."),
        Article("b", "Wheat", "Wheat fell, what with the drought."),
        Article("c", "", "Oil, oil and more oil."),
    ]
)


def told(text: str, article_id: str = "a", **options):
    (found,) = explain(ENGINE, Query(text, **options), [article_id])
    return found


@pytest.mark.parametrize(
    ("leaf", "written"),
    [
        pytest.param(Term("stem", "minist", typed="ministers"), "ministers", id="word-as-typed"),
        pytest.param(Term("exact", "Gašić"), "=Gašić", id="exact"),
        pytest.param(Pattern("min*", title_only=True), "title:min*", id="wildcard-in-a-title"),
        pytest.param(Near("wheat", 2), "wheat~2", id="fuzzy"),
        pytest.param(TermSequence((Term("folded", "oil"), Pattern("pri*"))), '"oil pri*"', id="phrase"),
        pytest.param(TermSequence((Term("folded", "a"), Term("folded", "b")), 5), '"a b"~5', id="near"),
    ],
)
def test_label(leaf, written):
    assert label(leaf) == written


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        pytest.param("oil", "word", id="one-word"),
        pytest.param("oil price", "sum word word", id="words"),
        pytest.param("co-operation", "best word word", id="two-spellings"),
        pytest.param("oil -wheat", "word", id="exclusions-add-nothing"),
        pytest.param("oil country:~none date:~none", "word", id="fields-add-nothing"),
        pytest.param("-wheat", "sum", id="nothing-scores"),
        pytest.param("oil OR (wheat price)", "sum word unmet", id="not-all-are-there"),
        pytest.param("oil OR (country:AZ -wheat)", "word", id="not-met-but-no-words"),
        pytest.param("oil OR drought", "sum word word", id="a-word-that-is-not-there"),
    ],
)
def test_parts(text, rules):
    found = told(text)
    assert found.matches
    assert [found.part.rule, *(part.rule for part in found.part.parts)] == rules.split()
    (hit,) = (hit for hit in answer(ENGINE, Query(text)).hits if hit.article.id == "a")
    assert found.score == hit.score


def test_forms_and_function_words_are_told_apart():
    the, prices = told("the prices").part.parts
    assert (the.is_function_word, prices.is_function_word) == (True, False)
    assert the.weight < the.words[0].weight
    assert (prices.title.count, prices.title.typed, prices.title.counted) == (1, 1, 1.0)
    assert (prices.body.count, prices.body.typed, prices.body.counted) == (1, 0, 0.5)
    assert told("title:prices").part.body is None


def test_a_phrase_has_the_weights_of_its_words():
    part = told('"oil prices"').part
    assert [(word.word, word.containing) for word in part.words] == [("oil", 2), ("prices", 1)]
    assert part.weight == part.words[0].weight + part.words[1].weight


def test_what_does_not_match_scores_nothing():
    found = told("wheat", "a")
    assert (found.matches, found.score) == (False, 0.0)
    assert lines(found)[0].startswith("does not match")
    assert told("oil", "a", since=None).matches
    assert told("oil", "nobody") is None


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param("oil", "score ", id="score"),
        pytest.param("oil", "oil: in 2 articles", id="weight"),
        pytest.param("the", "a function word, which keeps 0.2 of its weight", id="function-word"),
        pytest.param("oil", "title: 1 times, 1 as typed, counts 1", id="title"),
        pytest.param("co-operation", "the best of", id="best"),
        pytest.param("oil price", "the sum of", id="sum"),
        pytest.param("oil OR (wheat corn)", "not all of these are there: wheat corn", id="unmet"),
        pytest.param("*", "no words are asked for", id="no-words"),
    ],
)
def test_lines(text, line):
    assert any(line in one for one in lines(told(text)))
