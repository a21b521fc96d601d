"""The columns of older segments as those of one: one column at a time, each given back before the next.

Values and ids are joined as tables of strings, in steps, so that no article is an object on the way.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.arrays import ArraysWriter
from search.engines.whoosh.columns import (
    Bools,
    Held,
    spans_kept,
    write_days,
    write_labels,
    write_tags,
    write_terms,
    write_values,
)
from search.engines.whoosh.schema import VALUES
from search.engines.whoosh.segment import Segment
from search.engines.whoosh.tags import TAGGED
from search.terms import appended, merged


def join_columns(writer: ArraysWriter, segments: Sequence[Segment], keeps: Sequence[Bools]) -> None:
    """Write the columns of the articles that are kept, of each segment in turn."""
    keep = np.concatenate(keeps)
    order = _join_ids(writer, segments, keep)
    days = np.concatenate([np.stack((one.first_day, one.last_day), axis=1) for one in segments])[keep]
    write_days(writer, days, sizes_of(segments)[keep], order)
    tagged = {}
    for field in VALUES:
        names, column = write_values(writer, field, _held(segments, field), keep)
        if field in TAGGED:
            tagged[field] = column
        if field == "country":
            labels = {code: name for one in segments for code, name in one.labels().items()}
            write_labels(writer, names, labels)
        for one in segments:
            one.arrays.release()
    write_tags(writer, tagged, days[:, 0])
    for name in ("stored", "receipts"):
        lengths = [np.diff(one.ends(name), prepend=0) for one in segments]
        writer.put_stream(f"{name}.bytes", _texts(name, segments, lengths, keeps))
        writer.put(f"{name}.ends", np.cumsum(np.concatenate(lengths)[keep], dtype=np.uint64))


def sizes_of(segments: Sequence[Segment]) -> NDArray[np.uint32]:
    """Return the tokens of title and body of every article: articles × 2."""
    return np.concatenate([one.sizes() for one in segments]).astype(np.uint32)


def _join_ids(writer: ArraysWriter, segments: Sequence[Segment], keep: Bools) -> NDArray[np.uint32]:
    """Write the ids of the articles that are kept; return their order."""
    tables = [one.id_terms for one in segments]
    ids = appended(tables)
    write_terms(writer, "id", ids if keep.all() else ids.only(np.flatnonzero(keep)))
    orders = [one.id_order for one in segments]
    _, places = merged([table.only(order) for table, order in zip(tables, orders, strict=True)])
    ranks = np.empty(len(keep), dtype=np.uint32)
    first = 0
    for order, place in zip(orders, places, strict=True):
        ranks[first + order.astype(np.int64)] = place
        first += len(order)
    return np.argsort(ranks[keep]).astype(np.uint32)


def _held(segments: Sequence[Segment], field: str) -> Held:
    """Return the values of a field of every article."""
    held = [one.values(field) for one in segments]
    names, places = merged([one.names for one in held])
    return Held(
        names,
        np.concatenate([own[one.value_of(one.of)] for own, one in zip(places, held, strict=True)]),
        np.concatenate([one.roles[one.of] for one in held]),
        np.concatenate([np.diff(one.of_starts) for one in held]),
    )


def _texts(
    name: str, segments: Sequence[Segment], lengths: Sequence[NDArray[np.int64]], keeps: Sequence[Bools]
) -> Iterator[memoryview]:
    """Yield the packed texts of articles that are kept, which are so long in each segment."""
    for segment, each, keep in zip(segments, lengths, keeps, strict=True):
        yield from segment.texts(name, spans_kept(each, keep))
