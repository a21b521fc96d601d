"""Ask for what the description of the HTTP interface allows, and for much that it does not, at length.

    python bench/conformance.py [--index DIR] [--examples N] [--seed N]

Each address is asked N times by arguments that hold to the description and N times by ones that break it.
An answer that is not as described, or a status of 500, is printed with the request that shows it, and the
exit status is then 1. tests/web/test_conformance.py asks less of the same on every run. Without an index,
made-up articles are asked for.
"""

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import schemathesis
from archive import Synthetic
from hypothesis import HealthCheck, Phase, assume, given, seed, settings
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.schemas import APIOperation

from search.engines.whoosh.index import WhooshEngine, create
from search.generation import open_index
from web import create_app
from web.settings import Settings

ARTICLES = 2_000
FAILED = "FAILED"

LEFT_OUT = ["positive_data_acceptance", "negative_data_rejection"]
"""Checks that the address itself makes void: one value stands for a list of one there, and a text for a
number; and arguments that are good each may not go together."""


@contextmanager
def engine_of(index: Path | None) -> Iterator[WhooshEngine]:
    """Open the engine of an index folder, or of made-up articles."""
    if index:
        yield open_index(index)
        return
    with tempfile.TemporaryDirectory() as folder:
        engine = create(Path(folder) / "index")
        with engine.writer() as writer:
            for article in Synthetic(ARTICLES):
                writer.add(article)
        yield engine
        engine.close()


def asked(
    operation: APIOperation, mode: schemathesis.GenerationMode, options: argparse.Namespace
) -> Counter[int]:
    """Return how often each status came back. Raises the first answer that is not as described."""
    statuses: Counter[int] = Counter()

    @seed(options.seed)
    @settings(
        max_examples=options.examples,
        database=None,
        deadline=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: schemathesis.Case) -> None:
        assume(is_sent_whole(case))
        response = case.call()
        statuses[response.status_code] += 1
        case.validate_response(response, excluded_checks=CHECKS.get_by_names(LEFT_OUT))

    ask()
    return statuses


def is_sent_whole(case: schemathesis.Case) -> bool:
    """Return whether the path arrives: of a value that is no text, a # ends it before it is sent."""
    values = (case.path_parameters or {}).values()
    return not any({"#", "?"} & set(str(value)) for value in values if not isinstance(value, str))


def told(operation: APIOperation, mode: schemathesis.GenerationMode, options: argparse.Namespace) -> str:
    """Return the statuses that came back, or what was not as described."""
    try:
        return " ".join(f"{one}:{n}" for one, n in sorted(asked(operation, mode, options).items()))
    except (Exception, BaseExceptionGroup) as failure:  # whatever broke is what is sought
        return f"{FAILED} {failure}"


def report(options: argparse.Namespace) -> bool:
    """Print a line for each address and way of asking; return whether all answers were as described."""
    whole = True
    with engine_of(options.index) as engine:
        app = create_app(engine=engine, settings=Settings())
        interface = schemathesis.openapi.from_wsgi("/openapi.json", app)
        operations = [found.ok() for found in interface.get_all_operations()]
        for operation in (one for one in operations if list(one.iter_parameters())):
            for mode in schemathesis.GenerationMode:
                started = time.perf_counter()
                line = told(operation, mode, options)
                whole = whole and not line.startswith(FAILED)
                print(
                    f"{operation.path} {mode.value}: {line}, {time.perf_counter() - started:.0f} s",
                    flush=True,
                )
    return whole


def main() -> None:
    """Read the options, ask, and tell."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--index", type=Path, default=None)
    parser.add_argument("--examples", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    load_all_checks()
    sys.exit(0 if report(options) else 1)


if __name__ == "__main__":
    main()
