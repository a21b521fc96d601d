"""Lines for tags.toml that are ready to be copied."""

import random
import tomllib

import pytest

from search.domain import CountryTag, Mention, PersonTag
from search.tokens import tokens
from web.mending import WORDS_SHOWN, lines_against, toml_text


def test_a_person_is_taken_off_the_article_or_its_words_named_nobodys():
    tag = PersonTag(
        "Vera Holm", ("mentioned",), (Mention(0, 4, "Holm", "x"), Mention(9, 18, "Vera\nHolm", "x"))
    )
    (_, here), (_, never) = lines_against("a/1", tag)
    assert tomllib.loads(here) == {"articles": {"a/1": {"remove_people": ["Vera Holm"]}}}
    assert tomllib.loads(never) == {"never": {"people": ["Holm", "Vera Holm"]}}


def test_a_country_is_taken_off_by_its_code():
    tag = CountryTag("GE", "Georgia", ("about",), (), (Mention(0, 7, "Georgia", "x"),))
    (_, here), (_, never) = lines_against("a", tag)
    assert tomllib.loads(here) == {"articles": {"a": {"remove_countries": ["GE"]}}}
    assert tomllib.loads(never) == {"never": {"countries": ["Georgia"]}}


def test_a_given_tag_has_no_words_and_many_words_are_cut():
    assert len(lines_against("a", PersonTag("Vera Holm", ("mentioned",)))) == 1
    mentions = tuple(Mention(n, n + 1, f"Name{n}", "x") for n in range(20))
    _, (_, never) = lines_against("a", PersonTag("Vera Holm", ("mentioned",), mentions))
    assert len(tomllib.loads(never)["never"]["people"]) == WORDS_SHOWN


def test_words_are_told_without_what_cannot_be_seen():
    """And mean what the text had: tags.toml refuses such signs."""
    surfaces = ("So\u00adfia Kern", "Vera\u200bHolm", "\u202eAnn Lee\u202c", "\u200b")
    tag = PersonTag("X", ("mentioned",), tuple(Mention(0, 9, one, "x") for one in surfaces))
    _, (_, never) = lines_against("a", tag)
    told = tomllib.loads(never)["never"]["people"]
    assert told == ["Sofia Kern", "Vera Holm", "Ann Lee"]
    for one, surface in zip(told, surfaces, strict=False):
        assert [token.folded for token in tokens(one)] == [token.folded for token in tokens(surface)]


def test_any_text_is_a_string_of_toml():
    rng = random.Random(12)
    letters = "ab\"\\'\n\t\r\x00\x1f\x7f é\u202e\U0001f9ed]}=#"
    for _ in range(500):
        text = "".join(rng.choices(letters, k=rng.randrange(12)))
        assert tomllib.loads(f"{toml_text(text)} = {toml_text(text)}") == {text: text}


@pytest.mark.parametrize("text", ["\ud800", "a\udfffb"])
def test_what_is_no_character_is_replaced(text):
    assert "\ufffd" in tomllib.loads(f"x = {toml_text(text)}")["x"]
