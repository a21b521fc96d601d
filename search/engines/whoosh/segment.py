"""One segment, mapped: its words, its values and its stored articles.

Articles are numbered from 0. Everything returned is a view of the file and not to be written to.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from search.domain import Article, Span
from search.engines.whoosh.arrays import Array, Arrays
from search.engines.whoosh.inversion import MANY
from search.engines.whoosh.schema import FORMS, VALUES
from search.engines.whoosh.stored import Shown, shown, unpacked, whole
from search.engines.whoosh.tags import TagRows, Tags, spread_rows
from search.record import encoded_mentions
from search.terms import Terms

_COPY = 1 << 22


@dataclass(frozen=True, slots=True)
class Run:
    """The postings of a term in one segment, as places in its arrays: ascending articles from `first` on."""

    name: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class SegmentValues:
    """The values of one field, and who has them.

    A combination is a value with the roles (bits) it has together; those of value v are numbered
    `combinations[v]` to `combinations[v + 1]`. Those of article a are `of[of_starts[a]:…]`, the
    articles of combination c `articles[starts[c]:…]`, ascending.
    """

    names: Terms
    combinations: NDArray[np.uint32]
    roles: NDArray[np.uint8]
    of_starts: NDArray[np.uint32]
    of: Array
    starts: NDArray[np.uint32]
    articles: NDArray[np.uint32]

    def value_of(self, combinations: Array) -> NDArray[np.int64]:
        """Return the value of each combination."""
        starts = self.combinations.astype(np.int64)
        owners = np.repeat(np.arange(len(self.names)), starts[1:] - starts[:-1])
        found: NDArray[np.int64] = owners[combinations]
        return found


class Segment:
    """A segment's file, opened; columns and dictionaries are checked then, other arrays when first read."""

    def __init__(self, path: Path) -> None:
        self.arrays = Arrays(path)
        view = self.arrays.view
        self.first_day, self.last_day = view("first_day"), view("last_day")
        self.title_length, self.body_length = view("title_length"), view("body_length")
        self.newest, self.oldest = view("newest"), view("oldest")
        self.averages = view("averages").tolist()
        self.size = len(self.first_day)
        self.id_order = view("id.order")
        self.id_terms = self._strings("id")
        self.dense = view("stem.dense")
        self.tags = self._read_tags()
        self._values = {field: self._read_values(field) for field in VALUES}
        self.terms = {form: self._strings(form) for form in FORMS}
        self._views = {name: view(name) for name in self._lists()}
        self._ends = {name: view(f"{name}.ends") for name in ("stored", "receipts")}

    def run(self, form: str, term: int, *, title: bool = False) -> Run:
        """Return the postings of a term, which may be none; shared ones are a folded term's."""
        if form != "folded":
            share = int(self._views[f"{form}.share"][term])
            if share >= 0:
                form, term = "folded", share
        name = f"{form}.title" if title else form
        starts = self._views[f"{name}.starts"]
        return Run(name, int(starts[term]), int(starts[term + 1]))

    def articles(self, run: Run) -> NDArray[np.uint32]:
        """Return the articles of a run, ascending."""
        return self.arrays.view(f"{run.name}.articles", run.first, run.last)

    def counts(self, run: Run) -> Array:
        """Return how often the term stands in each article's body, or title; a byte each where that fits."""
        counts = self.arrays.view(f"{run.name}.counts", run.first, run.last)
        many = self._views[f"{run.name}.many"]
        if not len(many):
            return counts
        first, last = np.searchsorted(many, np.array((run.first, run.last), np.uint64)).tolist()
        if first == last:
            return counts
        full = counts.astype(np.uint32)
        full[many[first:last].astype(np.int64) - run.first] = self._views[f"{run.name}.many_counts"][
            first:last
        ]
        return full

    def places(self, space: str, terms: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the places of the postings of several folded terms, term after term."""
        return spread_rows(self._views[f"{space}.starts"], terms)

    def postings_at(self, space: str, places: NDArray[np.int64]) -> tuple[Array, Array]:
        """Return article and count of postings, given by their places."""
        articles = self.arrays.take(f"{space}.articles", places)
        counts = self.arrays.take(f"{space}.counts", places)
        many = self._views[f"{space}.many"]
        if len(many) and len(counts) and counts.max() == MANY:
            large = np.flatnonzero(counts == MANY)
            counts = counts.astype(np.uint32)
            at = np.searchsorted(many, places[large].astype(np.uint64))
            counts[large] = self._views[f"{space}.many_counts"][at]
        return articles, counts

    def word_starts(self, run: Run) -> Array:
        """Return where the words of each posting of a folded run begin, and where the last one's end."""
        return self.arrays.view(f"{run.name}.word_starts", run.first, run.last + 1)

    def words_at(self, space: str, place: int) -> list[int]:
        """Return the ascending positions of a posting of a folded term, given by its place."""
        view = self.arrays.view
        begin, end = view(f"{space}.word_starts", place, place + 2).tolist()
        found: list[int] = view(f"{space}.positions", begin, end).tolist()
        return found

    def positions(self, form: str, first: int, last: int) -> Array:
        """Return positions of words."""
        return self.arrays.view(f"{form}.positions", first, last)

    def next(self, form: str, first: int, last: int) -> NDArray[np.uint16]:
        """Return the marks of the words that follow (see `lexicon.next_mark`)."""
        return self.arrays.view(f"{form}.next", first, last)

    def impacts(self, stem: int) -> NDArray[np.uint16]:
        """Return the impacts of a stem's postings, in their order."""
        starts = self._views["stem.impact_starts"]
        return self.arrays.view("stem.impacts", int(starts[stem]), int(starts[stem + 1]))

    def bitmap(self, stem: int) -> NDArray[np.bool_] | None:
        """Return which articles have a common stem, None for a stem that is not common."""
        bits = self.bits(stem)
        if bits is None:
            return None
        return np.unpackbits(bits, count=self.size, bitorder="little").view(np.bool_)

    def bits(self, stem: int) -> NDArray[np.uint8] | None:
        """Return the bitmap of a common stem's articles, the first one the lowest bit; else None."""
        at = int(np.searchsorted(self.dense, stem))
        if at == len(self.dense) or self.dense[at] != stem:
            return None
        width = -(-self.size // 64) * 8
        return self.arrays.view("stem.bits", at * width, (at + 1) * width)

    def occurrences(self, form: str) -> NDArray[np.int64]:
        """Return how often each folded term occurs; `form` is `folded` or `folded.title`."""
        starts = self._views[f"{form}.words"].astype(np.int64)
        return starts[1:] - starts[:-1]

    def values(self, field: str) -> SegmentValues:
        """Return the values of a field."""
        return self._values[field]

    def labels(self) -> dict[str, str]:
        """Return the names of countries by code."""
        names = self._strings("country.label")
        return dict(zip(self._values["country"].names, names, strict=True))

    def sizes(self) -> Array:
        """Return the tokens of title and body by article: articles × 2."""
        return np.stack((self.title_length, self.body_length), axis=1)

    def number(self, article_id: str) -> int | None:
        """Return the number of an article, deleted or not, or None."""
        order = self.id_order
        at = bisect_left(range(self.size), article_id, key=lambda place: self.id_terms[int(order[place])])
        if at < self.size and self.id_terms[int(order[at])] == article_id:
            return int(order[at])
        return None

    def ids(self) -> list[str]:
        """Return the id of every article, by number."""
        return list(self.id_terms)

    def members(self, stem: int) -> list[int]:
        """Return the folded words of a stem, ascending."""
        starts = self._views["stem.member_starts"]
        found: list[int] = self._views["stem.members"][int(starts[stem]) : int(starts[stem + 1])].tolist()
        return found

    def shown(self, number: int) -> Shown:
        """Return what a list shows of an article."""
        return shown(self._packed("stored", number))

    def packed_bytes(self, number: int) -> int:
        """Return the bytes that an article is packed into, but for its receipts."""
        ends = self._ends["stored"]
        return int(ends[number]) - (int(ends[number - 1]) if number else 0)

    def article(self, number: int) -> Article:
        """Return a whole article."""
        return whole(self._packed("stored", number), self._packed("receipts", number))

    def mentioned(self, number: int) -> Iterator[tuple[str, str, list[Span]]]:
        """Yield field, value and spans in the body of each tag of an article."""
        return encoded_mentions(unpacked(self._packed("receipts", number)))

    def ends(self, name: str) -> Array:
        """Return where the packed texts end: of `stored` or `receipts`."""
        return self._ends[name].astype(np.int64)

    def texts(self, name: str, spans: Sequence[tuple[int, int]]) -> Iterator[memoryview]:
        """Yield the bytes of packed texts that lie in half-open spans, a few at a time.

        Each is given back before the next is asked for: texts are a quarter of an index.
        """
        for begin, end in spans:
            for start in range(begin, end, _COPY):
                yield self.arrays.data(f"{name}.bytes", start, min(start + _COPY, end))
                self.arrays.release()

    def _packed(self, name: str, number: int) -> memoryview:
        ends = self._ends[name]
        return self.arrays.data(f"{name}.bytes", int(ends[number - 1]) if number else 0, int(ends[number]))

    def _strings(self, name: str) -> Terms:
        return Terms(self.arrays.view(f"{name}.letters"), self.arrays.view(f"{name}.ends"))

    def _read_values(self, field: str) -> SegmentValues:
        view = self.arrays.view
        rest = ("combinations", "roles", "of_starts", "of", "starts", "articles")
        return SegmentValues(self._strings(field), *(view(f"{field}.{name}") for name in rest))

    def _read_tags(self) -> Tags:
        view = self.arrays.view
        widths = view("tags.widths").tolist()
        rows = view("tags.rows").reshape(self.size, sum(widths))
        return Tags(
            TagRows(view("tags.sizes").tolist(), widths, rows, view("tags.more_starts"), view("tags.more"))
        )

    def _lists(self) -> list[str]:
        """Return the names of the arrays by term."""
        names = [
            "stem.members",
            "stem.member_starts",
            "stem.share",
            "exact.share",
            "stem.impact_starts",
            "folded.words",
            "folded.title.words",
        ]
        for form in FORMS:
            for tail in ("", ".title"):
                names += [f"{form}{tail}.{one}" for one in ("starts", "many", "many_counts")]
        return names
