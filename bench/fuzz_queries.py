"""Ask an index thousands of random and hostile queries; print the slowest and whatever broke.

    python bench/fuzz_queries.py [--index DIR] [--queries N] [--seed N]

Queries are made of the index's own words, common and rare, and of the operators: valid ones,
ones cut and shuffled at random, and shapes that are known to hurt search engines. Anything but
a page or a QueryError is a failure, and the exit status is then 1.
"""

import argparse
import random
import sys
import time
import traceback
from pathlib import Path

from search.domain import Filter, Query
from search.engines.whoosh.index import WhooshEngine
from search.errors import QueryError
from search.generation import open_index
from search.limits import Limits
from search.run import answer

OPERATORS = (
    *(" OR ", " AND ", " NOT ", " -", "(", ")", '"', '"~5 ', "~", "~2", "*", "?", "=", ":", "[", " TO ", "]"),
    *(
        "title:",
        "country:",
        "date:",
        "person:",
        "says:",
        "..",
        "{",
        "}",
        "^",
        "\\",
        "/",
        "0",
        "9999",
        "-",
        "'",
    ),
    *("\u201c", "\u201d", "\x00", "\ud800", "\u202e", "\U0001f600", "\u0301", "\u00ad", "…", "\n", "\t"),
)


def hostile(words: list[str]) -> list[str]:
    """Return shapes that are slow or fatal elsewhere, as long as the limits let them be."""
    most = Limits().words
    common, globs = words[:most], Limits().globs
    return [
        " OR ".join(common),
        " ".join(common),
        " ".join(f"-{word}" for word in common),
        '"' + " ".join(common) + '"',
        '"' + " ".join(common[:8]) + '"~100',
        '"' + " ".join([common[0]] * 8) + '"~100',
        '"' + " ".join([common[0]] * most) + '"~100',
        " ".join(f"{letter}*" for letter in "stacpmde"[:globs]),
        " OR ".join(f"*{letter}*" for letter in "etaoinsr"[:globs]),
        '"' + " ".join(f"{letter}*" for letter in "stacpmde"[:globs]) + '"',
        '"' + " ".join(f"{letter}*" for letter in "stacpmde"[:globs]) + '"~100',
        " OR ".join(f"{word}~2" for word in common[:globs]),
        "?" * 20 + "*" * 20 + "a",
        "*a*b*c*d*e*f*g*h*i*j*",
        "(" * 15 + common[0] + ")" * 15,
        "[a TO " * 300,
        "-" * 1999 + common[0],
        '"' * 1999,
        "title:" * 300 + "x",
        "date:0001..9999 OR says:0001..9999",
    ]


def random_query(rng: random.Random, words: list[str]) -> str:
    """Return words and operators in any order; half of them common words, which cost most."""
    pieces = []
    for _ in range(rng.randint(1, 40)):
        draw = rng.random()
        if draw < 0.3:
            pieces.append(" " + words[rng.randrange(min(100, len(words)))])
        elif draw < 0.5:
            pieces.append(" " + rng.choice(words))
        elif draw < 0.55:
            pieces.append(chr(rng.randrange(0x110000)))
        else:
            pieces.append(rng.choice(OPERATORS))
    return "".join(pieces)


def random_filters(rng: random.Random) -> tuple[Filter, ...]:
    """Return none, or a few picked values that may or may not be there."""
    values = [Filter("country", "US"), Filter("country", None, exclude=True), Filter("person", "\x00")]
    return tuple(rng.sample(values, rng.choice((0, 0, 1, 2))))


def main() -> int:
    """Run the queries; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--index", type=Path, default=Path(".dateline"))
    parser.add_argument("--queries", type=int, default=3_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    engine, manifest = open_index(asked.index)
    if not isinstance(engine, WhooshEngine):
        raise TypeError(f"no words can be taken from {type(engine).__name__}")
    words = engine.frequent_words(5_000)
    rng = random.Random(asked.seed)
    texts = hostile(words) + [random_query(rng, words) for _ in range(asked.queries)]
    timed, errors, failures = [], 0, 0
    for text in texts:
        match, sort = rng.choice(("all", "any")), rng.choice(("relevance", "newest"))
        query = Query(text, random_filters(rng), match=match, sort=sort)
        started = time.perf_counter()
        try:
            total = answer(engine, query).total
        except QueryError as error:
            errors, total = errors + 1, -1
            answer(engine, Query(error.repaired or ""))  # what is offered to click must read
        except Exception:
            failures, total = failures + 1, -2
            print(f"FAILED {text!r}", traceback.format_exc(), sep="\n")
        timed.append((time.perf_counter() - started, total, text))
    timed.sort(reverse=True)
    articles = f"{len(timed):,} queries over {manifest.articles:,} articles"
    print(f"{articles}: {errors:,} read as errors, {failures} failed")
    median, p99 = (timed[len(timed) * at // 100][0] * 1000 for at in (50, 1))
    print(f"median {median:.1f} ms, p99 {p99:.1f} ms; the slowest:")
    for seconds, total, text in timed[:5]:
        print(f"{seconds * 1000:8.1f} ms  {total:>6} hits  {text[:120]!r}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
