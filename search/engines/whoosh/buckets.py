"""The years, months and days that dates lie in, as numbers."""

from datetime import date
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from search.domain import Precision
from search.engines.whoosh.arrays import Array
from search.periods import Period, period_of

_UNIX = date(1970, 1, 1).toordinal()
_MONTH = 31
"""Days: the dates of a period as short as that name a month or a day, not a year."""

Days = NDArray[np.int32]


@lru_cache(maxsize=4_096)
def bucket_period(number: int, level: Precision) -> Period:
    """Return the year, month or day of a bucket's number: a year, the months since year 0, or an ordinal."""
    if level == "year":
        return period_of(date(number, 1, 1), level)
    if level == "month":
        return period_of(date((number - 1) // 12, (number - 1) % 12 + 1, 1), level)
    return period_of(date.fromordinal(number), level)


def bucket_numbers(first: Days, last: Days, level: Precision) -> Array:
    """Return for each article the number of the period that its date lies in, 0 for none."""
    if level == "day":
        return np.where(first == last, first, 0)
    dated = np.flatnonzero(first)
    days = first[dated].astype("datetime64[D]") - np.timedelta64(_UNIX, "D")
    found = np.zeros(len(first), dtype=np.int32)
    months = days.astype("datetime64[M]")
    spans = last[dated] - first[dated]
    if level == "year":
        found[dated] = months.astype("datetime64[Y]").astype(np.int64) + 1970
    else:
        found[dated] = np.where(spans < _MONTH, months.astype(np.int64) + 1970 * 12 + 1, 0)
    return found
