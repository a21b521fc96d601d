"""A folder with a Whoosh index, opened for asking and for writing."""

from __future__ import annotations

import heapq
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Lock
from typing import Any

with warnings.catch_warnings():
    # Escapes in Whoosh's sources warn when Python 3.12 or later first compiles them.
    warnings.simplefilter("ignore", SyntaxWarning)
    from whoosh import index as whoosh_index
    from whoosh.index import FileIndex
    from whoosh.writing import NO_MERGE, OPTIMIZE, LockError

from search.domain import Article, FieldValue, Hit
from search.engine import Found, Writer
from search.engines.whoosh.codec import ArrayWriter, terms_of
from search.engines.whoosh.columns import Snapshot, leaves
from search.engines.whoosh.evaluate import Evaluator
from search.engines.whoosh.schema import key_of, row_of, schema
from search.errors import IndexLocked, IndexMissing, IndexStale
from search.highlight import hit
from search.names import Names
from search.plan import Plan
from search.tokens import tokens

NAME = "dateline"
"""Whoosh's name of the index inside its folder."""


def create(folder: Path, *, language: str = "en") -> WhooshEngine:
    """Return the engine of a new, empty index; the folder is made when it is not there.

    Raises IndexStale rather than empty an index that is there.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if any(folder.glob(f"_{NAME}_*.toc")):
        raise IndexStale(f"{folder} holds an index already; build the new one in another folder")
    whoosh_index.create_in(str(folder), schema(), indexname=NAME).close()
    return WhooshEngine(folder, language=language)


class WhooshEngine:
    """A Whoosh index as it was when it was opened; safe to ask from any number of threads.

    The folder must be private: opening unpickles Whoosh's table of contents, which can run code.
    `search.generation` makes sure of it.
    """

    def __init__(self, folder: Path, *, language: str = "en") -> None:
        self.language = language
        self.folder = folder
        self._index, self._snapshot = _open(folder)
        self._names: dict[str, Names] = {}
        self._naming = Lock()

    def run(self, plan: Plan) -> Found:
        """Return total, ranking of one page and exact facet counts for a plan."""
        return Evaluator(self._snapshot, plan).found()

    def hits(self, plan: Plan, found: Found) -> tuple[Hit, ...]:
        """Return the ranking as it is listed; its keys are article numbers."""
        return tuple(self._hit(number, score, plan) for number, score in found.ranking)

    def _hit(self, number: int, score: float, plan: Plan) -> Hit:
        article = self._snapshot.article(number)
        copies = len(self._snapshot.postings("story", article.story).articles) - 1 if article.story else 0
        return hit(article, plan.tree, score=score, copies=copies, language=self.language)

    def article(self, article_id: str) -> Article | None:
        """Return the article of this id, or None."""
        number = self._snapshot.number(article_id)
        return None if number is None else self._snapshot.article(number)

    def values(self, field: str) -> Sequence[FieldValue]:
        """Return every value of a field that some article carries, by value ascending."""
        return self._snapshot.labelled(field)

    def names(self, field: str) -> Names:
        """Return the values of a field by the names they are typed by; kept once asked for."""
        with self._naming:
            if field not in self._names:
                self._names[field] = Names(self.values(field))
            return self._names[field]

    def warm(self) -> None:
        """Read the columns that are counted, the order by date, and the words."""
        self._snapshot.warm()

    def articles(self) -> Iterator[Article]:
        """Yield every article, in the order it was written."""
        return (self._snapshot.article(number) for number in self._snapshot.numbers())

    def frequent_words(self, most: int) -> list[str]:
        """Return the folded words of the index, at most so many, the most frequent first."""
        vocabulary = self._snapshot.vocabulary(title_only=False)
        pairs = zip(vocabulary.counts, vocabulary.words, strict=True)
        return [word for _, word in heapq.nlargest(most, pairs)]

    def __len__(self) -> int:
        return self._snapshot.size

    def writer(self) -> WhooshWriter:
        """Return a writer. Raises IndexLocked while another one is open, here or elsewhere."""
        return WhooshWriter(self._index, self.language, self.folder)

    def reopened(self) -> WhooshEngine:
        """Return an engine over the index as it is now."""
        return WhooshEngine(self.folder, language=self.language)

    def close(self) -> None:
        """Close the files."""
        self._snapshot.close()
        self._index.close()


class WhooshWriter(Writer):
    """Adds and deletes in one Whoosh commit. An error cancels everything; nothing is half done.

    Each commit adds a segment; `commit(merge=True)` writes all of them into one.
    """

    def __init__(self, index: FileIndex, language: str, folder: Path) -> None:
        self._language = language
        try:
            self._writer = ArrayWriter(index)
        except LockError as error:
            raise IndexLocked(f"another process is writing to {folder}; try again when it is done") from error
        self._added: dict[str, tuple[Any, int]] = {}
        self._committed = index.reader()

    def add(self, article: Article) -> None:
        """Add an article, in place of the one with the same id."""
        try:
            title = tokens(article.title, self._language)
            row = row_of(article, title, tokens(article.body, self._language))
            self.delete(article.id)
            self._added[article.id] = self._writer.add_row(row)
        except BaseException:
            self.cancel()  # what a failed add left behind cannot be told from what succeeded
            raise

    def delete(self, article_id: str) -> None:
        """Delete the article of this id, committed or added by this writer; none is no error."""
        added = self._added.pop(article_id, None)
        if added is not None:
            segment, number = added
            segment.delete_document(number)
            return
        key = key_of(article_id)
        for base, segment in leaves(self._committed):
            run = terms_of(segment).run("key", key, positions=False)
            for number in run.articles.tolist() if run is not None else ():
                self._writer.delete_document(base + number)

    def commit(self, *, merge: bool = False) -> None:
        """Make the changes visible to engines opened from now on."""
        self._committed.close()
        try:
            self._writer.commit(mergetype=OPTIMIZE if merge else NO_MERGE)
        except BaseException:
            self.cancel()  # frees the lock, which Whoosh would keep
            raise

    def cancel(self) -> None:
        """Forget the changes and free the lock."""
        self._committed.close()
        if not self._writer.is_closed:
            self._writer.cancel()


def _open(folder: Path) -> tuple[FileIndex, Snapshot]:
    """Return Whoosh's index of a folder and its arrays, or raise what the operator should know."""
    if not any(folder.glob(f"_{NAME}_*.toc")):
        raise IndexMissing(f"there is no index in {folder}; `dateline rebuild SOURCE` makes one")
    try:
        index = whoosh_index.open_dir(str(folder), indexname=NAME)
        return index, Snapshot(index.reader())
    except Exception as error:  # a broken pickle or array may raise anything at all
        message = f"the index in {folder} cannot be read ({type(error).__name__}: {error}); build it again"
        raise IndexStale(message) from error
