"""The file of names that stand for others."""

import random

import pytest

from search.aliases import Alias
from search.engines.whoosh.aliases import ALIASES, read_aliases, write_aliases
from search.errors import IndexCorrupt


def test_what_is_written_is_read(tmp_path):
    rng = random.Random(7)
    for size in (3, 40, 1, 0):
        table = {f'Ä{rng.random()} "': Alias(f"\n{rng.random()}", "same") for _ in range(size)}
        write_aliases(tmp_path / ALIASES, table)
        assert read_aliases(tmp_path / ALIASES) == table
        assert {path.name for path in tmp_path.iterdir()} == ({ALIASES} if size else set())


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b'{"a": ["b", "c"', id="cut"),
        pytest.param(b'["a"]', id="list"),
        pytest.param(b'{"a": "b"}', id="no-rule"),
        pytest.param(b'{"a": ["b", 1]}', id="number"),
    ],
)
def test_what_makes_no_sense_names_the_file(tmp_path, content):
    (tmp_path / ALIASES).write_bytes(content)
    with pytest.raises(IndexCorrupt, match=ALIASES):
        read_aliases(tmp_path / ALIASES)
