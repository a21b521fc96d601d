"""Hits marked by what the index knows of words: as they are marked by reading their texts."""

import random

import pytest
from made_segments import WORDS, live_articles, made_snapshot, random_articles

from search.domain import Article, Query
from search.engines.whoosh.leaves import Leaves
from search.engines.whoosh.marking import Marker
from search.errors import QueryError
from search.hits import hit
from search.names import Names
from search.parse import parse
from search.plan import Plan, Planner


def plan_of(text: str) -> Plan:
    return Planner(lambda _: Names(())).plan(parse(text).tree, Query(text))


def marker(snapshot, text: str, *, expansions: int = 1_024) -> Marker:
    return Marker(snapshot, Leaves(snapshot, expansions), plan_of(text), "en")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("oil", ["Oil", "oil", "oil"], id="stem"),
        pytest.param('"oil prices"', ["oil prices"], id="phrase"),
        pytest.param('"prices oil"~3', ["prices; Oil", "oil", "oil prices"], id="words-near-each-other"),
        pytest.param("coop*", ["co-op"], id="joined-word"),
        pytest.param("co", ["co"], id="part"),
        pytest.param("=Oil", ["Oil"], id="exact-word-is-read"),
        pytest.param("title:oil", [], id="word-of-titles"),
        pytest.param("oil -prices", ["Oil", "oil", "oil"], id="excluded-word"),
        pytest.param("gas", [], id="absent"),
    ],
)
def test_what_is_marked_in_a_body(tmp_path, text, shown):
    body = "The co-op sees prices; Oil, and then again oil. The oil prices"
    snapshot = made_snapshot(tmp_path, [[Article("a", "", body)]], [()])
    [found] = marker(snapshot, text).hits([(0, 1.0)], [0])
    assert [found.snippet.text[start:end] for start, end in found.snippet.marks] == shown


def random_text(rng: random.Random) -> str:
    word, other = rng.choice(WORDS), rng.choice(WORDS)
    shapes = (
        word,
        f"={word}",
        f'"{word} {other}"',
        f'"{word} {other} {word}"~{rng.randint(1, 9)}',
        f"{word[0]}*",
    )
    return rng.choice((*shapes, f"{word} OR {other}", f"title:({word} {other})", f"{word}~1"))


@pytest.mark.parametrize("expansions", [1_024, 1], ids=["every-spelling", "more-spellings-than-searched"])
def test_marks_are_those_of_the_text(tmp_path, expansions):
    """Over several segments, in any order of hits, whether the index knows the places or not."""
    rng = random.Random(8)
    batches = [random_articles(rng, 12) for _ in range(3)]
    deleted = [(1, 5), (), (0,)]
    snapshot = made_snapshot(tmp_path, batches, deleted)
    live = live_articles(batches, deleted)
    marks = 0
    for _ in range(150):
        text = random_text(rng)
        try:
            plan = plan_of(text)
        except QueryError:  # there are no words in it
            continue
        ranking = [(number, rng.random()) for number in rng.sample(sorted(live), rng.randint(0, 8))]
        copies = [rng.randint(0, 3) for _ in ranking]
        expected = [
            hit(live[number], plan, score=score, copies=held)
            for (number, score), held in zip(ranking, copies, strict=True)
        ]
        found = marker(snapshot, text, expansions=expansions).hits(ranking, copies)
        assert [(one.passages, one.title_marks, one.score, one.copies) for one in found] == [
            (one.passages, one.title_marks, one.score, one.copies) for one in expected
        ], text
        assert [one.article.id for one in found] == [live[number].id for number, _ in ranking]
        marks += sum(len(one.snippet.marks) for one in found)
    assert marks > 100


def test_as_many_copies_are_told_as_there_are_hits(tmp_path):
    snapshot = made_snapshot(tmp_path, [[Article("a", "", "oil")]], [()])
    with pytest.raises(ValueError, match="zip"):
        marker(snapshot, "oil").hits([(0, 1.0)], [])
