"""Articles to a batch that a writer takes: tokens once, as numbers, in any process.

Each different written word of a batch is cut into tokens once; a text is the sequence of its
words' numbers. The writer makes terms of the words it has not met before, so that a batch is
small to send from one process to another.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count, pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.domain import Article
from search.engines.whoosh.schema import ROLES, VALUES, role_bits
from search.engines.whoosh.stored import fit_bytes, pack_spans, packed
from search.fields import field_values, labels_of, periods_of
from search.tokens import cut_words, is_plain, tokens

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


@dataclass(frozen=True, slots=True)
class Spread:
    """The tokens of texts one after the other: the gap before and the width of each.

    `joined` (n × 2) pairs tokens where a word of several parts begins with that word's end in its
    text. The tokens of text n are those from `bounds[n]` to `bounds[n + 1]`.
    """

    gaps: NDArray[Any]
    widths: NDArray[Any]
    joined: Places
    bounds: Places

    def packed(self) -> list[bytes]:
        """Return the packed spans of each text."""
        gaps, widths = self.gaps, self.widths
        if fit_bytes(gaps) and fit_bytes(widths):  # looked at once for all texts
            gaps, widths = gaps.astype("u1"), widths.astype("u1")
        pairs = np.searchsorted(self.joined[:, 0], self.bounds).tolist()
        found = []
        for (begin, end), (first, last) in zip(pairwise(self.bounds.tolist()), pairwise(pairs), strict=True):
            own = self.joined[first:last] - (begin, 0)
            found.append(pack_spans(gaps[begin:end], widths[begin:end], own))
        return found


def spread(words: Sequence[str], stream: Numbers, spaces: Places, lengths: Numbers) -> Spread:
    """Return the tokens of texts, of which `stream` numbers the words among `words`.

    `spaces` (words × 2) are the gap before each word and its width; `lengths` the words of each text.
    """
    ends = np.cumsum(spaces.reshape(-1), dtype=np.int64).reshape(-1, 2)
    edges = np.concatenate(([0], np.cumsum(lengths, dtype=np.int64)))
    befores = np.concatenate(([0], ends[:, 1]))[edges[:-1]]  # code points of the texts before
    starts = ends[:, 0] - np.repeat(befores, lengths)
    shapes = _Shapes(words)
    held = shapes.counts[stream]
    of = np.repeat(np.arange(len(stream)), held)
    lasts = np.cumsum(held)
    tokens_at = shapes.firsts[stream][of] + np.arange(len(of)) - (lasts - held)[of]
    first, last, joined = (starts[of] + part[tokens_at] for part in shapes.flat)
    gaps = first.astype(np.int32)
    gaps[1:] -= last[:-1].astype(np.int32)
    bounds = np.concatenate(([0], lasts))[edges].astype(np.int32)
    begins = bounds[:-1][np.diff(bounds) > 0]
    gaps[begins] = first[begins]
    at = np.flatnonzero(shapes.flat[2][tokens_at])
    pairs = np.stack((at, joined[at]), axis=1).astype(np.int32)
    return Spread(gaps, (last - first).astype(np.int32), pairs, bounds)


class _Shapes:
    """The tokens of different words: `flat` holds start, end and end of the joined word (0 without one).

    The tokens of word n are the `counts[n]` from `firsts[n]`.
    """

    def __init__(self, words: Sequence[str]) -> None:
        inner = {at: tokens(word, "") for at, word in enumerate(words) if not is_plain(word)}
        self.counts = np.ones(len(words), dtype=np.int64)
        self.counts[list(inner)] = [len(found) for found in inner.values()]
        self.firsts = np.cumsum(self.counts) - self.counts
        self.flat = np.zeros((3, int(self.counts.sum())), dtype=np.int64)
        one = self.counts > 0
        self.flat[1, self.firsts[one]] = np.fromiter(map(len, words), np.int64, len(words))[one]
        for number, found in inner.items():
            for at, token in enumerate(found, int(self.firsts[number])):
                self.flat[:, at] = token.start, token.end, token.joined.end if token.joined else 0


def analyse(articles: Sequence[Article]) -> Batch:
    """Return articles as a writer takes them; the work of one process among several.

    Raises TypeError or AttributeError for an article whose texts are no strings.
    """
    numbers: defaultdict[str, int] = defaultdict(count().__next__)  # which numbers new words by itself
    stream: list[int] = []
    spaces: list[int] = []
    lengths = []
    for one in articles:
        for text in (one.title, one.body):
            pieces = cut_words(text)
            stream.extend(map(numbers.__getitem__, pieces[1::2]))
            spaces.extend(map(len, pieces))
            lengths.append(len(pieces) // 2)
    batch = Batch(words=list(numbers), stream=np.array(stream, dtype=np.uint32))
    batch.lengths = np.array(lengths, dtype=np.uint32).reshape(-1, 2)
    shown = np.array(spaces, dtype=np.int32).reshape(-1, 2)
    _store(batch, articles, spread(batch.words, batch.stream, shown, batch.lengths.reshape(-1)))
    _add_values(batch, articles)
    return batch


def _store(batch: Batch, articles: Sequence[Article], found: Spread) -> None:
    batch.sizes = np.diff(found.bounds).astype(np.uint32).reshape(-1, 2)
    spans = found.packed()
    for at, one in enumerate(articles):
        stored, receipts = packed(one, spans[2 * at], spans[2 * at + 1])
        batch.ids.append(one.id)
        batch.stored.append(stored)
        batch.receipts.append(receipts)


def _add_values(batch: Batch, articles: Sequence[Article]) -> None:
    """Add dates and the values of every field."""
    batch.days = np.array([_ends(one) for one in articles], dtype=np.int32).reshape(-1, 2)
    for name in VALUES:
        found = batch.values[name] = ValuesOf()
        for one in articles:
            if name in ROLES:
                roles = _with_roles(one, name)
                found.roles.extend(roles.values())
            values = tuple(roles) if name in ROLES else _values(one, name)
            found.names.extend(values)
            found.counts.append(len(values))
    for one in articles:
        batch.labels.update(labels_of(one, "country"))


def _values(article: Article, name: str) -> tuple[str, ...]:
    if name == "says":
        return tuple(dict.fromkeys(one.value for one in periods_of(article, "says"))) if article.says else ()
    return field_values(article, name)


def _with_roles(article: Article, name: str) -> dict[str, int]:
    """Return each country or person of an article with the bits of all its roles."""
    found: dict[str, int] = {}
    tags = [(tag.code, tag.roles) for tag in article.countries]
    if name == "person":
        tags = [(tag.name, tag.roles) for tag in article.people]
    for value, roles in tags:
        found[value] = found.get(value, 0) | role_bits(roles, name)
    return found


def _ends(article: Article) -> tuple[int, int]:
    for one in periods_of(article, "date"):
        return one.first.toordinal(), one.last.toordinal()
    return (0, 0)
