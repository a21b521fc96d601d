"""Corpora as they lie on disk: rows of JSONL with their line numbers, and what an article is read from.

Whatever cannot be measured is a CorpusError that names the file and the line: a corpus is small and made
by hand, so a slip in it is mended, not passed over.
"""

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson

from indexer import decode
from indexer.evaluation.sample import Sample
from indexer.read import shown
from indexer.records import KNOWN_KEYS, read_record
from indexer.source import Source
from search.domain import Span
from search.errors import ArticleRefused, CorpusError

READ_KEYS = KNOWN_KEYS - {"countries", "people"}
"""Keys that reach the tagger; gold has names of its own, and given tags would be taken as found."""
LINE_BYTES = 50_000_000
ROWS = (".jsonl", ".jsonl.gz")
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Row:
    """One article of a corpus with its gold; `origin` is the file and line."""

    origin: str
    data: dict[str, Any]

    @property
    def id(self) -> str:
        """What the article is called in reports and samples: its id, its address, else its place."""
        return name_of(self.data, self.origin)

    def source(self) -> Source:
        """Return the article without its gold. Raises CorpusError when it holds no text."""
        try:
            return read_record({k: v for k, v in self.data.items() if k in READ_KEYS}, origin=self.origin)
        except ArticleRefused as refused:
            raise CorpusError(str(refused)) from refused

    def fault(self, reason: str) -> CorpusError:
        """Return the error that says what is wrong with this row."""
        return CorpusError(f"{self.origin}: {reason}")

    def text(self) -> str:
        """Return the text that offsets of the gold count in."""
        for key in ("text", "body"):
            if isinstance(value := self.data.get(key), str) and value:
                return value
        raise self.fault("spans need a text, and neither text nor body is given")

    def gold(self, key: str) -> list[Any]:
        """Return a list of the gold. Raises CorpusError when the row has none."""
        value = self.data.get(key)
        if not isinstance(value, list):
            raise self.fault(f"{key} is missing or no list; see docs/evaluation.md")
        return value

    def span(self, key: str, entry: Any) -> Span:
        """Return the offsets that an entry of the gold begins with."""
        match entry:
            case [bool(), *_] | [_, bool(), *_]:
                pass  # to Python, true is a number
            case [int(start), int(end), _, _] if 0 <= start < end <= len(self.text()):
                return start, end
        raise self.fault(
            f"an entry of {key} is {_short(entry)}, not [start, end, …, …] with offsets inside "
            f"the text of {len(self.text()):,} code points"
        )


def name_of(data: dict[str, Any], place: str) -> str:
    """Return what a row is called: its id, its address, else its place."""
    return next((str(data[key]) for key in ("id", "url") if data.get(key) not in (None, "")), place)


def rows(path: Path, sample: Sample) -> Iterator[Row]:
    """Yield the sampled rows of a JSONL file, or of every one directly in a folder, in path order.

    Raises CorpusError for what is no JSON object, and for a path that holds no rows at all.
    """
    found = False
    for file in row_files(path):
        for number, data in _objects(file):
            found = True
            row = Row(f"{shown(file)}:{number}", data)
            if sample.takes(number - 1, name_of(data, f"{file.name}:{number}")):
                yield row
    if not found:
        raise CorpusError(f"{shown(path)}: holds no article")


def row_files(path: Path) -> list[Path]:
    """Return the JSONL files that a path stands for."""
    if not path.exists():
        raise CorpusError(f"there is no file or folder {shown(path)!r}")
    if not path.is_dir():
        return [path]
    return sorted(file for file in path.iterdir() if file.name.endswith(ROWS))


def numbered_lines(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the lines of a file, packed or not, that are not blank, with their numbers from 1."""
    try:
        with decode.open_regular(path, origin=shown(path)) as stream:
            for number, line in enumerate(decode.lines(stream, limit=LINE_BYTES), start=1):
                if line is None:
                    raise CorpusError(f"{shown(path)}:{number}: a line of over {LINE_BYTES:,} bytes")
                if text := line.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n"):
                    yield number, text
    except UnicodeDecodeError as error:
        raise CorpusError(f"{shown(path)}:{number}: not UTF-8") from error
    except (ArticleRefused, OSError, EOFError, zlib.error) as error:
        raise CorpusError(f"{shown(path)}: {decode.reason_of(error)}") from error


def _objects(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, text in numbered_lines(path):
        if not text.strip():
            continue
        try:
            data = orjson.loads(text)
        except orjson.JSONDecodeError as error:
            raise CorpusError(f"{shown(path)}:{number}: malformed JSON: {error}") from error
        if not isinstance(data, dict):
            raise CorpusError(f"{shown(path)}:{number}: not a JSON object but {_short(data)}")
        yield number, data


def digest_of(path: Path) -> str:
    """Return the sha256 of a corpus: of a file its bytes, of a folder the digests and names below it.

    Names that begin with a dot do not count, in a folder or as one.
    """
    if not path.is_dir():
        return _digest(path)
    whole = sha256()
    below = (file.relative_to(path) for file in path.rglob("*") if file.is_file())
    for name in sorted(n.as_posix() for n in below if not any(part.startswith(".") for part in n.parts)):
        whole.update(f"{_digest(path / name)}  {name}\n".encode("utf-8", "surrogateescape"))
    return whole.hexdigest()


def _digest(path: Path) -> str:
    if not path.is_file():
        raise CorpusError(f"there is no file or folder {shown(path)!r}")
    found = sha256()
    try:
        with path.open("rb") as file:
            read: Callable[[], bytes] = lambda: file.read(_CHUNK)  # noqa: E731 - read by iter alone
            for data in iter(read, b""):
                found.update(data)
    except OSError as error:
        raise CorpusError(f"{shown(path)}: {decode.reason_of(error)}") from error
    return found.hexdigest()


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 80 else text[:79] + "…"
