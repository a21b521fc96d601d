"""The order of hits: ties go to the newer date, then to the id; undated articles stand last."""

import datetime as dt
from collections.abc import Iterable

from search.domain import Article, Sort


def order_key(sort: Sort, day: dt.date | None, article_id: str, score: float) -> tuple[float, int, str]:
    """Return the key by which hits ascend."""
    newest = -day.toordinal() if day else 1
    if sort == "relevance":
        return (-score, newest, article_id)
    if sort == "newest":
        return (0.0, newest, article_id)
    return (0.0, day.toordinal() if day else dt.date.max.toordinal() + 1, article_id)


def oldest(articles: Iterable[Article]) -> list[Article]:
    """Return articles with the oldest first, undated ones last."""
    return sorted(articles, key=lambda one: order_key("oldest", one.date, one.id, 0.0))
