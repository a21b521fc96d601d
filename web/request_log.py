"""A line of JSON for each request, for operators who ask for it: it holds what readers searched for."""

import json
import sys
from datetime import UTC, datetime
from time import perf_counter

from flask import Flask, Response, g, request

LONGEST = 2_000
"""Code points of an address that are kept."""


def log_requests(app: Flask) -> None:
    """Tell every request on standard error: when, what, with what status, in how many milliseconds.

    All but ASCII is escaped, and control characters: no address can end a line or paint a terminal.
    """

    @app.before_request
    def begin() -> None:
        g.begun = perf_counter()

    @app.after_request
    def tell(response: Response) -> Response:
        line = {
            "at": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "method": request.method,
            "path": request.path[:LONGEST],
            "query": request.query_string.decode("latin-1")[:LONGEST],
            "status": response.status_code,
            "ms": round((perf_counter() - g.begun) * 1000, 1),
        }
        sys.stderr.write(f"{json.dumps(line)}\n")
        sys.stderr.flush()
        return response
