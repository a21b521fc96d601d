"""The periods that a text speaks of."""

import random
from datetime import date
from itertools import pairwise

import pytest

from indexer.days import Day
from indexer.says import find_says


@pytest.mark.parametrize(
    ("body", "values"),
    [
        pytest.param("On 27 November 2023 he came.", ["2023-11-27"], id="day"),
        pytest.param("On November 27, 2023 he came.", ["2023-11-27"], id="american-day"),
        pytest.param("Since 2023-11-27.", ["2023-11-27"], id="iso"),
        pytest.param("It fell in November 2023.", ["2023-11"], id="month"),
        pytest.param("It fell in 2023 and in 1994.", ["1994", "2023"], id="years"),
        pytest.param("a plan for 2024 was signed", ["2024"], id="for-a-year"),
        pytest.param("On November 27 he came.", [], id="no-year"),
        pytest.param("in 2000 villages and for 1990 euros more", [], id="counts"),
        pytest.param("the 2023 barrels, Area 2019", [], id="bare-numbers"),
        pytest.param("the 2023 Winter exercises", ["2023"], id="year-of-exercises"),
        pytest.param("before the 2024 presidential election", ["2024"], id="year-of-an-election"),
        pytest.param("in 1986/87 and 03/04/2024", [], id="season-and-ambiguous"),
        pytest.param("on 31 February 2024", [], id="no-such-day"),
    ],
)
def test_find_says(body, values):
    assert [said.value for said in find_says("", body)] == values


def test_mentions_point_at_their_surfaces():
    title, body = "Summer of May 2023", "On 1 May 2023 and on 1 May 2023, not in 2023."
    for said in find_says(title, body):
        assert all(body[m.start : m.end] == m.surface for m in said.mentions)
        assert all(title[m.start : m.end] == m.surface for m in said.title_mentions)
    counts = {said.value: (len(said.mentions), len(said.title_mentions)) for said in find_says(title, body)}
    assert counts == {"2023": (1, 0), "2023-05": (0, 1), "2023-05-01": (2, 0)}


def test_the_day_of_publication_settles_what_has_no_year():
    body = "On November 27 and on 27 November 2022 he came. Last Tuesday he left."
    said = find_says("", body, Day(date(2023, 11, 29), "day"))
    assert [(one.value, one.mentions[0].rule) for one in said] == [
        ("2022-11-27", "date:day"),
        ("2023-11-28", "date:weekday"),
    ]
    said = find_says("", body.replace("22 he", "22. He"), Day(date(2023, 11, 29), "day"))
    assert "2023-11-27" not in [one.value for one in said]
    said = find_says("", "On November 27 he came. Last Tuesday he left.", Day(date(2023, 11, 29), "day"))
    assert [one.value for one in said] == ["2023-11-27", "2023-11-28"]


def test_no_two_mentions_overlap():
    rng = random.Random(2024)
    pieces = [
        "1 May 2024",
        "on May 3",
        "last Monday",
        "May 2024",
        "in 2024",
        "2024-05-01",
        ", ",
        " ",
        "/",
        "and",
        "31 June 2024",
        "2024",
    ]
    for _ in range(300):
        body = "".join(rng.choices(pieces, k=12))
        published = Day(date(2024, 5, 20), "day")
        spans = sorted((m.start, m.end) for said in find_says("", body, published) for m in said.mentions)
        assert all(before[1] <= after[0] for before, after in pairwise(spans))
