"""Dates told from the hour a page was fetched."""

from datetime import datetime

import pytest

from indexer.ago import day_ago, fetched_at
from indexer.extract import extract
from indexer.source import Source

FETCHED = datetime(2024, 5, 3, 2, 30)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        pytest.param("2 hours ago", "2024-05-03", id="hours"),
        pytest.param("Posted 3 hours ago", "2024-05-02", id="over-midnight"),
        pytest.param("an hour ago", "2024-05-03", id="word"),
        pytest.param("vor 2 Tagen", "2024-05-01", id="german"),
        pytest.param("Publié il y a trois jours", "2024-04-30", id="french"),
        pytest.param("hace 5 minutos", "2024-05-03", id="spanish"),
        pytest.param("2 giorni fa", "2024-05-01", id="italian"),
        pytest.param("Yesterday, 18:04", "2024-05-02", id="yesterday"),
        pytest.param("heute um 01:10 Uhr", "2024-05-03", id="today"),
        pytest.param("The ferry sank 3 days ago", None, id="sentence"),
        pytest.param("3 weeks ago", None, id="no-day"),
        pytest.param("999 days ago, " + "x" * 60, None, id="long"),
    ],
)
def test_day_ago(line, day):
    found = day_ago(line, (FETCHED, True))
    assert (found and found.date.isoformat()) == day


def test_without_the_hour_of_fetching_hours_settle_nothing():
    assert day_ago("5 hours ago", (FETCHED, False)) is None
    assert day_ago("2 days ago", (FETCHED, False)).date.isoformat() == "2024-05-01"


@pytest.mark.parametrize(
    ("given", "fetched"),
    [
        pytest.param("2024-05-03", (datetime(2024, 5, 3), False), id="day"),
        pytest.param("2024-05-03T02:30:00+02:00", (FETCHED, True), id="own-zone"),
        pytest.param("3 May", None, id="no-iso"),
        pytest.param("2024-13-03", None, id="no-such-day"),
        pytest.param(None, None, id="none"),
    ],
)
def test_fetched_at(given, fetched):
    assert fetched_at(given) == fetched


@pytest.mark.parametrize("crawled", [None, "2024-05-03T02:30:00"])
def test_an_article_is_dated_by_it_only_when_it_is_given(crawled):
    text = "Ferry runs again\n\n3 hours ago\n\nThe ferry to the island runs again after the storm, he said."
    head = "<h1>Ferry runs again</h1><span class='date'>3 hours ago</span>"
    page = f"<html><body>{head}<p>{text * 3}</p></body></html>"
    day = "2024-05-02" if crawled else None
    for kind, content in (("text", text), ("record", text), ("html", page)):
        article = extract(Source("a", kind, content, crawled=crawled)).article
        found = article.date and article.date.isoformat()
        assert (kind, found, article.date_source) == (kind, day, "byline" if day else "none")
