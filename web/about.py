"""The page about the archive: what is in it, and what the run that built its index found and refused."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from search.domain import Page
from web.desk import Facts
from web.links import Links
from web.wording import counted, period_label, said

Report = Mapping[str, Any]

NAMED = 50
"""Refused articles that are named, and reasons."""
_CUT = 300
"""Code points of a name or a reason that are shown."""
_FIGURES = ("found", "read", "duplicates", "refused", "skipped", "cached", "written", "deleted")


@dataclass(frozen=True, slots=True)
class Table:
    """A table of two columns under a title; `head` names them."""

    anchor: str
    title: str
    head: tuple[str, str]
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class AboutView:
    """The page about the archive; `lead` says in a sentence how large it is and how old its index."""

    title: str
    lead: str
    tables: tuple[Table, ...]
    ways: tuple[tuple[str, str], ...]


def about_view(page: Page, facts: Facts, report: Report, links: Links) -> AboutView:
    """Return the view; `page` answers the empty query, `report` is that of the run that built the index."""
    size = counted(facts.articles, said("article"), said("articles"))
    lead = (
        said("about_lead", size=size, built=_time(facts.built))
        if facts.built
        else said("about_size", size=size)
    )
    tables = (_archive(page), _run(report), *_counts(report), _refused(report))
    return AboutView(
        title=said("about_archive"),
        lead=lead,
        tables=tuple(table for table in tables if table.rows),
        ways=((links.docs(), said("manual")), (links.start(), said("back_to_search"))),
    )


def _archive(page: Page) -> Table:
    facets = {facet.field: facet for facet in page.facets}
    undated = sum(value.count for value in facets["date"].values if value.value is None)
    years = [value.value for value in facets["date"].values if value.value]
    rows = [
        (said("about_dated"), f"{page.total - undated:,}"),
        (said("about_undated"), f"{undated:,}"),
        (said("about_years"), f"{years[0]} – {years[-1]}" if years else ""),
    ]
    rows += [
        (said(f"about_{name}"), f"{facets[name].distinct:,}") for name in ("country", "person", "outlet")
    ]
    return _table("archive", rows)


def _run(report: Report) -> Table:
    """Return the figures of the run, those that are nothing left out where they say nothing."""
    rows = [(said(f"about_{name}"), f"{_number(report.get(name)):,.0f}") for name in _figures(report)]
    if read := _number(report.get("read")):
        rows += [
            (said(f"about_{name}_each"), f"{_number(report.get(name)) / read:.1f}")
            for name in ("people", "countries")
        ]
        seconds, rate = (_number(report.get(name)) for name in ("seconds", "rate"))
        rows.append(
            (said("about_seconds"), said("about_rate", seconds=f"{seconds:,.1f}", rate=f"{rate:,.0f}"))
        )
    return _table("run", rows)


def _figures(report: Report) -> Iterator[str]:
    always = ("found", "read", "duplicates", "refused")
    return (name for name in _FIGURES if report and (name in always or _number(report.get(name))))


def _counts(report: Report) -> tuple[Table, ...]:
    return (
        _table("forms", _pairs(report, "forms", "{:,.0f}")),
        _table("stages", [(_stage(name), told) for name, told in _pairs(report, "stages", "{:,.1f} s")]),
        _table("reasons", _pairs(report, "reasons", "{:,.0f}")),
    )


def _refused(report: Report) -> Table:
    found = report.get("refusals")
    rows = found if isinstance(found, Sequence) and not isinstance(found, str) else ()
    return _table("refusals", [(_cut(row[0]), _cut(row[1])) for row in rows[:NAMED] if len(row) == 2])


def _pairs(report: Report, name: str, form: str) -> list[tuple[str, str]]:
    found = report.get(name)
    counts = found if isinstance(found, Mapping) else {}
    return [(_cut(key), form.format(_number(value))) for key, value in list(counts.items())[:NAMED]]


def _table(name: str, rows: list[tuple[str, str]]) -> Table:
    head = (said(f"about_{name}_name"), said(f"about_{name}_holds"))
    return Table(name, said(f"about_{name}_title"), head, tuple(row for row in rows if row[1]))


def _stage(name: str) -> str:
    return said(f"about_stage_{name}") if name in ("read", "write", "verify") else name


def _cut(text: object) -> str:
    told = str(text)
    return told if len(told) <= _CUT else f"{told[:_CUT]}…"


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def _time(built: str) -> str:
    """Return the time that a manifest names as a day and a time of day; other text as it is."""
    try:
        moment = datetime.fromisoformat(built)
    except ValueError:
        return _cut(built)
    return f"{period_label(moment.date().isoformat())}, {moment:%H:%M %Z}".rstrip()
