"""What an article carries in each field that is filtered or counted."""

from search.domain import Article
from search.nodes import ValueIn, Within, Without
from search.periods import Period, period, period_of


def field_values(article: Article, field: str) -> tuple[str, ...]:
    """Return the article's values of a field of values, each once; empty when it has none."""
    match field:
        case "country":
            return tuple(dict.fromkeys(tag.code for tag in article.countries))
        case "person":
            return tuple(dict.fromkeys(tag.name for tag in article.people))
        case "outlet":
            return _one(article.outlet)
        case "author":
            return _one(article.author)
        case "language":
            return _one(article.language)
        case "source":
            return (article.date_source,)
        case "story":
            return _one(article.story)
    raise ValueError(f"no field of values is called {field!r}")


def labels_of(article: Article, field: str) -> dict[str, str]:
    """Return the names by which the article's values are shown, where they differ from the values."""
    return {tag.code: tag.name for tag in article.countries} if field == "country" else {}


def roles_of(article: Article, field: str) -> tuple[tuple[str, str], ...]:
    """Return (value, role) for every role of every value, each once; empty for fields without roles."""
    if field == "country":
        return tuple(dict.fromkeys((tag.code, role) for tag in article.countries for role in tag.roles))
    if field == "person":
        return tuple(dict.fromkeys((tag.name, role) for tag in article.people for role in tag.roles))
    return ()


def periods_of(article: Article, field: str) -> tuple[Period, ...]:
    """Return the periods of `date` (one or none) or `says`."""
    if field == "says":
        return tuple(period(tag.value) for tag in article.says)
    if article.date is None or article.date_precision is None:
        return ()
    return (period_of(article.date, article.date_precision),)


def lacks(article: Article, field: str) -> bool:
    """Return whether the article has nothing in a field."""
    if field in ("date", "says"):
        return not periods_of(article, field)
    return not field_values(article, field)


def _one(value: str | None) -> tuple[str, ...]:
    return (value,) if value else ()


def story_of(article: Article) -> str:
    """Return what stands for an article's story, its own where it has none."""
    return f"story {article.story}" if article.story else f"article {article.id}"


def carries(leaf: ValueIn | Without | Within, article: Article) -> bool:
    """Return whether an article has the value, absence or period that a leaf asks for."""
    match leaf:
        case Without(field):
            return lacks(article, field)
        case Within(field, since, until):
            return any(
                (since is None or span.first >= since) and (until is None or span.last <= until)
                for span in periods_of(article, field)
            )
        case ValueIn(field, values, None):
            return any(value in values for value in field_values(article, field))
        case ValueIn(field, values, role):
            return any(value in values and own == role for value, own in roles_of(article, field))
