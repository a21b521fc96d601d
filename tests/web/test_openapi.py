"""The description of the interface is valid, whole, and what is really sent."""

import json
import re
from urllib.parse import quote, urlencode

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from openapi_spec_validator import OpenAPIV31SpecValidator

from search.domain import FACETS
from search.engines.memory import MemoryEngine
from search.errors import IndexMissing
from web import create_app
from web.application import application
from web.openapi import USES
from web.parameters import of_article, of_query, of_values
from web.settings import Settings


@pytest.fixture(scope="module")
def described(app):
    return app.test_client().get("/openapi.json").json


def conforms(described, schema, value):
    """Raise when a value is not as a schema of the document has it."""
    whole = {**schema, "components": described["components"]}
    Draft202012Validator(whole, format_checker=FormatChecker()).validate(value)


def expected(described, path, answer):
    """Raise when an answer is not as the document has it for a path."""
    content = described["paths"][path]["get"]["responses"][str(answer.status_code)]["content"]
    kind = answer.content_type if answer.content_type in content else answer.content_type.split(";")[0]
    assert kind in content
    if kind == "application/json":
        conforms(described, content[kind]["schema"], answer.json)


def test_the_document_is_valid(described):
    assert list(OpenAPIV31SpecValidator(described).iter_errors()) == []


def test_every_schema_is_valid_and_of_use(described):
    for schema in described["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
    used = set(re.findall(r"#/components/schemas/(\w+)", json.dumps(described)))
    assert used == set(described["components"]["schemas"])


def test_every_route_is_described_and_no_other(articles, tmp_path):
    """But for the form that grades a hit, which is the only one that is not for reading."""
    settings = Settings(judgments=tmp_path / "judgments.tsv")
    rules = create_app(engine=MemoryEngine(articles), settings=settings).url_map.iter_rules()
    assert {rule.endpoint for rule in rules} == {*USES, "grading.grade"}


def test_every_address_is_described(app, described):
    routes = {re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule) for rule in app.url_map.iter_rules()}
    assert set(described["paths"]) == routes | {"/article/{article_id}.json"}
    assert all(item["get"]["summary"].endswith(".") for item in described["paths"].values())


def test_a_mounted_application_names_its_path(client):
    answer = client.get("/openapi.json", environ_overrides={"SCRIPT_NAME": "/news"})
    assert answer.json["servers"] == [{"url": "/news"}]


# An address for each status that is described; 400 and 413 can be had anywhere.
SENT = [
    ("/", "/", 200),
    ("/", "/?q=Hasanov&country=AZ&date=2024", 200),
    ("/", "/?q=%22", 422),
    ("/search", "/search?q=Hasanov", 200),
    ("/search", "/search?q=%22", 422),
    ("/search.json", "/search.json", 200),
    ("/search.json", "/search.json?q=Hasanov&country=AZ&person=-~none&size=3", 200),
    ("/search.json", "/search.json?from=2024&says_from=2025&says=2025&story=-x", 200),
    ("/search.json", "/search.json?q=haasnov", 200),
    ("/search.json", "/search.json?q=oil+%22price", 422),
    ("/facet/{field}", "/facet/person?q=Hasanov", 200),
    ("/facet/{field}", "/facet/nothing", 404),
    ("/facet/{field}", "/facet/person?q=%22", 422),
    *(("/facet/{field}.json", f"/facet/{field}.json?q=Hasanov", 200) for field in FACETS),
    ("/facet/{field}.json", "/facet/nothing.json", 404),
    ("/facet/{field}.json", "/facet/person.json?q=%22", 422),
    ("/suggest.json", "/suggest.json?q=visit+az", 200),
    ("/suggest.json", "/suggest.json?q=zakir+h", 200),
    ("/article", "/article?id=seeds%2F000", 200),
    ("/article", "/article?id=nothing", 404),
    ("/article/{article_id}", "/article/seeds%2F000?show=country:AZ", 200),
    ("/article/{article_id}", "/article/seeds%2F000?copy=seeds%2F001", 200),
    ("/article/{article_id}", "/article/nothing", 404),
    *(("/article/{article_id}.json", f"/article/seeds%2F00{at}.json?q=Hasanov", 200) for at in range(5)),
    ("/article/{article_id}.json", "/article/hostile%20%3Cb%3E.json", 200),
    ("/article/{article_id}.json", "/article/seeds%2F000.json?q=%22", 200),
    ("/article/{article_id}.json", "/article/nothing.json", 404),
    ("/healthz", "/healthz", 200),
    ("/about", "/about", 200),
    ("/docs", "/docs", 200),
    ("/openapi.json", "/openapi.json", 200),
    ("/static/{filename}", "/static/dateline.css", 200),
    ("/static/{filename}", "/static/dateline.js", 200),
    ("/static/{filename}", "/static/favicon.svg", 200),
    ("/static/{filename}", "/static/nothing", 404),
]


@pytest.mark.parametrize(("path", "address", "status"), SENT)
def test_what_is_sent_is_what_is_described(client, described, path, address, status):
    with client.get(address) as answer:
        assert answer.status_code == status
        expected(described, path, answer)


def test_every_status_described_is_sent(described):
    told = {
        (path, int(status))
        for path, item in described["paths"].items()
        for status in item["get"]["responses"]
    }
    anywhere = {(path, status) for path in described["paths"] for status in (400, 413, 503)}
    assert told - anywhere <= {(path, status) for path, _, status in SENT}


def addresses():
    """Return one address that is answered with 200 for each path described."""
    return {path: address for path, address, status in SENT if status == 200}


@pytest.mark.parametrize(("path", "address"), addresses().items())
def test_any_address_may_refuse_its_host_or_its_length(client, described, path, address):
    for tail, host, status in [("", "evil.example", 400), ("x" * 70_000, "localhost", 413)]:
        answer = client.get(f"{address}{'&' if '?' in address else '?'}{tail}", headers={"Host": host})
        assert answer.status_code == status
        expected(described, path, answer)


class Closed:
    """An archive without an index."""

    def held(self):
        return self

    def engine(self):
        raise IndexMissing("there is no index at /x")

    def built(self):
        return ""

    def report(self):
        return {}


@pytest.mark.parametrize(("path", "address"), addresses().items())
def test_an_archive_that_is_not_there_is_told_where_it_is_described(described, path, address):
    with application(Closed(), Settings()).test_client().get(address) as answer:
        assert (answer.status_code == 503) == ("503" in described["paths"][path]["get"]["responses"])
        expected(described, path, answer)


TABLE = {**of_query(Settings()), **of_values(Settings()), "page": of_query(Settings())["page"]}


def described_argument(described, path, name):
    [found] = [one for one in described["paths"][path]["get"]["parameters"] if one["name"] == name]
    return found


def status_of(client, name, value):
    return client.get(f"/facet/person.json?{urlencode({name: value})}").status_code


@pytest.mark.parametrize("name", [name for name, one in TABLE.items() if one.kind == "number"])
def test_numbers_have_the_bounds_described(client, described, name):
    """`page` of a facet's values reaches further than that of hits."""
    schema = described_argument(described, "/facet/{field}.json", name)["schema"]
    for value, status in [
        (schema["minimum"], 200),
        (schema["minimum"] - 1, 400),
        (schema["maximum"], 200),
        (schema["maximum"] + 1, 400),
        (10**30, 400),
        ("1.0", 400),
        ("٣", 400),
    ]:
        assert status_of(client, name, value) == status, value


@pytest.mark.parametrize("name", [name for name, one in TABLE.items() if one.kind == "choice"])
def test_choices_are_those_described(client, described, name):
    schema = described_argument(described, "/facet/{field}.json", name)["schema"]
    assert schema["default"] in schema["enum"]
    assert {status_of(client, name, value) for value in schema["enum"]} == {200}
    assert status_of(client, name, "other") == 400


@pytest.mark.parametrize("name", [name for name, one in TABLE.items() if one.kind in ("day", "period")])
def test_periods_have_the_pattern_described(client, described, name):
    schema = described_argument(described, "/facet/{field}.json", name)["schema"]
    pattern = schema.get("items", schema)["pattern"]
    for value in ("2024", "2024-06", "2024-06-20", "2024-13", "2024-6", "24", "2024-06-32", "soon", "~none"):
        assert status_of(client, name, value) == (200 if re.search(pattern, value) else 400), value


@pytest.mark.parametrize("name", [name for name, one in TABLE.items() if one.kind in ("text", "value")])
def test_texts_have_the_length_described(client, described, name):
    schema = described_argument(described, "/facet/{field}.json", name)["schema"]
    most = schema.get("items", schema)["maxLength"]
    assert status_of(client, name, "é" * most) == 200
    assert status_of(client, name, "é" * (most + 1)) in (400, 422)


@pytest.mark.parametrize("name", TABLE)
def test_examples_are_answered(client, described, name):
    told = described_argument(described, "/facet/{field}.json", name)
    conforms(described, told["schema"], told["example"])
    shown = told["example"][0] if isinstance(told["example"], list) else told["example"]
    assert status_of(client, name, shown) == 200


def test_arguments_of_an_article_are_described_where_they_are_taken(described):
    taken = {
        path: {one["name"] for one in item["get"]["parameters"]} for path, item in described["paths"].items()
    }
    assert {path for path, names in taken.items() if "id" in names} == {"/article"}
    for name in ("show", "copy"):
        found = {path for path, names in taken.items() if name in names}
        assert found == {"/article", "/article/{article_id}"}
    assert set(of_article()) == {"id", "show", "copy"}


def test_limits_are_those_of_the_settings():
    small = create_app(engine=MemoryEngine(()), settings=Settings(size_max=7, depth_max=70, values_max=20))
    told = small.test_client().get("/openapi.json").json
    size = described_argument(told, "/search.json", "size")["schema"]
    assert (size["maximum"], size["default"]) == (7, 7)
    assert described_argument(told, "/search.json", "page")["schema"]["maximum"] == 70
    assert described_argument(told, "/facet/{field}", "values")["schema"]["maximum"] == 20


def test_a_path_part_may_hold_anything(client, described):
    answer = client.get(f"/article/{quote('../..%00?#', safe='')}.json")
    assert answer.status_code == 404
    expected(described, "/article/{article_id}.json", answer)
