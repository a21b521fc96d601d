"""Whether an index would be the same if it were built again: the same files, settings and versions."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from indexer.intake import Place, is_read, places
from indexer.ledger import Ledger, Row
from indexer.signature import is_same
from indexer.source import Refusal
from search.errors import IndexCorrupt, IndexStale

_PASSING = ("day", "sources", "folder")
"""What a ledger tells that no article depends on: `day` only matters to those that lie ahead of it."""


def is_unchanged(generation: Path, sources: Iterable[Path], about: Mapping[str, Any]) -> bool:
    """Tell whether the sources and all that `about` tells are what a generation was built from.

    One without a ledger, or with a damaged one, is not.
    """
    try:
        with Ledger(generation) as ledger:
            return is_built_by(ledger, about) and _same_files(ledger, sources, str(about["day"]))
    except (IndexCorrupt, IndexStale):
        return False


def is_built_by(ledger: Ledger, about: Mapping[str, Any]) -> bool:
    """Tell whether an index was built by these settings and versions."""
    return settings(ledger.about) == settings(about)


def settings(about: Mapping[str, Any]) -> dict[str, Any]:
    """Return what every article of an index depends on."""
    return {name: value for name, value in about.items() if name not in _PASSING}


def is_read_already(place: Place, row: Row, ledger: Ledger, *, day: str) -> bool:
    """Tell whether a place would give on this day what the ledger tells of it."""
    if row.ahead and ledger.about["day"] != day:
        return False
    if isinstance(place.found, Refusal) or not is_read(place):
        return True
    return row.known is not None and is_same(place.found.path, row.known)


def _same_files(ledger: Ledger, sources: Iterable[Path], day: str) -> bool:
    seen = 0
    for place in places(sources):
        row = ledger.row(place.key)
        # In another order, another one of two articles with one id would be the first.
        if row is None or row.number != seen or not is_read_already(place, row, ledger, day=day):
            return False
        seen += 1
    return seen == len(ledger)
