"""The same articles and questions for every engine: totals compared, then pages timed in turns.

    python bench/engines.py [--corpus synthetic|reuters|titles] [--articles N] [--engines NAME …] [--save]
    python bench/engines.py --exponents 20000 1000000 --engines ours tantivy --save
    python bench/engines.py --exponents RUN.json RUN.json

Engines whose library is missing are left out: `pip install tantivy` or this project's extra `bench`;
Debian's package python3-xapian; `--opensearch URL` and the package opensearch-py. FTS5 and Xapian are
asked up to 200,000 articles and stock Whoosh up to 20,000, unless named. What each engine is spared
stands in the description of its class. Every question is asked once of every engine to compare totals,
which also warms up; then three times against the clock, engines taking turns. Prints Markdown;
`--save` also writes it, and the figures, under bench/runs/.
"""

import argparse
import json
import shlex
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from archive import Corpus
from costs import cost, made_per_s
from limit import bandwidth, limit, touched
from questions import KINDS, Asker
from report import OURS, Run, figures_of, growth, growth_table, machine, markdown, saved
from rival import Place, Rival
from rivals import ENGINES, chosen
from timing import Turns

CORPORA = Path(__file__).resolve().parents[2] / "shared" / "corpora"
_WEIGHED = 3
"""Questions a kind that a process is asked before its memory is read."""


def run_of(asked: argparse.Namespace, size: int | None) -> Run:
    """Build every index, weigh it, compare totals and take times; return what was measured."""
    corpus = Corpus(asked.corpus, size, asked.seed, asked.corpora)
    articles = corpus.open()
    run = Run(articles.name, len(articles), asked.segments, shlex.join(sys.orig_argv), machine())
    run.made_per_s = made_per_s(articles)
    with tempfile.TemporaryDirectory(prefix="engines-", dir=asked.folder) as root:
        place = Place(Path(root), len(articles), asked.segments, asked.opensearch)
        asker = Asker(articles, seed=asked.seed + 1)
        few = [one for kind in KINDS for one in asker.questions(kind, _WEIGHED)]
        opened = []
        for name in chosen(asked.engines, place):
            mine = replace(place, folder=place.folder / name.replace(" ", "-"))
            run.costs[name] = cost(name, mine, corpus, few)
            opened.append(ENGINES[name](mine))
        measure(run, opened, asker, asked)
    return run


def measure(run: Run, engines: Sequence[Rival], asker: Asker, asked: argparse.Namespace) -> None:
    """Add times by kind and engine, the questions whose totals differ, and the physical limits."""
    for engine in engines:
        engine.open()
    run.bandwidth = bandwidth()
    slow = {} if asked.stock_questions is None else {"stock Whoosh": asked.stock_questions}
    turns = Turns(engines, slow)
    for kind in KINDS:
        run.asked[kind] = questions = asker.questions(kind, asked.questions)
        if len(questions) < asked.questions:
            print(f"{kind}: only {len(questions)} different questions", file=sys.stderr)
        run.differ += turns.disagreements(questions)
        run.times[kind] = turns.timed(questions)
        if OURS in run.times[kind]:
            bytes_of = [touched(one, engines[0].hits, asker.averages) for one in questions]
            run.limits[kind] = limit(bytes_of, run.times[kind][OURS].page, run.bandwidth)
        print(f"{kind} measured", file=sys.stderr)


def told(run: Run, *, save: bool) -> dict[str, object]:
    """Print a run, and write it when asked to; return its figures."""
    text, figures = markdown(run), figures_of(run)
    print(text)
    if save:
        several = f" {run.segments} segments" if run.segments > 1 else ""
        print(f"written to {saved(run.articles + several, figures, text)}.json and .md")
    return figures


def options() -> argparse.Namespace:
    """Return what was asked for on the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", choices=("synthetic", "reuters", "titles"), default="synthetic")
    parser.add_argument("--corpora", type=Path, default=CORPORA, help="folder of the files of the other two")
    parser.add_argument("--articles", type=int, help="the first so many; 20,000 of the synthetic")
    parser.add_argument("--questions", type=int, default=30, help="of a kind")
    parser.add_argument("--stock-questions", type=int, help="as many a kind for stock Whoosh, which is slow")
    parser.add_argument(
        "--segments", type=int, default=1, help="commits that ours is built in, without merge"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--engines", nargs="+", choices=ENGINES, default=())
    parser.add_argument("--opensearch", default="", metavar="URL")
    parser.add_argument("--exponents", nargs=2, metavar=("SMALL", "LARGE"), help="sizes, or stored runs")
    parser.add_argument("--folder", type=Path, help="where indexes are built; else the usual place for such")
    parser.add_argument("--save", action="store_true", help="write the figures under bench/runs/")
    return parser.parse_args()


def grown(asked: argparse.Namespace) -> int:
    """Print the exponents of growth between two sizes, measured now or stored; return the exit status."""
    both = []
    for one in asked.exponents:
        stored = Path(one)
        fresh = None if stored.suffix == ".json" else told(run_of(asked, int(one)), save=asked.save)
        both.append(fresh or json.loads(stored.read_text(encoding="utf-8")))
    small, large = sorted(both, key=lambda figures: figures["size"])
    text = "\n".join(growth_table(small, large)) + "\n"
    print(text)
    if asked.save:
        figures = {"runs": [small["articles"], large["articles"]], "exponents": growth(small, large)}
        name = f"growth {asked.corpus} {small['size']:,} to {large['size']:,}"
        print(f"written to {saved(name, figures | {'machine': machine()}, text)}.json and .md")
    return 1 if any(figures["totals_differ"] for figures in both) else 0


def main() -> int:
    """Build, compare, time, print; return 1 when totals differ."""
    asked = options()
    if asked.exponents:
        return grown(asked)
    figures = told(run_of(asked, asked.articles), save=asked.save)
    return 1 if figures["totals_differ"] else 0


if __name__ == "__main__":
    sys.exit(main())
