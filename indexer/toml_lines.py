"""A TOML file as data, and the line of every key and element in it.

`tomllib` reads the data, and tells a line only where the syntax is wrong. So the text is gone through once
more by a scanner that notes where things stand. It comes after `tomllib` and can rely on the syntax.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Place = tuple[str | int, ...]
"""The keys, and numbers of elements, that lead to a value."""

LINE_CHARS = 10_000
"""Characters of a line. `tomllib` takes time by the square of the dots in one key: 10,000 take 0.1 s."""

_AT_LINE = re.compile(r" ?\(at line (\d+), column \d+\)$")
_AT_END = " (at end of document)"
_JOIN = "; a name stands once in its section: join the two"
_TWICE = {
    "Cannot overwrite": _JOIN,
    "Cannot mutate": _JOIN,
    "Cannot declare": "; a [section] stands once: put the lines below it under the first",
}
_LONG_NUMBER = re.compile(r"[\d_]{4300}")  # the most that Python reads
_STRING = r'"""(?:[^\\]|\\.)*?"{3,5}' + r"|'''.*?'{3,5}" + r'|"(?:[^"\\\n]|\\.)*"' + r"|'[^'\n]*'"
_TOKEN = re.compile(
    rf"[ \t\r]+|\#[^\n]*|(?P<told>\n|{_STRING}|[\[\]{{}}=,.]|[^\s\[\]{{}}=,.\#\"']+)", re.DOTALL
)


class TomlError(Exception):
    """The text is no TOML, or more of it than is read. `line` counts from 1."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message


@dataclass(frozen=True, slots=True)
class Toml:
    """What a text says, and the line of each of its places."""

    data: Mapping[str, Any]
    lines: Mapping[Place, int]

    def line(self, place: Place) -> int:
        """Return the line of a place, of what holds it if its own is not known; 1 at the worst."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)


def read_toml(text: str) -> Toml:
    """Return the data of a text and where it stands. Raises TomlError with the line."""
    text = text.replace("\r\n", "\n")
    for number, line in enumerate(text.split("\n"), start=1):
        if len(line) > LINE_CHARS:
            raise TomlError(number, f"a line of {len(line):,} characters; {LINE_CHARS:,} are read: break it")
    try:
        data = tomllib.loads(text)
        return Toml(data, _Scan(text).lines())
    except tomllib.TOMLDecodeError as error:
        told = str(error)
        found = _AT_LINE.search(told)
        line_of = int(found[1]) if found else text.rstrip().count("\n") + 1
        told = _AT_LINE.sub("", told).removesuffix(_AT_END)
        hint = next((way for begin, way in _TWICE.items() if told.startswith(begin)), "")
        raise TomlError(line_of, f"no TOML: {told}{hint}") from error
    except RecursionError as error:
        raise TomlError(
            _deepest(text), "no TOML that is read: brackets inside brackets without end"
        ) from error
    except ValueError as error:
        number_at = _LONG_NUMBER.search(text)
        line_of = text.count("\n", 0, number_at.start()) + 1 if number_at else 1
        raise TomlError(line_of, "no TOML that is read: a number of thousands of digits") from error


def _deepest(text: str) -> int:
    """Return the line with the most brackets that open."""
    lines = text.split("\n")
    return max(range(len(lines)), key=lambda at: lines[at].count("[") + lines[at].count("{")) + 1


class _Scan:
    """One pass over a text that is TOML."""

    def __init__(self, text: str) -> None:
        self._tokens: list[tuple[str, int]] = []
        self._at = 0
        self._lines: dict[Place, int] = {}
        self._tables: dict[Place, int] = {}
        line = 1
        for match in _TOKEN.finditer(text):
            if token := match["told"]:
                self._tokens.append((token, line))
            line += match[0].count("\n")

    def lines(self) -> dict[Place, int]:
        """Return the first line of every place."""
        table: Place = ()
        while self._at < len(self._tokens):
            if self._next() == "\n":
                self._at += 1
            elif self._next() == "[":
                table = self._header()
            else:
                self._pair(table)
        return self._lines

    def _next(self) -> str:
        """Return the token that comes, an end of line after the last."""
        return self._tokens[self._at][0] if self._at < len(self._tokens) else "\n"

    def _take(self) -> tuple[str, int]:
        """Return the token that comes and its line, and go on."""
        self._at += 1
        return self._tokens[self._at - 1]

    def _note(self, place: Place, line: int) -> None:
        for end in range(1, len(place) + 1):
            self._lines.setdefault(place[:end], line)

    def _header(self) -> Place:
        """Return the place that a `[table]`, or the next of `[[tables]]`, begins."""
        self._take()
        many = self._next() == "["
        if many:
            self._take()
        place, line = self._key(())
        if many:
            number = self._tables.get(place, -1) + 1
            self._tables[place] = number
            place = (*place, number)
        self._note(place, line)
        while self._next() == "]":
            self._take()
        return place

    def _key(self, table: Place) -> tuple[Place, int]:
        """Return the place that a dotted key names under a table, and its line."""
        parts: list[str] = []
        line = 1
        while self._next() not in ("=", "]"):
            part, line = self._take()
            if part != ".":
                parts.append(_bare(part))
        return (*table, *parts), line

    def _pair(self, table: Place) -> None:
        """Go past `key = value`."""
        place, line = self._key(table)
        self._note(place, line)
        self._take()
        self._value(place)

    def _value(self, place: Place) -> None:
        """Go past a value, noting what is inside it."""
        begins, _ = self._take()
        if begins == "[":
            self._elements(place)
        elif begins == "{":
            self._inline(place)
        else:
            while self._next() not in ("\n", ",", "]", "}"):
                self._take()

    def _elements(self, place: Place) -> None:
        number = 0
        while self._next() != "]":
            if self._next() in ("\n", ","):
                self._take()
                continue
            self._lines.setdefault((*place, number), self._tokens[self._at][1])
            self._value((*place, number))
            number += 1
        self._take()

    def _inline(self, place: Place) -> None:
        while self._next() != "}":
            if self._next() in ("\n", ","):
                self._take()
            else:
                self._pair(place)
        self._take()


def _bare(token: str) -> str:
    """Return a part of a key without its quotes and escapes."""
    if token[0] == '"' and "\\" in token:
        return str(tomllib.loads(f"key = {token}")["key"])
    return token[1:-1] if token[0] in "\"'" else token
