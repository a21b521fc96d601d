"""The suites by name, and one run of one: a corpus, a sample, and what came out."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from indexer.evaluation import countries, dates, main_text, people, ranking, toponyms
from indexer.evaluation.corpus import digest_of
from indexer.evaluation.measured import Measured
from indexer.evaluation.sample import Sample
from indexer.read import shown
from search.errors import CorpusError

Measure = Callable[[Path, Sample], Measured]

SUITES: dict[str, Measure] = {
    "people": people.measure,
    "countries": countries.measure,
    "toponyms": toponyms.measure,
    "dates": dates.measure,
    "main-text": main_text.measure,
    "ranking": ranking.measure,
}


@dataclass(frozen=True, slots=True)
class Result:
    """What a suite made of a corpus. `corpus` is its last name, `sha256` its digest, `took` in seconds."""

    suite: str
    corpus: str
    sha256: str
    sample: Sample
    measured: Measured
    took: float

    @property
    def name(self) -> str:
        """What the run is called in messages."""
        return f"{self.suite} {self.corpus}" + (f" ({self.sample})" if self.sample.by != "all" else "")


def evaluate(
    suite: str, path: Path, sample: Sample, *, sha256: str | None = None, measure: Measure | None = None
) -> Result:
    """Return what a suite makes of a corpus; `sha256` is its digest where it is known already.

    `measure` takes the place of what the suite does. Raises CorpusError for what cannot be measured.
    """
    began = time.perf_counter()
    digest = sha256 or digest_of(path)
    measured = (measure or SUITES[suite])(path, sample)
    if not measured.articles:
        raise CorpusError(f"{shown(path)}: the sample {sample} takes no article")
    return Result(
        suite=suite,
        corpus=path.resolve().name,
        sha256=digest,
        sample=sample,
        measured=measured,
        took=time.perf_counter() - began,
    )
