"""Our arrays inside Whoosh's commit protocol.

Whoosh keeps the schema, the list of segments with what is deleted in each, the lock, and the
table of contents that makes a commit visible. What is in a segment is one file of arrays (see
`segment`), written here: batches of articles become sorted blocks as memory fills, and blocks
and older segments become the arrays of one new segment.
"""

from collections.abc import Collection, Iterable, Sequence
from io import BytesIO
from itertools import repeat
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.base import Segment as WhooshSegment
from whoosh.codec.whoosh3 import W3Codec, W3Segment
from whoosh.filedb.filestore import FileStorage, Storage
from whoosh.filedb.structfile import StructFile
from whoosh.index import FileIndex
from whoosh.writing import SegmentWriter

from search.engine import used_up
from search.engines.whoosh.additions import Additions
from search.engines.whoosh.analysis import Batch
from search.engines.whoosh.arrays import Arrays, ArraysWriter
from search.engines.whoosh.columns import Columns, write_terms
from search.engines.whoosh.inversion import Texts, write_block
from search.engines.whoosh.joining import join_columns, sizes_of
from search.engines.whoosh.lexicon import Lexicon
from search.engines.whoosh.merge import WordsMerger
from search.engines.whoosh.schema import FORMS
from search.engines.whoosh.segment import Segment
from search.engines.whoosh.sources import GONE, Source
from search.engines.whoosh.tiers import Merge
from search.errors import SearchError
from search.intact import DIGEST, content, damaged, digest
from search.terms import Terms, merged

_TOC_MOST = 1 << 28
"""Bytes of a table of contents: it lists every deleted article."""
ARRAYS_EXT = ".arrays"
MEMORY_BYTES = 256 << 20
"""What a writer may gather in memory before it sorts a block, and before it closes a segment."""
_TOKEN_BYTES = 48
"""What sorting takes for each token of a block."""

Bools = NDArray[np.bool_]


class ArrayCodec(W3Codec):  # type: ignore[misc]
    """Whoosh's third codec, its place taken by arrays. A segment remembers it by the path of this class."""

    length_stats = False

    def new_segment(self, _storage: Storage, indexname: str) -> "SealedSegment":
        """Return a new, empty segment."""
        return SealedSegment(self, indexname)

    def per_document_writer(self, _storage: Storage, _segment: WhooshSegment) -> "Idle":
        """Return a writer with nothing to do: arrays are written when the segment is whole."""
        return Idle()

    def field_writer(self, _storage: Storage, _segment: WhooshSegment) -> "Idle":
        """Return a writer with nothing to do."""
        return Idle()


class SealedSegment(W3Segment):  # type: ignore[misc]
    """A segment as the table of contents lists it; its seal tells its file from that of any other."""

    seal = b""


class SealedStorage(FileStorage):  # type: ignore[misc]
    """Whoosh's folder, its table of contents sealed with a digest: it is a pickle, and opening runs it."""

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        """Seal a table of contents, then let it take its name."""
        if newname.endswith(".toc"):
            with (Path(self.folder) / oldname).open("r+b") as file:
                file.write(digest(file.read()))
        super().rename_file(oldname, newname, safe=safe)

    def open_file(self, name: str, **kwargs: object) -> StructFile:
        """Return an open file; of a table of contents what its seal was found to hold for.

        Raises IndexCorrupt.
        """
        if not name.endswith(".toc"):
            return super().open_file(name, **kwargs)
        path = Path(self.folder) / name
        sealed = content(path, _TOC_MOST)
        if digest(sealed[:-DIGEST]) != sealed[-DIGEST:]:
            raise damaged(path, "it was altered, or is of another version")
        return StructFile(BytesIO(sealed[:-DIGEST]), name=name)


class Idle:
    """Stands where Whoosh has a writer of its own."""

    is_closed = True

    def close(self) -> None:
        """Nothing was opened."""

    def cleanup(self) -> None:
        """Nothing was gathered."""


class ArrayWriter(SegmentWriter):  # type: ignore[misc]
    """A Whoosh writer that takes batches. Nothing is seen by readers before `commit`.

    However many segments were closed to stay within `memory_bytes`, a commit adds one.
    """

    newsegment: SealedSegment

    def __init__(self, index: FileIndex, language: str, *, memory_bytes: int = MEMORY_BYTES) -> None:
        try:
            super().__init__(index, codec=ArrayCodec(), compound=False)
        except SearchError:
            self.writelock.release()  # which was taken before the table of contents was read
            raise
        self.pool = Idle()
        self.folder = Path(self.storage.folder)
        self._language = language
        self._memory_bytes = memory_bytes
        self._closed: list[W3Segment] = []
        self._added = Additions()
        self._pending = Pending(self._path(self.newsegment), language)
        for old in self.folder.glob(f"{self.indexname}_*.block*"):  # left by a writer that was killed
            old.unlink(missing_ok=True)

    def add_batch(self, batch: Batch, *, keep: Sequence[bool] | None = None) -> None:
        """Add articles, but for those that `keep` is false for, each in place of an earlier one of its id."""
        self._check_state()
        if self._pending.size_bytes > self._memory_bytes:
            self._close_pending()
        first = self._pending.add(batch)
        for number, (article_id, kept) in enumerate(
            zip(batch.ids, keep or repeat(True, len(batch)), strict=True), first
        ):
            if kept:
                self.delete_added(article_id)
                self._added.add(article_id, number)
            else:
                self._pending.deleted.add(number)
        if self._pending.tokens * _TOKEN_BYTES > self._memory_bytes:
            self._pending.spill()

    def delete_added(self, article_id: str) -> bool:
        """Delete the article of this id if this writer added one; return whether it did.

        After its end a writer has added none.
        """
        number = self._added.pop(article_id)
        if number is not None:
            self._pending.deleted.add(number)
            return True
        closed = list(self._added.closed(article_id))
        for segment, place in closed:
            segment.delete_document(place)
        return bool(closed)

    def delete_committed(self, segment: W3Segment, number: int) -> None:
        """Delete an article of a segment that is committed."""
        self._check_state()
        for own in self.segments:  # another reading of the table of contents than the caller's
            if own.segid == segment.segid:
                own.delete_document(number)

    def commit(self, *, merge: bool | Merge = False) -> None:
        """Write what was added as one segment, with it those that `merge` chooses or all; make it visible."""
        self._check_state()
        old = list(self.segments)
        self._close_pending()
        self._added.forget()
        chosen = self._chosen(merge)
        joined = [*(one for at, one in enumerate(old) if at in chosen), *self._closed]
        kept = [one for at, one in enumerate(old) if at not in chosen]
        if len(joined) > 1 or (joined and joined[0].has_deletions()):
            joined = self._merged(joined)
        self._commit_toc([*kept, *joined])
        self._finish()

    def cancel(self) -> None:
        """Forget what was added and free the lock."""
        self._check_state()
        self._added.forget()
        try:
            self._pending.close()
            for segment in (*self._closed, self.newsegment):
                self._path(segment).unlink(missing_ok=True)
        finally:
            self._finish()

    def _check_state(self) -> None:
        """Raise what every caller of ours catches; Whoosh has an error of its own for it."""
        if self.is_closed:
            raise used_up()

    def _close_pending(self) -> None:
        """Write the segment that is being gathered, if there is anything in it, and begin another."""
        if self._pending.columns.ids:
            keep = self._pending.kept()
            if keep.any():
                self._pending.write(self._path(self.newsegment), keep)
                self.newsegment.set_doc_count(int(keep.sum()))
                written = Segment(self._path(self.newsegment))
                self.newsegment.seal = written.arrays.seal
                self._added.close(self.newsegment, written)
                self._closed.append(self.newsegment)
        self._pending.close()
        self.newsegment = self.codec.new_segment(self.storage, self.indexname)
        self._pending = Pending(self._path(self.newsegment), self._language)

    def _merged(self, segments: Sequence[W3Segment]) -> list[W3Segment]:
        """Return one segment in place of several, none when all of their articles are deleted."""
        new = self.codec.new_segment(self.storage, self.indexname)
        count = merge_segments(
            [self._path(one) for one in segments], [one.deleted_docs() for one in segments], self._path(new)
        )
        if not count:
            self._path(new).unlink(missing_ok=True)
            return []
        new.set_doc_count(count)
        new.seal = Arrays(self._path(new)).seal
        return [new]

    def _chosen(self, merge: bool | Merge) -> Collection[int]:
        """Return which of the older segments go into the new one."""
        if isinstance(merge, bool):
            return range(len(self.segments)) if merge else ()
        every = [*self.segments, *self._closed]
        return merge([one.doc_count_all() for one in every], [one.doc_count() for one in every])

    def _path(self, segment: W3Segment) -> Path:
        return self.folder / str(segment.make_filename(ARRAYS_EXT))


class Pending:
    """Articles gathered for a segment: their columns in memory, their words in sorted blocks on disk."""

    def __init__(self, path: Path, language: str) -> None:
        self._path = path
        self.lexicon = Lexicon(language)
        self.columns = Columns(path.with_suffix(".block"))
        self.deleted: set[int] = set()
        self.tokens = 0
        self._streams: list[NDArray[np.uint32]] = []
        self._blocks: list[Path] = []
        self._blocked = 0

    @property
    def size_bytes(self) -> int:
        """About how much memory is taken by what is not written to blocks."""
        return self.lexicon.size_bytes + self.columns.size_bytes

    def add(self, batch: Batch) -> int:
        """Add articles; return the number of the first."""
        first = len(self.columns.ids)
        tokens = self.lexicon.tokens_of(self.lexicon.numbers(batch.words)[batch.stream])
        if len(tokens) != int(batch.sizes.sum()):
            raise ValueError("a batch was cut into tokens differently than its texts")
        self.columns.add(batch)
        self._streams.append(tokens)
        self.tokens += len(tokens)
        return first

    def spill(self) -> None:
        """Write the words gathered so far to a sorted block."""
        tokens = np.concatenate(self._streams) if self._streams else np.zeros(0, np.uint32)
        path = self._path.with_suffix(f".block{len(self._blocks)}")
        with ArraysWriter(path) as writer:
            texts = Texts(tokens, self.columns.sizes()[self._blocked :], self._blocked)
            write_block(texts, self.lexicon, writer)
        self._blocks.append(path)
        self._blocked = len(self.columns.ids)
        self._streams, self.tokens = [], 0

    def kept(self) -> Bools:
        """Return which articles are not deleted."""
        keep = np.ones(len(self.columns.ids), dtype=bool)
        keep[list(self.deleted)] = False
        return keep

    def write(self, path: Path, keep: Bools) -> None:
        """Write the segment."""
        self.spill()
        numbers = _numbers(keep, 0)
        ranks, terms = {}, {}
        for form in FORMS:
            names = list(self.lexicon.terms[form])
            order = sorted(range(len(names)), key=names.__getitem__)
            ranks[form] = np.empty(len(names), dtype=np.int64)
            ranks[form][order] = np.arange(len(names))
            terms[form] = Terms.of(names)
        sources = []
        for block in self._blocks:
            arrays = Arrays(block)
            places = {form: ranks[form][arrays.view(f"{form}.terms")] for form in FORMS}
            sources.append(Source(arrays, places, numbers, bool(self.deleted)))
        with ArraysWriter(path) as writer:
            _write_words(writer, sources, terms, self.columns.sizes()[keep])
            self.columns.write(writer, keep)

    def close(self) -> None:
        """Remove the files."""
        self.columns.close()
        for block in self._blocks:
            block.unlink(missing_ok=True)


def merge_segments(paths: Sequence[Path], deleted: Sequence[Iterable[int]], target: Path) -> int:
    """Write the articles of segments that are not deleted as one segment; return how many they are."""
    segments = [Segment(path) for path in paths]
    keeps = []
    for segment, gone in zip(segments, deleted, strict=True):
        segment.arrays.release()  # what was checked when it was opened
        keep = np.ones(segment.size, dtype=bool)
        keep[list(gone)] = False
        keeps.append(keep)
    count = sum(int(keep.sum()) for keep in keeps)
    if count:
        with ArraysWriter(target) as writer:
            _join_words(writer, segments, keeps)
            join_columns(writer, segments, keeps)
    return count


def _join_words(writer: ArraysWriter, segments: Sequence[Segment], keeps: Sequence[Bools]) -> None:
    terms, places = {}, {}
    for form in FORMS:
        terms[form], places[form] = merged([segment.terms[form] for segment in segments])
    sources = []
    base = 0
    for at, (segment, keep) in enumerate(zip(segments, keeps, strict=True)):
        own = {form: places[form][at].astype(np.int64) for form in FORMS}
        sources.append(Source(segment.arrays, own, _numbers(keep, base), not keep.all()))
        base += int(keep.sum())
    _write_words(writer, sources, terms, sizes_of(segments)[np.concatenate(keeps)])


def _write_words(
    writer: ArraysWriter, sources: Sequence[Source], terms: dict[str, Terms], sizes: NDArray[np.uint32]
) -> None:
    for form in FORMS:
        write_terms(writer, form, terms[form])
    counts = {form: len(terms[form]) for form in FORMS}
    WordsMerger(sources, counts, sizes, writer).write()


def _numbers(keep: Bools, base: int) -> NDArray[np.uint32]:
    """Return the new number of each article, GONE for those that are not kept."""
    new = np.cumsum(keep) - 1 + base
    return np.where(keep, new, GONE).astype(np.uint32)
