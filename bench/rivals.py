"""The engines under measurement, by name."""

import sys
from collections.abc import Sequence

from ask_fts5 import Fts5
from ask_opensearch import OpenSearch
from ask_ours import Ours
from ask_stock import StockWhoosh
from ask_tantivy import Tantivy
from ask_xapian import Xapian
from rival import Place, Rival

ENGINES: dict[str, type[Rival]] = {
    one.name: one for one in (Ours, Tantivy, Fts5, Xapian, StockWhoosh, OpenSearch)
}


def chosen(wanted: Sequence[str], place: Place) -> list[str]:
    """Return the names of the engines that can be measured, saying why others are not."""
    names = []
    for name in wanted or ENGINES:
        engine = ENGINES[name]
        why = engine.missing(place)
        if not why and not wanted and engine.most is not None and place.articles > engine.most:
            why = f"more than {engine.most:,} articles, and not named with --engines"
        if why:
            print(f"{name} is left out: {why}", file=sys.stderr)
        else:
            names.append(name)
    return names
