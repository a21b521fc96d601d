"""Results as text for a terminal, and as JSON."""

from collections.abc import Iterator
from typing import Any

from indexer.evaluation.measured import Kind
from indexer.evaluation.suites import Result
from search.ranking import QueryScore

WIDTH = 160
"""Code points of an error or query that a terminal is shown."""


def as_json(result: Result, *, errors: int) -> dict[str, Any]:
    """Return a result as `--json` prints it, with so many errors of each kind and every query."""
    measured = result.measured
    return {
        "suite": result.suite,
        "corpus": result.corpus,
        "sha256": result.sha256,
        "sample": str(result.sample),
        "articles": measured.articles,
        "figures": dict(measured.figures),
        "counts": dict(measured.counts),
        "errors": [
            {
                "kind": kind.kind,
                "times": kind.times,
                "worst": [slip._asdict() for slip in kind.worst[:errors]],
            }
            for kind in measured.errors
        ],
        "queries": [score._asdict() for score in measured.queries],
        "notes": list(measured.notes),
        "seconds": round(result.took, 1),
    }


def lines(result: Result, *, errors: int) -> Iterator[str]:
    """Yield what a terminal is shown of a result."""
    measured = result.measured
    yield f"{plain(result.name)}: {measured.articles:,} articles, {result.took:.1f} s"
    yield "  " + "  ".join(f"{_name(name)} {value:.4f}" for name, value in measured.figures)
    yield "  " + ", ".join(f"{count:,} {_name(name)}" for name, count in measured.counts)
    yield from (f"  note: {plain(note)}" for note in measured.notes)
    if errors and measured.queries:
        yield from _query_lines(measured.queries, errors)
    elif errors:
        for kind in measured.errors:
            yield from _error_lines(kind, errors)


def plain(text: str) -> str:
    """Return text on one line without characters that steer a terminal, cut where it is long."""
    shown = "".join(letter if letter.isprintable() else " " for letter in text[: WIDTH + 1])
    return shown if len(shown) <= WIDTH else shown[: WIDTH - 1] + "…"


def _error_lines(kind: Kind, errors: int) -> Iterator[str]:
    yield f"  {kind.kind}: {kind.times:,}"
    for slip in kind.worst[:errors]:
        yield f"    {slip.times:>5,}  {plain(slip.what)}  [{plain(slip.where)}]"
    if len(kind.worst) > errors:
        yield f"    {'…':>5}  {len(kind.worst) - errors:,} more; --errors shows them"


def _query_lines(queries: tuple[QueryScore, ...], errors: int) -> Iterator[str]:
    """Yield the queries, the worst first."""
    yield "  nDCG@10      AP  recall@100  relevant  query"
    ordered = sorted(queries, key=lambda one: (one.ndcg10, one.ap, one.query))
    for one in ordered[:errors]:
        measures = f"  {one.ndcg10:>7.3f}  {one.ap:>6.3f}  {one.recall100:>10.3f}  {one.relevant:>8,}"
        yield f"{measures}  {plain(f'{one.id} {one.query}'.strip())}"
    if len(ordered) > errors:
        yield f"  {'…':>7}  {len(ordered) - errors:,} more queries; --errors shows them, and --json has all"


def _name(name: str) -> str:
    known = {"f1": "F1", "ndcg10": "nDCG@10", "map": "MAP", "recall100": "recall@100"}
    return known.get(name) or name.replace("_", " ").replace("f1", "F1")
