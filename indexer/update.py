"""An index brought up to its sources: only what changed is read, and the index is as if it were built anew.

    each file ─▶ as it was? ─▶ its outcomes from the ledger ─┐
                    └▶ no: read ─▶ work ─▶ outcomes ─────────┴▶ fates, as in a rebuild ─▶ what differs

Which of two articles with one id is taken, and which names are one person's, depends on all articles and
on their order. So every fate is decided anew, from the ledger where files are as they were; only then are
the articles that differ deleted and written, beside links to the segments that are there.
"""

import errno
import os
import shutil
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from time import monotonic
from typing import NamedTuple

from indexer.cache import SIZE_BYTES, Cache, Reader
from indexer.fate import Fates
from indexer.generations import CACHE, prepare, seal, sweep
from indexer.intake import Ended, Item, Kept, Place, items, places
from indexer.ledger import Ledger, LedgerWriter
from indexer.lock import locked
from indexer.replay import Saved, replay
from indexer.report import Report, Teller
from indexer.source import Refusal
from indexer.taken import Taken
from indexer.unchanged import is_built_by, is_read_already, is_unchanged
from indexer.verify import check_size, verify
from indexer.work import UNPREPARED, Chunk, Job, Ready, worked
from indexer.write import (
    NothingRead,
    Rebuild,
    about_now,
    add_batches,
    counts_of,
    join,
    manifest,
    replacing,
    unchanged,
)
from search.engines.whoosh.index import WhooshEngine
from search.engines.whoosh.tiers import to_merge
from search.errors import IndexCorrupt, IndexStale, SearchError, SettingError
from search.generation import ENGINE_FOLDER, current, manifest_of

_AGAIN = "the index is as it was; run this again"
_NO_LINKS = frozenset((errno.EXDEV, errno.EPERM, errno.EOPNOTSUPP, errno.EMLINK, errno.ENOSYS))


class SourcesMoving(SearchError):
    """A source changed while it was read; the old index is kept, and the next run sees the change."""

    kind = "sources-moving"


class Version(NamedTuple):
    """An article as the index has it, or should: what it holds and where it was read."""

    digest: bytes
    origin: str


class Spot(NamedTuple):
    """Where an article is read: the number of its file, and of the outcome there."""

    file: int
    outcome: int


@dataclass(slots=True)
class Difference:
    """What was taken before and is not any more, and what is taken now, by id; the rest is as it was."""

    before: dict[str, Version] = field(default_factory=dict)
    after: dict[str, tuple[Version, Spot]] = field(default_factory=dict)
    files: list[Place] = field(default_factory=list)

    def deleted(self) -> list[str]:
        """Return the ids that are gone."""
        return [article_id for article_id in self.before if article_id not in self.after]

    def written(self) -> dict[str, Spot]:
        """Return the ids whose articles are new or others, and where each is read."""
        return {
            article_id: spot
            for article_id, (version, spot) in self.after.items()
            if self.before.get(article_id) != version
        }


@dataclass(slots=True)
class Update:
    """One run of `dateline update`; without `sources`, those that the index was built from."""

    sources: Sequence[Path]
    index: Path
    workers: int = 2
    allow_shrink: bool = False
    wait_seconds: float = 0.0
    cache_bytes: int = SIZE_BYTES
    saved: Saved = field(default_factory=Saved)
    report: Report = field(default_factory=Report)

    def run(self) -> Report:
        """Bring the index up to its sources; what is true of `Rebuild.run` is true here.

        An index of another version or other settings is built anew. Raises IndexMissing as well.
        """
        current(self.index)
        prepare(self.index)
        with locked(self.index, wait_seconds=self.wait_seconds):
            previous = current(self.index)
            self.sources = self.sources or recorded_sources(self.index)
            try:
                with Ledger(previous) as ledger:
                    about = about_now(self.sources, language=manifest_of(previous).language)
                    if is_unchanged(previous, self.sources, about):
                        sweep(self.index)
                        return unchanged(self.report, previous)
                    if is_built_by(ledger, about):
                        return self._update(previous, ledger, about)
            except (IndexCorrupt, IndexStale, _Unprepared):
                self.report.begin_anew()  # what cannot be read, or not be added to, is built anew
            return self._rebuild(previous)

    def _rebuild(self, previous: Path) -> Report:
        """Build anew what cannot be updated."""
        try:
            language = manifest_of(previous).language
        except (IndexCorrupt, IndexStale):
            language = "en"
        return Rebuild(
            self.sources,
            self.index,
            workers=self.workers,
            language=language,
            force=True,
            allow_shrink=self.allow_shrink,
            cache_bytes=self.cache_bytes,
            saved=self.saved,
            report=self.report,
        ).run_locked()

    def _update(self, previous: Path, ledger: Ledger, about: dict[str, object]) -> Report:
        language = str(about["language"])
        with replacing(self.index, previous) as generation, Teller(self.report, expected=0) as teller:
            files = generation / ENGINE_FOLDER
            _link(previous / ENGINE_FOLDER, files)
            with (
                Taken(generation) as taken,
                LedgerWriter(generation) as new,
                Cache(self.index / CACHE) as cache,
            ):
                fates = Fates(self.report, taken, new)
                cached = Reader(self.index / CACHE, bytes.fromhex(str(about["extractor"])), date.today())
                course = _Course(ledger, fates, cache, str(about["day"]))
                for chunk in worked(course.items(self.sources), Job(None, cached), workers=self.workers):
                    course.take(chunk, teller)
                new.finish(about)
                if not self.report.read:
                    raise NothingRead(fates.nothing(self.sources))
                teller.step("write")
                difference = course.difference()
                self._write(files, difference, cached, language)
                cache.shrink(self.cache_bytes)
            teller.step("verify")
            fresh = difference.written()
            verify(files, self.report, taken, language=language, fresh=fresh)
            if not self.allow_shrink:
                check_size(self.report, counts_of(previous))
            join(files, fates, language=language)
            replay(self.saved, files, previous, self.report, language=language)
            teller.settle()
            self.report.seconds = monotonic() - self.report.started
            seal(generation, manifest(self.report, language=language), report=self.report.as_json())
            teller.step("done")
        return self.report

    def _write(self, files: Path, difference: Difference, cached: Reader, language: str) -> None:
        """Delete and write what differs, and join segments where there are many."""
        gone, wanted = difference.deleted(), difference.written()
        self.report.deleted, self.report.written = len(gone), len(wanted)
        if not gone and not wanted:
            return
        engine = WhooshEngine(files, language=language)
        writer = engine.writer()
        try:
            for article_id in gone:
                writer.delete(article_id)
            reading = (item for place in difference.files for item in items(place))
            walk = _Walk({spot: (one, difference.after[one][0].digest) for one, spot in wanted.items()})
            for chunk in worked(reading, Job(writer.prepare, cached), workers=self.workers):
                add_batches(chunk, writer, walk.keep(chunk))
            walk.check()
            writer.commit(merge=to_merge)
        except BaseException:
            writer.cancel()
            raise
        engine.close()


@dataclass(slots=True)
class _Course:
    """Goes through all files once: decides every fate, and notes what is not as it was."""

    ledger: Ledger
    fates: Fates
    cache: Cache
    day: str
    _seen: bytearray = field(init=False)
    _difference: Difference = field(default_factory=Difference)
    _open: deque[Place] = field(default_factory=deque)
    _at: int = 0
    _noted: bool = False

    def __post_init__(self) -> None:
        self._seen = bytearray(len(self.ledger))

    def items(self, sources: Sequence[Path]) -> Iterator[Item]:
        """Yield what lies under the sources; a file that is as it was, by its number in the ledger."""
        for place in places(sources):
            row = self.ledger.row(place.key)
            self._open.append(place)
            if row and is_read_already(place, row, self.ledger, day=self.day):
                yield Kept(row.number, Ended(place.key, row.known, row.form))
            else:
                yield from items(place)

    def take(self, chunk: Chunk, teller: Teller) -> None:
        """Decide what becomes of the articles of a chunk."""
        self.cache.take(chunk.fresh)
        self.fates.report.cached += chunk.known
        for outcome in chunk.outcomes:
            if isinstance(outcome, Kept):
                self._keep(outcome)
                self._end(outcome.ended)
            elif isinstance(outcome, Ended):
                self._end(outcome)
            else:
                if self.fates.decide(outcome):
                    self._note(outcome)
                self._at += 1
            teller.advance()

    def difference(self) -> Difference:
        """Return what differs, once all is gone through."""
        for number in (number for number, seen in enumerate(self._seen) if not seen):
            for outcome, was in self.ledger.outcomes(number):
                if was and isinstance(outcome, Ready):
                    self._difference.before[outcome.id] = Version(outcome.digest, outcome.origin)
        return self._difference

    def _keep(self, kept: Kept) -> None:
        again = self._seen[kept.number]  # the file of a source that is given twice
        self._seen[kept.number] = 1
        for outcome, was in self.ledger.outcomes(kept.number):
            taken = self.fates.decide(outcome)
            if isinstance(outcome, Ready) and not again and taken != was:
                if taken:
                    self._note(outcome)
                else:
                    self._difference.before[outcome.id] = Version(outcome.digest, outcome.origin)
            self._at += 1

    def _note(self, outcome: object) -> None:
        if isinstance(outcome, Ready):
            self._noted = True
            spot = Spot(len(self._difference.files), self._at)
            self._difference.after[outcome.id] = Version(outcome.digest, outcome.origin), spot

    def _end(self, ended: Ended) -> None:
        self.fates.end(ended)
        place = self._open.popleft()
        if self._noted:  # only such a file is read again
            self._difference.files.append(place)
        self._noted = False
        self._at = 0


class _Unprepared(Exception):
    """An article that was taken cannot be prepared for the index: only a rebuild can do without it."""


@dataclass(slots=True)
class _Walk:
    """Goes through files for the second time: which of their articles are written."""

    wanted: dict[Spot, tuple[str, bytes]]
    """What is written: the id and the digest that it had the first time."""
    _file: int = 0
    _at: int = 0

    def keep(self, chunk: Chunk) -> list[bool]:
        """Return which articles of a chunk are written. Raises SourcesMoving for one that is another now."""
        kept = []
        for outcome in chunk.outcomes:
            if isinstance(outcome, Ended):
                self._file, self._at = self._file + 1, 0
                continue
            wanted = self.wanted.pop(Spot(self._file, self._at), None)
            if isinstance(outcome, Ready):
                kept.append(wanted is not None)
            if wanted is not None and isinstance(outcome, Refusal) and outcome.reason.startswith(UNPREPARED):
                raise _Unprepared(outcome.reason)
            if wanted is not None and (not isinstance(outcome, Ready) or _named(outcome) != wanted):
                raise SourcesMoving(f"article {wanted[0]!r} changed while it was read; {_AGAIN}")
            self._at += 1
        return kept

    def check(self) -> None:
        """Raise SourcesMoving if not all was there."""
        for article_id, _ in self.wanted.values():
            raise SourcesMoving(f"article {article_id!r} went while it was read; {_AGAIN}")


def _named(article: Ready) -> tuple[str, bytes]:
    return article.id, article.digest


def _link(old: Path, new: Path) -> None:
    """Give a generation the files of another: segments, which are never written again, by the same inode."""
    new.mkdir(mode=0o700)
    for path in old.iterdir():
        if path.suffix == ".arrays":
            try:
                os.link(path, new / path.name)
            except OSError as error:
                if error.errno not in _NO_LINKS:
                    raise
                shutil.copyfile(path, new / path.name)
        elif path.suffix == ".toc":
            shutil.copyfile(path, new / path.name)


def recorded_sources(index: Path) -> list[Path]:
    """Return the sources that an index was built from.

    Raises SettingError where they mean nothing here or are not known, and IndexMissing.
    """
    try:
        with Ledger(current(index)) as ledger:
            return _recorded(ledger)
    except (IndexCorrupt, IndexStale) as error:
        raise SettingError(f"{error}; name the sources, and the index is built anew") from error


def _recorded(ledger: Ledger) -> list[Path]:
    paths = [Path(path) for path in ledger.about["sources"]]
    folder = ledger.about["folder"]
    if folder != os.getcwd() and not all(path.is_absolute() for path in paths):
        raise SettingError(
            f"the index was built in {folder}, from {paths[0]}: run this there, or name the sources"
        )
    return paths
