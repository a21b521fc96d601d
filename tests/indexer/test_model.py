"""The model that ships, and how an article's words are read with it."""

import random
import re
from hashlib import sha256
from pathlib import Path

import pycrfsuite
import pytest

from indexer.features import GROUPS
from indexer.model import LONGEST_PIECE, MODEL, PIECE, Model, carried, people_model, pieces
from indexer.revise import spans_of
from indexer.words import split_words

DATA = Path(__file__).resolve().parents[2] / "indexer" / "data"


def named(text: str) -> list[str]:
    words = split_words(text)
    labels = people_model().names(words, ["O"] * len(words), text)
    return [text[words[first].start : words[last - 1].end] for first, last in spans_of(labels)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("“We shall wait,” Clinton said.", ["Clinton"], id="surname-alone"),
        pytest.param("“We shall see,” Robert Miller said.", ["Robert Miller"], id="full-name"),
        pytest.param("The ministry said on Monday that it would wait.", [], id="nobody"),
        pytest.param("", [], id="empty"),
    ],
)
def test_names_are_found_by_the_words_around_them(text, names):
    assert named(text) == names


def test_a_word_that_is_surely_a_name_once_is_one_elsewhere():
    words = split_words("said Brulo. For Brulo it rained. The Brulo Hotel closed. Then Brulo and the hotel.")
    labels, chances = ["O"] * len(words), [0.0] * len(words)
    for at, chance in zip(
        [at for at, one in enumerate(words) if one.text == "Brulo"], (0.95, 0.3, 0.9, 0.1), strict=True
    ):
        chances[at] = chance
    assert [words[first].start for first, _ in spans_of(carried(words, labels, chances))] == [5, 16, 62]


def test_a_doubted_word_stays_none():
    words = split_words("Brulo came. Brulo went.")
    assert carried(words, ["O"] * 4, [0.2, 0.0, 0.01, 0.0]) == ["O"] * 4


def test_pieces_cover_all_words_in_order():
    rng = random.Random(2)
    for _ in range(30):
        sentences = (" ".join(["Word"] * rng.choice((1, 40, 700))) for _ in range(rng.randint(0, 12)))
        words = split_words(". ".join(sentences))
        cut = list(pieces(words))
        assert [at for first, last in cut for at in range(first, last)] == list(range(len(words)))
        assert all(0 < last - first <= LONGEST_PIECE for first, last in cut)
        assert all(last - first >= PIECE for first, last in cut[:-1])


def test_the_model_is_small_and_has_the_features_that_it_may_have():
    """What the card promises: at most 4 MB, and word features of shared words alone."""
    assert (DATA / MODEL).stat().st_size <= 4_000_000
    tagger = pycrfsuite.Tagger()
    tagger.open(str(DATA / MODEL))
    known = set(tagger.info().attributes)
    heads = tuple(head for group in GROUPS.values() for head in group)
    assert known
    assert all(one.startswith(heads) for one in known)
    assert all(len(one.partition("=")[2]) <= 3 for one in known if re.match("[eb][23]=", one))


def test_the_card_is_that_of_the_model():
    packed = (DATA / MODEL).read_bytes()
    card = (DATA / MODEL).with_suffix(".md").read_text(encoding="utf-8")
    assert sha256(packed).hexdigest() in card
    assert f"{len(packed):,} bytes" in card


def test_what_is_no_model_is_refused():
    with pytest.raises(ValueError, match="model"):
        Model(b"no model at all, but long enough to hold a header of one" * 4)
