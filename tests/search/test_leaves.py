"""Pieces to leaves: the words of phrases, and every field with what it takes."""

import datetime as dt
import random

import pytest

from search.domain import DATE_SOURCES, FACETS
from search.errors import QueryError
from search.leaves import DATE_FIELDS, FIELDS, ROLES, TAG_FIELDS, Leaves, glob_parts, phrase_parts
from search.lexemes import lexemes
from search.limits import Limits
from search.syntax import Dated, Tagged


def leaf(text: str):
    own = Leaves(text, dt.date(2024, 6, 20), Limits())
    return own.leaf(*lexemes(text)), own


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        pytest.param("oil, prices!", ["oil", "prices"], id="punctuation"),
        pytest.param(
            "Colonel-General O'Brien's", ["Colonel-General", "O'Brien's"], id="compounds-stay-whole"
        ),
        pytest.param("who won? why?", ["who", "won", "why"], id="question-marks"),
        pytest.param("ban* w?rd co-op*", ["ban*", "w?rd", "co", "op*"], id="wildcards"),
        pytest.param("a?-b? ??? *", ["a", "b"], id="wildcards-without-letters"),
        pytest.param("— ʼ", [], id="nothing"),
    ],
)
def test_words_of_a_phrase(text, parts):
    assert phrase_parts(text) == parts


def test_words_of_a_phrase_are_read_back():
    rng = random.Random(11)
    for _ in range(1000):
        text = "".join(rng.choices("ab*?-' .,é\u0301\u00ad北ʼ1½", k=rng.randint(0, 15)))
        parts = phrase_parts(text)
        assert phrase_parts(" ".join(parts)) == parts


def test_wildcards_are_letters_of_a_word():
    assert glob_parts("*a?-?b, ** 1,0*") == ["*a?", "?b", "1", "0*"]


@pytest.mark.parametrize("field", TAG_FIELDS)
def test_every_field_takes_a_value_quoted_or_not_and_none(field):
    assert leaf(f"{field}:x")[0] == Tagged(field, "x")
    assert leaf(f'{field}:" x y "')[0] == Tagged(field, "x y")
    assert leaf(f"{field}:~none")[0] == Tagged(field, None)


@pytest.mark.parametrize("field", DATE_FIELDS)
def test_every_date_field_takes_a_range_and_none(field):
    year = Dated(field, dt.date(2023, 1, 1), dt.date(2023, 12, 31))
    assert leaf(f"{field}:2023")[0] == leaf(f'{field}:" 2023 "')[0] == year
    assert leaf(f"{field}:~none")[0] == leaf(f'{field}:"~none"')[0] == Dated(field)


@pytest.mark.parametrize(("field", "role"), [(field, role) for field in ROLES for role in ROLES[field]])
def test_every_role(field, role):
    assert leaf(f"{field}:x/{role}")[0] == leaf(f'{field}:"x"/{role}')[0] == Tagged(field, "x", role)


def test_every_facet_is_a_field():
    assert set(FACETS) <= set(FIELDS)
    assert leaf(f"source:{DATE_SOURCES[0]}")[0] == Tagged("source", "given")


def test_leaves_are_counted():
    assert [
        (leaf(text)[1].words, leaf(text)[1].globs) for text in ("a", '"a b* c"', "a~", "country:AZ", "北")
    ] == [
        (1, 0),
        (3, 1),
        (1, 1),
        (1, 0),
        (1, 1),
    ]


@pytest.mark.parametrize("text", ["date:soon", 'person:"x"/about', 'outlet:""', "says:2023-13"])
def test_what_a_field_does_not_take(text):
    with pytest.raises(QueryError) as caught:
        leaf(text)
    assert (caught.value.at, caught.value.repaired.strip()) == (0, "")
