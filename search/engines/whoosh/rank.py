"""The first articles of a ranking, found without scoring all of them.

An upper bound of every score is cheap (see `merge`: impacts); the exact score, by the very
operations of the memory engine, is worked out for those alone that may be among the first.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.arrays import Array

Floats = NDArray[np.float64]
Bounds = NDArray[np.float32]
Exact = Callable[[Array], Floats]

_ROWS = 64
"""Bounds are laid out in so many rows; the greatest of each column gives a floor in one quick pass."""
_FEW = 200
"""So many articles or fewer are all scored."""


def best(
    ids: Array, bounds: Callable[[], Bounds], exact: Exact, rank: Array, most: int
) -> tuple[Array, Floats]:
    """Return the `most` articles of the highest scores, ties by rank, and their scores.

    `bounds()` are upper bounds of the scores of `ids`, in their order.
    """
    if len(ids) > max(_FEW, most):
        above = bounds()
        first = np.flatnonzero(above >= floor_of(above, most))
        scores = exact(ids[first])
        least = np.partition(scores, len(scores) - most)[len(scores) - most]
        wanted = np.flatnonzero(above >= np.float32(least) * np.float32(1 - 1e-6))
        if len(wanted) != len(first) or not np.array_equal(wanted, first):
            scores = exact(ids[wanted])
        ids = ids[wanted]
    else:
        scores = exact(ids)
    order = np.lexsort((rank.take(ids), -scores))[:most]
    return ids[order], scores[order]


def foremost(ids: Array, rank: Array, most: int) -> Array:
    """Return the articles of the lowest ranks, at most so many, by rank ascending."""
    places = rank.take(ids)
    if len(ids) > most:
        first = np.argpartition(places, most - 1)[:most]
        ids, places = ids[first], places[first]
    return ids[np.argsort(places)]


def floor_of(values: Array, most: int) -> Array:
    """Return a value that at least `most` of them reach: the one of that place, or a little less.

    The greatest of each of many groups are taken; if `most` groups reach a value, so many values do.
    """
    columns = len(values) // _ROWS
    if columns >= 4 * most:
        values = np.maximum.reduce(values[: columns * _ROWS].reshape(_ROWS, columns), axis=0)
    floor: Array = np.partition(values, len(values) - most)[len(values) - most]
    return floor
