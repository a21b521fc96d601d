"""Query strings cut into pieces."""

import random

import pytest

from search.errors import QueryError
from search.lexemes import QUOTES, Lexeme, lexemes, without


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        pytest.param("", [], id="nothing"),
        pytest.param("a b", ["run", "run"], id="words"),
        pytest.param("(a)b", ["(", "run", ")", "run"], id="brackets"),
        pytest.param("AND OR NOT and", ["and", "or", "not", "run"], id="operators"),
        pytest.param("-a a-b - -)", ["minus", "run", "run", "run", "run", ")"], id="minus-before-something"),
        pytest.param('-"a b"', ["minus", "phrase"], id="minus-phrase"),
        pytest.param("title:(a", ["(", "run"], id="title-group"),
        pytest.param("other:(a", ["run", "(", "run"], id="no-other-group"),
        pytest.param('12:"a"', ["run", "phrase"], id="no-field-of-digits"),
    ],
)
def test_kinds(text, kinds):
    assert [piece.kind for piece in lexemes(text)] == kinds


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        pytest.param('"a b"', Lexeme("phrase", 0, 5, "a b"), id="phrase"),
        pytest.param("“a”", Lexeme("phrase", 0, 3, "a"), id="curly"),
        pytest.param('"a"~12', Lexeme("phrase", 0, 6, "a", slop=12), id="slop"),
        pytest.param('"a"~' + "9" * 20, Lexeme("phrase", 0, 24, "a", slop=999_999_999), id="long-slop"),
        pytest.param('person:"a b"', Lexeme("phrase", 0, 12, "a b", "person"), id="field"),
        pytest.param('person:"a"/quoted', Lexeme("phrase", 0, 17, "a", "person", tail="/quoted"), id="tail"),
        pytest.param("title:(", Lexeme("(", 0, 7, field="title"), id="title-group"),
        pytest.param("country:AZ", Lexeme("run", 0, 10, "country:AZ"), id="run"),
    ],
)
def test_pieces(text, piece):
    assert lexemes(text) == [piece]


def test_pieces_follow_each_other_and_leave_out_spaces_alone():
    rng = random.Random(10)
    alphabet = "ab :~/-*=" + "()" + QUOTES
    for _ in range(1000):
        text = "".join(rng.choices(alphabet, k=rng.randint(0, 20)))
        if sum(letter in QUOTES for letter in text) % 2:
            continue
        at = 0
        for piece in lexemes(text):
            assert not text[at : piece.start].strip()
            assert piece.start < piece.end
            at = piece.end
        assert not text[at:].strip()


def test_a_piece_is_taken_out_with_one_space_in_its_place():
    assert without("a OR  OR b", 2, 4) == "a OR b"
    assert without("(a)", 2, 3) == "(a "


@pytest.mark.parametrize(
    ("text", "at", "repaired"),
    [("a “b", 2, 'a “b"'), ('a "', 2, "a "), ('a person:"', 9, "a ")],
)
def test_a_quote_that_is_never_closed(text, at, repaired):
    with pytest.raises(QueryError, match="never closed") as caught:
        lexemes(text)
    assert (caught.value.at, caught.value.repaired) == (at, repaired)
