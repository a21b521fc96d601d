"""Judgments of one's own: which articles a reader found good answers to which queries.

    # query	id	grade
    hasanov visit	2024/dispatch-12	3

One judgment a line, tab-separated, in UTF-8; grades go from 0 (no answer) to 3 (just what was sought).
Of several for one query and article the last one holds, so grading again is one more line. A line that
begins with `#` is a comment, a blank one is passed over. In a query or id `\\t`, `\\n`, `\\r`, `\\\\` and, at
the start of a line, `\\#` stand for the characters that would break the line.
"""

import fcntl
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from search.errors import CorpusError

FILE = "judgments.tsv"
GRADES = (0, 1, 2, 3)
MOST_BYTES = 50_000_000
"""Size of the largest file that is read: half a million judgments."""
_HEAD = b"# query\tid\tgrade (0 no answer, 1 touches it, 2 good, 3 just what was sought)\n"
_ESCAPES = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}
_MEANT = {"\\": "\\", "t": "\t", "n": "\n", "r": "\r", "#": "#"}
_ESCAPED = re.compile(r"\\(.?)")


@dataclass(frozen=True, slots=True)
class Judged:
    """A query with the articles judged for it, as (id, grade) by id; `line` is the first that names it."""

    query: str
    grades: tuple[tuple[str, int], ...]
    line: int


def judgments_beside(index: Path) -> Path:
    """Return where the judgments of an index are kept: beside its folder, which a rebuild replaces."""
    return index.parent / FILE


def read_judgments(path: Path) -> tuple[Judged, ...]:
    """Return the judgments of a file, queries in the order they first stand there; none if it is not there.

    Raises CorpusError, with the line, for one that is no judgment.
    """
    found: dict[str, tuple[int, dict[str, int]]] = {}
    for line, query, article_id, grade in _rows(path):
        found.setdefault(query, (line, {}))[1][article_id] = grade
    return tuple(
        Judged(query, tuple(sorted(grades.items())), line) for query, (line, grades) in found.items()
    )


def check_writable(path: Path) -> None:
    """Raise CorpusError for a file of judgments that none could be added to; nothing is written."""
    folder = path.parent
    if not path.exists() and not folder.is_dir():
        raise CorpusError(f"{path} cannot be written: there is no folder {folder}")
    if not os.access(path if path.exists() else folder, os.W_OK):
        raise CorpusError(f"{path} cannot be written: permission denied")


def grades_of(path: Path, query: str) -> dict[str, int]:
    """Return the grades that a file has for a query, by the article's id."""
    wanted = _one_line(query)
    return next((dict(one.grades) for one in read_judgments(path) if one.query == wanted), {})


def add_judgment(path: Path, query: str, article_id: str, grade: int) -> None:
    """Append a judgment, whole or not at all, whoever else appends; the file is made when it is not there.

    Raises CorpusError for a grade or query that could not be read back, or a file that cannot be written.
    """
    if grade not in GRADES:
        raise CorpusError(f"{grade!r} is no grade; grades are 0 to 3")
    if not _one_line(query) or not article_id:
        raise CorpusError("a judgment names a query and an article")
    first = _escaped(_one_line(query))
    line = f"{_led(first)}\t{_escaped(article_id)}\t{grade}\n"
    try:
        _append(path, line.encode("utf-8", "surrogatepass"))
    except OSError as error:
        raise CorpusError(f"{path} cannot be written: {error.strerror}") from error


def _append(path: Path, line: bytes) -> None:
    """Write a line at the end of a file, under a lock: two writers never mix or share a line."""
    # Without O_NONBLOCK, opening a pipe would wait for whoever reads it.
    handle = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_NONBLOCK, 0o600)
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise CorpusError(f"{path} is no regular file")
        fcntl.flock(handle, fcntl.LOCK_EX)
        size = os.fstat(handle).st_size
        if size + len(line) > MOST_BYTES:
            raise CorpusError(
                f"{path} has grown to {size:,} bytes; grades beyond {MOST_BYTES:,} are not read"
            )
        ended = not size or os.pread(handle, 1, size - 1) == b"\n"
        _write(handle, (_HEAD if not size else b"" if ended else b"\n") + line, size=size)
        os.fsync(handle)
    finally:
        os.close(handle)


def _write(handle: int, data: bytes, *, size: int) -> None:
    """Write all of the data in one call; what a full disk cut short is taken back."""
    if os.write(handle, data) != len(data):
        os.ftruncate(handle, size)
        raise OSError(28, "No space left on device")


def _rows(path: Path) -> Iterator[tuple[int, str, str, int]]:
    """Yield line number, query, id and grade of each judgment, in the order of the file."""
    for number, line in enumerate(_text(path).split("\n"), start=1):
        line = line.removesuffix("\r")
        if line.strip() and not line.startswith("#"):
            yield number, *_row(line, f"{path}:{number}")


def _text(path: Path) -> str:
    try:
        if not path.exists():
            return ""
        if not path.is_file():
            raise CorpusError(f"{path} is no regular file")
        if path.stat().st_size > MOST_BYTES:
            raise CorpusError(f"{path} is larger than {MOST_BYTES:,} bytes")
        data = path.read_bytes().removeprefix(b"\xef\xbb\xbf")
        return data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise CorpusError(f"{path}:{line}: not UTF-8") from error
    except OSError as error:
        raise CorpusError(f"{path} cannot be read: {error.strerror}") from error


def _row(line: str, place: str) -> tuple[str, str, int]:
    fields = line.split("\t")
    if len(fields) != 3:
        raise CorpusError(
            f"{place}: {len(fields)} fields between tabs where a judgment has three: query, id, grade"
        )
    query, article_id = (_meant(field, place) for field in fields[:2])
    if not query.strip() or not article_id:
        raise CorpusError(f"{place}: the {'id' if query.strip() else 'query'} is empty")
    grade = fields[2].strip()
    if grade not in map(str, GRADES):
        raise CorpusError(f"{place}: the grade is {grade[:40]!r}; grades are 0 to 3")
    return _one_line(query), article_id, int(grade)


def _one_line(query: str) -> str:
    """Return a query with single blanks, by which no query changes its meaning."""
    return " ".join(query.split())


def _escaped(text: str) -> str:
    return "".join(_ESCAPES.get(letter, letter) for letter in text)


def _led(text: str) -> str:
    """Return the first field of a line so that it is taken for no comment."""
    return f"\\{text}" if text.startswith("#") else text


def _meant(field: str, place: str) -> str:
    """Return what an escaped field stands for."""

    def one(found: re.Match[str]) -> str:
        if found[1] not in _MEANT:
            raise CorpusError(f"{place}: {found[0]!r} stands for nothing; a backslash is written \\\\")
        return _MEANT[found[1]]

    return _ESCAPED.sub(one, field)
