"""Which segments a commit writes into one, so that there are few and each article is copied seldom.

Segments stand in tiers as the digits of a number do: the small ones are joined until they weigh as much
as the next larger one, and then with it. Of n articles that come one by one there are at most about
log2(n) segments, and each article is copied as often at most (Lucene's logarithmic merging).
"""

from collections.abc import Callable, Collection, Sequence

Merge = Callable[[Sequence[int], Sequence[int]], Collection[int]]
"""What chooses, by the articles of each segment and how many of them live, which are written into one."""
MOST = 10
"""Segments that may stand side by side; each costs every query some tens of microseconds."""
DELETED = 1 / 3
"""A segment of whose articles so many are deleted is written anew."""


def to_merge(sizes: Sequence[int], live: Sequence[int]) -> frozenset[int]:
    """Return which segments are written into one, of so many articles, of which so many are not deleted."""
    order = sorted(range(len(live)), key=lambda at: (live[at], at))
    joined = {at for at in order if sizes[at] - live[at] > DELETED * sizes[at]}
    weight = 0
    tier = 0
    for place, at in enumerate(order):
        if place and live[at] <= weight:
            tier = place + 1
        weight += live[at]
    joined.update(order[:tier])
    left = [at for at in order if at not in joined]
    over = len(left) + bool(joined) - MOST
    if over > 0:
        joined.update(left[: over + (not joined)])
    return frozenset(joined)
