"""One opened article as its view: paragraphs with marks, tags with their receipts, the way back."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from search.domain import Article, CountryTag, Filter, Mention, PersonTag, Query, Reading, SaysTag
from search.periods import period
from web.context import ArticleView, Link, Receipt, TagView
from web.links import Links, within
from web.listing import UNTITLED, date_line, outlet_link
from web.marks import blocks, pieces
from web.picking import tag_link
from web.wording import counted, period_label, role_label, sentence, value_label

RECEIPTS_SHOWN = 12
_AROUND = 40
"""Characters of text kept either side of a mention in its receipt."""


def article_view(reading: Reading, query: Query, links: Links) -> ArticleView:
    """Return the view of an article opened from `query`; its tag links start a search of their own."""
    article = reading.article
    found = len(reading.marks) + len(reading.title_marks)
    return ArticleView(
        title=pieces(article.title, reading.title_marks) or pieces(UNTITLED, ()),
        plain_title=article.title or UNTITLED,
        date=date_line(article),
        outlet=outlet_link(article, Query(), links),
        author=article.author or "",
        url=article.url or "",
        url_href=safe_href(article.url),
        origin=article.origin or "",
        language=value_label("language", article.language) if article.language else "",
        blocks=blocks(article.body, reading.marks),
        tags=_tags(article, links),
        back=_back(query, links),
        marked=f"{counted(found, 'place')} marked" if found else "",
        notes=tuple(map(sentence, reading.notes)),
        json_href=links.article_json(article.id, query),
    )


def safe_href(url: str | None) -> str:
    """Return `url` when it is one that a page may link to (http or https), else nothing."""
    if not url or any(ord(character) <= 0x20 for character in url):
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in ("http", "https") and parts.netloc else ""


def _back(query: Query, links: Links) -> Link:
    if query == Query():
        return Link("All articles", links.search(query))
    return Link("Back to search", links.search(query))


def _tags(article: Article, links: Links) -> tuple[tuple[str, tuple[TagView, ...]], ...]:
    plain = Query()
    countries = tuple(
        _tag(tag, tag_link(plain, Filter("country", tag.code), tag.name, links), article)
        for tag in article.countries
    )
    people = tuple(
        _tag(tag, tag_link(plain, Filter("person", tag.name), tag.name, links), article)
        for tag in article.people
    )
    says = tuple(_tag(tag, _says_link(tag, links), article) for tag in article.says)
    groups = (("Countries", countries), ("People", people), ("Dates in the text", says))
    return tuple(group for group in groups if group[1])


def _says_link(tag: SaysTag, links: Links) -> Link:
    label = period_label(tag.value)
    try:
        span = period(tag.value)
    except ValueError:
        return Link(label, links.search(Query()))
    target = within(Query(), "says", span.first, span.last)
    return Link(label, links.search(target), name=f"Articles that speak of {label}")


def _tag(tag: CountryTag | PersonTag | SaysTag, link: Link, article: Article) -> TagView:
    roles = () if isinstance(tag, SaysTag) else tag.roles
    receipts = (
        *_receipts(article.title, tag.title_mentions, "title"),
        *_receipts(article.body, tag.mentions, "text"),
    )
    beyond = len(receipts) - RECEIPTS_SHOWN
    return TagView(
        link=link,
        roles=", ".join(role_label(role) for role in roles),
        places=counted(len(receipts), "place") if receipts else "given with the article",
        receipts=receipts[:RECEIPTS_SHOWN],
        beyond=f"and {counted(beyond, 'place')} more" if beyond > 0 else "",
    )


def _receipts(text: str, mentions: Sequence[Mention], where: str) -> tuple[Receipt, ...]:
    return tuple(_receipt(text, mention, where) for mention in mentions)


def _receipt(text: str, mention: Mention, where: str) -> Receipt:
    start, end = _surroundings(text, mention)
    around = pieces(text, [(mention.start, mention.end)], start=start, end=end)
    return Receipt(where, around, start > 0, end < len(text), mention.rule)


def _surroundings(text: str, mention: Mention) -> tuple[int, int]:
    """Return the ends of what a receipt shows: whole words either side of the mention."""
    start = max(0, mention.start - _AROUND)
    end = min(len(text), mention.end + _AROUND)
    if start:
        space = text.find(" ", start, mention.start)
        start = space + 1 if space >= 0 else start
    if end < len(text):
        space = text.rfind(" ", mention.end, end)
        end = space if space >= 0 else end
    return start, end
