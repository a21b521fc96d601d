"""Pages, articles and errors as JSON, for HTTP and for `dateline search --json` alike.

Offsets count code points. A value of a facet is written as the argument that picks it: the
missing value is `~none`, one that begins with `-`, `~` or a backslash gets a backslash, and a name
that ends like a role, such as `A.quoted`, gets a dot.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from search.counting import Counted, Wanted
from search.domain import (
    CountryTag,
    FacetValue,
    Filter,
    Hit,
    Page,
    PersonTag,
    Query,
    Reading,
    SaysTag,
    Span,
)
from search.explain import Explanation, FieldPart, Part
from search.facets import DATES, ROLES
from search.leaves import NONE
from search.record import mention_rows
from search.score import COMMON, FUNCTION_WORD, K1, OTHER_FORM, TITLE_WEIGHT, B
from search.suggest import Suggestions

Json = dict[str, Any]


def page_json(page: Page, explanations: Sequence[Explanation | None] = ()) -> Json:
    """Return a page of hits as the contract has it; with explanations, one a hit, each has its own."""
    hits = [_hit(hit) for hit in page.hits]
    if explanations:
        for hit, explanation in zip(hits, explanations, strict=True):
            hit["explain"] = explanation and explanation_json(explanation)
    return {
        "total": page.total,
        "took_ms": round(page.took_ms, 2),
        "page": page.query.page,
        "size": page.query.size,
        "query": query_json(page.query, page.understood),
        "hits": hits,
        "facets": {
            facet.field: [_value(facet.field, value) for value in facet.values] for facet in page.facets
        },
        "distinct": {facet.field: facet.distinct for facet in page.facets},
        "did_you_mean": page.did_you_mean,
        "notes": list(page.notes),
    }


def query_json(query: Query, understood: str) -> Json:
    """Return a query as it was read."""
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
        "stories": query.stories,
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
        "says": [{"value": tag.value, **_receipts(tag)} for tag in article.says],
        "countries": [{"code": tag.code, **_tag(tag), **_receipts(tag)} for tag in article.countries],
        "people": [{**_tag(tag), **_receipts(tag)} for tag in article.people],
        "outlet": article.outlet,
        "author": article.author,
        "url": article.url,
        "origin": article.origin,
        "language": article.language,
        "words": article.words,
        "story": article.story,
        "marks": _spans(reading.marks),
        "title_marks": _spans(reading.title_marks),
        "filter_marks": _spans(reading.filter_marks),
        "title_filter_marks": _spans(reading.title_filter_marks),
        "notes": list(reading.notes),
    }


def values_json(query: Json, field: str, wanted: Wanted, counted: Counted) -> Json:
    """Return one page of a facet's values; `query` is the query as JSON."""
    return {
        "field": field,
        "total": counted.total,
        "distinct": counted.distinct,
        "matching": counted.matching,
        "page": wanted.page,
        "size": wanted.size,
        "order": wanted.order,
        "named": wanted.named,
        "query": query,
        "values": [_value(field, value) for value in counted.values],
        "notes": list(counted.notes),
    }


def suggestions_json(text: str, found: Suggestions) -> Json:
    """Return the ways in which a query may go on."""
    return {
        "q": text,
        "words": [{"word": one.value, "query": one.query} for one in found.words],
        "people": [{"name": one.value, "articles": one.articles, "query": one.query} for one in found.people],
        "countries": [
            {"code": one.value, "name": one.label, "articles": one.articles, "query": one.query}
            for one in found.countries
        ],
    }


def explanation_json(explanation: Explanation) -> Json:
    """Return the parts of a score, and the settings of the ranking that they were worked out by."""
    return {
        "matches": explanation.matches,
        "score": explanation.score,
        "articles": explanation.articles,
        "parts": _part(explanation.part),
        "settings": {
            "k1": K1,
            "b": B,
            "title_weight": TITLE_WEIGHT,
            "other_form": OTHER_FORM,
            "common": COMMON,
            "function_word": FUNCTION_WORD,
        },
    }


def error_json(kind: str, message: str, *, at: int | None = None, repaired: str | None = None) -> Json:
    """Return an error as the contract has it."""
    return {"error": {"kind": kind, "message": message, "at": at, "repaired": repaired}}


def written_value(field: str, value: str | None, role: str | None = None) -> str:
    """Return a facet value, in one role if it is named, as an argument that includes it."""
    if value is None:
        return NONE
    escape = "\\" if value.startswith(("-", "~", "\\")) else ""
    if role:
        return f"{escape}{value}.{role}"
    return escape + value + ("." if ends_like_role(field, value) else "")


def ends_like_role(field: str, value: str) -> bool:
    """Return whether a value, but for dots at its end, ends as one narrowed to a role does."""
    # Most values have no dot, and a page asks this of each value many times.
    return "." in value and any(value.rstrip(".").endswith(f".{role}") for role in ROLES.get(field, ()))


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
        "passages": [
            {
                "text": one.text,
                "start": one.start,
                "marks": _spans(one.marks),
                "filter_marks": _spans(one.told),
            }
            for one in hit.passages
        ],
        "title_marks": _spans(hit.title_marks),
        "countries": [{"code": tag.code, **_tag(tag)} for tag in article.countries],
        "people": [_tag(tag) for tag in article.people],
        "story": article.story,
        "copies": hit.copies,
        "folded": [
            {"id": one.id, "title": one.title, "date": _day(one.date), "outlet": one.outlet, "url": one.url}
            for one in hit.folded
        ],
    }


def _part(part: Part) -> Json:
    found: Json = {"rule": part.rule, "score": part.score}
    if part.rule in ("sum", "best"):
        return found | {"parts": [_part(one) for one in part.parts]}
    found["words"] = part.label
    if part.rule == "unmet":
        return found
    return found | {
        "weight": part.weight,
        "saturated": part.saturated,
        "is_function_word": part.is_function_word,
        "weights": [
            {"word": one.word, "articles": one.containing, "idf": one.idf, "weight": one.weight}
            for one in part.words
        ],
        "title": _field_part(part.title),
        "body": _field_part(part.body),
    }


def _field_part(field: FieldPart | None) -> Json | None:
    if field is None:
        return None
    return {
        "count": field.count,
        "typed": field.typed,
        "counted": field.counted,
        "length": field.length,
        "average": field.average,
        "norm": field.norm,
    }


def _value(field: str, value: FacetValue) -> Json:
    found: Json = {
        "value": written_value(field, value.value),
        "label": value.label,
        "count": value.count,
        "selected": value.selected,
    }
    if field in ROLES:
        found["roles"] = dict(value.roles)
    if field in DATES:
        found |= {"from": _day(value.since), "to": _day(value.until)}
    return found


def _filter(picked: Filter) -> Json:
    return {"field": picked.field, "value": picked.value, "role": picked.role, "exclude": picked.exclude}


def _tag(tag: CountryTag | PersonTag) -> Json:
    return {"name": tag.name, "roles": list(tag.roles)}


def _receipts(tag: CountryTag | PersonTag | SaysTag) -> Json:
    return {
        "mentions": mention_rows(tag.mentions),
        "title_mentions": mention_rows(tag.title_mentions),
    }


def _spans(spans: tuple[Span, ...]) -> list[list[int]]:
    return [list(span) for span in spans]


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
