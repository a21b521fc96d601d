"""Stories in place of articles: how many there are, the facets of them, and a ranking with copies folded.

A story has a value when any of its matching articles has it. Most articles have no fellow, so that what
is sorted to count each story once are the articles of the others alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from search.domain import Facet, Filter
from search.engines.whoosh.arrays import Array
from search.engines.whoosh.buckets import bucket_period
from search.engines.whoosh.chosen import Bools, Chosen, distinct
from search.engines.whoosh.count import first_of, touches
from search.engines.whoosh.schema import ROLES
from search.engines.whoosh.snapshot import Snapshot
from search.engines.whoosh.values import Values
from search.facets import FacetRequest, Tally, listed

Ints = NDArray[np.int64]


class Folding:
    """The stories of a snapshot: a number for each article, and whether others have the same one."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.numbers, self.shared = snapshot.stories

    def count(self, ids: Array) -> int:
        """Return how many stories some articles are of."""
        shared = self.shared.take(ids)
        several = int(np.count_nonzero(shared))
        if not several:
            return len(ids)
        return len(ids) - several + len(distinct(self.numbers.take(ids[shared])))

    def tally(self, keys: Array, articles: Array, size: int) -> Ints:
        """Return for each of `size` keys how many stories have it; `articles` are those of the keys.

        An article has each key once.
        """
        shared = self.shared.take(articles)
        counts = np.bincount(keys[~shared], minlength=size)
        if shared.any():
            counts += self.tally_any(keys[shared], articles[shared], size)
        return counts

    def tally_any(self, keys: Array, articles: Array, size: int) -> Ints:
        """Return what `tally` does; an article may have a key more than once."""
        pairs = self.numbers.take(articles) * size + keys
        return np.bincount(distinct(pairs) % max(size, 1), minlength=size)

    def firsts(self, ranked: Array) -> Ints:
        """Return the places in a ranking where a story stands for the first time, ascending."""
        return np.sort(np.unique(self.numbers.take(ranked), return_index=True)[1])

    def copies(self, article: int, chosen: Chosen, most: int) -> tuple[int, ...]:
        """Return the other chosen articles of a story, the oldest first, at most so many."""
        if not self.shared[article]:
            return ()
        same = self.snapshot.values("story").having(int(self.numbers[article]))
        held = same[chosen.holds(same) & (same != article)]
        order = np.argsort(self.snapshot.rank("oldest").take(held), kind="stable")
        return tuple(held[order][:most].tolist())


def story_facets(
    folding: Folding,
    requests: Sequence[FacetRequest],
    sets: Mapping[str, Chosen],
    picked: tuple[Filter, ...],
) -> tuple[Facet, ...]:
    """Return the facets asked for, each counted in stories over its field's set."""
    return tuple(_facet(folding, one, sets[one.field], picked) for one in requests)


def _facet(folding: Folding, request: FacetRequest, chosen: Chosen, picked: tuple[Filter, ...]) -> Facet:
    named = [one for one in picked if one.field == request.field]
    if request.field == "date":
        return listed(_dates(folding, request, chosen), request, named, {})
    values = folding.snapshot.values(request.field)
    tally = Tally(missing=folding.count(_lacking(values.without, chosen)))
    if len(values.names) and request.field == "says":
        _count_periods(folding, request, chosen, tally)
    elif len(values.names):
        _count_values(folding, values, request, chosen, named, tally)
    return listed(tally, request, named, folding.snapshot.labels(request.field))


def _lacking(without: Bools, chosen: Chosen) -> Array:
    ids = chosen.ids
    return ids[without.take(ids)]


def _dates(folding: Folding, request: FacetRequest, chosen: Chosen) -> Tally:
    """Count the stories with an article whose date lies wholly inside each year, month or day."""
    snapshot, ids = folding.snapshot, chosen.ids
    tally = Tally(missing=folding.count(_lacking(snapshot.first_day == 0, chosen)))
    buckets = snapshot.buckets(request.level).take(ids)
    dated = buckets > 0
    if not dated.any():
        return tally
    lowest = int(buckets[dated].min())
    held = buckets[dated].astype(np.int64) - lowest
    counts = folding.tally(held, ids[dated], int(held.max()) + 1)
    for place in np.flatnonzero(counts).tolist():
        span = bucket_period(place + lowest, request.level)
        if touches(span, request):
            tally.values[span.value] = int(counts[place])
    return tally


def _count_periods(folding: Folding, request: FacetRequest, chosen: Chosen, tally: Tally) -> None:
    names, bucket_of = folding.snapshot.buckets_of(request)
    combinations, articles = folding.snapshot.values(request.field).pairs(chosen.ids)
    bucket = bucket_of[combinations]
    inside = bucket >= 0
    counts = folding.tally_any(bucket[inside], articles[inside], len(names))
    tally.values.update((names[at], int(counts[at])) for at in np.flatnonzero(counts).tolist())


def _count_values(
    folding: Folding,
    values: Values,
    request: FacetRequest,
    chosen: Chosen,
    named: Sequence[Filter],
    tally: Tally,
) -> None:
    """Count the values that are listed: those picked, and the ones of most stories."""
    combinations, articles = values.pairs(chosen.ids)
    held = values.owners.take(combinations)
    counts = folding.tally(held, articles, len(values.names))
    picked = [at for one in named if one.value is not None and (at := values.ordinal(one.value)) is not None]
    first = first_of(counts, request.limit + len(picked), values.order, None)
    wanted = list(dict.fromkeys([*picked, *first.tolist()]))
    names = values.named(wanted)
    tally.distinct = int(np.count_nonzero(counts))
    tally.values.update(zip(names, counts[wanted].tolist(), strict=True))
    for bit, role in enumerate(ROLES.get(request.field, ())):
        having = (values.roles.take(combinations) >> bit & 1).astype(np.bool_)
        own = folding.tally(held[having], articles[having], len(values.names))[wanted]
        tally.roles.update(((name, role), count) for name, count in zip(names, own.tolist(), strict=True))
