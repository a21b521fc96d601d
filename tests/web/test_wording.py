"""Dates, counts and names in English."""

import re
from datetime import date
from pathlib import Path

import pytest

import web.wording
from search.domain import Article, Filter
from web.wording import (
    TEXT,
    counted,
    date_label,
    filter_label,
    period_label,
    range_label,
    sentence,
    source_label,
    value_label,
)


@pytest.mark.parametrize(
    ("period", "label"),
    [
        ("2024", "2024"),
        ("2024-06", "June 2024"),
        ("2024-06-02", "2 June 2024"),
        ("0987", "987"),
        ("2024-13", "2024-13"),
        ("soon", "soon"),
    ],
)
def test_period_label(period, label):
    assert period_label(period) == label


@pytest.mark.parametrize(
    ("since", "until", "label"),
    [
        pytest.param(date(2024, 1, 1), date(2024, 12, 31), "2024", id="whole-year"),
        pytest.param(date(2024, 6, 1), date(2024, 6, 30), "June 2024", id="whole-month"),
        pytest.param(date(2024, 6, 1), date(2024, 7, 2), "1 June 2024 – 2 July 2024", id="from-to"),
        pytest.param(date(2024, 6, 1), None, "from 1 June 2024", id="from"),
        pytest.param(None, date(2024, 6, 1), "until 1 June 2024", id="until"),
        pytest.param(None, None, "any time", id="unbound"),
    ],
)
def test_range_label(since, until, label):
    assert range_label(since, until) == label


@pytest.mark.parametrize(
    ("day", "precision", "source", "label", "how"),
    [
        pytest.param(date(2024, 6, 1), "month", "byline", "June 2024", "from the byline", id="month"),
        pytest.param(date(2024, 1, 1), "year", "url", "2024", "from the web address", id="year"),
        pytest.param(date(2024, 6, 2), "day", "given", "2 June 2024", "given with the article", id="day"),
        pytest.param(None, None, "none", "Undated", "", id="undated"),
    ],
)
def test_a_date_says_no_more_than_is_known(day, precision, source, label, how):
    article = Article("a", "t", "b", date=day, date_precision=precision, date_source=source)
    assert (date_label(article), source_label(article)) == (label, how)


@pytest.mark.parametrize(
    ("field", "value", "own", "label"),
    [
        ("country", "PE", "Peru", "Peru"),
        ("country", None, "", "No country named"),
        ("date", None, "", "Undated"),
        ("date", "2024-06", "2024-06", "June 2024"),
        ("language", "en", "en", "English"),
        ("language", "xx", "xx", "xx"),
        ("source", "url", "url", "Web address"),
    ],
)
def test_value_label(field, value, own, label):
    assert value_label(field, value, own) == label


def test_filter_label_names_the_role():
    assert filter_label(Filter("country", "PE", "filed-from"), "Peru") == "Peru (filed from)"


def test_counted():
    assert [counted(0, "article"), counted(1, "article"), counted(1234, "copy", "copies")] == [
        "0 articles",
        "1 article",
        "1,234 copies",
    ]


def test_sentence():
    assert [sentence("a quote"), sentence("Done."), sentence("")] == ["A quote.", "Done.", "."]
    assert sentence("date:soon is no date") == "date:soon is no date."


OWN = (
    "article.html",
    "base.html",
    "search.html",
    "start.html",
    "facet.html",
    "parts.html",
    "error.html",
    "judge.html",
)


@pytest.mark.parametrize("name", OWN)
def test_templates_hold_no_words(name):
    """What a template prints between its tags, and in texts of attributes, is in the catalogue."""
    source = (Path(web.wording.__file__).parent / "templates" / name).read_text(encoding="utf-8")
    source = re.sub(r"{% block (?:page|autofocus) %}[a-z ]*{% endblock %}", "", source)  # of markup
    bare = re.sub(r"{#.*?#}|{%.*?%}|{{.*?}}", "", source, flags=re.DOTALL)
    texts = re.sub(r"<[^>]*>", " ", bare)
    told = re.findall(r'(?:aria-label|title|placeholder|alt)="([^"]*)"', bare)
    assert re.findall(r"[A-Za-z]{2,}", " ".join((texts, *told))) == []


def test_every_text_of_the_catalogue_is_used():
    folder = Path(web.wording.__file__).parent
    source = "".join(
        path.read_text(encoding="utf-8") for path in [*folder.glob("*.py"), *folder.glob("templates/*")]
    )
    made = ("about_", "status_", "grade_", "holds_", "key_", "match_", "sort_")
    unused = [key for key in TEXT if source.count(f'"{key}"') + source.count(f"'{key}'") < 2]
    assert [key for key in unused if not key.startswith(made)] == []
