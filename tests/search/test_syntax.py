"""Trees and their spelling."""

import datetime as dt

import pytest

from search.parse import parse
from search.syntax import (
    And,
    Dated,
    Everything,
    Exact,
    Fuzzy,
    Glob,
    Not,
    Or,
    Phrase,
    Tagged,
    Title,
    Word,
    show,
    titled,
)

A, B, C = Word("a"), Word("b"), Word("c")
DAY, NEXT = dt.date(2024, 6, 20), dt.date(2024, 6, 21)


@pytest.mark.parametrize(
    ("tree", "spelling"),
    [
        pytest.param(Everything(), "*", id="everything"),
        pytest.param(A, "a", id="word"),
        pytest.param(Exact("NOT"), "=NOT", id="exact"),
        pytest.param(Glob("w?r*"), "w?r*", id="glob"),
        pytest.param(Glob("wor?"), "(wor?)", id="glob-that-looks-like-a-question"),
        pytest.param(Fuzzy("word", 2), "word~2", id="fuzzy"),
        pytest.param(Phrase("a b"), '"a b"', id="phrase"),
        pytest.param(Phrase("a b", 3), '"a b"~3', id="near"),
        pytest.param(And((A, B)), "a b", id="and"),
        pytest.param(Or((A, B)), "a OR b", id="or"),
        pytest.param(And((A, And((B, C)))), "a (b c)", id="and-in-and"),
        pytest.param(Or((A, Or((B, C)))), "a OR (b OR c)", id="or-in-or"),
        pytest.param(Or((A, And((B, C)))), "a OR (b c)", id="and-in-or"),
        pytest.param(And((Or((A, B)), Not(C))), "(a OR b) -c", id="or-in-and"),
        pytest.param(Not(And((A, B))), "-(a b)", id="not-and"),
        pytest.param(Not(Title(A)), "-title:a", id="not-title"),
        pytest.param(Title(Not(A)), "title:(-a)", id="title-not"),
        pytest.param(Title(Or((A, B))), "title:(a OR b)", id="title-or"),
        pytest.param(Title(Glob("b?")), "title:(b?)", id="title-glob"),
        pytest.param(Not(Everything()), "-*", id="nothing"),
        pytest.param(Tagged("country", "AZ"), "country:AZ", id="value"),
        pytest.param(Tagged("country", "AZ", "about"), "country:AZ/about", id="value-with-role"),
        pytest.param(Tagged("person", "Ann Oak", "quoted"), 'person:"Ann Oak"/quoted', id="quoted-value"),
        pytest.param(Tagged("person", None), "person:~none", id="missing"),
        pytest.param(Tagged("person", "~none"), 'person:"~none"', id="value-that-looks-missing"),
        pytest.param(Dated("date", DAY, DAY), "date:2024-06-20", id="day"),
        pytest.param(Dated("date", DAY, NEXT), "date:2024-06-20..2024-06-21", id="range"),
        pytest.param(Dated("says", DAY), "says:>=2024-06-20", id="since"),
        pytest.param(Dated("says", None, DAY), "says:<=2024-06-20", id="until"),
        pytest.param(Dated("date", dt.date(1, 1, 1), None), "date:>=0001-01-01", id="first-day"),
        pytest.param(Dated("date"), "date:~none", id="undated"),
    ],
)
def test_trees_are_spelled_so_that_they_read_back(tree, spelling):
    assert show(tree) == spelling
    assert parse(spelling).tree == tree


@pytest.mark.parametrize(
    ("node", "found"),
    [
        pytest.param(A, Title(A), id="word"),
        pytest.param(Title(A), Title(A), id="title"),
        pytest.param(Everything(), Everything(), id="everything"),
        pytest.param(Tagged("country", "AZ"), Tagged("country", "AZ"), id="value"),
        pytest.param(Dated("date"), Dated("date"), id="date"),
        pytest.param(Not(A), Title(Not(A)), id="not"),
    ],
)
def test_only_words_are_looked_for_in_titles(node, found):
    assert titled(node) == found


def test_what_is_no_node_has_no_spelling():
    with pytest.raises(TypeError, match="no leaf"):
        show("a")  # type: ignore[arg-type]
