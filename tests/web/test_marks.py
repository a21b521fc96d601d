"""Texts cut into pieces and paragraphs."""

import random
from itertools import count, pairwise

import pytest

from web.marks import BLOCKS, Piece, also, blocks, numbered, pieces


@pytest.mark.parametrize(
    ("spans", "cut"),
    [
        pytest.param([], ["one two"], id="no-span"),
        pytest.param([(0, 3)], ["[one]", " two"], id="at-the-start"),
        pytest.param([(4, 7)], ["one ", "[two]"], id="at-the-end"),
        pytest.param([(0, 5), (4, 7)], ["[one two]"], id="overlapping"),
        pytest.param([(4, 4)], ["one two"], id="empty-span"),
        pytest.param([(-3, 1), (6, 99)], ["[o]", "ne tw", "[o]"], id="beyond-the-ends"),
        pytest.param([(4, 7), (0, 3)], ["[one]", " ", "[two]"], id="out-of-order"),
    ],
)
def test_pieces(spans, cut):
    assert [f"[{piece.text}]" if piece.marked else piece.text for piece in pieces("one two", spans)] == cut


def test_a_mark_across_paragraphs_is_cut_and_goes_on():
    first, second = blocks("the defence\n\nminister said", [(4, 21)])
    assert first.pieces == (Piece("the "), Piece("defence", marked=True))
    assert second.pieces == (Piece("minister", marked=True), Piece(" said"))


def test_a_mark_across_a_line_break_stays_one():
    (block,) = blocks("the defence\nminister said", [(4, 20)])
    assert block.pieces[1] == Piece("defence\nminister", marked=True)


LONG = "A line that is longer than any that was broken only to fit into a narrow column of print would be."


WRAPPED = "The committee of the harbour sat until late\nand voted for the dam, said its clerk, though not"


@pytest.mark.parametrize(
    ("body", "kinds"),
    [
        pytest.param("", [], id="empty"),
        pytest.param(" \n\n ", [], id="white-space"),
        pytest.param("one\n\n\ntwo", ["flowing", "flowing"], id="empty-lines"),
        pytest.param(f"{LONG}\n{LONG}", ["flowing", "flowing"], id="a-paragraph-a-line"),
        pytest.param("Roses\nViolets\nSugar", ["lines"], id="short-lines-are-kept"),
        pytest.param(
            "The committee of the harbour sat until late\nand voted for the dam, said its clerk\nat night.",
            ["flowing"],
            id="broken-to-fit",
        ),
        pytest.param(f"{WRAPPED}\nto the end.\n Wire", ["flowing", "flowing"], id="signed"),
        pytest.param(f"The board\n{WRAPPED}\nend.", ["flowing"], id="begun-behind-a-dateline"),
        pytest.param(f"NOTICE\n{WRAPPED}\nend.", ["lines"], id="headed"),
        pytest.param(f"{LONG}\nPeople:\n{WRAPPED}\nend.", ["flowing", "lines"], id="headed-further-down"),
        pytest.param("Yes.\nNo.\nPerhaps.", ["lines"], id="short-sentences-are-kept"),
        pytest.param("Sat until late.\n    It voted for the dam.", ["flowing", "flowing"], id="indent"),
        pytest.param(
            "Prices:\n Wheat    2.55\n Corn     1.35\nend", ["flowing", "table", "flowing"], id="table"
        ),
    ],
)
def test_blocks(body, kinds):
    assert [block.kind for block in blocks(body, [])] == kinds


def test_pieces_and_blocks_agree_with_marking_each_character():
    """Characters are lost only between paragraphs, and each is marked just when a span holds it."""
    rng = random.Random(2024)
    for _ in range(400):
        body = "".join(rng.choice("ab \n\n  é😀") for _ in range(rng.randint(0, 60)))
        spans = [
            (start, start + rng.randint(0, 12))
            for start in (rng.randrange(61) for _ in range(rng.randint(0, 6)))
        ]
        plain = [(char, any(s <= at < e for s, e in spans)) for at, char in enumerate(body)]
        whole = [(char, piece.marked) for piece in pieces(body, spans) for char in piece.text]
        assert whole == plain
        shown = [
            (char, piece.marked)
            for block in blocks(body, spans)
            for piece in block.pieces
            for char in piece.text
        ]
        assert [pair for pair in shown if not pair[0].isspace()] == [
            pair for pair in plain if not pair[0].isspace()
        ]


def test_also_and_numbered_agree_with_a_loop_over_letters():
    rng = random.Random(31)
    for _ in range(400):
        text = "".join(rng.choices("ab \U0001f9ed", k=rng.randrange(1, 30)))
        spans = [sorted(rng.choices(range(len(text) + 1), k=2)) for _ in range(rng.randrange(4))]
        told = [sorted(rng.choices(range(len(text) + 1), k=2)) for _ in range(rng.randrange(4))]
        cut = numbered(also(pieces(text, map(tuple, spans)), map(tuple, told)), count(1))
        assert "".join(piece.text for piece in cut) == text
        assert all(piece.text for piece in cut)
        letters = [(piece.marked, piece.shown) for piece in cut for _ in piece.text]
        assert letters == [
            (any(a <= at < b for a, b in spans), any(a <= at < b for a, b in told)) for at in range(len(text))
        ]
        numbers = [piece.number for piece in cut if piece.number]
        starts = sum(any(now) and not any(before) for before, now in pairwise([(False, False), *letters]))
        assert numbers == list(range(1, starts + 1))


def test_a_body_of_many_paragraphs_is_cut_into_few_blocks():
    """What follows the last paragraph but one is one more block, and nothing of it is lost."""
    body = "wheat\n\n" * (BLOCKS + 10) + "end \n"
    found = blocks(body, [(0, 5), (len(body) - 5, len(body) - 2)])
    assert len(found) == BLOCKS
    assert found[-1].kind == "lines"
    assert "".join(piece.text for piece in found[-1].pieces).count("wheat") == 11
    assert found[-1].pieces[-1].marked
    assert body[found[-1].start :].startswith("wheat")
