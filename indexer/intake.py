"""What lies under the sources, file by file: each with its articles, and at its end what it was."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from indexer.read import Found, find_files, form_of, read_file
from indexer.signature import Known, known, signature_of
from indexer.source import Limits, Refusal, Source


@dataclass(frozen=True, slots=True)
class Place:
    """A file that was found, or why none was; the `key` stands for its path and its name below the source."""

    key: bytes
    found: Found | Refusal


@dataclass(frozen=True, slots=True)
class Ended:
    """The end of a file, after its articles: `known` tells it again, and is None if it must be read again.

    `form` is how it was read, empty for what was not.
    """

    key: bytes
    known: Known | None
    form: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """A file whose articles are told by the ledger of the index that serves, under this number."""

    number: int
    ended: Ended


Item = Source | Refusal | Ended | Kept


def places(paths: Iterable[Path]) -> Iterator[Place]:
    """Yield what lies under the paths, in the order in which it is read."""
    for path in paths:
        for found in find_files(path):
            yield Place(_key(found), found)


def items(place: Place) -> Iterator[Item]:
    """Yield the articles of a place and their refusals, then its end."""
    found = place.found
    if isinstance(found, Refusal):
        yield found
        yield Ended(place.key, None)
        return
    form = form_of(found)
    before = known(found.path) if form else None  # a film that is never read need not be digested
    yield from read_file(found, form=None, limits=Limits())
    if before is not None and signature_of(found.path) != before.signature:
        before = None  # what was read may be neither the one nor the other
    yield Ended(place.key, before, form or "")


def is_read(place: Place) -> bool:
    """Tell whether anything of a place depends on more than its name."""
    return not isinstance(place.found, Refusal) and form_of(place.found) is not None


def _key(found: Found | Refusal) -> bytes:
    """Return 16 bytes that stand for a path, and its name below the source, or for a refusal."""
    if isinstance(found, Refusal):
        parts = (b"refused", found.origin.encode(), found.reason.encode())
    else:
        # A source that is a file alone gives its articles other ids than one in a folder.
        kind = b"alone" if found.alone else b"file"
        parts = (kind, os.fsencode(found.path), found.relative.encode())
    return blake2b(b"\0".join(parts), digest_size=16).digest()
