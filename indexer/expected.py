"""About how many articles lie under some paths, for a progress bar's time left."""

import gzip
import zlib
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from indexer.read import find_files, form_of, is_read
from indexer.source import ARCHIVES, Refusal

_PIECE = 1 << 20
_PIECES = 4_096
"""Pieces that are counted of one file, 4 GB: a bar is not worth unpacking a bomb."""


def expected_articles(paths: Iterable[Path]) -> int:
    """Return about how many articles there are: lines where a line is one, else files; 0 beside an archive.

    Cheap beside reading them, which the members of an archive would not be; what cannot be opened
    counts as one, and what is skipped not at all.
    """
    total = 0
    for path in paths:
        for found in find_files(path):
            if isinstance(found, Refusal):
                total += not found.skipped
            elif form_of(found) in ARCHIVES.values():
                return 0
            elif is_read(found):
                total += _articles(found.path)
    return total


def _articles(path: Path) -> int:
    name = path.name.lower().removesuffix(".gz")
    if not name.endswith((".jsonl", ".csv")):
        return 1
    opened = gzip.open if path.name.lower().endswith(".gz") else Path.open
    if not path.is_file():
        return 1
    try:
        with opened(path, "rb") as file:
            pieces = islice(iter(lambda: file.read(_PIECE), b""), _PIECES)
            return sum(piece.count(b"\n") for piece in pieces)
    except (OSError, EOFError, zlib.error):
        return 1
