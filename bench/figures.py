"""Figures out of figures: percentiles, means of ratios, exponents of growth."""

import math
import statistics
from collections.abc import Mapping, Sequence


def percentile(figures: Sequence[float], share: float) -> float:
    """Return a percentile by nearest rank: the least figure that so large a share does not exceed.

    >>> percentile([3, 1, 2], 0.5), percentile([3, 1, 2], 0.99), percentile(range(1, 101), 0.95)
    (2, 3, 95)
    """
    return sorted(figures)[max(0, math.ceil(share * len(figures)) - 1)]


def ratio(ours: Sequence[float], theirs: Sequence[float], *, floor: float = 0.0) -> float | None:
    """Return our median over theirs, theirs taken as `floor` at least; None when one was not asked.

    >>> ratio([1, 2, 3], [0.05], floor=0.1)
    20.0
    """
    if not ours or not theirs:
        return None
    return statistics.median(ours) / max(statistics.median(theirs), floor)


def singles(ours: Sequence[float], theirs: Sequence[float], *, floor: float = 0.0) -> list[float]:
    """Return the ratio of each question that both were asked; both lists begin with the same ones.

    >>> singles([1, 4, 9], [2, 2])
    [0.5, 2.0]
    """
    return [one / max(other, floor) for one, other in zip(ours, theirs, strict=False)]


def mean(ratios: Mapping[str, float], *, without: str) -> float | None:
    """Return the geometric mean of the ratios but one; None of nothing.

    >>> mean({"a": 2.0, "b": 8.0, "c": 100.0}, without="c")
    4.0
    """
    counted = [one for kind, one in ratios.items() if kind != without]
    return round(statistics.geometric_mean(counted), 12) if counted else None


def exponent(small: float, large: float, growth: float) -> float:
    """Return the power of the size that a time grows by, the size having grown `growth` times.

    >>> exponent(2.0, 32.0, 4.0), exponent(5.0, 5.0, 50.0)
    (2.0, 0.0)
    """
    return math.log(large / small) / math.log(growth)
