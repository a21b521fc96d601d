"""An article as JSON and back: what an index stores, what a list shows of it, `/article/ID.json`.

Mentions are [start, end, surface, rule]. Lone surrogates, which JSON text may smuggle in, go
through unharmed, though no faster than the standard library.
"""

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import Any, cast

import orjson

from search.domain import Article, CountryTag, Listed, Mention, PersonTag, Precision, SaysTag, Span

Json = dict[str, Any]
_TAGS = (("country", "code", "countries"), ("person", "name", "people"), ("says", "value", "says"))
"""Of each kind of tag: the field, the member that holds the value, the member of the article."""


def encoded(article: Article) -> bytes:
    """Return an article as JSON in UTF-8."""
    return dumps(_record(article))


def encoded_receipts(article: Article) -> bytes:
    """Return an article as JSON in UTF-8, its body left empty."""
    return dumps(_record(article) | {"body": ""})


def digest(article: Article) -> bytes:
    """Return 16 bytes that stand for all of an article, but for where it was read."""
    return blake2b(dumps(_record(article) | {"origin": None}), digest_size=16).digest()


def _record(article: Article) -> Json:
    return {
        "id": article.id,
        "title": article.title,
        "body": article.body,
        "date": article.date.isoformat() if article.date else None,
        "date_precision": article.date_precision,
        "date_source": article.date_source,
        "says": [_tag(tag, value=tag.value) for tag in article.says],
        "countries": [_tag(tag, code=tag.code, name=tag.name, roles=tag.roles) for tag in article.countries],
        "people": [_tag(tag, name=tag.name, roles=tag.roles) for tag in article.people],
        "outlet": article.outlet,
        "author": article.author,
        "url": article.url,
        "origin": article.origin,
        "language": article.language,
        "words": article.words,
        "story": article.story,
    }


def listed(article: Article) -> Listed:
    """Return an article as a list shows it."""
    return Listed(
        article.id,
        article.title,
        article.date,
        article.date_precision,
        article.date_source,
        tuple(SaysTag(tag.value) for tag in article.says),
        tuple(CountryTag(tag.code, tag.name, tag.roles) for tag in article.countries),
        tuple(PersonTag(tag.name, tag.roles) for tag in article.people),
        article.outlet,
        article.author,
        article.url,
        article.origin,
        article.language,
        article.words,
        article.story,
    )


def decoded(data: bytes) -> Article:
    """Return the article of `encoded`. Raises ValueError, KeyError or TypeError for anything else."""
    record = loads(data)
    day = record["date"]
    return Article(
        id=record["id"],
        title=record["title"],
        body=record["body"],
        date=dt.date.fromisoformat(day) if day else None,
        date_precision=cast(Precision | None, record["date_precision"]),
        date_source=record["date_source"],
        says=tuple(SaysTag(tag["value"], *_mentions(tag)) for tag in record["says"]),
        countries=tuple(
            CountryTag(tag["code"], tag["name"], tuple(tag["roles"]), *_mentions(tag))
            for tag in record["countries"]
        ),
        people=tuple(
            PersonTag(tag["name"], tuple(tag["roles"]), *_mentions(tag)) for tag in record["people"]
        ),
        outlet=record["outlet"],
        author=record["author"],
        url=record["url"],
        origin=record["origin"],
        language=record["language"],
        words=record["words"],
        story=record["story"],
    )


def encoded_mentions(data: bytes) -> Iterator[tuple[str, str, list[Span]]]:
    """Yield field, value and spans in the body of each tag of `encoded`, without making an article of it."""
    record = loads(data)
    for field, key, group in _TAGS:
        for tag in record[group]:
            yield field, tag[key], [(one[0], one[1]) for one in tag["mentions"]]


def dumps(value: object) -> bytes:
    """Return JSON in UTF-8; lone surrogates are escaped."""
    try:
        return orjson.dumps(value)
    except orjson.JSONEncodeError:
        return json.dumps(value, ensure_ascii=True, separators=(",", ":")).encode()


def loads(data: bytes) -> Json:
    """Return the object of a JSON text. Raises ValueError for what is none."""
    value = loads_any(data)
    if not isinstance(value, dict):
        raise ValueError("not a JSON object")
    return value


def loads_any(data: bytes | memoryview) -> Any:
    """Return the value of a JSON text. Raises ValueError for what is none."""
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError:
        return _plainly_loaded(bytes(data))


def _plainly_loaded(data: bytes) -> object:
    """Return what the standard library reads, which takes lone surrogates."""
    try:
        return json.loads(data)
    except RecursionError as error:
        raise ValueError("nested too deep to be read") from error


def mention_rows(mentions: Sequence[Mention]) -> list[list[int | str]]:
    """Return mentions as [start, end, surface, rule]."""
    return [[one.start, one.end, one.surface, one.rule] for one in mentions]


def _tag(tag: CountryTag | PersonTag | SaysTag, **named: object) -> Json:
    return {
        **named,
        "mentions": mention_rows(tag.mentions),
        "title_mentions": mention_rows(tag.title_mentions),
    }


def _mentions(tag: Mapping[str, Any]) -> tuple[tuple[Mention, ...], tuple[Mention, ...]]:
    body = tuple(Mention(*row) for row in tag["mentions"])
    return body, tuple(Mention(*row) for row in tag["title_mentions"])
