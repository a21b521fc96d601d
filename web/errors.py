"""Errors as pages and as JSON: what was wrong, the value, and the way out.

A path that ends in `.json`, and `/healthz`, answers in JSON, whatever went wrong.
"""

from urllib.parse import parse_qsl, quote, urlencode

from flask import Flask, Response, current_app, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from search.answer_json import error_json
from search.domain import Query
from search.errors import (
    CorpusError,
    EngineUnavailable,
    IndexLocked,
    IndexMissing,
    IndexStale,
    QueryError,
    SearchError,
)
from web.api import json_response
from web.context import ErrorView, Link
from web.params import ParameterError
from web.views import frame, links, page_response
from web.wording import said

_TITLES = {status: said(f"status_{status}") for status in (400, 404, 405, 413, 422, 500, 503)}
_KINDS = {400: "request", 404: "not-found", 405: "method", 413: "too-large", 500: "internal"}
_TYPED_MAX = 2_000
_READ_MAX = 65_536
_BROKE = said("broke")


def answer_errors(app: Flask) -> None:
    """Answer every error of `app` in one shape."""
    app.register_error_handler(HTTPException, _on_http)
    app.register_error_handler(SearchError, _on_search)
    app.register_error_handler(Exception, _on_bug)


def _on_http(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    if status < 400:
        return error
    message = error.description or _TITLES.get(status, "")
    answer = _answer(status, _KINDS.get(status, "request"), message)
    allowed = [pair for pair in error.get_headers() if pair[0] == "Allow"]
    answer.headers.extend(allowed)
    return answer


def _on_search(error: SearchError) -> ResponseReturnValue:
    if isinstance(error, QueryError):
        return _answer(422, error.kind, error.message, at=error.at, repaired=error.repaired)
    if isinstance(error, ParameterError):
        return _answer(400, error.kind, error.message, ways=_without(error))
    # What the operator can mend must be told to the operator too, not to readers alone.
    current_app.logger.error("%s: %s", error.kind, error)
    title = said("grades_failed") if isinstance(error, CorpusError) else None
    return _answer(503, error.kind, _told(error), title=title)


def _on_bug(error: Exception) -> ResponseReturnValue:
    # The one place that catches everything: the log keeps the trace, the reader gets a page.
    current_app.logger.error("unforeseen error at %s", request.endpoint, exc_info=error)
    return _answer(500, _KINDS[500], _BROKE)


def _answer(
    status: int,
    kind: str,
    message: str,
    *,
    at: int | None = None,
    repaired: str | None = None,
    ways: tuple[Link, ...] = (),
    title: str | None = None,
) -> Response:
    if request.path.endswith(".json") or request.path == "/healthz":
        return json_response(error_json(kind, message, at=at, repaired=repaired), status)
    title = title or _TITLES.get(status, _TITLES[400])
    view = ErrorView(title, message, str(status), (*ways, Link(said("to_start"), links().start())))
    return page_response("error.html", status=status, view=view, frame=frame(Query(text=_typed())))


def _without(error: ParameterError) -> tuple[Link, ...]:
    """Return the ways out: the same address without the wrong argument, and before it with two swapped."""
    pairs = _pairs()
    kept = [pair for pair in pairs if pair[0] != error.name]
    ways = (Link(said("same_without", name=error.name), _address(kept)),)
    if not error.other:
        return ways
    other = {error.name: error.other, error.other: error.name}
    swapped = [(other.get(name, name), value) for name, value in pairs]
    return (Link(said("same_swapped"), _address(swapped)), *ways)


def _address(pairs: list[tuple[str, str]]) -> str:
    kept = urlencode(pairs, encoding="latin-1")
    path = f"{request.script_root}{quote(request.path)}"
    return f"{path}?{kept}" if kept else path


def _typed() -> str:
    """Return the words that were asked for, for the search box, as far as they can be shown."""
    typed = next((value for name, value in _pairs() if name == "q"), "")
    return typed.encode("latin-1").decode("utf-8", "replace").replace("\0", "")[:_TYPED_MAX]


def _pairs() -> list[tuple[str, str]]:
    # Latin-1 stands for the bytes themselves, which may be no text at all: that can be the error.
    return parse_qsl(request.query_string[:_READ_MAX].decode("latin-1"), encoding="latin-1")


def _told(error: SearchError) -> str:
    message = str(error)
    if isinstance(error, IndexMissing | IndexStale) and "rebuild" not in message:
        return f"{message}. Run: dateline rebuild SOURCE"
    if isinstance(error, IndexLocked | EngineUnavailable) and "again" not in message:
        return f"{message}. Try again in a moment."
    return message
