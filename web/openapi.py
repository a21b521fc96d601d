"""The HTTP interface as an OpenAPI 3.1 document, made from the routes that there are.

What an address does is the first line of its view's docstring, what it takes is the table that
requests are read by (`web.parameters`), and what it answers with are the schemas that tests hold
answers against (`search.answer_schema`). Only which of them belong together is said here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from mimetypes import guess_type
from pathlib import Path
from typing import Any

from flask import Flask

from search.answer_schema import SCHEMAS, Schema
from search.domain import FACETS
from web.parameters import MISSING, ROLES, Parameter, of_article, of_query, of_values
from web.settings import Settings

Json = dict[str, Any]

PAGE, JSON = "text/html; charset=utf-8", "application/json"
FILES = "files"
"""Stands for the content types of the static files."""

STATUSES = {
    200: "As asked.",
    400: "An argument cannot be read, or the Host header names another server.",
    404: "Nothing is at this address, or there is no article of this id.",
    413: "The address or the body of the request is too long.",
    422: "The query cannot be read: the error tells where, and a query that can be.",
    503: "The archive cannot be asked now: the error tells why.",
}

_ABOUT = (
    "Every address is for reading: GET, and HEAD for the same without a body; other methods get 405. "
    "Offsets count Unicode code points and exclude the end. Arguments without a value count as absent, "
    "unknown ones are ignored. Those that hold a list may be repeated: values of one are alternatives, "
    "different ones must all hold. In them a leading - leaves the value out, and ~none stands for articles "
    "without one; a value that begins with -, ~ or \\ is written with one \\ before it."
)
_ROLES = " A dot and {roles} narrow it to one role."
# No year 0: the calendar begins with the year 1.
_PERIOD = r"(?!0000)[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?"
_PART = re.compile(r"<(?:\w+:)?(?P<name>\w+)>")


@dataclass(frozen=True, slots=True)
class Use:
    """What one address takes and answers with.

    `takes` names groups of arguments (`query`, `values`) or single ones; `answers` is the name of a
    schema, `PAGE` or `FILES`. `failures` are the statuses of errors
    beside 400 and 413, which any address may answer with. `suffix` is put behind the route's path,
    and `about` says what no docstring of ours does.
    """

    takes: tuple[str, ...] = ()
    answers: str = PAGE
    failures: tuple[int, ...] = ()
    suffix: str = ""
    about: str = ""


USES = {
    "pages.start": (Use(("query",), failures=(422, 503)),),
    "pages.search": (Use(("query",), failures=(422, 503)),),
    "pages.facet": (Use(("query", "values"), failures=(404, 422, 503)),),
    "pages.article": (
        Use(("query", "show", "copy"), failures=(404, 503)),
        Use(("query",), "Article", (404, 503), ".json", "Give an article with the receipts of its tags."),
    ),
    "pages.article_by_argument": (Use(("id", "query", "show", "copy"), failures=(404, 503)),),
    "pages.about": (Use(failures=(503,)),),
    "pages.manual": (Use(),),
    "api.search": (Use(("query",), "Page", failures=(422, 503)),),
    "api.facet": (Use(("query", "values"), "Values", failures=(404, 422, 503)),),
    "api.suggest": (Use(("q",), "Suggestions", failures=(503,)),),
    "api.health": (Use(answers="Health", failures=(503,)),),
    "api.openapi": (Use(answers="Document"),),
    "grading.judge": (Use(("q", "match", "page", "size"), failures=(422, 503)),),
    "static": (Use(answers=FILES, failures=(404,), about="Send a style sheet, the script or the icon."),),
}
"""How each endpoint is used, by the name that Flask knows it by."""


def document(app: Flask, settings: Settings, *, base: str = "") -> Json:
    """Return the document of an application that is mounted at the path `base`."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Dateline",
            "version": version("dateline"),
            "summary": "A search desk for news archives",
            "description": _ABOUT,
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": base or "/"}],
        "paths": dict(sorted(_paths(app, settings))),
        "components": {"schemas": SCHEMAS},
    }


def _paths(app: Flask, settings: Settings) -> Iterator[tuple[str, Json]]:
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()):
            continue  # the form that grades a hit, which carries a token of its page
        told = (app.view_functions[rule.endpoint].__doc__ or "").partition("\n")[0].replace("`", "")
        for use in USES[rule.endpoint]:
            path = _PART.sub(r"{\g<name>}", rule.rule) + use.suffix
            operation = rule.endpoint.rpartition(".")[2] + use.suffix.replace(".", "_")
            parts = [_path_part(app, name) for name in _PART.findall(rule.rule)]
            yield (
                path,
                {
                    "get": {
                        "operationId": f"{rule.endpoint.split('.')[0]}_{operation}",
                        "summary": use.about or told,
                        "parameters": [*parts, *_arguments(use, settings)],
                        "responses": _answers(app, use, path),
                    }
                },
            )


def _path_part(app: Flask, name: str) -> Json:
    """Return the description of a variable part of a path."""
    schema: Schema = {"type": "string", "minLength": 1}
    if name == "field":
        schema = {"enum": list(FACETS)}
    elif name == "filename":
        schema = {"enum": [path.name for path in _static_files(app)]}
    means = {"field": "the facet", "article_id": "the article's id, quoted: / is %2F", "filename": "the file"}
    return {"name": name, "in": "path", "required": True, "description": means[name], "schema": schema}


def _arguments(use: Use, settings: Settings) -> list[Json]:
    groups = {"query": of_query(settings), "values": of_values(settings)}
    single = {**of_query(settings), **of_article()}
    taken: dict[str, Parameter] = {}
    for name in use.takes:
        taken |= groups.get(name) or {name: single[name]}
    return [_argument(one, required=name == "id") for name, one in taken.items()]


def _argument(one: Parameter, *, required: bool) -> Json:
    told: Json = {"name": one.name, "in": "query", "required": required, "description": _means(one)}
    # A form sends its empty inputs too: they count as absent.
    told["allowEmptyValue"] = True
    example = [one.example] if one.is_filter else int(one.example) if one.kind == "number" else one.example
    several = {"style": "form", "explode": True} if one.is_filter else {}
    return told | several | {"schema": _schema(one), "example": example}


def _means(one: Parameter) -> str:
    means = one.means[:1].upper() + one.means[1:] + "."
    if one.name in ROLES:
        means += _ROLES.format(roles=" or ".join(ROLES[one.name]))
    return means


def _schema(one: Parameter) -> Schema:
    if one.kind == "number":
        return {"type": "integer", "minimum": 1, "maximum": one.most, "default": int(one.plain)}
    if one.kind == "choice":
        return {"type": "string", "enum": list(one.choices), "default": one.plain}
    if one.kind == "day":
        return {"type": "string", "pattern": f"^{_PERIOD}$"}
    if one.kind == "period":
        return _several({"type": "string", "pattern": f"^-?({MISSING}|{_PERIOD})$"})
    if one.kind == "value":
        return _several({"type": "string", "minLength": 1, "maxLength": one.most})
    return {"type": "string"} | ({"maxLength": one.most} if one.most else {})


def _several(schema: Schema) -> Schema:
    return {"type": "array", "items": schema}


def _answers(app: Flask, use: Use, path: str) -> Json:
    failed = {PAGE: {"schema": {"type": "string"}}}
    if path.endswith(".json") or path == "/healthz":
        failed = {JSON: {"schema": {"$ref": "#/components/schemas/Error"}}}
    answers = {200: _content(app, use)} | dict.fromkeys((400, 413, *use.failures), failed)
    return {
        str(status): {"description": STATUSES[status], "content": content}
        for status, content in sorted(answers.items())
    }


def _content(app: Flask, use: Use) -> Json:
    if use.answers == FILES:
        kinds = {guess_type(path.name)[0] for path in _static_files(app)}
        return {str(kind): {"schema": {"type": "string"}} for kind in sorted(map(str, kinds))}
    if use.answers == PAGE:
        return {PAGE: {"schema": {"type": "string"}}}
    return {JSON: {"schema": {"$ref": f"#/components/schemas/{use.answers}"}}}


def _static_files(app: Flask) -> list[Path]:
    return sorted(Path(app.static_folder or "").glob("*.*"))
