"""The columns of several segments as those of one: as if their articles had been written at once."""

import random

import numpy as np
import pytest
from made_segments import made_segment
from random_archive import random_article

from search.domain import Article
from search.engines.whoosh.analysis import analyse
from search.engines.whoosh.arrays import Arrays, ArraysWriter
from search.engines.whoosh.columns import Columns
from search.engines.whoosh.joining import join_columns, sizes_of


@pytest.mark.parametrize(
    ("seed", "chance"),
    [
        pytest.param(1, 1.0, id="all-are-kept"),
        pytest.param(2, 0.5, id="half-are-kept"),
        pytest.param(3, 0.1, id="hardly-any"),
    ],
)
def test_joined_columns_are_those_of_one_segment(tmp_path, seed, chance):
    """Ids come in no order, and an id that one segment lost may be in the next."""
    rng = random.Random(seed)
    segments, keeps, kept = [], [], []
    for name in ("one", "two", "three"):
        ids = rng.sample(range(200), rng.randint(1, 40))
        articles = [random_article(rng, f"{one}é") for one in ids]
        known = {one.id for one in kept}
        keep = [one.id not in known and rng.random() < chance for one in articles]
        segments.append(made_segment(tmp_path / name, articles))
        keeps.append(np.array(keep))
        kept += [one for one, stays in zip(articles, keep, strict=True) if stays]
    assert kept
    fresh = Columns(tmp_path / "fresh.block")
    fresh.add(analyse(kept))
    with ArraysWriter(tmp_path / "fresh") as writer:
        fresh.write(writer, np.ones(len(kept), dtype=bool))
    with ArraysWriter(tmp_path / "joined") as writer:
        join_columns(writer, segments, keeps)
    one, other = Arrays(tmp_path / "fresh"), Arrays(tmp_path / "joined")
    assert one.parts() == other.parts()
    for name in one.parts():
        assert one.view(name).tolist() == other.view(name).tolist(), name


def test_sizes_are_those_of_all_articles(tmp_path):
    texts = (("oil prices", "wheat"), ("", "oil"), ("oil", ""))
    segments = [
        made_segment(tmp_path / str(at), [Article(str(at), title, body)])
        for at, (title, body) in enumerate(texts)
    ]
    assert sizes_of(segments).tolist() == [[2, 1], [0, 1], [1, 0]]
