"""Postings as plain arrays inside Whoosh's segments.

Whoosh's own postings are blocks of pickled tuples: building them took half of a rebuild, and
reading a word of ten thousand articles ten milliseconds. Here a term has one run of
little-endian unsigned 32-bit integers in the postings file,

    articles[n]  counts[n]  positions[sum of counts, or none]

and its entry in Whoosh's term dictionary holds the offset, n and the sum of counts. Segments,
dictionary, columns and the commit protocol stay Whoosh's.
"""

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from struct import Struct

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.base import Segment
from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter, W3TermsReader
from whoosh.filedb.filestore import Storage
from whoosh.index import FileIndex
from whoosh.reading import SegmentReader
from whoosh.writing import SegmentWriter

from search.engines.whoosh.schema import Row, TermField

_ENTRY = Struct("<QIQ")
_WORD = 4
POOL_BYTES = 256 << 20
"""Postings and texts that a writer gathers before it closes a segment and begins another."""
_TERM_BYTES = 400
"""About what one more term costs in memory: three arrays, a tuple and a dictionary entry."""

Numbers = NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Run:
    """The postings of one term in one segment; `positions` is empty for fields without them."""

    articles: Numbers
    counts: Numbers
    positions: Numbers


class TermPool:
    """Postings in memory, by field and term, until a segment is written."""

    def __init__(self) -> None:
        self._fields: dict[str, dict[str, tuple[array[int], array[int], array[int]]]] = {}
        self.size_bytes = 0

    def add_article(self, number: int, row: Row) -> None:
        """Add the postings of one article; numbers ascend from call to call."""
        for field, positions, terms in row.terms:
            gathered = self._fields.setdefault(field, {})
            for term, places in terms:
                run = gathered.get(term)
                if run is None:
                    run = gathered[term] = (array("I"), array("I"), array("I"))
                    self.size_bytes += _TERM_BYTES + len(term)
                run[0].append(number)
                run[1].append(len(places))
                if positions:
                    run[2].extend(places)
                self.size_bytes += 8 + 4 * len(places)

    def add_run(self, field: str, term: str, run: Run) -> None:
        """Add the postings of a term whose numbers are above all that it has so far."""
        own = self._fields.setdefault(field, {}).setdefault(term, (array("I"), array("I"), array("I")))
        for kept, new in zip(own, (run.articles, run.counts, run.positions), strict=True):
            kept.frombytes(new.astype("=u4").tobytes())

    def iter_postings(self) -> Iterator[tuple[str, bytes, Run]]:
        """Yield (field, term, run), sorted as the term dictionary is."""
        for field in sorted(self._fields):
            terms = self._fields[field]
            for encoded, term in sorted((_encoded(term), term) for term in terms):
                yield field, encoded, Run(*(np.array(part, dtype="<u4") for part in terms[term]))

    def cleanup(self) -> None:
        """Let go of the postings; Whoosh calls it when a segment is closed."""
        self._fields = {}
        self.size_bytes = 0


class ArrayFieldWriter(W3FieldWriter):  # type: ignore[misc]
    """Writes the runs of a pool to a segment."""

    def add_postings(
        self, _schema: object, _lengths: object, items: Iterable[tuple[str, bytes, Run]]
    ) -> None:
        """Write every run and its entry in the term dictionary."""
        open_field = None
        for field, term, run in items:
            if field != open_field:
                self._fieldid = self._fieldmap.setdefault(field, len(self._fieldmap))
                open_field = field
            entry = _ENTRY.pack(self._postfile.tell(), len(run.articles), int(run.counts.sum()))
            for part in (run.articles, run.counts, run.positions):
                self._postfile.write(part.astype("<u4").tobytes())
            self._tindex.add(self._fieldid.to_bytes(2, "big") + term, entry)


class ArrayTermsReader(W3TermsReader):  # type: ignore[misc]
    """Reads the runs of a segment."""

    def run(self, field: str, term: str, *, positions: bool) -> Run | None:
        """Return the postings of a term, None when the segment has none."""
        try:
            entry = self._tindex[self._keycoder(field, _encoded(term))]
        except KeyError:
            return None
        offset, articles, occurrences = _ENTRY.unpack(entry)
        words = 2 * articles + (occurrences if positions else 0)
        values = np.frombuffer(self._postfile.get(offset, words * _WORD), dtype="<u4")
        return Run(values[:articles], values[articles : 2 * articles], values[2 * articles :])

    def lexicon(self, field: str) -> Iterator[tuple[str, int]]:
        """Yield the terms of a field, ascending, with the number of their occurrences."""
        if field not in self._fieldmap:
            return
        prefix = self._keycoder(field, b"")
        for key, entry in self._tindex.items_from(prefix):
            if key[: len(prefix)] != prefix:
                return
            yield key[len(prefix) :].decode("utf-8", "surrogatepass"), _ENTRY.unpack(entry)[2]


class ArrayCodec(W3Codec):  # type: ignore[misc]
    """Whoosh's third codec with our postings. A segment remembers it by the path of this class."""

    length_stats = False

    def field_writer(self, storage: Storage, segment: Segment) -> ArrayFieldWriter:
        """Return the writer of a segment's terms."""
        return ArrayFieldWriter(self, storage, segment)

    def terms_reader(self, storage: Storage, segment: Segment) -> ArrayTermsReader:
        """Return the reader of a segment's terms."""
        name = segment.make_filename(self.TERMS_EXT)
        postings = segment.open_file(storage, self.POSTS_EXT)
        return ArrayTermsReader(self, storage.open_file(name), storage.file_length(name), postings)


class ArrayWriter(SegmentWriter):  # type: ignore[misc]
    """A Whoosh writer that takes whole rows, and begins a new segment when memory is full.

    Nothing is seen by readers before `commit`, however many segments were written by then.
    """

    def __init__(self, index: FileIndex, *, pool_bytes: int = POOL_BYTES) -> None:
        super().__init__(index, codec=ArrayCodec())
        self._pool_bytes = pool_bytes
        self._closed: list[object] = []
        self.pool = TermPool()

    def add_row(self, row: Row) -> tuple[object, int]:
        """Add an article; return its segment and its number in it."""
        self._check_state()
        number = self.docnum
        self.perdocwriter.start_doc(number)
        for name, value in row.columns.items():
            self.perdocwriter.add_column_value(name, self.schema[name].column_type, value)
        self.pool.add_article(number, row)
        self.perdocwriter.finish_doc()
        self._added = True
        self.docnum += 1
        segment = self.newsegment
        if self.pool.size_bytes > self._pool_bytes:
            self._begin_segment()
        return segment, number

    def _begin_segment(self) -> None:
        """Close the segment being written and begin another."""
        self._closed.append(self._finalize_segment())
        self.newsegment = self.codec.new_segment(self.storage, self.indexname)
        self.perdocwriter = self.codec.per_document_writer(self.storage, self.newsegment)
        self.fieldwriter = self.codec.field_writer(self.storage, self.newsegment)
        self.pool = TermPool()
        self.docnum = 0
        self._added = False

    def add_reader(self, reader: SegmentReader) -> None:
        """Add a segment's articles that are not deleted, their arrays renumbered; a merge calls it."""
        renumbered = np.full(reader.doc_count_all(), -1, dtype=np.int64)
        names = [name for name, field in self.schema.items() if field.column_type]
        columns = {name: reader.column_reader(name) for name in names}
        for number in range(reader.doc_count_all()):
            if not reader.is_deleted(number):
                renumbered[number] = self.docnum
                self.perdocwriter.start_doc(self.docnum)
                for name, column in columns.items():
                    value = column[number]
                    self.perdocwriter.add_column_value(name, self.schema[name].column_type, value)
                self.perdocwriter.finish_doc()
                self.docnum += 1
        for field, spec in self.schema.items():
            if isinstance(spec, TermField):
                self._add_runs(terms_of(reader), field, spec, renumbered)
        self._added = self._added or bool((renumbered >= 0).any())

    def _add_runs(
        self, terms: ArrayTermsReader, field: str, spec: TermField, renumbered: NDArray[np.int64]
    ) -> None:
        for term, _ in terms.lexicon(field):
            run = terms.run(field, term, positions=spec.positions)
            if run is None:
                continue
            articles = renumbered[run.articles]
            kept = articles >= 0
            if kept.any():
                held = np.repeat(kept, run.counts) if spec.positions else slice(0)
                own = Run(articles[kept].astype(np.uint32), run.counts[kept], run.positions[held])
                self.pool.add_run(field, term, own)

    def commit(self, mergetype: object = None, optimize: object = None, merge: object = None) -> None:
        """Write the last segment and make all of them visible at once."""
        self._check_state()
        segments = [*self._merge_segments(mergetype, optimize, merge), *self._closed]
        if self._added:
            segments.append(self._finalize_segment())
        else:
            self._close_segment()
        self._commit_toc(segments)
        self._finish()


def terms_of(reader: SegmentReader) -> ArrayTermsReader:
    """Return the terms of a segment's reader."""
    terms: ArrayTermsReader = reader._terms
    return terms


def _encoded(term: str) -> bytes:
    """Return a term as the dictionary holds it; lone surrogates are kept."""
    return term.encode("utf-8", "surrogatepass")
