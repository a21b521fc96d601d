"""What a rebuild found, read, dropped and refused; printed while it runs and kept with the index."""

import sys
import time
from collections import Counter
from dataclasses import dataclass, field, fields
from types import TracebackType
from typing import Self

import click
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from indexer.corrections import Corrections, Statement, chosen_corrections
from search.record import Json, dumps

NAMED = 20
"""Refusals that are printed in full; past them they are counted by reason, and all stay in the report."""
REPORT = "report.json"
"""The file of a generation that holds the whole report; a manifest is read in one bounded piece."""
KEPT = 1_000
"""Refusals, notes and kinds of either that a generation's report.json keeps word for word."""
KIND = 80
"""Code points by which refusals of one kind are told, up to the first colon, after which names follow."""
_EVERY_SECONDS = 5.0


@dataclass(slots=True)
class Report:
    """Counts of one run. Every article found is read, a duplicate, or refused.

    `cached` articles had been extracted before; an update has `written` what is new or another, and
    `deleted` what is gone. `people` and `countries` are tags, `with_people` and `with_countries` the
    articles that have one. `unchanged` is when the index was built that is kept, since it would be the
    same. `stages` are seconds. `searches` and `judged` tell what saved searches and judged queries have now
    and had before, as `indexer.replay` makes them.
    """

    found: int = 0
    read: int = 0
    duplicates: int = 0
    refused: int = 0
    skipped: int = 0
    undated: int = 0
    joined: int = 0
    cached: int = 0
    written: int = 0
    deleted: int = 0
    people: int = 0
    countries: int = 0
    with_people: int = 0
    with_countries: int = 0
    unchanged: str = ""
    forms: Counter[str] = field(default_factory=Counter)
    stages: dict[str, float] = field(default_factory=dict)
    unknown_keys: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    refusals: list[tuple[str, str]] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    noted: int = 0
    searches: list[Json] = field(default_factory=list)
    judged: Json = field(default_factory=dict)
    corrections: Corrections = field(default_factory=chosen_corrections)
    touched: Counter[Statement] = field(default_factory=Counter)
    started: float = field(default_factory=time.monotonic)
    seconds: float = 0.0

    def begin_anew(self) -> None:
        """Forget what was counted, for a run that begins again; its time goes on."""
        blank = Report(corrections=self.corrections, started=self.started)
        for one in fields(self):
            setattr(self, one.name, getattr(blank, one.name))

    def refuse(self, origin: str, reason: str) -> None:
        """Count an article that was found and could not be taken."""
        self.found += 1
        self.refused += 1
        self.reasons[reason.partition(":")[0][:KIND]] += 1
        if len(self.refusals) < KEPT:
            self.refusals.append((origin, reason))

    def note(self, origin: str, note: str) -> None:
        """Keep a sentence on an article that was taken, but not wholly as it came."""
        self.noted += 1
        if len(self.notes) < KEPT:
            self.notes.append((origin, note))

    def balanced(self) -> bool:
        """Return whether nothing was lost: read, duplicates and refused make up what was found."""
        return self.read + self.duplicates + self.refused == self.found

    def idle(self) -> list[Statement]:
        """Return what `tags.toml` says that touched no article, by line."""
        return [said for said in self.corrections.statements if said not in self.touched]

    def rate(self) -> float:
        """Return articles a second so far."""
        seconds = self.seconds or time.monotonic() - self.started
        return self.found / seconds if seconds else 0.0

    def counts(self) -> Json:
        """Return the figures alone, which fit into any manifest however much was refused."""
        return {
            "found": self.found,
            "read": self.read,
            "duplicates": self.duplicates,
            "refused": self.refused,
            "skipped": self.skipped,
            "undated": self.undated,
            "joined": self.joined,
            "cached": self.cached,
            "written": self.written,
            "deleted": self.deleted,
            "people": self.people,
            "countries": self.countries,
            "with_people": self.with_people,
            "with_countries": self.with_countries,
            "noted": self.noted,
            "seconds": round(self.seconds, 2),
            "rate": round(self.rate(), 1),
        }

    def as_json(self) -> Json:
        """Return the whole report: the figures, then what was refused and noted, the first `KEPT` of each."""
        return {
            **self.counts(),
            "unchanged": self.unchanged,
            "forms": dict(sorted(self.forms.items())),
            "stages": {name: round(seconds, 2) for name, seconds in self.stages.items()},
            "reasons": dict(self.reasons.most_common(KEPT)),
            "unknown_keys": dict(self.unknown_keys.most_common(KEPT)),
            "corrections": len(self.corrections.statements),
            "corrections_idle": [list(said) for said in self.idle()[:KEPT]],
            "searches": self.searches,
            "judged": self.judged,
            "refusals": self.refusals,
            "notes": self.notes,
        }


class Teller:
    """Tells how a run goes: a bar on a terminal, else one JSON line a step, on standard error."""

    def __init__(self, report: Report, *, expected: int) -> None:
        self._report = report
        self._terminal = sys.stderr.isatty()
        self._told = self._begun = time.monotonic()
        self._stage = "read"
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]:,.0f} articles/s"),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            disable=not self._terminal,
        )
        self._task = self._bar.add_task("Reading", total=expected or None, rate=0.0)

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def advance(self) -> None:
        """Say how far reading has come."""
        if self._terminal:
            self._bar.update(self._task, completed=self._report.found, rate=self._report.rate())
        elif time.monotonic() - self._told >= _EVERY_SECONDS:
            self.step("read")

    def settle(self) -> None:
        """Count the time of the step under way up to now."""
        self._told = time.monotonic()
        stages = self._report.stages
        stages[self._stage] = stages.get(self._stage, 0.0) + self._told - self._begun
        self._begun = self._told

    def step(self, name: str) -> None:
        """Say that a step has begun or goes on."""
        self.settle()
        self._stage = name
        if self._terminal:
            self._bar.update(self._task, description=name.capitalize(), completed=self._report.found)
            return
        report = self._report
        line = {
            "step": name,
            "found": report.found,
            "read": report.read,
            "refused": report.refused,
            "seconds": round(time.monotonic() - report.started, 1),
            "rate": round(report.rate(), 1),
        }
        click.echo(dumps(line), err=True)


def print_report(report: Report) -> None:
    """Print what the run did, with the first refusals by name, on standard error."""
    if report.unchanged:
        click.echo(
            f"nothing has changed since {report.unchanged}: the index is kept, looked over in "
            f"{report.seconds:.1f} s; rebuild --force builds it anew",
            err=True,
        )
        return
    click.echo(
        f"{counted(report.read, 'article')} read of {report.found:,} found: "
        f"{counted(report.duplicates, 'duplicate')}, "
        f"{report.refused:,} refused, {report.undated:,} without a date; "
        f"{report.seconds:.1f} s, {report.rate():.0f} articles/s",
        err=True,
    )
    if report.cached:
        click.echo(f"{counted(report.cached, 'article')} had been tagged before", err=True)
    if report.forms:
        print_tags(report)
    if report.written or report.deleted:
        click.echo(f"{counted(report.written, 'article')} written, {report.deleted:,} deleted", err=True)
    if report.joined:
        names = counted(report.joined, "spelling")
        click.echo(f"{names} of persons' names counted under another", err=True)
    if report.skipped:
        files = counted(report.skipped, "file")
        click.echo(f"{files} skipped: of another format, or a README and the like", err=True)
    print_replayed(report)
    _print_refusals(report)
    for origin, note in report.notes[:NAMED]:
        click.echo(f"note: {origin}: {note}", err=True)
    if report.noted > NAMED:
        click.echo(f"… and {report.noted - NAMED:,} more notes; the index keeps them in {REPORT}", err=True)
    if report.unknown_keys:
        keys = ", ".join(f"{key} ({count:,})" for key, count in report.unknown_keys.most_common(NAMED))
        click.echo(f"keys that are not read: {keys}", err=True)


def print_replayed(report: Report) -> None:
    """Print which saved searches have other articles than before, and how judged queries are answered."""
    for one in report.searches:
        if one["before"] is None:
            click.echo(f"search {one['query']!r}: {counted(one['now'], 'article')}", err=True)
        elif one["now"] != one["before"] or one["gone"] or one["come"]:
            told = "; ".join(
                f"{', '.join(map(repr, one[key]))} {what} its first hits"
                for key, what in (("gone", "left"), ("come", "joined"))
                if one[key]
            )
            line = f"search {one['query']!r}: {one['before']:,} articles before, {one['now']:,} now"
            click.echo(f"{line}; {told}" if told else line, err=True)
    same = sum(one["before"] == one["now"] and not (one["gone"] or one["come"]) for one in report.searches)
    if same:
        click.echo(f"{counted(same, 'saved search', 'saved searches')} answered as before", err=True)
    if report.judged:
        for when in ("before", "now"):
            if figures := report.judged[when]:
                queries = counted(report.judged["queries"], "judged query", "judged queries")
                told = f"nDCG@10 {figures['ndcg10']:.3f}, MRR {figures['mrr']:.3f}"
                click.echo(f"{queries} {when}: {told}", err=True)


def _print_refusals(report: Report) -> None:
    for origin, reason in report.refusals[:NAMED]:
        click.echo(f"refused: {origin}: {reason}", err=True)
    if report.refused > NAMED:
        click.echo(f"… and {report.refused - NAMED:,} more, by reason:", err=True)
        for reason, count in report.reasons.most_common(NAMED):
            click.echo(f"{count:>8,}  {reason}", err=True)
    print_idle(report)


def print_tags(report: Report) -> None:
    """Print what was read of each format, the tags of an article, and where the time went."""
    forms = ", ".join(f"{form} {count:,}" for form, count in report.forms.most_common())
    tags = f"{report.people / report.read:.1f} people and {report.countries / report.read:.1f} countries"
    click.echo(f"by format: {forms}; an article has {tags}", err=True)
    stages = ", ".join(f"{name} {seconds:.1f} s" for name, seconds in report.stages.items())
    if stages:
        click.echo(f"time: {stages}", err=True)


def print_idle(report: Report) -> None:
    """Print what `tags.toml` says that touched nothing, on standard error."""
    idle = report.idle()
    for said in idle[:NAMED]:
        click.echo(f"{report.corrections.place(said)}: matched nothing", err=True)
    if len(idle) > NAMED:
        more = f"… and {len(idle) - NAMED:,} more that matched nothing; `dateline tags check` names all"
        click.echo(more, err=True)


def counted(count: int, noun: str, plural: str = "") -> str:
    """Return `1 article`, `1,234 articles`; `1 query`, `2 queries` by a plural of its own."""
    return f"{count:,} {noun if count == 1 else plural or f'{noun}s'}"
