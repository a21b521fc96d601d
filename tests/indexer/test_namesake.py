"""Which names are those of things called after someone."""

import pytest

from indexer.namesake import is_thing
from indexer.words import split_words


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        pytest.param("the [Novak] prize", True, id="prize"),
        pytest.param("at [Anna Novak] airport", True, id="airport"),
        pytest.param("the [Novak] battalion", True, id="battalion"),
        pytest.param("the [Novak] bill", True, id="bill"),
        pytest.param("a [Novak] rifle", True, id="rifle"),
        pytest.param("that [Novak] plans", False, id="verb"),
        pytest.param("when [Novak] bill collectors came", False, id="bill-without-an-article"),
        pytest.param("[Novak]'s prize", False, id="a-prize-of-their-own"),
        pytest.param("[Novak]'s brigade", False, id="a-brigade-of-their-own"),
        pytest.param("[Novak]'s disease", True, id="disease"),
        pytest.param("the carrier [Charles Novak] sailed", True, id="carrier"),
        pytest.param("the mail carrier [Charles Novak] slept", False, id="mail-carrier"),
        pytest.param("Hurricane [Anna] struck", True, id="hurricane"),
        pytest.param("the ship. [Novak] left", False, id="a-sentence-ended-between"),
        pytest.param("the University of [Novak]", True, id="university-of"),
        pytest.param("the friends of [Novak]", False, id="friends-of"),
        pytest.param("[Novak]", False, id="alone"),
    ],
)
def test_is_thing(text, thing):
    """The name under judgement stands between brackets, which are taken away."""
    start, end = text.index("["), text.index("]") - 1
    words = split_words(text.replace("[", "").replace("]", ""))
    inside = [at for at, word in enumerate(words) if start <= word.start < end]
    assert is_thing(words, inside[0], inside[-1] + 1) is thing
