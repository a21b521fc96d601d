"""What stands beside an opened article: the hits before and after it, its copies, others like it."""

from collections.abc import Callable
from dataclasses import replace

from search.domain import Article, Filter, Hit, Listed, Page, Query
from search.errors import QueryError
from search.tokens import tokens
from web.context import Beside, Link
from web.differing import CHARACTERS, WORDS, Comparison, Difference, difference, passages
from web.links import Links
from web.listing import UNTITLED
from web.wording import counted, date_label, said

ALIKE = 5
COPIES = 20
TITLE_WORDS, NAMES = 12, 4
"""Words of the title, and persons, that others like it are searched by."""
_SHORT = 3
_ID_SHOWN = 80

Ask = Callable[[Query], Page]
Read = Callable[[str], Article | None]


def beside(
    article: Article, query: Query, links: Links, ask: Ask, *, copy: str = "", show: str = ""
) -> Beside:
    """Return what stands beside an article that was opened from `query`; `ask` answers queries.

    `copy` is the id of the copy that it is compared with, if it is, `show` the tag whose words are marked:
    links to a comparison keep that.
    """
    before, after, place = (
        _neighbours(article.id, query, links, ask) if query != Query() else (None, None, "")
    )
    found = _copies(article, ask)
    copies = tuple(
        (_told(one, query, links), _compare(article.id, one, query, links, copy, show)) for one in found
    )
    return Beside(before, after, place, _alike(article, query, {one.id for one in found}, links, ask), copies)


def compared(
    article: Article, copy: str, query: Query, links: Links, read: Read, *, show: str = ""
) -> Comparison | None:
    """Return what differs between an article and the copy of this id, None when none is asked for.

    `read` finds articles. An id of none, or of none that is a copy, gets a note and no comparison.
    """
    if not copy:
        return None
    if copy == article.id:
        return Comparison(notes=(said("differs_itself"),))
    other = read(copy)
    if other is None:
        shown = copy if len(copy) <= _ID_SHOWN else f"{copy[:_ID_SHOWN]}…"
        return Comparison(notes=(said("differs_unknown", id=shown),))
    told = _told(other, query, links)
    if not article.story or other.story != article.story:
        return Comparison(notes=(said("differs_no_copy", title=told.label),))
    title, body = difference(article.title, other.title), difference(article.body, other.body)
    places = title.places + body.places
    parts = ((said("differs_title"), title), (said("differs_text"), body))
    return Comparison(
        label=told.label,
        href=told.href,
        close=links.article(article.id, query, show=show),
        places=said("differs_places", places=counted(places, said("place"), said("places")))
        if places
        else said("differs_none"),
        notes=_limits(title, body),
        parts=tuple((name, passages(part.runs)) for name, part in parts if part.places),
    )


def _limits(*parts: Difference) -> tuple[str, ...]:
    """Return what a comparison did not look at, if it did not look at all."""
    notes = []
    if any(part.is_cut for part in parts):
        notes.append(said("differs_cut", words=WORDS, characters=CHARACTERS))
    if any(part.is_coarse for part in parts):
        notes.append(said("differs_coarse"))
    return tuple(notes)


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


def _copies(article: Article, ask: Ask) -> tuple[Listed, ...]:
    page = ask(Query(filters=(Filter("story", article.story),), size=COPIES)) if article.story else None
    hits = page.hits if page else ()
    return tuple(hit.article for hit in hits if hit.article.id != article.id)


def _compare(article_id: str, other: Listed, query: Query, links: Links, copy: str, show: str) -> Link:
    """Return the link that compares an article with a copy, or ends that."""
    on = other.id == copy
    words = said("compare_off" if on else "compare")
    target = links.article(article_id, query, show=show, copy="" if on else other.id)
    return Link(words, target, current=on, name=f"{words}: {_told(other, query, links).label}")


def _alike(article: Article, query: Query, known: set[str], links: Links, ask: Ask) -> tuple[Link, ...]:
    """Return the articles that share most with the title's words and the persons of an article.

    Without those of the ids `known`.
    """
    words = [token.folded for token in tokens(article.title) if len(token.folded) >= _SHORT][:TITLE_WORDS]
    for person in article.people[:NAMES]:
        words += [token.folded for token in tokens(person.name)]
    text = " ".join(word for word in dict.fromkeys(words) if word.isalnum())
    if not text:
        return ()
    try:
        page = ask(Query(text=text, match="any", size=ALIKE + 1 + len(known)))
    except QueryError:
        return ()
    found = [hit.article for hit in page.hits if hit.article.id not in {article.id, *known}]
    return tuple(_told(one, query, links) for one in found[:ALIKE])


def _told(article: Article | Listed, query: Query, links: Links) -> Link:
    """Return a link that also says where and when an article appeared; the search goes along."""
    when = date_label(article)
    where = f"{article.outlet}, {when}" if article.outlet else when
    return Link(f"{_title(article.title)} ({where})", links.article(article.id, query))


def _title(title: str) -> str:
    return " ".join(title.split()) or UNTITLED
