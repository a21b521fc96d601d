"""A snapshot of an index as arrays: postings by term, values by article, lengths and dates.

Articles are numbered from 0 across the segments, deleted ones included; `live` says which count.
What is read is kept, within a bound, so that a word costs its decoding once. Whoosh's readers
are not safe for threads, so one lock stands before every read of theirs.
"""

from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from threading import RLock
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.reading import IndexReader

from search.domain import Article, FieldValue
from search.engines.whoosh.codec import Run, terms_of
from search.engines.whoosh.schema import PERIODS, ROLES, TEXTS, VALUES, key_of, unpacked
from search.expand import Vocabulary
from search.facets import FacetRequest, buckets
from search.fields import labels_of
from search.periods import period

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

_NONE: Ints = np.zeros(0, dtype=np.int64)
KEPT_BYTES = 256 << 20
"""Bytes of decoded postings that a snapshot keeps; the least recently used go first."""

KEPT_BUCKETS = 64
"""Date ranges whose years, months or days are kept: one is drilled into by many queries."""


@dataclass(frozen=True, slots=True)
class Postings:
    """Where one term occurs: ascending article numbers and how often in each.

    `positions` holds the ascending positions of every article one after the other, `counts` of
    them each; it is empty for fields that keep none.
    """

    articles: Ints
    counts: Ints
    positions: Ints

    @property
    def size_bytes(self) -> int:
        """Bytes of the arrays."""
        return self.articles.nbytes + self.counts.nbytes + self.positions.nbytes


@dataclass(frozen=True, slots=True)
class Values:
    """The values of a field and who carries them: pairs of article number and value's index."""

    names: tuple[str, ...]
    articles: Ints
    ordinals: Ints

    def index(self, name: str) -> int | None:
        """Return the index of a value, None when no article ever carried it."""
        at = bisect_left(self.names, name)
        return at if at < len(self.names) and self.names[at] == name else None

    def counted(self, mask: Bools) -> Ints:
        """Return how many articles of the mask carry each value."""
        counts: Ints = np.bincount(self.ordinals[mask[self.articles]], minlength=len(self.names))
        return counts


class Snapshot:
    """The arrays of one state of an index; immutable but for what it has read so far."""

    def __init__(self, reader: IndexReader) -> None:
        self._lock = RLock()
        self._segments = list(leaves(reader))
        self._kept: OrderedDict[tuple[str, str], Postings] = OrderedDict()
        self._kept_bytes = 0
        self._values: dict[str, Values] = {}
        self._labelled: dict[str, tuple[FieldValue, ...]] = {}
        self._without: dict[str, Bools] = {}
        self._ranks: dict[str, Ints] = {}
        self._buckets: dict[tuple[object, ...], tuple[tuple[str, ...], Ints]] = {}
        self._vocabularies: dict[bool, Vocabulary] = {}
        self._articles = {base: segment.column_reader("article") for base, segment in self._segments}
        self.all = sum(segment.doc_count_all() for _, segment in self._segments)
        self.live = self._live()
        self.size = int(self.live.sum())
        ids = [self._column(segment, "id") for _, segment in self._segments]
        self.ids = [bytes(raw).decode("utf-8", "surrogatepass") for column in ids for raw in column]
        self.id_rank = self._id_rank()
        self.lengths = {text: self._lengths(text) for text in TEXTS}
        self.averages = {
            text: float(lengths[self.live].sum()) / self.size if self.size else 0.0
            for text, lengths in self.lengths.items()
        }
        self.first_day, self.last_day = self._days()

    def postings(self, field: str, term: str) -> Postings:
        """Return where a term of a field occurs in live articles."""
        key = (field, term)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
            found = self._decoded(field, term)
            self._kept[key] = found
            self._kept_bytes += found.size_bytes
            while self._kept_bytes > KEPT_BYTES and len(self._kept) > 1:
                self._kept_bytes -= self._kept.popitem(last=False)[1].size_bytes
            return found

    def values(self, field: str) -> Values:
        """Return every value of a field and its live articles, by value and article ascending."""
        with self._lock:
            if field not in self._values:
                self._values[field] = self._read_values(field)
            return self._values[field]

    def labelled(self, field: str) -> tuple[FieldValue, ...]:
        """Return the values that live articles carry, with labels and counts."""
        with self._lock:
            if field not in self._labelled:
                self._labelled[field] = self._read_labels(field)
            return self._labelled[field]

    def labels(self, field: str) -> dict[str, str]:
        """Return the names that values are shown by, where these are not the values themselves."""
        if field != "country":
            return {}
        return {one.value: one.label for one in self.labelled(field)}

    def without(self, field: str) -> Bools:
        """Return the live articles that have no value of a field; not to be written to."""
        with self._lock:
            if field not in self._without:
                mask = self.live.copy()
                mask[self.values(field).articles] = False
                self._without[field] = mask
            return self._without[field]

    def rank(self, order: str) -> Ints:
        """Return the place of each article by "newest" or "oldest" date, ties by id, undated last."""
        with self._lock:
            if order not in self._ranks:
                day = self.first_day
                key = -day if order == "newest" else day
                undated = np.iinfo(np.int64).max
                sorted_numbers = np.lexsort((self.id_rank, np.where(day > 0, key, undated)))
                rank = np.empty(self.all, dtype=np.int64)
                rank[sorted_numbers] = np.arange(self.all)
                self._ranks[order] = rank
            return self._ranks[order]

    def vocabulary(self, *, title_only: bool) -> Vocabulary:
        """Return the folded words; words of deleted articles stay in it until segments merge."""
        with self._lock:
            if title_only not in self._vocabularies:
                self._vocabularies[title_only] = self._read_vocabulary(TEXTS[:1] if title_only else TEXTS)
            return self._vocabularies[title_only]

    def article(self, number: int) -> Article:
        """Return the article of this number."""
        with self._lock:
            for base, _ in reversed(self._segments):
                if number >= base:
                    return unpacked(self._articles[base][number - base])
        raise IndexError(f"no article has the number {number}")

    def buckets(self, request: FacetRequest) -> tuple[tuple[str, ...], Ints]:
        """Return the years, months or days of a date facet, and for each value the index of its own.

        The index is -1 for a value that lies in none of them.
        """
        key = (request.field, request.level, request.since, request.until)
        with self._lock:
            if key not in self._buckets:
                if len(self._buckets) >= KEPT_BUCKETS:
                    self._buckets.clear()
                self._buckets[key] = self._read_buckets(request)
            return self._buckets[key]

    def numbers(self) -> list[int]:
        """Return the numbers of the live articles, ascending."""
        return [int(number) for number in np.flatnonzero(self.live)]

    def number(self, article_id: str) -> int | None:
        """Return the number of the live article of this id, or None."""
        found = self.postings("key", key_of(article_id)).articles
        return int(found[0]) if len(found) else None

    def warm(self) -> None:
        """Read every column that pages count, both orders by date, and the vocabulary."""
        for field in (*VALUES, *PERIODS):
            self.without(field)
        for field in ROLES:
            self.values(f"{field}_role")
            self.labels(field)
        for order in ("newest", "oldest"):
            self.rank(order)
        self.vocabulary(title_only=False)

    def close(self) -> None:
        """Close the files."""
        with self._lock:
            for _, segment in self._segments:
                segment.close()

    def _live(self) -> Bools:
        live = np.ones(self.all, dtype=bool)
        for base, segment in self._segments:
            for number in range(segment.doc_count_all()) if segment.has_deletions() else ():
                live[base + number] = not segment.is_deleted(number)
        return live

    def _column(self, segment: IndexReader, name: str) -> list[Any]:
        column = segment.column_reader(name)
        return [column[number] for number in range(segment.doc_count_all())]

    def _id_rank(self) -> Ints:
        rank = np.empty(self.all, dtype=np.int64)
        rank[sorted(range(self.all), key=self.ids.__getitem__)] = np.arange(self.all)
        return rank

    def _lengths(self, text: str) -> Floats:
        read = [self._column(segment, f"{text}_length") for _, segment in self._segments]
        return np.array([length for column in read for length in column], dtype=np.float64)

    def _days(self) -> tuple[Ints, Ints]:
        """Return the ordinals of the first and last day of each article's date, 0 without one."""
        dates = self.values("date")
        spans = [period(name) for name in dates.names]
        ends = []
        for days in ([span.first for span in spans], [span.last for span in spans]):
            ordinals = np.array([day.toordinal() for day in days], dtype=np.int64)
            of_article = np.zeros(self.all, dtype=np.int64)
            of_article[dates.articles] = ordinals[dates.ordinals]
            ends.append(of_article)
        return ends[0], ends[1]

    def _decoded(self, field: str, term: str) -> Postings:
        runs = [
            _live(run, base, self.live)
            for base, segment in self._segments
            if (run := terms_of(segment).run(field, term, positions=field.endswith("_folded"))) is not None
        ]
        if not runs:
            return Postings(_NONE, _NONE, _NONE)
        parts = ("articles", "counts", "positions")
        return Postings(*(np.concatenate([getattr(run, part) for run in runs]) for part in parts))

    def _read_values(self, field: str) -> Values:
        names = sorted(
            {name for _, segment in self._segments for name, _ in terms_of(segment).lexicon(field)}
        )
        lists = [self._decoded(field, name).articles for name in names]
        ordinals = np.repeat(np.arange(len(names)), [len(articles) for articles in lists])
        articles = np.concatenate(lists) if lists else _NONE
        return Values(tuple(names), articles, ordinals.astype(np.int64))

    def _read_buckets(self, request: FacetRequest) -> tuple[tuple[str, ...], Ints]:
        spans = [period(name) for name in self.values(request.field).names]
        held = [next(iter(buckets([span], request)), None) for span in spans]
        names = sorted({name for name in held if name is not None})
        index = {name: at for at, name in enumerate(names)}
        return tuple(names), np.array([-1 if name is None else index[name] for name in held], dtype=np.int64)

    def _read_labels(self, field: str) -> tuple[FieldValue, ...]:
        values = self.values(field)
        counts = np.bincount(values.ordinals, minlength=len(values.names))
        first = np.searchsorted(values.ordinals, np.arange(len(values.names)))
        found = []
        for at, name in enumerate(values.names):
            if counts[at]:
                named = field == "country"  # the one field whose labels are not its values
                labels = labels_of(self.article(int(values.articles[first[at]])), field) if named else {}
                found.append(FieldValue(name, labels.get(name, name), int(counts[at])))
        return tuple(found)

    def _read_vocabulary(self, texts: Sequence[str]) -> Vocabulary:
        counts: dict[str, int] = {}
        for text in texts:
            for _, segment in self._segments:
                for word, weight in terms_of(segment).lexicon(f"{text}_folded"):
                    counts[word] = counts.get(word, 0) + weight
        words = sorted(counts)
        return Vocabulary(words, [counts[word] for word in words])


def leaves(reader: IndexReader) -> Iterator[tuple[int, IndexReader]]:
    """Yield the reader of each segment with the number of its first article."""
    if not reader.doc_count_all():
        return
    yield from ((base, leaf) for leaf, base in reader.leaf_readers())


def _live(run: Run, base: int, live: Bools) -> Postings:
    """Return a segment's run under the numbers of the whole index, deleted articles left out."""
    articles, counts, positions = (
        part.astype(np.int64) for part in (run.articles, run.counts, run.positions)
    )
    articles += base
    kept = live[articles]
    if kept.all():
        return Postings(articles, counts, positions)
    held = np.repeat(kept, counts) if len(positions) else slice(0)
    return Postings(articles[kept], counts[kept], positions[held])
