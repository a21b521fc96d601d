"""Settings of the ranking, chosen over collections together by cross-validation over their queries.

    python bench/tune_ranking.py FOLDER…      (docs.jsonl.gz, queries.tsv, qrels.tsv in each)

Under every setting of the grid every query is asked as `dateline evaluate ranking` asks it. Of the
settings the one with the highest geometric mean of the collections' nDCG@10 is chosen on four fifths of the
queries of each and measured on the fifth left out; twenty times, with the fifths drawn anew. Prints
what was chosen how often, the figures of queries left out, and those of the settings in the code,
each setting taken back alone.
"""

import argparse
import csv
import gzip
import json
import random
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import search.score
from indexer.evaluation.ranking import LIMITS, plain
from search.domain import Article, Query
from search.engines.whoosh.index import WhooshEngine, create
from search.nodes import Anything
from search.parse import parse
from search.plan import Plan, Planner
from search.ranking import ndcg

GRID = {
    "B": (0.65, 0.75),
    "K1": (1.2, 1.6, 2.0),
    "TITLE_WEIGHT": (2.0, 3.0),
    "OTHER_FORM": (1.0, 0.5),
    "COMMON": (0.0, 0.5),
    "FUNCTION_WORD": (1.0, 0.2),
}
"""The first value of each was the ranking before, but for B, which was 0.75."""
BEFORE = {"B": 0.75, "K1": 1.2, "TITLE_WEIGHT": 2.0, "OTHER_FORM": 1.0, "COMMON": 0.0, "FUNCTION_WORD": 1.0}
FOLDS, ROUNDS = 5, 20
ALL = 100_000
"""Hits asked for: of all of them each gets its exact score, so bounds of other settings do not matter."""

Settings = dict[str, float]
Gains = list[NDArray[np.float64]]
"""By collection, nDCG@10 of each query."""


def indexed(docs: Path, folder: Path) -> WhooshEngine:
    """Return an engine over the articles of a collection."""
    engine = create(folder)
    with engine.writer() as writer, gzip.open(docs, "rt", encoding="utf-8") as lines:
        for line in lines:
            one = json.loads(line)
            writer.add(Article(str(one["id"]), one.get("title") or "", one["text"]))
    return engine.reopened()


def table(path: Path) -> list[list[str]]:
    """Return the rows of a file of tab-separated values."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@dataclass(frozen=True, slots=True)
class Collection:
    """An index with the queries that have judgments: the plan of each, and its grades by article."""

    name: str
    engine: WhooshEngine
    asked: tuple[tuple[Plan, dict[str, int]], ...]

    @classmethod
    def read(cls, folder: Path, made: Path) -> "Collection":
        """Return a collection, indexed in a new folder."""
        engine = indexed(folder / "docs.jsonl.gz", made)
        grades: dict[str, dict[str, int]] = {}
        for number, article, grade in table(folder / "qrels.tsv"):
            grades.setdefault(number, {})[article] = int(grade)
        asked = []
        for number, text in table(folder / "queries.tsv"):
            if number in grades:
                typed = plain(text)
                planner = Planner(engine.names, engine.language)
                query = Query(typed, match="any", size=ALL)
                plan = planner.plan(parse(typed, limits=LIMITS).tree, query, facets=())
                asked.append((plan, grades[number]))
        return cls(folder.name, engine, tuple(asked))

    def gains(self) -> NDArray[np.float64]:
        """Return nDCG@10 of each query under the settings as they are."""
        engine = WhooshEngine(self.engine.folder, kept_answers=0)  # norms are made when it opens
        found = []
        for plan, grades in self.asked:
            answer = engine.run(plan)
            hits = engine.hits(plan._replace(tree=Anything()), replace(answer, ranking=answer.ranking[:10]))
            found.append(ndcg([hit.article.id for hit in hits], grades))
        engine.close()
        return np.array(found)


def measured(collections: Sequence[Collection], settings: Settings) -> Gains:
    """Return the gains of every collection under settings, which are put back afterwards."""
    before = {name: getattr(search.score, name) for name in settings}
    try:
        for name, value in settings.items():
            setattr(search.score, name, value)
        return [one.gains() for one in collections]
    finally:
        for name, value in before.items():
            setattr(search.score, name, value)


def grid() -> Iterator[Settings]:
    """Yield every combination of the grid."""
    for values in product(*GRID.values()):
        yield dict(zip(GRID, values, strict=True))


def crossed(gains: Sequence[Gains], rng: random.Random) -> tuple[list[float], list[int]]:
    """Return the mean gain by collection of queries left out of the choice, and what was chosen each time."""
    every = [np.array(one) for one in zip(*gains, strict=True)]
    folds = [np.array(rng.sample(range(one.shape[1]), one.shape[1])) % FOLDS for one in every]
    held = [np.zeros(one.shape[1]) for one in every]
    choices = []
    for fold in range(FOLDS):
        means = [one[:, own != fold].mean(axis=1) for one, own in zip(every, folds, strict=True)]
        best = int(np.argmax(np.prod(means, axis=0)))
        choices.append(best)
        for into, one, own in zip(held, every, folds, strict=True):
            into[own == fold] = one[best, own == fold]
    return [float(one.mean()) for one in held], choices


def told(name: str, collections: Sequence[Collection], means: Sequence[float]) -> str:
    """Return a line of the table."""
    figures = "  ".join(f"{one.name} {mean:.3f}" for one, mean in zip(collections, means, strict=True))
    return f"{name:44} {figures}"


def main() -> None:
    """Print what cross-validation chooses, and what each setting in the code is worth."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", type=Path, nargs="+")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        collections = [
            Collection.read(folder, Path(made) / str(at)) for at, folder in enumerate(asked.folders)
        ]
        settings = list(grid())
        gains = [measured(collections, one) for one in settings]
        rng, choices, means = random.Random(1), Counter[int](), []
        for _ in range(ROUNDS):
            mean, chosen = crossed(gains, rng)
            means.append(mean)
            choices.update(chosen)
        print(f"of {len(settings)} settings chosen in {ROUNDS * FOLDS} choices:")
        for at, times in choices.most_common(4):
            print(f"{times:4}  {settings[at]}")
        print(told("queries left out of the choice", collections, np.mean(means, axis=0).tolist()))
        print(told("  least of the rounds", collections, np.min(means, axis=0).tolist()))
        code = {name: getattr(search.score, name) for name in GRID}
        for name, changed in (
            ("the settings in the code", {}),
            ("those before", BEFORE),
            *((f"{name} {value:g} for {code[name]:g}", {name: value}) for name, value in BEFORE.items()),
        ):
            found = measured(collections, code | changed)
            print(told(name, collections, [float(one.mean()) for one in found]))


if __name__ == "__main__":
    main()
