"""Sets of bits that tell, for a whole table of words at once, which cannot be near another word.

A word's signature has a bit for each letter in it, and a second for each pair of neighbours, its
two ends being neighbours of a mark. Many letters share a bit, so words may look nearer than they
are, never farther: what is left over is for a true distance to judge.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Bits = NDArray[np.uint64]
Ints = NDArray[np.int64]
Points = NDArray[np.uint32]

_LONGEST = 255
"""Lengths beyond count as this, which only makes words look nearer, and sorts as single bytes."""

BLOCK = 1 << 14
"""Terms treated at once: some megabytes of work whatever the size of the table."""


@dataclass(frozen=True, slots=True)
class Signatures:
    """The signatures of a table's terms, the shortest terms first, and where each length begins."""

    ordinals: NDArray[np.uint32]
    lengths: tuple[int, ...]
    letters: Bits
    pairs: Bits

    @classmethod
    def of(cls, letters: NDArray[np.uint8], ends: NDArray[np.unsignedinteger]) -> "Signatures":
        """Return the signatures of the terms of two arrays as `Terms` has them."""
        signed = [
            _signed(points(text), point_ends(text, own)) for text, own in blocks(letters, ends, 0, len(ends))
        ]
        sizes, letter_bits, pair_bits = (
            np.concatenate([block[part] for block in signed]) if signed else np.zeros(0, dtype=kind)
            for part, kind in enumerate((np.uint8, np.uint64, np.uint64))
        )
        order = np.argsort(sizes, kind="stable")
        begins = np.concatenate(([0], np.cumsum(np.bincount(sizes, minlength=_LONGEST + 1))))
        bounds = tuple(int(begin) for begin in begins)
        return cls(order.astype(np.uint32), bounds, letter_bits[order], pair_bits[order])

    def candidates(self, word: str, distance: int) -> Ints:
        """Return ascending ordinals of terms, all those within a Levenshtein distance among them."""
        own = points(np.frombuffer(word.encode("utf-8", "surrogatepass"), dtype=np.uint8))
        sizes, letters, pairs = _signed(own, np.array([len(own)]))
        size = int(sizes[0])
        found = [
            self._candidates(length - size, length, distance, (letters[0], pairs[0]))
            for length in range(max(0, size - distance), min(_LONGEST, size + distance) + 1)
        ]
        return np.sort(np.concatenate(found)) if found else np.zeros(0, dtype=np.int64)

    def _candidates(self, longer: int, length: int, distance: int, own: tuple[np.uint64, np.uint64]) -> Ints:
        """Return the candidates among the terms of one length.

        Replacing a letter changes two bits of letters and four of pairs; putting one in or
        taking one out, which `longer` of the edits must do, changes one and three.
        """
        terms = slice(self.lengths[length], self.lengths[length + 1])
        near = np.bitwise_count(self.letters[terms] ^ own[0]) <= 2 * distance - abs(longer)
        left = np.flatnonzero(near) + terms.start
        left = left[np.bitwise_count(self.pairs[left] ^ own[1]) <= 4 * distance - abs(longer)]
        ordinals: Ints = self.ordinals[left].astype(np.int64)
        return ordinals


def blocks(
    letters: NDArray[np.uint8], ends: NDArray[np.unsignedinteger], start: int, stop: int
) -> Iterator[tuple[NDArray[np.uint8], Ints]]:
    """Yield the bytes of so many terms of a half-open range at a time, and where in them each ends."""
    begin = int(ends[start - 1]) if start else 0
    for first in range(start, stop, BLOCK):
        own = ends[first : min(stop, first + BLOCK)].astype(np.int64)
        end = int(own[-1])
        yield letters[begin:end], own - begin
        begin = end


def points(text: NDArray[np.uint8]) -> Points:
    """Return the code points of UTF-8 bytes."""
    decoded = text.tobytes().decode("utf-8", "surrogatepass")
    return np.frombuffer(decoded.encode("utf-32-le", "surrogatepass"), dtype="<u4")


def point_ends(text: NDArray[np.uint8], ends: Ints) -> Ints:
    """Return byte offsets as offsets in code points."""
    begins = (text & 0xC0) != 0x80
    if begins.all():
        return ends
    return np.concatenate(([0], np.cumsum(begins)))[ends]


def _signed(text: Points, ends: Ints) -> tuple[NDArray[np.uint8], Bits, Bits]:
    """Return length, bits of letters and bits of pairs of each of the terms that a text consists of."""
    text = np.append(text, np.uint32(0))  # so that an empty term at the very end has a place too
    starts = np.concatenate(([0], ends[:-1]))
    sizes = ends - starts
    before = np.concatenate((text[-1:], text[:-1]))
    before[starts] = 0
    letters = _gathered(_letter_bits(text), starts, sizes)
    pairs = _gathered(_pair_bits(before, text), starts, sizes)
    last = np.where(sizes > 0, text[ends - 1], np.uint32(0))
    pairs |= _pair_bits(last, np.zeros_like(last))
    return np.minimum(sizes, _LONGEST).astype(np.uint8), letters, pairs


def _gathered(bits: Bits, starts: Ints, sizes: Ints) -> Bits:
    """Return the union of the bits of each term."""
    bits[-1] = 0
    union = np.bitwise_or.reduceat(bits, starts)
    union[sizes == 0] = 0
    return union


def _letter_bits(text: Points) -> Bits:
    """Return a bit for each letter: a to z and 0 to 9 have one each, so have the letters of most scripts."""
    return np.left_shift(np.uint64(1), ((text + (text >> 6) * 27) & 63).astype(np.uint64))


def _pair_bits(before: Points, text: Points) -> Bits:
    """Return a bit for each pair of neighbours: multiplied and the upper bits taken, as Knuth hashes."""
    mixed = (before * np.uint32(31) + text) * np.uint32(0x9E3779B1)
    return np.left_shift(np.uint64(1), (mixed >> 26).astype(np.uint64))
