"""What a segment keeps by article beside its words: ids, dates, lengths, values and stored texts.

Gathered article by article, from batches and from older segments alike, and written at once.
"""

from array import array
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.analysis import Batch, ValuesOf
from search.engines.whoosh.arrays import Array, ArraysWriter
from search.engines.whoosh.schema import VALUES
from search.engines.whoosh.segment import Segment
from search.engines.whoosh.tags import TAGGED, arranged_tags, years_of
from search.terms import Terms

_ARTICLE_BYTES = 500
"""About what an article takes in memory until its segment is written; its text waits in a file."""

Bools = NDArray[np.bool_]
Column = tuple[int, Array, Array]


class ValueColumn:
    """The values of one field, numbered as they come, of article after article."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.counts = array("I")
        self.values = array("I")
        self.roles = array("B")

    def add(self, found: ValuesOf) -> None:
        """Add the values of the articles of a batch."""
        number = self.numbers.setdefault
        self.values.extend([number(name, len(self.numbers)) for name in found.names])
        self.counts.extend(found.counts)
        self.roles.extend(found.roles or bytes(len(found.names)))

    def add_old(self, names: Sequence[str], values: Array, roles: Array, counts: Array) -> None:
        """Add articles of a segment: the values' places among `names`, their roles, how many each has."""
        number = self.numbers.setdefault
        known = np.array([number(name, len(self.numbers)) for name in names], dtype=np.uint32)
        self.values.frombytes(known[values].tobytes() if len(values) else b"")
        self.roles.frombytes(roles.astype(np.uint8).tobytes())
        self.counts.frombytes(counts.astype(np.uint32).tobytes())

    def write(self, writer: ArraysWriter, field: str, keep: Bools) -> tuple[list[str], Column]:
        """Write the values of the articles that are kept; return their names in order, and what `tags` takes.

        A pair of a value and the roles it has together is a combination; they are numbered by
        value and then roles. For each article its combinations are listed, and for each
        combination its articles.
        """
        counts = np.array(self.counts, dtype=np.int64)
        pairs = np.repeat(keep, counts)
        values, roles = np.array(self.values, np.int64)[pairs], np.array(self.roles, np.int64)[pairs]
        counts = counts[keep]
        given = list(self.numbers)
        used = sorted(np.unique(values).tolist(), key=given.__getitem__)
        names = [given[number] for number in used]
        rank = np.zeros(len(given), dtype=np.int64)
        rank[used] = np.arange(len(used))
        write_strings(writer, field, names)
        combined, found = np.unique(rank[values] * 256 + roles, return_inverse=True)
        writer.put(f"{field}.roles", (combined & 255).astype(np.uint8))
        starts = np.searchsorted(combined >> 8, np.arange(len(names) + 1))
        writer.put(f"{field}.combinations", starts.astype(np.uint32))
        writer.put(f"{field}.of_starts", np.concatenate(([0], np.cumsum(counts))).astype(np.uint32))
        writer.put(f"{field}.of", found.astype(np.uint16 if len(combined) <= 0x10000 else np.uint32))
        articles = np.repeat(np.arange(len(counts)), counts)
        order = np.argsort(found, kind="stable")
        writer.put(f"{field}.articles", articles[order].astype(np.uint32))
        ends = np.searchsorted(found[order], np.arange(len(combined) + 1))
        writer.put(f"{field}.starts", ends.astype(np.uint32))
        return names, (len(combined), found, articles)


class Columns:
    """The columns of the articles that a writer has gathered; texts wait in a file beside the segment."""

    def __init__(self, texts: Path) -> None:
        self.texts = texts
        self.ids: list[str] = []
        self.values = {field: ValueColumn() for field in VALUES}
        self.labels: dict[str, str] = {}
        self._days = array("i")
        self._sizes = array("I")
        self._stored, self._receipts = array("I"), array("I")
        self._files = {name: texts.with_suffix(f".{name}") for name in ("stored", "receipts")}
        self._open: dict[str, BinaryIO] = {}

    @property
    def size_bytes(self) -> int:
        """About how much memory is taken."""
        return _ARTICLE_BYTES * len(self.ids)

    def add(self, batch: Batch) -> None:
        """Add the articles of a batch."""
        self.ids.extend(batch.ids)
        self._days.frombytes(batch.days.tobytes())
        self._sizes.frombytes(batch.sizes.tobytes())
        self.labels.update(batch.labels)
        for field, found in batch.values.items():
            self.values[field].add(found)
        for lengths, name, packed in (
            (self._stored, "stored", batch.stored),
            (self._receipts, "receipts", batch.receipts),
        ):
            lengths.extend(map(len, packed))
            self._file(name).write(b"".join(packed))

    def add_segment(self, segment: Segment) -> None:
        """Add every article of a segment, the deleted ones too."""
        self.ids.extend(segment.ids())
        self._days.frombytes(
            np.stack((segment.first_day, segment.last_day), axis=1).astype(np.int32).tobytes()
        )
        self._sizes.frombytes(segment.sizes().astype(np.uint32).tobytes())
        self.labels.update(segment.labels())
        for field, column in self.values.items():
            held = segment.values(field)
            column.add_old(
                list(held.names), held.value_of(held.of), held.roles[held.of], np.diff(held.of_starts)
            )
        for lengths, name in ((self._stored, "stored"), (self._receipts, "receipts")):
            lengths.frombytes(np.diff(segment.ends(name), prepend=0).astype(np.uint32).tobytes())
            segment.copy(name, self._file(name))

    def sizes(self) -> NDArray[np.uint32]:
        """Return how many tokens title and body of each article have: articles × 2."""
        return np.array(self._sizes, dtype=np.uint32).reshape(-1, 2)

    def write(self, writer: ArraysWriter, keep: Bools) -> None:
        """Write the columns of the articles that are kept."""
        ids = [one for one, kept in zip(self.ids, keep.tolist(), strict=True) if kept]
        days = np.array(self._days, dtype=np.int32).reshape(-1, 2)[keep]
        order = sorted(range(len(ids)), key=ids.__getitem__)
        rank = np.empty(len(ids), dtype=np.uint32)
        rank[order] = np.arange(len(ids), dtype=np.uint32)
        write_strings(writer, "id", ids)
        writer.put("id.order", np.array(order, dtype=np.uint32))
        writer.put("first_day", days[:, 0])
        writer.put("last_day", days[:, 1])
        for name, places in zip(("newest", "oldest"), by_date(days[:, 0], rank), strict=True):
            writer.put(name, places)
        sizes = self.sizes()[keep]
        writer.put("title_length", sizes[:, 0])
        writer.put("body_length", sizes[:, 1])
        tagged = {"date": years_of(days[:, 0])}
        for field, column in self.values.items():
            names, tagged[field] = column.write(writer, field, keep)
            if field == "country":
                write_strings(writer, "country.label", [self.labels.get(name, name) for name in names])
        tags = arranged_tags([tagged[field] for field in TAGGED], np.ones(len(ids), dtype=np.bool_))
        for name, cells in tags._asdict().items():
            writer.put(f"tags.{name}", np.asarray(cells, dtype=np.uint32).ravel())
        for name, lengths in (("stored", self._stored), ("receipts", self._receipts)):
            self._file(name).close()
            _write_packed(writer, name, self._files[name], np.array(lengths, dtype=np.int64), keep)

    def close(self) -> None:
        """Remove the files in which texts waited."""
        for name, path in self._files.items():
            if name in self._open:
                with suppress(OSError):  # what a full disk did not take is not wanted any more
                    self._open[name].close()
                path.unlink(missing_ok=True)

    def _file(self, name: str) -> BinaryIO:
        """Return the file in which texts wait, made when there are any."""
        if name not in self._open:
            self._open[name] = self._files[name].open("xb")
        return self._open[name]


def by_date(day: Array, id_rank: Array) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Return the place of each article by newest and by oldest date, ties by id, undated ones last."""
    found = []
    undated = np.iinfo(np.int64).max
    for sign in (-1, 1):
        order = np.lexsort((id_rank, np.where(day > 0, sign * day.astype(np.int64), undated)))
        places = np.empty(len(order), dtype=np.uint32)
        places[order] = np.arange(len(order), dtype=np.uint32)
        found.append(places)
    return found[0], found[1]


def write_strings(writer: ArraysWriter, name: str, strings: Sequence[str]) -> None:
    """Write strings, in their order, as letters and ends."""
    encoded = [one.encode("utf-8", "surrogatepass") for one in strings]
    writer.put(f"{name}.letters", np.frombuffer(b"".join(encoded), dtype=np.uint8))
    writer.put(f"{name}.ends", np.cumsum([len(one) for one in encoded], dtype=np.uint64))


def write_terms(writer: ArraysWriter, form: str, terms: Terms) -> None:
    """Write the dictionary of a form."""
    writer.put(f"{form}.letters", terms.letters)
    writer.put(f"{form}.ends", terms.ends.astype(np.uint64))


def _write_packed(
    writer: ArraysWriter, name: str, source: Path, lengths: NDArray[np.int64], keep: Bools
) -> None:
    ends = np.cumsum(lengths)
    begins = ends - lengths
    edges = np.flatnonzero(np.diff(np.concatenate(([0], keep.astype(np.int8), [0]))))
    spans = [(int(begins[first]), int(ends[last - 1])) for first, last in edges.reshape(-1, 2).tolist()]
    writer.put_stream(f"{name}.bytes", source, spans)
    writer.put(f"{name}.ends", np.cumsum(lengths[keep], dtype=np.uint64))
