"""The whoosh engine answers as the memory engine does: thousands of random questions."""

import random
from pathlib import Path

import pytest
from random_archive import random_article, random_query

from search.engines.memory import MemoryEngine
from search.engines.whoosh.index import WhooshEngine, create
from search.run import answer

QUERIES = 1_200


def random_engines(rng: random.Random, folder: Path) -> tuple[WhooshEngine, MemoryEngine]:
    """Return both engines after the same five batches of additions, replacements and deletions.

    The whoosh engine has several segments with deleted articles; now and then all are merged.
    """
    whoosh, memory = create(folder), MemoryEngine()
    for _ in range(5):
        writers = whoosh.writer(), memory.writer()
        for _ in range(25):
            article_id = str(rng.randint(0, 70))
            article = random_article(rng, article_id) if rng.random() < 0.75 else None
            for writer in writers:
                writer.delete(article_id) if article is None else writer.add(article)
        writers[0].commit(merge=rng.random() < 0.2)
        writers[1].commit()
        whoosh = whoosh.reopened()
    return whoosh, memory


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_sets_order_scores_counts_and_marks_agree(seed, tmp_path):
    rng = random.Random(seed)
    whoosh, memory = random_engines(rng, tmp_path / "index")
    assert len(whoosh) == len(memory) > 30
    found = 0
    for _ in range(QUERIES):
        query, values = random_query(rng), rng.choice((0, 1, 2, 50))
        ours, plain = (answer(engine, query, values=values) for engine in (whoosh, memory))
        assert ours.total == plain.total, query
        assert ours.facets == plain.facets, query
        assert [shown(hit) for hit in ours.hits] == [shown(hit) for hit in plain.hits], query
        assert [hit.score for hit in ours.hits] == [hit.score for hit in plain.hits], query  # to the last bit
        assert ours.notes == plain.notes, query
        found += bool(plain.total)
    assert found > QUERIES / 3  # most of what is asked must find something, or nothing is compared


def shown(hit):
    return hit.article, hit.snippet, hit.title_marks, hit.copies
