"""Articles to measure engines on: made-up ones of any number, Reuters of 1987, headlines of 2012.

Words are such that every engine reads them alike: letters a–z only, of four letters or more, and
their own stems, so that stemming or not makes no difference. Totals can then be compared.
Articles are made or read one after another; no archive holds them.
"""

import datetime as dt
import gzip
import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Protocol

import numpy as np

from search.domain import Article, CountryTag, PersonTag
from search.tokens import stem

FIRST_DAY, DAYS = dt.date(2000, 1, 1), 20 * 365
WORDS, TITLE_WORDS, SENTENCE = 220, 8, 14
COUNTRIES, PERSONS, PERSONS_PER_ARTICLE = 195, 40_000, 3
VOCABULARY = 100_000
_CHUNK = 1_000


class Archive(Protocol):
    """Articles that can be read again and again, always the same ones in the same order."""

    name: str

    def __len__(self) -> int: ...

    def __iter__(self) -> Iterator[Article]: ...

    def sample(self, most: int) -> Iterator[Article]:
        """Yield at most so many articles that stand for all."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """Which archive is meant, so that a process can open its own; `size` None means all there is."""

    kind: str
    size: int | None
    seed: int
    folder: Path

    def open(self) -> Archive:
        """Return the archive. Raises FileNotFoundError when its file is not in the folder."""
        if self.kind == "synthetic":
            return Synthetic(self.size or 20_000, seed=self.seed)
        names = {"reuters": "reuters.jsonl.gz", "titles": "titles_2012.jsonl.gz"}
        return Lines(self.folder / names[self.kind], self.size, seed=self.seed, tagged=self.kind == "reuters")


class Tags:
    """Countries and people drawn by Zipf's law: up to 3 countries and up to 6 people an article."""

    def __init__(self, size: int, words: Sequence[str]) -> None:
        self._codes = [f"{chr(65 + at // 26)}{chr(65 + at % 26)}" for at in range(COUNTRIES)]
        self._persons = [
            f"{words[-1 - at % len(words)].title()} {words[-1 - at // 7].title()}"
            for at in range(max(100, PERSONS * size // 200_000))
        ]

    def drawn(self, rng: np.random.Generator, count: int) -> Iterator[tuple[list[str], list[str]]]:
        """Yield codes and names for so many articles."""
        countries = zipf(rng, COUNTRIES, 3 * count).reshape(count, 3).tolist()
        country_counts = rng.integers(0, 4, count).tolist()
        persons = zipf(rng, len(self._persons), 6 * count).reshape(count, 6).tolist()
        person_counts = rng.integers(0, 2 * PERSONS_PER_ARTICLE + 1, count).tolist()
        for at in range(count):
            codes = [self._codes[one] for one in countries[at][: country_counts[at]]]
            yield codes, [self._persons[one] for one in persons[at][: person_counts[at]]]


class Synthetic:
    """Articles whose words, countries and people follow Zipf's law; the same for a size and a seed."""

    def __init__(self, size: int, *, seed: int = 1) -> None:
        self.size = size
        self.seed = seed
        self.name = f"synthetic, {size:,} articles, seed {seed}"
        words = vocabulary(VOCABULARY, seed)
        self._words = np.array(words, dtype=object)
        self._tags = Tags(size, words)

    def __len__(self) -> int:
        return self.size

    def __iter__(self) -> Iterator[Article]:
        for first in range(0, self.size, _CHUNK):
            yield from self._chunk(first, min(_CHUNK, self.size - first))

    def sample(self, most: int) -> Iterator[Article]:
        """Yield the first articles: none is more likely to come first."""
        return islice(self, most)

    def _chunk(self, first: int, count: int) -> Iterator[Article]:
        rng = np.random.default_rng((self.seed, first))
        lengths = np.maximum(rng.normal(WORDS, WORDS / 4, count).astype(int), 30)
        words = self._words[zipf(rng, len(self._words), int(lengths.sum()))].tolist()
        titles = self._words[zipf(rng, len(self._words), count * TITLE_WORDS)].tolist()
        days = rng.integers(0, DAYS, count).tolist()
        tags = self._tags.drawn(rng, count)
        end = 0
        for at, (length, (codes, names)) in enumerate(zip(lengths.tolist(), tags, strict=True)):
            end, begin = end + length, end
            title = " ".join(titles[at * TITLE_WORDS : (at + 1) * TITLE_WORDS])
            day = FIRST_DAY + dt.timedelta(days[at])
            yield article(f"a{first + at}", title, prose(words[begin:end]), day, codes, names)


class Lines:
    """Articles of a JSONL file: `title`, `date`, and perhaps `body`, `gold_places` and `gold_people`.

    Texts are reduced to their stems, for the reason given above. Tags are those given; an archive
    that is not `tagged` gets drawn ones, as many as the synthetic articles have.
    """

    def __init__(self, path: Path, most: int | None, *, seed: int = 1, tagged: bool = True) -> None:
        self._path = path
        self._seed = seed
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            self.size = sum(1 for _ in islice(lines, most))
        self._tags = None if tagged else Tags(self.size, vocabulary(VOCABULARY, seed))
        self.name = f"{path.name.partition('.')[0]}, {self.size:,} articles"

    def __len__(self) -> int:
        return self.size

    def __iter__(self) -> Iterator[Article]:
        drawn = self._tags.drawn(np.random.default_rng(self._seed), self.size) if self._tags else None
        with gzip.open(self._path, "rt", encoding="utf-8") as lines:
            for at, line in enumerate(islice(lines, self.size)):
                record = json.loads(line)
                given = firsts(record.get("gold_places")), firsts(record.get("gold_people"))
                yield self._article(at, record, *(next(drawn) if drawn else given))

    def sample(self, most: int) -> Iterator[Article]:
        """Yield every so manieth article: the files run by date."""
        return islice(self, None, None, -(-self.size // most))

    def _article(self, at: int, record: dict[str, str], codes: list[str], names: list[str]) -> Article:
        day = dt.date.fromisoformat(record["date"][:10]) if record.get("date") else FIRST_DAY
        title, body = stems(record.get("title") or ""), prose(stems(record.get("body") or ""))
        return article(f"a{at}", " ".join(title), body, day, codes, names)


def firsts(given: Sequence[Sequence[str] | str] | None) -> list[str]:
    """Return the given values; where one is a list of readings, the first of it."""
    return [one if isinstance(one, str) else one[0] for one in given or () if one]


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
    return [word for word in map(own_stem, re.findall("[a-z]{4,}", text.lower())) if word]


@cache
def own_stem(word: str) -> str:
    """Return the stem of a word's stem when it is its own stem and of four letters or more, else nothing."""
    found = stem(stem(word, "en"), "en")
    return found if len(found) >= 4 and stem(found, "en") == found else ""


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
