"""What keeps an index folder in order: going back, what may go, what differs from the sources."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal, NamedTuple

from indexer.cache import Cache, size_of
from indexer.generations import CACHE, discard, generations, others, swap
from indexer.intake import places
from indexer.ledger import Ledger
from indexer.lock import locked
from indexer.read import shown
from indexer.source import Refusal
from indexer.unchanged import is_read_already
from search.errors import SettingError
from search.generation import POINTER, current
from search.verify import Checked, verify_generation

Change = Literal["new", "changed", "gone"]


class Differing(NamedTuple):
    """A file that is not as the index has it."""

    change: Change
    name: str


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What was removed: generations by name, bytes in all, and how many entries of the cache."""

    generations: tuple[str, ...]
    size_bytes: int
    entries: int


def rollback(folder: Path, *, to: str | None = None, wait_seconds: float = 0.0) -> Checked:
    """Have an earlier generation serve again, once every byte of it was read; return what was checked.

    Without `to` it is the latest of those before the current one, or after a rollback the one that it
    left. The generation that served stays, and is rolled back to in turn. Raises SettingError when
    there is none, and IndexCorrupt or IndexStale for one that cannot serve.
    """
    current(folder)  # where there is no index, nobody is waited for
    with locked(folder, wait_seconds=wait_seconds):
        target = _target(folder, current(folder), to)
        found = verify_generation(folder, target)
        swap(folder, target)
        return found


def clean(folder: Path, *, cache_bytes: int, wait_seconds: float = 0.0) -> Cleaned:
    """Remove what killed runs left, all generations but the current and one other, and the cache's oldest."""
    current(folder)
    with locked(folder, wait_seconds=wait_seconds):
        present = current(folder)
        kept = {present, *others(folder, present)[-1:]}
        gone = [one for one in generations(folder) if one not in kept]
        before = sum(map(_bytes_of, gone)) + size_of(folder / CACHE)
        for one in gone:
            discard(one)
        (folder / f"{POINTER}.new").unlink(missing_ok=True)
        with Cache(folder / CACHE) as cache:
            entries = cache.shrink(cache_bytes)
        size_bytes = before - size_of(folder / CACHE)
    return Cleaned(tuple(one.name for one in gone), max(size_bytes, 0), entries)


def differing(generation: Path, sources: Iterable[Path]) -> Iterator[Differing]:
    """Yield the files that are not as a generation has them: new and changed ones in order, then those gone.

    Raises IndexCorrupt for a generation that does not tell what it was built from.
    """
    with Ledger(generation) as ledger:
        seen = bytearray(len(ledger))
        for place in places(sources):
            row = ledger.row(place.key)
            name = place.found.origin if isinstance(place.found, Refusal) else shown(place.found.path)
            if row is None:
                yield Differing("new", name)
                continue
            seen[row.number] = 1
            if not is_read_already(place, row, ledger, day=date.today().isoformat()):
                yield Differing("changed", name)
        for number in (number for number, one in enumerate(seen) if not one):
            for outcome, _ in ledger.outcomes(number):
                yield Differing("gone", outcome.origin)
                break


def _target(folder: Path, present: Path, to: str | None) -> Path:
    found = others(folder, present)
    if to is not None:
        found = [one for one in found if one.name == to]
    if not found:
        asked = f"generation {to[:40]!r}" if to else "other generation"
        raise SettingError(f"{folder} keeps no {asked} beside {present.name}: there is nothing to go back to")
    return found[-1]


def _bytes_of(folder: Path) -> int:
    return sum((Path(base) / name).stat().st_size for base, _, names in os.walk(folder) for name in names)
