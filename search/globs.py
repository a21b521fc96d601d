"""Wildcards against a whole table of terms at once, in time that grows with the table and not with the stars.

The pieces between stars are sought one after the other, each at its first place behind the one
before: where that leads to no match nothing does, so nothing is ever tried twice.
"""

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.signatures import blocks, point_ends, points
from search.terms import Terms

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
Text = NDArray[Any]
"""Letters as bytes or as code points."""

Piece = tuple[int | None, ...]
"""The letters between two stars, in the same unit as the text; None is any letter."""


def pieces(glob: str) -> list[str]:
    """Return what stands between the stars; only one piece without any."""
    return re.sub(r"\*+", "*", glob).split("*")


def globbed(terms: Terms, glob: str, start: int, stop: int) -> Ints:
    """Return which terms of a half-open range match a glob, ascending.

    Only a question mark asks what a letter is; all else is found byte by byte, as no letter's
    bytes stand within those of others.
    """
    by_letter = "?" in glob
    coded = [_by_letter(piece) if by_letter else _by_byte(piece) for piece in pieces(glob)]
    found = [np.zeros(0, dtype=np.int64)]
    for text, ends in blocks(terms.letters, terms.ends, start, stop):
        if by_letter and text.max(initial=0) >= 0x80:
            own = _matching(points(text), point_ends(text, ends), coded)
        else:
            own = _matching(text, ends, coded)
        found.append(own + start)
        start += len(ends)
    return np.concatenate(found)


def _by_byte(piece: str) -> Piece:
    return tuple(piece.encode("utf-8", "surrogatepass"))


def _by_letter(piece: str) -> Piece:
    return tuple(None if letter == "?" else ord(letter) for letter in piece)


def _matching(text: Text, ends: Ints, pieces: Sequence[Piece]) -> Ints:
    """Return which of the terms that a text consists of match."""
    first, *middle, last = pieces if len(pieces) > 1 else (*pieces, ())
    starts = np.concatenate(([0], ends[:-1]))
    least = sum(map(len, pieces))
    sizes = ends - starts
    held = np.flatnonzero(sizes >= least if len(pieces) > 1 else sizes == least)
    held = held[_stands(text, starts[held], first)]
    places, tails = starts[held] + len(first), ends[held] - len(last)
    stands = _stands(text, tails, last)
    held, places, tails = held[stands], places[stands], tails[stands]
    for piece in middle:
        places = _next(text, places, piece) + len(piece)
        fits = places <= tails
        held, places, tails = held[fits], places[fits], tails[fits]
    return held


def _stands(text: Text, places: Ints, piece: Piece) -> Bools:
    """Return at which places a piece stands; it must not reach beyond the text."""
    stands = np.ones(len(places), dtype=bool)
    for offset, code in enumerate(piece):
        if code is not None:
            stands &= text[places + offset] == code
    return stands


def _next(text: Text, places: Ints, piece: Piece) -> Ints:
    """Return the first place of a piece from each place on, the text's end where there is none."""
    given = [(offset, code) for offset, code in enumerate(piece) if code is not None]
    if not given or not len(places):
        return places
    within = max(0, len(text) - len(piece) + 1)
    stands = np.ones(within, dtype=bool)
    for offset, code in given:
        stands &= text[offset : offset + within] == code
    found = np.append(np.flatnonzero(stands), len(text))
    return found[np.searchsorted(found, places)]
