"""The OpenAPI document as a page: addresses with arguments and answers, shapes with their members."""

from collections.abc import Mapping
from typing import Any

from web.context import Entry, ManualView, Member
from web.links import Links
from web.wording import said

Json = Mapping[str, Any]


def manual_view(document: Json, links: Links) -> ManualView:
    """Return the view of an OpenAPI document as `web.openapi` writes it."""
    return ManualView(
        title=said("manual"),
        about=document["info"]["description"],
        addresses=tuple(_address(path, item["get"]) for path, item in document["paths"].items()),
        shapes=tuple(_shape(name, schema) for name, schema in document["components"]["schemas"].items()),
        json_href=links.openapi(),
    )


def holds(schema: Json) -> str:
    """Return in words what a value of a schema may be."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "enum" in schema:
        return _either([said("holds_null") if value is None else str(value) for value in schema["enum"]])
    if "anyOf" in schema:
        return _either([holds(one) for one in schema["anyOf"]])
    if "prefixItems" in schema:
        return said("holds_row", columns=", ".join(holds(one) for one in schema["prefixItems"]))
    if schema["type"] == "array":
        return said("holds_array", items=holds(schema["items"]))
    return _plain(schema)


def _plain(schema: Json) -> str:
    kind = said(f"holds_{schema['type']}")
    if "maximum" in schema:
        return said("holds_span", kind=kind, least=schema["minimum"], most=schema["maximum"])
    if "maxLength" in schema:
        return said("holds_most", most=schema["maxLength"])
    if "pattern" in schema or schema.get("format") == "date":
        return said("holds_day")
    return kind


def _either(names: list[str]) -> str:
    if len(names) == 1:
        return names[0]
    return said("holds_or", these=", ".join(names[:-1]), last=names[-1])


def _address(path: str, operation: Json) -> Entry:
    return Entry(
        anchor=operation["operationId"],
        name=path,
        about=operation["summary"],
        members=tuple(_argument(one) for one in operation["parameters"]),
        answers=tuple(
            Member(status, ", ".join(map(_sent, answer["content"].items())), answer["description"])
            for status, answer in operation["responses"].items()
        ),
    )


def _argument(one: Json) -> Member:
    example = one.get("example", "")
    shown = example[0] if isinstance(example, list) else example
    return Member(one["name"], holds(one["schema"]), one["description"], str(shown))


def _sent(content: tuple[str, Json]) -> str:
    kind, told = content
    reference = told["schema"].get("$ref")
    return f"{kind} ({holds(told['schema'])})" if reference else kind


def _shape(name: str, schema: Json) -> Entry:
    members = tuple(
        Member(member, holds(held), held.get("description", ""))
        for member, held in schema.get("properties", {}).items()
    )
    about = schema["description"]
    is_told = "prefixItems" in schema or "anyOf" in schema
    return Entry(name, name, f"{about}: {holds(schema)}" if is_told else about, members)
