"""An index as it was opened: its segments as one, articles numbered across them.

Immutable but for what is read and kept; any number of threads may ask. Of an index of one
segment without deletions every array is a view of the file; of others what is needed is joined
when it is first asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property, lru_cache
from itertools import accumulate
from threading import RLock

import numpy as np
from numpy.typing import NDArray

from search.aliases import NO_ALIASES, Aliases, renamed, shared
from search.completing import Completer
from search.domain import Article, FieldValue, Precision, Span
from search.engines.whoosh.arrays import Array
from search.engines.whoosh.buckets import bucket_numbers
from search.engines.whoosh.chosen import Chosen
from search.engines.whoosh.columns import by_date
from search.engines.whoosh.postings import Part, Piece, Postings
from search.engines.whoosh.schema import VALUES
from search.engines.whoosh.segment import Segment
from search.engines.whoosh.stored import Shown
from search.engines.whoosh.tags import TAGGED, Tags, arranged_tags, first_year, years_of
from search.engines.whoosh.values import Values, joined_values, story_numbers
from search.expand import Vocabulary
from search.facets import FacetRequest, buckets
from search.names import Names
from search.periods import period
from search.score import length_norm

COMPLETED = ("person", "country")
"""Fields whose values are offered while a query is typed."""
SHOWN = 2_048
"""Articles that are kept unpacked: about 10 MB of news, 64 MB at most."""
LONG_BYTES = 8_192
"""An article that is packed into more is not kept."""
KEPT_BUCKETS = 64
"""Date ranges whose years, months or days are kept: one is drilled into by many queries."""

Bools = NDArray[np.bool_]


class Snapshot:
    """The arrays of one state of an index."""

    def __init__(
        self,
        segments: Sequence[tuple[Segment, Sequence[int]]],
        aliases: Aliases = NO_ALIASES,
        countries: Aliases = NO_ALIASES,
        stories: Aliases = NO_ALIASES,
    ) -> None:
        self._aliases = aliases
        self._stories = stories
        self._stand_for = {
            field: {name: alias.value for name, alias in named.items()}
            for field, named in (("person", aliases), ("country", countries), ("story", stories))
        }
        self._lock = RLock()
        self._tables: list[NDArray[np.float32]] = []
        self._kept: dict[tuple[str, str], object] = {}
        sizes = [segment.size for segment, _ in segments]
        bases = [0, *accumulate(sizes)]
        self.total = bases[-1]
        self.parts = [
            Part(segment, base, _live(segment.size, deleted))
            for (segment, deleted), base in zip(segments, bases, strict=False)
        ]
        self.live = self._live()
        self.size = self.total if self.live is None else int(np.count_nonzero(self.live))
        self.first_day = self._column("first_day")
        self.last_day = self._column("last_day")
        self.lengths = (self._column("title_length"), self._column("body_length"))
        self._shown_lately = lru_cache(maxsize=SHOWN)(self._unpack)
        self.averages = tuple(self._average(lengths) for lengths in self.lengths)
        self.norms = tuple(
            np.asarray(length_norm(lengths.astype(np.float64), average))
            for lengths, average in zip(self.lengths, self.averages, strict=True)
        )

    def postings(self, form: str, term: str, *, title: bool = False) -> Postings:
        """Return where a term stands: in titles, or in articles, whose counts are of the body alone."""
        pieces = []
        for part in self.parts:
            number = part.segment.terms[form].find(term)
            if number >= 0:
                pieces.append(Piece(part, number, part.segment.run(form, number, title=title)))
        return Postings(pieces)

    def values(self, field: str) -> Values:
        """Return the values of a field and who has them; those of deleted articles alone are left out."""
        with self._lock:
            key = ("values", field)
            if key not in self._kept:
                stands_for = self._stand_for[field] if field in ("person", "story") else None
                values = self._kept[key] = joined_values(self.parts, field, stands_for)
                if field == "country":
                    values.set_order(self.labels(field))
            found: Values = self._kept[key]  # type: ignore[assignment]
            return found

    def labelled(self, field: str) -> tuple[FieldValue, ...]:
        """Return the values that live articles have, with labels and counts, by value ascending."""
        with self._lock:
            key = ("labelled", field)
            if key not in self._kept:
                values, labels = self.values(field), self.labels(field)
                counts = values.totals.tolist()
                self._kept[key] = tuple(
                    FieldValue(name, labels.get(name, name), count)
                    for name, count in zip(values.names, counts, strict=True)
                )
            found: tuple[FieldValue, ...] = self._kept[key]  # type: ignore[assignment]
            return found

    def names(self, field: str) -> Names:
        """Return the values of a field by the names they are typed by."""
        with self._lock:
            key = ("names", field)
            if key not in self._kept:
                self._kept[key] = Names(self.labelled(field), self._stand_for.get(field))
            found: Names = self._kept[key]  # type: ignore[assignment]
            return found

    def completer(self, field: str) -> Completer:
        """Return the values of a field by the beginnings of their words."""
        with self._lock:
            key = ("completer", field)
            if key not in self._kept:
                self._kept[key] = Completer(self.labelled(field))
            found: Completer = self._kept[key]  # type: ignore[assignment]
            return found

    def labels(self, field: str) -> dict[str, str]:
        """Return the names that values are shown by, where these are not the values themselves."""
        if field != "country":
            return {}
        with self._lock:
            key = ("labels", field)
            if key not in self._kept:
                named = [part.segment.labels() for part in self.parts]
                known = {code: name for one in named for code, name in one.items()}
                if self.live is not None:  # a country that deleted articles alone had has no name
                    known = {code: known[code] for code in self.values(field).names}
                self._kept[key] = known
            found: dict[str, str] = self._kept[key]  # type: ignore[assignment]
            return found

    def rank(self, order: str) -> Array:
        """Return the place of each article by "newest" or "oldest" date, ties by id, undated ones last."""
        if len(self.parts) == 1:
            segment = self.parts[0].segment
            return segment.newest if order == "newest" else segment.oldest
        with self._lock:
            key = ("rank", order)
            if key not in self._kept:
                newest, oldest = by_date(self.first_day, self._id_rank())
                self._kept["rank", "newest"], self._kept["rank", "oldest"] = newest, oldest
            found: Array = self._kept[key]  # type: ignore[assignment]
            return found

    def vocabulary(self, part: Part, *, title_only: bool) -> Vocabulary:
        """Return the folded words of a part; those of deleted articles stay until segments merge."""
        with self._lock:
            key = (f"vocabulary {part.base}", str(title_only))
            if key not in self._kept:
                counts = part.segment.occurrences("folded.title")
                if not title_only:
                    counts = counts + part.segment.occurrences("folded")
                self._kept[key] = Vocabulary(part.segment.terms["folded"], counts)
            found: Vocabulary = self._kept[key]  # type: ignore[assignment]
            return found

    @property
    def tags(self) -> Tags:
        """The facets of every article side by side."""
        if len(self.parts) == 1 and self.live is None and not self._aliases:
            return self.parts[0].segment.tags
        with self._lock:
            key = ("tags", "")
            if key not in self._kept:
                self._kept[key] = self._joined_tags()
            found: Tags = self._kept[key]  # type: ignore[assignment]
            return found

    def _joined_tags(self) -> Tags:
        live = np.ones(self.total, dtype=np.bool_) if self.live is None else self.live
        columns = [self.values(field).column() for field in TAGGED[:-1]]
        columns.append(years_of(np.where(live, self.first_day, 0)))
        return Tags(arranged_tags(columns, live))

    @property
    def stories(self) -> tuple[NDArray[np.int64], Bools]:
        """A number for the story of each article, and whether another article shares it."""
        with self._lock:
            key = ("stories", "")
            if key not in self._kept:
                self._kept[key] = story_numbers(self.values("story"), self.total)
            found: tuple[NDArray[np.int64], Bools] = self._kept[key]  # type: ignore[assignment]
            return found

    @property
    def first_year(self) -> int:
        """The year of the first slot of `date` in `tags`."""
        with self._lock:
            key = ("first year", "")
            if key not in self._kept:
                live = self.first_day if self.live is None else self.first_day[self.live]
                self._kept[key] = first_year(live)
            found: int = self._kept[key]  # type: ignore[assignment]
            return found

    def buckets(self, level: Precision) -> Array:
        """Return for each article the number of the year, month or day its date lies in; 0 for none.

        `bucket_period` tells what a number stands for. Deleted articles have one too.
        """
        with self._lock:
            key = ("buckets", level)
            if key not in self._kept:
                self._kept[key] = bucket_numbers(self.first_day, self.last_day, level)
            found: Array = self._kept[key]  # type: ignore[assignment]
            return found

    def buckets_of(self, request: FacetRequest) -> tuple[tuple[str, ...], Array]:
        """Return the years, months or days of a facet of periods, and each value's index among them or -1."""
        key = ("buckets of", f"{request.field} {request.level} {request.since} {request.until}")
        with self._lock:
            if key not in self._kept:
                spans = [period(name) for name in self.values(request.field).names]
                held = [next(iter(buckets([span], request)), None) for span in spans]
                names = sorted({name for name in held if name is not None})
                index = {name: at for at, name in enumerate(names)}
                places = np.array([-1 if name is None else index[name] for name in held], dtype=np.int64)
                self._forget("buckets of")
                self._kept[key] = (tuple(names), places)
            found: tuple[tuple[str, ...], Array] = self._kept[key]  # type: ignore[assignment]
            return found

    def _forget(self, kind: str) -> None:
        """Keep at most so many of a kind that queries may ask for without end."""
        held = [key for key in self._kept if key[0] == kind]
        for key in held[: max(0, len(held) + 1 - KEPT_BUCKETS)]:
            del self._kept[key]

    @cached_property
    def everything(self) -> Chosen:
        """All live articles."""
        return Chosen(self.total, mask=np.ones(self.total, np.bool_) if self.live is None else self.live)

    @contextmanager
    def table(self) -> Iterator[NDArray[np.float32]]:
        """Lend a table of a number for each article, all 0, to be given back so.

        A new one costs more than what is written to it for a word in a tenth of the archive.
        """
        tables = self._tables
        try:
            table = tables.pop()  # looked at first, the last one could go to another thread meanwhile
        except IndexError:
            table = np.zeros(self.total, dtype=np.float32)
        yield table
        tables.append(table)  # one that an error left half written is not given back

    def part_of(self, number: int) -> tuple[Part, int]:
        """Return the part that an article is in, and its number there."""
        for part in reversed(self.parts):
            if number >= part.base:
                return part, number - part.base
        raise IndexError(f"no article has the number {number}")

    def shown(self, number: int) -> Shown:
        """Return what a list shows of an article.

        Whoever narrows a search or turns back sees the same articles again: those shown lately
        are kept unpacked, but for long ones.
        """
        part, own = self.part_of(number)
        if part.segment.packed_bytes(own) > LONG_BYTES:
            return self._unpack(number)
        return self._shown_lately(number)

    def _unpack(self, number: int) -> Shown:
        part, own = self.part_of(number)
        shown = part.segment.shown(own)
        if not self._aliases and not self._stories:
            return shown
        people = renamed(shown.article.people, self._aliases)
        story = shared(shown.article.story, self._stories)
        return shown._replace(article=shown.article._replace(people=people, story=story))

    def mentioned(self, number: int) -> Iterator[tuple[str, str, list[Span]]]:
        """Yield field, value and spans in the body of each tag of an article."""
        part, own = self.part_of(number)
        for field, value, spans in part.segment.mentioned(own):
            alias = self._aliases.get(value) if field == "person" else None
            yield field, alias.value if alias else value, spans

    def article(self, number: int) -> Article:
        """Return a whole article."""
        part, own = self.part_of(number)
        article = part.segment.article(own)
        if not self._aliases and not self._stories:
            return article
        people, story = renamed(article.people, self._aliases), shared(article.story, self._stories)
        return replace(article, people=people, story=story)

    def story_text(self, story: str) -> str:
        """Return the body, else the title, of an article of a story; nothing of one that is not there."""
        values = self.values("story")
        at = values.ordinal(story)
        if at is None:
            return ""
        shown = self._unpack(int(values.having(at)[0]))
        return shown.body if any(map(str.isalnum, shown.body)) else shown.article.title

    def number(self, article_id: str) -> int | None:
        """Return the number of the live article of this id, or None."""
        for part in self.parts:
            own = part.segment.number(article_id)
            if own is not None and (part.live is None or part.live[own]):
                return part.base + own
        return None

    def numbers(self) -> list[int]:
        """Return the numbers of the live articles, ascending."""
        return list(range(self.total)) if self.live is None else np.flatnonzero(self.live).tolist()

    def warm(self) -> None:
        """Make what is otherwise made by the first query that needs it."""
        for field in VALUES:
            self.values(field)
        self.labels("country")
        for field in COMPLETED:
            self.completer(field)
        self.rank("newest")
        self.rank("oldest")
        _ = self.tags, self.first_year, self.everything.ids
        for part in self.parts:
            for terms in part.segment.terms.values():
                terms.warm()
            self.vocabulary(part, title_only=False)

    def _live(self) -> Bools | None:
        if all(part.live is None for part in self.parts):
            return None
        return np.concatenate(
            [np.ones(part.segment.size, bool) if part.live is None else part.live for part in self.parts]
        )

    def _column(self, name: str) -> Array:
        columns = [getattr(part.segment, name) for part in self.parts]
        if len(columns) == 1:
            column: Array = columns[0]
            return column
        return np.concatenate(columns) if columns else np.zeros(0, dtype=np.int32)

    def _average(self, lengths: Array) -> float:
        held = lengths if self.live is None else lengths[self.live]
        return float(held.sum(dtype=np.float64)) / self.size if self.size else 0.0

    def _id_rank(self) -> Array:
        """Return the place of each article by id."""
        ids = [article_id for part in self.parts for article_id in part.segment.ids()]
        rank = np.empty(len(ids), dtype=np.uint32)
        rank[sorted(range(len(ids)), key=ids.__getitem__)] = np.arange(len(ids), dtype=np.uint32)
        return rank


def _live(size: int, deleted: Sequence[int]) -> Bools | None:
    """Return which articles of a segment are not deleted, None when none is."""
    if not deleted:
        return None
    live = np.ones(size, dtype=np.bool_)
    live[np.fromiter(deleted, dtype=np.int64)] = False
    return live
