"""However an index came about, and whoever asks, it answers as the plain engine does."""

import random
import string
import threading
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

import pytest
from random_archive import COUNTRIES, WORDS, random_article, random_query

from search.domain import Article, CountryTag, PersonTag, Query
from search.engines.memory import MemoryEngine
from search.engines.whoosh import sources
from search.engines.whoosh.codec import ArrayWriter
from search.engines.whoosh.index import WhooshEngine, create
from search.errors import QueryError
from search.parse import parse
from search.run import answer

_ODD = (
    "I a A i é 𝒪il 🛢 \ud800 \udfffoil x\udc00y O'Brien's O’Brien co-op-er-ation U.S.A. U.S - '' o' 'tis "
    "rock'n'roll oil-\u0301 ﬁnance ǅungla İstanbul ı ΑΣ Maß MASS 1.000.000 ½ x² \u200b a\u00adb \x00 ก็ 東京"
)
QUERIES = 60
ODD = (*_ODD.split(" "), "oil" * 90)


def odd_article(rng: random.Random, article_id: str) -> Article:
    """Return a random article with odd words, many of one word, or no text at all."""
    article = random_article(rng, article_id)
    shape = rng.random()
    if shape < 0.1:
        return replace(article, title="", body="")
    if shape < 0.2:
        return replace(article, body="oil " * rng.choice((254, 255, 256, 300)) + article.body)
    if shape < 0.25:
        people = tuple(
            PersonTag(f"P{at} {rng.choice(string.ascii_letters)}", ("quoted",)) for at in range(300)
        )
        return replace(article, people=people)
    if shape < 0.6:
        words = rng.choices((*ODD, *WORDS), k=rng.randint(1, 30))
        return replace(article, body=rng.choice(" \n-'").join(words), title=" ".join(rng.choices(ODD, k=3)))
    return article


def odd_query(rng: random.Random) -> Query:
    """Return a random query, now and then for an odd word."""
    query = random_query(rng)
    if rng.random() < 0.7:
        return query
    word, other = rng.choice(ODD), rng.choice((*ODD, *WORDS))
    text = rng.choice(
        (f'"{word}"', f'="{word}"', f'"{word} {other}"', f'"{word} {other}"~3', f'title:"{word}"')
    )
    try:
        parse(text)
    except QueryError:  # there are no words in it
        return query
    return replace(query, text=text)


def page_of(engine, query: Query) -> tuple[object, ...]:
    """Return all that a page says of a query but its time; scores as they are, bit for bit."""
    page = answer(engine, query)
    shown = [(hit.article, hit.score, hit.snippet, hit.title_marks, hit.copies) for hit in page.hits]
    return page.total, shown, page.facets, page.notes


def engines(
    rng: random.Random, folder: Path, *, merging: float, commits: int = 4
) -> tuple[WhooshEngine, MemoryEngine]:
    """Return both engines after the same commits of additions, replacements and deletions."""
    whoosh, memory = create(folder), MemoryEngine()
    for _ in range(commits):
        writers = whoosh.writer(), memory.writer()
        for _ in range(40):
            article_id = f"{rng.randint(0, 90)}{rng.choice(('', '', 'é', '𝒪', chr(0), chr(0xD800)))}"
            article = odd_article(rng, article_id) if rng.random() < 0.8 else None
            for writer in writers:
                writer.delete(article_id) if article is None else writer.add(article)
        writers[0].commit(merge=rng.random() < merging)
        writers[1].commit()
        whoosh = whoosh.reopened()
    return whoosh, memory


@pytest.mark.parametrize(
    ("seed", "memory_bytes", "postings", "merging"),
    [
        pytest.param(1, 1 << 28, 1 << 22, 0.0, id="many-segments"),
        pytest.param(2, 1 << 28, 1 << 22, 0.5, id="merges"),
        pytest.param(3, 60_000, 1 << 22, 0.3, id="spills-and-rolled-segments"),
        pytest.param(4, 9_000, 50, 0.5, id="tiny-memory-and-tiny-ranges"),
    ],
)
def test_answers_agree_however_the_index_was_written(
    tmp_path, monkeypatch, seed, memory_bytes, postings, merging
):
    monkeypatch.setattr(ArrayWriter.__init__, "__kwdefaults__", {"memory_bytes": memory_bytes})
    monkeypatch.setattr(sources, "RANGE", postings)
    monkeypatch.setattr("search.engines.whoosh.index.BATCH", 7)
    rng = random.Random(seed)
    whoosh, memory = engines(rng, tmp_path / "index", merging=merging)
    whoosh.verify()
    assert len(whoosh) == len(memory) > 40
    found = 0
    for _ in range(QUERIES):
        query = odd_query(rng)
        plain = page_of(memory, query)
        assert page_of(whoosh, query) == plain, query
        found += bool(plain[0])
    assert found > QUERIES / 4  # most of what is asked must find something, or nothing is compared
    for article in whoosh.articles():
        assert memory.article(article.id) == article
    for field in ("country", "person", "outlet", "story"):
        assert tuple(whoosh.values(field)) == tuple(memory.values(field))


def test_a_very_long_article_and_very_many_of_one_word(tmp_path):
    """Positions wider than 16 bits, counts wider than a byte; after a merge, too."""
    rng = random.Random(5)
    words = [f"w{at}" for at in range(500)]
    long = " ".join(rng.choices((*words, "oil", "wheat", "general's", "co-operation"), k=70_000))
    articles = [
        Article("long", "Oil", long + " the very end"),
        Article("title", "wheat " * 300, "short"),
        Article("many", "", "oil " * 2_000),
        Article("short", "oil", "the very end of oil"),
    ]
    whoosh, memory = create(tmp_path / "index"), MemoryEngine()
    for article in articles:
        for engine in (whoosh, memory):
            with engine.writer() as writer:
                writer.add(article)
        whoosh = whoosh.reopened()
    whoosh.writer().commit(merge=True)
    for text in ('"the very end"', "oil", "wheat end", '"co operation"', "title:wheat", "cooperation -the"):
        plain = page_of(memory, Query(text))
        assert page_of(whoosh, Query(text)) == page_of(whoosh.reopened(), Query(text)) == plain, text


@pytest.fixture(scope="module")
def asked() -> list[Query]:
    rng = random.Random(8)
    return [odd_query(rng) for _ in range(40)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """An index of several segments with deleted articles."""
    whoosh, _ = engines(random.Random(8), tmp_path_factory.mktemp("threads") / "index", merging=0.0)
    return whoosh.folder


def test_sixteen_threads_get_the_answers_of_one(folder, asked):
    """From the very first question on, when what is read is checked and what is joined is made."""
    plain = [page_of(WhooshEngine(folder, kept_answers=0), query) for query in asked]
    for _ in range(2):
        engine, start = WhooshEngine(folder, kept_answers=0), threading.Barrier(16)

        def ask(thread, engine=engine, start=start):
            order = random.Random(thread).sample(range(len(asked)), len(asked))
            start.wait()
            return {at: page_of(engine, asked[at]) for at in order}

        with ThreadPoolExecutor(16) as pool:
            for given in pool.map(ask, range(16)):
                assert [given[at] for at in range(len(asked))] == plain


_SHARED: list[WhooshEngine] = []


def _in_a_worker(query: Query) -> object:
    return page_of(_SHARED[0], query)


@pytest.mark.parametrize("warm", [False, True])
def test_two_forked_workers_get_the_answers_of_one(folder, asked, warm):
    """They look into the maps that their parent opened."""
    plain = [page_of(WhooshEngine(folder, kept_answers=0), query) for query in asked]
    _SHARED[:] = [WhooshEngine(folder, kept_answers=0)]
    if warm:
        _SHARED[0].warm()
    with (
        ProcessPoolExecutor(2, mp_context=get_context("fork")) as one,
        ProcessPoolExecutor(2, mp_context=get_context("fork")) as other,
    ):
        for pool in (one, other):
            assert list(pool.map(_in_a_worker, asked, chunksize=4)) == plain


def test_values_with_any_roles_are_counted_after_a_merge(tmp_path):
    engine, memory = create(tmp_path / "index"), MemoryEngine()
    for at in range(6):
        code, name = COUNTRIES[at % 4]
        article = Article(
            str(at), "", "word", countries=(CountryTag(code, name, ("about", "mentioned")[: 1 + at % 2]),)
        )
        for one in (engine, memory):
            with one.writer() as writer:
                writer.add(article)
                writer.delete(str(at - 3))
        engine = engine.reopened()
    engine.writer().commit(merge=True)
    assert page_of(engine.reopened(), Query("word")) == page_of(memory, Query("word"))
