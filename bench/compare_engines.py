"""Ask the same queries of an index and of the plain engine over the same articles; compare.

    python bench/compare_engines.py [--index DIR] [QUERY ...]

Prints totals and milliseconds; exits with 1 when a total, a page of hits or a facet differs.
The plain engine takes seconds a query over ten thousand articles: that is its nature.
"""

import argparse
import sys
import time
from pathlib import Path

from search.domain import Page, Query
from search.engine import Engine
from search.engines.memory import MemoryEngine
from search.engines.whoosh.index import WhooshEngine
from search.generation import open_index
from search.run import answer

QUERIES = (
    "oil prices",
    '"interest rates" -japan',
    "reagan",
    "country:BR coffee",
    "date:1987-03..1987-04 wheat~1",
)


def timed(engine: Engine, query: Query) -> tuple[Page, float]:
    """Return the page and the milliseconds it took."""
    started = time.perf_counter()
    page = answer(engine, query)
    return page, (time.perf_counter() - started) * 1000


def same(ours: Page, plain: Page) -> bool:
    """Return whether two pages agree in total, order, scores within 1e-4, and facets."""
    hits = zip(ours.hits, plain.hits, strict=False)
    return (
        ours.total == plain.total
        and ours.facets == plain.facets
        and len(ours.hits) == len(plain.hits)
        and all(a.article.id == b.article.id and abs(a.score - b.score) < 1e-4 for a, b in hits)
    )


def main() -> int:
    """Run the queries; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--index", type=Path, default=Path(".dateline"))
    parser.add_argument("queries", nargs="*", default=QUERIES)
    asked = parser.parse_args()
    engine, manifest = open_index(asked.index)
    if not isinstance(engine, WhooshEngine):
        raise TypeError(f"no articles can be taken from {type(engine).__name__}")
    plain = MemoryEngine(engine.articles(), language=engine.language)
    print(f"{manifest.articles:,} articles; {len(plain):,} in the plain engine")
    different = 0
    for text in asked.queries:
        answer(engine, Query(text))
        ours, our_ms = timed(engine, Query(text))
        theirs, their_ms = timed(plain, Query(text))
        agree = same(ours, theirs)
        different += not agree
        verdict = "same" if agree else "DIFFERENT"
        totals = f"{ours.total:>6} and {theirs.total:>6}"
        print(f"{text:40} {totals}  {our_ms:8.1f} ms and {their_ms:8.0f} ms  {verdict}")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
