"""Which texts of an archive are near-identical copies of one story.

    sketches ─▶ pairs that meet in a band ─▶ texts read: are they near? ─▶ stars

Texts with the same wording have the same story from the start (`extract`). Of the others a pair is
near when it shares most of its pieces and its figures do not clash. A story is a *star*: each of its
texts is near the one in its middle, so that a chain of small changes cannot run through an archive
(Aslam, Pelekhov and Rus 2004, "The star clustering algorithm"). What comes out depends on the set of
wordings alone, neither on their order nor on what was found before.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.shingles import BANDS, Hashes, pieces, wording
from search.aliases import Alias, Aliases

NEAR = 0.6
"""Share of the pieces of two texts that stand in both, from which on they are copies. Read pair by pair
in 9,534 agency reports: above it, where figures agree, 55 of 57 are one report sent twice, cut or put
otherwise; below it notices that come every week are more than half."""
CLASH = 0.1
"""Share of the figures of the text with fewer of its own that may be others in its fellow. Without it
8 of 63 pairs, of texts of 30 pieces 29 of 100, are last week's notice with this week's figures."""
_FIRST = 16
"""Texts of a band that each other one of it is compared with."""
_KEPT_TEXTS = 4_096
_KEY_BYTES = 8
_ROW = np.dtype([("story", ">u8"), ("bands", "<u4", (BANDS,))])

TextOf = Callable[[str], str]
Pair = tuple[int, int]


class Edge(NamedTuple):
    """Two stories that are near, the one with the greater key first, and the share of pieces they have."""

    one: str
    other: str
    share: float


class Stories:
    """The stories of the articles taken so far, with their sketches: 104 bytes each."""

    def __init__(self) -> None:
        self._rows = bytearray()

    def add(self, story: str, sketch: bytes) -> None:
        """Take the story of one article, 16 hex digits; without a sketch it stays alone."""
        if sketch:
            self._rows += bytes.fromhex(story) + sketch

    def aliases(self, text_of: TextOf) -> Aliases:
        """Return the stories that are near another, which they are counted under; `text_of` reads one."""
        rows = np.frombuffer(bytes(self._rows), dtype=_ROW)
        _, first = np.unique(rows["story"], return_index=True)
        rows = rows[first]
        names = [f"{story:016x}" for story in rows["story"].tolist()]
        return stars(near_pairs(names, meeting(rows["bands"]), text_of))


def meeting(bands: NDArray[np.uint32]) -> Iterator[Pair]:
    """Yield the pairs of rows that have a band in common, each once, the greater row first, ascending.

    Of a band that many rows have, each meets the first `_FIRST` of them alone, so that there are never
    more than so many pairs for a row and band.
    """
    held = [np.zeros(0, dtype=np.int64)]
    for band in range(bands.shape[1]):
        column = bands[:, band]
        order = np.argsort(column, kind="stable")
        ordered = column[order]
        starts = np.searchsorted(ordered, ordered)
        rows = np.flatnonzero(starts < np.arange(len(order)))
        for place in range(_FIRST):
            rows = rows[starts[rows] + place < rows]
            if len(rows):
                held.append(order[rows] * len(order) + order[starts[rows] + place])
        held = [np.unique(np.concatenate(held))]
    return (divmod(int(code), len(bands)) for code in held[0])


def near_pairs(names: list[str], pairs: Iterable[Pair], text_of: TextOf) -> Iterator[Edge]:
    """Yield those pairs whose texts are near."""

    @lru_cache(maxsize=_KEPT_TEXTS)
    def read(row: int) -> tuple[Hashes, Counter[str]]:
        worded = wording(text_of(names[row]))
        return pieces(worded), figures(worded)

    for one, other in pairs:
        (mine, my_figures), (its, its_figures) = read(one), read(other)
        share = jaccard(mine, its)
        if share >= NEAR and not clash(my_figures, its_figures):
            yield Edge(names[one], names[other], share)


def jaccard(one: Hashes, other: Hashes) -> float:
    """Return the share of all pieces of two texts that stand in both."""
    both = len(np.intersect1d(one, other, assume_unique=True))
    return both / max(len(one) + len(other) - both, 1)


def figures(worded: str) -> Counter[str]:
    """Return the words of a wording that hold a digit, and how often each stands there."""
    return Counter(word for word in worded.split(" ") if any(map(str.isdigit, word)))


def clash(one: Counter[str], other: Counter[str]) -> bool:
    """Return whether each of two texts has figures that the other has not; a cut text has none of its own."""
    own = min((one - other).total(), (other - one).total())
    return own > CLASH * min(one.total(), other.total())


def stars(edges: Iterable[Edge]) -> Aliases:
    """Return for the texts around each middle what they stand for: the middle.

    Middles are the stories with the most near ones, of equals the smallest key.
    """
    near: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for one, other, share in edges:
        near[one][other] = near[other][one] = share
    found: dict[str, Alias] = {}
    middles: set[str] = set()
    for middle in sorted(near, key=lambda story: (-len(near[story]), story)):
        if middle in found:
            continue
        middles.add(middle)
        for story, share in near[middle].items():
            if story not in found and story not in middles:
                found[story] = Alias(middle, f"near copy: {share:.2f} of their words by threes")
    return found
