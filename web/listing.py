"""A page of hits as its view: what the list, its head and its pager say, and where they lead."""

from dataclasses import replace

from search.domain import SORTS, Article, Filter, Hit, Listed, Page, Query
from search.errors import QueryError
from web.context import Chip, DateLine, Empty, HitView, Link, Pager, SearchView, Trouble
from web.links import Links, asking, cleared, is_narrowed, sorted_by, turned_to
from web.marks import pieces
from web.paging import pager
from web.picking import chips, facet_views, tag_link
from web.settings import Settings
from web.wording import counted, date_label, date_period, said, sentence, source_label

TAGS_SHOWN = 6
"""Countries, and people, that a hit of the list names."""

UNTITLED = "Untitled article"
_SORT_LABELS = {"relevance": "Relevance", "newest": "Newest first", "oldest": "Oldest first"}
_AROUND = 60
"""Characters shown either side of the place where a query cannot be read."""


def search_view(page: Page, links: Links, settings: Settings) -> SearchView:
    """Return the view of an answered query."""
    query = page.query
    narrowing = chips(page, links)
    return SearchView(
        title=_title(query, narrowing),
        total=_total(page),
        took=f"{page.took_ms:,.0f} ms" if page.took_ms >= 1 else "under 1 ms",
        sorts=_sorts(query, links),
        hits=tuple(_hit(hit, query, links) for hit in page.hits),
        facets=facet_views(page, links),
        chips=narrowing,
        clear_href=links.search(cleared(query)) if narrowing else "",
        pager=_pager(page, links, settings),
        understood=page.understood if _differs(page.understood, query.text) else "",
        did_you_mean=_suggestion(page, links),
        notes=tuple(map(sentence, page.notes)),
        trouble=None,
        empty=None if page.hits else _empty(page, narrowing, links),
        json_href=links.search(query, suffix=".json"),
    )


def trouble_view(query: Query, error: QueryError, links: Links) -> SearchView:
    """Return the view of a query that cannot be read: the place, and what would read."""
    page = Page(query, understood=query.text, total=0, hits=(), facets=(), took_ms=0.0)
    narrowing = chips(page, links)
    return SearchView(
        title="A query that cannot be read",
        total="",
        took="",
        sorts=(),
        hits=(),
        facets=(),
        chips=narrowing,
        clear_href=links.search(cleared(query)) if narrowing else "",
        pager=None,
        understood="",
        did_you_mean=None,
        notes=(),
        trouble=_trouble(query, error, links),
        empty=None,
        json_href="",
    )


def date_line(article: Article | Listed) -> DateLine:
    """Return an article's date as it is shown under a title."""
    return DateLine(date_label(article), date_period(article) or "", source_label(article))


def _title(query: Query, narrowing: tuple[Chip, ...]) -> str:
    words = " ".join(query.text.split())[:80]
    parts = [words] if words else []
    parts += [f"not {chip.label}" if chip.excluded else chip.label for chip in narrowing[:3]]
    return " · ".join(parts) or "All articles"


def _total(page: Page) -> str:
    if page.total <= page.query.size or not page.hits:
        return counted(page.total, "article")
    first = (page.query.page - 1) * page.query.size + 1
    last = first + len(page.hits) - 1
    return f"{first:,} – {last:,} of {counted(page.total, 'article')}"


def _sorts(query: Query, links: Links) -> tuple[Link, ...]:
    return tuple(
        Link(_SORT_LABELS[sort], links.search(sorted_by(query, sort)), current=sort == query.sort)
        for sort in SORTS
    )


def _hit(hit: Hit, query: Query, links: Links) -> HitView:
    article, snippet = hit.article, hit.snippet
    plain = replace(query, page=1)
    return HitView(
        href=links.article(article.id, query),
        title=pieces(article.title, hit.title_marks) or pieces(UNTITLED, ()),
        date=date_line(article),
        outlet=outlet_link(article, plain, links),
        snippet=pieces(snippet.text, snippet.marks),
        starts_inside=snippet.start > 0,
        ends_inside=snippet.goes_on,
        countries=tuple(
            tag_link(plain, Filter("country", tag.code), tag.name, links)
            for tag in article.countries[:TAGS_SHOWN]
        ),
        countries_beyond=_beyond(len(article.countries)),
        people=tuple(
            tag_link(plain, Filter("person", tag.name), tag.name, links)
            for tag in article.people[:TAGS_SHOWN]
        ),
        people_beyond=_beyond(len(article.people)),
        copies=f"and {counted(hit.copies, 'copy', 'copies')} of this story" if hit.copies else "",
    )


def _beyond(tags: int) -> str:
    return f"and {tags - TAGS_SHOWN} more" if tags > TAGS_SHOWN else ""


def outlet_link(article: Article | Listed, query: Query, links: Links) -> Link | None:
    """Return the link that narrows a query to an article's outlet, None when it has none."""
    if not article.outlet:
        return None
    return tag_link(query, Filter("outlet", article.outlet), article.outlet, links)


def _pager(page: Page, links: Links, settings: Settings) -> Pager | None:
    query = page.query
    full = -(-page.total // query.size)
    last = min(full, settings.depth_max // query.size)
    reached = settings.depth_max // query.size * query.size
    note = said("depth", article=reached) if full > last else ""
    return pager(query.page, last, lambda number: links.search(turned_to(query, number)), note=note)


def _differs(understood: str, typed: str) -> bool:
    return " ".join(understood.split()) != " ".join(typed.split())


def _suggestion(page: Page, links: Links) -> Link | None:
    if not page.did_you_mean:
        return None
    return Link(page.did_you_mean, links.search(asking(page.query, page.did_you_mean)))


def _empty(page: Page, narrowing: tuple[Chip, ...], links: Links) -> Empty:
    query = page.query
    if page.total:
        last = -(-page.total // query.size)
        return Empty(
            f"There is no page {query.page:,}: the last one is page {last:,}.",
            (),
            (Link(f"Go to page {last:,}", links.search(turned_to(query, last))),),
        )
    names = tuple(f"{chip.title}: {'not ' if chip.excluded else ''}{chip.label}" for chip in narrowing)
    asked = " ".join(query.text.split())[:60]
    message = "No article matches this search." if asked else "No article matches these filters."
    return Empty(message, names, _ways_out(query, asked, narrowing, links))


def _ways_out(query: Query, asked: str, narrowing: tuple[Chip, ...], links: Links) -> tuple[Link, ...]:
    """Return links to wider searches, the widest first; to the start page when there is none."""
    ways: list[Link] = []
    if is_narrowed(query):
        label = f"Search for {asked} without filters" if asked else "All articles"
        ways.append(Link(label, links.search(cleared(query))))
    if len(narrowing) > 1:
        ways += [Link(f"Without {chip.title}: {chip.label}", chip.remove_href) for chip in narrowing]
    if query.match == "all" and " " in asked:
        either = replace(query, match="any", page=1)
        ways.append(Link("Articles with any of these words", links.search(either)))
    return tuple(ways) or (Link("Back to the start page", links.start()),)


def _trouble(query: Query, error: QueryError, links: Links) -> Trouble:
    text = query.text
    at = min(error.at, len(text)) if error.at is not None else None
    place = len(text) if at is None else at
    start, end = max(0, place - _AROUND), place + 1 + _AROUND
    return Trouble(
        message=sentence(error.message),
        before=("…" if start else "") + text[start:place],
        at=text[place : place + 1],
        after=text[place + 1 : end] + ("…" if end < len(text) else ""),
        place="" if at is None else f"at character {at + 1:,}",
        repaired=error.repaired or "",
        repaired_href=links.search(asking(query, error.repaired)) if error.repaired else "",
    )
