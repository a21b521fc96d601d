"""The physical limit: the bytes that a question must touch, over the bandwidth of one core's memory.

The model counts what the leanest arrays we know of would hold, whatever ours hold, and of those only
what no index could spare. Whoever thinks an answer may be had for less changes a constant here.

- A word: 4 bytes number, 2 bytes impact, 1 byte count for every article that has it in title or
  body. Of a prefix or fuzzy word, so many for every hit: each is in one posting at least.
- A phrase: also 4 bytes (a position and a mark of the word that follows) for every occurrence of
  that of its words which occurs least.
- A picked country or person: 4 bytes for every article that carries it. Dates: nothing, for articles
  may lie in their order.
- Facets: 2 bytes a country, 4 bytes a person, 2 bytes a date, as many as an article carries on average,
  for every article that is counted: a facet is counted without its own filter.
- Ten hits: their packed text.

Numbers of articles are totals that an engine gave; averages are those of the sample that the questions
were drawn from. The dictionary, the values' names and what is made of all this count nothing.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from questions import Averages, Question

POSTING = 4 + 2 + 1
POSITION = 4
PICKED = 4
COUNTRY, PERSON, DATE = 2, 4, 2
LISTED = 10
_ARRAY_BYTES = 1 << 30
"""Thirty-two times the largest cache of the machine this was written on."""
_RUNS = 7

Total = Callable[[Question], int]


@dataclass(frozen=True, slots=True)
class Limit:
    """The median bytes that questions of a kind must touch, their time at full bandwidth, ours over it."""

    touched_bytes: float
    limit_ms: float
    times_limit: float


def bandwidth() -> float:
    """Return the bytes a second that one core reads: the best of several sums over a GiB of uint64.

    NumPy's `add.reduce` runs over it in order with vector instructions, the kindest case there is.
    """
    array = np.ones(_ARRAY_BYTES // 8, dtype=np.uint64)
    best = float("inf")
    for _ in range(_RUNS):
        started = time.perf_counter()
        np.add.reduce(array)
        best = min(best, time.perf_counter() - started)
    return _ARRAY_BYTES / best


def touched(asked: Question, total: Total, averages: Averages) -> float:
    """Return the bytes that a page for this question must touch, by the model above.

    >>> averages = Averages(countries=1.5, persons=3.0, packed_bytes=400, occurrences={})
    >>> touched(Question("match-all"), lambda _: 1_000, averages)  # 1,000 × (3 + 12 + 2) + 10 × 400
    21000.0
    >>> touched(Question("one filter", ("a",), "AZ"), lambda _: 0, averages)
    0.0
    """
    hits = total(asked)
    return (
        words_bytes(asked, total, averages)
        + sum(PICKED * total(one) for one in picked(asked))
        + facet_bytes(asked, total, averages)
        + min(hits, LISTED) * averages.packed_bytes
    )


def words_bytes(asked: Question, total: Total, averages: Averages) -> float:
    """Return the bytes of the postings, and of positions for a phrase.

    >>> averages = Averages(countries=0, persons=0, packed_bytes=0, occurrences={"a": 2.0, "b": 1.5})
    >>> words_bytes(Question("phrase", ("a", "b")), lambda _: 10, averages)  # 2 × 10 × 7 + 15 × 4
    200.0
    """
    if asked.kind in ("prefix", "fuzzy"):
        return POSTING * total(Question(asked.kind, asked.words))
    holders = {word: total(Question("medium word", (word,))) for word in asked.words}
    needed = POSTING * sum(holders.values())
    if asked.kind == "phrase":
        needed += POSITION * min(count * averages.occurrences[word] for word, count in holders.items())
    return needed


def picked(asked: Question) -> list[Question]:
    """Return for each picked value the question of its articles."""
    found = [Question(asked.kind, country=asked.country)] if asked.country else []
    return found + ([Question(asked.kind, person=asked.person)] if asked.person else [])


def facet_bytes(asked: Question, total: Total, averages: Averages) -> float:
    """Return the bytes of the facets, each under every filter but its own."""
    return (
        total(replace(asked, country=None)) * COUNTRY * averages.countries
        + total(replace(asked, person=None)) * PERSON * averages.persons
        + total(replace(asked, since=None, until=None)) * DATE
    )


def limit(touched_bytes: Sequence[float], page_ms: Sequence[float], bytes_per_s: float) -> Limit:
    """Return the limit of one kind of question, medians over medians."""
    middle = float(np.median(touched_bytes))
    least_ms = middle / bytes_per_s * 1000
    return Limit(middle, least_ms, float(np.median(page_ms)) / least_ms if page_ms else 0.0)
