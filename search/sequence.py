"""Where the words of a phrase stand together, given where each of them stands."""

from bisect import bisect_right
from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

Slot = TypeVar("Slot", bound=Hashable)


def in_order(slots: Sequence[Sequence[int]]) -> list[tuple[int, ...]]:
    """Return the positions of every place where words follow each other, by rising beginning.

    `slots` holds the ascending positions of each word in turn.
    """
    rest = [frozenset(positions) for positions in slots]
    return [
        tuple(range(start, start + len(slots)))
        for start in slots[0]
        if all(start + at in positions for at, positions in enumerate(rest))
    ]


def near(
    places: Mapping[Slot, Sequence[int]], wanted: Mapping[Slot, int], slop: int
) -> list[tuple[int, ...]]:
    """Return the positions of every place where words stand near each other, in any order.

    `places` holds the ascending positions of each different word, `wanted` how often it is asked
    for. A place begins at one of the words. It reaches over as many positions as words are asked
    for and `slop` more, and within them each word stands as often as wanted, and all of them at
    as many different positions as words are asked for. What is returned is the shortest piece
    from each beginning that does so: the positions of all its words. Beginnings ascend.
    """
    standing: dict[int, list[Slot]] = {}
    for slot, positions in places.items():
        for position in positions:
            standing.setdefault(position, []).append(slot)
    order = sorted(standing)
    size = sum(wanted.values())
    found = []
    for at, start in enumerate(order):
        window = order[at : bisect_right(order, start + size - 1 + slop, lo=at)]
        length = _shortest(window, standing, wanted, size)
        if length:
            found.append(tuple(window[:length]))
    return found


def _shortest(
    window: Sequence[int], standing: Mapping[int, Sequence[Slot]], wanted: Mapping[Slot, int], size: int
) -> int:
    """Return how many positions of a window, from the first on, hold every word; 0 when all do not."""
    missing = dict(wanted)
    open_slots = len(missing)
    for length, position in enumerate(window, start=1):
        for slot in standing[position]:
            missing[slot] -= 1
            open_slots -= missing[slot] == 0
        if not open_slots and length >= size:
            return length
    return 0
