"""JSON out: hits, facets, completions, health. What it looks like is said in `search.answer_json`."""

from typing import Any

import orjson
from flask import Blueprint, Response, current_app, request
from werkzeug.exceptions import NotFound

from search.answer_json import Json, page_json, query_json, suggestions_json, values_json
from search.domain import FACETS
from web.desk import desk
from web.openapi import document

api = Blueprint("api", __name__)


@api.get("/search.json")
def search() -> Response:
    """Answer a query with a page of hits and its facets."""
    query = desk().query(request.query_string)
    page = desk().page(query)
    explanations = desk().explanations(query, page, query_string=request.query_string)
    return json_response(page_json(page, explanations))


@api.get("/facet/<field>.json")
def facet(field: str) -> Response:
    """List the values of a facet under a query."""
    query, wanted, counted = desk().values(request.query_string, known_facet(field))
    return json_response(values_json(query_json(query, counted.understood), field, wanted, counted))


def known_facet(field: str) -> str:
    """Return the name of a facet. Raises NotFound for any other."""
    if field not in FACETS:
        raise NotFound(f"There is no facet {field[:40]!r}; there are {', '.join(FACETS)}.")
    return field


@api.get("/suggest.json")
def suggest() -> Response:
    """Offer words, people and countries that the end of a query may become."""
    text = desk().query(request.query_string).text
    return json_response(suggestions_json(text, desk().suggestions(text)))


@api.get("/healthz")
def health() -> Response:
    """Say that the archive can be asked, and how large it is."""
    facts = desk().facts()
    return json_response({"status": "ok", "articles": facts.articles, "built": facts.built or None})


@api.get("/openapi.json")
def openapi() -> Response:
    """Describe every address of this interface."""
    return json_response(document(current_app, desk().settings, base=request.script_root))


def json_response(payload: Json, status: int = 200) -> Response:
    """Return `payload` as a JSON answer; half of a surrogate pair becomes U+FFFD, one for one."""
    try:
        body = orjson.dumps(payload)
    except TypeError:
        body = orjson.dumps(_mended(payload))
    return Response(body, status=status, content_type="application/json")


def _mended(value: Any) -> Any:
    """Return JSON data with each lone surrogate, which UTF-8 cannot carry, as U+FFFD."""
    if isinstance(value, str):
        return "".join("�" if "\ud800" <= character <= "\udfff" else character for character in value)
    if isinstance(value, dict):
        return {_mended(key): _mended(held) for key, held in value.items()}
    if isinstance(value, list):
        return [_mended(held) for held in value]
    return value
