"""What stands beside an opened article: the hits before and after it, its copies, others like it."""

from collections.abc import Callable
from dataclasses import replace

from search.domain import Article, Filter, Hit, Page, Query
from search.errors import QueryError
from search.tokens import tokens
from web.context import Beside, Link
from web.links import Links
from web.listing import UNTITLED
from web.wording import date_label, said

ALIKE = 5
COPIES = 20
WORDS, NAMES = 12, 4
"""Words of the title, and persons, that others like it are searched by."""
_SHORT = 3

Ask = Callable[[Query], Page]


def beside(article: Article, query: Query, links: Links, ask: Ask) -> Beside:
    """Return what stands beside an article that was opened from `query`; `ask` answers queries."""
    before, after, place = (
        _neighbours(article.id, query, links, ask) if query != Query() else (None, None, "")
    )
    copies = _copies(article, links, ask)
    known = {article.id, *(one.href for one in copies)}
    return Beside(before, after, place, _alike(article, known, links, ask), copies)


def _neighbours(
    article_id: str, query: Query, links: Links, ask: Ask
) -> tuple[Link | None, Link | None, str]:
    """Return the hits before and after an article on the page it was opened from or the pages beside it."""
    try:
        page = ask(query)
    except QueryError:
        return None, None, ""
    at = next((at for at, hit in enumerate(page.hits) if hit.article.id == article_id), None)
    if at is None:
        return None, None, ""
    number = (query.page - 1) * query.size + at + 1
    before = after = None
    if at > 0:
        before = _hit_link(page.hits[at - 1], query, links)
    elif query.page > 1:
        before = _edge(replace(query, page=query.page - 1), -1, links, ask)
    if at + 1 < len(page.hits):
        after = _hit_link(page.hits[at + 1], query, links)
    elif number < page.total:
        after = _edge(replace(query, page=query.page + 1), 0, links, ask)
    return before, after, said("hit_of", number=number, total=page.total)


def _edge(query: Query, at: int, links: Links, ask: Ask) -> Link | None:
    """Return the first or last hit of the page beside."""
    try:
        hits = ask(query).hits
    except QueryError:
        return None
    return _hit_link(hits[at], query, links) if hits else None


def _hit_link(hit: Hit, query: Query, links: Links) -> Link:
    return Link(_title(hit.article.title), links.article(hit.article.id, query))


def _copies(article: Article, links: Links, ask: Ask) -> tuple[Link, ...]:
    page = ask(Query(filters=(Filter("story", article.story),), size=COPIES)) if article.story else None
    hits = page.hits if page else ()
    return tuple(_told(hit, links) for hit in hits if hit.article.id != article.id)


def _alike(article: Article, known: set[str], links: Links, ask: Ask) -> tuple[Link, ...]:
    """Return the articles that share most with the title's words and the persons of an article."""
    words = [token.folded for token in tokens(article.title) if len(token.folded) >= _SHORT][:WORDS]
    for person in article.people[:NAMES]:
        words += [token.folded for token in tokens(person.name)]
    text = " ".join(word for word in dict.fromkeys(words) if word.isalnum())
    if not text:
        return ()
    try:
        page = ask(Query(text=text, match="any", size=ALIKE + 1 + len(known)))
    except QueryError:
        return ()
    found = (_told(hit, links) for hit in page.hits if hit.article.id != article.id)
    return tuple(link for link in found if link.href not in known)[:ALIKE]


def _told(hit: Hit, links: Links) -> Link:
    """Return a link that also says where and when an article appeared."""
    when = date_label(hit.article)
    where = f"{hit.article.outlet}, {when}" if hit.article.outlet else when
    return Link(f"{_title(hit.article.title)} ({where})", links.article(hit.article.id))


def _title(title: str) -> str:
    return " ".join(title.split()) or UNTITLED
