"""What the JSON of `search.answer_json` looks like, as JSON Schema of 2020-12, by name.

Every member of a record is there in every answer, but for those that are asked for, and no other one:
tests hold what is really sent against these schemas. A schema that is used by name refers to it where
OpenAPI keeps names.
"""

from typing import Any

from search.counting import ORDERS
from search.domain import COUNTRY_ROLES, DATE_SOURCES, FACETS, MATCHES, PERSON_ROLES, SORTS
from search.facets import DATES, ROLES

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_NUMBER: Schema = {"type": "integer", "minimum": 1}
_TRUTH: Schema = {"type": "boolean"}
_DAY: Schema = {"type": "string", "format": "date"}
_PICKED: Schema = {"enum": ["include", "exclude", None]}


def _named(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _record(about: str, /, **members: Schema) -> Schema:
    """Return the schema of an object of exactly these members; `from_` stands for `from`."""
    named = {name.removesuffix("_"): schema for name, schema in members.items()}
    return {
        "type": "object",
        "description": about,
        "properties": named,
        "required": list(named),
        "additionalProperties": False,
    }


def _with(record: Schema, **members: Schema) -> Schema:
    """Return a record that may have these members too, where they are asked for."""
    return record | {"properties": record["properties"] | members}


def _list(of: Schema, about: str = "") -> Schema:
    return {"type": "array", "items": of} | ({"description": about} if about else {})


def _row(*columns: Schema, about: str) -> Schema:
    """Return the schema of a list of exactly these elements."""
    size = len(columns)
    bounds = {"minItems": size, "maxItems": size, "items": False}
    return {"type": "array", "description": about, "prefixItems": list(columns)} | bounds


def _one_of(*values: str) -> Schema:
    return {"enum": list(values)}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _told(schema: Schema, about: str) -> Schema:
    return schema | {"description": about}


_SPANS = _list(_named("Span"))
_ROLES = {"country": COUNTRY_ROLES, "person": PERSON_ROLES}
_DATED = {
    "date": _told(_or_null(_DAY), "the first day of the period that date_precision names"),
    "date_precision": {"enum": ["day", "month", "year", None]},
    "date_source": _one_of(*DATE_SOURCES),
}
_RECEIPTS = {
    "mentions": _list(_named("Mention"), "into the body"),
    "title_mentions": _list(_named("Mention"), "into the title"),
}
_VALUE = {
    "value": _told(_TEXT, "as the argument that picks it"),
    "label": _TEXT,
    "count": _COUNT,
    "selected": _PICKED,
}


def _counts_of(roles: tuple[str, ...]) -> Schema:
    """Return the schema of counts by role, of which any may be left out."""
    return {
        "type": "object",
        "properties": dict.fromkeys(roles, _COUNT),
        "additionalProperties": False,
        "description": "articles by role",
    }


def _value_name(field: str) -> str:
    """Return the name of the schema of a facet's values."""
    if field in ROLES:
        return f"{field.title()}Value"
    return "PeriodValue" if field in DATES else "Value"


def _tag(roles: tuple[str, ...]) -> dict[str, Schema]:
    return {"name": _TEXT, "roles": _list(_one_of(*roles))}


_SCORE: Schema = {"type": "number", "minimum": 0}
_PARTS: dict[str, Schema] = {
    "Explanation": _record(
        "what the score of a hit is made of",
        matches=_TRUTH,
        score=_SCORE,
        articles=_told(_COUNT, "articles in the index"),
        parts=_named("Part"),
        settings={"type": "object", "additionalProperties": {"type": "number"}},
    ),
    "Part": {
        "description": "a part of a score",
        "anyOf": [_named("SumPart"), _named("UnmetPart"), _named("WordPart")],
    },
    "SumPart": _record(
        "the sum of its parts, or the best of them",
        rule=_one_of("sum", "best"),
        score=_SCORE,
        parts=_list(_named("Part")),
    ),
    "UnmetPart": _record(
        "words that are not all there, and so add nothing", rule=_one_of("unmet"), score=_SCORE, words=_TEXT
    ),
    "WordPart": _record(
        "a word or phrase: its weight times how often it stands, saturated",
        rule=_one_of("word"),
        score=_SCORE,
        words=_TEXT,
        weight=_SCORE,
        saturated=_SCORE,
        is_function_word=_TRUTH,
        weights=_list(_record("a word's weight", word=_TEXT, articles=_COUNT, idf=_SCORE, weight=_SCORE)),
        title=_or_null(_named("FieldPart")),
        body=_or_null(_named("FieldPart")),
    ),
    "FieldPart": _record(
        "the words in title or body: all, as typed, as they count, and what divides them",
        count=_COUNT,
        typed=_COUNT,
        counted=_SCORE,
        length=_COUNT,
        average=_SCORE,
        norm=_SCORE,
    ),
}

SCHEMAS: dict[str, Schema] = {
    "Span": _row(_COUNT, _COUNT, about="start and end in code points, the end left out"),
    "Mention": _row(_COUNT, _COUNT, _TEXT, _TEXT, about="start, end, the words there, the rule"),
    "Filter": _record(
        "one value that was picked or left out",
        field=_TEXT,
        value=_told(_or_null(_TEXT), "null: articles without a value"),
        role=_or_null(_one_of(*dict.fromkeys((*COUNTRY_ROLES, *PERSON_ROLES)))),
        exclude=_TRUTH,
    ),
    "Query": _record(
        "the query as it was read",
        text=_TEXT,
        understood=_TEXT,
        filters=_list(_named("Filter")),
        from_=_or_null(_DAY),
        to=_or_null(_DAY),
        says_from=_or_null(_DAY),
        says_to=_or_null(_DAY),
        sort=_one_of(*SORTS),
        match=_one_of(*MATCHES),
        stories=_told(_TRUTH, "whether stories are listed and counted, not articles"),
    ),
    "Country": _record("a country of a hit", code=_TEXT, **_tag(COUNTRY_ROLES)),
    "Person": _record("a person of a hit", **_tag(PERSON_ROLES)),
    "Copy": _record(
        "an article that is folded under a hit",
        id=_TEXT,
        title=_TEXT,
        date=_or_null(_DAY),
        outlet=_or_null(_TEXT),
        url=_or_null(_TEXT),
    ),
    "Passage": _record(
        "a piece of an article's body",
        text=_TEXT,
        start=_told(_COUNT, "where it begins in the body"),
        marks=_told(_SPANS, "into the text, of the query's words"),
        filter_marks=_told(_SPANS, "into the text, of the countries, persons and dates that filters ask for"),
    ),
    "Hit": _with(
        _record(
            "one article of the list",
            id=_TEXT,
            title=_TEXT,
            **_DATED,
            url=_or_null(_TEXT),
            outlet=_or_null(_TEXT),
            score={"type": "number"},
            snippet=_TEXT,
            snippet_start=_told(_COUNT, "where the snippet begins in the body"),
            marks=_told(_SPANS, "into the snippet"),
            passages=_list(
                _named("Passage"), "one to three, the snippet first, the others as they stand in it"
            ),
            title_marks=_told(_SPANS, "into the title"),
            countries=_list(_named("Country")),
            people=_list(_named("Person")),
            story=_TEXT,
            copies=_told(_COUNT, "other articles of the same story"),
            folded=_list(_named("Copy"), "with stories=1, those of them that match, the oldest first"),
        ),
        explain=_told(_or_null(_named("Explanation")), "with explain=1"),
    ),
    **_PARTS,
    "Value": _record("a value of a facet", **_VALUE),
    **{
        _value_name(field): _record(f"a {field} among the values", **_VALUE, roles=_counts_of(_ROLES[field]))
        for field in ROLES
    },
    "PeriodValue": _record(
        "a period among the values; the missing one has no ends",
        **_VALUE,
        from_=_or_null(_DAY),
        to=_or_null(_DAY),
    ),
    "Page": _record(
        "a page of hits",
        total=_COUNT,
        took_ms={"type": "number", "minimum": 0},
        page=_NUMBER,
        size=_NUMBER,
        query=_named("Query"),
        hits=_list(_named("Hit")),
        facets=_record("values by facet", **{field: _list(_named(_value_name(field))) for field in FACETS}),
        distinct=_record("how many values each facet has", **dict.fromkeys(FACETS, _COUNT)),
        did_you_mean=_or_null(_TEXT),
        notes=_list(_TEXT, "sentences to show the reader"),
    ),
    "Values": _record(
        "a page of a facet's values",
        field=_one_of(*FACETS),
        total=_told(_COUNT, "articles of the query"),
        distinct=_told(_COUNT, "values they have"),
        matching=_told(_COUNT, "values listed, on all pages together"),
        page=_NUMBER,
        size=_NUMBER,
        order=_one_of(*ORDERS),
        named=_TEXT,
        query=_named("Query"),
        values=_list({"anyOf": [_named(name) for name in dict.fromkeys(map(_value_name, FACETS))]}),
        notes=_list(_TEXT),
    ),
    "ArticleCountry": _record("a country with its receipts", code=_TEXT, **_tag(COUNTRY_ROLES), **_RECEIPTS),
    "ArticlePerson": _record("a person with their receipts", **_tag(PERSON_ROLES), **_RECEIPTS),
    "ArticleDate": _record("a period that the text speaks of", value=_TEXT, **_RECEIPTS),
    "Article": _record(
        "one article with its tags",
        id=_TEXT,
        title=_TEXT,
        body=_TEXT,
        **_DATED,
        says=_list(_named("ArticleDate")),
        countries=_list(_named("ArticleCountry")),
        people=_list(_named("ArticlePerson")),
        **dict.fromkeys(("outlet", "author", "url", "origin", "language"), _or_null(_TEXT)),
        words=_COUNT,
        story=_TEXT,
        marks=_told(_SPANS, "into the body"),
        title_marks=_told(_SPANS, "into the title"),
        filter_marks=_told(_SPANS, "into the body, of the countries, persons and dates that filters ask for"),
        title_filter_marks=_told(_SPANS, "the same, into the title"),
        notes=_list(_TEXT),
    ),
    "Suggestions": _record(
        "how a query may go on",
        q=_TEXT,
        words=_list(_record("a word", word=_TEXT, query=_TEXT)),
        people=_list(_record("a person", name=_TEXT, articles=_COUNT, query=_TEXT)),
        countries=_list(_record("a country", code=_TEXT, name=_TEXT, articles=_COUNT, query=_TEXT)),
    ),
    "Health": _record(
        "that the archive can be asked",
        status=_one_of("ok"),
        articles=_COUNT,
        built=_told(_or_null({"type": "string", "format": "date-time"}), "when the index was built"),
    ),
    "Document": {"type": "object", "description": "an OpenAPI document"},
    "Error": _record(
        "what went wrong",
        error=_record(
            "the error",
            kind=_TEXT,
            message=_told(_TEXT, "what was wrong, and the way out"),
            at=_told(_or_null(_COUNT), "the offset in q where it cannot be read"),
            repaired=_told(_or_null(_TEXT), "a query that can be read"),
        ),
    ),
}
"""Schemas by the names they have in OpenAPI."""
