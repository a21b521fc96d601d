"""The same questions to every engine: totals compared, then times taken in turns."""

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from questions import Question, told
from rival import Rival

ASKINGS = 3
"""Times each question is asked against the clock, other questions between; the median is its time."""


@dataclass(slots=True)
class Times:
    """Milliseconds of the questions of one kind, asked of one engine.

    `page` and `hits` hold the median of each question, in their order; `every_page` and `every_hits`
    what each single asking took, in no order.
    """

    page: list[float] = field(default_factory=list)
    hits: list[float] = field(default_factory=list)
    every_page: list[float] = field(default_factory=list)
    every_hits: list[float] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Turns:
    """Who is asked what: every engine all questions, `few` of a kind those that are slow."""

    engines: Sequence[Rival]
    few: dict[str, int]

    def takers(self, at: int, asked: Question) -> list[Rival]:
        """Return the engines that are asked this question, the one numbered `at` of its kind."""
        return [
            one for one in self.engines if asked.kind not in one.skips and at < self.few.get(one.name, at + 1)
        ]

    def disagreements(self, questions: Sequence[Question]) -> Iterator[str]:
        """Yield a line for each question whose totals differ between engines, hits or pages."""
        for at, asked in enumerate(questions):
            totals = {}
            for engine in self.takers(at, asked):
                totals[engine.name] = engine.page(asked)
                totals[f"{engine.name}, hits"] = engine.hits(asked)
            if len(set(totals.values())) > 1:
                yield f"{asked.kind}, {told(asked)}: {', '.join(f'{one} {n:,}' for one, n in totals.items())}"

    def timed(self, questions: Sequence[Question]) -> dict[str, Times]:
        """Return the times of one kind of question by engine: of pages, and after those of hits."""
        times = {engine.name: Times() for engine in self.engines}
        for what in ("page", "hits"):
            askings = self._askings(questions, what)
            for (name, _), each in sorted(askings.items()):
                getattr(times[name], what).append(statistics.median(each))
                getattr(times[name], f"every_{what}").extend(each)
        return times

    def _askings(self, questions: Sequence[Question], what: str) -> dict[tuple[str, int], list[float]]:
        """Return the milliseconds of each asking by engine and question.

        Engines take turns question by question, and all questions are asked before one is asked again:
        a question repeated at once finds all it needs in the processor's caches.
        """
        askings: dict[tuple[str, int], list[float]] = {}
        for again in range(ASKINGS):
            for at, asked in enumerate(questions):
                takers = self.takers(at, asked)
                turn = (at + again) % len(takers)
                for engine in (*takers[turn:], *takers[:turn]):
                    took = took_ms(getattr(engine, what), asked)
                    askings.setdefault((engine.name, at), []).append(took)
        return askings


def took_ms(work: Callable[[Question], int], asked: Question) -> float:
    """Return the milliseconds of one call."""
    started = time.perf_counter()
    work(asked)
    return (time.perf_counter() - started) * 1000
