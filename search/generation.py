"""The index folder: which generation is current, and the engine over it.

    .dateline/CURRENT             the name of one generation
    .dateline/lock                held by whoever writes
    .dateline/gen-000001/         manifest.json and the engine's own files

A writer builds a generation beside the current one and swaps the pointer; readers look at it at
most once a second and keep the engine they hold while a request runs.
"""

import os
import re
import stat
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from search.engine import Engine
from search.engines.whoosh.index import WhooshEngine
from search.engines.whoosh.schema import FORMAT
from search.errors import IndexMissing, IndexStale, IndexUnsafe
from search.record import loads

POINTER = "CURRENT"
MANIFEST = "manifest.json"
ENGINE_FOLDER = "whoosh"
_NAME = re.compile(r"gen-[0-9]{6,12}", re.ASCII)
_LOOK_SECONDS = 1.0
_SOME = 65_536
"""Bytes of a pointer or manifest that are read at most; a foreign file may be of any size."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation says of itself; `report` is the rebuild's own, as JSON."""

    format: int
    engine: str
    language: str
    articles: int
    built: str
    version: str
    report: dict[str, Any]


def current(folder: Path) -> Path:
    """Return the folder of the current generation.

    Raises IndexMissing, IndexUnsafe, or IndexStale for a pointer that leads nowhere.
    """
    pointer = folder / POINTER
    if not pointer.is_file():
        raise IndexMissing(f"there is no index in {folder}; `dateline rebuild SOURCE` makes one")
    check_private(folder)
    name = _head(pointer).decode("utf-8", "replace").strip()
    generation = folder / name
    if not _NAME.fullmatch(name) or not generation.is_dir():
        raise IndexStale(f"{pointer} names no generation of this index; `dateline rebuild SOURCE` makes one")
    check_private(generation)
    return generation


def manifest_of(generation: Path) -> Manifest:
    """Return the manifest of a generation. Raises IndexStale for one that this version cannot read."""
    path = generation / MANIFEST
    try:
        head = _head(path)
        if len(head) > _SOME:
            raise ValueError(f"it has more than {_SOME} bytes")
        found = loads(head)
        manifest = Manifest(
            format=int(found["format"]),
            engine=str(found["engine"]),
            language=str(found["language"]),
            articles=int(found["articles"]),
            built=str(found["built"]),
            version=str(found["version"]),
            report=dict(found["report"]),
        )
    except (OSError, ValueError, KeyError, TypeError, OverflowError) as error:
        raise IndexStale(f"{path} is no manifest of an index ({error}); rebuild the index") from error
    if manifest.format != FORMAT or manifest.engine != "whoosh":
        raise IndexStale(
            f"the index in {generation.parent} was written by Dateline {manifest.version} in format "
            f"{manifest.format} ({manifest.engine}); this version reads format {FORMAT}: rebuild the index"
        )
    return manifest


def open_generation(generation: Path) -> tuple[Engine, Manifest]:
    """Return the engine over one generation and its manifest."""
    manifest = manifest_of(generation)
    files = generation / ENGINE_FOLDER
    if not files.is_dir():
        raise IndexStale(f"{files} is missing; rebuild the index")
    check_private(files)
    return WhooshEngine(files, language=manifest.language), manifest


def open_index(folder: Path) -> tuple[Engine, Manifest]:
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

    While a new generation is opened and warmed by the thread that saw it, the others go on with
    the one before.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.Lock()
        self._opening = threading.Lock()
        self._looked = float("-inf")
        self._opened: tuple[Path, Engine, Manifest] | None = None

    def engine(self) -> Engine:
        """Return the engine over the current generation, which stays usable after a swap.

        Raises IndexMissing, IndexStale or IndexUnsafe when there is none to use.
        """
        return self.opened()[0]

    @property
    def manifest(self) -> Manifest:
        """The manifest of the current generation."""
        return self.opened()[1]

    def opened(self) -> tuple[Engine, Manifest]:
        """Return engine and manifest of one and the same generation."""
        held = self._opened
        if held is None or self._is_due():
            held = self._newest(held)
        return held[1], held[2]

    def _is_due(self) -> bool:
        """Return whether this thread is the one that looks at the pointer, once a second."""
        with self._lock:
            now = time.monotonic()
            if now - self._looked < _LOOK_SECONDS:
                return False
            self._looked = now
            return True

    def _newest(self, held: tuple[Path, Engine, Manifest] | None) -> tuple[Path, Engine, Manifest]:
        """Return what is current, opened if it is new; what is held while another thread opens it."""
        if not self._opening.acquire(blocking=held is None) and held is not None:
            return held
        try:
            generation = current(self.folder)
            known = self._opened
            if known is None or known[0] != generation:
                engine, manifest = open_generation(generation)
                engine.warm()
                known = self._opened = (generation, engine, manifest)
            self._looked = time.monotonic()
            return known
        except BaseException:
            self._looked = float("-inf")  # an index that is gone is gone for every request
            raise
        finally:
            self._opening.release()


def _head(path: Path) -> bytes:
    if not path.is_file():  # a pipe would keep readers waiting
        raise FileNotFoundError(f"{path} is no file")
    with path.open("rb") as file:
        return file.read(_SOME + 1)
