"""Segments that become one: its words are those of its articles, as if they had been written at once."""

import random

import numpy as np
import pytest
from made_segments import check_words, made_segment, random_articles

from search.domain import Article
from search.engines.whoosh import merge, sources
from search.engines.whoosh.codec import merge_segments
from search.engines.whoosh.merge import DENSE, STEPS
from search.engines.whoosh.segment import Segment
from search.score import length_norm, saturated


@pytest.mark.parametrize(
    ("seed", "postings"),
    [
        pytest.param(1, 1 << 22, id="all-at-once"),
        pytest.param(2, 40, id="few-at-once"),
        pytest.param(3, 1, id="each-by-itself"),
    ],
)
def test_merged_segments_hold_the_words_of_what_was_kept(tmp_path, monkeypatch, seed, postings):
    """However often what was merged is merged again."""
    monkeypatch.setattr(sources, "RANGE", postings)
    rng = random.Random(seed)
    held = random_articles(rng, 12)
    segment = made_segment(tmp_path / "0", held)
    for at in range(1, 5):
        added = random_articles(rng, rng.randint(1, 12))
        gone = [rng.sample(range(len(one)), rng.randint(0, len(one) - 1)) for one in (held, added)]
        paths = [segment.arrays.path, made_segment(tmp_path / str(at), added).arrays.path]
        both = zip((held, added), gone, strict=True)
        held = [one for own, out in both for n, one in enumerate(own) if n not in out]
        assert merge_segments(paths, gone, tmp_path / f"merged{at}.arrays") == len(held)
        segment = Segment(tmp_path / f"merged{at}.arrays")
        check_words(segment, held)
        assert segment.ids() == [one.id for one in held]
        assert [segment.article(n) for n in range(len(held))] == held


def test_a_term_that_shared_postings_in_each_segment_may_not_after_a_merge(tmp_path):
    """Wherever `Oil` stands so does the folded `oil`, but no longer there alone."""
    articles = [Article("0", "", "Oil"), Article("1", "oil", "prices"), Article("2", "", "price oil")]
    paths = [made_segment(tmp_path / one.id, [one]).arrays.path for one in articles]
    merge_segments(paths, [(), (), ()], tmp_path / "merged.arrays")
    check_words(Segment(tmp_path / "merged.arrays"), articles)


def test_of_deleted_articles_alone_nothing_is_written(tmp_path):
    segment = made_segment(tmp_path / "0", [Article("1", "oil", "oil"), Article("2", "", "")])
    assert merge_segments([segment.arrays.path], [[0, 1]], tmp_path / "merged.arrays") == 0
    assert not list(tmp_path.glob("merged*"))


def test_impacts_are_scores_rounded_up_by_less_than_a_step(tmp_path):
    articles = random_articles(random.Random(3), 60)
    segment = made_segment(tmp_path, articles)
    lengths = segment.sizes().astype(np.float64)
    norms = [length_norm(lengths[:, at], lengths[:, at].mean()) for at in range(2)]
    for stem in range(len(segment.terms["stem"])):
        counts = np.zeros((2, len(articles)))
        for title in (True, False):
            run = segment.run("stem", stem, title=title)
            counts[0 if title else 1, segment.articles(run)] = segment.counts(run)
        there = segment.articles(segment.run("stem", stem))
        scores = saturated(counts[0] / norms[0], counts[1] / norms[1])[there] * STEPS
        impacts = segment.impacts(stem)
        assert (impacts >= scores).all()
        assert (impacts < scores + 1).all()


def test_stems_of_one_in_so_many_articles_have_a_bitmap(tmp_path, monkeypatch):
    monkeypatch.setattr(merge, "DENSE", 4)
    bodies = ["oil wheat" if at % 4 == 0 else "oil gas"[: 3 if at % 5 else 7] for at in range(21)]
    segment = made_segment(tmp_path, [Article(str(at), "", body) for at, body in enumerate(bodies)])
    stems = {stem: segment.bitmap(at) for at, stem in enumerate(segment.terms["stem"])}
    assert {stem for stem, bitmap in stems.items() if bitmap is not None} == {"oil", "wheat"}
    for stem in ("oil", "wheat"):
        assert stems[stem].tolist() == [stem in body for body in bodies]
    assert DENSE > 4
