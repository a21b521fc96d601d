"""Which words are function words, as they are typed."""

import pytest

from search.function_words import FUNCTION_WORDS, is_function_word
from search.tokens import STEMMERS, tokens


@pytest.mark.parametrize(
    ("written", "language", "is_one"),
    [
        pytest.param("from", "en", True, id="small-letters"),
        pytest.param("From", "en", False, id="first-letter-large"),
        pytest.param("WHO", "en", False, id="acronym"),
        pytest.param("us", "en", False, id="a-country-too"),
        pytest.param("drought", "en", False, id="word-of-a-subject"),
        pytest.param("from", "de", False, id="language-without-a-list"),
    ],
)
def test_function_words(written, language, is_one):
    assert is_function_word(written, language) is is_one


def test_lists_hold_single_words_in_small_letters_of_languages_that_have_stems():
    assert set(FUNCTION_WORDS) <= set(STEMMERS)
    for language, words in FUNCTION_WORDS.items():
        for word in words:
            (token,) = tokens(word, language)
            assert token.folded == word
            assert word.isascii()  # as the planner looks for them
