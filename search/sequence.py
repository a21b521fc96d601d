"""Where the words of a phrase stand together, given where each of them stands."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence


def occurrences(slots: Sequence[Sequence[int]], slop: int) -> list[tuple[int, ...]]:
    """Return one tuple of positions, a slot each, for every place where the phrase begins.

    `slots` holds the ascending positions of each word. Without slop the words follow each
    other in order. With slop they stand in any order, at different positions, with at most
    `slop` other positions between the first and the last; of the ways to read one beginning
    the one with the leftmost words is given. Beginnings ascend.
    """
    if slop == 0:
        rest = [frozenset(positions) for positions in slots]
        return [
            tuple(range(start, start + len(slots)))
            for start in slots[0]
            if all(start + at in positions for at, positions in enumerate(rest))
        ]
    where: dict[int, list[int]] = {}
    for slot, positions in enumerate(slots):
        for position in positions:
            where.setdefault(position, []).append(slot)
    places = sorted(where)
    reach = len(slots) - 1 + slop
    found = []
    for at, start in enumerate(places):
        window = places[at : bisect_right(places, start + reach, lo=at)]
        reading = _leftmost(window, where, len(slots))
        if reading is not None:
            found.append(reading)
    return found


def _leftmost(
    window: Sequence[int], where: Mapping[int, Sequence[int]], slots: int
) -> tuple[int, ...] | None:
    """Return the leftmost distinct positions that fill every slot, in order of slots, or None.

    Kuhn's bipartite matching, a position at a time: one that was given a slot keeps some slot,
    so the first is always among them and no choice further left was passed over.
    """
    taken: dict[int, int] = {}

    def settle(position: int, tried: set[int]) -> bool:
        for slot in where[position]:
            if slot not in taken:
                taken[slot] = position
                return True
        for slot in where[position]:
            if slot not in tried:
                tried.add(slot)
                if settle(taken[slot], tried):
                    taken[slot] = position
                    return True
        return False

    for position in window:
        settle(position, set())
        if len(taken) == slots:
            return tuple(taken[slot] for slot in range(slots))
    return None
