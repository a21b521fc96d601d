"""Random articles and queries over few words, so that everything meets everything."""

import datetime as dt
import random
from collections.abc import Sequence

from search.domain import (
    COUNTRY_ROLES,
    PERSON_ROLES,
    Article,
    CountryTag,
    Filter,
    Mention,
    PersonTag,
    Query,
    SaysTag,
)

_VOCABULARY = (
    "oil prices rose fell price wheat wheats what heat Wheat co-operation cooperation cooperate US U.S. us "
    "minister's ministers minister Gašić Gasic gasic O'Brien brien 1,000 1000 3.5 colonel Colonel-General "
    "general generals the of in a талант 北京市 北京 straße strasse état etat F-16 f16"
)
WORDS = _VOCABULARY.split()
COUNTRIES = (("AZ", "Azerbaijan"), ("GE", "Georgia"), ("KP", "North Korea"), ("KR", "South Korea"))
PEOPLE = ("Zakir Hasanov", "Irakli Chikovani", "Bratislav Gašić", "~none", "-dash")
OUTLETS = ("The Caspian Post", "Desk", None)


def random_article(rng: random.Random, article_id: str) -> Article:
    """Return an article of up to forty words, some of 160, with random tags and a random date."""
    body = _text(rng, rng.choice((40, 40, 40, 160)))
    day = dt.date(rng.choice((2022, 2023)), rng.choice((1, 2, 12)), rng.choice((1, 28, 31 - 3)))
    precision = rng.choice(("day", "day", "month", "year", None))
    first = {"day": day, "month": day.replace(day=1), "year": dt.date(day.year, 1, 1), None: None}[precision]
    story = rng.choice(("s1", "s2", "s3", "s4", "", ""))
    return Article(
        id=article_id,
        title=_text(rng, 6),
        body=body,
        date=first,
        date_precision=precision,
        date_source=rng.choice(("given", "byline")) if first else "none",
        says=tuple(
            SaysTag(value, _mentions(rng, body))
            for value in _some(rng, ("2022", "2023-01", "2023-02-28", "2023-02-27"))
        ),
        countries=tuple(
            CountryTag(code, name, _some(rng, COUNTRY_ROLES) or ("mentioned",), _mentions(rng, body))
            for code, name in _some(rng, COUNTRIES)
        ),
        people=tuple(
            PersonTag(name, _some(rng, PERSON_ROLES) or ("mentioned",), _mentions(rng, body))
            for name in _some(rng, PEOPLE)
        ),
        outlet=rng.choice(OUTLETS),
        author=rng.choice(("Ann Oak", None)),
        language=rng.choice(("en", "fr", None)),
        story=story,
    )


def _mentions(rng: random.Random, body: str) -> tuple[Mention, ...]:
    """Return up to three places of a body, which may overlap those of other tags."""
    starts = sorted(rng.sample(range(len(body)), min(rng.randint(0, 3), len(body))))
    return tuple(Mention(at, at + 1, body[at : at + 1], "drawn") for at in starts)


def random_query(rng: random.Random) -> Query:
    """Return a query of any shape that reads, with random filters, order and page."""
    ends = sorted(dt.date(rng.choice((2022, 2023)), rng.randint(1, 12), rng.randint(1, 28)) for _ in range(2))
    return Query(
        text=random_text(rng, 3),
        filters=tuple(dict.fromkeys(_filter(rng) for _ in range(rng.choice((0, 0, 1, 2, 3))))),
        since=ends[0] if rng.random() < 0.2 else None,
        until=ends[1] if rng.random() < 0.2 else None,
        says_since=ends[0] if rng.random() < 0.1 else None,
        says_until=ends[1] if rng.random() < 0.1 else None,
        sort=rng.choice(("relevance", "relevance", "newest", "oldest")),
        page=rng.choice((1, 1, 2)),
        size=rng.choice((3, 10, 100)),
        match=rng.choice(("all", "all", "any")),
        stories=rng.random() < 0.4,
    )


def random_text(rng: random.Random, depth: int) -> str:
    """Return a query string that reads without error."""
    if depth == 0 or rng.random() < 0.4:
        return _leaf(rng)
    parts = [random_text(rng, depth - 1) for _ in range(rng.randint(1, 3))]
    joined = rng.choice((" ", " OR ", " AND ")).join(parts)
    return rng.choice(("{}", "({})", "-({})", "title:({})", "{}")).format(joined)


def _leaf(rng: random.Random) -> str:
    word = rng.choice(WORDS)
    return rng.choice(
        (
            word,
            word,
            f"-{word}",
            f"={word}",
            f"title:{word}",
            f'"{" ".join(rng.choices(WORDS, k=rng.randint(1, 3)))}"',
            f'"{" ".join(rng.choices(WORDS, k=rng.randint(2, 3)))}"~{rng.randint(1, 6)}',
            f'"{rng.choice(WORDS)} wh*"',
            f"{word[: rng.randint(1, 3)]}*",
            f"{word[:1]}?{word[2:] or 'x'}x",
            f"*{word[-2:]}",
            f"{word}~{rng.choice((1, 2))}",
            "country:azerbaijan",
            "country:korea/about",
            'person:"irakli chikovani"/quoted',
            "person:~none",
            "date:2022",
            "date:2022-12..2023-01",
            "date:~none",
            "says:2023-02",
            "outlet:desk",
            "story:s1",
            "*",
        )
    )


def _filter(rng: random.Random) -> Filter:
    exclude = rng.random() < 0.3
    name, values, roles = rng.choice(
        (
            ("country", ("AZ", "GE", "ZZ", None), COUNTRY_ROLES),
            ("person", (*PEOPLE, None), PERSON_ROLES),
            ("outlet", ("Desk", None), ()),
            ("language", ("en", None), ()),
            ("source", ("given", "none"), ()),
            ("date", (None,), ()),
            ("says", (None,), ()),
        )
    )
    value = rng.choice(values)
    role = rng.choice((None, *roles)) if value is not None else None
    return Filter(name, value, role, exclude)


def _text(rng: random.Random, most: int) -> str:
    return rng.choice(("", " ", "\n")).join(
        f"{word}{rng.choice((' ', ' ', ', ', '. '))}" for word in rng.choices(WORDS, k=rng.randint(0, most))
    )


def _some(rng: random.Random, values: Sequence) -> tuple:
    return tuple(value for value in values if rng.random() < 0.4)
