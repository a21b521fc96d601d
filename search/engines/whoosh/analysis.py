"""Articles to a batch that a writer takes: tokens once, as numbers, in any process.

Each different written word of a batch is cut into tokens once; a text is the sequence of its
words' numbers. The writer makes terms of the words it has not met before, so that a batch is
small to send from one process to another.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from search.domain import Article
from search.engines.whoosh.schema import ROLES, VALUES, role_bits
from search.engines.whoosh.stored import pack_spans, packed
from search.fields import field_values, labels_of, periods_of, roles_of
from search.tokens import MAX_WORD, Token, tokens, written_words

Numbers = NDArray[np.uint32]
Places = NDArray[np.int32]


@dataclass(slots=True)
class ValuesOf:
    """The values of one field: those of all articles in a row, how many each has, and their roles' bits."""

    names: list[str] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    roles: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Batch:
    """Articles as a writer takes them.

    `stream` holds the number of each word in `words`, for each article title before body;
    `lengths` (articles × 2) how many words title and body have, `sizes` how many tokens.
    `days` (articles × 2) are the first and last day of the date as proleptic ordinals, 0 for none.
    """

    ids: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    stream: Numbers = field(default_factory=lambda: np.zeros(0, np.uint32))
    lengths: Numbers = field(default_factory=lambda: np.zeros((0, 2), np.uint32))
    sizes: Numbers = field(default_factory=lambda: np.zeros((0, 2), np.uint32))
    days: Places = field(default_factory=lambda: np.zeros((0, 2), np.int32))
    values: dict[str, ValuesOf] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    stored: list[bytes] = field(default_factory=list)
    receipts: list[bytes] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.ids)


class Shapes:
    """The tokens of written words, looked up by the words' numbers.

    A plain word of ASCII letters and digits is one token from its start to its end.
    """

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.inner: dict[int, list[Token]] = {}
        self._widths: list[int] = []

    def number(self, word: str) -> int:
        """Return the number of a word, a new one for a new word."""
        known = self.numbers.get(word)
        if known is None:
            known = self.numbers[word] = len(self._widths)
            self._widths.append(len(word))
            if not (word.isascii() and word.isalnum() and len(word) <= MAX_WORD):
                self.inner[known] = tokens(word, "")
        return known

    def spread(self, stream: Numbers, starts: Places) -> tuple[Places, Places, Places, Places]:
        """Return start, end, end of the joined word (0 without one), and word of each token of a text."""
        widths = np.array(self._widths, dtype=np.int32)
        if not self.inner:
            ends = starts + widths[stream]
            return starts, ends, np.zeros(len(starts), np.int32), np.arange(len(starts), dtype=np.int32)
        counts = np.ones(len(widths), dtype=np.int32)
        for number, found in self.inner.items():
            counts[number] = len(found)
        firsts = np.cumsum(counts, dtype=np.int32) - counts
        flat = np.zeros((3, int(counts.sum())), dtype=np.int32)
        flat[1, firsts[counts > 0]] = widths[counts > 0]
        for number, found in self.inner.items():
            for at, token in enumerate(found, int(firsts[number])):
                flat[:, at] = token.start, token.end, token.joined.end if token.joined else 0
        held = counts[stream]
        words = np.repeat(np.arange(len(stream), dtype=np.int32), held)
        within = np.arange(len(words), dtype=np.int32) - (np.cumsum(held, dtype=np.int32) - held)[words]
        found_at = firsts[stream[words]] + within
        base = starts[words]
        joined = flat[2, found_at]
        return base + flat[0, found_at], base + flat[1, found_at], np.where(joined, joined + base, 0), words


def analyse(articles: Sequence[Article]) -> Batch:
    """Return articles as a writer takes them; the work of one process among several.

    Raises TypeError for an article whose texts are no strings.
    """
    batch, shapes = Batch(), Shapes()
    stream: list[int] = []
    starts: list[int] = []
    lengths = []
    for one in articles:
        begin = len(stream)
        written_words(one.title, shapes.numbers, shapes.number, stream, starts)
        middle = len(stream)
        written_words(one.body, shapes.numbers, shapes.number, stream, starts)
        lengths += (middle - begin, len(stream) - middle)
    batch.words = list(shapes.numbers)
    batch.stream = np.array(stream, dtype=np.uint32)
    batch.lengths = np.array(lengths, dtype=np.uint32).reshape(-1, 2)
    _store(batch, articles, shapes.spread(batch.stream, np.array(starts, dtype=np.int32)))
    _add_values(batch, articles)
    return batch


def _store(batch: Batch, articles: Sequence[Article], spread: tuple[Places, Places, Places, Places]) -> None:
    starts, ends, joined, words = spread
    bounds = np.searchsorted(words, np.concatenate(([0], np.cumsum(batch.lengths.reshape(-1)))))
    batch.sizes = np.diff(bounds).astype(np.uint32).reshape(-1, 2)
    cuts = bounds.tolist()
    for at, one in enumerate(articles):
        spans = []
        for begin, end in (cuts[2 * at : 2 * at + 2], cuts[2 * at + 1 : 2 * at + 3]):
            whole = joined[begin:end]
            pairs = [(place, int(whole[place])) for place in np.flatnonzero(whole).tolist()]
            spans.append(pack_spans(starts[begin:end], ends[begin:end], pairs))
        stored, receipts = packed(one, *spans)
        batch.ids.append(one.id)
        batch.stored.append(stored)
        batch.receipts.append(receipts)


def _add_values(batch: Batch, articles: Sequence[Article]) -> None:
    """Add dates and the values of every field."""
    days = [_ends(one) for one in articles]
    batch.days = np.array(days, dtype=np.int32).reshape(-1, 2)
    for name in VALUES:
        found = batch.values[name] = ValuesOf()
        for one in articles:
            values = _values(one, name)
            found.names.extend(values)
            found.counts.append(len(values))
            if name in ROLES:
                found.roles.extend(_bits(one, name, values))
    for one in articles:
        batch.labels.update(labels_of(one, "country"))


def _values(article: Article, name: str) -> tuple[str, ...]:
    if name == "says":
        return tuple(dict.fromkeys(one.value for one in periods_of(article, "says"))) if article.says else ()
    return field_values(article, name)


def _bits(article: Article, name: str, values: Iterable[str]) -> list[int]:
    roles: dict[str, list[str]] = {value: [] for value in values}
    for value, role in roles_of(article, name):
        roles[value].append(role)
    return [role_bits(tuple(held), name) for held in roles.values()]


def _ends(article: Article) -> tuple[int, int]:
    for one in periods_of(article, "date"):
        return one.first.toordinal(), one.last.toordinal()
    return (0, 0)
