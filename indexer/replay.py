"""Searches and judgments replayed before a swap: what a new index answers otherwise than the one that serves.

A file of searches has a query a line, as it is typed; blank lines and those that begin with `#` are passed
over. Judgments are those of `search.judgments`: the new index may not answer them much worse.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from indexer.report import Report
from search.domain import Query
from search.engine import Engine
from search.engines.whoosh.index import WhooshEngine
from search.errors import CorpusError, IndexCorrupt, IndexStale, QueryError, SearchError
from search.generation import ENGINE_FOLDER, manifest_of
from search.judgments import Judged, read_judgments
from search.parse import parse
from search.ranking import ndcg, ranked, reciprocal_rank
from search.record import Json
from search.run import answer

FIRST = 10
"""Hits of a saved search that are compared one by one; of the others only how many there are."""
MOST = 1_000
"""Searches of one file; each takes milliseconds on either index."""
MOST_BYTES = 1_000_000
WORSE = 0.05
"""By how much nDCG@10 or MRR over the judged queries may fall at most."""


class Worsened(SearchError):
    """The new index answers judged queries worse; the old one is kept."""

    kind = "worsened"


@dataclass(frozen=True, slots=True)
class Saved:
    """What is replayed; `allow_worse` swaps however much worse judged queries are answered."""

    searches: tuple[str, ...] = ()
    judged: tuple[Judged, ...] = ()
    allow_worse: bool = False

    def __bool__(self) -> bool:
        return bool(self.searches or self.judged)


def read_saved(searches: Path | None, judgments: Path | None, *, allow_worse: bool = False) -> Saved:
    """Return what two files say is replayed. Raises CorpusError, with the line, for what is no query."""
    judged: list[Judged] = []
    if judgments:
        if not judgments.exists():
            raise CorpusError(f"there are no judgments in {judgments}; `dateline judge QUERY` makes some")
        for one in read_judgments(judgments):
            _check(one.query, f"{judgments}:{one.line}")
            judged += [one] if any(grade for _, grade in one.grades) else []
    return Saved(tuple(_searches(searches)) if searches else (), tuple(judged), allow_worse)


def _searches(path: Path) -> Iterator[str]:
    """Yield the queries of a file, each once."""
    seen: set[str] = set()
    for number, line in enumerate(_text(path).split("\n"), start=1):
        query = " ".join(line.split())
        if not query or query.startswith("#") or query in seen:
            continue
        seen.add(query)
        if len(seen) > MOST:
            raise CorpusError(f"{path}:{number}: more than {MOST:,} searches")
        _check(query, f"{path}:{number}")
        yield query


def _text(path: Path) -> str:
    try:
        if not path.is_file():
            fault = "is no regular file" if path.exists() else "does not exist"
            raise CorpusError(f"the file of searches {path} {fault}")
        if path.stat().st_size > MOST_BYTES:
            raise CorpusError(f"{path} is larger than {MOST_BYTES:,} bytes")
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise CorpusError(f"{path}: not UTF-8") from error
    except OSError as error:
        raise CorpusError(f"{path} cannot be read: {error.strerror}") from error


def _check(query: str, place: str) -> None:
    try:
        parse(query)
    except QueryError as error:
        raise CorpusError(f"{place}: {error.message}") from error


def replay(saved: Saved, files: Path, previous: Path | None, report: Report, *, language: str) -> None:
    """Ask a new index and the one that serves what was saved, and put what differs into the report.

    Raises Worsened if judged queries are answered worse than they were by more than `WORSE`.
    """
    if not saved:
        return
    new = WhooshEngine(files, language=language)
    old = _engine(previous) if previous else None
    try:
        try:
            _ask(saved, old, new, report)
        except (IndexCorrupt, IndexStale):
            if old is None:
                raise
            _ask(saved, None, new, report)  # what is damaged is rebuilt, and cannot be compared with
        if saved.judged and not saved.allow_worse:
            _check_judged(report.judged)
    finally:
        new.close()
        if old:
            old.close()


def _ask(saved: Saved, old: Engine | None, new: Engine, report: Report) -> None:
    """Put into the report what is answered now and what was, or that nothing was."""
    today = date.today()
    report.searches = [_compared(query, old, new, today) for query in saved.searches]
    if saved.judged:
        report.judged = _judged(saved.judged, old, new)


def _engine(generation: Path) -> WhooshEngine | None:
    """Return the engine of a generation; None for one that this version cannot read."""
    try:
        return WhooshEngine(generation / ENGINE_FOLDER, language=manifest_of(generation).language)
    except (IndexCorrupt, IndexStale):
        return None


def _compared(query: str, old: Engine | None, new: Engine, today: date) -> Json:
    """Return how many articles a search has now and had, and which first hits are gone or new."""
    now, hits = _answered(query, new, today)
    if old is None:
        return {"query": query, "before": None, "now": now, "gone": [], "come": []}
    before, had = _answered(query, old, today)
    return {
        "query": query,
        "before": before,
        "now": now,
        "gone": [one for one in had if one not in hits],
        "come": [one for one in hits if one not in had],
    }


def _answered(query: str, engine: Engine, today: date) -> tuple[int, list[str]]:
    page = answer(engine, Query(query, size=FIRST), today=today, values=1)
    return page.total, [hit.article.id for hit in page.hits]


def _judged(judged: Sequence[Judged], old: Engine | None, new: Engine) -> Json:
    """Return the means of nDCG@10 and of the reciprocal rank over judged queries, now and before."""
    return {
        "queries": len(judged),
        "now": _means(judged, new),
        "before": _means(judged, old) if old else None,
    }


def _means(judged: Sequence[Judged], engine: Engine) -> Json:
    gains = ranks = 0.0
    for one in judged:
        ranking, grades = ranked(engine, one.query), dict(one.grades)
        gains += ndcg(ranking, grades)
        ranks += reciprocal_rank(ranking, grades)
    return {"ndcg10": gains / len(judged), "mrr": ranks / len(judged)}


def _check_judged(found: Json) -> None:
    for name, was in (found["before"] or {}).items():
        now = found["now"][name]
        if was - now > WORSE:
            raise Worsened(
                f"the new index answers the judged queries worse: {MEASURES[name]} {now:.3f}, and {was:.3f} "
                "in the one that serves, which is kept. Look whether a source is missing or a tag went "
                "wrong; --allow-worse swaps all the same"
            )


MEASURES = {"ndcg10": "nDCG@10", "mrr": "MRR"}
"""What the measures of judged queries are called."""
