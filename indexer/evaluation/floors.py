"""Floors: what the figures of a suite may not fall below, each for one corpus and one sample.

    {"floors": [{"suite": "people", "corpus": "ieer.jsonl.gz", "sha256": "…", "sample": "lines 0/2",
                 "least": {"precision": 0.9, "recall": 0.9, "f1": 0.9}}]}

A floor holds for the very bytes it was set on: a corpus of another digest is an error, not another figure.
Floors are raised when asked for and never lowered; who wants one lower has to write it by hand, where a
reviewer sees it.
"""

import json
import os
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

from indexer.evaluation.measured import Figures
from indexer.evaluation.sample import Sample, sample_of
from indexer.evaluation.suites import SUITES, Result
from indexer.read import shown
from search.errors import CorpusError

DIGITS = 4
"""Figures are kept to so many digits, rounded down: a floor is never above what was measured."""
_KEYS = {"suite", "corpus", "sha256", "sample", "least"}


@dataclass(frozen=True, slots=True)
class Floor:
    """The least figures of a suite over a sample of a corpus."""

    suite: str
    corpus: str
    sha256: str
    sample: Sample
    least: Figures

    def is_of(self, result: Result) -> bool:
        """Return whether this is the floor of a result."""
        return (self.suite, self.sha256, self.sample) == (result.suite, result.sha256, result.sample)


class Shortfall(NamedTuple):
    """A figure below its floor; `got` is None when it is no longer measured."""

    name: str
    figure: str
    least: float
    got: float | None

    def __str__(self) -> str:
        got = "not measured" if self.got is None else f"{self.got:.4f}"
        return f"{self.name}: {self.figure} {got} is below its floor of {self.least:.4f}"


def shortfalls(floor: Floor, result: Result) -> list[Shortfall]:
    """Return the figures of a result that are below their floor, in the floor's order."""
    got = dict(result.measured.figures)
    return [
        Shortfall(result.name, figure, least, got.get(figure))
        for figure, least in floor.least
        if figure not in got or got[figure] < least
    ]


def raised(floors: Sequence[Floor], results: Iterable[Result]) -> tuple[Floor, ...]:
    """Return the floors with every figure that a result surpasses raised, and those of new results added.

    No figure is lower, and none is gone.
    """
    found = list(floors)
    for result in results:
        at = next((n for n, floor in enumerate(found) if floor.is_of(result)), None)
        measured = tuple((name, _down(value)) for name, value in result.measured.figures)
        if at is None:
            found.append(Floor(result.suite, result.corpus, result.sha256, result.sample, measured))
            continue
        highest = dict(found[at].least)
        for name, value in measured:
            highest[name] = max(value, highest.get(name, 0.0))
        found[at] = replace(found[at], least=tuple(highest.items()))
    return tuple(found)


def _down(value: float) -> float:
    kept = round(value, DIGITS)
    return kept if kept <= value else round(kept - 10**-DIGITS, DIGITS)


def read_floors(path: Path) -> tuple[Floor, ...]:
    """Return the floors of a file. Raises CorpusError for one that cannot be read as such."""
    try:
        told = json.loads(path.read_text(encoding="utf-8-sig"), object_pairs_hook=_once)
    except json.JSONDecodeError as error:
        raise CorpusError(f"{shown(path)}:{error.lineno}: malformed JSON: {error.msg}") from error
    except UnicodeDecodeError as error:
        raise CorpusError(f"{shown(path)}: not UTF-8") from error
    except (RecursionError, ValueError) as error:
        raise CorpusError(f"{shown(path)}: no file of floors: {str(error)[:80]}") from error
    except OSError as error:
        raise CorpusError(f"{shown(path)} cannot be read: {error.strerror}") from error
    entries = told.get("floors") if isinstance(told, dict) else None
    if not isinstance(entries, list):
        raise CorpusError(f'{shown(path)}: not an object with a list "floors"')
    found = tuple(_floor(entry, f"{shown(path)}: floor {at}") for at, entry in enumerate(entries, start=1))
    keys = [(floor.suite, floor.sha256, floor.sample) for floor in found]
    if twice := next((floor for at, floor in enumerate(found) if keys[at] in keys[:at]), None):
        raise CorpusError(f"{shown(path)}: {twice.suite} {twice.corpus} {twice.sample} stands twice")
    return found


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Return an object of JSON. Raises ValueError for a key that stands twice: it could hide a floor."""
    told = dict(pairs)
    if len(told) < len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"{max(names, key=names.count)[:40]!r} stands twice in one object")
    return told


def _floor(entry: object, place: str) -> Floor:
    if not isinstance(entry, dict) or set(entry) != _KEYS:
        raise CorpusError(f"{place} has not exactly the keys {', '.join(sorted(_KEYS))}")
    texts = [entry[key] for key in ("suite", "corpus", "sha256", "sample")]
    if not all(isinstance(text, str) for text in texts):
        raise CorpusError(f"{place}: suite, corpus, sha256 and sample are texts")
    if Path(entry["corpus"]).name != entry["corpus"]:
        raise CorpusError(
            f"{place}: corpus is {entry['corpus'][:60]!r}, not the last name of a file or folder"
        )
    if entry["suite"] not in SUITES:
        raise CorpusError(
            f"{place}: there is no suite {entry['suite'][:40]!r}; there are {', '.join(SUITES)}"
        )
    try:
        sample = sample_of(entry["sample"])
    except CorpusError as error:
        raise CorpusError(f"{place}: {error}") from error
    return Floor(entry["suite"], entry["corpus"], entry["sha256"], sample, _least(entry["least"], place))


def _least(told: Any, place: str) -> Figures:
    if not isinstance(told, dict) or not told:
        raise CorpusError(f"{place}: least holds no figures")
    for name, value in told.items():
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            raise CorpusError(f"{place}: {name} is {str(value)[:40]}, not a number from 0 to 1")
    return tuple((name, float(value)) for name, value in told.items())


def write_floors(path: Path, floors: Sequence[Floor]) -> None:
    """Write the floors, whole or not at all."""
    told = {
        "floors": [
            {
                "suite": floor.suite,
                "corpus": floor.corpus,
                "sha256": floor.sha256,
                "sample": str(floor.sample),
                "least": dict(floor.least),
            }
            for floor in floors
        ]
    }
    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", dir=path.parent, prefix=f".{path.name}.", delete=False
        ) as file:
            json.dump(told, file, indent=2)
            file.write("\n")
        # A file of a checkout is for everyone to read; a temporary one is not.
        os.chmod(file.name, path.stat().st_mode & 0o777 if path.exists() else 0o644)
        os.replace(file.name, path)
    except OSError as error:
        raise CorpusError(f"{shown(path)} cannot be written: {error.strerror}") from error
