"""Facets: what is counted, under which filters, and how the counts are listed."""

import datetime as dt
import random
from collections import Counter

import pytest

from search.domain import FACETS, Facet, FacetValue, Filter, Query
from search.facets import FacetRequest, Tally, buckets, filters_for, level_below, listed, requests
from search.nodes import AllOf, FieldFilter
from search.periods import period

AZ = FieldFilter("country", AllOf(()))
NAMED = FieldFilter("person", AllOf(()))


def day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


@pytest.mark.parametrize(
    ("name", "filters", "binding"),
    [
        pytest.param("country", (AZ,), (), id="own-filter-is-lifted"),
        pytest.param("person", (AZ,), (AZ,), id="other-filter-binds"),
        pytest.param("country", (AZ, NAMED), (NAMED,), id="one-of-two"),
        pytest.param("country", (), (), id="nothing-picked"),
    ],
)
def test_filters_for(name, filters, binding):
    assert filters_for(name, filters) == binding


@pytest.mark.parametrize(
    ("since", "until", "level"),
    [
        pytest.param(None, None, "year", id="no-filter"),
        pytest.param("2024-01-01", None, "year", id="open-end"),
        pytest.param(None, "2024-12-31", "year", id="open-beginning"),
        pytest.param("2023-01-01", "2024-12-31", "year", id="two-years"),
        pytest.param("2024-01-01", "2024-12-31", "month", id="a-year"),
        pytest.param("2024-03-09", "2024-04-02", "month", id="two-months"),
        pytest.param("2024-02-01", "2024-02-29", "day", id="a-month"),
        pytest.param("2024-02-10", "2024-02-10", "day", id="a-day"),
    ],
)
def test_levels(since, until, level):
    assert level_below(day(since), day(until)) == level


@pytest.mark.parametrize(
    ("query", "request_"),
    [
        pytest.param(Query(), FacetRequest("date", 5), id="nothing-picked"),
        pytest.param(
            Query(since=day("2024-01-01"), until=day("2024-12-31")),
            FacetRequest(
                "date",
                5,
                "month",
                day("2024-01-01"),
                day("2024-12-31"),
                (day("2024-01-01"), day("2024-12-31")),
            ),
            id="year",
        ),
        pytest.param(
            Query(since=day("2024-02-10"), until=day("2024-02-10")),
            FacetRequest(
                "date", 5, "day", day("2024-02-01"), day("2024-02-29"), (day("2024-02-10"), day("2024-02-10"))
            ),
            id="the-other-days-of-the-month-stay",
        ),
        pytest.param(
            Query(filters=(Filter("date", "2024"),)),
            FacetRequest("date", 5, "month", day("2024-01-01"), day("2024-12-31")),
            id="picked-year",
        ),
        pytest.param(
            Query(filters=(Filter("date", "2024-02"), Filter("date", "2024-04"))),
            FacetRequest("date", 5, "month", day("2024-02-01"), day("2024-04-30")),
            id="two-picked-months",
        ),
        pytest.param(
            Query(filters=(Filter("date", "2024"),), since=day("2023-06-01")),
            FacetRequest("date", 5, "year", day("2023-06-01"), None, (day("2023-06-01"), None)),
            id="range-and-picked-year",
        ),
        pytest.param(
            Query(
                filters=(Filter("date", "2024", exclude=True), Filter("date", None), Filter("says", "2024"))
            ),
            FacetRequest("date", 5),
            id="excluded-missing-and-others-do-not-narrow",
        ),
    ],
)
def test_date_requests(query, request_):
    assert requests(query, ["date"], 5) == (request_,)


def test_every_facet_is_asked_for_in_order():
    assert [one.field for one in requests(Query(says_since=day("2024-01-01")), FACETS, 3)] == list(FACETS)
    assert requests(Query(says_since=day("2024-01-01")), ["says"], 3)[0].since == day("2024-01-01")


@pytest.mark.parametrize(
    ("periods", "level", "found"),
    [
        pytest.param(["2024-06-20"], "year", {"2024"}, id="day-in-a-year"),
        pytest.param(["2024-06"], "year", {"2024"}, id="month-in-a-year"),
        pytest.param(["2024-06"], "month", {"2024-06"}, id="month-in-a-month"),
        pytest.param(["2024-06"], "day", set(), id="month-in-no-day"),
        pytest.param(["2024"], "month", set(), id="year-in-no-month"),
        pytest.param(["2024-06-20", "2024-06", "2023"], "year", {"2024", "2023"}, id="each-year-once"),
        pytest.param([], "year", set(), id="undated"),
    ],
)
def test_buckets_hold_whole_periods(periods, level, found):
    assert buckets(map(period, periods), FacetRequest("says", 9, level)) == found


def test_buckets_agree_with_going_through_the_days():
    """A bucket is counted when it holds the whole period and reaches into the ends."""
    rng = random.Random(3)
    for _ in range(400):
        level = rng.choice(("year", "month", "day"))
        ends = sorted(
            dt.date(rng.randint(2020, 2022), rng.randint(1, 12), rng.randint(1, 28)) for _ in range(2)
        )
        since, until = (end if rng.random() < 0.7 else None for end in ends)
        own = period(rng.choice(("2021", "2021-02", "2020-12", "2021-02-03", "2022-11-09", "2020-02-29")))
        width = {"year": 4, "month": 7, "day": 10}[level]
        days = {str(dt.date.fromordinal(at)) for at in range(own.first.toordinal(), own.last.toordinal() + 1)}
        expected = {one[:width] for one in days}
        if len(expected) == 1:
            span = period(next(iter(expected)))
            apart = (since and span.last < since) or (until and span.first > until)
            expected = set() if apart or len(days) > (span.last - span.first).days + 1 else expected
        else:
            expected = set()
        assert buckets([own], FacetRequest("date", 9, level, since, until)) == expected


def values_of(facet: Facet) -> list[tuple]:
    return [(one.value, one.count, one.selected) for one in facet.values]


@pytest.mark.parametrize(
    ("tally", "picked", "limit", "values", "distinct"),
    [
        pytest.param({"AZ": 2, "GE": 5}, (), 9, [("GE", 5, None), ("AZ", 2, None)], 2, id="falling-count"),
        pytest.param({"SE": 1, "CH": 1}, (), 9, [("SE", 1, None), ("CH", 1, None)], 2, id="ties-by-label"),
        pytest.param({"b": 1, "a": 1}, (), 9, [("a", 1, None), ("b", 1, None)], 2, id="ties-without-labels"),
        pytest.param({"AZ": 2, "GE": 5}, (), 1, [("GE", 5, None)], 2, id="limit"),
        pytest.param(
            {"AZ": 2, "GE": 5},
            (Filter("country", "AZ"),),
            1,
            [("AZ", 2, "include"), ("GE", 5, None)],
            2,
            id="picked-first-and-beside-the-limit",
        ),
        pytest.param(
            {"GE": 5},
            (Filter("country", "AZ", exclude=True),),
            9,
            [("AZ", 0, "exclude"), ("GE", 5, None)],
            1,
            id="picked-at-zero",
        ),
        pytest.param(
            {"GE": 5, "AZ": 0}, (Filter("person", "AZ"),), 9, [("GE", 5, None)], 1, id="zero-is-not-listed"
        ),
        pytest.param({}, (), 9, [], 0, id="nothing"),
    ],
)
def test_values_are_listed(tally, picked, limit, values, distinct):
    labels = {"SE": "Schweden", "CH": "Schweiz"}
    facet = listed(Tally(Counter(tally)), FacetRequest("country", limit), picked, labels)
    assert (values_of(facet), facet.distinct) == (values, distinct)


def test_the_missing_value_stands_last():
    tally = Tally(Counter({"AZ": 1}), missing=7)
    assert values_of(listed(tally, FacetRequest("country", 9), (), {})) == [("AZ", 1, None), (None, 7, None)]
    picked = (Filter("country", None, exclude=True),)
    assert values_of(listed(Tally(), FacetRequest("country", 9), picked, {})) == [(None, 0, "exclude")]


def test_roles_are_counted_in_their_order():
    roles = Counter({("AZ", "mentioned"): 1, ("AZ", "filed-from"): 2, ("AZ", "about"): 0})
    facet = listed(Tally(Counter({"AZ": 3}), roles), FacetRequest("country", 9), (), {"AZ": "Azerbaijan"})
    assert facet.values == (FacetValue("AZ", "Azerbaijan", 3, None, (("filed-from", 2), ("mentioned", 1))),)


def test_periods_ascend_with_their_ends():
    tally = Tally(Counter({"2024-02": 1, "2023-12": 4}), missing=2)
    facet = listed(tally, FacetRequest("date", 1, "month"), (), {})
    assert facet.values == (
        FacetValue("2023-12", "2023-12", 4, None, (), day("2023-12-01"), day("2023-12-31")),
        FacetValue("2024-02", "2024-02", 1, None, (), day("2024-02-01"), day("2024-02-29")),
        FacetValue(None, "", 2),
    )


@pytest.mark.parametrize(
    ("level", "picked", "filters", "values"),
    [
        pytest.param(
            "day", ("2024-02-10", "2024-02-10"), (), [("2024-02-10", 0, "include")], id="picked-day-at-zero"
        ),
        pytest.param("month", ("2024-02-10", "2024-03-10"), (), [], id="range-of-no-period"),
        pytest.param(
            "month",
            (None, None),
            (Filter("date", "2024-02", exclude=True), Filter("date", "2024"), Filter("says", "2024-03")),
            [("2024-02", 0, "exclude")],
            id="picked-of-the-level",
        ),
    ],
)
def test_picked_periods_are_listed(level, picked, filters, values):
    ends = (day(picked[0]), day(picked[1]))
    assert values_of(listed(Tally(), FacetRequest("date", 9, level, picked=ends), filters, {})) == values


def test_a_picked_period_in_no_calendar_is_refused():
    with pytest.raises(ValueError, match="no year"):
        requests(Query(filters=(Filter("date", "soon"),)), ["date"], 5)
