"""Whether the text attributes words to a person."""

import pytest

from indexer.people import tag_people


@pytest.mark.parametrize(
    ("body", "roles"),
    [
        pytest.param("Stefan Gaich said it works.", ("quoted",), id="name-said"),
        pytest.param("“It works,” said Stefan Gaich.", ("quoted",), id="quote-said-name"),
        pytest.param("``It works,'' said Stefan Gaich, an analyst.", ("quoted",), id="backtick-quotes"),
        pytest.param("It works, said Foreign Minister Stefan Gaich.", ("quoted",), id="said-title-name"),
        pytest.param(
            "It works, said the minister of trade, Stefan Gaich.", ("quoted",), id="said-the-minister-name"
        ),
        pytest.param("According to Stefan Gaich, it works.", ("quoted",), id="according-to"),
        pytest.param("According to analyst Stefan Gaich it works.", ("quoted",), id="according-to-role"),
        pytest.param("Stefan Gaich: “It works.”", ("quoted",), id="colon"),
        pytest.param(
            "Stefan Gaich, 45, an analyst at a bank, said so.", ("quoted",), id="over-an-apposition"
        ),
        pytest.param("Stefan Gaich, in turn, emphasized that it works.", ("quoted",), id="in-turn"),
        pytest.param("Stefan Gaich later told the press.", ("quoted",), id="over-an-adverb"),
        pytest.param("Stefan Gaich slept.", ("mentioned",), id="no-speech"),
        pytest.param("She told Stefan Gaich to leave.", ("mentioned",), id="spoken-to"),
        pytest.param("Officials said Stefan Gaich would leave.", ("mentioned",), id="spoken-of"),
        pytest.param("Stefan Gaich left. She said so.", ("mentioned",), id="another-sentence"),
        pytest.param("Stefan Gaich slept. “Fine,” said Gaich.", ("quoted", "mentioned"), id="both"),
    ],
)
def test_roles(body, roles):
    (tag,) = tag_people("", body)
    assert tag.roles == roles


def test_a_headline_can_quote():
    (tag,) = tag_people("OIL TO FALL, SAYS NOVAK", "Peter Novak sells oil.")
    assert tag.roles == ("quoted", "mentioned")
