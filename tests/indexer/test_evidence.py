"""What speaks for a run of words being a person."""

import pytest

from indexer.evidence import ACCEPTED, Title, weigh
from indexer.words import split_words


@pytest.mark.parametrize(
    ("text", "first", "last", "title", "accepted"),
    [
        pytest.param("then Peter Novak rose", 1, 3, Title.NONE, True, id="both-listed"),
        pytest.param("then Xelja Qorvat rose", 1, 3, Title.NONE, False, id="both-unlisted"),
        pytest.param("then Xelja Qorvat rose", 1, 3, Title.STRONG, True, id="unlisted-with-title"),
        pytest.param("then Xelja Qorvat, 45, rose", 1, 3, Title.NONE, True, id="unlisted-with-age"),
        pytest.param("the Peter Novak house", 1, 3, Title.NONE, False, id="determiner-before"),
        pytest.param("then Peter Novak shares rose", 1, 3, Title.NONE, False, id="shares-behind"),
        pytest.param("near Belle Marie, Tex. it", 1, 3, Title.NONE, False, id="town-in-a-state"),
        pytest.param("then Xelja Burchuladze rose", 1, 3, Title.NONE, True, id="surname-ending"),
    ],
)
def test_weigh(text, first, last, title, accepted):
    points, _ = weigh(split_words(text), first, last, title, frozenset())
    assert (points >= ACCEPTED) is accepted


def test_a_word_of_the_text_counts_less_as_a_name():
    words = split_words("Xelja Qorvat rose")
    free, _ = weigh(words, 0, 2, Title.NONE, frozenset())
    used, _ = weigh(words, 0, 2, Title.NONE, frozenset({"qorvat"}))
    assert used < free


def test_the_rule_is_the_context_only_where_it_decided():
    words = split_words("It was Peter Novak, 45, and Xelja Qorvat, 45, too")
    assert weigh(words, 2, 4, Title.NONE, frozenset())[1] == "name list"
    assert weigh(words, 6, 8, Title.NONE, frozenset())[1] == "name + age"
