"""Sources to an index: read, have them worked on (`work`), write beside the old one, swap."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from hashlib import blake2b
from importlib.metadata import version
from itertools import count
from pathlib import Path
from time import monotonic
from typing import Any

from indexer.cache import SIZE_BYTES, Cache, Reader
from indexer.corrections import chosen_corrections
from indexer.extractor import extractor
from indexer.fate import Fates
from indexer.generations import (
    CACHE,
    current_or_none,
    discard,
    fresh,
    prepare,
    seal,
    serves,
    swap,
    sweep,
    tidy,
)
from indexer.intake import Ended, Item, Kept, items, places
from indexer.ledger import LedgerWriter
from indexer.lock import locked
from indexer.replay import Saved, replay
from indexer.report import Report, Teller
from indexer.taken import Taken
from indexer.unchanged import is_unchanged
from indexer.verify import check_size, verify
from indexer.work import Chunk, Job, Ready, worked
from search.engine import Writer
from search.engines.whoosh.index import WhooshEngine, create
from search.engines.whoosh.schema import FORMAT
from search.errors import IndexCorrupt, IndexStale, SearchError
from search.generation import ENGINE_FOLDER, manifest_of

GIVEN_BACK = 1_024
"""Texts after which what was read of an index's files is given back: each keeps some 64 kB of them."""


class NothingRead(SearchError):
    """No article could be read, so that there is nothing to swap in."""

    kind = "nothing-read"


@dataclass(slots=True)
class Rebuild:
    """One run of `dateline rebuild`; `taken` holds the ids that were written.

    `force` builds although nothing has changed; `allow_shrink` swaps however much is gone;
    `wait_seconds` is how long another writer is waited for; `cache_bytes` bounds what is kept of
    extractions once the run is over; `saved` is asked of the new index and the old one before the swap.
    """

    sources: Sequence[Path]
    index: Path
    workers: int = 2
    language: str = "en"
    force: bool = False
    allow_shrink: bool = False
    wait_seconds: float = 0.0
    cache_bytes: int = SIZE_BYTES
    saved: Saved = field(default_factory=Saved)
    report: Report = field(default_factory=Report)
    taken: Taken = field(init=False)

    def run(self, *, expected: Callable[[], int] = int) -> Report:
        """Build a generation beside the current one and swap it in.

        `expected` tells about how many articles there are, 0 if that is not known; asked at need.

        When neither sources nor settings have changed since the current one was built, nothing is
        done, and the report says so. Raises IndexLocked, NothingRead, NotVerified, Shrunk, Worsened, or
        OSError; the old index stays then.
        """
        prepare(self.index)
        with locked(self.index, wait_seconds=self.wait_seconds):
            return self.run_locked(expected=expected)

    def run_locked(self, *, expected: Callable[[], int] = int) -> Report:
        """Do what `run` does, in a prepared folder whose lock is held."""
        previous = current_or_none(self.index)
        about = about_now(self.sources, language=self.language)
        if previous and not self.force and is_unchanged(previous, self.sources, about):
            sweep(self.index)
            return unchanged(self.report, previous)
        with replacing(self.index, previous) as generation:
            self._build(generation, previous, expected(), about)
        return self.report

    def _build(self, generation: Path, previous: Path | None, expected: int, about: dict[str, Any]) -> None:
        files = generation / ENGINE_FOLDER
        with Teller(self.report, expected=expected) as teller:
            with Taken(generation) as self.taken, LedgerWriter(generation) as ledger:
                fates = Fates(self.report, self.taken, ledger)
                self._write(files, fates, teller, about)
                ledger.finish(about)
            if not self.report.read:
                raise NothingRead(fates.nothing(self.sources))
            teller.step("verify")
            verify(files, self.report, self.taken, language=self.language)
            if previous and not self.allow_shrink:
                check_size(self.report, counts_of(previous))
            join(files, fates, language=self.language)
            replay(self.saved, files, previous, self.report, language=self.language)
            teller.settle()
            self.report.seconds = monotonic() - self.report.started
            seal(generation, manifest(self.report, language=self.language), report=self.report.as_json())
            teller.step("done")

    def _write(self, files: Path, fates: Fates, teller: Teller, about: dict[str, Any]) -> None:
        """Write every article of the sources."""
        reader = Reader(self.index / CACHE, bytes.fromhex(about["extractor"]), date.today())
        engine = create(files, language=self.language)
        with Cache(self.index / CACHE) as cache, engine.writer() as writer:
            job = Job(writer.prepare, reader)
            for chunk in worked(read_items(self.sources), job, workers=self.workers):
                cache.take(chunk.fresh)
                self.report.cached += chunk.known
                _add(chunk, writer, fates, teller)
            teller.step("write")
            cache.shrink(self.cache_bytes)
        if cache.fault:
            self.report.note(str(self.index), cache.fault)
        engine.close()


@contextmanager
def replacing(index: Path, previous: Path | None) -> Iterator[Path]:
    """Lend a new generation, and swap it in at the end; an error removes it and is raised."""
    sweep(index)
    generation = fresh(index)
    try:
        yield generation
        swap(index, generation)
    except BaseException:
        if not serves(index, generation):
            discard(generation)
        raise
    with suppress(OSError, SearchError):  # it serves; what is left over goes with the next run
        tidy(index, previous=previous)


def about_now(sources: Sequence[Path], *, language: str) -> dict[str, Any]:
    """Return all that an index depends on but for the articles themselves."""
    return {
        "extractor": extractor().hex(),
        "tags": _digest(repr(chosen_corrections())),
        "format": FORMAT,
        "language": language,
        "version": version("dateline"),
        "day": date.today().isoformat(),
        "sources": [str(source) for source in sources],
        "folder": os.getcwd(),
    }


def unchanged(report: Report, generation: Path) -> Report:
    """Return a report with the word that a generation is what would be built."""
    found = manifest_of(generation)
    report.unchanged = found.built
    report.read = found.articles
    report.seconds = monotonic() - report.started
    return report


def _add(chunk: Chunk, writer: Writer, fates: Fates, teller: Teller) -> None:
    """Decide what becomes of the articles of a chunk, and write those that are taken."""
    keep = []
    for outcome in chunk.outcomes:
        if isinstance(outcome, Kept):
            raise TypeError("a rebuild keeps nothing")
        if isinstance(outcome, Ended):
            fates.end(outcome)
            continue
        taken = fates.decide(outcome)
        if isinstance(outcome, Ready):
            keep.append(taken)
        teller.advance()
    add_batches(chunk, writer, keep)


def add_batches(chunk: Chunk, writer: Writer, keep: Sequence[bool]) -> None:
    """Write the articles of a chunk's batches for which `keep` says so."""
    begin = 0
    for batch in chunk.batches:
        end = begin + len(batch)
        writer.add_batch(batch, keep=keep[begin:end])
        begin = end


def read_items(sources: Sequence[Path]) -> Iterator[Item]:
    """Yield what lies under the sources, file by file."""
    for place in places(sources):
        yield from items(place)


def join(files: Path, fates: Fates, *, language: str) -> None:
    """Have the spellings of one person's name be one value, and near copies of one text one story."""
    aliases = fates.names.aliases()
    fates.report.joined = len(aliases)
    engine = WhooshEngine(files, language=language)
    stories = fates.stories.aliases(giving_back(engine))
    engine.alias(aliases, countries=fates.names.countries(), stories=stories)
    engine.close()


def giving_back(engine: WhooshEngine) -> Callable[[str], str]:
    """Return what reads a story's text, and has the system take back now and then what was read of the files.

    Texts to compare lie all over them: of a million articles they were a gigabyte.
    """
    reads = count(1)

    def text_of(story: str) -> str:
        text = engine.story_text(story)
        if next(reads) % GIVEN_BACK == 0:
            engine.release()
        return text

    return text_of


def manifest(report: Report, *, language: str) -> dict[str, object]:
    """Return what a generation says of itself."""
    return {
        "format": FORMAT,
        "engine": "whoosh",
        "language": language,
        "articles": report.read,
        "built": datetime.now(UTC).isoformat(timespec="seconds"),
        "version": version("dateline"),
        "report": report.counts(),
    }


def counts_of(generation: Path) -> Mapping[str, Any]:
    """Return the counts of the index that serves, none for one of another version."""
    try:
        return manifest_of(generation).report
    except (IndexCorrupt, IndexStale):
        return {}


def _digest(told: str) -> str:
    return blake2b(told.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
