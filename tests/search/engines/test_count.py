"""Facets over arrays: against going through the articles one by one."""

import datetime as dt
import random
from collections import Counter

import pytest
from made_segments import live_articles, made_snapshot, random_choice
from random_archive import random_article

from search.domain import FACETS, Article, CountryTag, Filter, Query
from search.engines.whoosh.chosen import Chosen
from search.engines.whoosh.count import facets
from search.facets import DATES, FacetRequest, Tally, buckets, listed, requests
from search.fields import field_values, labels_of, lacks, periods_of, roles_of


def plain(request: FacetRequest, picked: tuple[Filter, ...], chosen: list[Article], every: list[Article]):
    """Return a facet counted by a loop over articles; `every` gives the names of values."""
    values: Counter = Counter()
    roles: Counter = Counter()
    for one in chosen:
        if request.field in DATES:
            values.update(buckets(periods_of(one, request.field), request))
        else:
            values.update(field_values(one, request.field))
        roles.update(roles_of(one, request.field))
    labels = {value: label for one in every for value, label in labels_of(one, request.field).items()}
    missing = sum(lacks(one, request.field) for one in chosen)
    return listed(Tally(values, roles, missing), request, picked, labels)


def random_picks(rng: random.Random) -> tuple[Filter, ...]:
    """Return a few picked values, of which some are in no article."""
    known = (
        Filter("country", "AZ"), Filter("country", "ZZ"), Filter("person", "Zakir Hasanov", "quoted"),
        Filter("person", None), Filter("outlet", "Desk", exclude=True), Filter("date", "2022"),
        Filter("date", "2023-02"), Filter("says", "2023"),
    )  # fmt: skip
    return tuple(rng.sample(known, rng.choice((0, 0, 1, 2))))


def test_facets_agree_with_a_loop_over_the_articles(tmp_path):
    """Of few articles and many, over several segments, some articles deleted, with values picked."""
    rng = random.Random(21)
    batches = [[random_article(rng, f"{batch}/{at}") for at in range(25)] for batch in range(3)]
    deleted = [(0, 24), (), (7,)]
    snapshot, live = made_snapshot(tmp_path, batches, deleted), live_articles(batches, deleted)
    listed_values = 0
    for _ in range(150):
        picked = random_picks(rng)
        asked = requests(Query("", filters=picked), FACETS, rng.choice((0, 1, 3, 50)))
        shared = random_choice(rng, snapshot.total, live)
        sets = {
            one.field: shared if rng.random() < 0.7 else random_choice(rng, snapshot.total, live)
            for one in asked
        }
        found = facets(snapshot, asked, sets, picked)
        for request, facet in zip(asked, found, strict=True):
            chosen = [live[at] for at in sets[request.field].ids.tolist()]
            assert facet == plain(request, picked, chosen, list(live.values())), request
            listed_values += len(facet.values)
    assert listed_values > 1_000


@pytest.mark.parametrize(
    ("field", "found"),
    [
        pytest.param("country", [("AZ", 2), ("GE", 1)], id="countries"),
        pytest.param("outlet", [("Desk", 1), (None, 2)], id="missing-values-last"),
        pytest.param("date", [("2024", 2), (None, 1)], id="years"),
        pytest.param("person", [(None, 3)], id="nobody"),
    ],
)
def test_values_of_a_facet(tmp_path, field, found):
    az, ge = CountryTag("AZ", "Azerbaijan", ("about",)), CountryTag("GE", "Georgia", ("about",))
    day = dt.date(2024, 6, 20)
    articles = [
        Article("a", "", "", day, "day", countries=(az, ge), outlet="Desk"),
        Article("b", "", "", day, "day", countries=(az,)),
        Article("c", "", ""),
    ]
    found = [*found, (None, 1)] if field == "country" else found
    snapshot = made_snapshot(tmp_path, [articles], [()])
    [facet] = facets(snapshot, [FacetRequest(field, 10)], {field: snapshot.everything}, ())
    assert [(one.value, one.count) for one in facet.values] == found


def test_a_field_without_a_set_is_an_error(tmp_path):
    snapshot = made_snapshot(tmp_path, [[Article("a", "", "")]], [()])
    with pytest.raises(KeyError, match="country"):
        facets(snapshot, [FacetRequest("country", 10)], {"person": Chosen(1)}, ())
