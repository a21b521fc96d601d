"""What a segment keeps by article beside its words: against the articles themselves."""

import random
from itertools import pairwise

import numpy as np
import pytest
from made_segments import made_segment
from random_archive import random_article

from search.domain import Article
from search.engines.whoosh.analysis import analyse
from search.engines.whoosh.arrays import Arrays, ArraysWriter
from search.engines.whoosh.columns import Columns, by_date, write_strings
from search.engines.whoosh.joining import join_columns
from search.engines.whoosh.schema import VALUES
from search.fields import field_values


@pytest.mark.parametrize(
    ("days", "ranks", "newest", "oldest"),
    [
        pytest.param([], [], [], [], id="none"),
        pytest.param([5, 9, 7], [0, 1, 2], [2, 0, 1], [0, 2, 1], id="dates"),
        pytest.param([5, 5], [1, 0], [1, 0], [1, 0], id="ties-go-to-the-smaller-id"),
        pytest.param([0, 5, 0], [2, 1, 0], [2, 0, 1], [2, 0, 1], id="undated-ones-last"),
    ],
)
def test_places_by_date(days, ranks, newest, oldest):
    places = by_date(np.array(days, dtype=np.int32), np.array(ranks, dtype=np.uint32))
    assert [one.tolist() for one in places] == [newest, oldest]


def random_articles(rng: random.Random, count: int) -> list[Article]:
    """Return articles of random tags under ids in no order."""
    return [random_article(rng, f"{rng.random()}") for _ in range(count)]


@pytest.mark.parametrize("count", [1, 2, 50])
def test_columns_hold_what_the_articles_say(tmp_path, count):
    articles = random_articles(random.Random(count), count)
    segment = made_segment(tmp_path, articles)
    assert list(segment.ids()) == [one.id for one in articles]
    assert segment.first_day.tolist() == [one.date.toordinal() if one.date else 0 for one in articles]
    for field in VALUES:
        held = segment.values(field)
        names, starts = list(held.names), held.of_starts.tolist()
        assert names == sorted(names)
        for one, (first, last) in zip(articles, pairwise(starts), strict=True):
            values = [names[at] for at in held.value_of(held.of[first:last]).tolist()]
            told = (tag.value for tag in one.says) if field == "says" else field_values(one, field)
            assert sorted(values) == sorted(told)


def test_a_merge_takes_over_the_columns_of_a_segment(tmp_path):
    """All of its articles, those left out too, are read from the segment alone."""
    rng = random.Random(4)
    articles = random_articles(rng, 40)
    segment = made_segment(tmp_path / "segment", articles)
    keep = np.array([rng.random() < 0.5 for _ in articles])
    kept = [one for one, stays in zip(articles, keep.tolist(), strict=True) if stays]
    fresh = Columns(tmp_path / "fresh.block")
    fresh.add(analyse(kept))
    with ArraysWriter(tmp_path / "fresh") as writer:
        fresh.write(writer, np.ones(len(kept), dtype=bool))
    with ArraysWriter(tmp_path / "old") as writer:
        join_columns(writer, [segment], [keep])
    one, other = Arrays(tmp_path / "fresh"), Arrays(tmp_path / "old")
    assert one.parts().keys() == other.parts().keys()
    for name in one.parts():
        assert one.view(name).tolist() == other.view(name).tolist(), name


def test_texts_that_wait_in_a_file_are_gone_when_columns_are_closed(tmp_path):
    columns = Columns(tmp_path / "a.block")
    columns.add(analyse([Article("a", "", "word")]))
    assert len(list(tmp_path.iterdir())) == 2
    columns.close()
    assert not list(tmp_path.iterdir())


def test_one_letter_too_many_for_utf8_is_kept_as_it_is(tmp_path):
    with ArraysWriter(tmp_path / "a") as writer:
        write_strings(writer, "id", ["", "\udc00", "é"])
    arrays = Arrays(tmp_path / "a")
    assert arrays.view("id.ends").tolist() == [0, 3, 5]
    assert arrays.view("id.letters").tobytes().decode("utf-8", "surrogatepass") == "\udc00é"


def test_an_older_file_of_texts_is_never_written_over(tmp_path):
    (tmp_path / "a.stored").write_bytes(b"texts of another writer")
    with pytest.raises(FileExistsError):
        Columns(tmp_path / "a.block").add(analyse([Article("a", "", "word")]))
