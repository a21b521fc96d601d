"""Articles as records: rows of JSONL, JSON and CSV to sources, each checked on its own.

null, "" and [] are not given. A value of the wrong type is taken where its meaning is plain (a
number as an id or a title) and otherwise noted and dropped; only a text that is no text refuses
the article. One bad row never stops the rows after it.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TypeAlias

import orjson

from indexer import decode
from indexer.source import Limits, Refusal, Source
from search.errors import ArticleRefused

CONTENT_KEYS = ("text", "body", "html")
FIELD_KEYS = ("id", "title", "date", "url", "outlet", "author", "language", "dateline", "crawled")
NAME_KEYS = ("outlet", "author", "language")
LIST_KEYS = ("countries", "people")
KNOWN_KEYS = frozenset((*CONTENT_KEYS, *FIELD_KEYS, *LIST_KEYS))

# Nobody's headline or name is longer; what is must not fill the index through a field.
FIELD_CHARS = 2_000
# Names stand in addresses, on every page of hits many times: six bytes and more for each of their letters.
NAME_CHARS = 200
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
ID_CHARS = 512
LIST_VALUES = 1_000
# What a line counts as at least: 50 million blank ones, 120 kB packed, took four minutes to read over.
LINE_BYTES = 100
UNKNOWN_KEYS = 50
# Characters of a CSV file that are read over, below quotation marks that are never closed.
READ_OVER = 50_000_000
LOOKED_AT = 100
KEY_CHARS = 80
EXACT = 2**53
"""From here on two whole numbers can be one as a float, and two articles would share an id."""

BLANK = (b"\n", b"\r\n")

Numbered: TypeAlias = tuple[int, str, tuple[str, ...]]
"""The number of a line, its text, and notes on how it was decoded."""


def read_record(raw: object, *, origin: str, path_id: str | None = None) -> Source:
    """Return the article of one JSON object. Raises ArticleRefused when it holds no text."""
    if not isinstance(raw, dict):
        raise ArticleRefused(origin, f"not a JSON object but {_kind(raw)}")
    notes: list[str] = []
    key, content = _content(raw, origin=origin, notes=notes)
    fields = {name: _field(name, raw.get(name), notes) for name in FIELD_KEYS}
    if len(fields["id"] or "") > ID_CHARS:
        raise ArticleRefused(origin, f"its id has more than {ID_CHARS} characters")
    unknown = tuple(str(name)[:KEY_CHARS] for name in raw if name not in KNOWN_KEYS)[:UNKNOWN_KEYS]
    return Source(
        origin=origin,
        kind="html" if key == "html" else "record",
        content=content,
        path_id=path_id,
        countries=_values("countries", raw.get("countries"), notes),
        people=_values("people", raw.get("people"), notes),
        unknown_keys=unknown,
        notes=tuple(notes),
        **fields,
    )


def _kind(value: object) -> str:
    """Return the JSON name of a value's type, with its article."""
    names = {bool: "a boolean", int: "a number", float: "a number", str: "a string", list: "a list"}
    return "null" if value is None else names.get(type(value), "an object")


def _content(raw: dict[str, object], *, origin: str, notes: list[str]) -> tuple[str, str]:
    """Return the key and the string that hold the article; `text` wins over `body` over `html`.

    Raises ArticleRefused when there is neither a text nor a title.
    """
    given = [key for key in CONTENT_KEYS if raw.get(key) not in (None, "", [])]
    if not given and _field("title", raw.get("title"), []):
        # A headline alone is an article that can be found; archives of headlines are common.
        notes.append("no text: the title is all there is")
        return "text", ""
    if not given:
        raise ArticleRefused(origin, "no text: neither text nor body nor html is given")
    value = raw[given[0]]
    if not isinstance(value, str):
        raise ArticleRefused(origin, f"its {given[0]} is not a string but {_kind(value)}")
    if not value.strip():
        raise ArticleRefused(origin, f"no text: its {given[0]} is blank")
    if len(given) > 1:
        notes.append(f"{' and '.join(given)} are given: {given[0]} is read")
    return given[0], value


def _field(name: str, value: object, notes: list[str]) -> str | None:
    """Return a field as a string, None when it is not given or cannot be one."""
    if value is None or value == [] or (isinstance(value, str) and not value.strip()):
        return None
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        notes.append(f"{name} is {_kind(value)}, not a string: not used")
        return None
    if name == "id" and isinstance(value, float) and abs(value) >= EXACT:
        notes.append(f"id {value} is a number too large to be kept exactly, not a string: not used")
        return None
    text, most = str(value), NAME_CHARS if name in NAME_KEYS else FIELD_CHARS
    if len(text) > most:
        notes.append(f"{name} has {len(text):,} characters: cut at {most:,}")
    # The id is kept as it came; a field of a sentence is one line.
    if name in NAME_KEYS:
        return _name(text) or None
    return text[:most] if name == "id" else " ".join(text[:most].split())


def _name(text: str) -> str:
    """Return a name on one line without control characters, which no address may carry."""
    return " ".join(_CONTROL.sub(" ", text[:NAME_CHARS]).split())


def _values(name: str, value: object, notes: list[str]) -> tuple[str, ...] | None:
    """Return the values of a list field in order, each once; a string is split at ; and |."""
    if value is None or value == "":
        return None
    if isinstance(value, str):
        value = value.replace("|", ";").split(";")
    if not isinstance(value, list):
        notes.append(f"{name} is {_kind(value)}, not a list: not used")
        return None
    strings = [_name(item) for item in value if isinstance(item, str)]
    odd = sum(1 for item in value if item is not None and not isinstance(item, str))
    if odd:
        notes.append(f"{name} holds {odd} values that are no strings: not used")
    if len(strings) > LIST_VALUES:
        notes.append(f"{name} holds {len(strings):,} values: cut at {LIST_VALUES:,}")
    return tuple(dict.fromkeys(filter(None, strings[:LIST_VALUES]))) or None


def _loads(data: str | bytes, *, origin: str) -> object:
    """Return what a JSON text holds. Raises ArticleRefused with the place of the mistake."""
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise ArticleRefused(origin, f"malformed JSON: {error}") from error


def read_json(text: str, *, origin: str, path_id: str) -> Iterator[Source | Refusal]:
    """Yield the articles of a file that holds one object or a list of objects."""
    raw = _loads(text, origin=origin)
    if isinstance(raw, dict):
        yield read_record(raw, origin=origin, path_id=path_id)
        return
    if not isinstance(raw, list) or not raw:
        raise ArticleRefused(origin, "holds no article: neither an object nor a list of objects")
    for place, item in enumerate(raw):
        try:
            yield read_record(item, origin=f"{origin}[{place}]")
        except ArticleRefused as refused:
            yield Refusal(refused.origin, refused.reason)


def _numbered(
    stream: decode.Peekable, *, origin: str, limits: Limits, size: int
) -> Iterator[Numbered | Refusal]:
    """Yield number, text and notes of each line, or its refusal.

    Raises ArticleRefused for a file that unpacks to implausibly much: an endless run of blank
    lines costs no memory but all the time there is. A stream of no known `size` is read to its
    end, for it is not unpacked.
    """
    unpacked = 0
    for number, line in enumerate(decode.lines(stream, limit=limits.article_bytes), start=1):
        unpacked += limits.article_bytes if line is None else max(len(line), LINE_BYTES)
        if size and unpacked > max(limits.article_bytes, decode.BOMB_RATIO * size):
            reason = f"unpacks to over {decode.BOMB_RATIO} times its size: given up here"
            raise ArticleRefused(f"{origin}:{number}", reason)
        if line is None:
            yield Refusal(f"{origin}:{number}", f"a line of over {limits.article_bytes:,} bytes")
            continue
        if line in BLANK:
            yield number, "\n", ()
            continue
        try:
            yield number, *decode.decode(line, origin=f"{origin}:{number}")
        except ArticleRefused as refused:
            yield Refusal(refused.origin, refused.reason)


def read_jsonl(
    stream: decode.Peekable, *, origin: str, limits: Limits, size: int
) -> Iterator[Source | Refusal]:
    """Yield the article of each line that is not blank, or its refusal."""
    found = 0
    for line in _numbered(stream, origin=origin, limits=limits, size=size):
        if isinstance(line, Refusal):
            found += 1
            yield line
            continue
        number, text, notes = line
        if not text.strip():
            continue
        found += 1
        place = f"{origin}:{number}"
        try:
            source = read_record(_loads(text, origin=place), origin=place)
            yield replace(source, notes=notes + source.notes) if notes else source
        except ArticleRefused as refused:
            yield Refusal(refused.origin, refused.reason)
    if not found:
        raise ArticleRefused(origin, "holds no article: every line is blank")


def read_csv(
    stream: decode.Peekable, *, origin: str, limits: Limits, size: int
) -> Iterator[Source | Refusal]:
    """Yield the article of each row below the header, or its refusal; columns are named as JSON keys.

    Columns are parted by comma, semicolon or tab, whichever lets the header name a text.
    """
    refused: list[Refusal] = []
    texts = _texts(_numbered(stream, origin=origin, limits=limits, size=size), refused)
    csv.field_size_limit(limits.article_bytes)
    columns, delimiter = _header(next(texts, ""), origin=origin)
    found = 0
    lines = _Lines(texts, columns=len(columns), delimiter=delimiter)
    for line, row in _rows(csv.reader(lines, delimiter=delimiter, strict=True), lines):
        yield from refused
        found += len(refused)
        refused.clear()
        if row != []:
            found += 1
            yield _row(row, columns, origin=f"{origin}:{line}")
    yield from refused
    if not found + len(refused):
        raise ArticleRefused(origin, "holds no article: there is no row below the header")


def _texts(numbered: Iterable[Numbered | Refusal], refused: list[Refusal]) -> Iterator[str]:
    """Yield the text of each line; one that was refused is put aside and counts as blank."""
    for line in numbered:
        if isinstance(line, Refusal):
            refused.append(line)
        yield "\n" if isinstance(line, Refusal) else line[1]


def _header(line: str, *, origin: str) -> tuple[tuple[str, ...], str]:
    """Return the column names and the delimiter. Raises ArticleRefused if no column holds a text."""
    for delimiter in ",;\t":
        try:
            row = next(csv.reader([line], delimiter=delimiter), [])
        except csv.Error as error:
            raise ArticleRefused(origin, f"its first line cannot be read: {error}") from error
        columns = tuple(name.strip().lower() for name in row)
        if set(columns) & set(CONTENT_KEYS):
            return columns, delimiter
    raise ArticleRefused(origin, "its first line names no column text, body or html")


class _Lines:
    """The lines below the header: those of the row under way are kept, so that they can be read over.

    `drawn` counts those that were given out.
    """

    def __init__(self, lines: Iterator[str], *, columns: int, delimiter: str) -> None:
        self._lines = lines
        self._columns = columns
        self._delimiter = delimiter
        self._again: list[str] = []
        self._row: list[str] = []
        self._left = READ_OVER
        self.drawn = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._again.pop() if self._again else next(self._lines)
        self.drawn += 1
        self._row.append(line)
        return line

    def begin(self) -> int:
        """Begin a row; return the number of its first line in the file."""
        self._row.clear()
        return self.drawn + 2  # the header is the first

    def give_back(self) -> int:
        """Have the lines below the first of a row come again if they are rows; return how many do not."""
        below = self._row[1:]
        size = sum(map(len, below))
        rows = sum(map(self._is_row, below[:LOOKED_AT]))
        if size > self._left or 2 * rows < min(len(below), LOOKED_AT):
            return len(below)
        self._left -= size
        self._again += reversed(below)
        self.drawn -= len(below)
        return 0

    def _is_row(self, line: str) -> bool:
        try:
            row = next(csv.reader([line], delimiter=self._delimiter, strict=True), [])
        except csv.Error:
            return False
        return len(row) == self._columns > 1


def _rows(rows: Iterator[list[str]], lines: _Lines) -> Iterator[tuple[int, list[str] | str]]:
    """Yield each row with the line it begins on, or what is wrong with it.

    A quotation mark that is never closed takes in the lines below it: they are read as rows after all.
    """
    while True:
        line = lines.begin()
        try:
            yield line, next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            lost = lines.give_back()
            below = f", nor the {lost:,} {'line' if lost == 1 else 'lines'} below" if lost else ""
            yield line, f"a row that cannot be read{below}: {error}"


def _row(row: list[str] | str, columns: tuple[str, ...], *, origin: str) -> Source | Refusal:
    """Return the article of one CSV row, or its refusal."""
    if isinstance(row, str):
        return Refusal(origin, row)
    if len(row) > len(columns):
        return Refusal(origin, f"a row of {len(row)} values under {len(columns)} columns")
    try:
        return read_record(dict(zip(columns, row, strict=False)), origin=origin)
    except ArticleRefused as refused:
        return Refusal(refused.origin, refused.reason)
