"""JSON out: pages of hits, articles with their receipts, and errors. Offsets are code points."""

from datetime import date
from typing import Any

import orjson
from flask import Blueprint, Response, request

from search.domain import (
    CountryTag,
    Facet,
    FacetValue,
    Filter,
    Hit,
    Mention,
    Page,
    PersonTag,
    Query,
    Reading,
    SaysTag,
)
from web.desk import desk
from web.params import write_value

api = Blueprint("api", __name__)

Json = dict[str, Any]


@api.get("/search.json")
def search() -> Response:
    """Answer a query."""
    query = desk().query(request.query_string)
    return json_response(page_json(desk().page(query, query_string=request.query_string)))


@api.get("/healthz")
def health() -> Response:
    """Say that the archive can be asked, and how large it is."""
    facts = desk().facts()
    return json_response({"status": "ok", "articles": facts.articles, "built": facts.built or None})


def json_response(payload: Json, status: int = 200) -> Response:
    """Return `payload` as a JSON answer; half of a surrogate pair becomes U+FFFD, one for one."""
    try:
        body = orjson.dumps(payload)
    except TypeError:
        body = orjson.dumps(_mended(payload))
    return Response(body, status=status, content_type="application/json")


def page_json(page: Page) -> Json:
    """Return a page of hits as the HTTP contract has it."""
    return {
        "total": page.total,
        "took_ms": round(page.took_ms, 2),
        "page": page.query.page,
        "size": page.query.size,
        "query": query_json(page.query, page.understood),
        "hits": [_hit(hit) for hit in page.hits],
        "facets": {facet.field: [_value(facet, value) for value in facet.values] for facet in page.facets},
        "distinct": {facet.field: facet.distinct for facet in page.facets},
        "did_you_mean": page.did_you_mean,
        "notes": list(page.notes),
    }


def query_json(query: Query, understood: str) -> Json:
    """Return the query as it was read."""
    return {
        "text": query.text,
        "understood": understood,
        "filters": [_filter(picked) for picked in query.filters],
        "from": _day(query.since),
        "to": _day(query.until),
        "says_from": _day(query.says_since),
        "says_to": _day(query.says_until),
        "sort": query.sort,
        "match": query.match,
    }


def reading_json(reading: Reading) -> Json:
    """Return one article with its tags, receipts and marks."""
    article = reading.article
    return {
        "id": article.id,
        "title": article.title,
        "body": article.body,
        "date": _day(article.date),
        "date_precision": article.date_precision,
        "date_source": article.date_source,
        "outlet": article.outlet,
        "author": article.author,
        "url": article.url,
        "origin": article.origin,
        "language": article.language,
        "words": article.words,
        "story": article.story,
        "countries": [{"code": tag.code, **_tag(tag), **_receipts(tag)} for tag in article.countries],
        "people": [{**_tag(tag), **_receipts(tag)} for tag in article.people],
        "says": [{"value": tag.value, **_receipts(tag)} for tag in article.says],
        "marks": _spans(reading.marks),
        "title_marks": _spans(reading.title_marks),
        "notes": list(reading.notes),
    }


def error_json(kind: str, message: str, *, at: int | None = None, repaired: str | None = None) -> Json:
    """Return an error as the HTTP contract has it."""
    return {"error": {"kind": kind, "message": message, "at": at, "repaired": repaired}}


def _hit(hit: Hit) -> Json:
    article = hit.article
    return {
        "id": article.id,
        "title": article.title,
        "date": _day(article.date),
        "date_precision": article.date_precision,
        "date_source": article.date_source,
        "url": article.url,
        "outlet": article.outlet,
        "score": hit.score,
        "snippet": hit.snippet.text,
        "snippet_start": hit.snippet.start,
        "marks": _spans(hit.snippet.marks),
        "title_marks": _spans(hit.title_marks),
        "countries": [{"code": tag.code, **_tag(tag)} for tag in article.countries],
        "people": [_tag(tag) for tag in article.people],
        "story": article.story,
        "copies": hit.copies,
    }


def _value(facet: Facet, value: FacetValue) -> Json:
    """Return a facet value; `value` is written as the argument that picks it."""
    plain: Json = {
        "value": write_value(facet.field, value.value),
        "label": value.label,
        "count": value.count,
        "selected": value.selected,
    }
    if facet.field in ("country", "person"):
        plain["roles"] = dict(value.roles)
    if facet.field in ("date", "says"):
        plain |= {"from": _day(value.since), "to": _day(value.until)}
    return plain


def _filter(picked: Filter) -> Json:
    return {"field": picked.field, "value": picked.value, "role": picked.role, "exclude": picked.exclude}


def _tag(tag: CountryTag | PersonTag) -> Json:
    return {"name": tag.name, "roles": list(tag.roles)}


def _receipts(tag: CountryTag | PersonTag | SaysTag) -> Json:
    return {"mentions": _mentions(tag.mentions), "title_mentions": _mentions(tag.title_mentions)}


def _mentions(mentions: tuple[Mention, ...]) -> list[list[int | str]]:
    return [[mention.start, mention.end, mention.surface, mention.rule] for mention in mentions]


def _spans(spans: tuple[tuple[int, int], ...]) -> list[list[int]]:
    return [list(span) for span in spans]


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _mended(value: Any) -> Any:
    """Return JSON data with each lone surrogate, which UTF-8 cannot carry, as U+FFFD."""
    if isinstance(value, str):
        return "".join("�" if "\ud800" <= character <= "\udfff" else character for character in value)
    if isinstance(value, dict):
        return {_mended(key): _mended(held) for key, held in value.items()}
    if isinstance(value, list):
        return [_mended(held) for held in value]
    return value
