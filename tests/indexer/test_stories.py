"""Near-identical copies share a story, whatever their order; notices with other figures do not."""

import itertools
import random
from hashlib import blake2b

import numpy as np
import pytest

from indexer.shingles import pieces, sketch, wording
from indexer.stories import NEAR, Edge, Stories, clash, figures, jaccard, meeting, stars
from search.aliases import Alias

PLACES = ("the north", "the coast", "the old harbour", "the capital", "the border", "the upper valley")
MATTERS = ("grain", "timber", "copper", "fish", "wool", "salt", "glass")


def report(seed: int, sentences: int = 14) -> str:
    rng = random.Random(seed)
    told = (
        f"{rng.choice(MATTERS)} from {rng.choice(PLACES)} went to {rng.choice(PLACES)} by {word} {seed} road."
        for word in (f"{rng.choice('abcdef')}{rng.randrange(10**6)}x" for _ in range(sentences))
    )
    return " ".join(told)


def found(texts: list[str]) -> list[str]:
    """Return the story of each text once near copies are found; stories are told by numbers."""
    kept = Stories()
    by_story = {blake2b(text.encode(), digest_size=8).hexdigest(): text for text in texts}
    stories = {text: story for story, text in by_story.items()}
    for text in texts:
        kept.add(stories[text], sketch(wording(text)))
    aliases = kept.aliases(by_story.__getitem__)
    return [aliases[stories[text]].value if stories[text] in aliases else stories[text] for text in texts]


WIRE = report(1)


@pytest.mark.parametrize(
    ("other", "same"),
    [
        pytest.param(WIRE.upper(), True, id="case"),
        pytest.param(WIRE.replace("went to", "was sent to", 3), True, id="a-few-words"),
        pytest.param(WIRE.rsplit(". ", 4)[0], True, id="cut-at-the-end"),
        pytest.param("Our correspondent writes: " + WIRE, True, id="a-line-before"),
        pytest.param(WIRE[: len(WIRE) // 3], False, id="cut-to-a-third"),
        pytest.param(WIRE.replace(" 1 road", " 2 road"), False, id="other-figures"),
        pytest.param(report(7), False, id="another-report"),
    ],
)
def test_what_is_a_copy(other, same):
    first, second = found([WIRE, other])
    assert (first == second) is same


def test_a_story_does_not_depend_on_the_order_of_articles():
    rng = random.Random(3)
    texts = [report(seed) for seed in range(6)]
    texts += [text.replace("road", "rail", rng.randint(1, 4)) for text in texts for _ in range(4)]
    expected = dict(zip(texts, found(texts), strict=True))
    assert len(set(expected.values())) == 6
    for _ in range(5):
        rng.shuffle(texts)
        assert dict(zip(texts, found(texts), strict=True)) == expected


def test_a_chain_of_small_changes_is_not_one_story():
    """Each is near the next, the first and the last share little: all of a story are near its middle."""
    words = report(4, 30).split(" ")
    chain = [" ".join(words[at : at + 160]) for at in range(0, len(words) - 160, 24)]
    stories = found(chain)
    assert len(set(stories)) > 1
    for story in set(stories):
        group = [pieces(wording(text)) for text, own in zip(chain, stories, strict=True) if own == story]
        assert any(all(jaccard(middle, one) >= NEAR for one in group) for middle in group)


@pytest.mark.parametrize(
    ("one", "other", "clashes"),
    [
        pytest.param("up 3 to 12", "up 3 to 12", False, id="the-same"),
        pytest.param("up 3 to 12", "up 3", False, id="cut"),
        pytest.param("up 3 to 12", "up 4 to 12", True, id="another"),
        pytest.param(" ".join(map(str, range(20))), " ".join(map(str, range(1, 21))), False, id="one-of-20"),
        pytest.param("up", "up 3", False, id="none"),
    ],
)
def test_figures_clash_where_both_have_their_own(one, other, clashes):
    assert clash(figures(one), figures(other)) is clashes


def test_rows_meet_that_have_a_band_in_common():
    rng = np.random.default_rng(5)
    for _ in range(50):
        bands = rng.integers(0, 12, (rng.integers(0, 12), 3), dtype=np.uint32)
        pairs = itertools.combinations(range(len(bands)), 2)
        expected = sorted((high, low) for low, high in pairs if (bands[low] == bands[high]).any())
        assert list(meeting(bands)) == expected


def test_a_band_of_many_gives_few_pairs_for_each():
    pairs = list(meeting(np.zeros((1_000, 2), dtype=np.uint32)))
    assert len(pairs) < 16 * 1_000
    assert {high for high, _ in pairs} == set(range(1, 1_000))


def test_stars_have_those_with_most_near_ones_in_the_middle():
    edges = [Edge("b", "a", 0.7), Edge("c", "b", 0.8), Edge("d", "c", 0.9), Edge("f", "e", 1.0)]
    told = {story: alias.value for story, alias in stars(edges).items()}
    assert told == {"a": "b", "c": "b", "f": "e"}
    assert stars(edges)["a"] == Alias("b", "near copy: 0.70 of their words by threes")
    assert stars([]) == {}
