"""Suite `ranking`: how good the first hits are, on a collection with judgments or on judgments of one's own.

A collection is a folder with `docs.jsonl` (id, title, text), `queries.tsv` (query id, text) and `qrels.tsv`
(query id, article id, grade), each also packed as `.gz`. It is indexed anew, and each query is asked in lower
case and with match=any: it is prose, in which capitals are no operators. A query without a relevant article
is left out.
"""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from indexer.evaluation.corpus import numbered_lines, rows
from indexer.evaluation.measured import Measured, Slips
from indexer.evaluation.sample import Sample
from indexer.read import shown
from search.domain import Article, Match
from search.engine import Engine
from search.engines.whoosh.index import create
from search.errors import CorpusError, QueryError
from search.judgments import Judged
from search.limits import Limits
from search.ranking import QueryScore, means, ranked, scored
from search.tokens import words

LIMITS = Limits(length=100_000, words=1_000)
"""Queries of collections are sentences, longer than anyone types."""
PARTS = ("docs.jsonl", "queries.tsv", "qrels.tsv")
POOR = 0.2
"""nDCG@10 below which a query counts as poorly answered."""


def measure(path: Path, sample: Sample) -> Measured:
    """Return how well a collection's queries are answered; a sample is one of queries."""
    files = {part: _part(path, part) for part in PARTS}
    grades = _grades(files["qrels.tsv"])
    queries = _queries(files["queries.tsv"])
    if unknown := sorted(set(grades) - set(queries)):
        raise CorpusError(f"{shown(files['qrels.tsv'])}: judges {unknown[0]!r}, which is no query")
    asked = [
        (number, text)
        for at, (number, text) in enumerate(queries.items())
        if sample.takes(at, number) and any(grade > 0 for grade in grades.get(number, {}).values())
    ]
    with engine_over(files["docs.jsonl"]) as engine:
        scores = [_asked(engine, number, text, grades[number]) for number, text in asked]
        articles = len(engine)
    return _measured(path, articles, scores, notes=_left_out(len(queries) - len(asked)))


def replay(engine: Engine, judged: Sequence[Judged], path: Path, *, match: Match) -> Measured:
    """Return how well an index answers queries that were judged at it, each asked as it was typed."""
    scores, silent = [], 0
    missing: set[str] = set()
    for one in judged:
        grades = dict(one.grades)
        missing |= {article_id for article_id in grades if engine.article(article_id) is None}
        if not any(grades.values()):
            silent += 1
            continue
        try:
            scores.append(scored(one.query, ranked(engine, one.query, match=match), grades))
        except QueryError as error:
            raise CorpusError(f"{shown(path)}:{one.line}: {error.message}") from error
    notes = _left_out(silent)
    if missing:
        notes += (f"{len(missing)} judged articles are not in the index, {min(missing)!r} for one",)
    return _measured(path, len(engine), scores, notes=notes)


@contextmanager
def engine_over(docs: Path) -> Iterator[Engine]:
    """Give an engine over the articles of a collection, whose index is gone afterwards."""
    with tempfile.TemporaryDirectory() as made:
        engine = create(Path(made) / "index")
        with engine.writer() as writer:
            for row in rows(docs, Sample()):
                text, title = row.data.get("text"), row.data.get("title") or ""
                if not isinstance(text, str) or not isinstance(title, str) or "id" not in row.data:
                    raise row.fault("an article of a collection has an id, a text and perhaps a title")
                writer.add(Article(str(row.data["id"]), title, text))
        engine = engine.reopened()
        try:
            yield engine
        finally:
            engine.close()


def plain(text: str) -> str:
    """Return the words of a sentence as a query in which nothing is an operator."""
    return " ".join(words(text.lower()))


def _asked(engine: Engine, number: str, text: str, grades: dict[str, int]) -> QueryScore:
    ranking = ranked(engine, plain(text), match="any", limits=LIMITS)
    return scored(" ".join(text.split()), ranking, grades, query_id=number)


def _measured(path: Path, articles: int, scores: list[QueryScore], *, notes: tuple[str, ...]) -> Measured:
    if not scores:
        raise CorpusError(f"{shown(path)}: no query has a relevant article, so there is nothing to measure")
    slips = Slips()
    for one in scores:
        if one.ndcg10 < POOR:
            kind = "nothing relevant in the first ten" if one.ndcg10 == 0 else f"nDCG@10 below {POOR}"
            slips.add(
                kind, f"{one.id} {one.query}".strip(), f"nDCG@10 {one.ndcg10:.3f}, {one.relevant} relevant"
            )
    return Measured(
        articles=articles,
        figures=means(scores),
        counts=(
            ("queries", len(scores)),
            ("relevant", sum(one.relevant for one in scores)),
            ("judged_in_first_ten", sum(one.judged10 for one in scores)),
        ),
        errors=slips.kinds(),
        queries=tuple(scores),
        notes=notes,
    )


def _left_out(queries: int) -> tuple[str, ...]:
    return (f"{queries} queries are out of the sample or without a relevant article",) if queries else ()


def _part(folder: Path, name: str) -> Path:
    for path in (folder / name, folder / f"{name}.gz"):
        if path.is_file():
            return path
    raise CorpusError(f"{shown(folder)} is no collection: it has no {name}; see docs/evaluation.md")


def _table(path: Path, columns: int) -> Iterator[tuple[str, list[str]]]:
    """Yield place and fields of each line. Raises CorpusError for one with another number of fields."""
    for number, line in numbered_lines(path):
        fields = line.split("\t")
        if len(fields) != columns:
            raise CorpusError(f"{shown(path)}:{number}: {len(fields)} fields between tabs, not {columns}")
        yield f"{shown(path)}:{number}", fields


def _queries(path: Path) -> dict[str, str]:
    found: dict[str, str] = {}
    for place, (number, text) in _table(path, 2):
        if number in found:
            raise CorpusError(f"{place}: the query id {number!r} stands twice")
        found[number] = text
    return found


def _grades(path: Path) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for place, (number, article_id, grade) in _table(path, 3):
        if not grade.strip().isdecimal() or len(grade) > 4:
            raise CorpusError(f"{place}: the grade is {grade[:40]!r}, not a whole number from 0")
        found.setdefault(number, {})[article_id] = int(grade)
    return found
