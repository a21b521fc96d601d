"""Date strings: what is not written is not invented."""

import random
from datetime import date, timedelta

import pytest

from indexer.days import find_days, is_date_line, plausible, read_day


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        pytest.param("2024-06-20", "2024-06-20", id="iso"),
        pytest.param("2024-06-20T23:30:00+04:00", "2024-06-20", id="own-zone-decides"),
        pytest.param("2024-06-20T23:30:00.000Z", "2024-06-20", id="fraction"),
        pytest.param("20240620T101010Z", "2024-06-20", id="packed"),
        pytest.param("27 November 2023 18:40 (UTC+04:00)", "2023-11-27", id="clock-and-zone"),
        pytest.param("Tuesday May 7 2024", "2024-05-07", id="weekday"),
        pytest.param("Thu, 20 Jun 2024 10:00:00 GMT", "2024-06-20", id="mail"),
        pytest.param("Wed Jun 20 10:00:00 UTC 2012", "2012-06-20", id="ctime"),
        pytest.param("26-FEB-1987 15:01:01.79", "1987-02-26", id="hyphens"),
        pytest.param("Published: June 20th, 2024 at 5 p.m. ET", "2024-06-20", id="label"),
        pytest.param("13/04/2024", "2024-04-13", id="only-one-month"),
        pytest.param("03.04.2024", "2024-04-03", id="dots-are-day-first"),
        pytest.param("5 de mayo de 2021", "2021-05-05", id="spanish"),
        pytest.param("20. Juni 2024", "2024-06-20", id="german"),
        pytest.param("5 февраля 2021", "2021-02-05", id="russian"),
        pytest.param("2024年6月20日", "2024-06-20", id="chinese"),
        pytest.param("29 February 2024", "2024-02-29", id="leap-day"),
        pytest.param("January 2024", "2024-01", id="month"),
        pytest.param("2024-06", "2024-06", id="iso-month"),
        pytest.param("2024", "2024", id="year"),
        pytest.param("31 February 2024", None, id="no-such-day"),
        pytest.param("29 February 2023", None, id="no-leap-year"),
        pytest.param("2024-13-05", None, id="month-13-is-not-turned-round"),
        pytest.param("03/04/2024", None, id="ambiguous"),
        pytest.param("20 June", None, id="no-year"),
        pytest.param("20 June 24", None, id="two-digit-year"),
        pytest.param("May", None, id="month-alone"),
        pytest.param("10", None, id="number"),
        pytest.param("1718841600", None, id="seconds-since-1970"),
        pytest.param("d3a42e330309fdf9", None, id="hash"),
        pytest.param("2024-06-20 was a Thursday", None, id="a-sentence"),
        pytest.param("9" * 400, None, id="endless"),
        pytest.param("", None, id="empty"),
    ],
)
def test_read_day(text, iso):
    day = read_day(text)
    written = day and day.date.isoformat()[: {"year": 4, "month": 7, "day": 10}[day.precision]]
    assert written == iso


@pytest.mark.parametrize(
    ("order", "iso"),
    [
        pytest.param("day-first", "2024-04-03", id="day"),
        pytest.param("month-first", "2024-03-04", id="month"),
    ],
)
def test_an_order_reads_what_is_ambiguous(order, iso):
    assert read_day("03/04/2024", order=order).date.isoformat() == iso


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param("Updated: 3 May 2024, 10:15 | Published: 2 May 2024", True, id="two-dates"),
        pytest.param("31 February 2024", True, id="no-day-but-a-date-line"),
        pytest.param("The 3 May 2024 meeting", False, id="words"),
        pytest.param("Thursday", False, id="no-date"),
    ],
)
def test_is_date_line(line, expected):
    assert is_date_line(line) is expected


def test_dates_in_a_text_are_found_apart_and_in_order():
    text = "On 1 May 2024, 2 May 2024 and 2024-05-03, but not on 10.1.2024.5 or in B2024-05-03."
    assert [written.surface for written in find_days(text)] == ["1 May 2024", "2 May 2024", "2024-05-03"]


def test_every_spelling_of_every_day_reads_alike():
    rng = random.Random(2024)
    for _ in range(400):
        day = date(1700, 1, 1) + timedelta(days=rng.randrange(182_000))
        for form in ("%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%a, %d %b %Y 23:59", "%d.%m.%Y", "%Y%m%d"):
            read = read_day(day.strftime(form))
            assert read is not None, day.strftime(form)
            assert (read.date, read.precision) == (day, "day")


def test_plausible_days_end_two_days_from_today():
    today = date(2024, 6, 20)
    assert plausible(read_day("2024-06-22"), today=today) is not None
    assert plausible(read_day("2024-06-23"), today=today) is None
