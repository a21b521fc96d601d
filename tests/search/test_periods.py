"""Periods as they are typed: both ends count."""

import datetime as dt
import random
from calendar import monthrange

import pytest

from search.periods import Period, date_range, period, period_of

TODAY = dt.date(2024, 3, 31)


def day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


@pytest.mark.parametrize(
    ("typed", "since", "until"),
    [
        pytest.param("2023", "2023-01-01", "2023-12-31", id="year"),
        pytest.param("2024-02", "2024-02-01", "2024-02-29", id="leap-february"),
        pytest.param("2023-02", "2023-02-01", "2023-02-28", id="february"),
        pytest.param("1900-02", "1900-02-01", "1900-02-28", id="no-leap-century"),
        pytest.param("2000-02-29", "2000-02-29", "2000-02-29", id="leap-day"),
        pytest.param("0001", "0001-01-01", "0001-12-31", id="first-year"),
        pytest.param("9999-12", "9999-12-01", "9999-12-31", id="last-month"),
        pytest.param("2024-01..2024-06", "2024-01-01", "2024-06-30", id="range"),
        pytest.param("2024-06..2024", "2024-06-01", "2024-12-31", id="range-into-its-own-year"),
        pytest.param("2024..2024", "2024-01-01", "2024-12-31", id="range-of-one"),
        pytest.param("2023..", "2023-01-01", None, id="open-end"),
        pytest.param("..2023-02", None, "2023-02-28", id="open-beginning"),
        pytest.param(">=2023", "2023-01-01", None, id="from"),
        pytest.param(">2023", "2024-01-01", None, id="after"),
        pytest.param("<=2023", None, "2023-12-31", id="to"),
        pytest.param("<2023-03", None, "2023-02-28", id="before"),
        pytest.param("last-1-day", "2024-03-31", "2024-03-31", id="today"),
        pytest.param("last-30-days", "2024-03-02", "2024-03-31", id="days"),
        pytest.param("last-2-weeks", "2024-03-18", "2024-03-31", id="weeks"),
        pytest.param("last-1-month", "2024-03-01", "2024-03-31", id="month-from-a-31st"),
        pytest.param("last-13-months", "2023-03-01", "2024-03-31", id="months-over-a-short-one"),
        pytest.param("last-1-year", "2023-04-01", "2024-03-31", id="year-back"),
    ],
)
def test_ranges_hold_both_ends(typed, since, until):
    assert date_range(typed, TODAY) == (day(since), day(until))


@pytest.mark.parametrize(
    "typed",
    [
        "", "..", "2024-", "2024-13", "2024-00", "2024-06-00", "0000", "0000-01", "2023-02-29", "2024-06-31",
        "24", "2024-6", "20240620", "2024..2023", "2024-06..2024-05", ">9999", "<0001", ">=", "last-0-days",
        "last--3-days", "last-30-hours", "last-9999-years", "last-10000-days", "2024...2025", "２０２４",
        "2024..2025..2026", "٢٠٢٤", "²⁰24", "2024-06-20T10:00", " 2024", "today", "\x00", "\ud800",
    ],
)  # fmt: skip
def test_what_is_no_range_is_refused(typed):
    with pytest.raises(ValueError):  # noqa: PT011 - the message is the calendar's
        date_range(typed, TODAY)


def test_counting_back_past_the_calendar_is_refused():
    for unit in ("days", "weeks", "months", "years"):
        with pytest.raises(ValueError, match="before the calendar begins"):
            date_range(f"last-9-{unit}", dt.date(1, 1, 2))
    assert date_range("last-9-days", dt.date.max) == (dt.date(9999, 12, 23), dt.date.max)


def test_a_period_holds_exactly_its_days():
    """Ends agree with going through the days one by one, and the value reads back."""
    rng = random.Random(7)
    for _ in range(300):
        own = dt.date.fromordinal(rng.randint(1, dt.date.max.toordinal()))
        for precision, same in (
            ("day", lambda a, b: a == b),
            ("month", lambda a, b: (a.year, a.month) == (b.year, b.month)),
            ("year", lambda a, b: a.year == b.year),
        ):
            span = period_of(own, precision)
            assert same(span.first, own)
            assert same(span.last, own)
            assert span.first == dt.date.min or not same(span.first - dt.timedelta(1), own)
            assert span.last == dt.date.max or not same(span.last + dt.timedelta(1), own)
            assert period(span.value) == span


def test_the_value_of_a_period_is_an_iso_prefix():
    assert period("0987-02") == Period(dt.date(987, 2, 1), dt.date(987, 2, monthrange(987, 2)[1]), "month")
    assert [period(value).value for value in ("0001", "2024-06", "2024-06-20")] == [
        "0001",
        "2024-06",
        "2024-06-20",
    ]
