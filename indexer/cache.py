"""Extractions that were done before, kept beside the index: the same source need not be tagged twice.

A key is a digest of all that an extraction depends on: the source but for where it was read, the
extractor, and what was set. An entry is the article as JSON, its body left out where it is the
source's own text, packed with zstd, behind a digest of itself. Entries are the rows of an SQLite
file with a write-ahead log: a process that is killed loses what it had not committed, and a row that is
torn is one that is not there. A file that cannot be used is thrown away; nothing but time is in it.

Packs that are only appended to were weighed against it. They need an index of keys in memory or on
disk, a way to take room back, and a rule for torn ends, all of which SQLite has and tests.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, fields, replace
from datetime import date
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

import zstandard

from indexer.corrections import Change, Statement, chosen_corrections
from indexer.extract import Extracted
from indexer.source import Source
from search.record import decoded, dumps, encoded, loads_any

FILE = "extracted.sqlite"
SIZE_BYTES = 4 << 30
"""What a cache may take unless told otherwise: some two million articles of 220 words."""
_KEY = 16
_SEAL = 8
"""Bytes of the digest before an entry: of 10^9 damaged ones, none is taken for a whole one."""
_PACKED_MOST = 1 << 28
_SCHEMA = """
CREATE TABLE IF NOT EXISTS extracted (
    number INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, entry BLOB NOT NULL)
"""


class Entry(NamedTuple):
    """One extraction as it is kept."""

    key: bytes
    packed: bytes


@dataclass(frozen=True, slots=True)
class Reader:
    """What any process may ask of the cache in `folder`, where extractions by `extractor` are sought."""

    folder: Path
    extractor: bytes
    today: date

    def keys(self, sources: Sequence[Source]) -> list[bytes]:
        """Return the key of each source."""
        tags = chosen_corrections()
        return [key_of(source, self.extractor, tags.part_for(source)) for source in sources]

    def found(self, sources: Sequence[Source], keys: Sequence[bytes]) -> list[Extracted | None]:
        """Return what is known of each source, None for nothing. Damage of any kind is what is not known.

        Two sources that were read in two places may have one key, and are two articles all the same.
        """
        try:
            with closing(_connected(self.folder, read_only=True)) as held:
                packed = dict(_rows(held, keys))
        except sqlite3.Error:
            return [None] * len(sources)
        return [
            unpacked(key, packed[key], source, today=self.today) if key in packed else None
            for source, key in zip(sources, keys, strict=True)
        ]

    def entry(self, key: bytes, source: Source, extracted: Extracted) -> Entry:
        """Return an extraction as it is kept."""
        return Entry(key, packed_entry(key, source, extracted, today=self.today))


class Cache:
    """The cache as the one process sees it that writes: to be closed, at best by `with`.

    An error of its file ends its use and nothing else: `fault` then tells what happened.
    """

    def __init__(self, folder: Path) -> None:
        self.fault: str | None = None
        self._folder = folder
        self._file: sqlite3.Connection | None = None
        with self._faults():
            folder.mkdir(mode=0o700, exist_ok=True)
            self._file = _made(folder)

    def __enter__(self) -> "Cache":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def take(self, fresh: Iterable[Entry]) -> None:
        """Keep extractions; they are safe from the death of this process when this returns."""
        with self._faults():
            if self._file is not None:
                rows = [(one.key, one.packed) for one in fresh]
                with self._file:
                    self._file.executemany(
                        "INSERT OR REPLACE INTO extracted (key, entry) VALUES (?, ?)", rows
                    )

    def shrink(self, size_bytes: int) -> int:
        """Forget the oldest entries until the file is no larger than that; return how many went."""
        gone = 0
        with self._faults():
            if self._file is not None:
                gone = _shrunk(self._file, size_bytes)
        return gone

    def close(self) -> None:
        """Let go of the file."""
        with suppress(sqlite3.Error):
            if self._file is not None:
                self._file.close()
        self._file = None

    @contextmanager
    def _faults(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            self.fault = f"the cache in {self._folder} is not used any more: {error}"
            self.close()


def key_of(source: Source, extractor: bytes, tags: str = "") -> bytes:
    """Return what an extraction is found by: 16 bytes of all that it depends on.

    `tags` stands for what `tags.toml` says that can touch the source.
    """
    told = blake2b(extractor, digest_size=_KEY)
    given = {one.name: getattr(source, one.name) for one in fields(source)}
    told.update(dumps({**given, "origin": None, "content": tags}))
    told.update(source.content.encode("utf-8", "surrogatepass"))
    return told.digest()


def packed_entry(key: bytes, source: Source, extracted: Extracted, *, today: date) -> bytes:
    """Return an extraction as bytes, behind a digest of them and of the key."""
    article = extracted.article
    own = article.body == source.content
    article = replace(article, origin=None, body="" if own else article.body)
    day = today.isoformat() if extracted.ahead else None
    # The article is JSON already; what is told of it stands before, on a line of its own.
    head = dumps([own, day, extracted.notes, extracted.unknown_keys, extracted.changes])
    packed = zstandard.compress(head + b"\n" + encoded(article))
    return _seal(key, packed) + packed


def unpacked(key: bytes, entry: bytes, source: Source, *, today: date) -> Extracted | None:
    """Return the extraction of a source, None for an entry that is torn, or that another day has outdated."""
    seal, packed = entry[:_SEAL], entry[_SEAL:]
    if _seal(key, packed) != seal:
        return None
    head, _, told = zstandard.decompress(packed, max_output_size=_PACKED_MOST).partition(b"\n")
    own, day, notes, unknown_keys, changes = loads_any(head)
    if day not in (None, today.isoformat()):
        return None
    article = decoded(told)
    body = source.content if own else article.body
    return Extracted(
        replace(article, origin=source.origin, body=body),
        tuple(notes),
        tuple(unknown_keys),
        tuple(Change(Statement(*said), *did) for said, *did in changes),
        ahead=day is not None,
    )


def _seal(key: bytes, packed: bytes) -> bytes:
    return blake2b(key + packed, digest_size=_SEAL).digest()


def size_of(folder: Path) -> int:
    """Return the bytes that the cache in a folder takes."""
    sizes = 0
    for path in folder.glob(f"{FILE}*"):
        with suppress(FileNotFoundError):
            sizes += path.stat().st_size
    return sizes


def _rows(held: sqlite3.Connection, keys: Sequence[bytes]) -> Iterator[tuple[bytes, bytes]]:
    for first in range(0, len(keys), 500):  # SQLite's oldest limit is 999 values a query
        some = keys[first : first + 500]
        marks = ",".join("?" * len(some))
        question = f"SELECT key, entry FROM extracted WHERE key IN ({marks})"  # noqa: S608  marks only
        for key, entry in held.execute(question, some):
            if isinstance(key, bytes) and isinstance(entry, bytes):  # damage may have made anything of them
                yield key, entry


def _made(folder: Path) -> sqlite3.Connection:
    """Return the cache's file, open; one that cannot be used is made anew."""
    try:
        return _prepared(_connected(folder, read_only=False))
    except sqlite3.OperationalError:
        raise  # the disk is full, say: no fault of what is there
    except sqlite3.DatabaseError:
        for path in folder.glob(f"{FILE}*"):
            path.unlink(missing_ok=True)
        return _prepared(_connected(folder, read_only=False))


def _prepared(held: sqlite3.Connection) -> sqlite3.Connection:
    try:
        for pragma in ("auto_vacuum=INCREMENTAL", "journal_mode=WAL", "synchronous=NORMAL"):
            held.execute(f"PRAGMA {pragma}").fetchall()
        held.execute(_SCHEMA)
        held.execute("SELECT number, key FROM extracted LIMIT 1").fetchall()
    except sqlite3.Error:
        held.close()
        raise
    return held


def _connected(folder: Path, *, read_only: bool) -> sqlite3.Connection:
    mode = "ro" if read_only else "rwc"
    address = f"{(folder / FILE).absolute().as_uri()}?mode={mode}"
    held = sqlite3.connect(address, uri=True, timeout=60)
    held.text_factory = bytes  # there is no text in it, but damage may make some, in no encoding
    return held


def _shrunk(held: sqlite3.Connection, size_bytes: int) -> int:
    """Delete the oldest rows, a twentieth of what is left at a time."""
    gone = 0
    while _bytes_of(held) > size_bytes:
        ((count,),) = held.execute("SELECT count(*) FROM extracted")
        if not count:
            break
        with held:
            oldest = "SELECT number FROM extracted ORDER BY number LIMIT ?"
            cursor = held.execute(f"DELETE FROM extracted WHERE number IN ({oldest})", (count // 20 + 1,))  # noqa: S608
            gone += cursor.rowcount
        held.execute("PRAGMA incremental_vacuum").fetchall()
        held.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    return gone


def _bytes_of(held: sqlite3.Connection) -> int:
    ((pages,),) = held.execute("PRAGMA page_count")
    ((page,),) = held.execute("PRAGMA page_size")
    return int(pages) * int(page)
