"""Which articles a writer has added, by id: against a plain dictionary."""

import random

import pytest
from made_segments import made_segment

from search.domain import Article
from search.engines.whoosh import additions
from search.engines.whoosh.additions import Additions


def test_what_is_gathered_is_found_once():
    added = Additions()
    added.add("a", 3)
    assert (added.pop("a"), added.pop("a"), added.pop("b")) == (3, None, None)
    assert list(added.closed("a")) == []


@pytest.mark.parametrize("bits", [pytest.param(1, id="crowded"), pytest.param(32, id="as-it-is")])
def test_closed_segments_tell_the_numbers_of_their_files(tmp_path, monkeypatch, bits):
    """However full the filter is: what it lets through is looked up."""
    monkeypatch.setattr(additions, "_BITS", bits)
    rng = random.Random(bits)
    added = Additions()
    held: dict[str, dict[str, int]] = {}
    for name in ("one", "two", "three"):
        ids = [str(at) for at in rng.sample(range(60), 30)]
        for number, article_id in enumerate(ids):
            added.add(article_id, number)
        kept = ids[5:]  # the first are deleted before their segment is written
        for article_id in ids[:5]:
            assert added.pop(article_id) is not None
        added.close(name, made_segment(tmp_path / name, [Article(one, "", "oil") for one in kept]))
        held[name] = {article_id: number for number, article_id in enumerate(kept)}
    for article_id in map(str, range(70)):
        found = {name: ids[article_id] for name, ids in held.items() if article_id in ids}
        assert dict(added.closed(article_id)) == found
        assert added.pop(article_id) is None
    added.forget()
    assert not any(list(added.closed(str(at))) for at in range(70))


def test_a_segment_of_nothing_that_is_left_holds_no_id(tmp_path):
    added = Additions()
    added.close("one", made_segment(tmp_path, [Article("a", "", "oil")]))
    assert list(added.closed("b")) == []
