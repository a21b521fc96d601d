"""Request arguments and queries, both ways."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.domain import COUNTRY_ROLES, MATCHES, PERSON_ROLES, SORTS, Filter, Query
from web.parameters import FILTERS
from web.params import (
    ParameterError,
    arguments,
    arguments_of,
    query_from,
    read_filter,
    whole_period,
    write_filter,
)
from web.settings import Settings

LIMITS = Settings()


def asked(query_string: str) -> Query:
    return query_from(arguments(query_string.encode(), LIMITS), LIMITS)


@pytest.mark.parametrize(
    ("query_string", "query"),
    [
        pytest.param("", Query(), id="nothing"),
        pytest.param("q=oil+prices", Query(text="oil prices"), id="words"),
        pytest.param("country=AZ", Query(filters=(Filter("country", "AZ"),)), id="country"),
        pytest.param("country=az", Query(filters=(Filter("country", "AZ"),)), id="country-lower-case"),
        pytest.param("country=AZ.about", Query(filters=(Filter("country", "AZ", "about"),)), id="role"),
        pytest.param("country=-AM", Query(filters=(Filter("country", "AM", exclude=True),)), id="exclude"),
        pytest.param("country=~none", Query(filters=(Filter("country", None),)), id="missing"),
        pytest.param("date=-~none", Query(filters=(Filter("date", None, exclude=True),)), id="not-missing"),
        pytest.param("date=2024-06", Query(filters=(Filter("date", "2024-06"),)), id="period"),
        pytest.param(r"outlet=\-x", Query(filters=(Filter("outlet", "-x"),)), id="escaped-minus"),
        pytest.param(
            r"outlet=-\~none", Query(filters=(Filter("outlet", "~none", exclude=True),)), id="tilde"
        ),
        pytest.param(r"outlet=\\x", Query(filters=(Filter("outlet", "\\x"),)), id="escaped-backslash"),
        pytest.param("outlet=x.about", Query(filters=(Filter("outlet", "x.about"),)), id="no-roles-here"),
        pytest.param("person=A.quoted.", Query(filters=(Filter("person", "A.quoted"),)), id="no-role"),
        pytest.param(
            "person=B&country=AZ&person=A",
            Query(filters=(Filter("person", "B"), Filter("country", "AZ"), Filter("person", "A"))),
            id="order-of-picking-is-kept",
        ),
        pytest.param("country=AZ&country=AZ", Query(filters=(Filter("country", "AZ"),)), id="twice-the-same"),
        pytest.param("from=2024-02-29", Query(since=date(2024, 2, 29)), id="from"),
        pytest.param(
            "from=2024&to=2024-02", Query(since=date(2024, 1, 1), until=date(2024, 2, 29)), id="periods"
        ),
        pytest.param("says_from=1989", Query(says_since=date(1989, 1, 1)), id="says-from"),
        pytest.param("says_to=1989", Query(says_until=date(1989, 12, 31)), id="says-to"),
        pytest.param("sort=oldest&match=any", Query(sort="oldest", match="any"), id="sort-and-match"),
        pytest.param("page=3&size=25", Query(page=3, size=25), id="page-and-size"),
        pytest.param("q=&from=&country=&page=", Query(), id="empty-inputs-of-a-form"),
        pytest.param("utm_source=x&q=a&zz=%FF", Query(text="a"), id="unknown-names-are-ignored"),
        pytest.param("stories=1", Query(stories=True), id="stories"),
        pytest.param("explain=1", Query(), id="explain-is-known"),
    ],
)
def test_query_from(query_string, query):
    assert asked(query_string) == query


@pytest.mark.parametrize(
    ("query_string", "name"),
    [
        pytest.param("page=0", "page", id="page-zero"),
        pytest.param("page=-1", "page", id="page-negative"),
        pytest.param("page=١", "page", id="digits-of-another-script"),
        pytest.param("page=" + "9" * 5000, "page", id="page-of-5000-digits"),
        pytest.param("page=101&size=100", "page", id="past-the-depth"),
        pytest.param("size=1000000000", "size", id="size-too-large"),
        pytest.param("size=ten", "size", id="size-in-words"),
        pytest.param("from=2024-02-31", "from", id="no-such-day"),
        pytest.param("from=2024-00", "from", id="no-such-month"),
        pytest.param("to=0000", "to", id="no-such-year"),
        pytest.param("to=20240620", "to", id="another-format"),
        pytest.param("from=2024&to=2023", "from", id="ends-before-it-begins"),
        pytest.param("sort=best", "sort", id="unknown-sort"),
        pytest.param("match=some", "match", id="unknown-match"),
        pytest.param("stories=yes", "stories", id="stories"),
        pytest.param("explain=yes", "explain", id="explain"),
        pytest.param("q=a&q=b", "q", id="single-given-twice"),
        pytest.param("q=%00", "q", id="nul"),
        pytest.param("q=%ED%A0%80", "q", id="lone-surrogate"),
        pytest.param("person=%FF", "person", id="no-utf-8"),
        pytest.param("country=-", "country", id="exclude-nothing"),
        pytest.param("country=.about", "country", id="role-of-nothing"),
        pytest.param("country=~all", "country", id="unknown-tilde"),
        pytest.param("date=lately", "date", id="no-period"),
        pytest.param("person=" + "x" * 501, "person", id="value-too-long"),
        pytest.param("&".join(["country=AZ"] * 51), "", id="too-many-filters"),
        pytest.param("&".join(["z=1"] * 1001), "", id="too-many-parameters"),
    ],
)
def test_bad_values_name_the_argument(query_string, name):
    with pytest.raises(ParameterError) as caught:
        asked(query_string)
    assert caught.value.name == name
    assert caught.value.message


@pytest.mark.parametrize(
    ("settings", "size"),
    [
        pytest.param(Settings(), 10, id="ten"),
        pytest.param(Settings(size_max=5), 5, id="smaller-pages"),
        pytest.param(Settings(depth_max=3), 3, id="a-shallow-end"),
    ],
)
def test_a_page_that_names_no_size_keeps_the_operators_limits(settings, size):
    assert query_from([("q", "oil")], settings).size == size


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=30)
tricky = st.sampled_from(
    ["-x", "~none", "~", "\\", "\\-", "a.quoted", "a.quoted.", ".", "a.about..", "A.mentioned"]
)


@st.composite
def filters(draw):
    field = draw(st.sampled_from(FILTERS))
    exclude = draw(st.booleans())
    if draw(st.booleans()):
        return Filter(field, None, exclude=exclude)
    if field in ("date", "says"):
        value = draw(st.sampled_from(["2024", "1999-12", "2024-02-29"]))
        return Filter(field, value, exclude=exclude)
    value = draw(texts | tricky)
    if field == "country" and len(value) == 2 and value.isascii():
        value = value.upper()
    roles = {"country": COUNTRY_ROLES, "person": PERSON_ROLES}.get(field, ())
    return Filter(field, value, role=draw(st.sampled_from([None, *roles])), exclude=exclude)


@st.composite
def queries(draw):
    days = st.none() | st.dates()
    since, until = draw(days), draw(days)
    if since and until and since > until:
        since, until = until, since
    return Query(
        text=draw(st.just("") | texts),
        filters=tuple(dict.fromkeys(draw(st.lists(filters(), max_size=5)))),
        since=since,
        until=until,
        says_since=draw(days),
        sort=draw(st.sampled_from(SORTS)),
        match=draw(st.sampled_from(MATCHES)),
        page=draw(st.integers(1, 100)),
        size=draw(st.integers(1, 100)),
    )


@given(queries())
def test_arguments_of_a_query_read_back_to_it(query):
    assert query_from(arguments_of(query), LIMITS) == query


@given(filters())
def test_a_written_filter_reads_back(picked):
    assert read_filter(picked.field, write_filter(picked), LIMITS) == picked


@settings(max_examples=300, derandomize=True, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from([*FILTERS, "q", "page", "size", "from", "sort"]), st.text(max_size=12))
    )
)
def test_any_arguments_give_a_query_that_reads_back_or_one_error(pairs):
    try:
        query = query_from(pairs, LIMITS)
    except ParameterError:
        return
    assert query_from(arguments_of(query), LIMITS) == query


@pytest.mark.parametrize(
    ("since", "until", "period"),
    [
        pytest.param(date(2024, 1, 1), date(2024, 12, 31), "2024", id="year"),
        pytest.param(date(2024, 2, 1), date(2024, 2, 29), "2024-02", id="leap-month"),
        pytest.param(date(2024, 2, 1), date(2024, 2, 28), None, id="a-day-short"),
        pytest.param(date(2024, 2, 1), date(2024, 2, 1), "2024-02-01", id="day"),
        pytest.param(date(2024, 2, 1), None, None, id="open"),
    ],
)
def test_whole_period(since, until, period):
    assert whole_period(since, until) == period
