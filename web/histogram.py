"""The dates of a search as bars: years, the months of a year, the days of a month.

Widths and heights are worked out here, in the units of the drawing, since a page may carry no
inline style. Of each bar the part whose dates are guessed is told apart.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from search.domain import Facet, FacetValue, Filter, Query
from search.periods import Period, period, period_of
from web.context import Bar, Histogram
from web.links import Links, picked
from web.wording import counted, period_label, said, value_label

WIDTH, HEIGHT = 240, 72
"""Units of the drawing, about pixels of the column it stands in."""
BARS = 40
"""Bars at most; longer spans of years are drawn several years to a bar."""
_UNDATED = 14
_GAP = 8
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000)


def histogram(facet: Facet, guessed: Mapping[str, int], query: Query, links: Links) -> Histogram | None:
    """Return the bars of a date facet, None when nothing is dated.

    `guessed` has for each period the articles whose date is guessed.
    """
    dated = [value for value in facet.values if value.value is not None and value.count]
    if not dated:
        return None
    missing = next((value for value in facet.values if value.value is None and value.count), None)
    groups = _groups(dated)
    room = WIDTH - (_GAP + _UNDATED if missing else 0)
    most = max(group.articles for group in groups)
    step = room / len(groups)
    bars = [
        _bar(
            group.label,
            (group.articles, sum(guessed.get(one.value or "", 0) for one in group.held)),
            links.between(query, "date", group.since, group.until),
            _Place(at * step, step, most),
        )
        for at, group in enumerate(groups)
    ]
    undated = None
    if missing:
        href = links.search(picked(query, Filter("date", None)))
        label = value_label("date", None)
        undated = _bar(label, (missing.count, 0), href, _Place(WIDTH - _UNDATED, _UNDATED, most))
    return Histogram(
        width=WIDTH,
        height=HEIGHT,
        bars=tuple(bars),
        undated=undated,
        first=groups[0].label,
        last=groups[-1].label,
        room=round(room),
        has_guessed=any(bar.guessed for bar in bars),
    )


class Group(NamedTuple):
    """A period of the axis, from its first day to its last, and the values in it."""

    since: date
    until: date
    label: str
    held: list[FacetValue]

    @property
    def articles(self) -> int:
        """The articles of the period."""
        return sum(one.count for one in self.held)


def _groups(dated: Sequence[FacetValue]) -> list[Group]:
    """Return every period of the axis with the values in it, those without articles too."""
    spans = [period(one.value) for one in dated if one.value]
    precision = spans[0].precision
    if precision == "year":
        return _years(spans, dated)
    held = {one.value: [one] for one in dated}
    around = period_of(spans[0].first, "year" if precision == "month" else "month")
    own = period_of(around.first, precision)
    found = [Group(own.first, own.last, period_label(own.value), held.get(own.value, []))]
    while own.last < around.last:
        own = period_of(own.last + timedelta(days=1), precision)
        found.append(Group(own.first, own.last, period_label(own.value), held.get(own.value, [])))
    return found


def _years(spans: Sequence[Period], dated: Sequence[FacetValue]) -> list[Group]:
    first, last = spans[0].first.year, spans[-1].first.year
    step = next(one for one in _STEPS if last // one - first // one < BARS)
    found = []
    for begin in range(first // step * step, last + 1, step):
        since, until = max(begin, first), min(begin + step - 1, last)
        held = [one for one, own in zip(dated, spans, strict=True) if since <= own.first.year <= until]
        label = str(since) if since == until else f"{since} – {until}"
        found.append(Group(date(since, 1, 1), date(until, 12, 31), label, held))
    return found


class _Place(NamedTuple):
    """Where a bar stands: from the left, how wide with its gap, and the count of the highest dated one."""

    left: float
    step: float
    most: int


def _bar(label: str, counts: tuple[int, int], href: str, place: _Place) -> Bar:
    """Return a bar of so many articles, of which so many are dated by a guess; none is over the highest."""
    count, guessed = counts[0], min(counts)
    height = max(2.0, min(count / place.most, 1.0) * (HEIGHT - 2)) if count else 0.0
    unsure = height * guessed / count if count else 0.0
    articles = counted(count, said("article"), said("articles"))
    return Bar(
        name=f"{label}, {articles}" + (said("bar_guessed", count=guessed) if guessed else ""),
        label=label,
        count=f"{count:,}",
        href=href if count else "",
        x=round(place.left, 1),
        reach=_box(place, 0, HEIGHT),
        sure=_box(place, HEIGHT - height, height - unsure),
        guessed=_box(place, HEIGHT - unsure, unsure) if guessed else "",
    )


def _box(place: _Place, top: float, height: float) -> str:
    """Return the path of a box at a place of the drawing, in tenths of a unit."""
    width = f"{max(place.step - 1.5, 1.0):.1f}"
    return f"M{place.left:.1f} {top:.1f}h{width}v{height:.1f}h-{width}z"
