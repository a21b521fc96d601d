"""Where the words of a phrase stand together, given where each of them stands."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence


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
    width = len(slots) - 1 + slop
    starts = sorted({position for positions in slots for position in positions})
    found = (_window(slots, start, start + width) for start in starts)
    return [places for places in found if places is not None]


def _window(slots: Sequence[Sequence[int]], start: int, last: int) -> tuple[int, ...] | None:
    """Return distinct positions in [start, last], one of them `start`, for every slot, or None."""
    choices = [
        positions[bisect_left(positions, start) : bisect_right(positions, last)] for positions in slots
    ]
    if not all(choices):
        return None
    for first, positions in enumerate(choices):
        if positions[0] == start:
            places = _assigned([[start] if at == first else own for at, own in enumerate(choices)])
            if places is not None:
                return places
    return None


def _assigned(choices: Sequence[Sequence[int]]) -> tuple[int, ...] | None:
    """Return a distinct choice for every slot, or None; Kuhn's bipartite matching."""
    taken: dict[int, int] = {}

    def place(slot: int, tried: set[int]) -> bool:
        for position in choices[slot]:
            if position in tried:
                continue
            tried.add(position)
            if position not in taken or place(taken[position], tried):
                taken[position] = slot
                return True
        return False

    if not all(place(slot, set()) for slot in range(len(choices))):
        return None
    by_slot = {slot: position for position, slot in taken.items()}
    return tuple(by_slot[slot] for slot in range(len(choices)))
