"""Globs and fuzzy words: against the plainest way to match each."""

import random

import pytest

from search.expand import Expansion, Vocabulary, capped, glob_regex, is_near
from search.nodes import Near, Pattern


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
    ordered = sorted(words)
    return Vocabulary(ordered, [1] * len(ordered))


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
    found = vocabulary("heat", "w.at", "what", "wheat", "wheats").expand(leaf, 100)
    assert found == Expansion(words, len(words))


def test_globs_agree_with_matching_letter_by_letter():
    rng = random.Random(5)
    for _ in range(3000):
        glob = "".join(rng.choices("ab1*?.", weights=(4, 3, 1, 3, 2, 1), k=rng.randint(1, 8)))
        words = {"".join(rng.choices("ab1.", k=rng.randint(0, 7))) for _ in range(6)}
        expected = {word for word in words if matches(glob, word)}
        assert {word for word in words if glob_regex(glob).fullmatch(word)} == expected
        assert set(vocabulary(*words).expand(Pattern(glob), 100).words) == expected


def test_nearness_agrees_with_the_definition():
    rng = random.Random(6)
    for _ in range(1000):
        words = {"".join(rng.choices("abé", k=rng.randint(1, 6))) for _ in range(8)}
        leaf = Near("".join(rng.choices("abé", k=rng.randint(1, 6))), rng.randint(1, 2))
        expected = {word for word in words if distance(word, leaf.word) <= leaf.distance}
        assert {word for word in words if is_near(word, leaf)} == expected
        assert set(vocabulary(*words).expand(leaf, 100).words) == expected


@pytest.mark.parametrize(
    "glob",
    ["*a" * 64, "a*" * 64, "*a?" * 40 + "b", "?" * 128, "*" * 128 + "b", "*a*1" * 30 + "*", "a" * 128 + "*"],
)
def test_many_wildcards_finish(glob):
    """A glob that nearly matches: trying all ways to share out the letters would never end."""
    assert glob_regex(glob).fullmatch("a" * 127 + "c") is None or set(glob) <= set("a?*")
    assert vocabulary("a" * 127 + "c", "a" * 128).expand(Pattern(glob), 10).matching <= 2


def test_past_the_limit_the_nearest_then_the_most_frequent_are_kept():
    held = Vocabulary(["cat", "cats", "cot", "cut"], [1, 9, 2, 9])
    assert held.expand(Near("cat", 1), 1) == Expansion(("cat",), 4)
    assert held.expand(Near("cat", 1), 3) == Expansion(("cat", "cats", "cut"), 4)
    assert held.expand(Pattern("c*"), 2) == Expansion(("cats", "cut"), 4)
    assert held.expand(Pattern("c?t"), 2) == Expansion(("cot", "cut"), 3)
    equal = Vocabulary(["ca", "cb", "cc"], [1, 1, 1])
    assert equal.expand(Pattern("c*"), 2) == Expansion(("ca", "cb"), 3)


def test_what_was_left_out_is_noted():
    assert capped(Pattern("c*"), Expansion(("cats", "cut"), 2)) is None
    assert "“c*” stands for 4 words" in capped(Pattern("c*"), Expansion(("cats", "cut"), 4))
    assert "“cat~1” stands for 1,234 words" in capped(Near("cat", 1), Expansion(("cat",), 1234))


def test_an_empty_index_has_no_words():
    assert vocabulary().expand(Pattern("*"), 10) == Expansion((), 0)
    assert vocabulary().expand(Near("oil", 2), 10) == Expansion((), 0)
