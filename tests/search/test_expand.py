"""Globs and fuzzy words: against the plainest way to match each."""

import random

import numpy as np
import pytest

from search.expand import Vocabulary, capped, chosen, glob_regex, is_near
from search.nodes import Near, Pattern
from search.terms import Terms

STRANGE = "aé\x00中\ud800\udc00𐐷😀"
"""Letters of one to four bytes, and both halves of a pair that no word may join."""


def matches(glob: str, word: str) -> bool:
    """Return whether a glob matches a word, a letter at a time."""
    if not glob:
        return not word
    if glob[0] == "*":
        return matches(glob[1:], word) or bool(word and matches(glob, word[1:]))
    return bool(word) and glob[0] in ("?", word[0]) and matches(glob[1:], word[1:])


def distance(one: str, other: str) -> int:
    """Return the Levenshtein distance by its definition, row by row."""
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, start=1):
        before, row = row, [at]
        for to, own in enumerate(other):
            row.append(min(before[to + 1] + 1, row[to] + 1, before[to] + (letter != own)))
    return row[-1]


def vocabulary(*words: str) -> Vocabulary:
    return Vocabulary.of(dict.fromkeys(words, 1))


def expanded(held: Vocabulary, leaf: Pattern | Near, limit: int = 100) -> tuple[tuple[str, ...], int]:
    """Return the words that a leaf stands for, and how many there were to choose from."""
    expansion = held.expand(leaf, limit)
    return tuple(held.terms.words(expansion.ordinals)), expansion.matching


@pytest.mark.parametrize(
    ("leaf", "words"),
    [
        pytest.param(Pattern("wh*"), ("what", "wheat", "wheats"), id="prefix"),
        pytest.param(Pattern("*"), ("heat", "w.at", "what", "wheat", "wheats"), id="star"),
        pytest.param(Pattern("*heat*"), ("heat", "wheat", "wheats"), id="inside"),
        pytest.param(Pattern("*at"), ("heat", "w.at", "what", "wheat"), id="suffix"),
        pytest.param(Pattern("w?at"), ("w.at", "what"), id="one-letter"),
        pytest.param(Pattern("w.at"), ("w.at",), id="a-dot-is-a-dot"),
        pytest.param(Pattern("wheat"), ("wheat",), id="no-wildcard"),
        pytest.param(Pattern("wheat?"), ("wheats",), id="a-question-mark-is-a-letter"),
        pytest.param(Pattern("wheat*"), ("wheat", "wheats"), id="a-star-may-be-nothing"),
        pytest.param(Pattern("z*"), (), id="none"),
        pytest.param(Near("wheat", 1), ("heat", "what", "wheat", "wheats"), id="distance-1"),
        pytest.param(Near("wheat", 2), ("heat", "w.at", "what", "wheat", "wheats"), id="distance-2"),
    ],
)
def test_leaves_stand_for_words(leaf, words):
    held = vocabulary("heat", "w.at", "what", "wheat", "wheats")
    assert expanded(held, leaf) == (words, len(words))


def test_globs_agree_with_matching_letter_by_letter():
    rng = random.Random(5)
    for _ in range(3000):
        glob = "".join(rng.choices("ab1*?.", weights=(4, 3, 1, 3, 2, 1), k=rng.randint(1, 8)))
        words = {"".join(rng.choices("ab1.", k=rng.randint(0, 7))) for _ in range(6)}
        expected = {word for word in words if matches(glob, word)}
        assert {word for word in words if glob_regex(glob).fullmatch(word)} == expected
        assert set(expanded(vocabulary(*words), Pattern(glob))[0]) == expected


def test_nearness_agrees_with_the_definition():
    rng = random.Random(6)
    for _ in range(1000):
        words = {"".join(rng.choices("abé", k=rng.randint(1, 6))) for _ in range(8)}
        leaf = Near("".join(rng.choices("abé", k=rng.randint(1, 6))), rng.randint(1, 2))
        expected = {word for word in words if distance(word, leaf.word) <= leaf.distance}
        assert {word for word in words if is_near(word, leaf)} == expected
        assert set(expanded(vocabulary(*words), leaf)[0]) == expected


@pytest.mark.parametrize(
    "glob",
    ["*a" * 64, "a*" * 64, "*a?" * 40 + "b", "?" * 128, "*" * 128 + "b", "*a*1" * 30 + "*", "a" * 128 + "*"],
)
def test_many_wildcards_finish(glob):
    """A glob that nearly matches: trying all ways to share out the letters would never end."""
    assert glob_regex(glob).fullmatch("a" * 127 + "c") is None or set(glob) <= set("a?*")
    assert vocabulary("a" * 127 + "c", "a" * 128).expand(Pattern(glob), 10).matching <= 2


def test_globs_and_fuzzy_words_agree_with_plain_loops_over_words_of_any_letters():
    """Distances too; a word of count 0 is in the table and never found."""
    rng = random.Random(7)
    for _ in range(400):
        counts = {text(rng, STRANGE, 6): rng.choice((0, 1, 5)) for _ in range(rng.randint(0, 30))}
        held = Vocabulary.of(counts)
        words = [word for word in held.terms if counts[word]]
        leaf = Near(text(rng, STRANGE, 6), rng.randint(0, 3))
        near = [(distance(word, leaf.word), word) for word in words]
        assert found(held, leaf) == [pair for pair in near if pair[0] <= leaf.distance]
        glob = text(rng, STRANGE + "**??", 5)
        assert found(held, Pattern(glob)) == [(0, word) for word in words if matches(glob, word)]


def text(rng: random.Random, letters: str, longest: int) -> str:
    return "".join(rng.choices(letters, k=rng.randint(0, longest)))


def found(held: Vocabulary, leaf: Pattern | Near) -> list[tuple[int, str]]:
    distances, ordinals = held.matching(leaf)
    assert (distances.dtype, ordinals.dtype) == (np.uint8, np.int64)
    return list(zip(distances.tolist(), held.terms.words(ordinals), strict=True))


def edited(rng: random.Random, word: str) -> str:
    """Return a word with one letter put in, taken out or replaced, at the ends as often as anywhere."""
    at = rng.choice((0, len(word), rng.randint(0, len(word))))
    return word[:at] + rng.choice(("", *"abcé")) + word[at + rng.randint(0, 1) :]


def test_no_edit_of_a_long_word_escapes():
    """In tables of several blocks, at every length up to those that count as one."""
    rng = random.Random(8)
    asked = ["".join(rng.choices("abcdefgé", k=length)) for length in (*range(12), 253, 254, 255, 256, 300)]
    words = {edited(rng, edited(rng, word)) for word in asked for _ in range(200)} | set(asked)
    crowd = {f"{rng.randrange(1 << 40):x}" for _ in range(20_000)}
    held = vocabulary(*words, *crowd)
    for word in asked:
        for leaf in (Near(word, 1), Near(word, 2)):
            expected = [one for one in held.terms if is_near(one, leaf)]
            assert expanded(held, leaf, 10**6) == (tuple(expected), len(expected))
    for glob in ("*a?e*", "*é*", "?0*f", "a*é", "*ab*cd*"):
        regex = glob_regex(glob)
        expected = [one for one in held.terms if regex.fullmatch(one)]
        assert expanded(held, Pattern(glob), 10**6) == (tuple(expected), len(expected))


def test_past_the_limit_the_nearest_then_the_most_frequent_are_kept():
    held = Vocabulary(Terms.of(["cat", "cats", "cot", "cow", "cut"]), np.array([1, 9, 2, 0, 9]))
    assert expanded(held, Near("cat", 1), 1) == (("cat",), 4)
    assert expanded(held, Near("cat", 1), 3) == (("cat", "cats", "cut"), 4)
    assert expanded(held, Pattern("c*"), 2) == (("cats", "cut"), 4)
    assert expanded(held, Pattern("c?t"), 2) == (("cot", "cut"), 3)
    assert expanded(held, Pattern("c*"), 0) == ((), 4)
    assert expanded(vocabulary("ca", "cb", "cc"), Pattern("c*"), 2) == (("ca", "cb"), 3)


def test_words_of_several_vocabularies_are_chosen_as_those_of_one():
    rng = random.Random(9)
    for _ in range(300):
        parts = [{text(rng, "abé", 3): rng.randint(0, 3) for _ in range(9)} for _ in range(rng.randint(0, 4))]
        both = {word: sum(part.get(word, 0) for part in parts) for part in parts for word in part}
        held = [Vocabulary.of(part) for part in parts]
        for leaf in (Near("ab", 1), Near("éa", 2), Pattern("a*"), Pattern("*b?"), Pattern("*")):
            together = chosen([(one, *one.matching(leaf)) for one in held], 4)
            assert together == expanded(Vocabulary.of(both), leaf, 4)


def test_what_was_left_out_is_noted():
    assert capped(Pattern("c*"), 2, 2) is None
    assert "“c*” stands for 4 words" in capped(Pattern("c*"), 4, 2)
    assert "“cat~1” stands for 1,234 words" in capped(Near("cat", 1), 1234, 1)


@pytest.mark.parametrize("leaf", [Pattern("*"), Pattern("a?*b"), Near("oil", 2), Near("", 2)], ids=repr)
def test_an_empty_index_has_no_words(leaf):
    assert expanded(vocabulary(), leaf) == ((), 0)
