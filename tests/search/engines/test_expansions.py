"""What a wildcard or fuzzy word stands for, over the parts of an index."""

import random

import pytest
from made_segments import inverted, made_snapshot, random_articles

from search.domain import Article
from search.engines.whoosh.expansions import gathered, words_of
from search.expand import glob_regex, is_near
from search.nodes import Near, Pattern

LEAVES = (
    Pattern("*"),
    Pattern("p*"),
    Pattern("*s"),
    Pattern("?o*p"),
    Pattern("co*", title_only=True),
    Pattern("none*"),
    Near("price", 1),
    Near("coop", 2),
    Near("us", 1, title_only=True),
    Near("zzzzzz", 2),
)


def stands_for(leaf: Pattern | Near, word: str) -> bool:
    return is_near(word, leaf) if isinstance(leaf, Near) else bool(glob_regex(leaf.glob).fullmatch(word))


@pytest.fixture(scope="module", params=[1, 3], ids=["one-part", "three-parts"])
def archive(request, tmp_path_factory):
    """An index of so many parts, and the batches they hold."""
    rng = random.Random(request.param)
    batches = [random_articles(rng, 15) for _ in range(request.param)]
    folder = tmp_path_factory.mktemp("parts")
    return made_snapshot(folder, batches, [() for _ in batches]), batches


def plain_occurrences(batch, *, title: bool):
    return inverted([(at, one.title if title else one.body) for at, one in enumerate(batch)], "folded")


def words_by_part(snapshot, found) -> list[list[str]]:
    return [
        part.segment.terms["folded"].words(numbers)
        for part, numbers in zip(snapshot.parts, found.numbers, strict=True)
    ]


@pytest.mark.parametrize("leaf", LEAVES, ids=str)
def test_every_word_that_a_leaf_stands_for_is_found_in_each_part(archive, leaf):
    snapshot, batches = archive
    expected = []
    for batch in batches:
        held = set(plain_occurrences(batch, title=True))
        if not leaf.title_only:
            held |= set(plain_occurrences(batch, title=False))
        expected.append(sorted(word for word in held if stands_for(leaf, word)))
    found = words_of(snapshot, leaf, 1_000)
    assert (words_by_part(snapshot, found), found.note) == (expected, None)


@pytest.mark.parametrize("limit", [1, 5, 12])
def test_past_the_limit_the_most_frequent_of_the_whole_index_are_kept(archive, limit):
    snapshot, batches = archive
    counts: dict[str, int] = {}
    for batch in batches:
        for title in (True, False):
            for word, held in plain_occurrences(batch, title=title).items():
                counts[word] = counts.get(word, 0) + sum(map(len, held.values()))
    kept = set(sorted(counts, key=lambda word: (-counts[word], word))[:limit])
    found = words_of(snapshot, Pattern("*"), limit)
    assert set().union(*words_by_part(snapshot, found)) == kept
    for part, words in zip(snapshot.parts, words_by_part(snapshot, found), strict=True):
        assert words == sorted(word for word in kept if part.segment.terms["folded"].find(word) >= 0)
    assert f"stands for {len(counts)} words" in found.note


def test_words_that_no_part_has_too_many_of_are_too_many_together(tmp_path):
    bodies = ("co cop cope cope", "cobs cod code cod", "cog coin cold cold")
    batches = [[Article(str(at), "", body)] for at, body in enumerate(bodies)]
    snapshot = made_snapshot(tmp_path, batches, [(), (), ()])
    found = words_of(snapshot, Pattern("co*"), 4)
    assert words_by_part(snapshot, found) == [["co", "cope"], ["cod"], ["cold"]]
    assert "stands for 9 words" in found.note


@pytest.mark.parametrize("title", [False, True], ids=["bodies", "titles"])
def test_postings_are_gathered_word_after_word(archive, title):
    snapshot, batches = archive
    found = words_of(snapshot, Pattern("*"), 1_000)
    for part, numbers, batch in zip(snapshot.parts, found.numbers, batches, strict=True):
        own = plain_occurrences(batch, title=title)
        heading = {} if title else plain_occurrences(batch, title=True)
        expected = []
        for word in part.segment.terms["folded"].words(numbers):
            counts = {at: len(positions) for at, positions in own.get(word, {}).items()}
            expected += [(at, counts.get(at, 0)) for at in sorted({*counts, *heading.get(word, ())})]
        held = gathered(part, numbers, title=title)
        told = list(zip(held.articles.tolist(), held.counts.tolist(), strict=True))
        assert told == expected
        space = "folded.title" if title else "folded"
        assert [len(part.segment.words_at(space, place)) for place in held.places.tolist()] == [
            count for _, count in told
        ]
