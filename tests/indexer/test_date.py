"""Which date is the article's, and how it is known."""

import random
from datetime import date

import pytest

from indexer.date import Clues, find_date, order_of

TODAY = date(2025, 1, 1)
IN_ORDER = (
    ("given", Clues(given="2001-01-01")),
    ("meta", Clues(meta=("2002-01-01",))),
    ("structured", Clues(structured=("2003-01-01",))),
    ("byline", Clues(byline=("1 January 2004",))),
    ("dateline", Clues(dateline="BAKU, Jan 1, 2005 -")),
    ("url", Clues(url="https://town.example/2006/01/01/bridge")),
    ("filename", Clues(path="papers/2007-01-01-bridge")),
    ("text", Clues(edges=("Published on 1 January 2008.",))),
)


@pytest.mark.parametrize(
    ("clues", "iso", "source"),
    [
        pytest.param(Clues(), None, "none", id="nothing"),
        pytest.param(
            Clues(given="31 February 2024", url="/2024/02/28/a"), "2024-02-28", "url", id="31-february"
        ),
        pytest.param(Clues(given="2199-01-01"), None, "none", id="future"),
        pytest.param(Clues(given="1650-01-01"), None, "none", id="before-newspapers"),
        pytest.param(Clues(meta=("2017/01", "2017-01-30")), "2017-01-30", "meta", id="day-within-the-month"),
        pytest.param(Clues(byline=("03/04/2024",)), None, "none", id="ambiguous"),
        pytest.param(Clues(byline=("03/04/2024",), order="day-first"), "2024-04-03", "byline", id="ordered"),
        pytest.param(
            Clues(byline=("Updated: 3 May 2024 | Published: 2 May 2024",)),
            "2024-05-02",
            "byline",
            id="published-first",
        ),
        pytest.param(Clues(dateline="SALVADOR, Feb 26 -"), None, "none", id="dateline-without-year"),
        pytest.param(
            Clues(given="1987", dateline="SALVADOR, Feb 26 -"),
            "1987-02-26",
            "dateline",
            id="dateline-and-given-year",
        ),
        pytest.param(
            Clues(given="1987-02", text="BAHIA BLANCA, Argentina, Feb 26 (Wire) - The port"),
            "1987-02-26",
            "dateline",
            id="dateline-of-the-text-and-given-month",
        ),
        pytest.param(Clues(given="1987", text="On Feb 26 - a day"), "1987-01-01", "given", id="no-dateline"),
        pytest.param(
            Clues(text="BAKU, June 20, 2024 (Wire) - The"), "2024-06-20", "dateline", id="dateline-in-text"
        ),
        pytest.param(
            Clues(text="On 27 November 2023 - a Monday - he came."), None, "none", id="event-at-the-start"
        ),
        pytest.param(Clues(url="https://a.example/2024/jun/5/x"), "2024-06-05", "url", id="url-with-a-name"),
        pytest.param(Clues(url="https://a.example/2024/06/bridge-1"), "2024-06-01", "url", id="url-month"),
        pytest.param(Clues(url="https://a.example/20241340"), None, "none", id="url-number"),
        pytest.param(Clues(path="000_d3a42e330309fdf9"), None, "none", id="hash"),
        pytest.param(Clues(path="0120240620ab"), None, "none", id="digits-inside-a-hash"),
        pytest.param(Clues(path="scan_20240620_1"), "2024-06-20", "filename", id="packed-in-a-name"),
        pytest.param(
            Clues(edges=("The ministry published on 20 June 2024 a report.",)), None, "none", id="event"
        ),
        pytest.param(
            Clues(edges=("This story was first posted Thursday, 20 June 2024.",)),
            "2024-06-20",
            "text",
            id="statement",
        ),
        pytest.param(Clues(edges=("Published in spring 2024.",)), None, "none", id="statement-without-a-day"),
    ],
)
def test_find_date(clues, iso, source):
    dated, _ = find_date(clues, today=TODAY)
    assert (dated.day and dated.day.isoformat(), dated.source) == (iso, source)


@pytest.mark.parametrize(
    ("meta", "structured", "iso"),
    [
        pytest.param("2023-11-09T01:09:55+00:00", "2023-11-08 18:09:55", "2023-11-08", id="own-clock"),
        pytest.param("2023-11-09T01:09:55Z", "2023-11-08T18:09:55-07:00", "2023-11-08", id="own-zone"),
        pytest.param("2023-11-09T01:09:55Z", "2023-11-08 18:10:55", "2023-11-09", id="another-instant"),
        pytest.param(
            "2023-11-09T01:00:00Z", "2023-11-08 18:00:00", "2023-11-09", id="full-hours-prove-nothing"
        ),
        pytest.param("2023-11-09T01:09:55+01:00", "2023-11-08 18:09:55", "2023-11-09", id="zone-of-its-own"),
    ],
)
def test_the_articles_own_clock_decides_its_day(meta, structured, iso):
    dated, _ = find_date(Clues(meta=(meta,), structured=(structured,)), today=TODAY)
    assert (dated.day.isoformat(), dated.source) == (iso, "meta")


@pytest.mark.parametrize(
    ("headed", "iso", "source"),
    [
        pytest.param("3 May 2021", "2021-05-03", "byline", id="near"),
        pytest.param("4 May 2021", "2021-05-04", "meta", id="same"),
        pytest.param("4 May 2020", "2021-05-04", "meta", id="another-articles"),
        pytest.param("May 2021", "2021-05-04", "meta", id="no-day"),
    ],
)
def test_the_date_at_the_headline_is_what_readers_see(headed, iso, source):
    dated, _ = find_date(Clues(meta=("2021-05-04",), headed=(headed,)), today=TODAY)
    assert (dated.day.isoformat(), dated.source) == (iso, source)


def test_a_list_of_dates_by_the_title_is_not_the_articles():
    lines = ("1 May 2021", "2 May 2021", "3 May 2021")
    assert find_date(Clues(byline=lines), today=TODAY)[0].day is None
    dated, _ = find_date(Clues(byline=(*lines, "Published: 4 May 2021")), today=TODAY)
    assert dated.day == date(2021, 5, 4)


def test_a_month_keeps_its_precision():
    dated, _ = find_date(Clues(given="June 2024"), today=TODAY)
    assert (dated.day, dated.precision) == (date(2024, 6, 1), "month")


def test_the_first_clue_in_order_wins():
    """Of any set of clues, each with its own year, the one that stands first in the order is taken."""
    rng = random.Random(2024)
    for _ in range(200):
        picked = [pair for pair in IN_ORDER if rng.random() < 0.4]
        merged = Clues(
            **{
                name: getattr(clues, name)
                for _, clues in picked
                for name in Clues.__slots__
                if getattr(clues, name)
            }
        )
        dated, _ = find_date(merged, today=TODAY)
        assert dated.source == (picked[0][0] if picked else "none")


def test_a_given_date_that_is_none_is_reported():
    _, notes = find_date(Clues(given="31 February 2024"), today=TODAY)
    assert notes == ("the given date '31 February 2024' is no date that can be read: not used",)


@pytest.mark.parametrize(
    ("language", "url", "outlet", "order"),
    [
        pytest.param("en", None, None, None, id="english-alone"),
        pytest.param("en-US", "https://a.uk", None, "month-first", id="american"),
        pytest.param("en_GB", None, None, "day-first", id="british"),
        pytest.param("de", None, None, "day-first", id="german"),
        pytest.param("en", "https://news.az/x", None, "day-first", id="host"),
        pytest.param(None, None, "Town.Gov", "month-first", id="outlet"),
        pytest.param("en", "https://a.com", "Town News", None, id="com"),
        pytest.param("en", "http://[broken", None, None, id="broken-address"),
    ],
)
def test_order_of(language, url, outlet, order):
    assert order_of(language, url=url, outlet=outlet) == order
