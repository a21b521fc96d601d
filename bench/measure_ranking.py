"""nDCG@10 and recall@100 of the embedded engine over collections with judgments.

    python bench/measure_ranking.py [--titles W,W,…] FOLDER…      (docs.jsonl.gz, queries.tsv, qrels.tsv)

Each query is asked with match=any, in lower case, since capitals in a query are operators. With
`--titles` it is asked again under each weight of a word in the title.
"""

import argparse
import csv
import gzip
import json
import math
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import search.score
from search.domain import Article, Query
from search.engine import Engine
from search.engines.whoosh.index import create
from search.limits import Limits
from search.nodes import Anything
from search.parse import parse
from search.plan import Planner
from search.tokens import words

DEPTH = 100
LIMITS = Limits(words=1_000)


def indexed(docs: Path, folder: Path) -> Engine:
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


def ndcg(ranked: Sequence[str], grades: Mapping[str, int], at: int = 10) -> float:
    """Return the normalised discounted cumulative gain of the first hits (Järvelin and Kekäläinen 2002)."""
    gain = sum(grades.get(one, 0) / math.log2(rank + 2) for rank, one in enumerate(ranked[:at]))
    best = sorted(grades.values(), reverse=True)[:at]
    ideal = sum(grade / math.log2(rank + 2) for rank, grade in enumerate(best))
    return gain / ideal if ideal else 0.0


def measured(engine: Engine, folder: Path) -> tuple[float, float, int]:
    """Return mean nDCG@10, mean recall@100 and the number of queries that have judgments."""
    grades: dict[str, dict[str, int]] = {}
    for number, article, grade in table(folder / "qrels.tsv"):
        grades.setdefault(number, {})[article] = int(grade)
    planner = Planner(engine.names, engine.language)
    gains, recalls = [], []
    for number, text in table(folder / "queries.tsv"):
        if number not in grades:
            continue
        asked = " ".join(words(text.lower()))
        query = Query(asked, match="any", size=DEPTH)
        plan = planner.plan(parse(asked, limits=LIMITS).tree, query, facets=())
        # Which articles they are is asked with a tree of no words: marking takes longer than ranking.
        hits = engine.hits(plan._replace(tree=Anything()), engine.run(plan))
        ranked = [hit.article.id for hit in hits]
        good = {one for one, grade in grades[number].items() if grade > 0}
        gains.append(ndcg(ranked, grades[number]))
        recalls.append(len(good & set(ranked)) / len(good) if good else 0.0)
    return sum(gains) / len(gains), sum(recalls) / len(recalls), len(gains)


def main() -> None:
    """Print a line for each collection and title weight."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--titles", default=str(search.score.TITLE_WEIGHT))
    asked = parser.parse_args()
    for folder in asked.folders:
        with tempfile.TemporaryDirectory() as made:
            engine = indexed(folder / "docs.jsonl.gz", Path(made) / "index")
            for weight in (float(one) for one in asked.titles.split(",")):
                search.score.TITLE_WEIGHT = weight
                gain, recall, queries = measured(engine, folder)
                scores = f"nDCG@10 {gain:.3f}  recall@{DEPTH} {recall:.3f}"
                print(f"{folder.name:8} title weight {weight:<4g} {scores}  ({queries} queries)")
            engine.close()


if __name__ == "__main__":
    main()
