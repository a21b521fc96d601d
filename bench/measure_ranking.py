"""nDCG@10, MAP and recall@100 over collections under several weights of a word in the title.

    python bench/measure_ranking.py [--titles W,W,…] FOLDER…      (docs.jsonl.gz, queries.tsv, qrels.tsv)

One weight, the one in use, is what `dateline evaluate ranking FOLDER` measures.
"""

import argparse
from pathlib import Path

import search.score
from indexer.evaluation.ranking import measure
from indexer.evaluation.sample import Sample


def main() -> None:
    """Print a line for each collection and title weight."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--titles", default=str(search.score.TITLE_WEIGHT))
    asked = parser.parse_args()
    for folder in asked.folders:
        for weight in (float(one) for one in asked.titles.split(",")):
            # Scores are bounded when an index is written, so each weight has an index of its own.
            search.score.TITLE_WEIGHT = weight
            found = measure(folder, Sample())
            scores = "  ".join(f"{name} {value:.3f}" for name, value in found.figures)
            print(f"{folder.name:8} title weight {weight:<4g} {scores}  ({len(found.queries)} queries)")


if __name__ == "__main__":
    main()
