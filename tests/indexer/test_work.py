"""Chunks of sources to articles that are ready to be written: in order, and each alone to blame."""

import random

import pytest

from indexer import work
from indexer.source import Refusal, Source
from indexer.work import Job, Ready, in_chunks, prepared, worked
from search.domain import Article
from search.engine import Writer
from search.engines.whoosh.index import WhooshWriter
from search.record import digest


def source(number: int, text: str = "word") -> Source:
    return Source(f"rows:{number}", "record", text, id=str(number))


@pytest.mark.parametrize(
    ("sizes", "chunks"),
    [
        pytest.param([], [], id="nothing"),
        pytest.param([1, 1, 1, 1, 1], [3, 2], id="by-number"),
        pytest.param([60, 60, 1, 1], [2, 2], id="by-characters"),
        pytest.param([500, 1, 500], [1, 2], id="one-alone-is-too-long"),
    ],
)
def test_chunks_are_bound_by_number_and_by_characters(monkeypatch, sizes, chunks):
    monkeypatch.setattr(work, "CHUNK", 3)
    monkeypatch.setattr(work, "CHUNK_CHARS", 100)
    found = list(in_chunks(source(number, "x" * size) for number, size in enumerate(sizes)))
    assert [len(chunk) for chunk in found] == chunks
    assert [one.id for chunk in found for one in chunk] == [str(number) for number in range(len(sizes))]


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("prepare", [Writer.prepare, WhooshWriter.prepare], ids=["plain", "whoosh"])
def test_outcomes_and_batches_keep_the_order_of_the_sources(monkeypatch, workers, prepare):
    monkeypatch.setattr(work, "CHUNK", 7)
    sources = [
        Source(f"rows:{number}", "text", "" if number % 10 == 4 else f"T\n\nword {number}", id=str(number))
        for number in range(100)
    ]
    chunks = list(worked(iter(sources), Job(prepare), workers=workers))
    outcomes = [one for chunk in chunks for one in chunk.outcomes]
    assert [one.origin for one in outcomes] == [f"rows:{number}" for number in range(100)]
    ready = [one.id for one in outcomes if isinstance(one, Ready)]
    assert ready == [str(number) for number in range(100) if number % 10 != 4]
    held = [batch for chunk in chunks for batch in chunk.batches]
    assert sum(len(batch) for batch in held) == len(ready)
    if prepare is WhooshWriter.prepare:
        assert [one for batch in held for one in batch.ids] == ready


def test_each_article_that_breaks_a_batch_is_refused_and_no_other():
    """For any articles that break, the rest goes into batches, in order."""

    def prepare(articles):
        if any(one.body == "trap" for one in articles):
            raise RecursionError("too deep")
        return tuple(articles)

    rng = random.Random(5)
    for _ in range(50):
        bodies = [rng.choice(("trap", "good", "good", "good")) for _ in range(rng.randint(0, 20))]
        articles = [Article(str(at), "", body, origin=f"o{at}") for at, body in enumerate(bodies)]
        batches, refused = prepared(articles, prepare)
        assert [one for batch in batches for one in batch] == [one for one in articles if one.body == "good"]
        assert [one is not None for one in refused] == [body == "trap" for body in bodies]
        assert all(
            one == Refusal(article.origin, "analysis failed: RecursionError: too deep")
            for one, article in zip(refused, articles, strict=True)
            if one
        )


def test_an_article_is_the_same_wherever_it_was_read():
    one = Article("a", "title", "body", origin="here")
    assert digest(one) == digest(Article("a", "title", "body", origin="there"))
    assert digest(one) != digest(Article("a", "title", "body.", origin="here"))
    assert len(digest(one)) == 16
