"""The gate: a generation that does not hold what was read, or much less than before, is not swapped in."""

import datetime as dt

import pytest

from indexer.report import Report
from indexer.verify import NotVerified, Shrunk, check_size, verify
from search.domain import Article, CountryTag, PersonTag
from search.engines.whoosh.index import WhooshEngine, create
from search.record import digest

ARTICLES = (
    Article("a", "", "wheat fell", countries=(CountryTag("AZ", "Azerbaijan", ("about",)),)),
    Article("b", "Oil", "oil rose", dt.date(2024, 6, 20), "day", people=(PersonTag("Ann Lee", ("quoted",)),)),
)


class Taken(dict):
    """Ids with their digests."""

    def digest(self, article_id):
        return self.get(article_id)


@pytest.fixture
def folder(tmp_path):
    with create(tmp_path / "index").writer() as writer:
        for article in ARTICLES:
            writer.add(article)
    return tmp_path / "index"


def counted(**counts: int) -> Report:
    return Report(**{"found": 3, "read": 2, "refused": 1, "undated": 1, "countries": 1, "people": 1} | counts)


def taken(**changed: bytes) -> Taken:
    return Taken({one.id: digest(one) for one in ARTICLES} | changed)


@pytest.mark.parametrize("fresh", [None, ["a"], []])
def test_what_was_read_is_there(folder, fresh):
    assert verify(folder, counted(), taken(), language="en", fresh=fresh) is None


@pytest.mark.parametrize(
    ("report", "ids", "message"),
    [
        pytest.param(counted(refused=0), taken(), "do not add up", id="unbalanced"),
        pytest.param(counted(found=4, read=3), taken(x=b""), "but the new index holds 2", id="lost"),
        pytest.param(counted(), Taken(a=b"", x=b""), "article 'x' was read", id="another"),
        pytest.param(counted(found=2, read=1), Taken(a=b""), "holds 2", id="too-many"),
        pytest.param(counted(), taken(b=b"other"), "article 'b' is not .* as it was read", id="content"),
        pytest.param(counted(undated=0), taken(), "0 articles without a date .* holds 1", id="dates"),
        pytest.param(counted(countries=2), taken(), "2 countries .* holds 1", id="countries"),
        pytest.param(counted(people=0), taken(), "0 persons .* holds 1", id="people"),
    ],
)
def test_what_is_not_there_is_said(folder, report, ids, message):
    with pytest.raises(NotVerified, match=message):
        verify(folder, report, ids, language="en")


def test_an_article_that_its_own_words_do_not_find_is_said(folder, monkeypatch):
    """As if the words of the index were those of other articles."""
    real = WhooshEngine.article
    monkeypatch.setattr(WhooshEngine, "article", lambda self, one: real(self, {"a": "b", "b": "a"}[one]))
    with pytest.raises(NotVerified, match="do not find it"):
        verify(folder, counted(), taken(), language="en")


BEFORE = Report(found=100, read=100, undated=20, with_people=50, with_countries=60)


@pytest.mark.parametrize(
    ("now", "gone"),
    [
        pytest.param({}, None, id="the-same"),
        pytest.param({"read": 200}, None, id="more"),
        pytest.param({"read": 90}, None, id="a-tenth"),
        pytest.param({"read": 89}, "89 articles, .* holds 100", id="more-than-a-tenth"),
        pytest.param({"undated": 31}, "69 articles with a date", id="dates"),
        pytest.param({"with_people": 39}, "39 articles with a person", id="people"),
        pytest.param({"with_countries": 0}, "0 articles with a country", id="countries"),
        pytest.param({"with_people": 40}, None, id="ten-of-few"),
    ],
)
def test_a_floor_on_what_may_shrink(now, gone):
    counts = {"read": 100, "undated": 20, "with_people": 50, "with_countries": 60} | now
    report = Report(found=counts["read"], **counts)
    if gone is None:
        assert check_size(report, BEFORE.counts()) is None
    else:
        with pytest.raises(Shrunk, match=f"{gone}.*--allow-shrink"):
            check_size(report, BEFORE.counts())


def test_an_index_whose_report_counts_less_is_compared_by_what_it_counts():
    assert check_size(Report(), {"people": 9}) is None
    with pytest.raises(Shrunk, match="0 articles, "):
        check_size(Report(), {"read": 50})


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("ß" * 1_500, id="folds-into-two-letters"),
        pytest.param("a" * 127 + "ß", id="folds-past-the-cap"),
        pytest.param("Straße" * 22, id="a-long-word"),
        pytest.param("Æ" * 1_001, id="a-ligature"),
        pytest.param("ab〹cd", id="folds-twice"),
        pytest.param("〹", id="that-alone"),
        pytest.param("ab〹cd ef", id="beside-a-plain-word"),
        pytest.param("…", id="no-word"),
    ],
)
def test_a_word_that_no_query_asks_for_is_not_asked_for(tmp_path, text):
    """Whatever its words, an article that was read is found: by other words, or by its tags alone."""
    articles = [Article("odd", "Odd", text), *ARTICLES]
    with create(tmp_path / "odd").writer() as writer:
        for article in articles:
            writer.add(article)
    ids = Taken({one.id: digest(one) for one in articles})
    verify(tmp_path / "odd", counted(found=4, read=3, undated=2), ids, language="en")
