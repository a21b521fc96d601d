"""Facets and chips: every value of a page as links that pick it, leave it out or let it go."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from search.domain import Facet, FacetValue, Filter, Page, Query
from search.facets import DATES
from search.periods import period
from web.context import Chip, Choice, FacetView, Hidden, Link, PeriodForm
from web.histogram import histogram
from web.links import PERIOD_ENDS, Links, dropped, picked, within
from web.parameters import ROLES
from web.params import arguments_of, whole_period
from web.wording import (
    FIELD_TITLES,
    counted,
    filter_label,
    period_label,
    range_label,
    role_label,
    said,
    value_label,
)

OPEN_FACETS = ("country", "person", "date")
SHOWN, SHOWN_CLOSED = 8, 5
"""Values of a facet beside the hits, beyond those that are picked; the others have a page. A facet that
has to be opened first shows fewer: what few look at is most of the page's weight."""
COUNTED = 10
"""Chips that tell their effect: each takes a count of its own."""


@dataclass(frozen=True, slots=True)
class Narrowing:
    """One thing that narrows a query, and the query without it."""

    title: str
    label: str
    excluded: bool
    without: Query


@dataclass(frozen=True, slots=True)
class Ends:
    """The period that a query is bound to in one field (`date` or `says`)."""

    field: str
    since: date | None
    until: date | None


def ends_of(query: Query, field: str) -> Ends:
    """Return the period of a field; without ends for a field that has none."""
    if field == "date":
        return Ends(field, query.since, query.until)
    if field == "says":
        return Ends(field, query.says_since, query.says_until)
    return Ends(field, None, None)


def facet_views(page: Page, links: Links, guessed: Mapping[str, int]) -> tuple[FacetView, ...]:
    """Return the facets that have something to show, in the engine's order.

    `guessed` has the articles of each period whose date is guessed.
    """
    views = (_facet_view(facet, page.query, links, guessed) for facet in page.facets)
    return tuple(view for view in views if view.choices or view.form)


def labels_of(page: Page) -> dict[tuple[str, str | None], str]:
    """Return the engine's names of the values of a page by field and value."""
    return {(facet.field, value.value): value.label for facet in page.facets for value in facet.values}


def narrowings(query: Query, labels: Mapping[tuple[str, str | None], str]) -> tuple[Narrowing, ...]:
    """Return what narrows a query, in the order of picking, periods last."""
    by_filter = [
        Narrowing(FIELD_TITLES[f.field], _named(f, labels), f.exclude, dropped(query, f))
        for f in query.filters
    ]
    bound = [ends for ends in (ends_of(query, "date"), ends_of(query, "says")) if ends.since or ends.until]
    by_period = [
        Narrowing(
            FIELD_TITLES[ends.field],
            range_label(ends.since, ends.until),
            False,
            within(query, ends.field, None, None),
        )
        for ends in bound
    ]
    return (*by_filter, *by_period)


def chips(found: Sequence[Narrowing], links: Links, effects: Sequence[str] = ()) -> tuple[Chip, ...]:
    """Return narrowings as chips; `effects` are what the first ones of them do."""
    told = (*effects, *[""] * len(found))
    return tuple(_chip(one, links, effect) for one, effect in zip(found, told, strict=False))


def tag_link(query: Query, choice: Filter, label: str, links: Links) -> Link:
    """Return a link that narrows the query to one tag of an article, which what stands beside it names."""
    held = choice in query.filters
    return Link(label, links.search(query) if held else links.narrowed(query, choice), current=held)


def named_tag_link(query: Query, choice: Filter, label: str, links: Links) -> Link:
    """Return the link of a tag that stands alone: its name says of which kind it is."""
    name = said("tag", title=FIELD_TITLES[choice.field].lower(), label=label)
    return replace(tag_link(query, choice, label, links), name=name)


def hidden_but(query: Query, *names: str) -> Hidden:
    """Return the arguments that a form sends along beside its own inputs `names`."""
    return tuple(pair for pair in arguments_of(query) if pair[0] not in (*names, "page"))


def choice(value: FacetValue, field: str, query: Query, links: Links) -> Choice:
    """Return one facet value as links."""
    label = value_label(field, value.value, value.label)
    articles = counted(value.count, said("article"), said("articles"))
    held = next((f for f in query.filters if (f.field, f.value) == (field, value.value)), None)
    if held or value.selected:
        held = held or Filter(field, value.value, exclude=value.selected == "exclude")
        state = "left out" if held.exclude else "picked"
        return Choice(
            label=label,
            count=f"{value.count:,}",
            name=said("choice_out" if held.exclude else "choice_held", label=label, articles=articles),
            href=links.search(_released(query, held)),
            selected=state,
            roles=() if held.exclude else _roles(value, held, query, links),
        )
    return Choice(
        label=label,
        count=f"{value.count:,}",
        name=said("choice", label=label, articles=articles),
        href=_narrowed(query, field, value, links),
        exclude_href=links.narrowed(query, Filter(field, value.value, exclude=True)),
        exclude_name=said("leave_out", label=label),
    )


def _facet_view(facet: Facet, query: Query, links: Links, guessed: Mapping[str, int]) -> FacetView:
    shown = _shown(facet)
    choices = tuple(choice(value, facet.field, query, links) for value in shown)
    held = sum(bool(value.selected) for value in shown)
    ends = ends_of(query, facet.field)
    dated = histogram(facet, guessed, query, links) if facet.field == "date" else None
    return FacetView(
        field=facet.field,
        title=FIELD_TITLES[facet.field],
        choices=choices,
        picked=said("picked", count=held) if held else "",
        is_open=facet.field in OPEN_FACETS or bool(held or ends.since or ends.until),
        all=_all(facet, shown, query, links),
        trail=trail_of(ends, query, links),
        form=_form(ends, query, links) if facet.field in DATES else None,
        histogram=dated,
    )


def _shown(facet: Facet) -> list[FacetValue]:
    """Return the values that stand beside the hits: picked ones, the first others, the missing one.

    Of periods the bars show the dates, so that only picked ones are listed, and of those in the
    text the most frequent, in the order of time.
    """
    picked = [value for value in facet.values if value.selected]
    others = [value for value in facet.values if not value.selected and value.value is not None]
    missing = [value for value in facet.values if not value.selected and value.value is None]
    if facet.field == "date":
        others = []
    elif facet.field in DATES:
        often = sorted(others, key=lambda value: -value.count)[:SHOWN_CLOSED]
        others = [value for value in others if value in often]
    most = SHOWN if facet.field in OPEN_FACETS else SHOWN_CLOSED
    return [*picked, *others[:most], *missing]


def _all(facet: Facet, shown: Sequence[FacetValue], query: Query, links: Links) -> Link | None:
    """Return the way to all values, None when they are here."""
    listed = sum(1 for value in shown if value.value is not None and value.count)
    if facet.distinct <= listed:
        return None
    label = said("all_dates") if facet.field == "date" else said("all_values", count=facet.distinct)
    name = said("all_values_of", title=FIELD_TITLES[facet.field], label=label)
    return Link(label, links.facet(facet.field, query), name=name)


def _narrowed(query: Query, field: str, value: FacetValue, links: Links) -> str:
    if value.since or value.until:
        return links.between(query, field, value.since, value.until)
    return links.narrowed(query, Filter(field, value.value))


def _released(query: Query, held: Filter) -> Query:
    released = dropped(query, held)
    if released == query and held.field in ("date", "says"):  # the engine counts the period as picked
        return within(query, held.field, None, None)
    return released


def _roles(value: FacetValue, held: Filter, query: Query, links: Links) -> tuple[Link, ...]:
    """Return the role switch of a picked country or person: any role first, then each one."""
    if held.field not in ROLES or not value.roles:
        return ()
    any_role = _role(None, said("any_role"), value.label, held, query, links)
    each = (
        _role(role, f"{role_label(role)} {count:,}", value.label, held, query, links)
        for role, count in value.roles
        if count or role == held.role
    )
    return (any_role, *each)


def _role(role: str | None, label: str, of: str, held: Filter, query: Query, links: Links) -> Link:
    target = picked(query, Filter(held.field, held.value, role=role))
    return Link(label, links.search(target), name=f"{of}: {label}", current=role == held.role)


def trail_of(ends: Ends, query: Query, links: Links) -> tuple[Link, ...]:
    """Return the way from all dates down to the period, the last step being where one is."""
    if not (ends.since or ends.until):
        return ()
    steps = [(said("all_time"), links.search(within(query, ends.field, None, None)))]
    for name in _ancestors(ends.since, ends.until):
        span = period(name)
        steps.append((period_label(name), links.search(within(query, ends.field, span.first, span.last))))
    if whole_period(ends.since, ends.until) is None:
        steps.append((range_label(ends.since, ends.until), links.search(query)))
    return tuple(Link(label, href, current=at == len(steps)) for at, (label, href) in enumerate(steps, 1))


def _ancestors(since: date | None, until: date | None) -> list[str]:
    """Return the year, month and day that hold the whole period, widest first."""
    if since is None or until is None:
        return []
    first, last = since.isoformat(), until.isoformat()
    shared = [first[:size] for size in (4, 7, 10) if first[:size] == last[:size]]
    own = whole_period(since, until)
    return [name for name in shared if own is None or len(name) <= len(own)]


def _form(ends: Ends, query: Query, links: Links) -> PeriodForm:
    first_name, last_name = PERIOD_ENDS[ends.field]
    lifted = within(query, ends.field, None, None)
    return PeriodForm(
        action=f"{links.base}/search",
        first_name=first_name,
        last_name=last_name,
        first=ends.since.isoformat() if ends.since else "",
        last=ends.until.isoformat() if ends.until else "",
        hidden=hidden_but(lifted),
    )


def _named(held: Filter, labels: Mapping[tuple[str, str | None], str]) -> str:
    return filter_label(held, labels.get((held.field, held.value)))


def _chip(one: Narrowing, links: Links, effect: str) -> Chip:
    state = said("not", label=one.label) if one.excluded else one.label
    told = " ".join(part for part in (one.title, state, effect) if part)
    return Chip(
        one.title,
        one.label,
        one.excluded,
        links.search(one.without),
        remove_name=said("remove_filter", told=told),
        effect=effect,
    )
