"""Links between pages: the first, the last, and those near the present one."""

from collections.abc import Callable

from web.context import Link, Pager
from web.wording import said

NEAR = 2
"""Pages either side of the present one that have a link."""


def pager(present: int, last: int, address: Callable[[int], str], *, note: str = "") -> Pager | None:
    """Return the links between pages 1 to `last`; None where there is only the present one."""
    if last <= 1 and present == 1:
        return None
    near = {1, last, *range(present - NEAR, present + NEAR + 1)}
    numbers = sorted(number for number in near if 1 <= number <= last)

    def link(number: int) -> str:
        return address(number) if 1 <= number <= last else ""

    return Pager(
        pages=tuple(
            Link(f"{one:,}", link(one), name=said("page", number=one), current=one == present)
            for one in numbers
        ),
        previous=link(present - 1),
        following=link(present + 1),
        limit_note=note,
    )
