"""What every engine must do, the same for each of them."""

import datetime as dt
import pickle
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest

from search.domain import Article, CountryTag, Filter, Mention, PersonTag, Query, SaysTag
from search.errors import SearchError
from search.nodes import Near, Pattern
from search.record import listed
from search.run import answer

AZ = CountryTag("AZ", "Azerbaijan", ("about",), (Mention(0, 4, "Baku", "capital"),))
AZ_FILED = CountryTag("AZ", "Azerbaijan", ("filed-from", "mentioned"))
GE = CountryTag("GE", "Georgia", ("mentioned",))
RS = CountryTag("RS", "Serbia", ("about",))
HASANOV = PersonTag("Zakir Hasanov", ("quoted",))
GASIC = PersonTag("Bratislav Gašić", ("mentioned",))

ARTICLES = (
    Article(
        "baku/talks",
        "Talks in Baku",
        "Baku hosted Colonel-General Hasanov’s guests. The co-operation pact covers oil and wheat.",
        dt.date(2024, 6, 20),
        "day",
        "byline",
        says=(SaysTag("2023-11"),),
        countries=(AZ, GE),
        people=(HASANOV,),
        outlet="Caspian Desk",
        language="en",
        story="s1",
    ),
    Article(
        "baku/copy",
        "Talks in Baku",
        "Baku hosted Colonel-General Hasanov’s guests. The cooperation pact covers oil and wheat.",
        dt.date(2024, 6, 1),
        "month",
        "url",
        says=(SaysTag("2023-11-27"), SaysTag("2023-11-28")),
        countries=(AZ_FILED,),
        people=(HASANOV, GASIC),
        outlet="Belgrade Wire",
        language="en",
        story="s1",
    ),
    Article(
        "oil",
        "Oil prices",
        "Oil prices rose; the general public paid. US officials told us so.",
        dt.date(2023, 1, 1),
        "year",
        "text",
        countries=(RS,),
        people=(GASIC,),
        outlet="Belgrade Wire",
        story="s2",
    ),
    Article("undated", "État d’urgence", "Un général a parlé à Łódź."),
)


@pytest.fixture
def engine(archive):
    archive.write(ARTICLES[2:])
    archive.write([Article("gone", "Oil", "oil oil oil wheat Hasanov"), ARTICLES[0]])
    archive.write([ARTICLES[1]], deleted=["gone"])
    return archive.engine


def ids(engine, query):
    return [hit.article.id for hit in answer(engine, query, today=dt.date(2024, 6, 30)).hits]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", ["baku/talks", "baku/copy", "oil", "undated"], id="all-newest-first-undated-last"),
        pytest.param("hasanov", ["baku/talks", "baku/copy"], id="possessive-dropped"),
        pytest.param("cooperation", ["baku/talks", "baku/copy"], id="joined-form"),
        pytest.param('"co operation"', ["baku/talks"], id="parts-in-order"),
        pytest.param("co-operation", ["baku/talks", "baku/copy"], id="either-spelling"),
        pytest.param('"colonel general"', ["baku/talks", "baku/copy"], id="phrase-over-hyphen"),
        pytest.param('"general colonel"', [], id="phrase-keeps-order"),
        pytest.param('"hasanov colonel"~1', ["baku/talks", "baku/copy"], id="slop-any-order"),
        pytest.param('"guests colonel"~1', [], id="slop-too-far"),
        pytest.param('"baku baku"~9', [], id="title-and-body-are-apart"),
        pytest.param("oil -wheat", ["oil"], id="without"),
        pytest.param("-oil", ["undated"], id="exclusions-alone"),
        pytest.param("general OR urgence", ["undated", "oil", "baku/talks", "baku/copy"], id="or"),
        pytest.param("(oil OR urgence) -baku", ["undated", "oil"], id="group"),
        pytest.param("title:oil", ["oil"], id="title"),
        pytest.param("pri*", ["oil"], id="prefix"),
        pytest.param("pr?ces", ["oil"], id="wildcard"),
        pytest.param("hasanof~1", ["baku/talks", "baku/copy"], id="fuzzy"),
        pytest.param("=US", ["oil"], id="exact-keeps-case"),
        pytest.param("=general", ["oil"], id="exact-is-not-folded"),
        pytest.param("etat lodz", ["undated"], id="folded"),
        pytest.param("prices price", ["oil"], id="stem"),
        pytest.param("country:AZ", ["baku/talks", "baku/copy"], id="country-code"),
        pytest.param("country:azerbaijan/about", ["baku/talks"], id="country-name-and-role"),
        pytest.param("country:AZ/filed-from", ["baku/copy"], id="country-role"),
        pytest.param("country:~none", ["undated"], id="no-country"),
        pytest.param('person:"bratislav gasic"', ["baku/copy", "oil"], id="person-folded"),
        pytest.param("person:hasanov/quoted", ["baku/talks", "baku/copy"], id="person-by-surname"),
        pytest.param('outlet:"belgrade wire"', ["baku/copy", "oil"], id="outlet"),
        pytest.param("language:en", ["baku/talks", "baku/copy"], id="language"),
        pytest.param("story:s1", ["baku/talks", "baku/copy"], id="story"),
        pytest.param("date:2024", ["baku/talks", "baku/copy"], id="year"),
        pytest.param("date:2024-06", ["baku/talks", "baku/copy"], id="month"),
        pytest.param("date:2024-06-20", ["baku/talks"], id="day"),
        pytest.param("date:2023-01..2023-06", [], id="a-year-lies-in-no-half"),
        pytest.param("date:<=2023", ["oil"], id="up-to"),
        pytest.param("date:last-30-days", ["baku/talks", "baku/copy"], id="relative"),
        pytest.param("date:~none", ["undated"], id="undated"),
        pytest.param("says:2023-11", ["baku/talks", "baku/copy"], id="says-month"),
        pytest.param("says:2023-11-28", ["baku/copy"], id="says-day"),
        pytest.param("nosuchword", [], id="nothing"),
    ],
)
def test_query_finds(engine, text, expected):
    assert sorted(ids(engine, Query(text))) == sorted(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", ["baku/talks", "baku/copy", "oil", "undated"], id="ties-go-to-the-newer"),
        pytest.param("oil", ["oil", "baku/copy", "baku/talks"], id="title-and-length-count"),
        pytest.param(
            "country:azerbaijan OR date:~none", ["baku/talks", "baku/copy", "undated"], id="no-score"
        ),
    ],
)
def test_best_stands_first(engine, text, expected):
    assert ids(engine, Query(text)) == expected


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("newest", ["baku/talks", "baku/copy", "oil", "undated"]),
        ("oldest", ["oil", "baku/copy", "baku/talks", "undated"]),
    ],
)
def test_undated_articles_stand_last_both_ways(engine, sort, expected):
    assert ids(engine, Query("", sort=sort)) == expected


def test_any_ranks_without_requiring_every_word(engine):
    assert ids(engine, Query("oil prices baku", match="any"))[0] == "oil"
    assert set(ids(engine, Query("oil prices baku -wheat", match="any"))) == {"oil"}


def test_pages_follow_each_other_without_gap_or_overlap(engine):
    pages = [ids(engine, Query("", page=page, size=3)) for page in (1, 2, 3)]
    assert pages == [["baku/talks", "baku/copy", "oil"], ["undated"], []]
    assert answer(engine, Query("", page=9)).total == 4


def test_a_page_of_no_hits_still_counts(engine):
    page = answer(engine, Query("oil", size=0))
    assert (page.total, page.hits) == (3, ())


def counts(engine, query, field):
    facet = next(one for one in answer(engine, query).facets if one.field == field)
    return {value.value: value.count for value in facet.values}


def test_a_facet_is_counted_under_every_filter_but_its_own(engine):
    picked = Query("", filters=(Filter("country", "RS"),))
    assert answer(engine, picked).total == 1
    assert counts(engine, picked, "country") == {"RS": 1, "AZ": 2, "GE": 1, None: 1}
    assert counts(engine, picked, "person") == {"Bratislav Gašić": 1}


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        pytest.param(
            [Filter("country", "GE"), Filter("country", "RS")], {"baku/talks", "oil"}, id="or-within"
        ),
        pytest.param(
            [Filter("country", "AZ"), Filter("outlet", "Belgrade Wire")], {"baku/copy"}, id="and-across"
        ),
        pytest.param([Filter("country", "GE", exclude=True)], {"baku/copy", "oil", "undated"}, id="exclude"),
        pytest.param(
            [Filter("country", "AZ"), Filter("country", "GE", exclude=True)], {"baku/copy"}, id="both"
        ),
        pytest.param([Filter("country", "AZ", "about")], {"baku/talks"}, id="role"),
        pytest.param([Filter("person", None)], {"undated"}, id="missing"),
        pytest.param(
            [Filter("person", None, exclude=True)], {"baku/talks", "baku/copy", "oil"}, id="not-missing"
        ),
        pytest.param([Filter("date", None)], {"undated"}, id="undated"),
        pytest.param([Filter("source", "none")], {"undated"}, id="date-source"),
        pytest.param([Filter("country", "ZZ")], set(), id="unknown-value"),
    ],
)
def test_filters(engine, filters, expected):
    assert set(ids(engine, Query("", filters=tuple(filters)))) == expected


def test_roles_are_counted_beside_their_value(engine):
    facet = next(one for one in answer(engine, Query("")).facets if one.field == "country")
    assert facet.values[0].label == "Azerbaijan"
    assert facet.values[0].roles == (("filed-from", 1), ("about", 1), ("mentioned", 1))


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        pytest.param(None, None, {"2023": 1, "2024": 2, None: 1}, id="years"),
        pytest.param("2024-01-01", "2024-12-31", {"2024-06": 2, None: 1}, id="months-of-a-year"),
        pytest.param("2024-06-01", "2024-06-30", {"2024-06-20": 1, None: 1}, id="days-of-a-month"),
        pytest.param("2024-06-20", "2024-06-20", {"2024-06-20": 1, None: 1}, id="the-days-around-a-day"),
    ],
)
def test_dates_are_counted_one_level_below_the_filter(engine, since, until, expected):
    ends = [dt.date.fromisoformat(end) if end else None for end in (since, until)]
    assert counts(engine, Query("", since=ends[0], until=ends[1]), "date") == expected


def test_an_article_counts_once_in_each_period_it_speaks_of(engine):
    assert counts(engine, Query(""), "says") == {"2023": 2, None: 2}


def test_other_articles_of_the_story_are_counted(engine):
    hits = answer(engine, Query("")).hits
    assert {hit.article.id: hit.copies for hit in hits} == {
        "baku/talks": 1,
        "baku/copy": 1,
        "oil": 0,
        "undated": 0,
    }


def test_hits_are_listed_without_body_and_receipts(engine):
    hits = answer(engine, Query("hasanov", sort="newest")).hits
    assert [hit.article for hit in hits] == [listed(article) for article in ARTICLES[:2]]
    assert all(hit.snippet.text and hit.snippet.marks for hit in hits)


def test_articles_come_back_as_they_went_in(engine):
    assert [engine.article(article.id) for article in ARTICLES] == list(ARTICLES)
    assert engine.article("gone") is None
    assert len(engine) == len(ARTICLES)


def test_values_have_labels_and_counts(engine):
    assert [(one.value, one.label, one.articles) for one in engine.values("country")] == [
        ("AZ", "Azerbaijan", 2),
        ("GE", "Georgia", 1),
        ("RS", "Serbia", 1),
    ]


def test_values_are_known_by_the_names_they_are_typed_by(engine):
    assert [one.value for one in engine.names("country").called("azerbaijan")] == ["AZ"]
    assert [one.value for one in engine.names("person").with_words("gasic")] == ["Bratislav Gašić"]


@pytest.mark.parametrize("article_id", ["a/../b", " ", "ü\u0000%2F?#", "x" * 5000, "\ud800", "北京", "-~\\"])
def test_ids_may_hold_any_character(archive, article_id):
    archive.write([Article(article_id, "T", "word")])
    assert ids(archive.engine, Query("word")) == [article_id]
    assert archive.engine.article(article_id).id == article_id
    archive.write(deleted=[article_id])
    assert len(archive.engine) == 0


def test_an_article_takes_the_place_of_the_one_with_its_id(archive):
    archive.write([Article("a", "", "old"), Article("b", "", "old")])
    archive.write([Article("a", "", "new")])
    assert ids(archive.engine, Query("old")) == ["b"]
    assert ids(archive.engine, Query("new")) == ["a"]


def test_the_last_of_several_changes_in_one_batch_holds(archive):
    with archive.engine.writer() as writer:
        writer.add(Article("a", "", "first"))
        writer.add(Article("a", "", "second"))
        writer.add(Article("b", "", "second"))
        writer.delete("b")
        writer.delete("never there")
    archive.reopen()
    assert ids(archive.engine, Query("first OR second")) == ["a"]
    assert counts(archive.engine, Query(""), "country") == {None: 1}


def test_articles_prepared_in_another_process_are_as_if_added(archive):
    """Those that are not to be kept stay out; of several of one id, before or within, the last holds."""
    archive.write([Article("a", "", "committed"), Article("z", "", "committed")])
    texts = (("a", "first"), ("b", "dropped"), ("c", "early"), ("c", "late"), ("a", "dropped"))
    keep = [True, False, True, True, False]
    with archive.engine.writer() as writer:
        writer.add(Article("d", "", "added"))
        prepare = pickle.loads(pickle.dumps(writer.prepare))
        batch = pickle.loads(pickle.dumps(prepare([Article(key, "", text) for key, text in texts])))
        assert len(batch) == 5
        writer.add_batch(batch, keep=keep)
        writer.add_batch(prepare([Article("d", "", "added again")]))
    archive.reopen()
    hits = answer(archive.engine, Query("")).hits
    assert sorted(hit.article.id for hit in hits) == ["a", "c", "d", "z"]
    bodies = {key: archive.engine.article(key).body for key in "acdz"}
    assert bodies == {"a": "first", "c": "late", "d": "added again", "z": "committed"}
    assert ids(archive.engine, Query("dropped OR early")) == []


def test_as_many_are_kept_as_there_are_articles(archive):
    writer = archive.engine.writer()
    with pytest.raises(ValueError, match="zip"), writer:
        writer.add_batch(writer.prepare([Article("a", "", "word")]), keep=[True, False])
    archive.reopen()
    assert len(archive.engine) == 0


def test_an_error_in_a_batch_undoes_all_of_it(archive):
    archive.write([Article("a", "", "old")])
    writer = archive.engine.writer()
    with suppress(RuntimeError), writer:
        writer.delete("a")
        writer.add(Article("b", "", "new"))
        raise RuntimeError
    archive.reopen()
    assert ids(archive.engine, Query("")) == ["a"]
    archive.write([Article("c", "", "new")])  # and the next batch may be written
    assert ids(archive.engine, Query("new")) == ["c"]


@pytest.mark.parametrize("end", ["commit", "cancel"])
def test_a_writer_serves_once(archive, end):
    """What is added after its end is refused when it is to be seen."""
    writer = archive.engine.writer()
    getattr(writer, end)()
    writer.add(Article("a", "", "word"))
    with pytest.raises(SearchError, match="open another one"):
        writer.commit()
    writer.cancel()
    archive.reopen()
    assert len(archive.engine) == 0
    archive.write([Article("c", "", "word")])
    assert ids(archive.engine, Query("word")) == ["c"]


def test_threads_get_the_same_answers(engine):
    asked = [Query(text) for text in ("oil", "h*", '"colonel general"', "-wheat", "person:hasanov")] * 8
    plain = [(page.total, page.hits, page.facets) for page in (answer(engine, query) for query in asked)]
    with ThreadPoolExecutor(8) as pool:
        shared = list(pool.map(lambda query: answer(engine, query), asked))
    assert [(page.total, page.hits, page.facets) for page in shared] == plain


def test_an_empty_archive_answers(archive):
    page = answer(archive.engine, Query("oil OR pri* OR x~1 -wheat"))
    assert (page.total, page.hits) == (0, ())
    assert archive.engine.values("country") in ([], ())
    assert archive.engine.article("a") is None


def test_the_dates_of_an_archive_without_any_are_missing(archive):
    """For few articles of many, too: engines may count these in another way."""
    archive.write([Article(str(at), "Talks", "oil" if at == 7 else "wheat") for at in range(40)])
    for text, count in (("oil", 1), ("wheat", 39), ("", 40)):
        [dates] = [one for one in answer(archive.engine, Query(text)).facets if one.field == "date"]
        assert [(one.value, one.count) for one in dates.values] == [(None, count)]


def test_a_picked_country_that_no_article_has_any_more_has_no_name(archive):
    archive.write([Article("a", "", "oil", countries=(GE,)), Article("b", "", "oil", countries=(AZ,))])
    archive.write(deleted=["a"])
    page = answer(archive.engine, Query("oil", filters=(Filter("country", "GE"),)))
    [countries] = [one for one in page.facets if one.field == "country"]
    assert [(one.value, one.label, one.count) for one in countries.values] == [
        ("GE", "GE", 0),
        ("AZ", "Azerbaijan", 1),
    ]


@pytest.mark.parametrize(
    ("leaf", "most", "found"),
    [
        pytest.param(Pattern("pa*"), 2, [("pact", 2), ("paid", 1)], id="by-frequency"),
        pytest.param(Near("pricez", 1), 5, [("prices", 2)], id="near"),
        pytest.param(Near("prices", 2), 5, [("prices", 2)], id="itself"),
        pytest.param(Pattern("x*"), 5, [], id="none"),
    ],
)
def test_words_of_a_leaf(engine, leaf, most, found):
    assert list(engine.words(leaf, most)) == found


def test_values_by_the_beginnings_of_their_words(engine):
    assert [(one.value, one.articles) for one in engine.beginning("person", "has za", 5)] == [
        ("Zakir Hasanov", 2)
    ]
    assert [one.value for one in engine.beginning("country", "A", 5)] == ["AZ"]
