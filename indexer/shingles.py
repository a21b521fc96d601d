"""The wording of a text, its pieces of three words, and a short sketch by which like texts meet.

Two texts are alike as far as they share pieces: their Jaccard index is the share of all pieces of
both that stand in both (Broder 1997, "On the resemblance and containment of documents"). Of each of
many hashes the smallest over a text's pieces is the same in two texts as often as that index says;
groups of them, *bands*, are the same in like texts and hardly ever in others (Leskovec, Rajaraman and
Ullman, "Mining of Massive Datasets", chapter 3). A sketch holds the bands of one text.
"""

import re
from functools import lru_cache
from hashlib import blake2b, shake_256

import numpy as np
from numpy.typing import NDArray

from search.tokens import fold

PIECE = 3
"""Words of a piece. Of 9,534 agency reports 57 pairs share 0.6 of such, and 53 of those of four words."""
FEWEST = 50
"""Pieces that a text must have to be compared. What is shorter is mostly a notice that comes again
with another figure: "the Fed adds reserves" has 47 to 49."""
BANDS, ROWS = 24, 4
"""Of two texts whose index is 0.6 (0.7, 0.8) 96.4 % (99.8 %, all) meet in a band; at 0.1, 0.2 %."""
SKETCH_BYTES = 4 * BANDS
_WORDS = re.compile(r"\w+")
_AT_ONCE = 4_096
"""Pieces that are hashed at once: 3 MB."""

Hashes = NDArray[np.uint64]
_HALF = np.uint64(32)


def _constants(name: bytes, count: int) -> Hashes:
    """Return odd numbers that look random; those of NumPy's generators may change with its version."""
    return np.frombuffer(shake_256(name).digest(8 * count), dtype="<u8") | np.uint64(1)


_FACTORS = _constants(b"factors", BANDS * ROWS)[:, np.newaxis]
_ADDED = _constants(b"added", BANDS * ROWS)[:, np.newaxis]
_MIXED = _constants(b"mixed", ROWS)
_PLACES = _constants(b"places", PIECE)


def wording(text: str) -> str:
    """Return the folded words of a text, which copies share whatever their marks and line ends."""
    return " ".join(_WORDS.findall(fold(text)))


def pieces(worded: str) -> Hashes:
    """Return the hashes of a wording's pieces, ascending, each once."""
    words = np.fromiter(map(_hashed, worded.split(" ")), dtype=np.uint64)
    count = len(words) - PIECE + 1
    if count < 1:
        return np.zeros(0, dtype=np.uint64)
    found = np.zeros(count, dtype=np.uint64)
    for at, factor in enumerate(_PLACES):
        found += words[at : at + count] * factor
    found ^= found >> _HALF
    return np.unique(found)


def sketch(worded: str) -> bytes:
    """Return the bands of a wording, four bytes each; none of one with fewer than `FEWEST` pieces."""
    found = pieces(worded)
    if len(found) < FEWEST:
        return b""
    least = np.full(BANDS * ROWS, np.iinfo(np.uint32).max, dtype=np.uint64)
    for start in range(0, len(found), _AT_ONCE):
        hashed = (found[start : start + _AT_ONCE] * _FACTORS + _ADDED) >> _HALF
        np.minimum(least, hashed.min(axis=1), out=least)
    mixed = (least.reshape(BANDS, ROWS) + np.uint64(1)) * _MIXED
    bands: bytes = (mixed.sum(axis=1, dtype=np.uint64) >> _HALF).astype("<u4").tobytes()
    return bands


@lru_cache(maxsize=65_536)
def _hashed(word: str) -> int:
    return int.from_bytes(blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")
