"""Sets of articles in every form they come in, against sets of Python."""

import random

import numpy as np
import pytest

from search.engines.whoosh.chosen import Chosen, all_of, any_of, distinct, found_at

MAKERS = {
    "ids": lambda total, held, mask: Chosen(total, ids=np.array(held, np.uint32)),
    "wide-ids": lambda total, held, mask: Chosen(total, ids=np.array(held, np.int64)),
    "mask": lambda total, held, mask: Chosen(total, mask=mask),
    "made-mask": lambda total, held, mask: Chosen(total, make_mask=lambda: mask, guess=total // 2),
    "ids-and-made-mask": lambda total, held, mask: Chosen(
        total, ids=np.array(held, np.uint32), make_mask=lambda: mask
    ),
    "ids-and-no-mask": lambda total, held, mask: Chosen(
        total, ids=np.array(held, np.uint32), make_mask=lambda: None
    ),
    "tested": lambda total, held, mask: Chosen(
        total, make_mask=lambda: mask, test=mask.take, tested=total // 4, guess=total // 3
    ),
    "ids-and-tested": lambda total, held, mask: Chosen(
        total, ids=np.array(held, np.uint32), make_mask=lambda: mask, test=mask.take, tested=total
    ),
}


def random_numbers(rng: random.Random, total: int) -> list[int]:
    """Return ascending numbers below `total`: none, few, many or all of them."""
    share = rng.choice((0, 0.01, 0.1, 0.5, 0.95, 1))
    return sorted(rng.sample(range(total), round(total * share)))


def made(form: str, total: int, held: list[int]) -> Chosen:
    mask = np.zeros(total, dtype=np.bool_)
    mask[held] = True
    mask.flags.writeable = False  # as a view of a mapped file
    return MAKERS[form](total, held, mask)


@pytest.mark.parametrize("form", MAKERS)
def test_every_form_of_a_set_says_the_same(form):
    rng = random.Random(1)
    for _ in range(60):
        total = rng.choice((0, 1, 7, 400))
        held = random_numbers(rng, total)
        asked = random_numbers(rng, total)
        expected = [number in set(held) for number in asked]
        one = made(form, total, held)
        assert one.holds(np.array(asked, np.uint32)).tolist() == expected
        assert (one.size, one.ids.tolist(), one.mask.nonzero()[0].tolist()) == (len(held), held, held)
        assert one.holds(np.array(asked, np.int64)).tolist() == expected  # when both forms are made
        assert one.but().ids.tolist() == sorted(set(range(total)) - set(held))


@pytest.mark.parametrize("forms", [("ids", "wide-ids"), ("mask", "made-mask"), tuple(MAKERS)])
def test_sets_are_combined_as_python_combines_them(forms):
    """And none of those that went in is changed."""
    rng = random.Random(2)
    for _ in range(250):
        total = rng.choice((1, 40, 700))
        held = [random_numbers(rng, total) for _ in range(rng.randint(1, 4))]
        sets = [made(rng.choice(forms), total, numbers) for numbers in held]
        for combined, expected in (
            (all_of, set.intersection(*map(set, held))),
            (any_of, set.union(*map(set, held))),
        ):
            found = combined(sets)
            assert (found.total, found.size, found.ids.tolist()) == (total, len(expected), sorted(expected))
        assert [one.ids.tolist() for one in sets] == held
        assert [one.mask.nonzero()[0].tolist() for one in sets] == held


def test_a_small_set_makes_no_mask_of_a_large_one():
    def never():
        raise AssertionError("a mask of the whole archive was made")

    few = Chosen(1_000, ids=np.array([3, 500, 998]))
    many = Chosen(1_000, make_mask=never, test=lambda ids: ids % 2 == 0, tested=250, guess=500)
    assert all_of([many, few]).ids.tolist() == [500, 998]


@pytest.mark.parametrize("kind", [np.uint32, np.int64])
def test_numbers_are_found_where_they_stand(kind):
    rng = random.Random(3)
    for _ in range(100):
        numbers, asked = random_numbers(rng, 60), random_numbers(rng, 90)
        at, there = found_at(np.array(numbers, kind), np.array(asked, np.int64))
        assert there.tolist() == [number in numbers for number in asked]
        assert at[there].tolist() == [numbers.index(number) for number in asked if number in numbers]
        assert all(0 <= place < max(len(numbers), 1) for place in at.tolist())


def test_distinct_agrees_with_a_set():
    rng = random.Random(4)
    for _ in range(100):
        numbers = rng.choices(range(20), k=rng.randint(0, 30))
        assert distinct(np.array(numbers, np.int64)).tolist() == sorted(set(numbers))
