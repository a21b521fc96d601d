"""Sets of articles: ascending numbers or a mask, whichever the next step needs."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.arrays import Array

Bools = NDArray[np.bool_]
Masks = Callable[[], Bools | None]
Tests = Callable[[Array], Bools]

_FEW = 32
"""A set of fewer than one in so many articles is combined by its numbers, a larger one by its mask."""
_SEARCH = 8
"""Looking one number up among sorted ones costs about as much as marking so many in a mask."""


class Chosen:
    """Articles out of `total`. Nothing is to be written to; each form is made when first asked for.

    Of a set that is given by `make_mask` alone `guess` says about how many they are. `test` tells
    of ascending articles which are in the set, which is cheaper than making the mask for up to
    `tested` of them.
    """

    __slots__ = ("_ids", "_make_mask", "_mask", "_test", "_tested", "guess", "total")

    def __init__(
        self,
        total: int,
        *,
        ids: Array | None = None,
        mask: Bools | None = None,
        make_mask: Masks | None = None,
        test: Tests | None = None,
        tested: int = 0,
        guess: int = 0,
    ) -> None:
        self.total = total
        self._ids = ids
        self._mask = mask
        self._make_mask = make_mask
        self._test = test
        self._tested = tested
        self.guess = guess
        if ids is not None:
            self.guess = len(ids)
        elif mask is not None:
            self.guess = int(np.count_nonzero(mask))

    @property
    def size(self) -> int:
        """The number of articles."""
        if self._ids is None and self._mask is None:
            _ = self.mask
        return self.guess

    @property
    def ids(self) -> Array:
        """The numbers, ascending; int64 or uint32."""
        if self._ids is None:
            self._ids = self.mask.nonzero()[0]
        return self._ids

    @property
    def mask(self) -> Bools:
        """Whether each article is in the set."""
        if self._mask is None:
            made = self._make_mask() if self._make_mask else None
            if made is None:
                made = np.zeros(self.total, dtype=np.bool_)
                if self._ids is not None:
                    made[self._ids.astype(np.int64, copy=False)] = (
                        True  # uint32 would be copied piece by piece
                    )
            self._mask = made
            if self._ids is None:
                self.guess = int(np.count_nonzero(made))
        return self._mask

    @property
    def is_few(self) -> bool:
        """Whether it is best combined by its numbers."""
        return self._ids is not None and self.guess * _FEW < self.total

    def holds(self, ids: Array) -> Bools:
        """Return whether each of some ascending articles is in the set."""
        if self._mask is None and self._test is not None and len(ids) <= self._tested:
            return self._test(ids)
        if self._mask is None and self._make_mask is None and len(ids) * _SEARCH < self.size:
            return found_at(self.ids, ids)[1]
        return self.mask.take(ids, mode="clip")

    def but(self) -> Chosen:
        """Return all other articles, deleted ones too."""
        return Chosen(self.total, mask=~self.mask)


def found_at(numbers: Array, asked: Array) -> tuple[NDArray[np.int64], Bools]:
    """Return for each asked number its place among ascending ones, and whether it is there at all."""
    if not len(numbers):
        return np.zeros(len(asked), dtype=np.int64), np.zeros(len(asked), dtype=np.bool_)
    asked = asked.astype(numbers.dtype, copy=False)  # else the longer array would be converted
    at = np.searchsorted(numbers, asked)
    np.minimum(at, len(numbers) - 1, out=at)
    return at, numbers.take(at) == asked


def all_of(sets: Sequence[Chosen]) -> Chosen:
    """Return the articles that are in every set; the smallest is gone through when it is small."""
    ordered = sorted((one for one in sets if one.guess < one.total), key=lambda one: one.guess)
    if len(ordered) <= 1:
        return ordered[0] if ordered else sets[0]
    first, *rest = ordered
    if first.is_few:
        ids = first.ids
        for one in rest:
            if not len(ids):
                break
            ids = ids[one.holds(ids)]
        return Chosen(first.total, ids=ids)
    mask = first.mask & rest[0].mask
    for one in rest[1:]:
        mask &= one.mask
    return Chosen(first.total, mask=mask)


def any_of(sets: Sequence[Chosen]) -> Chosen:
    """Return the articles that are in at least one set."""
    held = [one for one in sets if one.size]
    if len(held) <= 1:
        return held[0] if held else sets[0]
    total = held[0].total
    if sum(one.size for one in held) * _FEW < total and all(one.is_few for one in held):
        return Chosen(total, ids=distinct(np.concatenate([one.ids for one in held])))
    held.sort(key=lambda one: -one.size)
    mask = held[0].mask.copy()
    for one in held[1:]:
        if one.is_few:
            mask[one.ids.astype(np.int64, copy=False)] = True
        else:
            mask |= one.mask
    return Chosen(total, mask=mask)


def distinct(numbers: Array) -> Array:
    """Return numbers ascending, each once; quicker than NumPy's own for some thousands."""
    if len(numbers) < 2:
        return numbers
    ordered = np.sort(numbers)
    fresh = np.empty(len(ordered), dtype=np.bool_)
    fresh[0] = True
    np.not_equal(ordered[1:], ordered[:-1], out=fresh[1:])
    return ordered[fresh]
