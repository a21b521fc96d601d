"""A tagger in place of the rules and the model: joined and given roles in the same way."""

import random
import re

import pytest

from indexer.people import tag_people
from indexer.tagger import BUILT_IN, Found, choose_tagger, chosen_tagger
from search.errors import SettingError


class Marked:
    """Finds names that a pattern finds."""

    def __init__(self, pattern: str) -> None:
        self._pattern = re.compile(pattern)

    def persons(self, text):
        return (Found(one.start(), one.end(), "a pattern") for one in self._pattern.finditer(text))


@pytest.mark.parametrize(
    ("body", "pattern", "told"),
    [
        pytest.param(
            "Zork Blim came. Blim left.", "Zork Blim", {"Zork Blim": ["Zork Blim", "Blim"]}, id="joined"
        ),
        pytest.param("Mr. Blim came.", "Mr. Blim", {"Blim": ["Blim"]}, id="title-left-out"),
        pytest.param(
            "Zork Blim's cat.", "Zork Blim's", {"Zork Blim": ["Zork Blim"]}, id="possessive-left-out"
        ),
        pytest.param("General Zakir Hasanov came.", "nobody", {}, id="rules-are-silent"),
        pytest.param("", "x", {}, id="empty"),
    ],
)
def test_names_of_another_tagger_are_joined(body, pattern, told):
    tags = tag_people("", body, tagger=Marked(pattern))
    assert {tag.name: [one.surface for one in tag.mentions] for tag in tags} == told


def test_roles_are_told_for_another_tagger_too():
    [tag] = tag_people("", "“No,” said Zork Blim.", tagger=Marked("Zork Blim"))
    assert (tag.roles, tag.mentions[0].rule) == (("quoted",), "a pattern")


def test_offsets_are_those_of_the_text():
    rng = random.Random(9)
    for _ in range(50):
        body = " ".join(rng.choice(("Zork Blim", "łódź 😀", "said", "Ada Quux.", "\n\n")) for _ in range(30))
        for tag in tag_people("", body, tagger=Marked("Zork Blim|Ada Quux")):
            assert all(body[one.start : one.end] == one.surface for one in tag.mentions)


def test_the_built_in_one_is_chosen_unless_another_is():
    choose_tagger(BUILT_IN)
    assert chosen_tagger() is None


@pytest.mark.parametrize(
    "name", ["", "spacy:", "stanza:en", "spacy", "x" * 500], ids=lambda name: name[:9] or "empty"
)
def test_a_tagger_that_is_not_there_is_named(name):
    with pytest.raises(SettingError, match="there is no tagger"):
        choose_tagger(name)
    assert chosen_tagger() is None
