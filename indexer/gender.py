"""Whether the words of a name and those before it tell a man or a woman: "Mrs.", "his wife,", "Laura".

Newspapers part a couple by it ("Mr. Miller … Mrs. Miller"), so it parts persons of one surname here.
What is not told is "": nothing is guessed from how a name ends.
"""

import gzip
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from indexer.lexicon import family_leads, section
from indexer.words import Word


def gender_before(words: Sequence[Word], first: int) -> str:
    """Return "m" or "f" when the word right before a name, or before its comma, tells it; else ""."""
    if not first or not (words[first].linked or words[first].gap.comma):
        return ""
    key = words[first - 1].key
    return "m" if key in section("man") else "f" if key in section("woman") else ""


def gender_of(parts: Sequence[str]) -> str:
    """Return "m" or "f" when the given name of folded parts is only a man's or a woman's; else ""."""
    if len(parts) < 2 or family_leads(parts):
        return ""
    return _given().get(parts[0], "")


@cache
def _given() -> dict[str, str]:
    """Return the given names that tell, from a line of women's and a line of men's."""
    packed = files("indexer.data").joinpath("genders.txt.gz").read_bytes()
    women, men = gzip.decompress(packed).decode().splitlines()
    return dict.fromkeys(women.split(), "f") | dict.fromkeys(men.split(), "m")
