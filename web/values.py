"""All values of one facet as their page: sought by a word, in either order, page by page."""

from search.counting import ORDERS, Counted, Wanted
from search.domain import Query
from search.facets import DATES
from web.context import Link, ValuesView
from web.desk import Desk
from web.links import Links, changed, cleared, without
from web.paging import pager
from web.picking import chips, choice, ends_of, hidden_but, labels_of, narrowings, trail_of
from web.ways import effects
from web.wording import FIELD_TITLES, counted, said, sentence


def values_view(
    query: Query, field: str, wanted: Wanted, found: Counted, links: Links, desk: Desk
) -> ValuesView:
    """Return the view of one page of a facet's values under a query; the desk is asked what filters do."""
    title = FIELD_TITLES[field]
    labels = labels_of(desk.page(changed(query, page=1, size=1), values=1)) if query.filters else {}
    held = narrowings(query, labels)
    narrowing = chips(held, links, effects(held, found.total, desk.total))
    freed = without(query, field)
    articles = found.total if freed == query else desk.total(freed)
    last = max(1, -(-found.matching // wanted.size))
    plain = Wanted(size=wanted.size, order=wanted.order)
    return ValuesView(
        field=field,
        title=title,
        scope=_scope(query, articles),
        summary=counted(found.matching if wanted.named else found.distinct, said("value"), said("values")),
        choices=tuple(choice(value, field, query, links) for value in found.values),
        chips=narrowing,
        clear_href=links.facet(field, cleared(query)) if narrowing else "",
        named=wanted.named,
        action=f"{links.base}/facet/{field}",
        hidden=(*hidden_but(query, "page"), *_settled(wanted)),
        orders=_orders(query, field, wanted, links),
        pager=pager(
            wanted.page, last, lambda number: links.facet(field, query, wanted._replace(page=number))
        ),
        empty=_empty(wanted, found),
        all_href=links.facet(field, query, plain) if wanted.named else "",
        back=Link(said("back_to_hits"), links.search(query)),
        trail=trail_of(ends_of(query, field), query, links),
        notes=tuple(map(sentence, found.notes)),
        json_href=links.facet(field, query, wanted, suffix=".json"),
    )


def _scope(query: Query, total: int) -> str:
    asked = " ".join(query.text.split())[:80]
    articles = counted(total, said("article"), said("articles"))
    return said("values_scope_asked", articles=articles, query=asked) if asked else articles


def _settled(wanted: Wanted) -> tuple[tuple[str, str], ...]:
    """Return what the filter box sends along of the page's own arguments."""
    plain = Wanted()
    own = (("order", wanted.order, plain.order), ("values", wanted.size, plain.size))
    return tuple((name, str(value)) for name, value, default in own if value != default)


def _orders(query: Query, field: str, wanted: Wanted, links: Links) -> tuple[Link, ...]:
    labels = {"count": said("order_count"), "az": said("order_az")}
    if field in DATES:
        labels["az"] = said("order_time")
    return tuple(
        Link(
            labels[order],
            links.facet(field, query, wanted._replace(order=order, page=1)),
            current=order == wanted.order,
        )
        for order in ORDERS
    )


def _empty(wanted: Wanted, found: Counted) -> str:
    if found.values:
        return ""
    if wanted.named and not found.matching:
        return said("values_none_named", named=wanted.named[:60])
    return said("values_none") if not found.matching else said("values_no_page", page=wanted.page)
