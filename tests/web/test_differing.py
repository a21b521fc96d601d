"""What differs between two texts, word by word."""

import random
from itertools import pairwise

import pytest

from web.differing import AROUND, CHARACTERS, WORDS, Run, difference, passages

SIGN = {"same": "", "gone": "-", "new": "+"}


def drawn(runs):
    """Return runs as a line: `[-old] [+new] same`."""
    told = (f"[{SIGN[run.kind]}{run.text}]" if run.kind != "same" else run.text for run in runs)
    return "".join(text + run.gap for text, run in zip(told, runs, strict=True)).strip()


@pytest.mark.parametrize(
    ("ours", "theirs", "expected", "places"),
    [
        pytest.param("", "", "", 0, id="both-empty"),
        pytest.param("a b", "", "[-a b]", 1, id="theirs-empty"),
        pytest.param("", "a b", "[+a b]", 1, id="ours-empty"),
        pytest.param("a  b\n\nc", " a b c ", "a b c", 0, id="white-space"),
        pytest.param("a b c", "a x c", "a [-b] [+x] c", 1, id="another-word"),
        pytest.param("a b", "a b c", "a b [+c]", 1, id="longer"),
        pytest.param("b c", "a b c", "[+a] b c", 1, id="begins-sooner"),
        pytest.param("a b a b", "a b", "a b [-a b]", 1, id="twice"),
        pytest.param("Dock, dock.", "dock, dock.", "[-Dock,] [+dock,] dock.", 1, id="case"),
        pytest.param("a b c d e", "a x c y e", "a [-b] [+x] c [-d] [+y] e", 2, id="two-places"),
        pytest.param("港口罢工", "港口再罢工", "港口[+再]罢工", 1, id="han"),
        pytest.param("1999年 ok", "2000年 ok", "[-1999][+2000]年 ok", 1, id="numbers-among-han"),
        pytest.param("<b> & {x}", "<i> & {x}", "[-<b>] [+<i>] & {x}", 1, id="markup-is-text"),
    ],
)
def test_difference(ours, theirs, expected, places):
    found = difference(ours, theirs)
    assert (drawn(found.runs), found.places) == (expected, places)
    assert (found.is_cut, found.is_coarse) == (False, False)


def rewritten(rng, words):
    """Return words with some dropped, some put in and some changed."""
    kept = [word for word in words if rng.random() > 0.2]
    for _ in range(rng.randint(0, 5)):
        kept.insert(rng.randint(0, len(kept)), rng.choice("abcxyz"))
    return kept


def test_the_runs_hold_both_texts_whole():
    """What is gone or same is the first text, what is new or same the second; no kind is twice in a row."""
    rng = random.Random(2026)
    for _ in range(400):
        ours = rng.choices("abcdefgh", k=rng.randint(0, 60))
        theirs = rewritten(rng, ours)
        runs = difference(" ".join(ours), " ".join(theirs)).runs
        for kind, words in (("gone", ours), ("new", theirs)):
            held = [word.rstrip() for run in runs if run.kind in ("same", kind) for word in run.words]
            assert held == words
        kinds = [run.kind for run in runs]
        assert all(one != other for one, other in pairwise(kinds))


def test_folding_hides_only_what_is_the_same_and_far_from_changes():
    rng = random.Random(7)
    for _ in range(200):
        ours = [str(number) for number in range(rng.randint(0, 120))]
        theirs = [word for word in ours if rng.random() > 0.03]
        runs = difference(" ".join(ours), " ".join(theirs)).runs
        found = passages(runs)
        shown = [(run.kind, word) for passage in found for run in passage.runs for word in run.words]
        every = [(run.kind, word) for run in runs for word in run.words]
        changed = [at for at, (kind, _) in enumerate(every) if kind != "same"]
        near = [one for at, one in enumerate(every) if any(abs(at - other) <= AROUND for other in changed)]
        assert [one for one in shown if one in set(near)] == near
        hidden = sum(int(passage.folded.split()[0]) for passage in found if passage.folded)
        assert hidden == len(every) - len(shown)


def test_a_long_stretch_is_folded():
    words = [f"w{number}" for number in range(1_500)]
    found = passages(difference(" ".join(words), " ".join([*words[:700], "x", *words[701:]])).runs)
    assert [passage.folded for passage in found] == ["692 words the same", "791 words the same"]
    assert drawn(found[0].runs) == " ".join([*words[692:700], "[-w700] [+x]", *words[701:709]])
    assert found[1].runs == ()
    assert passages(()) == ()


@pytest.mark.parametrize(
    ("ours", "theirs", "cut", "coarse"),
    [
        pytest.param("w " * (WORDS + 1), "w " * WORDS, True, False, id="one-word-too-many"),
        pytest.param("w " * WORDS, "w " * WORDS, False, False, id="as-many-as-may-be"),
        pytest.param("x" * (CHARACTERS + 1), "x", True, False, id="one-endless-word"),
        pytest.param("x" + " " * CHARACTERS, "x", False, False, id="space-is-not-cut-off"),
        pytest.param("w a " * 1_500, "b w " * 1_500, False, True, id="one-word-between-others"),
    ],
)
def test_bounds_are_told(ours, theirs, cut, coarse):
    found = difference(ours, theirs)
    assert (found.is_cut, found.is_coarse) == (cut, coarse)


def test_no_more_steps_are_taken_than_allowed(monkeypatch):
    """A table of one word between others, which difflib alone would compare for minutes."""
    ours = " ".join(f"w u{number}" for number in range(1_500))
    theirs = " ".join(f"w v{number}" for number in range(1_500))
    few = difference(ours, theirs)
    assert few.is_coarse
    assert [word.rstrip() for run in few.runs if run.kind != "new" for word in run.words] == ours.split()
    monkeypatch.setattr("web.differing.STEPS", 0)
    assert drawn(difference("a b c d e", "a x c y e").runs) == "a [-b c d] [+x c y] e"


def test_a_run_tells_its_words_and_the_gap_behind():
    assert (Run("same", ("a ", "b ")).text, Run("same", ("a ", "b ")).gap) == ("a b", " ")
    assert Run("new", ("港",)).gap == ""
