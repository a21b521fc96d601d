"""What a segment keeps by article beside its words: ids, dates, lengths, values and stored texts.

Gathered article by article, from batches and from older segments alike, and written at once.
"""

from array import array
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.analysis import Batch, ValuesOf
from search.engines.whoosh.arrays import Array, ArraysWriter, read_spans
from search.engines.whoosh.schema import VALUES
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

    def write(self, writer: ArraysWriter, field: str, keep: Bools) -> tuple[Terms, Column]:
        """Write the values of the articles that are kept, as `write_values` does."""
        given = list(self.numbers)
        rank = np.empty(len(given), dtype=np.uint32)
        rank[sorted(range(len(given)), key=given.__getitem__)] = np.arange(len(given), dtype=np.uint32)
        values, roles = np.array(self.values, dtype=np.uint32), np.array(self.roles, dtype=np.uint8)
        held = Held(Terms.of(given), rank[values], roles, np.array(self.counts, dtype=np.uint32))
        return write_values(writer, field, held, keep)


@dataclass(frozen=True, slots=True)
class Held:
    """The values of one field: for each article as many as `counts` says, by their places among the names."""

    names: Terms
    values: NDArray[np.uint32]
    roles: NDArray[np.uint8]
    counts: NDArray[np.uint32]


def write_values(writer: ArraysWriter, field: str, held: Held, keep: Bools) -> tuple[Terms, Column]:
    """Write the values of the articles that are kept; return their names in order, and what `tags` takes.

    A pair of a value and the roles it has together is a combination; they are numbered by
    value and then roles. For each article its combinations are listed, and for each
    combination its articles.
    """
    pairs = np.repeat(keep, held.counts)
    values, roles, counts = held.values[pairs], held.roles[pairs], held.counts[keep]
    there = np.bincount(values, minlength=len(held.names)) > 0
    names = held.names if there.all() else held.names.only(np.flatnonzero(there))
    rank = np.cumsum(there) - 1
    write_terms(writer, field, names)
    combined, found = np.unique(rank[values] * 256 + roles, return_inverse=True)
    found = found.astype(np.uint16 if len(combined) <= 0x10000 else np.uint32)
    writer.put(f"{field}.roles", (combined & 255).astype(np.uint8))
    starts = np.searchsorted(combined >> 8, np.arange(len(names) + 1))
    writer.put(f"{field}.combinations", starts.astype(np.uint32))
    writer.put(f"{field}.of_starts", np.concatenate(([0], np.cumsum(counts))).astype(np.uint32))
    writer.put(f"{field}.of", found)
    articles = np.repeat(np.arange(len(counts), dtype=np.uint32), counts)
    writer.put(f"{field}.articles", articles[np.argsort(found, kind="stable")])
    ends = np.concatenate(([0], np.cumsum(np.bincount(found, minlength=len(combined)))))
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

    def sizes(self) -> NDArray[np.uint32]:
        """Return how many tokens title and body of each article have: articles × 2."""
        return np.array(self._sizes, dtype=np.uint32).reshape(-1, 2)

    def write(self, writer: ArraysWriter, keep: Bools) -> None:
        """Write the columns of the articles that are kept."""
        ids = [one for one, kept in zip(self.ids, keep.tolist(), strict=True) if kept]
        write_strings(writer, "id", ids)
        order = np.array(sorted(range(len(ids)), key=ids.__getitem__), dtype=np.uint32)
        days = np.array(self._days, dtype=np.int32).reshape(-1, 2)
        write_days(writer, days[keep], self.sizes()[keep], order)
        tagged = {}
        for field, column in self.values.items():
            names, tagged[field] = column.write(writer, field, keep)
            if field == "country":
                write_labels(writer, names, self.labels)
        write_tags(writer, tagged, days[keep, 0])
        for name, held in (("stored", self._stored), ("receipts", self._receipts)):
            self._file(name).close()
            lengths = np.array(held, dtype=np.int64)
            writer.put_stream(f"{name}.bytes", read_spans(self._files[name], spans_kept(lengths, keep)))
            writer.put(f"{name}.ends", np.cumsum(lengths[keep], dtype=np.uint64))

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


def write_days(writer: ArraysWriter, days: Array, sizes: Array, order: NDArray[np.uint32]) -> None:
    """Write dates and lengths (articles × 2 both) and the orders by them; `order` is that of ids."""
    rank = np.empty(len(order), dtype=np.uint32)
    rank[order] = np.arange(len(order), dtype=np.uint32)
    writer.put("id.order", order)
    writer.put("first_day", days[:, 0])
    writer.put("last_day", days[:, 1])
    for name, places in zip(("newest", "oldest"), by_date(days[:, 0], rank), strict=True):
        writer.put(name, places)
    writer.put("title_length", sizes[:, 0])
    writer.put("body_length", sizes[:, 1])


def write_labels(writer: ArraysWriter, codes: Terms, labels: Mapping[str, str]) -> None:
    """Write the names of countries, in the order of their codes."""
    write_strings(writer, "country.label", [labels.get(code, code) for code in codes])


def write_tags(writer: ArraysWriter, columns: Mapping[str, Column], first_day: Array) -> None:
    """Write the values of all fields side by side; `columns` is what `write_values` returned of each."""
    columns = {**columns, "date": years_of(first_day)}
    tags = arranged_tags([columns[field] for field in TAGGED], np.ones(len(first_day), dtype=np.bool_))
    for name, cells in tags._asdict().items():
        writer.put(f"tags.{name}", np.asarray(cells, dtype=np.uint32).ravel())


def write_strings(writer: ArraysWriter, name: str, strings: Iterable[str]) -> None:
    """Write strings, in their order, as letters and ends."""
    letters, ends = bytearray(), array("Q")
    for one in strings:
        letters += one.encode("utf-8", "surrogatepass")
        ends.append(len(letters))
    writer.put(f"{name}.letters", np.frombuffer(letters, dtype=np.uint8))
    writer.put(f"{name}.ends", np.frombuffer(ends, dtype=np.uint64))


def write_terms(writer: ArraysWriter, name: str, terms: Terms) -> None:
    """Write a table of strings."""
    writer.put(f"{name}.letters", terms.letters)
    writer.put(f"{name}.ends", terms.ends.astype(np.uint64))


def spans_kept(lengths: NDArray[np.int64], keep: Bools) -> list[tuple[int, int]]:
    """Return the half-open spans of the pieces that are kept, of pieces of such lengths in a row."""
    ends = np.cumsum(lengths)
    begins = ends - lengths
    edges = np.flatnonzero(np.diff(np.concatenate(([0], keep.astype(np.int8), [0]))))
    return [(int(begins[first]), int(ends[last - 1])) for first, last in edges.reshape(-1, 2).tolist()]
