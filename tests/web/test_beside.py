"""What stands beside an opened article."""

import pytest

from search.domain import Article, PersonTag, Query
from search.engines.memory import MemoryEngine
from search.run import answer
from web.beside import ALIKE, beside, compared
from web.differing import WORDS
from web.links import Links

HOLM = (PersonTag("Vera Holm", ("mentioned",)),)


@pytest.fixture
def ask():
    """Answers over ten articles on ferries, of which two are one story, and one on bread."""
    engine = MemoryEngine()
    with engine.writer() as writer:
        for number in range(10):
            story = "same" if number in (3, 7) else f"s{number}"
            body = "ferry " * (20 - number)
            writer.add(
                Article(f"f{number}", f"Ferry {number}", body, people=HOLM, story=story, outlet="Wire")
            )
        writer.add(Article("bread", "Bread", "bread and butter", story="b"))
    return lambda query: answer(engine, query)


def opened(ask, article_id, query):
    title = "Ferry" if article_id != "bread" else "Bread"
    people = HOLM if title == "Ferry" else ()
    story = "same" if article_id in ("f3", "f7") else article_id
    return beside(Article(article_id, title, "", people=people, story=story), query, Links(), ask)


@pytest.mark.parametrize("size", [1, 3, 10])
def test_every_hit_leads_to_the_ones_beside_it(ask, size):
    whole = [hit.article.id for hit in ask(Query("ferry", size=20)).hits]
    for at, article_id in enumerate(whole):
        found = opened(ask, article_id, Query("ferry", page=at // size + 1, size=size))
        assert found.place == f"Hit {at + 1} of 10"
        before = found.before.href if found.before else ""
        after = found.after.href if found.after else ""
        assert before.startswith(f"/article/{whole[at - 1]}?") if at else before == ""
        assert after.startswith(f"/article/{whole[at + 1]}?") if at < 9 else after == ""


@pytest.mark.parametrize(
    "query",
    [
        pytest.param(Query(), id="of-no-search"),
        pytest.param(Query("bread"), id="not-among-its-hits"),
        pytest.param(Query('"ferry'), id="unreadable"),
    ],
)
def test_an_article_of_no_hit_has_no_neighbours(ask, query):
    found = opened(ask, "f1", query)
    assert (found.before, found.after, found.place) == (None, None, "")


def test_copies_and_others_alike_are_listed_apart(ask):
    found = opened(ask, "f3", Query())
    assert [link.label for link, _ in found.copies] == ["Ferry 7 (Wire, Undated)"]
    assert len(found.alike) == ALIKE
    assert not {"/article/f3", "/article/f7"} & {link.href for link in found.alike}
    assert opened(ask, "bread", Query()).alike == ()


def test_words_of_a_title_are_no_query_language(ask):
    article = Article("x", 'NOT (ferry* OR "bread" -~ country:', "", story="x")
    assert "/article/bread" in {link.href for link in beside(article, Query(), Links(), ask).alike}


def test_each_copy_is_compared_or_no_longer():
    engine = MemoryEngine([Article("a b", "One", "x", story="s"), Article("c/d", "Two", "x", story="s")])
    article, query = engine.article("a b"), Query("x")

    def links(copy, show=""):
        held = beside(article, query, Links(), lambda query: answer(engine, query), copy=copy, show=show)
        ((_, link),) = held.copies
        return link

    assert (links("").href, links("").current) == ("/article/a%20b?copy=c%2Fd&q=x", False)
    assert (links("c/d").href, links("c/d").current) == ("/article/a%20b?q=x", True)
    assert links("").name == "What differs: Two (Undated)"
    assert links("", "country:PE").href == "/article/a%20b?show=country%3APE&copy=c%2Fd&q=x"
    assert links("c/d", "country:PE").href == "/article/a%20b?show=country%3APE&q=x"


LONG = "word " * WORDS
ARCHIVE = {
    one.id: one
    for one in (
        Article("a", "Ferry sails", f"one two {LONG}", story="s"),
        Article("copy", "Ferry sails", f"one three {LONG}", story="s", outlet="Wire"),
        Article("same", "Ferry  sails", f"one\ntwo {LONG}", story="s"),
        Article("other", "Bread", "one two", story="b"),
        Article("lone", "Bread", "one two"),
        Article("alone", "Bread", "one two"),
    )
}
CUT = "Only the beginnings are compared: 3,000 words or 60,000 characters of each."


def told(article_id, copy):
    return compared(ARCHIVE[article_id], copy, Query("ferry"), Links(), ARCHIVE.get)


def test_a_copy_is_compared():
    found = told("a", "copy")
    assert (found.label, found.href) == ("Ferry sails (Wire, Undated)", "/article/copy?q=ferry")
    assert (found.close, found.places) == ("/article/a?q=ferry", "1 place with other words")
    assert [name for name, _ in found.parts] == ["Text"]
    assert found.notes == (CUT,)


def test_white_space_is_no_difference():
    found = told("a", "same")
    assert (found.places, found.parts) == ("Title and text are the same, word for word.", ())


@pytest.mark.parametrize(
    ("article_id", "copy", "note"),
    [
        pytest.param("a", "gone", "There is no article “gone” to compare with.", id="unknown"),
        pytest.param("a", "<b>" * 99, f"There is no article “{'<b>' * 26}<b…” to", id="long"),
        pytest.param("a", "other", "“Bread (Undated)” is no copy of this article", id="unrelated"),
        pytest.param("lone", "alone", "“Bread (Undated)” is no copy of this article", id="of-no-story"),
        pytest.param("a", "a", "This article cannot be compared with itself", id="itself"),
    ],
)
def test_what_is_no_copy_gets_a_note(article_id, copy, note):
    found = told(article_id, copy)
    assert found.notes[0].startswith(note)
    assert (found.href, found.parts) == ("", ())


def test_nothing_is_compared_unasked():
    assert told("a", "") is None
