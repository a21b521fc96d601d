"""Where the words of a phrase stand together, given where each of them stands.

Both ways go once through the places where the words stand, whatever the number of words and
however wide the piece: a text of nothing but one word, asked for sixty-four times, takes no longer.
"""

from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

Slot = TypeVar("Slot", bound=Hashable)
Piece = tuple[int, int]
"""The positions of the first and the last word of a place where words stand together."""


def in_order(places: Mapping[Slot, Sequence[int]], phrase: Sequence[Slot]) -> list[Piece]:
    """Return every place where the words of a phrase follow each other, by rising beginning.

    `places` holds the ascending positions of each different word. Words are the bits of a
    number, those of the phrase so far that end at a position are set, and move on by one from
    each position to the next (Baeza-Yates and Gonnet's Shift-And).
    """
    bits: dict[int, int] = {}
    for slot, positions in places.items():
        own = sum(1 << at for at, one in enumerate(phrase) if one == slot)
        for position in positions:
            bits[position] = bits.get(position, 0) | own
    found, state, before = [], 0, -1
    whole, length = 1 << (len(phrase) - 1), len(phrase) - 1
    for position in sorted(bits):
        state = bits[position] & (state << 1 | 1 if position == before + 1 else 1)
        before = position
        if state & whole:
            found.append((position - length, position))
    return found


def near(places: Mapping[Slot, Sequence[int]], wanted: Mapping[Slot, int], slop: int) -> list[Piece]:
    """Return every place where words stand near each other, in any order.

    `places` holds the ascending positions of each different word, `wanted` how often it is asked
    for. A place begins at one of the words. It reaches over as many positions as words are asked
    for and `slop` more, and within them each word stands as often as wanted, and all of them at
    as many different positions as words are asked for. What is returned is the shortest piece
    from each beginning that does so. Beginnings ascend, ends never fall.
    """
    standing: dict[int, list[int]] = {}
    for number, positions in enumerate(places.values()):
        for position in positions:
            standing.setdefault(position, []).append(number)
    order = sorted(standing)
    size = sum(wanted.values())
    missing = [wanted[slot] for slot in places]
    absent, stop, found = len(missing), 0, []
    for at, start in enumerate(order):
        while (absent or stop - at < size) and stop < len(order) and order[stop] - start < size + slop:
            for number in standing[order[stop]]:
                missing[number] -= 1
                absent -= missing[number] == 0
            stop += 1
        if not absent and stop - at >= size:
            found.append((start, order[stop - 1]))
        for number in standing[start]:
            absent += missing[number] == 0
            missing[number] += 1
    return found
