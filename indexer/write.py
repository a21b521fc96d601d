"""Sources to an index: read, extract in worker processes, write beside the old one, swap."""

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from hashlib import sha256
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from time import monotonic

from indexer.extract import Extracted, extract_or_refuse
from indexer.generations import current_or_none, discard, fresh, prepare, seal, swap, tidy
from indexer.lock import locked
from indexer.read import read_sources
from indexer.report import Report, Teller
from indexer.source import Refusal, Source
from indexer.verify import verify
from search.domain import Article
from search.engine import Writer
from search.engines.whoosh.index import create
from search.engines.whoosh.schema import FORMAT
from search.errors import SearchError
from search.generation import ENGINE_FOLDER
from search.record import encoded

CHUNK = 32
"""Articles that travel to a worker at once: enough to outweigh the trip, few enough to keep flowing."""

Outcome = Extracted | Refusal


class NothingRead(SearchError):
    """No article could be read, so that there is nothing to swap in."""

    kind = "nothing-read"


@dataclass(slots=True)
class Rebuild:
    """One run of `dateline rebuild`; `digests` holds the content of every id that was taken."""

    sources: Sequence[Path]
    index: Path
    workers: int = 2
    language: str = "en"
    report: Report = field(default_factory=Report)
    digests: dict[str, bytes] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)

    def run(self, *, expected: int = 0) -> Report:
        """Build a generation beside the current one and swap it in; `expected` articles, if known.

        Raises IndexLocked, NothingRead, NotVerified, or OSError; the old index stays then.
        """
        prepare(self.index)
        with locked(self.index):
            previous = current_or_none(self.index)
            generation = fresh(self.index)
            try:
                self._build(generation, expected)
            except BaseException:
                discard(generation)
                raise
            swap(self.index, generation)
            tidy(self.index, previous=previous)
        return self.report

    def _build(self, generation: Path, expected: int) -> None:
        files = generation / ENGINE_FOLDER
        with Teller(self.report, expected=expected) as teller:
            engine = create(files, language=self.language)
            with engine.writer() as writer:
                for outcome in extracted(self._sources(), workers=self.workers):
                    self._take(outcome, writer)
                    teller.advance()
                teller.step("write")
            engine.close()
            if not self.report.read:
                raise NothingRead(self._nothing())
            teller.step("verify")
            verify(files, self.report, self.digests, language=self.language)
            self.report.seconds = monotonic() - self.report.started
            seal(generation, self._manifest(), report=self.report.as_json())
            teller.step("done")

    def _sources(self) -> Iterator[Source]:
        """Yield what was read; refusals are counted on the way."""
        for one in read_sources(self.sources):
            if isinstance(one, Source):
                yield one
            elif one.skipped:
                self.report.skipped += 1
            else:
                self.report.refuse(one.origin, one.reason)

    def _take(self, outcome: Outcome, writer: Writer) -> None:
        """Write an article, or count why not: refused, the same again, or another of the same id."""
        if isinstance(outcome, Refusal):
            self.report.refuse(outcome.origin, outcome.reason)
            return
        article = outcome.article
        origin = article.origin or article.id
        digest = sha256(encoded(replace(article, origin=None))).digest()
        known = self.digests.get(article.id)
        if known is not None and known != digest:
            first = self.origins[article.id]
            self.report.refuse(origin, f"another article has the same id: {article.id[:80]!r} in {first}")
            return
        self.report.found += 1
        if known is not None:
            self.report.duplicates += 1
            return
        self.digests[article.id] = digest
        self.origins[article.id] = origin
        writer.add(article)
        self._count(article, outcome)

    def _count(self, article: Article, outcome: Extracted) -> None:
        self.report.read += 1
        self.report.undated += article.date is None
        self.report.unknown_keys.update(outcome.unknown_keys)
        for note in outcome.notes:
            self.report.note(article.origin or article.id, note)

    def _nothing(self) -> str:
        shown = ", ".join(str(source) for source in self.sources)
        if not self.report.found:
            return (
                f"there is no article in {shown}; the formats read are .txt .md .html .jsonl .json .csv (.gz)"
            )
        origin, reason = self.report.refusals[0]
        return f"none of {self.report.found:,} articles in {shown} could be read; {origin}: {reason}"

    def _manifest(self) -> dict[str, object]:
        return {
            "format": FORMAT,
            "engine": "whoosh",
            "language": self.language,
            "articles": self.report.read,
            "built": datetime.now(UTC).isoformat(timespec="seconds"),
            "version": version("dateline"),
            "report": self.report.counts(),
        }


def extracted(sources: Iterable[Source], *, workers: int) -> Iterator[Outcome]:
    """Yield what became of each source, in order, worked on by so many processes.

    At most a few chunks a worker are under way, so that memory does not grow with the archive.
    Raises SearchError when a worker dies.
    """
    chunks = _chunks(sources)
    if workers <= 1:
        yield from (outcome for chunk in chunks for outcome in extract_all(chunk))
        return
    # Forked before any thread of ours runs: the tables that the parent loaded are shared.
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        try:
            yield from _in_order(pool.submit, chunks, ahead=4 * workers)
        except BrokenProcessPool as error:
            raise SearchError("a worker died, most likely for want of memory; try --workers 1") from error
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def extract_all(sources: Sequence[Source]) -> list[Outcome]:
    """Return what became of each source."""
    return [extract_or_refuse(source) for source in sources]


def _in_order(
    submit: Callable[..., Future[list[Outcome]]], chunks: Iterable[list[Source]], *, ahead: int
) -> Iterator[Outcome]:
    """Yield the results of chunks in order while at most `ahead` of them are under way."""
    waiting: deque[Future[list[Outcome]]] = deque()
    for chunk in chunks:
        waiting.append(submit(extract_all, chunk))
        if len(waiting) >= ahead:
            yield from waiting.popleft().result()
    while waiting:
        yield from waiting.popleft().result()


def _chunks(sources: Iterable[Source]) -> Iterator[list[Source]]:
    sources = iter(sources)
    while chunk := list(islice(sources, CHUNK)):
        yield chunk
