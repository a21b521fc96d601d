"""Passages: the best pieces of a text to show, and what is marked in them."""

import random
from itertools import pairwise

import pytest

from search.domain import Passage
from search.passages import MOST, WEIGHED, passages

TEXT = "aa bb cc dd ee ff gg hh ii jj kk ll mm nn oo pp qq rr ss tt uu vv ww xx yy zz"


def spans_of(words: str) -> list[tuple[int, int]]:
    return [(TEXT.index(word), TEXT.index(word) + 2) for word in words.split()]


def random_spans(rng: random.Random, length: int, longest: int = 6) -> list[tuple[int, int]]:
    spans, at = [], 0
    while (at := at + rng.randint(0, 12)) < length - longest:
        spans.append((at, at + rng.randint(1, longest)))
        at = spans[-1][1]
    return spans


def held(spans, start: int, stop: int) -> int:
    """Return how many spans lie wholly in a piece."""
    return sum(start <= own[0] and own[1] <= stop for own in spans)


def test_the_first_passage_holds_as_many_marks_as_any_piece_of_its_size():
    """The quick way and trying every start agree; no end of a passage cuts a mark."""
    rng = random.Random(2024)
    for _ in range(400):
        text = "".join(rng.choice("ab  \n") for _ in range(rng.randint(0, 160)))
        spans = random_spans(rng, len(text))
        size = rng.randint(8, 60)
        found = passages(text, spans, size=size, further=0)[0]
        stop = found.start + len(found.text)
        most = max((held(spans, start, start + size) for start in range(len(text) + 1)), default=0)
        assert found.text == text[found.start : stop]
        assert len(found.text) <= size
        assert len(found.marks) == most == held(spans, found.start, stop)
        assert {(start + found.start, end + found.start) for start, end in found.marks} <= set(spans)
        assert not any(start < cut < end for start, end in spans for cut in (found.start, stop))


@pytest.mark.parametrize(
    ("text", "spans", "size", "found"),
    [
        pytest.param("short oil", [(6, 9)], 20, Passage("short oil", ((6, 9),), 0), id="whole-text"),
        pytest.param(
            "one two three four", [], 9, Passage("one two", goes_on=True), id="no-marks-is-the-beginning"
        ),
        pytest.param("x" * 50, [], 10, Passage("x" * 10, goes_on=True), id="no-space-to-end-at"),
        pytest.param(
            "aaa bbb ccc oil", [(12, 15)], 8, Passage("ccc oil", ((4, 7),), 8), id="end-of-the-text"
        ),
        pytest.param(
            "x" * 50, [(10, 40)], 10, Passage("x" * 10, ((0, 10),), 10, True), id="mark-longer-than-the-piece"
        ),
        pytest.param("", [], 10, Passage("", (), 0), id="no-text"),
        pytest.param("😀" * 20, [(10, 11)], 4, Passage("😀" * 4, ((1, 2),), 9, True), id="astral"),
        pytest.param("one two   \n", [], 7, Passage("one two"), id="white-space-is-no-more-text"),
    ],
)
def test_the_first_passage(text, spans, size, found):
    assert passages(text, spans, size=size)[0] == found


@pytest.mark.parametrize(
    ("words", "told", "shown"),
    [
        pytest.param("cc", "", ["bb [cc] dd ee"], id="one-word"),
        pytest.param("bb cc qq", "", ["[bb] [cc] dd ee", "[qq] rr"], id="then-what-is-left"),
        pytest.param("bb qq", "rr", ["[qq] {rr} ss tt", "[bb] cc"], id="where-they-meet-stands-first"),
        pytest.param("bb cc dd", "xx", ["[bb] [cc] [dd] ee", "{xx} yy"], id="words-before-tags-apart"),
        pytest.param("", "bb xx yy", ["ww {xx} {yy} zz", "{bb} cc"], id="tags-alone"),
        pytest.param("bb gg mm ss", "", ["aa [bb] cc dd", "[gg] hh", "[mm] nn"], id="three-at-most"),
        pytest.param("bb jj uu", "vv", ["[uu] {vv} ww xx", "[bb] cc", "[jj] kk"], id="others-as-they-stand"),
        pytest.param("cc dd", "dd ee", ["[cc] {[dd]} {ee} ff"], id="a-word-that-is-a-tag"),
        pytest.param("", "", ["aa bb cc dd"], id="nothing"),
    ],
)
def test_passages_of_a_text(words, told, shown):
    found = passages(TEXT, spans_of(words), spans_of(told), size=11, further=5)
    assert [bracketed(one) for one in found] == shown


@pytest.mark.parametrize(
    ("words", "kinds", "shown"),
    [
        pytest.param(
            "", ["bb cc gg hh mm nn ss", "yy"], ["{bb} {cc} dd ee", "{gg} {hh}", "{yy} zz"], id="two-tags"
        ),
        pytest.param(
            "bb cc gg hh mm nn", ["yy"], ["[bb] [cc] dd ee", "[gg] [hh]", "{yy} zz"], id="word-and-tag"
        ),
        pytest.param(
            "bb cc gg hh", ["xx", "tt uu"], ["[bb] [cc] dd ee", "{tt} {uu}", "{xx} yy"], id="all-three"
        ),
        pytest.param(
            "bb xx", ["cc tt xx", "yy"], ["ww {[xx]} {yy} zz", "[bb] {cc}", "{tt} uu"], id="where-they-meet"
        ),
        pytest.param("bb gg mm", ["cc"], ["[bb] {cc} dd ee", "[gg] hh", "[mm] nn"], id="shown-already"),
    ],
)
def test_each_kind_that_is_told_is_shown(words, kinds, shown):
    told = [spans_of(kind) for kind in kinds]
    every = sorted({span for kind in told for span in kind})
    found = passages(TEXT, spans_of(words), every, kinds=told, size=11, further=5)
    assert [bracketed(one) for one in found] == shown


def test_no_kind_is_left_out_while_there_is_room():
    """Of two kinds that stand anywhere each has a mark in some piece."""
    rng = random.Random(11)
    for _ in range(300):
        text = "".join(rng.choice("ab ") for _ in range(rng.randint(60, 300)))
        spans = random_spans(rng, len(text))
        kinds: list[list[tuple[int, int]]] = [[], [], []]
        for span in spans:
            rng.choice(kinds).append(span)
        words, *told = kinds
        every = sorted(span for kind in told for span in kind)
        found = passages(text, words, every, kinds=sorted(told), size=40, further=20)
        pieces = [(one.start, one.start + len(one.text)) for one in found]
        for kind in told:
            assert not kind or any(held(kind, *piece) for piece in pieces)


def bracketed(found: Passage) -> str:
    """Return a passage with its words' marks in square brackets and those of tags in braces."""
    cuts = [(at, 1, sign) for span in found.told for at, sign in zip(span, "{}", strict=True)]
    cuts += [
        (at, 0 if sign == "]" else 2, sign)
        for span in found.marks
        for at, sign in zip(span, "[]", strict=True)
    ]
    text = found.text
    for at, _, sign in sorted(cuts, key=lambda cut: (cut[0], cut[1]), reverse=True):
        text = text[:at] + sign + text[at:]
    return text


def test_passages_are_the_best_places_one_after_the_other():
    """Against a plain loop over all starts: the first is worth most, no letter stands twice."""
    rng = random.Random(31)
    met = 0
    for _ in range(400):
        text = "".join(rng.choice("abcd  ") for _ in range(rng.randint(1, 200)))
        words, told = random_spans(rng, len(text)), random_spans(rng, len(text))
        size, further = rng.randint(12, 60), rng.randint(8, 30)
        found = passages(text, words, told, size=size, further=further)
        first, stop = found[0].start, found[0].start + len(found[0].text)
        best = max((worth(words, told, at, at + size) for at in range(len(text) + 1)), default=(False, 0, 0))
        assert worth(words, told, first, stop) >= best if len(text) > size else found[0].text == text
        met += best[0]
        held = sorted((one.start, one.start + len(one.text)) for one in found)
        assert all(one[1] <= other[0] for one, other in pairwise(held))
        assert [one.start for one in found[1:]] == sorted(one.start for one in found[1:])
        for one in found:
            assert one.text == text[one.start : one.start + len(one.text)]
            for marks, spans in ((one.marks, words), (one.told, told)):
                inside = {(start + one.start, end + one.start) for start, end in marks}
                assert inside >= {
                    (s, e) for s, e in spans if one.start <= s and e <= one.start + len(one.text)
                }
        if len(found) < MOST and len(text) > size:
            left = [span for span in (*words, *told) if not any(s < span[1] and span[0] < e for s, e in held)]
            assert not left
    assert met > 100


def worth(words, told, start: int, stop: int) -> tuple[bool, int, int]:
    count, more = held(words, start, stop), held(told, start, stop)
    return count > 0 and more > 0, count, more


def test_of_very_many_marks_the_first_ones_decide():
    words = [(at, at + 1) for at in range(0, 10_000, 2)]
    text = "x " * 5_000 + "tail " * 100
    found = passages(text, words, [(10_010, 10_014)])
    assert len(words) > WEIGHED
    assert all(one.start < 2 * WEIGHED + 300 or one.told for one in found)
    assert len(found) == MOST
