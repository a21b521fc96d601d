"""The bars of a search's dates."""

import random
import re
from datetime import date, timedelta
from itertools import pairwise
from urllib.parse import parse_qsl, urlsplit

import pytest

from search.domain import Article, Facet, FacetValue, Query
from search.engines.memory import MemoryEngine
from search.periods import period
from web import create_app
from web.histogram import BARS, HEIGHT, WIDTH, histogram
from web.links import Links
from web.settings import Settings


def facet(counts, missing=0):
    values = [
        FacetValue(one, one, count, None, (), period(one).first, period(one).last)
        for one, count in sorted(counts.items())
    ]
    return Facet("date", (*values, *([FacetValue(None, "", missing)] if missing else [])), len(counts))


def drawn(counts, missing=0, guessed=None):
    return histogram(facet(counts, missing), guessed or {}, Query("oil"), Links())


def box(path):
    """Return left, top, width and height of a path, without any of an empty one."""
    left, top, width, height, back = map(float, re.findall(r"-?[\d.]+", path or "M0 0h0v0h-0z"))
    assert back == -width
    return left, top, width, height


def span(bar):
    given = dict(parse_qsl(urlsplit(bar.href).query))
    return given["from"], given["to"]


@pytest.mark.parametrize(
    ("counts", "bars", "linked", "first", "last"),
    [
        pytest.param({"2019": 3, "2022": 1}, 4, ["2019", "2022"], "2019", "2022", id="years-with-gaps"),
        pytest.param(
            {"2024-03": 2}, 12, ["March 2024"], "January 2024", "December 2024", id="months-of-a-year"
        ),
        pytest.param(
            {"2024-02-29": 1}, 29, ["29 February 2024"], "1 February 2024", "29 February 2024", id="days"
        ),
        pytest.param(
            {"9999-12-31": 1},
            31,
            ["31 December 9999"],
            "1 December 9999",
            "31 December 9999",
            id="the-end-of-the-calendar",
        ),
        pytest.param(
            {"1900": 1, "2024": 2},
            25,
            ["1900 – 1904", "2020 – 2024"],
            "1900 – 1904",
            "2020 – 2024",
            id="years-together",
        ),
        pytest.param(
            {"0001": 1, "9999": 1}, 20, ["1 – 499", "9500 – 9999"], "1 – 499", "9500 – 9999", id="all-of-time"
        ),
    ],
)
def test_bars(counts, bars, linked, first, last):
    found = drawn(counts)
    assert len(found.bars) == bars
    assert [bar.label for bar in found.bars if bar.href] == linked
    assert (found.first, found.last) == (first, last)


def test_a_bar_narrows_to_its_period_and_says_its_count():
    bar = drawn({"2019": 1_200, "2020": 1}).bars[0]
    assert bar.name == "2019, 1,200 articles"
    assert parse_qsl(urlsplit(bar.href).query) == [("q", "oil"), ("from", "2019-01-01"), ("to", "2019-12-31")]


def test_guessed_dates_are_told_apart():
    sure, half = drawn({"2019": 4, "2020": 4}, guessed={"2020": 2}).bars
    assert (sure.guessed, half.name) == ("", "2020, 4 articles, 2 of them dated by a guess")
    assert box(half.guessed)[3] == pytest.approx(box(half.sure)[3])


def test_articles_without_a_date_have_a_bar_of_their_own():
    undated = drawn({"2019": 1}, missing=7).undated
    assert undated.name == "Undated, 7 articles"
    assert parse_qsl(urlsplit(undated.href).query) == [("q", "oil"), ("date", "~none")]
    assert drawn({"2019": 1}).undated is None
    assert drawn({}, missing=7) is None


def test_articles_without_a_date_never_flatten_the_dated_ones():
    found = drawn({"2019": 4, "2020": 2}, missing=10_000)
    heights = [box(bar.sure)[3] for bar in (*found.bars, found.undated)]
    assert heights == [HEIGHT - 2, (HEIGHT - 2) / 2, HEIGHT - 2]


def test_bars_lie_in_the_drawing_and_hold_every_article():
    rng = random.Random(17)
    for _ in range(200):
        start = date(rng.randint(1, 9000), 1, 1)
        days = [
            start + timedelta(days=rng.randint(0, 365 * rng.randint(1, 900)))
            for _ in range(rng.randint(1, 60))
        ]
        counts = {}
        for day in days:
            value = f"{day.year:04}"
            counts[value] = counts.get(value, 0) + 1
        found = drawn(counts, missing=rng.randint(0, 3))
        assert len(found.bars) <= BARS
        assert sum(int(bar.count.replace(",", "")) for bar in found.bars) == len(days)
        ends = [span(bar) for bar in found.bars if bar.href]
        assert all(before[1] < after[0] for before, after in pairwise(ends))
        for bar in (*found.bars, *([found.undated] if found.undated else [])):
            left, top, width, height = box(bar.sure)
            assert 0 <= left <= left + width <= WIDTH + 0.2
            assert box(bar.reach) == (left, 0, width, HEIGHT)
            assert top + height + box(bar.guessed)[3] == pytest.approx(HEIGHT, abs=0.3)


def test_picked_sources_bind_the_guessed_part_too():
    articles = [
        Article("1", "a", "oil", date(2020, 1, 1), "day", "url"),
        Article("2", "a", "oil", date(2020, 1, 1), "day", "byline"),
        Article("3", "a", "oil", date(2020, 1, 1), "day", "filename"),
    ]
    client = create_app(engine=MemoryEngine(articles), settings=Settings()).test_client()
    assert "3 articles, 2 of them dated by a guess" in client.get("/search").text
    assert "2 articles, 1 of them dated by a guess" in client.get("/search?source=url&source=byline").text
    assert "dated by a guess" not in client.get("/search?source=byline").text
