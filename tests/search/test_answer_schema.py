"""What JSON answers look like: schemas that hold all of what is sent, and nothing else."""

import random

import pytest
from jsonschema import Draft202012Validator, ValidationError
from random_archive import random_article, random_query

from search.answer_json import page_json, reading_json
from search.answer_schema import SCHEMAS
from search.engines.memory import MemoryEngine
from search.run import answer, explain, read_article


def validate(name, value):
    schema = {"$ref": f"#/components/schemas/{name}", "components": {"schemas": SCHEMAS}}
    Draft202012Validator(schema).validate(value)


def archive(rng):
    return MemoryEngine([random_article(rng, f"a{at}") for at in range(30)])


def test_any_answer_is_as_the_schemas_have_it():
    rng = random.Random(8)
    hits = 0
    for _ in range(5):
        engine = archive(rng)
        for _ in range(30):
            page = answer(engine, random_query(rng), values=rng.choice((0, 2, 50)))
            validate("Page", page_json(page))
            explanations = explain(engine, page.query, [hit.article.id for hit in page.hits])
            validate("Page", page_json(page, explanations))
            hits += len(page.hits)
            for hit in page.hits[:1]:
                validate("Article", reading_json(read_article(engine, hit.article.id, page.query)))
    assert hits > 100


def records(schema):
    """Yield each object that has members named, at any depth."""
    if isinstance(schema, dict):
        if "properties" in schema:
            yield schema
        for held in schema.values():
            yield from records(held)
    elif isinstance(schema, list):
        for held in schema:
            yield from records(held)


def test_records_are_closed():
    """A member that is new or gone is noticed; only counts by role and what is asked for may be left out."""
    found = list(records(SCHEMAS))
    assert len(found) > 15
    assert all(one["additionalProperties"] is False for one in found)
    open_ones = [one for one in found if "required" not in one]
    assert {one["description"] for one in open_ones} == {"articles by role"}
    left_out = {
        name for one in found if one not in open_ones for name in {*one["properties"]} - {*one["required"]}
    }
    assert left_out == {"explain"}


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"other": 1}, id="one-more"),
        pytest.param({"total": -1}, id="negative"),
        pytest.param({"did_you_mean": 3}, id="type"),
        pytest.param({"distinct": {}}, id="one-less"),
    ],
)
def test_another_answer_is_refused(wrong):
    page = page_json(answer(archive(random.Random(1)), random_query(random.Random(3))))
    validate("Page", page)
    with pytest.raises(ValidationError):
        validate("Page", page | wrong)
