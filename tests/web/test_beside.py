"""What stands beside an opened article."""

import pytest

from search.domain import Article, PersonTag, Query
from search.engines.memory import MemoryEngine
from search.run import answer
from web.beside import ALIKE, beside
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
    assert [link.label for link in found.copies] == ["Ferry 7 (Wire, Undated)"]
    assert len(found.alike) == ALIKE
    assert not {"/article/f3", "/article/f7"} & {link.href for link in found.alike}
    assert opened(ask, "bread", Query()).alike == ()


def test_words_of_a_title_are_no_query_language(ask):
    article = Article("x", 'NOT (ferry* OR "bread" -~ country:', "", story="x")
    assert "/article/bread" in {link.href for link in beside(article, Query(), Links(), ask).alike}
