"""The values of a field and who has them, against a loop over the articles."""

import random
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from made_segments import live_articles, made_snapshot, random_choice
from random_archive import random_article

from search.domain import PersonTag
from search.engines.whoosh.analysis import ValuesOf, analyse
from search.engines.whoosh.chosen import Chosen
from search.engines.whoosh.schema import ROLES, VALUES

LAYOUTS = {
    "one-segment": ([40], [()]),
    "one-with-deletions": ([40], [range(0, 40, 3)]),
    "several": ([15, 1, 25], [(), (), ()]),
    "several-with-deletions": ([15, 1, 25], [(0, 3, 14), (0,), range(20)]),
    "all-deleted": ([3, 2], [range(3), range(2)]),
    "empty": ([], []),
}


@pytest.fixture(scope="module", params=LAYOUTS)
def archive(request, tmp_path_factory):
    """An index of such segments, and the pairs of value and roles of each live article by field."""
    rng = random.Random(5)
    sizes, deleted = LAYOUTS[request.param]
    batches = [[_article(rng, f"{at}.{n}") for n in range(size)] for at, size in enumerate(sizes)]
    snapshot = made_snapshot(tmp_path_factory.mktemp("values"), batches, deleted)
    pairs = {field: {} for field in VALUES}
    for number, article in live_articles(batches, deleted).items():
        batch = analyse([article])
        for field in VALUES:
            pairs[field][number] = dict(_values(batch.values[field]))
    return snapshot, pairs


def _article(rng: random.Random, article_id: str):
    """Return a random article; one of some hundred people now and then, so that there are many values."""
    article = random_article(rng, article_id)
    if rng.random() < 0.1:
        crowd = tuple(PersonTag(f"P {rng.randrange(400)}", ("quoted",)) for _ in range(120))
        return replace(article, people=crowd)
    return article


def _values(found: ValuesOf):
    return zip(found.names, found.roles or [0] * len(found.names), strict=True)


@pytest.mark.parametrize("field", VALUES)
def test_values_are_named_and_found(archive, field):
    snapshot, pairs = archive
    values, held = snapshot.values(field), pairs[field]
    assert list(values.names) == sorted({name for own in held.values() for name in own})
    assert values.named(list(range(len(values.names)))) == list(values.names)
    assert values.ordinal("nobody's") is None
    totals = []
    for at, name in enumerate(values.names):
        assert values.ordinal(name) == at
        owners = sorted(number for number, own in held.items() if name in own)
        assert values.having(at).tolist() == owners
        for bit in range(len(ROLES.get(field, ()))):
            in_role = [number for number in owners if held[number][name] & 1 << bit]
            assert values.having(at, role_bit=1 << bit).tolist() == in_role
        totals.append(len(owners))
    assert values.totals.tolist() == totals


@pytest.mark.parametrize("field", VALUES)
def test_values_of_any_articles_are_counted_as_one_by_one(archive, field):
    snapshot, pairs = archive
    values, held = snapshot.values(field), pairs[field]
    rng = random.Random(6)
    combinations = {
        at: (name, roles)
        for value, name in enumerate(values.names)
        for at, roles in values.combinations(value)
    }
    for _ in range(25):
        chosen = random_choice(rng, snapshot.total, held)
        own = [pair for number in chosen.ids.tolist() for pair in held[number].items()]
        counts = values.counted(chosen)
        assert {combinations[at]: n for at, n in enumerate(counts.tolist()) if n} == Counter(own)
        assert values.missing(chosen) == sum(not held[number] for number in chosen.ids.tolist())
        by_value = dict(zip(values.names, values.by_value(None, counts)[1].tolist(), strict=True))
        assert {name: n for name, n in by_value.items() if n} == Counter(name for name, _ in own)
        few = values.counted_few(chosen)
        if few is not None:
            numbers, told = values.by_value(*few)
            assert dict(zip(values.named(numbers.tolist()), told.tolist(), strict=True)) == Counter(
                name for name, _ in own
            )


def test_few_articles_of_many_values_are_counted_by_their_own(tmp_path):
    rng = random.Random(7)
    articles = [
        replace(random_article(rng, str(at)), people=(PersonTag(f"P {at % 900}", ("quoted",)),))
        for at in range(1_000)
    ]
    values = made_snapshot(tmp_path, [articles], [()]).values("person")
    numbers, counts = values.counted_few(Chosen(1_000, ids=np.array([5, 7, 905], dtype=np.uint32)))
    assert list(zip(values.named(numbers.tolist()), counts.tolist(), strict=True)) == [("P 5", 2), ("P 7", 1)]
    assert values.counted_few(Chosen(1_000, ids=np.arange(900))) is None


def test_fellows_are_the_other_articles_of_the_first_value(archive):
    snapshot, pairs = archive
    values, held = snapshot.values("story"), pairs["story"]
    stories = Counter(name for own in held.values() for name in own)
    for number, own in held.items():
        assert values.fellows(number) == (stories[next(iter(own))] - 1 if own else 0)


def test_countries_that_tie_stand_by_their_names(archive):
    snapshot, _ = archive
    values, labels = snapshot.values("country"), snapshot.labels("country")
    names = list(values.names)
    assert [names[at] for at in np.argsort(values.order)] == sorted(names, key=lambda code: labels[code])
