"""What an article carries in each field."""

import datetime as dt

import pytest

from search.domain import Article, CountryTag, PersonTag, SaysTag
from search.fields import field_values, labels_of, lacks, periods_of, roles_of
from search.periods import period

FULL = Article(
    id="1",
    title="",
    body="",
    date=dt.date(2024, 6, 1),
    date_precision="month",
    date_source="given",
    says=(SaysTag("2023"), SaysTag("2023-11-27")),
    countries=(
        CountryTag("AZ", "Azerbaijan", ("about", "mentioned")),
        CountryTag("GE", "Georgia", ("about",)),
    ),
    people=(PersonTag("Ann Oak", ("quoted",)), PersonTag("Ann Oak", ("quoted", "mentioned"))),
    outlet="Desk",
    author="Bo Elm",
    language="en",
    story="s1",
)
BARE = Article(id="2", title="", body="", outlet="")


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("country", ("AZ", "GE")),
        ("person", ("Ann Oak",)),
        ("outlet", ("Desk",)),
        ("author", ("Bo Elm",)),
        ("language", ("en",)),
        ("source", ("given",)),
        ("story", ("s1",)),
    ],
)
def test_each_value_once(field, values):
    assert field_values(FULL, field) == values
    assert field_values(BARE, field) == (("none",) if field == "source" else ())
    assert not lacks(FULL, field)
    assert lacks(BARE, field) == (field != "source")


@pytest.mark.parametrize(
    ("field", "roles"),
    [
        ("country", (("AZ", "about"), ("AZ", "mentioned"), ("GE", "about"))),
        ("person", (("Ann Oak", "quoted"), ("Ann Oak", "mentioned"))),
        ("outlet", ()),
    ],
)
def test_each_role_of_each_value_once(field, roles):
    assert roles_of(FULL, field) == roles


def test_countries_are_shown_by_name():
    assert labels_of(FULL, "country") == {"AZ": "Azerbaijan", "GE": "Georgia"}
    assert labels_of(FULL, "person") == {}


def test_periods_are_whole():
    assert periods_of(FULL, "date") == (period("2024-06"),)
    assert periods_of(FULL, "says") == (period("2023"), period("2023-11-27"))
    assert periods_of(BARE, "date") == periods_of(BARE, "says") == ()
    assert (lacks(FULL, "date"), lacks(BARE, "date"), lacks(BARE, "says")) == (False, True, True)


def test_an_unknown_field_is_refused():
    with pytest.raises(ValueError, match="no field of values"):
        field_values(FULL, "title")
