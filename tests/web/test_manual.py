"""The page that describes the interface."""

import re

import pytest

from web.manual import holds


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        pytest.param({"type": "string"}, "text", id="text"),
        pytest.param({"type": "string", "maxLength": 2000}, "text of at most 2,000 characters", id="length"),
        pytest.param(
            {"type": "integer", "minimum": 1, "maximum": 10_000}, "whole number from 1 to 10,000", id="bounds"
        ),
        pytest.param({"type": "string", "format": "date"}, "year, month or day, such as 2024-06", id="day"),
        pytest.param({"enum": ["a", "b", None]}, "a, b or null", id="enum"),
        pytest.param({"enum": ["ok"]}, "ok", id="one-value"),
        pytest.param({"$ref": "#/components/schemas/Hit"}, "Hit", id="by-name"),
        pytest.param({"anyOf": [{"type": "string"}, {"type": "null"}]}, "text or null", id="either"),
        pytest.param({"type": "array", "items": {"type": "string"}}, "list of: text", id="list"),
        pytest.param(
            {"type": "array", "prefixItems": [{"type": "integer"}, {"type": "string"}]},
            "[whole number, text]",
            id="row",
        ),
    ],
)
def test_holds(schema, words):
    assert holds(schema) == words


def test_the_page_tells_all_that_the_document_does(client, view_of):
    document = client.get("/openapi.json").json
    view = view_of("/docs")
    assert [entry.name for entry in view.addresses] == list(document["paths"])
    assert [entry.name for entry in view.shapes] == list(document["components"]["schemas"])
    told = {entry.name: {member.name for member in entry.members} for entry in view.addresses}
    assert told == {
        path: {one["name"] for one in item["get"]["parameters"]} for path, item in document["paths"].items()
    }
    assert all(entry.answers for entry in view.addresses)
    [size] = [one for entry in view.addresses[:1] for one in entry.members if one.name == "size"]
    assert (size.holds, size.example) == ("whole number from 1 to 100", "50")


def test_the_page_loads_nothing_from_elsewhere_and_runs_nothing_of_its_own(client):
    page = client.get("/docs").text
    loaded = re.findall(r'<(?:link|script|img)[^>]*(?:href|src)="([^"]*)"', page)
    assert loaded
    assert all(address.startswith("/") and not address.startswith("//") for address in loaded)
    assert "<style" not in page
    assert " style=" not in page
    assert re.findall(r"<script(?![^>]* src=)", page) == []


def test_anchors_are_of_one_place_each(client):
    anchors = re.findall(r' id="([^"]*)"', client.get("/docs").text)
    assert len(anchors) == len(set(anchors))
    linked = re.findall(r'href="#([^"]*)"', client.get("/docs").text)
    assert set(linked) <= set(anchors)
