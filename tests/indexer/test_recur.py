"""Where persons of the article are named again."""

import pytest

from indexer.join import Register, form_of
from indexer.recur import find_again
from indexer.words import split_words


def again(text: str, *, heading: bool = False) -> list[tuple[str, str]]:
    """Return what names Peter Novak again in a text that begins with him."""
    words = split_words(text)
    register = Register()
    register.enter(form_of(words, 0, 2, text))
    claimed = [at < 2 for at in range(len(words))]
    found = find_again(words, register, claimed, [heading] * len(words))
    return [(" ".join(w.text for w in words[one.first : one.last]), one.rule) for one in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Peter Novak rose. Novak sat.", [("Novak", "surname of Peter Novak")], id="surname"),
        pytest.param(
            "Peter Novak rose. P. Novak sat.", [("P. Novak", "surname of Peter Novak")], id="initial"
        ),
        pytest.param("Peter Novak rose. Peter sat.", [("Peter", "part of Peter Novak")], id="given-name"),
        pytest.param(
            "Peter Novak rose. Peter Novak sat.", [("Peter Novak", "name of Peter Novak")], id="whole"
        ),
        pytest.param("Peter Novak rose. Novak Street is long.", [], id="street"),
        pytest.param("Peter Novak rose. Then Anna Novak sat.", [], id="another-given-name"),
        pytest.param("Peter Novak rose. Novak Horvat sat.", [], id="another-surname"),
        pytest.param("Peter Novak rose. He went to Novak, Texas.", [], id="town"),
        pytest.param("Peter Novak rose. It is novak.", [], id="small-letters"),
    ],
)
def test_find_again(text, expected):
    assert again(text) == expected


def test_in_a_heading_neighbours_say_nothing():
    text = "Peter Novak Rose And Novak Went Home"
    assert again(text) == []
    assert again(text, heading=True) == [("Novak", "surname of Peter Novak")]
