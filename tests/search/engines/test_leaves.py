"""What leaves match and score: against the tokens of every article."""

import random
from collections.abc import Iterable

import numpy as np
import pytest
from made_segments import WORDS, live_articles, made_snapshot, random_articles

from search.domain import Article
from search.engines.whoosh.leaves import Counts, Leaves
from search.expand import glob_regex, is_near
from search.nodes import Near, Pattern, Term, TermSequence
from search.score import FUNCTION_WORD, OTHER_FORM, length_norm, saturated, word_weight
from search.sequence import in_order, near
from search.tokens import Token, tokens


def fits(leaf, token: Token) -> int:
    """Return how many of a token's own and joined form a leaf matches; both are one where they are alike."""
    form = leaf.form if isinstance(leaf, Term) else "folded"
    written = {getattr(one, form) for one in (token, token.joined) if one}
    if isinstance(leaf, Term):
        return int(leaf.text in written)
    if isinstance(leaf, Near):
        return sum(is_near(word, leaf) for word in written)
    return sum(glob_regex(leaf.glob).fullmatch(word) is not None for word in written)


def count(leaf, text: str) -> int:
    """Return how often a leaf stands in a text."""
    found = tokens(text)
    if not isinstance(leaf, TermSequence):
        return sum(fits(leaf, token) for token in found)
    places = {slot: [at for at, token in enumerate(found) if fits(slot, token)] for slot in leaf.slots}
    if leaf.slop:
        return len(near(places, {slot: leaf.slots.count(slot) for slot in places}, leaf.slop))
    return len(in_order(places, leaf.slots))


def counts(leaf, article: Article) -> tuple[int, int]:
    return count(leaf, article.title), 0 if leaf.title_only else count(leaf, article.body)


def counted(leaf, article: Article) -> tuple[float, ...]:
    """Return the counts in title and body, in which words of another form than the typed one are weakened."""
    every = counts(leaf, article)
    if not isinstance(leaf, Term) or not leaf.typed:
        return every
    typed = counts(Term("folded", leaf.typed, leaf.title_only), article)
    return tuple(same + OTHER_FORM * (both - same) for both, same in zip(every, typed, strict=True))


def scores(leaf, live: dict[int, Article], asked: Iterable[int]) -> list[float]:
    """Return the score of each asked article, added up article by article."""
    slots = leaf.slots if isinstance(leaf, TermSequence) else (leaf,)
    weight = sum(
        word_weight(len(live), sum(any(counts(slot, one)) for one in live.values())) for slot in slots
    )
    weight *= FUNCTION_WORD if isinstance(leaf, Term) and leaf.faint else 1
    lengths = {at: (len(tokens(one.title)), len(tokens(one.body))) for at, one in live.items()}
    averages = [sum(one[field] for one in lengths.values()) / len(live) for field in (0, 1)]
    found = []
    for at in asked:
        title, body = counted(leaf, live[at])
        norms = [length_norm(float(own), mean) for own, mean in zip(lengths[at], averages, strict=True)]
        found.append(weight * saturated(title / norms[0], body / norms[1]) if title or body else 0.0)
    return found


def random_leaf(rng: random.Random):
    one, other = (rng.choice(tokens(rng.choice(WORDS))) for _ in range(2))
    title = rng.random() < 0.3
    form = rng.choice(("stem", "folded", "exact"))
    slots = (Term("folded", one.folded, title), Term("folded", other.folded, title))
    return rng.choice(
        (
            Term(form, getattr(one, form), title),
            Term("stem", one.stem, title, typed=one.folded, faint=rng.random() < 0.3),
            Pattern(f"{one.folded[0]}*", title),
            Near(one.folded, rng.randint(1, 2), title),
            TermSequence(slots, 0, title),
            TermSequence((*slots, slots[0]), rng.randint(1, 9), title),
            TermSequence((slots[0], Pattern(f"{other.folded[0]}*", title)), rng.choice((0, 4)), title),
        )
    )


def test_leaves_agree_with_the_tokens_of_every_article(tmp_path):
    """Over several segments, some articles deleted."""
    rng = random.Random(12)
    batches, deleted = [random_articles(rng, 8) for _ in range(3)], [(2, 3), (), (7,)]
    snapshot = made_snapshot(tmp_path, batches, deleted)
    live = live_articles(batches, deleted)
    matched = 0
    for _ in range(80):
        leaf, leaves = random_leaf(rng), Leaves(snapshot, 1_024)
        expected = [at for at in sorted(live) if any(counts(leaf, live[at]))]
        chosen = leaves.chosen(leaf)
        assert chosen.ids.tolist() == expected, leaf
        asked = np.array(sorted(rng.sample(sorted(live), 12)), dtype=np.int64)
        mask, found = leaves.judged(leaf, asked)
        assert asked[mask].tolist() == [at for at in asked.tolist() if at in expected]
        assert found.tolist() == pytest.approx(scores(leaf, live, asked.tolist()))
        assert (leaves.bounds(leaf, chosen) >= leaves.judged(leaf, chosen.ids)[1]).all()
        assert leaves.notes == []
        matched += len(expected)
    assert matched > 150


@pytest.mark.parametrize(
    ("ids", "found"),
    [
        pytest.param([], [], id="none"),
        pytest.param([3, 7], [2, 5], id="all"),
        pytest.param([0, 3, 4, 9], [0, 2, 0, 0], id="others-too"),
    ],
)
def test_counts_of_articles(ids, found):
    counted = Counts(np.array([3, 7]), np.array([2, 5], dtype=np.uint8))
    assert counted.of(np.array(ids, dtype=np.int64)).tolist() == found
    assert Counts(counted.articles[:0], counted.counts[:0]).of(np.array(ids)).tolist() == [0.0] * len(ids)


def test_words_that_were_not_searched_are_noted_once(tmp_path):
    snapshot = made_snapshot(tmp_path, [[Article("a", "wheat", "what when")]], [()])
    leaves = Leaves(snapshot, 2)
    for _ in range(2):
        assert leaves.chosen(Pattern("wh*")).ids.tolist() == [0]
    [note] = leaves.notes
    assert "stands for 3 words" in note
