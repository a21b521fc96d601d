"""The postings of a term over all segments, without deleted articles: against plain dictionaries."""

import random

import numpy as np
import pytest
from made_segments import inverted, live_articles, made_snapshot, random_articles

from search.engines.whoosh import merge
from search.engines.whoosh.merge import STEPS
from search.engines.whoosh.schema import FORMS
from search.score import saturated

LAYOUTS = {
    "one-segment": ([40], [()]),
    "one-with-deletions": ([40], [range(0, 40, 3)]),
    "several": ([5, 30, 12], [(), (), ()]),
    "several-with-deletions": ([5, 30, 12], [(0, 4), range(25), range(12)]),
}


@pytest.fixture(params=LAYOUTS)
def archive(request, tmp_path, monkeypatch):
    """An index of such segments with bitmaps of many stems, and its live articles."""
    monkeypatch.setattr(merge, "DENSE", 4)
    rng = random.Random(3)
    sizes, deleted = LAYOUTS[request.param]
    batches = [random_articles(rng, size) for size in sizes]
    return made_snapshot(tmp_path, batches, deleted), live_articles(batches, deleted)


def test_articles_and_counts_are_those_of_the_texts(archive):
    snapshot, live = archive
    for form in FORMS:
        title = inverted([(at, one.title) for at, one in live.items()], form)
        body = inverted([(at, one.body) for at, one in live.items()], form)
        for term in {*title, *body, "none"}:
            both = sorted({*title.get(term, ()), *body.get(term, ())})
            found = snapshot.postings(form, term)
            assert (found.size, found.articles.tolist()) == (len(both), both)
            assert found.counts.tolist() == [len(body.get(term, {}).get(at, ())) for at in both]
            heading = snapshot.postings(form, term, title=True)
            told = dict(zip(heading.articles.tolist(), heading.counts.tolist(), strict=True))
            assert told == {at: len(positions) for at, positions in title.get(term, {}).items()}


def test_bitmaps_tell_the_same_articles(archive):
    snapshot, _ = archive
    stems = {stem for part in snapshot.parts for stem in part.segment.terms["stem"]}
    mapped = 0
    for stem in stems:
        postings = snapshot.postings("stem", stem)
        bitmap = postings.bitmap(snapshot.total)
        if bitmap is not None:
            assert np.flatnonzero(bitmap).tolist() == postings.articles.tolist()
            mapped += 1
        if postings.has_bits:
            every = np.arange(snapshot.total, dtype=np.uint32)
            assert every[postings.test(every)].tolist() == postings.articles.tolist()
    assert mapped > 5


def test_impacts_and_ceilings_are_not_exceeded_under_the_averages_of_the_index(archive):
    snapshot, _ = archive
    for stem in {stem for part in snapshot.parts for stem in part.segment.terms["stem"]}:
        postings, heading = (snapshot.postings("stem", stem, title=title) for title in (False, True))
        counts = np.zeros((2, snapshot.total))
        counts[0, heading.articles], counts[1, postings.articles] = heading.counts, postings.counts
        scores = saturated(counts[0] / snapshot.norms[0], counts[1] / snapshot.norms[1])[postings.articles]
        assert (postings.impacts(averages=snapshot.averages) >= scores * STEPS).all()
        assert postings.ceiling(snapshot.averages) >= scores.max(initial=0.0) * STEPS
