"""Dates that a text tells by its own day."""

import random
from datetime import date, timedelta
from itertools import pairwise

import pytest

from indexer.days import Day
from indexer.relative import day_of, find_told, stated_day

# A Wednesday.
PUBLISHED = Day(date(2023, 11, 29), "day")
LENGTH = {"day": 10, "month": 7, "year": 4}


def told(text, published=PUBLISHED):
    return [one.day.date.isoformat()[: LENGTH[one.day.precision]] for one in find_told(text, published)]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        pytest.param("The port was closed on November 27.", ["2023-11-27"], id="month-day"),
        pytest.param("It was closed on 27 November, he said.", ["2023-11-27"], id="day-month"),
        pytest.param("It closed on the 3rd of Dec. after all.", ["2023-12-03"], id="ordinal"),
        pytest.param("Voting takes place on January 20.", ["2024-01-20"], id="over-the-new-year"),
        pytest.param("It burnt on May 3.", ["2023-05-03"], id="rather-behind-than-far-ahead"),
        pytest.param("It will open on May 3.", ["2024-05-03"], id="far-ahead-in-words-of-the-future"),
        pytest.param("It burnt on August 3 last year.", ["2022-08-03", "2022"], id="last-year"),
        pytest.param("In 2019 it burnt twice, on May 3 and on June 4.", [], id="sentence-of-another-year"),
        pytest.param(
            "In 2023 it burnt twice, on May 3 and on June 4.", ["2023-05-03", "2023-06-04"], id="same"
        ),
        pytest.param("On May 3 of that year it burnt.", [], id="that-year"),
        pytest.param("It burnt on May 3, 2011.", [], id="with-a-year"),
        pytest.param("The September 11 attacks changed it.", [], id="event"),
        pytest.param("They may 3 times march 4 miles.", [], id="lower-case"),
        pytest.param("It opens on February 30.", [], id="no-such-day"),
        pytest.param("He came last Tuesday.", ["2023-11-28"], id="last-weekday"),
        pytest.param("He came last Wednesday.", ["2023-11-22"], id="last-same-weekday"),
        pytest.param("He came on Thursday.", ["2023-11-23"], id="weekday"),
        pytest.param("He came on Wednesday.", ["2023-11-29"], id="same-weekday"),
        pytest.param("He will come on Thursday.", ["2023-11-30"], id="coming"),
        pytest.param("The vote is due on Monday.", ["2023-12-04"], id="due"),
        pytest.param("He will go. She came on Thursday.", ["2023-11-23"], id="the-sentence-decides"),
        pytest.param("They meet next Wednesday.", ["2023-12-06"], id="next-same-weekday"),
        pytest.param("They meet next Friday.", ["2023-12-01"], id="next-weekday"),
        pytest.param("Sales rose on Black Friday, on Good Friday and on Mondays.", [], id="named-days"),
        pytest.param("The Sunday Times and the Sunday roast", [], id="names"),
        pytest.param("It lasts until Friday.", [], id="an-end-ahead-or-behind"),
        pytest.param("It will last until Friday.", ["2023-12-01"], id="an-end-ahead"),
        pytest.param("On Monday, November 20, it rained.", ["2023-11-20"], id="weekday-with-its-date"),
        pytest.param("It froze in early February.", ["2023-02"], id="early"),
        pytest.param("It will freeze in February.", ["2024-02"], id="coming-month"),
        pytest.param("It froze in November.", ["2023-11"], id="this-month"),
        pytest.param("It froze last November.", ["2022-11"], id="last-same-month"),
        pytest.param("It has frozen since December.", ["2022-12"], id="since"),
        pytest.param("In May 2019 and in March 3 men", [], id="month-with-a-number"),
        pytest.param("Last month and next year", ["2023-10", "2024"], id="spans"),
        pytest.param("The next year it was sold.", [], id="beside-another-year"),
        pytest.param(
            "Yesterday, today and tomorrow", ["2023-11-28", "2023-11-29", "2023-11-30"], id="beside"
        ),
        pytest.param("It burnt last night.", ["2023-11-28"], id="last-night"),
        pytest.param("The leaders of today, and today's papers", [], id="nowadays"),
        pytest.param("There is no tomorrow.", [], id="no-tomorrow"),
        pytest.param("The first Monday of a month, the last Friday of it", [], id="of-another-month"),
        pytest.param("He came the next Monday, the Tuesday after the storm.", [], id="of-another-week"),
        pytest.param("A week from Tuesday, a week ago Saturday, Tuesday week", [], id="weeks-away"),
        pytest.param("The Mail on Sunday wrote it.", [], id="paper"),
        pytest.param("May 3 million people and March 10 miles", [], id="counted"),
        pytest.param("The January 6 committee, the Jan. 6 riot", [], id="known-by-its-day"),
        pytest.param("The report will be released on Friday.", ["2023-12-01"], id="passive-to-come"),
        pytest.param("On Friday, the court will rule.", ["2023-12-01"], id="verb-behind"),
        pytest.param("On Friday, aides said she will go.", ["2023-11-24"], id="verb-behind-is-past"),
        pytest.param("It will pay, he told reporters on Friday.", ["2023-11-24"], id="nearest-verb-is-past"),
        pytest.param("The law took effect on January 20.", ["2023-01-20"], id="not-ahead-of-the-past"),
        pytest.param("The court will rule on the fire of August 3.", [], id="long-past-or-far-ahead"),
        pytest.param("Elections will be held in May.", ["2024-05"], id="held-in-a-coming-month"),
        pytest.param("He was in jail until May.", [], id="an-end-in-an-open-month"),
        pytest.param("The toll had grown by October.", ["2023-10"], id="an-end-just-behind"),
        pytest.param("It runs until January.", ["2024-01"], id="an-end-just-ahead"),
        pytest.param("A book by April Jones", [], id="a-name"),
    ],
)
def test_find_told(text, values):
    assert told(text) == values


@pytest.mark.parametrize(
    ("published", "values"),
    [
        pytest.param(Day(date(2023, 11, 1), "month"), ["2023-11-27", "2023-10"], id="month"),
        pytest.param(Day(date(2023, 1, 1), "year"), [], id="year"),
    ],
)
def test_what_a_month_or_a_year_does_not_settle_is_not_read(published, values):
    assert told("On November 27, on Tuesday, yesterday and last month", published) == values


def test_spans_ascend_and_are_what_the_text_says():
    rng = random.Random(5)
    pieces = [
        "on May 3",
        "3 May",
        "last Tuesday",
        "in June",
        "today",
        "next year",
        "2024",
        ", ",
        " ",
        "of",
        "\n",
        ".",
    ]
    for _ in range(300):
        text = "".join(rng.choices(pieces, k=14))
        spans = [(one.start, one.end) for one in find_told(text, PUBLISHED)]
        assert spans == sorted(spans)
        assert all(before[1] <= after[0] for before, after in pairwise(spans))


def test_the_nearest_year_is_that_of_a_plain_search():
    ahead = timedelta(days=366)
    rng = random.Random(6)
    for _ in range(300):
        about = date(1990, 1, 1) + timedelta(days=rng.randrange(20_000))
        wanted = about + timedelta(days=rng.randrange(-180, 181))
        if (wanted.month, wanted.day) != (2, 29):
            found = day_of(wanted.month, wanted.day, Day(about, "day"), ahead=ahead)
            assert found == Day(wanted, "day")


@pytest.mark.parametrize(
    ("text", "period", "day"),
    [
        pytest.param("SALVADOR, Feb 26 -", Day(date(1987, 1, 1), "year"), date(1987, 2, 26), id="year"),
        pytest.param("PARIS, MArch  3 -", Day(date(1987, 3, 1), "month"), date(1987, 3, 3), id="month"),
        pytest.param("PARIS, March 3 -", Day(date(1987, 4, 1), "month"), None, id="another-month"),
        pytest.param("PARIS, Feb 30 -", Day(date(1987, 1, 1), "year"), None, id="no-such-day"),
        pytest.param("PARIS -", Day(date(1987, 1, 1), "year"), None, id="none"),
    ],
)
def test_stated_day(text, period, day):
    found = stated_day(text, period)
    assert (found and found.date) == day
