"""What a suite gives: figures, the counts behind them, and the errors by kind, the worst first."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from search.ranking import QueryScore

Figures = tuple[tuple[str, float], ...]
Counts = tuple[tuple[str, int], ...]


class Slip(NamedTuple):
    """One error: what went wrong, how often or how much, and where it did first."""

    what: str
    times: int
    where: str


class Kind(NamedTuple):
    """The errors of one kind: how many in all, and each by falling count, then by what it is."""

    kind: str
    times: int
    worst: tuple[Slip, ...]


@dataclass(frozen=True, slots=True)
class Measured:
    """The outcome of a suite over a corpus. `figures` go from 0 to 1 and are better the higher they are."""

    articles: int
    figures: Figures
    counts: Counts
    errors: tuple[Kind, ...] = ()
    queries: tuple[QueryScore, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class Slips:
    """Gathers errors; those that are called the same are counted together."""

    counted: dict[str, Counter[str]] = field(default_factory=dict)
    first: dict[tuple[str, str], str] = field(default_factory=dict)

    def add(self, kind: str, what: str, where: str, *, times: int = 1) -> None:
        """Take an error in."""
        self.counted.setdefault(kind, Counter())[what] += times
        self.first.setdefault((kind, what), where)

    def kinds(self) -> tuple[Kind, ...]:
        """Return what was gathered, the kind with the most errors first."""
        found = [
            Kind(kind, counted.total(), tuple(self._slips(kind, counted)))
            for kind, counted in self.counted.items()
        ]
        return tuple(sorted(found, key=lambda one: (-one.times, one.kind)))

    def _slips(self, kind: str, counted: Counter[str]) -> Sequence[Slip]:
        ordered = sorted(counted.items(), key=lambda one: (-one[1], one[0]))
        return [Slip(what, times, self.first[kind, what]) for what, times in ordered]


@dataclass(slots=True)
class Tally:
    """Counts of answers that are right, wrong (ours and no gold) and missed (gold and not ours)."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def add(self, right: int, wrong: int, missed: int) -> None:
        """Count some answers."""
        self.right += right
        self.wrong += wrong
        self.missed += missed

    @property
    def precision(self) -> float:
        """The share of our answers that are right; 0 when there are none."""
        return share(self.right, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """The share of the gold that was found; 0 when there is none."""
        return share(self.right, self.right + self.missed)

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        return harmonic(self.precision, self.recall)

    @property
    def figures(self) -> Figures:
        """The three by name."""
        return (("precision", self.precision), ("recall", self.recall), ("f1", self.f1))

    @property
    def counts(self) -> Counts:
        """The counts by name."""
        return (("right", self.right), ("wrong", self.wrong), ("missed", self.missed))


def share(part: int, whole: int) -> float:
    """Return part of whole, 0 of nothing."""
    return part / whole if whole else 0.0


def harmonic(precision: float, recall: float) -> float:
    """Return F1 of the two, 0 when both are."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
