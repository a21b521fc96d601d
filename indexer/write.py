"""Sources to an index: read, have them worked on (`work`), write beside the old one, swap."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from time import monotonic

from indexer.generations import current_or_none, discard, fresh, prepare, seal, swap, tidy
from indexer.lock import locked
from indexer.naming import ArchiveNames
from indexer.read import read_sources
from indexer.report import Report, Teller
from indexer.source import Refusal, Source
from indexer.taken import Taken
from indexer.verify import verify
from indexer.work import Chunk, Outcome, Ready, worked
from search.engine import Writer
from search.engines.whoosh.index import WhooshEngine, create
from search.engines.whoosh.schema import FORMAT
from search.errors import SearchError
from search.generation import ENGINE_FOLDER


class NothingRead(SearchError):
    """No article could be read, so that there is nothing to swap in."""

    kind = "nothing-read"


@dataclass(slots=True)
class Rebuild:
    """One run of `dateline rebuild`; `taken` holds the ids that were written."""

    sources: Sequence[Path]
    index: Path
    workers: int = 2
    language: str = "en"
    report: Report = field(default_factory=Report)
    taken: Taken = field(init=False)
    names: ArchiveNames = field(default_factory=ArchiveNames)

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
            with Taken(generation) as self.taken, engine.writer() as writer:
                for chunk in worked(self._sources(), prepare=writer.prepare, workers=self.workers):
                    self._write(chunk, writer, teller)
                teller.step("write")
            engine.close()
            if not self.report.read:
                raise NothingRead(self._nothing())
            teller.step("verify")
            verify(files, self.report, self.taken, language=self.language)
            self._join_names(files)
            self.report.seconds = monotonic() - self.report.started
            seal(generation, self._manifest(), report=self.report.as_json())
            teller.step("done")

    def _join_names(self, files: Path) -> None:
        """Have the spellings of one person's name be one value."""
        aliases = self.names.aliases()
        self.report.joined = len(aliases)
        if aliases:
            engine = WhooshEngine(files, language=self.language)
            engine.alias(aliases)
            engine.close()

    def _sources(self) -> Iterator[Source]:
        """Yield what was read; refusals are counted on the way."""
        for one in read_sources(self.sources):
            if isinstance(one, Source):
                yield one
            elif one.skipped:
                self.report.skipped += 1
            else:
                self.report.refuse(one.origin, one.reason)

    def _write(self, chunk: Chunk, writer: Writer, teller: Teller) -> None:
        keep = []
        for outcome in chunk.outcomes:
            taken = self._take(outcome)
            if isinstance(outcome, Ready):
                keep.append(taken)
            teller.advance()
        begin = 0
        for batch in chunk.batches:
            end = begin + len(batch)
            writer.add_batch(batch, keep=keep[begin:end])
            begin = end

    def _take(self, outcome: Outcome) -> bool:
        """Return whether an article is written, or count why not: refused, or not the first of its id."""
        if isinstance(outcome, Refusal):
            self.report.refuse(outcome.origin, outcome.reason)
            return False
        known = self.taken.digest(outcome.id)
        if known is not None and known != outcome.digest:
            named = f"{outcome.id[:80]!r} in {self.taken.origin(outcome.id)}"
            self.report.refuse(outcome.origin, f"another article has the same id: {named}")
            return False
        self.report.found += 1
        if known is not None:
            self.report.duplicates += 1
            return False
        self.taken.add(outcome.id, outcome.digest, outcome.origin)
        self._count(outcome)
        return True

    def _count(self, article: Ready) -> None:
        self.report.read += 1
        self.report.undated += article.undated
        self.names.add(article)
        self.report.unknown_keys.update(article.unknown_keys)
        for note in article.notes:
            self.report.note(article.origin, note)

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
