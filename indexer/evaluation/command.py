"""`dateline evaluate`: how good tagging and ranking are, and whether they are below their floors."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from indexer.evaluation import ranking
from indexer.evaluation.corpus import digest_of
from indexer.evaluation.floors import Floor, Shortfall, raised, read_floors, shortfalls, write_floors
from indexer.evaluation.measured import Measured
from indexer.evaluation.report import as_json, lines, plain
from indexer.evaluation.sample import Sample, sample_of
from indexer.evaluation.suites import SUITES, Result, evaluate
from indexer.read import shown
from search.commands import index_option
from search.domain import MATCHES, Match
from search.errors import CorpusError
from search.generation import open_index
from search.given import GivenPath
from search.judgments import read_judgments
from search.record import dumps

EVERY = "all"


@dataclass(frozen=True, slots=True)
class Run:
    """A suite over a corpus that is still to be run."""

    suite: str
    path: Path
    sha256: str
    sample: Sample


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for, apart from how it is printed."""

    suite: str
    corpora: tuple[Path, ...]
    sample: Sample | None
    floors: Path | None
    update: bool
    judgments: Path | None
    index: Path
    match: Match


@dataclass(slots=True)
class Outcome:
    """Results, the figures below their floors, and the floors whose corpus is not there."""

    results: list[Result] = field(default_factory=list)
    below: list[Shortfall] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    def as_json(self, *, errors: int) -> dict[str, Any]:
        """Return what `--json` prints."""
        return {
            "results": [as_json(result, errors=errors) for result in self.results],
            "below": [one._asdict() for one in self.below],
            "missing": self.missing,
        }


@click.command("evaluate")
@click.argument("suite", type=click.Choice([*SUITES, EVERY]))
@click.argument("corpora", metavar="CORPUS...", nargs=-1, type=GivenPath(path_type=Path))
@click.option("--sample", metavar="RULE", help="Which articles: all, lines R/N or ids R/N.")
@click.option(
    "--floors", type=GivenPath(path_type=Path), help="A file of least figures; exit 1 below one of them."
)
@click.option("--update", is_flag=True, help="Raise the floors to what was measured; none is lowered.")
@click.option(
    "--errors", type=click.IntRange(0), default=10, show_default=True, help="Errors of each kind to print."
)
@click.option("--json", is_flag=True, help="Print JSON.")
@click.option(
    "--judgments",
    type=GivenPath(path_type=Path),
    help="Replay this file of judgments on the index; ranking only.",
)
@index_option
@click.option(
    "--match",
    type=click.Choice(MATCHES),
    default="all",
    show_default=True,
    help="Words required when judgments are replayed.",
)
@click.pass_context
def command(context: click.Context, /, json: bool, errors: int, sample: str | None, **given: object) -> None:
    """Measure SUITE over corpora with gold answers; see docs/evaluation.md.

    The suite `all` runs every suite that the floors name, over the corpora found in the paths given.
    """
    asked = Asked(sample=sample_of(sample) if sample else None, **given)  # type: ignore[arg-type]
    _check(asked)
    found = Outcome([_replayed(asked.judgments, asked)]) if asked.judgments else _measured(asked, quiet=json)
    if json:
        click.echo(dumps(found.as_json(errors=errors)))
    elif asked.suite != EVERY:
        for result in found.results:
            click.echo("\n".join(lines(result, errors=errors)))
    for one in found.below:
        click.echo(f"below the floor: {plain(str(one))}", err=True)
    context.exit(1 if found.below else 0)


def _check(asked: Asked) -> None:
    """Raise UsageError for options that mean nothing together."""
    if asked.judgments and (asked.suite != "ranking" or asked.corpora):
        raise click.UsageError("--judgments are replayed by the suite ranking, over --index and no corpus")
    if asked.judgments and asked.floors:
        raise click.UsageError("floors are of corpora; an index that judgments are replayed on changes")
    if asked.update and not asked.floors:
        raise click.UsageError("--update raises the floors of --floors FILE: name it")
    if asked.suite == EVERY and not asked.floors:
        raise click.UsageError("the suite all runs what --floors FILE names: name it")
    if not asked.corpora and not asked.judgments:
        raise click.UsageError("name a corpus: a file or folder, as docs/evaluation.md describes it")


def _replayed(judgments: Path, asked: Asked) -> Result:
    """Return how the index answers the judged queries."""
    if not judgments.exists():
        raise CorpusError(f"there are no judgments in {shown(judgments)}; `dateline judge QUERY` makes some")
    judged = read_judgments(judgments)
    engine, _ = open_index(asked.index)

    def replay(path: Path, sample: Sample) -> Measured:
        taken = [one for at, one in enumerate(judged) if sample.takes(at, one.query)]
        return ranking.replay(engine, taken, path, match=asked.match)

    try:
        return evaluate("ranking", judgments, asked.sample or Sample(), measure=replay)
    finally:
        engine.close()


def _measured(asked: Asked, *, quiet: bool) -> Outcome:
    """Return the outcome of every run.

    Floors are raised only when nothing is below: a gain in one place must not hide a loss in another.
    """
    floors, every = _floors(asked), asked.suite == EVERY
    runs, missing = _every(asked, floors) if every else (_named(asked, floors), [])
    found = Outcome(missing=missing)
    if missing and not quiet:
        _tell_missing(missing, len(floors), asked.corpora)
    for run in runs:
        result = evaluate(run.suite, run.path, run.sample, sha256=run.sha256)
        found.results.append(result)
        found.below += [fall for floor in floors if floor.is_of(result) for fall in shortfalls(floor, result)]
        if every and not quiet:
            click.echo("\n".join(lines(result, errors=0)))
    if asked.update and asked.floors and not found.below:
        write_floors(asked.floors, raised(floors, found.results))
    return found


def _floors(asked: Asked) -> tuple[Floor, ...]:
    if asked.floors is None or (asked.update and not asked.floors.exists()):
        return ()
    return read_floors(asked.floors)


def _named(asked: Asked, floors: Sequence[Floor]) -> list[Run]:
    """Return the runs over the corpora given, each on the samples that its floors are of."""
    runs = []
    for path in asked.corpora:
        digest = digest_of(path)
        mine = [floor for floor in floors if floor.suite == asked.suite and _fits(asked, floor)]
        samples = [floor.sample for floor in mine if floor.sha256 == digest]
        if not samples and asked.floors:
            _refuse_changed(path, [floor for floor in mine if floor.corpus == path.resolve().name])
            if not asked.update:
                raise CorpusError(
                    f"{shown(asked.floors)} has no floor for {asked.suite} {shown(path)}; --update sets one"
                )
        samples = samples or [asked.sample or Sample()]
        runs += [Run(asked.suite, path, digest, sample) for sample in samples]
    return runs


def _fits(asked: Asked, floor: Floor) -> bool:
    return asked.sample is None or asked.sample == floor.sample


def _refuse_changed(path: Path, floors: Sequence[Floor]) -> None:
    """Raise CorpusError when there are floors of this name: they were set on other bytes."""
    for floor in floors:
        raise CorpusError(
            f"{shown(path)} is not the corpus that its floor was set on (sha256 {floor.sha256[:16]}…): "
            f"restore that, or take its floor out by hand and set a new one with --update"
        )


def _every(asked: Asked, floors: Sequence[Floor]) -> tuple[list[Run], list[str]]:
    """Return a run for each floor whose corpus is there, and the names of the others."""
    runs, missing = [], []
    digests: dict[Path, str] = {}
    for floor in floors:
        path = _found(floor.corpus, asked.corpora)
        if not _fits(asked, floor):
            continue
        if path is None:
            missing.append(f"{floor.suite} {floor.corpus}")
            continue
        if path not in digests:
            digests[path] = digest_of(path)
        if digests[path] != floor.sha256:
            _refuse_changed(path, [floor])
        runs.append(Run(floor.suite, path, floor.sha256, floor.sample))
    if not runs:
        paths = ", ".join(map(shown, asked.corpora))
        raise CorpusError(f"nothing was measured: no corpus that a floor is of lies in {paths}")
    return runs, missing


def _found(name: str, paths: Iterable[Path]) -> Path | None:
    """Return the first of the paths, or of what lies in them, that is called so."""
    return next((path for path in _candidates(name, paths) if path.exists()), None)


def _candidates(name: str, paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.resolve().name == name:
            yield path
        yield path / name


def _tell_missing(missing: Sequence[str], floors: int, paths: Iterable[Path]) -> None:
    where = ", ".join(map(shown, paths))
    click.echo(
        f"reduced: {len(missing)} of {floors} floors are not checked, since their corpora are not in "
        f"{where}: {', '.join(missing)}",
        err=True,
    )
