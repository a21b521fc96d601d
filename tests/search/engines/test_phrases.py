"""Words that stand together: over arrays, against `search.sequence` article by article."""

import random
from collections import defaultdict
from itertools import pairwise

import numpy as np
import pytest
from made_segments import Occurrences, inverted, made_snapshot, random_articles

from search import sequence
from search.domain import Article
from search.engines.whoosh import phrases
from search.engines.whoosh.lexicon import next_mark
from search.engines.whoosh.phrases import (
    STRIDE,
    distinct_keys,
    grouped,
    in_order,
    in_order_of_keys,
    near,
    shared_articles,
    slot_counts,
    standing,
)
from search.nodes import Term
from search.tokens import tokens


def plain_counts(places: Occurrences, phrase, found=None) -> dict[int, int]:
    """Return for each article that has every word in how many places `found` finds them (else `in_order`)."""
    found = found or (lambda own: sequence.in_order(own, phrase))
    shared = sorted(set.intersection(*({*places[word]} for word in phrase)))
    counts = {at: len(found({word: places[word][at] for word in set(phrase)})) for at in shared}
    return {at: count for at, count in counts.items() if count}


def random_places(rng: random.Random) -> dict[int, list[int]]:
    """Return positions of a word in some articles."""
    articles = sorted(rng.sample(range(9), rng.randint(1, 9)))
    return {at: sorted(rng.sample(range(30), rng.randint(1, 12))) for at in articles}


def keys_of(places: dict[int, list[int]]):
    return np.array([at * int(STRIDE) + one for at, held in places.items() for one in held], dtype=np.int64)


def told(found) -> dict[int, int]:
    """Return what was found as a dictionary, its articles ascending."""
    articles, counts = (one.tolist() for one in found)
    assert articles == sorted(set(articles))
    return dict(zip(articles, counts, strict=True))


@pytest.mark.parametrize("title", [False, True], ids=["bodies", "titles"])
def test_words_in_order_are_found_as_in_a_plain_list(tmp_path, title):
    """Also where a joined word begins, of which the byte beside a word cannot tell."""
    rng = random.Random(1)
    articles = random_articles(rng, 60)
    snapshot = made_snapshot(tmp_path, [articles], [()])
    part = snapshot.parts[0]
    texts = [(at, one.title if title else one.body) for at, one in enumerate(articles)]
    held = inverted(texts, "folded")
    cut = [[token.folded for token in tokens(text)] for _, text in texts]
    found = 0
    for _ in range(250):
        names = rng.choices(sorted(held), k=rng.randint(1, 3))
        if rng.random() < 0.6:  # words that stand together somewhere
            text = rng.choice([one for one in cut if one])
            start = rng.randrange(len(text))
            names = text[start : start + rng.randint(1, 4)]
        words = [standing(part, part.segment.terms["folded"].find(name), title=title) for name in names]
        expected = plain_counts(held, names)
        assert told(in_order(words, names)) == expected, names
        assert told(in_order_of_keys([word.keys() for word in words])) == expected, names
        found += len(names) > 1 and bool(expected)
    assert found > 70


def test_words_that_share_a_mark_are_told_apart(tmp_path):
    by_mark = defaultdict(list)
    for at in range(4_000):
        by_mark[next_mark(f"w{at}")].append(f"w{at}")
    words = [word for mates in by_mark.values() if len(mates) > 1 for word in mates]
    assert len(words) > 100
    rng = random.Random(2)
    articles = [Article(str(at), "", " ".join(rng.choices(words, k=900))) for at in range(3)]
    snapshot = made_snapshot(tmp_path, [articles], [()])
    part = snapshot.parts[0]
    terms = part.segment.terms["folded"]
    held = inverted([(at, one.body) for at, one in enumerate(articles)], "folded")
    alike = [(one, other) for one in words for other in words if next_mark(one) == next_mark(other)]
    text = articles[0].body.split()
    for first, second in pairwise(text):
        for other in (one for mate, one in alike if mate == second):
            stands = [standing(part, terms.find(name), title=False) for name in (first, other)]
            assert told(in_order(stands, (first, other))) == plain_counts(held, (first, other))


@pytest.mark.parametrize("block", [1, 20, phrases._BLOCK], ids=["article", "few-articles", "all-articles"])
def test_words_near_each_other_are_found_as_in_a_plain_list(monkeypatch, block):
    """However many places are looked at together."""
    monkeypatch.setattr(phrases, "_BLOCK", block)
    rng = random.Random(3)
    for _ in range(600):
        slots = [Term("folded", rng.choice("abc")) for _ in range(rng.randint(1, 4))]
        wanted, slop = slot_counts(slots), rng.choice((0, 1, 2, 3, 4, 5, 6, 25))
        places = {slot: random_places(rng) for slot in wanted}
        expected = plain_counts(
            places, slots, lambda own, wanted=wanted, slop=slop: sequence.near(own, wanted, slop)
        )
        keys = {slot: keys_of(held) for slot, held in places.items()}
        assert told(near(keys, wanted, len(slots) - 1 + slop)) == expected


def test_keys_of_shared_articles_are_those_of_all_articles_there(tmp_path):
    """Of a word in many more articles than are shared no others are read."""
    rng = random.Random(5)
    articles = random_articles(rng, 80)
    part = made_snapshot(tmp_path, [articles], [()]).parts[0]
    held = inverted([(at, one.body) for at, one in enumerate(articles)], "folded")
    terms = part.segment.terms["folded"]
    few = 0
    for _ in range(150):
        names = rng.sample(sorted(held), rng.randint(1, 4))
        words = [standing(part, terms.find(name), title=False) for name in names]
        shared = shared_articles([[word] for word in words]).tolist()
        assert set(shared) == set.intersection(*({*word.articles.tolist()} for word in words))
        for name, word in zip(names, words, strict=True):
            keys = word.keys(np.array(shared, dtype=np.uint32))
            own = {at: held[name].get(at, []) for at in word.articles.tolist()}
            if len(shared) * 2 < len(own):
                own = {at: own[at] for at in shared}
                few += 1
            assert keys.tolist() == keys_of(own).tolist()
    assert few > 20


def test_nothing_is_found_of_a_word_that_stands_nowhere(tmp_path):
    """A word of titles alone has an empty run among the bodies."""
    part = made_snapshot(tmp_path, [[Article("0", "price", "oil")]], [()]).parts[0]
    terms = part.segment.terms["folded"]
    words = [standing(part, terms.find(name), title=False) for name in ("oil", "price")]
    assert told(in_order(words, ("oil", "price"))) == {}
    assert told(in_order_of_keys([word.keys() for word in words])) == {}


def test_keys_of_several_words_are_joined_and_counted_by_article():
    rng = random.Random(4)
    for _ in range(100):
        words = [random_places(rng) for _ in range(rng.randint(1, 4))]
        union = sorted({(at, one) for places in words for at, held in places.items() for one in held})
        keys = distinct_keys([keys_of(places) for places in words])
        assert [divmod(key, int(STRIDE)) for key in keys.tolist()] == union
        assert told(grouped(keys // STRIDE)) == {
            at: sum(1 for article, _ in union if article == at) for at in sorted({at for at, _ in union})
        }
