"""Articles to measure engines on, and questions to ask of them.

Words are such that every engine reads them alike: letters a–z only, of four letters or more, and
their own stems, so that stemming or not makes no difference. Totals can then be compared.
"""

import datetime as dt
import gzip
import json
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from pathlib import Path

import numpy as np

from search.domain import Article, CountryTag, PersonTag
from search.tokens import stem

FIRST_DAY, DAYS = dt.date(2000, 1, 1), 20 * 365
WORDS, TITLE_WORDS, SENTENCE = 220, 8, 14
COUNTRIES, PERSONS, PERSONS_PER_ARTICLE = 195, 40_000, 3
VOCABULARY = 100_000
_CHUNK = 1_000
_SAMPLE = 20_000
"""Articles from which the words of questions are taken; more would not change what is rare."""

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


class Synthetic:
    """Articles whose words, countries and people follow Zipf's law; the same for a size and a seed."""

    def __init__(self, size: int, *, seed: int = 1) -> None:
        self.size = size
        self.seed = seed
        self.name = f"synthetic, {size:,} articles, seed {seed}"
        self._words = np.array(vocabulary(VOCABULARY, seed), dtype=object)
        self._codes = [f"{chr(65 + at // 26)}{chr(65 + at % 26)}" for at in range(COUNTRIES)]
        persons = max(100, PERSONS * size // 200_000)
        self._persons = [
            f"{self._words[-1 - at].title()} {self._words[-1 - at // 7].title()}" for at in range(persons)
        ]

    def __len__(self) -> int:
        return self.size

    def __iter__(self) -> Iterator[Article]:
        for first in range(0, self.size, _CHUNK):
            yield from self._chunk(first, min(_CHUNK, self.size - first))

    def _chunk(self, first: int, count: int) -> Iterator[Article]:
        rng = np.random.default_rng((self.seed, first))
        lengths = np.maximum(rng.normal(WORDS, WORDS / 4, count).astype(int), 30)
        words = self._words[zipf(rng, len(self._words), int(lengths.sum()))].tolist()
        titles = self._words[zipf(rng, len(self._words), count * TITLE_WORDS)].tolist()
        days = rng.integers(0, DAYS, count).tolist()
        countries = zipf(rng, COUNTRIES, 3 * count).reshape(count, 3).tolist()
        country_counts = rng.integers(0, 4, count).tolist()
        persons = zipf(rng, len(self._persons), 6 * count).reshape(count, 6).tolist()
        person_counts = rng.integers(0, 2 * PERSONS_PER_ARTICLE + 1, count).tolist()
        end = 0
        for at, length in enumerate(lengths.tolist()):
            end, begin = end + length, end
            codes = [self._codes[one] for one in countries[at][: country_counts[at]]]
            names = [self._persons[one] for one in persons[at][: person_counts[at]]]
            title = " ".join(titles[at * TITLE_WORDS : (at + 1) * TITLE_WORDS])
            day = FIRST_DAY + dt.timedelta(days[at])
            yield article(f"a{first + at}", title, prose(words[begin:end]), day, codes, names)


class Reuters:
    """Articles of a JSONL file, one object a line with `title`, `body`, `date`, and given tags.

    Texts are reduced to their stems, for the reason given above; tags are those given.
    """

    def __init__(self, path: Path) -> None:
        self.name = path.name
        self._articles = [self._article(at, line) for at, line in enumerate(lines_of(path))]
        self.size = len(self._articles)

    def __len__(self) -> int:
        return self.size

    def __iter__(self) -> Iterator[Article]:
        return iter(self._articles)

    def _article(self, at: int, line: str) -> Article:
        record = json.loads(line)
        day = dt.date.fromisoformat(record["date"]) if record.get("date") else FIRST_DAY
        body = prose(stems(record.get("body") or ""))
        title = " ".join(stems(record.get("title") or ""))
        places, people = firsts(record.get("gold_places")), firsts(record.get("gold_people"))
        return article(f"a{at}", title, body, day, places, people)


def firsts(given: Sequence[Sequence[str] | str] | None) -> list[str]:
    """Return the given values; where one is a list of readings, the first of it."""
    return [one if isinstance(one, str) else one[0] for one in given or () if one]


def lines_of(path: Path) -> Iterator[str]:
    """Yield the lines of a file, which may be compressed."""
    with gzip.open(path, "rt") if path.suffix == ".gz" else path.open() as lines:
        yield from lines


def article(
    key: str, title: str, body: str, day: dt.date, codes: Sequence[str], names: Sequence[str]
) -> Article:
    """Return an article with given tags, each once."""
    return Article(
        id=key,
        title=title,
        body=body,
        date=day,
        date_precision="day",
        date_source="given",
        countries=tuple(CountryTag(code, code, ("about",)) for code in dict.fromkeys(codes)),
        people=tuple(PersonTag(name, ("mentioned",)) for name in dict.fromkeys(names)),
        words=len(body.split()) + len(title.split()),
        story=key,
    )


def prose(words: Sequence[str]) -> str:
    """Return the words as sentences; no engine sees the full stops but for cutting snippets."""
    starts = range(0, len(words), SENTENCE)
    return " ".join(" ".join(words[at : at + SENTENCE]) + "." for at in starts)


def stems(text: str) -> list[str]:
    """Return the stems of a text's words of four letters or more, those that are their own stems."""
    found = (stem(stem(word, "en"), "en") for word in re.findall("[a-z]{4,}", text.lower()))
    return [word for word in found if len(word) >= 4 and stem(word, "en") == word]


def vocabulary(size: int, seed: int) -> list[str]:
    """Return so many different made-up words in random order, each its own stem."""
    draw = random.Random(seed)
    found: dict[str, None] = {}
    while len(found) < size:
        syllables = draw.choice((2, 3, 3, 4))
        word = "".join(draw.choice("bdfgklmnprtvz") + draw.choice("aeiou") for _ in range(syllables))
        word += draw.choice("kmnprt")
        if stem(word, "en") == word:
            found[word] = None
    return list(found)


def zipf(rng: np.random.Generator, values: int, count: int) -> np.ndarray:
    """Return so many ranks below `values`, the chance of each falling as one over the rank."""
    weights = np.cumsum(1 / np.arange(1, values + 1))
    return np.searchsorted(weights, rng.random(count) * weights[-1])


class Asker:
    """Draws questions whose words, tags and phrases occur in the articles."""

    def __init__(self, articles: Synthetic | Reuters, *, seed: int = 2) -> None:
        self._draw = random.Random(seed)
        sample = list(islice(iter(articles), _SAMPLE))
        counts: Counter[str] = Counter()
        for one in sample:
            counts.update(set(one.body.replace(".", "").split()))
        share = {word: count / len(sample) for word, count in counts.items()}
        self._common = [word for word, part in share.items() if part > 0.15]
        self._medium = [word for word, part in share.items() if 0.01 < part < 0.08]
        self._rare = [word for word, part in share.items() if part < 0.002]
        self._pairs = self._neighbours(sample[:2_000])
        self._countries = top((tag.code for one in sample for tag in one.countries), 20)
        self._persons = top((tag.name for one in sample for tag in one.people), 50)
        self._days = sorted(one.date for one in sample if one.date)

    def _neighbours(self, sample: Sequence[Article]) -> list[tuple[str, str]]:
        common = {*self._common, *self._medium}
        pairs: dict[tuple[str, str], None] = {}
        for one in sample:
            for left, right in pairwise(one.body.split()):
                if left in common and right in common and left != right:
                    pairs[left, right] = None
        return list(pairs)

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


def top(values: Iterator[str], most: int) -> list[str]:
    """Return the most frequent values."""
    return [value for value, _ in Counter(values).most_common(most)]
