"""The memory engine's own: what is asked is the archive as it is now."""

from search.domain import Article, Query
from search.engines.memory import MemoryEngine
from search.parse import parse
from search.plan import Planner


def test_an_article_deleted_before_it_is_listed_is_left_out():
    engine = MemoryEngine([Article("a", "", "word"), Article("b", "", "word")])
    plan = Planner(engine.names).plan(parse("word").tree, Query("word"))
    found = engine.run(plan)
    with engine.writer() as writer:
        writer.delete("a")
    assert found.total == 2
    assert [hit.article.id for hit in engine.hits(plan, found)] == ["b"]
