"""Samples: which articles a rule takes, and what is no rule."""

from collections import Counter

import pytest

from indexer.evaluation.sample import Sample, sample_of
from search.errors import CorpusError


@pytest.mark.parametrize(
    ("rule", "taken"),
    [
        pytest.param("all", [0, 1, 2, 3, 4], id="all"),
        pytest.param("lines 0/2", [0, 2, 4], id="even-lines"),
        pytest.param("lines 1/2", [1, 3], id="odd-lines"),
        pytest.param("lines 2/3", [2], id="one-in-three"),
        pytest.param("ids 0/1", [0, 1, 2, 3, 4], id="one-part"),
    ],
)
def test_lines_taken(rule, taken):
    sample = sample_of(rule)
    assert [line for line in range(5) if sample.takes(line, f"a{line}")] == taken
    assert str(sample) == rule
    assert sample_of(str(sample)) == sample


def test_ids_part_a_corpus_whatever_their_line():
    """Each id is in exactly one part, about as many in each, and its line says nothing."""
    parts = [Sample("ids", rest, 4) for rest in range(4)]
    ids = [f"article {n}" for n in range(2_000)]
    homes = [[n for n, part in enumerate(parts) if part.takes(line, one)] for line, one in enumerate(ids)]
    assert all(len(home) == 1 for home in homes)
    assert homes == [[n for n, part in enumerate(parts) if part.takes(7, one)] for one in ids]
    assert min(Counter(home[0] for home in homes).values()) > 400


def test_the_halves_of_the_project_are_kept():
    """sha1("abc") is a999…d89d, an odd number."""
    assert sample_of("ids 1/2").takes(0, "abc")


@pytest.mark.parametrize(
    "rule", ["", "half", "lines 2/2", "lines 1/0", "ids -1/2", "ids 1/2 ", "lines 1 / 2", "ids 1/9999999999"]
)
def test_what_is_no_rule_is_refused(rule):
    with pytest.raises(CorpusError, match="no sample"):
        sample_of(rule)
