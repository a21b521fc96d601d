"""Tables of strings over two arrays: against sorted lists and sets."""

import random

import numpy as np
import pytest

from search.terms import Terms, appended, merged

LETTERS = "ab0é\x00ñж\uffff中\ud800\udc00𐐷😀\U0010ffff"
"""Of one to four bytes, the first and the last of all, and both halves of a pair that no string may join."""


def random_words(rng: random.Random, most: int, longest: int = 5) -> set[str]:
    return {"".join(rng.choices(LETTERS, k=rng.randint(0, longest))) for _ in range(rng.randint(0, most))}


@pytest.fixture(scope="module")
def many() -> list[str]:
    rng = random.Random(3)
    return sorted({"".join(rng.choices(LETTERS[:7], k=rng.randint(1, 9))) for _ in range(20_000)})


def test_a_table_is_the_sorted_set_of_its_strings():
    rng = random.Random(1)
    for _ in range(300):
        words = random_words(rng, 40)
        terms = Terms.of([*words, *words])
        assert list(terms) == [terms[at] for at in range(len(terms))] == sorted(words)
        at = np.array(rng.choices(range(len(words)), k=5) if words else [], dtype=np.uint32)
        assert terms.words(at) == [sorted(words)[one] for one in at]
        assert list(terms.only(np.unique(at))) == [sorted(words)[one] for one in np.unique(at)]


def test_words_and_beginnings_are_found_where_they_stand():
    rng = random.Random(2)
    for _ in range(300):
        words = sorted(random_words(rng, 200))
        terms = Terms.of(words)
        for asked in {*words[:20], *random_words(rng, 10)}:
            assert terms.find(asked) == (words.index(asked) if asked in words else -1)
            start, stop = terms.starting(asked[:2])
            assert words[start:stop] == [word for word in words if word.startswith(asked[:2])]
            assert start == sum(word < asked[:2] for word in words)


def test_every_word_of_a_table_longer_than_its_sample_is_found(many):
    terms = Terms.of(many)
    assert [terms.find(word) for word in many] == list(range(len(many)))
    absent = [word + "!" for word in many]
    assert {terms.find(word) for word in absent} == {-1}


@pytest.mark.parametrize("words", [(), ("",), ("a",), ("", "a")], ids=["none", "empty", "one", "two"])
def test_the_smallest_tables(words):
    terms = Terms.of(words)
    terms.warm()
    assert (len(terms), terms.starting(""), list(terms)) == (len(words), (0, len(words)), list(words))
    assert terms.find("b") == -1
    assert terms.words(np.arange(len(words))) == list(words)


@pytest.mark.parametrize("kind", [np.uint32, np.uint64])
def test_a_table_lies_in_files_that_are_not_written_to(tmp_path, many, kind):
    made = Terms.of(many)
    for name, array in (("letters", made.letters), ("ends", made.ends.astype(kind))):
        array.tofile(tmp_path / name)
    terms = Terms(
        np.memmap(tmp_path / "letters", dtype=np.uint8, mode="r"),
        np.memmap(tmp_path / "ends", dtype=kind, mode="r"),
    )
    terms.warm()
    assert list(terms) == many
    assert terms.find(many[777]) == 777
    assert terms.words(np.array([777, 0])) == [many[777], many[0]]


@pytest.mark.parametrize("at", [-1, 2])
def test_an_ordinal_beyond_the_table_is_an_error(at):
    with pytest.raises(IndexError, match=f"no term {at} among 2"):
        Terms.of(["a", "b"])[at]


def agrees(lists: list[list[str]]) -> None:
    """Assert that merging gives the union, and each word its place in it."""
    union, ordinals = merged([Terms.of(words) for words in lists])
    expected = sorted(set().union(*lists))
    assert list(union) == expected
    place = {word: at for at, word in enumerate(expected)}
    assert [own.tolist() for own in ordinals] == [[place[word] for word in words] for words in lists]
    assert all(own.dtype == np.uint32 for own in ordinals)


@pytest.mark.parametrize("step", [pytest.param(1 << 16, id="at-once"), pytest.param(7, id="in-steps")])
def test_tables_in_any_order_are_read_by_ordinals(many, monkeypatch, step):
    monkeypatch.setattr("search.terms._MERGED", step)
    rng = random.Random(step)
    words = many[:100]
    at = rng.sample(range(100), 60)
    shuffled = Terms.of(words).only(np.array(at))
    both = appended([shuffled, Terms.of([]), Terms.of(words)])
    assert list(shuffled) == [words[one] for one in at]
    assert list(both) == [*shuffled, *words]
    assert both.words(np.arange(50, 70)) == list(both)[50:70]
    assert list(appended([])) == list(shuffled.only(np.zeros(0, dtype=np.int64))) == []


def test_merging_agrees_with_sets():
    rng = random.Random(4)
    for _ in range(300):
        agrees([sorted(random_words(rng, 30, 3)) for _ in range(rng.randint(0, 5))])


def test_merging_in_steps_agrees_with_sets(many, monkeypatch):
    monkeypatch.setattr("search.terms._MERGED", 1000)
    agrees([many[:3000], many[2000::3], [], many[-1:], many[::-50][::-1]])
