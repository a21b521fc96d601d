"""Written words to tokens to terms: against the tokens of each word."""

import random

import numpy as np
import pytest
from made_segments import WORDS

from search.engines.whoosh.lexicon import NO_TERM, Lexicon, next_mark
from search.engines.whoosh.schema import FORMS
from search.tokens import tokens


def read(lexicon: Lexicon, words: list[str], form: str) -> list[tuple[str, str | None]]:
    """Return for each token of different words its term and that of the joined word it begins."""
    found = lexicon.tokens_of(lexicon.numbers(words))
    names = dict(enumerate(lexicon.terms[form]))
    plain, joined = lexicon.plain(form).take(found), lexicon.joined(form).take(found)
    return [
        (names[one], names.get(other)) for one, other in zip(plain.tolist(), joined.tolist(), strict=True)
    ]


@pytest.mark.parametrize(
    ("word", "form", "found"),
    [
        pytest.param("Prices", "stem", [("price", None)], id="stem"),
        pytest.param("Prices", "exact", [("Prices", None)], id="exact"),
        pytest.param("État", "folded", [("etat", None)], id="accents"),
        pytest.param("co-op", "folded", [("co", "coop"), ("op", None)], id="joined-word"),
        pytest.param("U.S.", "folded", [("us", None)], id="acronym"),
        pytest.param("北京市", "folded", [("北京", None), ("京市", None)], id="bigrams"),
    ],
)
def test_terms_of_a_word(word, form, found):
    assert read(Lexicon("en"), [word], form) == found


@pytest.mark.parametrize("language", ["en", "xx"])
def test_terms_are_those_of_the_tokens_however_often_words_come(language):
    """Plain words are learnt all at once, others one by one; what is known stays as it is."""
    rng = random.Random(1)
    lexicon = Lexicon(language)
    for _ in range(60):
        words = rng.sample(WORDS, rng.randint(0, 12))
        cut = [token for word in words for token in tokens(word, language)]
        for form in FORMS:
            whole = [getattr(one.joined, form) if one.joined else None for one in cut]
            own = [getattr(one, form) for one in cut]
            pairs = zip(own, whole, strict=True)
            assert read(lexicon, words, form) == [
                (one, None if one == other else other) for one, other in pairs
            ]
        marks = lexicon.marks().take(lexicon.tokens_of(lexicon.numbers(words)))
        assert marks.tolist() == [0 if one.joined else next_mark(one.folded) for one in cut]
    assert lexicon.size_bytes > 0


def test_marks_of_words_are_never_nothing_nor_past_sixteen_bits():
    marks = {next_mark(f"w{at}") for at in range(200_000)}
    assert (min(marks), max(marks)) == (1, 0xFFFF)


def test_a_word_that_was_never_numbered_is_an_error():
    lexicon = Lexicon("en")
    lexicon.numbers(["oil"])
    with pytest.raises(IndexError):
        lexicon.tokens_of(np.array([NO_TERM], dtype=np.uint32))
