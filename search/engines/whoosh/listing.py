"""What a list shows of an article, as a segment stores it: short, and quick to read.

A JSON array in a fixed order instead of an object with names; dates as ordinals, roles as bits.
It is read ten times a page, the whole article (`search.record`) when it is opened.
"""

import datetime as dt
from itertools import compress

from search.domain import Article, CountryTag, Listed, PersonTag, Precision, SaysTag
from search.engines.whoosh.schema import ROLES, role_bits
from search.record import dumps, loads_any

_PRECISIONS: tuple[Precision, ...] = ("day", "month", "year")


def _by_bits(field: str) -> tuple[tuple[str, ...], ...]:
    """Return the roles of a field for every sum of their bits."""
    roles = ROLES[field]
    return tuple(
        tuple(compress(roles, ((bits >> bit) & 1 for bit in range(len(roles)))))
        for bits in range(1 << len(roles))
    )


_COUNTRY_ROLES, _PERSON_ROLES = _by_bits("country"), _by_bits("person")


def listed_bytes(article: Article) -> bytes:
    """Return an article without body and receipts."""
    return dumps(
        [
            article.id,
            article.title,
            article.date.toordinal() if article.date else 0,
            _PRECISIONS.index(article.date_precision) if article.date_precision else None,
            article.date_source,
            [tag.value for tag in article.says],
            [(tag.code, tag.name, _roles(tag.roles, "country")) for tag in article.countries],
            [(tag.name, _roles(tag.roles, "person")) for tag in article.people],
            article.outlet,
            article.author,
            article.url,
            article.origin,
            article.language,
            article.words,
            article.story,
        ]
    )


def listed_article(data: bytes | memoryview) -> Listed:
    """Return the article of `listed_bytes`. Raises ValueError, TypeError or IndexError for anything else."""
    record = loads_any(data)
    key, title, day, precision, source, says, countries, people, *rest, words, story = record
    outlet, author, url, origin, language = rest
    return Listed(
        key,
        title,
        dt.date.fromordinal(day) if day else None,
        None if precision is None else _PRECISIONS[precision],
        source,
        tuple([SaysTag(value) for value in says]) if says else (),
        tuple([CountryTag(code, name, _told(roles, _COUNTRY_ROLES)) for code, name, roles in countries]),
        tuple([PersonTag(name, _told(roles, _PERSON_ROLES)) for name, roles in people]),
        outlet,
        author,
        url,
        origin,
        language,
        words,
        story,
    )


def _roles(roles: tuple[str, ...], field: str) -> int | tuple[str, ...]:
    """Return roles as bits, or as they are where they are not a field's own, in its order."""
    bits = role_bits(roles, field)
    return bits if (_COUNTRY_ROLES if field == "country" else _PERSON_ROLES)[bits] == roles else roles


def _told(roles: int | list[str], by_bits: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    return by_bits[roles] if isinstance(roles, int) else tuple(roles)
