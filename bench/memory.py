"""The memory of processes, read from Linux's /proc."""

import threading
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import Self

PROC = Path("/proc")
EVERY_S = 0.5
_PPID = 1
"""Where the parent stands among the figures that follow a process's name in /proc/PID/stat."""


def rollup(pid: int | str = "self") -> dict[str, int]:
    """Return the kilobytes of a process by kind (`Rss`, `Pss`, `Private_Dirty`, …), summed over its mappings.

    Empty for a process that has ended.
    """
    try:
        lines = (PROC / str(pid) / "smaps_rollup").read_text().splitlines()[1:]
    except (FileNotFoundError, ProcessLookupError, PermissionError):
        return {}
    return {key: int(rest.split()[0]) for key, _, rest in (line.partition(":") for line in lines)}


def mapped(pid: int, folder: Path) -> dict[str, int]:
    """Return the same kilobytes, summed over the mappings of files in a folder alone."""
    kinds: Counter[str] = Counter()
    counts = False
    for line in (PROC / str(pid) / "smaps").read_text().splitlines():
        key, _, rest = line.partition(":")
        if "-" in key:  # the head of a mapping: its addresses, and at the end its file
            counts = str(folder) in line
        elif counts and rest.endswith(" kB"):
            kinds[key] += int(rest.split()[0])
    return dict(kinds)


def private_kb(kinds: dict[str, int]) -> int:
    """Return what only this process holds: its own memory, and pages of files that no other maps."""
    return sum(size for kind, size in kinds.items() if kind.startswith("Private_"))


def shared_kb(kinds: dict[str, int]) -> int:
    """Return what other processes hold too: pages of files, and what a fork left in common."""
    return sum(size for kind, size in kinds.items() if kind.startswith("Shared_"))


def tree(pid: int) -> list[int]:
    """Return a process and its descendants."""
    children = defaultdict(list)
    for path in PROC.glob("[0-9]*/stat"):
        try:
            told = path.read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        children[int(told[_PPID])].append(int(path.parent.name))
    found = [pid]
    for one in found:
        found += children[one]
    return found


class Watch:
    """Reads the memory of a process and its descendants twice a second while it is open.

    Of what several processes hold each counts its part (`Pss`): what a fork left in common to
    parent and workers is private to none of them, but held by the tree once, and so it is counted.
    Pages of mapped files count as long as they are mapped in.

    It runs in the process that waits, so that the one that works pays nothing for it.
    """

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._moments: list[tuple[float, int]] = []
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._read, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _read(self) -> None:
        while not self._over.wait(EVERY_S):
            kilobytes = sum(rollup(one).get("Pss", 0) for one in tree(self._pid))
            self._moments.append((time.monotonic(), kilobytes))

    def peak_mb(self, since: float, until: float) -> float:
        """Return the most that was held between two moments of `time.monotonic`; 0 when nothing was read."""
        return max((size for at, size in self._moments if since <= at <= until), default=0) / 1024
