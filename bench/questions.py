"""Questions to ask of every engine: drawn from the words and tags that the articles hold."""

import datetime as dt
import random
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from archive import Archive

from search.domain import Article

_SAMPLE = 20_000
"""Articles from which the words of questions are taken; more would not change what is rare."""
_PAIRED = 2_000
"""Articles of the sample whose neighbouring words make phrases."""

VALUES = 50
"""Values listed a facet, by every engine."""
_FEW = 40
"""Fewer words than this of a frequency cannot make thirty different questions."""
TEXTS = ("title", "body")

KINDS = (
    "rare word",
    "medium word",
    "very common word",
    "OR of 3",
    "AND of 2",
    "phrase",
    "prefix",
    "fuzzy",
    "one filter",
    "two filters and dates",
    "match-all",
)


@dataclass(frozen=True, slots=True)
class Question:
    """One query in no engine's syntax: its kind says how its words are meant; dates are inclusive."""

    kind: str
    words: tuple[str, ...] = ()
    country: str | None = None
    person: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Averages:
    """What an article holds on average, by the sample: tags, and bytes of its text packed by zlib.

    `occurrences` tells for a word how often it stands in an article that holds it.
    """

    countries: float
    persons: float
    packed_bytes: float
    occurrences: dict[str, float]


class Asker:
    """Draws questions whose words, tags and phrases occur in the articles; the same for a seed.

    The sample is read one article at a time: of a million articles none is held.
    """

    def __init__(self, articles: Archive, *, seed: int = 2) -> None:
        self._draw = random.Random(seed)
        sampled = 0
        holders: Counter[str] = Counter()
        occurrences: Counter[str] = Counter()
        countries: Counter[str] = Counter()
        persons: Counter[str] = Counter()
        days, texts = [], []
        for one in articles.sample(_SAMPLE):
            text = text_of(one)
            words = text.replace(".", "").split()
            sampled += 1
            occurrences.update(words)
            holders.update(set(words))
            countries.update(tag.code for tag in one.countries)
            persons.update(tag.name for tag in one.people)
            days += [one.date] if one.date else []
            texts += [text] if len(texts) < _PAIRED else []
        share = {word: holders[word] / sampled for word in sorted(holders)}
        self._common = [word for word, part in share.items() if part > 0.15]
        self._medium = [word for word, part in share.items() if 0.01 < part < 0.08]
        self._rare = [word for word, part in share.items() if part < 0.002]
        # Headlines are so short that few words, or none, are very common in them: their most frequent serve.
        self._common = self._common if len(self._common) >= _FEW else top(holders, _FEW)
        self._medium = self._medium if len(self._medium) >= _FEW else top(holders, 4 * _FEW)[_FEW:]
        self._pairs = neighbours(texts, {*self._common, *self._medium})
        self._countries, self._persons, self._days = top(countries, 20), top(persons, 50), sorted(days)
        self.averages = Averages(
            countries=countries.total() / sampled,
            persons=persons.total() / sampled,
            packed_bytes=sum(len(zlib.compress(text.encode())) for text in texts) / len(texts),
            occurrences={word: occurrences[word] / count for word, count in holders.items()},
        )

    def questions(self, kind: str, count: int) -> list[Question]:
        """Return different questions of a kind, fewer than `count` when there are not so many."""
        if kind == "match-all":
            return [Question(kind)] * count
        found: dict[Question, None] = {}
        for _ in range(20 * count):
            if len(found) < count:
                found[self._question(kind)] = None
        return list(found)

    def _question(self, kind: str) -> Question:
        draw = self._draw
        match kind:
            case "rare word" | "fuzzy":
                return Question(kind, (draw.choice(self._rare),))
            case "medium word":
                return Question(kind, (draw.choice(self._medium),))
            case "very common word":
                return Question(kind, (draw.choice(self._common),))
            case "OR of 3" | "AND of 2":
                pool = self._medium + 5 * self._common
                return Question(kind, tuple(draw.sample(pool, 3 if kind == "OR of 3" else 2)))
            case "phrase":
                return Question(kind, draw.choice(self._pairs))
            case "prefix":
                return Question(kind, (draw.choice(self._rare)[:4],))
        return self._filtered(kind)

    def _filtered(self, kind: str) -> Question:
        draw = self._draw
        word, country = draw.choice(self._common), draw.choice(self._countries)
        if kind == "one filter":
            return Question(kind, (word,), country)
        first = draw.randrange(len(self._days) // 2)
        since, until = self._days[first], self._days[first + len(self._days) // 2 - 1]
        return Question(kind, (word,), country, draw.choice(self._persons), since, until)


def text_of(one: Article) -> str:
    """Return the text that questions are drawn from: the body, of a headline alone the headline."""
    return one.body or one.title


def neighbours(texts: Sequence[str], words: set[str]) -> list[tuple[str, str]]:
    """Return the different pairs of these words that follow each other somewhere."""
    pairs: dict[tuple[str, str], None] = {}
    for text in texts:
        for left, right in pairwise(text.split()):
            if left in words and right in words and left != right:
                pairs[left, right] = None
    return list(pairs)


def top(counts: Counter[str], most: int) -> list[str]:
    """Return the most frequent values; of equally frequent ones the first by alphabet."""
    return sorted(counts, key=lambda value: (-counts[value], value))[:most]


def typed(asked: Question) -> str:
    """Return the words with the operators of their kind, as they are typed in our syntax."""
    match asked.kind:
        case "OR of 3":
            return " OR ".join(asked.words)
        case "phrase":
            return f'"{" ".join(asked.words)}"'
        case "prefix":
            return f"{asked.words[0]}*"
        case "fuzzy":
            return f"{asked.words[0]}~1"
    return " ".join(asked.words)


def told(asked: Question) -> str:
    """Return the whole question in a line."""
    dates = f"{asked.since}..{asked.until}" if asked.since else None
    return " ".join(filter(None, (typed(asked), asked.country, asked.person, dates))) or "everything"
