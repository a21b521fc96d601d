"""Texts are alike as far as they share pieces, and like ones meet in a band."""

import random

import numpy as np
import pytest

from indexer.shingles import BANDS, FEWEST, SKETCH_BYTES, pieces, sketch, wording
from indexer.stories import jaccard

WORDS = [f"{first}{second}" for first in "bdfgklmnprst" for second in ("ana", "ero", "ilo", "ume")]


def text(rng: random.Random, count: int) -> str:
    return " ".join(rng.choice(WORDS) for _ in range(count))


def varied(worded: str, rng: random.Random, changes: int) -> str:
    words = worded.split(" ")
    for at in rng.sample(range(len(words)), changes):
        words[at] = "other" + str(at)
    return " ".join(words)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("Oil fell.\r\nIt rose", "oil fell, it rose!", id="marks-and-line-ends"),
        pytest.param("MİLOŠ Vučević", "miloš vučević", id="case"),
        pytest.param("!!!", "", id="no-words"),
    ],
)
def test_wording_is_of_words_alone(one, other):
    assert wording(one) == wording(other)


@pytest.mark.parametrize(
    ("worded", "count"),
    [
        pytest.param("", 0, id="nothing"),
        pytest.param("a b", 0, id="two-words"),
        pytest.param("a b c", 1, id="one-piece"),
        pytest.param("a b c a b c", 3, id="each-once"),
        pytest.param("a b c c b a", 4, id="order-counts"),
    ],
)
def test_pieces(worded, count):
    assert len(pieces(worded)) == count


def test_jaccard_is_that_of_the_sets_of_three_words():
    rng = random.Random(1)
    for _ in range(100):
        one = text(rng, rng.randint(3, 40))
        other = varied(one, rng, rng.randint(0, 3)) + " " + text(rng, rng.randint(1, 9))
        sets = [{tuple(w[at : at + 3]) for at in range(len(w) - 2)} for w in (one.split(), other.split())]
        share = len(sets[0] & sets[1]) / len(sets[0] | sets[1])
        assert jaccard(pieces(one), pieces(other)) == pytest.approx(share)


def test_like_texts_meet_and_others_do_not():
    """As often as the bands promise: at a share over 0.8 always, at none never."""
    rng = random.Random(2)
    for _ in range(60):
        one = text(rng, 150)
        like, unlike = varied(one, rng, 4), text(rng, 150)
        bands = [np.frombuffer(sketch(worded), "<u4") for worded in (one, like, unlike)]
        assert jaccard(pieces(one), pieces(like)) > 0.8
        assert (bands[0] == bands[1]).any()
        assert not (bands[0] == bands[2]).any()


def test_a_short_text_has_no_sketch():
    words = [f"w{n}" for n in range(FEWEST + 2)]
    assert sketch(" ".join(words[:-1])) == b""
    assert len(sketch(" ".join(words))) == SKETCH_BYTES == 4 * BANDS


def test_a_sketch_is_the_same_on_every_machine():
    """It is kept in the ledger: what another run sketches must meet it."""
    worded = " ".join(f"w{n}" for n in range(9_000))
    assert sketch(worded).hex()[:32] == "5c3abf9373b728753aac8e9c5d5797ec"
