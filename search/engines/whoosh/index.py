"""A folder with a Whoosh index, opened for asking and for writing."""

from __future__ import annotations

import warnings
from collections import OrderedDict, deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import replace
from itertools import repeat
from multiprocessing import get_context
from pathlib import Path
from threading import Lock
from typing import Any

with warnings.catch_warnings():
    # Escapes in Whoosh's sources warn when Python 3.12 or later first compiles them.
    warnings.simplefilter("ignore", SyntaxWarning)
    from whoosh.index import FileIndex
    from whoosh.writing import LockError

import numpy as np

from search.aliases import NO_ALIASES, Aliases
from search.domain import Article, FieldValue, Hit
from search.engine import Found, WordCount, Writer
from search.engines.whoosh.aliases import ALIASES, COUNTRIES, STORIES, read_aliases, write_aliases
from search.engines.whoosh.analysis import Batch, analyse
from search.engines.whoosh.codec import ARRAYS_EXT, ArrayWriter, SealedStorage
from search.engines.whoosh.evaluate import Evaluator
from search.engines.whoosh.leaves import Leaves
from search.engines.whoosh.marking import Marker
from search.engines.whoosh.schema import schema
from search.engines.whoosh.segment import Segment
from search.engines.whoosh.snapshot import Snapshot
from search.engines.whoosh.tiers import Merge
from search.errors import IndexLocked, IndexMissing, IndexStale, SearchError
from search.expand import foremost
from search.explain import Evidence
from search.names import Names
from search.nodes import Near, Pattern
from search.plan import Plan

NAME = "dateline"
"""Whoosh's name of the index inside its folder."""
KEPT_ANSWERS = 128
"""Answers (rankings and facets, no texts) that an engine keeps; the least recently asked go first."""
KEPT_VALUES = 1_000
"""An answer that lists more values of a facet is not kept: all persons of an archive are 50 MB."""
BATCH = 128
"""Articles that are analysed at once."""
_RELEASED = 4_096
"""Articles after which the pages they were read from are given back, when all are gone through: 20 MB. Of
1,000,000 articles, verified at the end of a rebuild, they took 1.7 GB before."""


def create(folder: Path, *, language: str = "en") -> WhooshEngine:
    """Return the engine of a new, empty index; the folder is made when it is not there.

    Raises IndexStale rather than empty an index that is there.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if any(folder.glob(f"_{NAME}_*.toc")):
        raise IndexStale(f"{folder} holds an index already; build the new one in another folder")
    FileIndex.create(SealedStorage(str(folder)), schema(), NAME).close()
    return WhooshEngine(folder, language=language)


class WhooshEngine:
    """A Whoosh index as it was when opened; any number of threads and forked processes may ask it.

    The folder must be private: opening unpickles Whoosh's table of contents, which can run code.
    `search.generation` makes sure of it. `kept_answers` bounds how many answers are kept.
    """

    def __init__(self, folder: Path, *, language: str = "en", kept_answers: int = KEPT_ANSWERS) -> None:
        self.language = language
        self.folder = folder
        self._kept_answers = kept_answers
        self._answers: OrderedDict[Plan, Found] = OrderedDict()
        self._lock = Lock()
        self._index, self._snapshot = _open(folder)

    def run(self, plan: Plan) -> Found:
        """Return total, ranking of one page and exact facet counts for a plan."""
        if not self._kept_answers or any(one.limit > KEPT_VALUES for one in plan.facets):
            return Evaluator(self._snapshot, plan).found()
        with self._lock:
            if plan in self._answers:
                self._answers.move_to_end(plan)
                return self._answers[plan]
        found = Evaluator(self._snapshot, plan).found()
        with self._lock:
            self._answers[plan] = replace(found, context=None)  # which may hold large arrays
            while len(self._answers) > self._kept_answers:
                self._answers.popitem(last=False)
        return found

    def hits(self, plan: Plan, found: Found) -> tuple[Hit, ...]:
        """Return the ranking as it is listed; its keys are article numbers."""
        if not found.ranking:
            return ()
        leaves = found.context or Leaves(self._snapshot, plan.expansions)
        marker = Marker(self._snapshot, leaves, plan, self.language)
        stories = self._snapshot.values("story")
        hits = marker.hits(found.ranking, [stories.fellows(number) for number, _ in found.ranking])
        if not any(found.folded):
            return hits
        shown = self._snapshot.shown
        return tuple(
            hit._replace(folded=tuple(shown(number).article for number in numbers))
            for hit, numbers in zip(hits, found.folded, strict=True)
        )

    def evidence(self, plan: Plan, article_ids: Sequence[str]) -> list[Evidence | None]:
        """Return what the scores of some articles are made of, None for an id that is not there."""
        evaluator = Evaluator(self._snapshot, plan)
        numbers = [self._snapshot.number(article_id) for article_id in article_ids]
        return [None if number is None else evaluator.evidence(number) for number in numbers]

    def article(self, article_id: str) -> Article | None:
        """Return the article of this id, or None."""
        number = self._snapshot.number(article_id)
        return None if number is None else self._snapshot.article(number)

    def holds(self, article_id: str) -> bool:
        """Return whether there is an article of this id, which is not read for it."""
        return self._snapshot.number(article_id) is not None

    def values(self, field: str) -> Sequence[FieldValue]:
        """Return every value of a field that some article carries, by value ascending."""
        return self._snapshot.labelled(field)

    def names(self, field: str) -> Names:
        """Return the values of a field by the names they are typed by; kept once asked for."""
        return self._snapshot.names(field)

    def beginning(self, field: str, asked: str, most: int) -> Sequence[FieldValue]:
        """Return values that have words beginning as those asked for do."""
        return self._snapshot.completer(field).beginning(asked, most)

    def words(self, leaf: Pattern | Near, most: int) -> Sequence[WordCount]:
        """Return folded words that a leaf stands for and how often each occurs."""
        snapshot = self._snapshot
        held = [snapshot.vocabulary(part, title_only=leaf.title_only) for part in snapshot.parts]
        return foremost(held, leaf, most)

    def alias(
        self, names: Aliases, *, countries: Aliases = NO_ALIASES, stories: Aliases = NO_ALIASES
    ) -> None:
        """Have persons, countries and stories stand for others, for engines opened from now on."""
        write_aliases(self.folder / ALIASES, names)
        write_aliases(self.folder / COUNTRIES, countries)
        write_aliases(self.folder / STORIES, stories)

    def story_text(self, story: str) -> str:
        """Return the body, else the title, of an article of this story; nothing of one that is not there."""
        return self._snapshot.story_text(story)

    def warm(self) -> None:
        """Read the columns that are counted, the order by date, and the words."""
        self._snapshot.warm()

    def articles(self) -> Iterator[Article]:
        """Yield every article, in the order it was written, and give pages back now and then."""
        for count, number in enumerate(self._snapshot.numbers(), start=1):
            yield self._snapshot.article(number)
            if count % _RELEASED == 0:
                self.release()

    def release(self) -> None:
        """Let the system take back what was read of the files: of a large index it would fill the memory."""
        for part in self._snapshot.parts:
            part.segment.arrays.release()

    def frequent_words(self, most: int) -> list[str]:
        """Return the folded words of the index, at most so many, the most frequent first."""
        counts: dict[str, int] = {}
        for part in self._snapshot.parts:
            vocabulary = self._snapshot.vocabulary(part, title_only=False)
            often = np.argsort(-vocabulary.counts, kind="stable")[: 2 * most]
            for word, count in zip(
                vocabulary.terms.words(often), vocabulary.counts[often].tolist(), strict=True
            ):
                counts[word] = counts.get(word, 0) + count
        return sorted(counts, key=lambda word: (-counts[word], word))[:most]

    def parts(self) -> dict[str, int]:
        """Return the bytes of every section of the index's arrays."""
        found: dict[str, int] = {}
        for part in self._snapshot.parts:
            for name, size_bytes in part.segment.arrays.parts().items():
                found[name] = found.get(name, 0) + size_bytes
        return found

    def verify(self) -> tuple[Path, ...]:
        """Check every byte of every segment; return their files. Raises IndexCorrupt, naming the file."""
        arrays = [part.segment.arrays for part in self._snapshot.parts]
        for one in arrays:
            one.verify()
        return tuple(one.path for one in arrays)

    def __len__(self) -> int:
        return self._snapshot.size

    def writer(self, *, workers: int = 1) -> WhooshWriter:
        """Return a writer that analyses in so many processes.

        Raises IndexLocked while another one is open, here or elsewhere.
        """
        return WhooshWriter(self._index, self.language, self.folder, workers=workers)

    def reopened(self) -> WhooshEngine:
        """Return an engine over the index as it is now."""
        return WhooshEngine(self.folder, language=self.language, kept_answers=self._kept_answers)

    def close(self) -> None:
        """Let go of the index. Its files are unmapped when the last answer that looks into them is gone."""
        self._answers.clear()
        self._index.close()


class WhooshWriter(Writer):
    """Adds and deletes in one Whoosh commit. An error cancels everything; nothing is half done.

    Each commit adds a segment; `commit(merge=True)` writes all of them into one, and
    `commit(merge=to_merge)` those that should be.
    """

    def __init__(self, index: FileIndex, language: str, folder: Path, *, workers: int = 1) -> None:
        try:
            self._writer = ArrayWriter(index, language)
        except LockError as error:
            raise IndexLocked(f"another process is writing to {folder}; try again when it is done") from error
        try:
            self._committed = _segments(index, folder)
        except BaseException:
            self._writer.cancel()  # frees the lock
            raise
        self._waiting: dict[str, Article] = {}
        self._analysts = _Analysts(workers, self._take)

    def add(self, article: Article) -> None:
        """Add an article, in place of the one with the same id. Raises TypeError for texts that are none."""
        try:
            for text in (article.id, article.title, article.body):
                if not isinstance(text, str):
                    raise TypeError(
                        f"article {article.id!r:.80} has {type(text).__name__} where text belongs"
                    )
            self.delete(article.id)
            self._waiting[article.id] = article
            if len(self._waiting) >= BATCH:
                self._send()
        except BaseException:
            self.cancel()  # what a failed add left behind cannot be told from what succeeded
            raise

    @staticmethod
    def prepare(articles: Sequence[Article]) -> Batch:
        """Return articles cut into tokens, their texts packed: most of the work of adding them."""
        return analyse(articles)

    def add_batch(self, batch: Batch, *, keep: Sequence[bool] | None = None) -> None:
        """Add what `prepare` made of articles, but for those that `keep` is false for."""
        try:
            self._flush()
            self._take(batch, keep=keep)
        except BaseException:
            self.cancel()
            raise

    def delete(self, article_id: str) -> None:
        """Delete the article of this id, committed or added by this writer; none is no error."""
        if self._waiting.pop(article_id, None) is not None:
            return
        if self._analysts.under_way and article_id in self._analysts.ids:
            self._flush()
        self._delete(article_id)

    def commit(self, *, merge: bool | Merge = False) -> None:
        """Make the changes visible to engines opened from now on."""
        try:
            self._flush()
            self._analysts.close()
            self._writer.commit(merge=merge)
        except BaseException:
            self.cancel()  # frees the lock, which Whoosh would keep
            raise

    def cancel(self) -> None:
        """Forget the changes and free the lock."""
        self._analysts.close()
        if not self._writer.is_closed:
            self._writer.cancel()

    def _delete(self, article_id: str) -> None:
        """Delete what this writer took from an analysis, or what is committed."""
        if not self._writer.delete_added(article_id):
            self._delete_committed(article_id)

    def _delete_committed(self, article_id: str) -> None:
        for whoosh_segment, segment in self._committed:
            number = segment.number(article_id)
            if number is not None:
                self._writer.delete_committed(whoosh_segment, number)

    def _send(self) -> None:
        articles = list(self._waiting.values())
        self._waiting = {}
        self._analysts.send(articles)

    def _flush(self) -> None:
        """Take everything that was added."""
        if self._waiting:
            self._send()
        self._analysts.finish()

    def _take(self, batch: Batch, *, keep: Sequence[bool] | None = None) -> None:
        self._writer.add_batch(batch, keep=keep)
        for article_id, kept in zip(batch.ids, keep or repeat(True, len(batch)), strict=True):
            if kept:
                self._delete_committed(article_id)


class _Analysts:
    """Analyses articles in so many processes, or in this one; batches come back in order."""

    def __init__(self, workers: int, take: Callable[[Batch], None]) -> None:
        self.ids: set[str] = set()
        self._workers = workers
        self._take = take
        self._pool: ProcessPoolExecutor | None = None
        self._sent: deque[Future[Batch]] = deque()

    @property
    def under_way(self) -> int:
        """Batches that were sent and are not back."""
        return len(self._sent)

    def send(self, articles: Sequence[Article]) -> None:
        """Have articles analysed; at most a few batches a worker are under way."""
        if self._workers <= 1:
            self._take(analyse(articles))
            return
        if self._pool is None:
            self._pool = ProcessPoolExecutor(self._workers, mp_context=get_context("fork"))
        self._sent.append(self._pool.submit(analyse, articles))
        self.ids.update(one.id for one in articles)
        while len(self._sent) > 3 * self._workers:
            self._next()

    def finish(self) -> None:
        """Take what is under way."""
        while self._sent:
            self._next()

    def close(self) -> None:
        """Let the processes go; what is under way is forgotten."""
        self._sent.clear()
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None

    def _next(self) -> None:
        batch = self._sent.popleft().result()
        self.ids.difference_update(batch.ids)
        self._take(batch)


def _open(folder: Path) -> tuple[FileIndex, Snapshot]:
    """Return Whoosh's index of a folder and its arrays, or raise what the operator should know."""
    if not any(folder.glob(f"_{NAME}_*.toc")):
        raise IndexMissing(f"there is no index in {folder}; `dateline rebuild SOURCE` makes one")
    try:
        index = FileIndex(SealedStorage(str(folder)), indexname=NAME)
        segments = [(segment, sorted(whoosh.deleted_docs())) for whoosh, segment in _segments(index, folder)]
        named = [read_aliases(folder / name) for name in (ALIASES, COUNTRIES, STORIES)]
        return index, Snapshot(segments, *named)
    except SearchError:
        raise
    except Exception as error:  # a foreign pickle may raise anything at all
        message = f"the index in {folder} cannot be read ({type(error).__name__}: {error}); build it again"
        raise IndexStale(message) from error


def _segments(index: FileIndex, folder: Path) -> list[tuple[Any, Segment]]:
    """Return every segment as Whoosh keeps it, and its arrays."""
    found = []
    for one in index._segments():
        path = folder / one.make_filename(ARRAYS_EXT)
        segment = Segment(path)
        if one.seal != segment.arrays.seal:
            raise segment.arrays.corrupt("it is the file of another index, or of another time")
        if segment.size != one.doc_count_all():
            raise segment.arrays.corrupt(f"it holds {segment.size} articles, not {one.doc_count_all()}")
        found.append((one, segment))
    return found
