"""The whoosh engine answers as the memory engine does: thousands of random questions."""

import random
from pathlib import Path

import pytest
from random_archive import random_article, random_query

from search.aliases import Alias
from search.engines.memory import MemoryEngine
from search.engines.whoosh.index import WhooshEngine, create
from search.explain import Part
from search.run import answer, explain

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
    found = several = told = 0
    for _ in range(QUERIES):
        query, values = random_query(rng), rng.choice((0, 1, 2, 50))
        ours, plain = (answer(engine, query, values=values) for engine in (whoosh, memory))
        assert ours.total == plain.total, query
        assert ours.facets == plain.facets, query
        assert [shown(hit) for hit in ours.hits] == [shown(hit) for hit in plain.hits], query
        assert [hit.score for hit in ours.hits] == [hit.score for hit in plain.hits], query  # to the last bit
        assert ours.notes == plain.notes, query
        found += bool(plain.total)
        several += any(len(hit.passages) > 1 for hit in plain.hits)
        told += any(one.told for hit in plain.hits for one in hit.passages)
    assert min(several, told) > QUERIES / 40
    assert found > QUERIES / 3  # most of what is asked must find something, or nothing is compared


@pytest.mark.parametrize("seed", [6, 7])
def test_explanations_agree_and_add_up_to_the_score(seed, tmp_path):
    """To the last bit, over several segments with deleted articles; of articles that do not match too."""
    rng = random.Random(seed)
    whoosh, memory = random_engines(rng, tmp_path / "index")
    explained = unmatched = 0
    for _ in range(QUERIES // 4):
        query = random_query(rng)
        hits = {hit.article.id: hit.score for hit in answer(memory, query, values=0).hits}
        ids = [*hits, *(str(rng.randint(0, 70)) for _ in range(2)), "not there"]
        ours, plain = (explain(engine, query, ids) for engine in (whoosh, memory))
        assert ours == plain, query
        assert plain[-1] is None
        assert [one.score for one in plain[: len(hits)]] == list(hits.values()), query
        assert all(one.matches for one in plain[: len(hits)])
        assert all(adds_up(one.part) for one in plain if one)
        explained += len(hits)
        unmatched += sum(not one.matches and one.score == 0 for one in plain if one)
    assert min(explained, unmatched) > 100


def adds_up(part: Part) -> bool:
    """Return whether a part's score is made of its parts by its rule, and theirs of theirs."""
    scores = [one.score for one in part.parts]
    if not all(map(adds_up, part.parts)):
        return False
    if part.rule == "word":
        return part.score == part.weight * part.saturated
    total = 0.0
    for score in scores:
        total += score
    return part.score == (max(scores) if part.rule == "best" else total)


@pytest.mark.parametrize("seed", [4, 5])
def test_names_that_stand_for_others_agree(seed, tmp_path):
    """With several segments and deletions, after more of both, and when the table changes or goes."""
    rng = random.Random(seed)
    whoosh, memory = random_engines(rng, tmp_path / "index")
    tables = (
        {"Bratislav Gašić": Alias("Zakir Hasanov", "same as Zakir Hasanov: a test")},
        {
            "-dash": Alias("Nobody Known", "rule"),
            "~none": Alias("Nobody Known", "rule"),
            "Not There": Alias("x", "y"),
        },
        {},
    )
    for table in tables:
        own = [one.value for one in memory.values("story")]
        stories = {name: Alias(own[0], "near") for name in (*own[1:3], "not there")} if table else {}
        for engine in (whoosh, memory):
            engine.alias(table, stories=stories)
        whoosh = whoosh.reopened()
        assert [tuple(one) for one in whoosh.values("person")] == [
            tuple(one) for one in memory.values("person")
        ]
        assert {one.value for one in memory.values("person")}.isdisjoint(table)
        assert list(whoosh.values("story")) == list(memory.values("story"))
        assert {one.value for one in memory.values("story")}.isdisjoint(stories)
        for name in table:
            assert whoosh.names("person").called(name) == memory.names("person").called(name)
        for _ in range(QUERIES // 3):
            query = random_query(rng)
            ours, plain = answer(whoosh, query), answer(memory, query)
            assert (ours.total, ours.facets) == (plain.total, plain.facets), query
            assert [shown(hit) for hit in ours.hits] == [shown(hit) for hit in plain.hits], query
            for hit in plain.hits:
                assert whoosh.article(hit.article.id) == memory.article(hit.article.id)
        with whoosh.writer() as one, memory.writer() as other:
            added = random_article(rng, "late")
            one.add(added)
            other.add(added)
        whoosh = whoosh.reopened()


def shown(hit):
    return hit.article, hit.passages, hit.title_marks, hit.copies, hit.folded
