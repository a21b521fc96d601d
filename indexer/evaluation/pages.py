"""Web pages with gold beside them: a tar archive or a folder with `gold.json`, or rows of JSONL.

`gold.json` is {name: {"url", "date", "articleBody"}}; the page is the file of that name, or that name with
`.html`, and may be packed with gzip. Of a row, the gold is `gold_date` and `gold_text`.
"""

import gzip
import io
import tarfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import orjson

from indexer import decode
from indexer.evaluation.corpus import Row, rows
from indexer.evaluation.sample import Sample
from indexer.read import shown
from indexer.source import Source
from search.errors import ArticleRefused, CorpusError

GOLD = "gold.json"
PAGE_BYTES, ALL_BYTES = 50_000_000, 2_000_000_000
"""Most that one page and a whole archive may unpack to."""
KEYS = {"date": "gold_date", "articleBody": "gold_text"}
"""What gold is called in `gold.json` and in a row."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page without its gold, and the answer asked for."""

    id: str
    source: Source
    gold: str

    def untagged(self) -> Source:
        """Return the source with no tags given, so that nobody looks for any: that takes most of the time."""
        return replace(self.source, people=(), countries=())


def pages(path: Path, sample: Sample, *, key: str) -> Iterator[Page]:
    """Yield the sampled pages that have the gold of this key of `gold.json`, in the order it stands there.

    Raises CorpusError when none has it, and for a page or an entry that cannot be read.
    """
    found = False
    for at, entry in enumerate(_entries(path, key)):
        found = True
        if sample.takes(at, entry.id):
            yield entry
    if not found:
        raise CorpusError(f"{shown(path)}: no page has {key}; see docs/evaluation.md")


def _entries(path: Path, key: str) -> Iterator[Page]:
    if path.is_dir() and (path / GOLD).is_file():
        yield from _paged(path, key, _folder(path))
    elif path.name.endswith((".tar", ".tar.xz", ".tar.gz", ".tar.bz2", ".tgz")):
        yield from _paged(path, key, _archive(path))
    else:
        for row in rows(path, Sample()):
            if row.data.get(KEYS[key]) is not None:
                yield _page_of(row, key)


def _page_of(row: Row, key: str) -> Page:
    gold = row.data[KEYS[key]]
    if not isinstance(gold, str) or not gold:
        raise row.fault(f"{KEYS[key]} is no text")
    # A date that is given would be taken, not read.
    source = replace(row.source(), date=None) if key == "date" else row.source()
    return Page(row.id, source, gold)


def _paged(path: Path, key: str, files: dict[str, bytes]) -> Iterator[Page]:
    """Yield the pages that the gold of a folder or archive names."""
    place = f"{shown(path)}: {GOLD}"
    try:
        told = orjson.loads(files.get(GOLD, b""))
    except orjson.JSONDecodeError as error:
        raise CorpusError(f"{place} is missing or malformed: {error}") from error
    if not isinstance(told, dict):
        raise CorpusError(f"{place} is no object with an entry a page")
    for name, entry in told.items():
        if isinstance(entry, dict) and entry.get(key) is None:
            continue
        yield Page(name, _source(f"{place}: {name!r}", name, entry, files), _gold(place, name, entry, key))


def _gold(place: str, name: str, entry: dict[str, Any], key: str) -> str:
    gold = entry[key]
    if not isinstance(gold, str) or not gold:
        raise CorpusError(f"{place}: {name!r}: {key} is no text")
    return gold


def _source(place: str, name: str, entry: object, files: dict[str, bytes]) -> Source:
    """Return a page as a crawl would have it: its HTML and its address."""
    if not isinstance(entry, dict) or not isinstance(entry.get("url", ""), str):
        raise CorpusError(f"{place} is no object with a url that is a text")
    file = next((one for one in (name, f"{name}.html") if one in files), None)
    if file is None:
        raise CorpusError(f"{place}: there is no page of this name")
    data = _unpacked(files[file], place)
    try:
        html, _ = decode.decode(data, origin=name)
    except ArticleRefused:
        # An unreadable byte costs a reader nothing, and must not cost the whole measure.
        html = data.decode("utf-8", "replace")
    return Source(name, "html", html, url=entry.get("url"))


def _unpacked(data: bytes, place: str) -> bytes:
    if not data.startswith(b"\x1f\x8b"):
        return data
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
            unpacked = file.read(PAGE_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise CorpusError(f"{place}: {decode.reason_of(error)}") from error
    if len(unpacked) > PAGE_BYTES:
        raise CorpusError(f"{place}: a page of over {PAGE_BYTES:,} bytes")
    return unpacked


def _folder(path: Path) -> dict[str, bytes]:
    """Return the files directly in a folder."""
    found = {}
    for file in sorted(path.iterdir()):
        if file.is_file() and not file.name.startswith("."):
            if file.stat().st_size > PAGE_BYTES:
                raise CorpusError(f"{shown(file)}: a page of over {PAGE_BYTES:,} bytes")
            found[file.name] = file.read_bytes()
    return found


def _archive(path: Path) -> dict[str, bytes]:
    """Return the files of an archive by their last name, read in one go: packed, it can only be read on."""
    found: dict[str, bytes] = {}
    size = 0
    try:
        with tarfile.open(path, "r|*") as archive:
            for member in archive:
                size += member.size
                if member.size > PAGE_BYTES or size > ALL_BYTES:
                    raise CorpusError(f"{shown(path)}: {member.name!r} makes it unpack to too much")
                if member.isfile() and (stream := archive.extractfile(member)):
                    found[Path(member.name).name] = stream.read()
    except (OSError, EOFError, tarfile.TarError, zlib.error) as error:
        raise CorpusError(f"{shown(path)}: {error}") from error
    return found
