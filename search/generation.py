"""The index folder: which generation is current, and the engine over it.

    .dateline/CURRENT             the name of one generation
    .dateline/lock                held by whoever writes
    .dateline/gen-000001/         manifest.json and the engine's own files

A writer builds a generation beside the current one and swaps the pointer; readers look at it at
most once a second and keep the engine they hold while a request runs.

A manifest ends in a digest of all before it, and holds the digest of every file that has no
checksums of its own. However its keys may change, every version keeps it so.
"""

import os
import re
import stat
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from search.engine import Engine
from search.engines.whoosh.index import WhooshEngine
from search.engines.whoosh.schema import FORMAT
from search.errors import IndexMissing, IndexStale, IndexUnsafe, SearchError
from search.intact import content, damaged, digest, digest_of
from search.record import dumps, loads

POINTER = "CURRENT"
_REPORT = "report.json"
"""What the run that built a generation found, read and refused. Nothing depends on it."""
_REPORT_BYTES = 16 << 20
MANIFEST = "manifest.json"
ENGINE_FOLDER = "whoosh"
_NAME = re.compile(rb"(gen-[0-9]{6,12})\n")
_DIGEST = re.compile(rb',"digest":"([0-9a-f]{32})"\}')
_DIGEST_SIZE = len(',"digest":""}') + 32
_LOOK_SECONDS = 1.0
_PAUSE_SECONDS = 3.0
"""Without a question for so long, there is nobody to be kept waiting but who asks."""
_SOME = 65_536
"""Bytes of a pointer or manifest that are read at most; a foreign file may be of any size."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation says of itself; `report` is the rebuild's own, as JSON.

    `files` are the digests, in hexadecimal, of the files that have no checksums of their own.
    """

    format: int
    engine: str
    language: str
    articles: int
    built: str
    version: str
    report: dict[str, Any]
    files: dict[str, str]


class Opened(NamedTuple):
    """A generation that is open: its folder, its engine and what its manifest says."""

    folder: Path
    engine: Engine
    manifest: Manifest


def current(folder: Path) -> Path:
    """Return the folder of the current generation.

    Raises IndexMissing, IndexUnsafe, IndexCorrupt for a pointer that holds anything but one
    name, or IndexStale for one that leads nowhere.
    """
    pointer = folder / POINTER
    if not os.path.lexists(pointer):
        raise IndexMissing(f"there is no index in {folder}; `dateline rebuild SOURCE` makes one")
    check_private(folder)
    name = _NAME.fullmatch(content(pointer, _SOME))
    if not name:
        raise damaged(pointer, "it does not hold the name of one generation and nothing else")
    generation = folder / name[1].decode("ascii")
    if not generation.is_dir():
        raise IndexStale(f"{pointer} names no generation of this index; `dateline rebuild SOURCE` makes one")
    check_private(generation)
    return generation


def sealed_manifest(generation: Path, facts: Mapping[str, Any]) -> bytes:
    """Return the manifest of a generation whose other files are all written."""
    names = sorted(path for path in generation.rglob("*") if _is_sealed(path))
    files = {str(path.relative_to(generation)): digest_of(path).hex() for path in names}
    keys = dumps({**facts, "files": files})[:-1]
    return b'%s,"digest":"%s"}' % (keys, digest(keys).hex().encode())


def manifest_of(generation: Path) -> Manifest:
    """Return the manifest of a generation.

    Raises IndexCorrupt for damage, IndexStale for one that this version cannot read.
    """
    path = generation / MANIFEST
    data = content(path, _SOME)
    keys, end = data[:-_DIGEST_SIZE], _DIGEST.fullmatch(data[-_DIGEST_SIZE:])
    if end and end[1].decode() != digest(keys).hex():
        raise damaged(path, "it was altered")
    try:
        manifest = _manifest(loads(data))
    except (ValueError, KeyError, TypeError, OverflowError, AttributeError) as error:
        raise damaged(path, f"it is no manifest of an index ({error!r:.200})") from error
    if manifest.format != FORMAT or manifest.engine != "whoosh":
        raise IndexStale(
            f"the index in {generation.parent} was written by Dateline {manifest.version} in format "
            f"{manifest.format} ({manifest.engine}); this version reads format {FORMAT}: rebuild the index"
        )
    if not end:
        raise damaged(path, "its digest is missing")
    return manifest


def open_generation(generation: Path) -> tuple[WhooshEngine, Manifest]:
    """Return the engine over one generation and its manifest."""
    manifest = manifest_of(generation)
    files = generation / ENGINE_FOLDER
    if not files.is_dir():
        raise damaged(files, "it is missing")
    check_private(files)
    check_files(generation, manifest, inside=f"{ENGINE_FOLDER}/")
    return WhooshEngine(files, language=manifest.language), manifest


def check_files(generation: Path, manifest: Manifest, *, inside: str = "") -> list[Path]:
    """Return the files that the manifest has digests of, all found as they were written.

    With `inside`, only those whose names begin so. Raises IndexCorrupt, for a file as well that
    should have a digest and has none: another table of contents, say.
    """
    for path in sorted((generation / inside).rglob("*")):
        if _is_sealed(path) and str(path.relative_to(generation)) not in manifest.files:
            raise damaged(path, "it is no file of this generation")
    paths = {generation / name: told for name, told in manifest.files.items() if name.startswith(inside)}
    for path, told in paths.items():
        if digest_of(path).hex() != told:
            raise damaged(path, "it was altered, or is of another index")
    return list(paths)


def open_index(folder: Path) -> tuple[WhooshEngine, Manifest]:
    """Return the engine over the current generation of an index folder, and its manifest."""
    return open_generation(current(folder))


def check_private(folder: Path) -> None:
    """Raise IndexUnsafe when others could have written to a folder: opening an index runs code."""
    found = folder.stat()
    if found.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise IndexUnsafe(f"others may write to {folder}, and an index is code: run `chmod go-w {folder}`")
    if found.st_uid not in (os.geteuid(), 0):
        raise IndexUnsafe(f"{folder} belongs to another user, and an index is code: build one of your own")


class LiveIndex:
    """The index of a folder as it is now; safe to use from any number of threads.

    A new generation is opened and warmed aside, while all go on with the one before. Only who comes
    after a pause opens it himself: the first to ask of a server at rest is not told of an old index.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.Lock()
        self._opening = threading.Lock()
        self._looked = float("-inf")
        self._opened: Opened | None = None

    def engine(self) -> Engine:
        """Return the engine over the current generation, which stays usable after a swap.

        Raises IndexMissing, IndexStale, IndexCorrupt or IndexUnsafe when there is none to use.
        """
        return self.opened().engine

    @property
    def manifest(self) -> Manifest:
        """The manifest of the current generation."""
        return self.opened().manifest

    def opened(self) -> Opened:
        """Return the current generation, open; it stays usable after a swap."""
        held = self._opened or self._first()
        pause = self._pause()
        if pause >= _LOOK_SECONDS:
            held = self._newest(held, wait=pause >= _PAUSE_SECONDS)
        return held

    def _pause(self) -> float:
        """Return the seconds since somebody looked at the pointer; who is told a second or more looks now."""
        with self._lock:
            now = time.monotonic()
            pause = now - self._looked
            if pause >= _LOOK_SECONDS:
                self._looked = now
            return pause

    def _first(self) -> Opened:
        with self._opening:
            if self._opened is None:
                self._opened = _warm(current(self.folder))
                self._looked = time.monotonic()
            return self._opened

    def _newest(self, held: Opened, *, wait: bool) -> Opened:
        """Return what is current if it is open, or if it is waited for; else what is held."""
        try:
            generation = current(self.folder)
            if generation != held.folder and self._opening.acquire(blocking=False):
                if wait:
                    self._open(generation)
                else:
                    self._begin_aside(generation)
        except BaseException:
            self._looked = float("-inf")  # an index that is gone is gone for every request
            raise
        return self._opened or held

    def _begin_aside(self, generation: Path) -> None:
        try:
            threading.Thread(target=self._open_aside, args=(generation,), daemon=True).start()
        except RuntimeError:  # no thread to be had: the next who looks tries again
            self._opening.release()

    def _open(self, generation: Path) -> None:
        try:
            self._opened = _warm(generation)
        finally:
            self._opening.release()

    def _open_aside(self, generation: Path) -> None:
        try:
            self._open(generation)
        except (SearchError, OSError):
            self._looked = float("-inf")  # the next request opens it, and is told what is wrong


def _warm(generation: Path) -> Opened:
    engine, manifest = open_generation(generation)
    engine.warm()
    return Opened(generation, engine, manifest)


def _is_sealed(path: Path) -> bool:
    """Return whether the manifest keeps the digest of a file: not its own, nor of segments and locks."""
    return path.suffix in (".toc", ".json", ".sqlite") and path.name != MANIFEST


def _manifest(found: dict[str, Any]) -> Manifest:
    return Manifest(
        format=int(found["format"]),
        engine=str(found["engine"]),
        language=str(found["language"]),
        articles=int(found["articles"]),
        built=str(found["built"]),
        version=str(found["version"]),
        report=dict(found["report"]),
        files=dict(found.get("files", {})),
    )


def report_of(folder: Path) -> dict[str, Any]:
    """Return what the run that built the current generation says of itself, nothing if it is gone."""
    return report_in(current(folder))


def report_in(generation: Path) -> dict[str, Any]:
    """Return what the run that built a generation says of itself, nothing if it is gone."""
    try:
        with (generation / _REPORT).open("rb") as file:
            return loads(file.read(_REPORT_BYTES))
    except (OSError, ValueError):
        return {}
