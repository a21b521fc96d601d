"""A page of hits as its view: what the list, its head and its pager say, and where they lead."""

from collections.abc import Sequence

from search.domain import MATCHES, SORTS, Article, Filter, Hit, Listed, Page, Passage, Query
from search.errors import QueryError
from web.context import Chip, DateLine, Empty, HitView, Link, Pager, SearchView, Trouble
from web.desk import Desk
from web.links import Links, asking, changed, cleared, sorted_by, turned_to
from web.marks import Piece, also, pieces
from web.paging import pager
from web.picking import Narrowing, chips, facet_views, labels_of, named_tag_link, narrowings, tag_link
from web.settings import Settings
from web.ways import effects, ways_out
from web.wording import counted, date_label, date_period, found_of, said, sentence, source_label

TAGS_SHOWN = 6
"""Countries, and people, that a hit of the list names."""

UNTITLED = said("untitled")
SIZES = (10, 25, 50, 100)
"""Hits a page that are offered."""
_AROUND = 60
"""Characters shown either side of the place where a query cannot be read."""


def search_view(page: Page, links: Links, desk: Desk) -> SearchView:
    """Return the view of an answered query; the desk is asked what each filter does."""
    query = page.query
    found = narrowings(query, labels_of(page))
    narrowing = chips(found, links, effects(found, page.total, desk.total))
    return SearchView(
        title=_title(query, narrowing),
        total=_total(page),
        took=said("took", ms=page.took_ms) if page.took_ms >= 1 else said("took_less"),
        sorts=_sorts(query, links),
        matches=_matches(query, links),
        countings=_countings(query, links),
        sizes=_sizes(page, links, desk.settings),
        hits=_hits(page, links),
        facets=facet_views(page, links, desk.guessed_dates(query)),
        chips=narrowing,
        clear_href=links.search(cleared(query)) if narrowing else "",
        pager=_pager(page, links, desk.settings),
        understood=page.understood if _differs(page.understood, query.text) else "",
        did_you_mean=_suggestion(page, links),
        notes=tuple(map(sentence, page.notes)),
        trouble=None,
        empty=None if page.hits else _empty(page, found, links, desk),
        json_href=links.search(query, suffix=".json"),
    )


def trouble_view(query: Query, error: QueryError, links: Links, desk: Desk) -> SearchView:
    """Return the view of a query that cannot be read: the place, and what would read.

    What its filters are called, the same filters without its words tell.
    """
    labels = labels_of(desk.page(changed(query, text="", page=1, size=1))) if query.filters else {}
    narrowing = chips(narrowings(query, labels), links)
    return SearchView(
        title=said("trouble"),
        total="",
        took="",
        sorts=(),
        matches=(),
        countings=(),
        sizes=(),
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


def foreign(article: Article | Listed) -> str:
    """Return the language of an article's own text where it is not that of the page, else nothing."""
    return article.language if article.language and article.language != said("lang") else ""


def date_line(article: Article | Listed) -> DateLine:
    """Return an article's date as it is shown under a title."""
    return DateLine(date_label(article), date_period(article) or "", source_label(article))


def _title(query: Query, narrowing: tuple[Chip, ...]) -> str:
    words = " ".join(query.text.split())[:80]
    parts = [words] if words else []
    parts += [said("not", label=chip.label) if chip.excluded else chip.label for chip in narrowing[:3]]
    return " · ".join(parts) or said("all_articles")


def _total(page: Page) -> str:
    told = found_of(page.total, page.query)
    if page.total <= page.query.size or not page.hits:
        return told
    first = (page.query.page - 1) * page.query.size + 1
    return said("total_of", first=first, last=first + len(page.hits) - 1, articles=told)


def _sorts(query: Query, links: Links) -> tuple[Link, ...]:
    return tuple(
        Link(said(f"sort_{sort}"), links.search(sorted_by(query, sort)), current=sort == query.sort)
        for sort in SORTS
    )


def _matches(query: Query, links: Links) -> tuple[Link, ...]:
    """Return the switch between all words and any of them, for a query of several."""
    if len(query.text.split()) < 2:
        return ()
    return tuple(
        Link(
            said(f"match_{match}"),
            links.search(changed(query, match=match, page=1)),
            current=match == query.match,
        )
        for match in MATCHES
    )


def _countings(query: Query, links: Links) -> tuple[Link, ...]:
    """Return the switch between every article and every story once."""
    return tuple(
        Link(
            said("count_stories" if stories else "count_articles"),
            links.search(changed(query, stories=stories, page=1)),
            current=stories == query.stories,
        )
        for stories in (False, True)
    )


def _sizes(page: Page, links: Links, settings: Settings) -> tuple[Link, ...]:
    """Return the choice of hits a page, for more hits than the smallest one shows."""
    sizes = [size for size in SIZES if size <= min(settings.size_max, settings.depth_max)]
    if len(sizes) < 2 or page.total <= sizes[0]:
        return ()
    return tuple(
        Link(
            str(size),
            links.search(changed(page.query, size=size, page=1)),
            name=said("size", count=size),
            current=size == page.query.size,
        )
        for size in sizes
    )


def _hits(page: Page, links: Links) -> tuple[HitView, ...]:
    """Return the rows of a page: copies of one story stand under the first of them that is here."""
    rows: dict[tuple[str, str], list[Hit]] = {}
    for hit in page.hits:
        key = ("story", hit.article.story) if hit.copies else ("id", hit.article.id)
        rows.setdefault(key, []).append(hit)
    plain = page.query if page.query.page == 1 else changed(page.query, page=1)
    return tuple(_hit(first, others, page.query, plain, links) for first, *others in rows.values())


def _hit(hit: Hit, others: Sequence[Hit], query: Query, plain: Query, links: Links) -> HitView:
    article = hit.article
    folded = (*hit.folded, *(other.article for other in others))
    return HitView(
        href=links.article(article.id, query),
        lang=foreign(article),
        title=pieces(article.title, hit.title_marks) or pieces(UNTITLED, ()),
        date=date_line(article),
        outlet=outlet_link(article, plain, links),
        snippet=_snippet(hit.passages),
        starts_inside=hit.passages[0].start > 0,
        ends_inside=hit.passages[-1].goes_on,
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
        copies=_copies(hit, links) if hit.copies else None,
        folded=tuple(_folded(one, query, links) for one in folded),
    )


def _copies(hit: Hit, links: Links) -> Link:
    """Return the link to all copies of a story."""
    label = said("copies", copies=counted(hit.copies, said("copy"), said("copies_many")))
    return Link(label, links.search(Query(filters=(Filter("story", hit.article.story),))))


def _snippet(passages: Sequence[Passage]) -> tuple[Piece, ...]:
    """Return the passages one after the other, with an ellipsis where text between them is left out."""
    cut: list[Piece] = []
    end = -1
    for one in passages:
        if cut and one.start != end:
            cut.append(Piece(" " if one.start == end + 1 else " … "))
        cut += also(pieces(one.text, one.marks), one.told)
        end = one.start + len(one.text)
    return tuple(cut)


def _folded(copy: Listed, query: Query, links: Links) -> Link:
    """Return the link to a copy that is folded under its hit: its outlet and its date."""
    label = ", ".join(part for part in (copy.outlet, date_label(copy)) if part)
    name = said("copy_in", where=label, title=" ".join(copy.title.split()) or UNTITLED)
    return Link(label, links.article(copy.id, query), name=name)


def _beyond(tags: int) -> str:
    return said("more_tags", count=tags - TAGS_SHOWN) if tags > TAGS_SHOWN else ""


def outlet_link(article: Article | Listed, query: Query, links: Links) -> Link | None:
    """Return the link that narrows a query to an article's outlet, None when it has none."""
    if not article.outlet:
        return None
    return named_tag_link(query, Filter("outlet", article.outlet), article.outlet, links)


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


def _empty(page: Page, found: Sequence[Narrowing], links: Links, desk: Desk) -> Empty:
    query = page.query
    if page.total:
        last = min(-(-page.total // query.size), desk.settings.depth_max // query.size)
        way = Link(said("to_page", number=last), links.search(turned_to(query, last)))
        return Empty(said("no_page", number=query.page, last=last), (), (way,))
    names = tuple(
        said("narrowed", title=one.title, label=said("not", label=one.label) if one.excluded else one.label)
        for one in found
    )
    message = said("none_found") if query.text.strip() else said("none_left")
    return Empty(message, names, ways_out(query, found, desk.total, links))


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
        place="" if at is None else said("at_character", number=at + 1),
        repaired=error.repaired or "",
        repaired_href=links.search(asking(query, error.repaired)) if error.repaired else "",
    )
