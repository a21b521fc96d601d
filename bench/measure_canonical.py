"""Measure what joining names across an archive holds and takes, over invented articles.

    python bench/measure_canonical.py [--articles N] [--names N]

Names are drawn as newspapers draw them: a few stand everywhere, most once or twice (Zipf). Prints the
growth of the process while articles are fed and while aliases are told, and the time of both.
"""

import argparse
import random
import resource
import time

from indexer.canonical import Archive

SYLLABLES = [
    a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "er", "il", "ov", "ash")
]
CODES = ("AZ", "GE", "RS", "RU", "US", "GB", "FR", "DE", "TR", "IR", "CN", "IN")
PERSONS = 6


def resident_mb() -> float:
    """Return the memory the process holds now, in MB."""
    with open("/proc/self/statm", encoding="ascii") as told:
        return int(told.read().split()[1]) * resource.getpagesize() / 1e6


def invented(at: int) -> str:
    """Return the name of a number, the same each time; every tenth is another spelling of the one before."""
    rng = random.Random(at - (at % 10 == 9))
    given = "".join(rng.choices(SYLLABLES, k=2)).title()
    surname = "".join(rng.choices(SYLLABLES, k=3)).title()
    return f"{given} {surname}{surname[-1] if at % 10 == 9 else ''}"


def main() -> None:
    """Print memory and time."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--articles", type=int, default=1_000_000)
    arguments.add_argument("--names", type=int, default=500_000)
    asked = arguments.parse_args()
    rng = random.Random(1)
    archive = Archive()
    before, seconds = resident_mb(), 0.0
    for _ in range(asked.articles):
        # Half of the mentions go to the long tail: drawn from 1/x alone, most names would never come.
        draws = (
            int(asked.names ** rng.random()) if rng.random() < 0.5 else rng.randrange(asked.names)
            for _ in range(PERSONS)
        )
        people = [invented(at) for at in draws]
        countries = rng.choices(CODES, k=2)
        began = time.perf_counter()
        archive.add(people, countries)
        seconds += time.perf_counter() - began
    fed, began = resident_mb(), time.perf_counter()
    found = archive.aliases()
    told = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    print(f"{asked.articles:,} articles of {PERSONS} persons, {asked.names:,} names drawn from")
    each = 1e6 * seconds / asked.articles
    print(f"add: {seconds:.0f} s, {each:.0f} us an article, {fed - before:.0f} MB more")
    print(f"aliases: {told:.1f} s, {len(found):,} found, {peak - before:.0f} MB at the most")


if __name__ == "__main__":
    main()
