"""What is kept of every id that was taken."""

import random

import pytest

from indexer.taken import Taken


def test_it_answers_as_a_dictionary_would(tmp_path):
    rng = random.Random(11)
    plain: dict[str, tuple[bytes, str]] = {}
    with Taken(tmp_path) as taken:
        for _ in range(5_000):  # the table grows twice
            key = rng.choice(("", "ä", "\ud800")) + str(rng.randrange(1_000))
            if key in plain:
                assert (taken.digest(key), taken.origin(key)) == plain[key]
            else:
                assert taken.digest(key) is None
                plain[key] = (rng.randbytes(16), rng.choice(("", "a/b.txt", "ü\ud800:7")) + key)
                taken.add(key, *plain[key])
        assert list(taken) == list(plain)
        assert len(taken) == len(plain)
        assert [(taken.digest(key), taken.origin(key)) for key in plain] == list(plain.values())


def test_ids_and_digests_outlive_the_file(tmp_path):
    with Taken(tmp_path) as taken:
        taken.add("a", bytes(16), "here")
    assert ("a" in taken, "b" in taken, taken.digest("a")) == (True, False, bytes(16))
    assert not list(tmp_path.iterdir())
    with pytest.raises(ValueError, match="closed"):
        taken.origin("a")
