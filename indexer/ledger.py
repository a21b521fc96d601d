"""What became of every file that an index was built from, kept with its generation.

By it a run tells that nothing has changed, and an update reads only what has: the outcomes of the
other files are here, in the order in which they were read. An SQLite file, written once and sealed
with the generation; in memory is never more than a piece of one file.
"""

import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

import zstandard

from indexer.corrections import Statement
from indexer.intake import Ended
from indexer.signature import Known, Signature
from indexer.source import Refusal
from indexer.work import Outcome, Ready
from search.generation import check_files, manifest_of
from search.intact import damaged
from search.record import dumps, loads, loads_any

FILE = "sources.sqlite"
_PIECE = 512
"""Outcomes that are packed together: of 512, JSON of 300 bytes each packs to a fifth."""
_PACKED_MOST = 1 << 28
_ASKED = 1 << 16
"""Bytes that are written to hear why a disk refuses more: some pages of SQLite's."""
_SCHEMA = """
CREATE TABLE about (value BLOB NOT NULL);
CREATE TABLE file (
    number INTEGER PRIMARY KEY, key BLOB NOT NULL, digest BLOB, settled INTEGER NOT NULL,
    size INTEGER, changed INTEGER, inode_changed INTEGER, inode INTEGER, ahead INTEGER NOT NULL,
    form TEXT NOT NULL);
CREATE TABLE outcome (
    file INTEGER, piece INTEGER, value BLOB NOT NULL, PRIMARY KEY (file, piece)) WITHOUT ROWID;
"""
_PASSING = ("cannot be read", "tagging failed", "analysis failed")
"""How reasons begin that may be gone at another time, though the file is the same."""


@dataclass(frozen=True, slots=True)
class Row:
    """A file as the ledger has it. `ahead` tells that another day may date an article of it otherwise."""

    number: int
    known: Known | None
    ahead: bool
    form: str


class LedgerWriter:
    """Writes the ledger of a generation; to be closed."""

    def __init__(self, generation: Path) -> None:
        self._path = generation / FILE
        with self._told():
            self._file = sqlite3.connect(self._path, isolation_level=None)
        # Nothing of a generation is worth anything before it is sealed: no journal, no waiting for the disk.
        for pragma in ("journal_mode=OFF", "synchronous=OFF"):
            self._do(f"PRAGMA {pragma}")
        for statement in _SCHEMA.split(";"):
            self._do(statement)
        self._do("BEGIN")
        self._number = self._piece = 0
        self._held: list[list[Any]] = []
        self._ahead = self._passing = False

    def __enter__(self) -> "LedgerWriter":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def add(self, outcome: Outcome, *, taken: bool) -> None:
        """Note what became of the next article of the file under way, and whether the index holds it."""
        self._held.append([taken, *_told(outcome)])
        if isinstance(outcome, Ready):
            self._ahead = self._ahead or outcome.ahead
        elif outcome.reason.startswith(_PASSING):
            self._passing = True
        if len(self._held) >= _PIECE:
            self._put()

    def end(self, ended: Ended) -> None:
        """Note that the file under way has ended."""
        self._put()
        known = None if self._passing else ended.known
        signature = known.signature if known else (None,) * 4
        digest, settled = (known.digest, known.settled) if known else (None, False)
        row = (self._number, ended.key, digest, settled, *signature, self._ahead, ended.form)
        self._do("INSERT INTO file VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        self._number, self._piece = self._number + 1, 0
        self._ahead = self._passing = False

    def finish(self, about: Mapping[str, Any]) -> None:
        """Write what the generation was built by, and close."""
        self._do("INSERT INTO about VALUES (?)", (dumps(dict(about)),))
        self._do("CREATE INDEX file_key ON file (key)")
        self._do("COMMIT")
        self.close()

    def close(self) -> None:
        """Let go of the file, finished or not."""
        self._file.close()

    def _put(self) -> None:
        if self._held:
            row = (self._number, self._piece, zstandard.compress(dumps(self._held)))
            self._do("INSERT INTO outcome VALUES (?, ?, ?)", row)
            self._piece += 1
            self._held = []

    def _do(self, statement: str, values: Sequence[object] = ()) -> None:
        with self._told():
            self._file.execute(statement, values).fetchall()

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Have SQLite's errors be what other files' are."""
        try:
            yield
        except sqlite3.Error as error:
            _ask(self._path.parent)
            raise OSError(f"{self._path}: {error}") from error


class Ledger:
    """The ledger of a sealed generation, to be read and closed.

    Raises IndexCorrupt for one that is missing or damaged, IndexStale for one of another format.
    """

    def __init__(self, generation: Path) -> None:
        self.path = generation / FILE
        if not check_files(generation, manifest_of(generation), inside=FILE):
            raise damaged(self.path, "it is missing")
        address = f"{self.path.absolute().as_uri()}?mode=ro&immutable=1"
        try:
            self._file = sqlite3.connect(address, uri=True)
        except sqlite3.Error as error:
            raise damaged(self.path, f"it cannot be opened ({error})") from error
        try:
            self.about = self._about()
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> "Ledger":
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __len__(self) -> int:
        """Return the number of files, and of refusals of what was no file."""
        ((count,),) = self._rows("SELECT count(*) FROM file")
        return int(count)

    def row(self, key: bytes) -> Row | None:
        """Return the file of this key, the first if it was read twice, None if it was not."""
        told = "SELECT number, digest, settled, size, changed, inode_changed, inode, ahead, form FROM file"
        for found in self._rows(f"{told} WHERE key = ? ORDER BY number LIMIT 1", key):
            number, digest, settled, *signature, ahead, form = found
            known = Known(Signature(*signature), digest, bool(settled)) if digest is not None else None
            return Row(number, known, bool(ahead), form)
        return None

    def outcomes(self, number: int) -> Iterator[tuple[Outcome, bool]]:
        """Yield what became of the articles of a file, in their order, and whether the index took each."""
        for (packed,) in self._each("SELECT value FROM outcome WHERE file = ? ORDER BY piece", number):
            for told in loads_any(zstandard.decompress(packed, max_output_size=_PACKED_MOST)):
                yield _outcome(told[1:]), told[0]

    def _about(self) -> dict[str, Any]:
        for (value,) in self._rows("SELECT value FROM about"):
            return loads(value)
        raise damaged(self.path, "it does not say what the index was built by")

    def _rows(self, question: str, *given: object) -> list[Any]:
        return list(self._each(question, *given))

    def _each(self, question: str, *given: object) -> Iterator[Any]:
        """Yield the rows of an answer, one in memory at a time."""
        try:
            yield from self._file.execute(question, given)
        except sqlite3.Error as error:
            raise damaged(self.path, f"it cannot be read ({error})") from error


def _ask(folder: Path) -> None:
    """Raise OSError if nothing can be written to a folder: of a quota, SQLite says only "disk I/O error"."""
    with TemporaryFile(dir=folder) as file:
        file.write(bytes(_ASKED))
        file.flush()
        os.fsync(file.fileno())


def _told(outcome: Outcome) -> list[Any]:
    """Return an outcome as JSON has it."""
    if isinstance(outcome, Refusal):
        return [outcome.origin, outcome.reason, outcome.skipped]
    return [
        outcome.id,
        outcome.origin,
        outcome.digest.hex(),
        outcome.undated,
        outcome.ahead,
        outcome.story,
        outcome.sketch.hex(),
        outcome.notes,
        outcome.unknown_keys,
        outcome.people,
        outcome.given_people,
        outcome.countries,
        outcome.touched,
    ]


def _outcome(told: list[Any]) -> Outcome:
    if len(told) == 3:
        return Refusal(*told)
    article_id, origin, digest, undated, ahead, story, sketch, *lists = told
    notes, unknown_keys, people, given_people, countries, touched = map(tuple, lists)
    return Ready(
        id=article_id,
        origin=origin,
        digest=bytes.fromhex(digest),
        undated=undated,
        ahead=ahead,
        story=story,
        sketch=bytes.fromhex(sketch),
        touched=tuple(Statement(*said) for said in touched),
        notes=notes,
        unknown_keys=unknown_keys,
        people=people,
        given_people=given_people,
        countries=countries,
    )
