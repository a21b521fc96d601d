"""The English of the pages: how dates, sources, fields and counts are put into words."""

from datetime import date

from search.domain import Article, Filter, Listed, Query
from web.params import whole_period
from web.texts import TEXT

FIELD_TITLES = {
    "country": "Country",
    "person": "Person",
    "date": "Date",
    "outlet": "Outlet",
    "language": "Language",
    "source": "How the date is known",
    "says": "Dates in the text",
    "story": "Story",
}

_MISSING = {
    "country": "No country named",
    "person": "No person named",
    "date": "Undated",
    "outlet": "Outlet unknown",
    "language": "Language unknown",
    "source": "No date found",
    "says": "No date in the text",
    "story": "No story",
}

_SOURCES = {
    "given": "Given with the article",
    "meta": "Page metadata",
    "structured": "Structured data",
    "byline": "Byline",
    "dateline": "Dateline",
    "url": "Web address",
    "filename": "File name",
    "text": "Stated in the text",
    "none": "No date found",
}

_FROM_SOURCE = {
    "given": "given with the article",
    "meta": "from the page’s metadata",
    "structured": "from the page’s structured data",
    "byline": "from the byline",
    "dateline": "from the dateline",
    "url": "from the web address",
    "filename": "from the file name",
    "text": "stated in the text",
}

_LANGUAGES = {
    "ar": "Arabic", "az": "Azerbaijani", "be": "Belarusian", "bg": "Bulgarian", "bn": "Bengali",
    "ca": "Catalan", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek", "en": "English",
    "es": "Spanish", "et": "Estonian", "fa": "Persian", "fi": "Finnish", "fr": "French",
    "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian", "hy": "Armenian",
    "id": "Indonesian", "it": "Italian", "ja": "Japanese", "ka": "Georgian", "kk": "Kazakh",
    "ko": "Korean", "lt": "Lithuanian", "lv": "Latvian", "mk": "Macedonian", "nl": "Dutch",
    "no": "Norwegian", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian",
    "sk": "Slovak", "sl": "Slovene", "sq": "Albanian", "sr": "Serbian", "sv": "Swedish",
    "sw": "Swahili", "th": "Thai", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu",
    "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip

_ROLES = {
    "filed-from": "filed from",
    "about": "about",
    "mentioned": "mentioned",
    "quoted": "quoted",
}

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def said(key: str, **given: object) -> str:
    """Return a text of the catalogue with what is given put in its places."""
    return TEXT[key].format(**given) if given else TEXT[key]


def counted(count: int, noun: str, plural: str | None = None) -> str:
    """Return `1 article`, `1,234 articles`."""
    return f"{count:,} {noun if count == 1 else plural or noun + 's'}"


def found_of(count: int, query: Query) -> str:
    """Return how much a query finds, in what it counts: `1,234 articles`, `1 story`."""
    if query.stories:
        return counted(count, said("story"), said("stories"))
    return counted(count, said("article"), said("articles"))


def sentence(text: str) -> str:
    """Return a message with a capital at its front and a full stop at its end.

    One that begins with a piece of the query, such as `date:soon`, keeps it as it was typed.
    """
    ended = text if text.endswith((".", "!", "?", "…")) else f"{text}."
    return ended if ":" in ended.split(" ")[0] else ended[:1].upper() + ended[1:]


def value_label(field: str, value: str | None, label: str | None = None) -> str:
    """Return what a facet value is called on a page; `label` is the engine's own name for it."""
    if value is None:
        return _MISSING.get(field, "None")
    if field in ("date", "says"):
        return period_label(value)
    if field == "source":
        return _SOURCES.get(value, label or value)
    if field == "language":
        return _LANGUAGES.get(value, label or value)
    return label or value


def filter_label(picked: Filter, label: str | None = None) -> str:
    """Return what a picked filter is called, its role included: `Peru (about)`."""
    name = value_label(picked.field, picked.value, label)
    return f"{name} ({role_label(picked.role)})" if picked.role else name


def role_label(role: str) -> str:
    """Return a role in words."""
    return _ROLES.get(role, role)


def period_label(period: str) -> str:
    """Return `2024`, `June 2024` or `20 June 2024` for an ISO prefix; other text as it is."""
    parts = period.split("-")
    if not all(part.isascii() and part.isdigit() for part in parts) or len(parts) > 3:
        return period
    numbers = [int(part) for part in parts]
    if len(numbers) > 1 and not 1 <= numbers[1] <= 12:
        return period
    year = str(numbers[0])
    if len(numbers) == 1:
        return year
    month = f"{_MONTHS[numbers[1] - 1]} {year}"
    return month if len(numbers) == 2 else f"{numbers[2]} {month}"


def range_label(since: date | None, until: date | None) -> str:
    """Return a period with inclusive ends in words; a whole year or month by its name."""
    period = whole_period(since, until)
    if period:
        return period_label(period)
    if since and until and (since.month, since.day, until.month, until.day) == (1, 1, 12, 31):
        return f"{since.year} – {until.year}"
    if since and until:
        return f"{period_label(since.isoformat())} – {period_label(until.isoformat())}"
    if since:
        return f"from {period_label(since.isoformat())}"
    return f"until {period_label(until.isoformat())}" if until else "any time"


def date_label(article: Article | Listed) -> str:
    """Return an article's date as precisely as it is known: `June 2024`, or `Undated`."""
    period = date_period(article)
    return period_label(period) if period else _MISSING["date"]


def date_period(article: Article | Listed) -> str | None:
    """Return an article's date as an ISO prefix no more precise than what is known."""
    if article.date is None:
        return None
    return article.date.isoformat()[: {"year": 4, "month": 7}.get(article.date_precision or "day", 10)]


def source_label(article: Article | Listed) -> str:
    """Return how an article's date is known (`from the byline`), empty when it has none."""
    return "" if article.date is None else _FROM_SOURCE.get(article.date_source, article.date_source)
