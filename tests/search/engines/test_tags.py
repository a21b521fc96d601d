"""All facets side by side, counted at once: against a loop over the articles."""

import datetime as dt
import random
from collections import Counter

import numpy as np
import pytest
from made_segments import live_articles, made_snapshot, random_choice
from random_archive import random_article

from search.engines.whoosh.chosen import Chosen
from search.engines.whoosh.tags import (
    TAGGED,
    Tags,
    arranged_tags,
    first_year,
    row_lengths,
    spread_rows,
    tallied,
    year_numbers,
    years_of,
)
from search.fields import field_values


def random_column(rng: random.Random, live: list[int]) -> tuple[int, dict[int, list[int]]]:
    """Return how many combinations a field has, and those of some articles."""
    size = rng.choice((0, 1, 5, 300))
    held = {at: sorted(rng.sample(range(size), min(size, rng.choice((0, 1, 2, 4, 4, 40))))) for at in live}
    return size, {at: own for at, own in held.items() if own}


def test_slots_agree_with_counting_each_field_alone():
    """Few articles and many, of fields with values and without, some articles deleted."""
    rng = random.Random(1)
    for _ in range(120):
        total = rng.choice((1, 30, 200))
        live = sorted(rng.sample(range(total), rng.randint(0, total)))
        columns = [random_column(rng, live) for _ in TAGGED]
        arrays = []
        for size, held in columns:
            pairs = [(one, at) for at, own in held.items() for one in own]
            both = np.array(pairs, dtype=np.int64).reshape(-1, 2)
            arrays.append((size, both[:, 0], both[:, 1]))
        mask = np.zeros(total, dtype=np.bool_)
        mask[live] = True
        tags = Tags(arranged_tags(arrays, mask))
        dead = np.flatnonzero(~mask)
        assert not tags.counted(Chosen(total, ids=dead)).counts.any()
        for _ in range(4):
            chosen = random_choice(rng, total, live)
            together = tags.counted(chosen)
            for field, (size, held) in zip(TAGGED, columns, strict=True):
                counted = rng.choice((together, tags.counted_field(chosen, field)))
                numbers, counts, missing = counted.of(tags.fields[field])
                numbers = range(size) if numbers is None else numbers.tolist()
                told = {one: count for one, count in zip(numbers, counts.tolist(), strict=True) if count}
                assert told == Counter(one for at in chosen.ids.tolist() for one in held.get(at, ()))
                lacking = sum(at not in held for at in chosen.ids.tolist())
                assert missing == (lacking if size else 0)  # nobody asks a field that nobody has


@pytest.mark.parametrize(
    "deleted",
    [
        pytest.param([()], id="one-segment"),
        pytest.param([range(0, 30, 4)], id="one-with-deletions"),
        pytest.param([(), (1, 2), range(30)], id="several-with-deletions"),
    ],
)
def test_the_tags_of_an_index_are_those_of_its_articles(tmp_path, deleted):
    rng = random.Random(2)
    batches = [[random_article(rng, f"{at}.{n}") for n in range(30)] for at in range(len(deleted))]
    snapshot = made_snapshot(tmp_path, batches, deleted)
    live = live_articles(batches, deleted)
    for _ in range(15):
        chosen = random_choice(rng, snapshot.total, live)
        counted = snapshot.tags.counted(chosen)
        articles = [live[at] for at in chosen.ids.tolist()]
        for field in TAGGED[:-1]:
            values = snapshot.values(field)
            numbers, counts, missing = counted.of(snapshot.tags.fields[field])
            numbers, counts = values.by_value(numbers, counts)
            names = list(values.names) if numbers is None else values.named(numbers.tolist())
            held = Counter(name for one in articles for name in set(field_values(one, field)))
            told = zip(names, counts.tolist(), strict=True)
            assert {name: count for name, count in told if count} == held
            assert missing == sum(not field_values(one, field) for one in articles)
        numbers, counts, missing = counted.of(snapshot.tags.fields["date"])
        years = range(len(counts)) if numbers is None else numbers.tolist()
        held = Counter(one.date.year for one in articles if one.date)
        told = zip(years, counts.tolist(), strict=True)
        assert {at + snapshot.first_year: count for at, count in told if count} == held
        assert missing == sum(one.date is None for one in articles)


@pytest.mark.parametrize("days", [(), (0, 0), (1,), (738_000, 0, 1, 3_652_059)], ids=str)
def test_years_are_counted_from_the_first(days):
    array = np.array(days, dtype=np.int32)
    held = {at: dt.date.fromordinal(day).year for at, day in enumerate(days) if day}
    first = min(held.values(), default=0)
    size, years, articles = years_of(array)
    assert size == (max(held.values()) - first + 1 if held else 0)
    assert dict(zip(articles.tolist(), (years + first).tolist(), strict=True)) == held
    assert first_year(array) == first


def test_years_begin_and_end_with_their_days():
    days = [
        dt.date(year, *ends) for year in (1, 4, 1900, 1969, 1970, 2000, 9999) for ends in ((1, 1), (12, 31))
    ]
    ordinals = np.array([day.toordinal() for day in days], dtype=np.int32)
    assert year_numbers(ordinals).tolist() == [day.year for day in days]


def test_rows_and_tallies_agree_with_lists():
    rng = random.Random(3)
    for _ in range(200):
        rows = [rng.choices(range(6), k=rng.randint(0, 4)) for _ in range(rng.randint(1, 9))]
        starts = np.cumsum([0, *map(len, rows)]).astype(np.uint32)
        flat = np.array([one for row in rows for one in row], dtype=np.uint32)
        ids = np.array(sorted(rng.sample(range(len(rows)), rng.randint(0, len(rows)))), dtype=np.uint32)
        asked = [one for at in ids.tolist() for one in rows[at]]
        assert flat[spread_rows(starts, ids)].tolist() == asked
        assert row_lengths(starts).tolist() == [len(row) for row in rows]
        counts, numbers = tallied(np.sort(flat))
        assert dict(zip(numbers.tolist(), counts.tolist(), strict=True)) == Counter(flat.tolist())


def test_no_article_has_no_slot():
    nothing = (0, np.zeros(0, np.int64), np.zeros(0, np.int64))
    tags = Tags(arranged_tags([nothing] * len(TAGGED), np.zeros(0, np.bool_)))
    counted = tags.counted(Chosen(0, ids=np.zeros(0, np.uint32)))
    assert all(counted.of(tags.fields[field])[2] == 0 for field in TAGGED)
