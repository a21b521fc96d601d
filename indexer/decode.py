"""Bytes of a file to text: bounded, never binary, and with the encoding that it really has.

A file is UTF-8 (a byte order mark is fine), or UTF-16 with its mark, or what charset-normalizer
makes of it, which is then reported. What none of these reads is refused, never half read.
"""

import codecs
import errno
import gzip
import io
import os
import re
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

from charset_normalizer import from_bytes

from search.errors import ArticleRefused

# Control characters that text has no use for. Tab, newlines, form feed and escape are left out.
CONTROLS = bytes(c for c in range(32) if c not in (9, 10, 11, 12, 13, 27)) + b"\x7f"
# One control character in 50 is already no text: real articles hold none, pictures one in ten.
CONTROL_SHARE = 0.02
SAMPLE_BYTES = 65_536
# Deflate shrinks nothing beyond 1032 times, and news as JSON shrinks 3 to 12 times.
BOMB_RATIO = 100
Peekable: TypeAlias = "io.BufferedReader[Any] | gzip.GzipFile"
_CHARSET = re.compile(rb"<meta[^<>]{0,200}charset\s{0,3}=\s{0,3}[\"']?([A-Za-z0-9_-]{3,20})", re.IGNORECASE)
UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# Of all encodings that fit, the guess is between those that newsrooms have written in: with all of
# them charset-normalizer read a short French text as Urdu.
COMMON_ENCODINGS = (
    "cp1252",
    "cp1251",
    "cp1250",
    "cp1254",
    "cp1253",
    "gb18030",
    "big5",
    "shift_jis",
    "euc_kr",
)

NOT_REGULAR = "not a regular file (a pipe, a socket or a device)"

WANTS = frozenset((errno.EMFILE, errno.ENFILE, errno.ENOMEM))
"""What the machine lacks for the moment. No file is to blame, and the next one would fail too."""


def raise_for_want(error: BaseException) -> None:
    """Raise an error that says nothing of the file that was read."""
    if isinstance(error, OSError) and error.errno in WANTS:
        raise error


def reason_of(error: BaseException) -> str:
    """Return what the system says of a failed read, in words."""
    if isinstance(error, zipfile.BadZipFile | tarfile.TarError):
        return f"the archive is damaged or none: {error}"
    if isinstance(error, gzip.BadGzipFile | zlib.error | EOFError):
        return "the .gz file is damaged or not gzip data"
    if isinstance(error, OSError) and error.errno == errno.ELOOP:
        return "a symbolic link that leads back to itself"
    if isinstance(error, OSError) and error.strerror:
        return f"cannot be read: {error.strerror}"
    return f"cannot be read: {error}"


def open_regular(path: Path, *, origin: str) -> Peekable:
    """Return the open file, unpacked if it is gzipped. Raises ArticleRefused for anything but a file.

    A FIFO would block for ever and a device never ends, so neither is opened.
    """
    mode = os.stat(path).st_mode
    if not stat.S_ISREG(mode):
        raise ArticleRefused(origin, NOT_REGULAR)
    if path.suffix.lower() in (".gz", ".tgz"):
        return gzip.GzipFile(path)
    return path.open("rb")


def read_whole(stream: Peekable, *, origin: str, limit: int, size: int) -> bytes:
    """Return all bytes of a stream of at most `limit` bytes, counted after unpacking.

    Raises ArticleRefused, before reading when the `size` on disk is already too much.
    """
    if size > limit:
        raise ArticleRefused(origin, f"{size:,} bytes are over the limit of {limit:,} for one article")
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise ArticleRefused(origin, f"unpacks to more than the limit of {limit:,} bytes for one article")
    return data


def lines(stream: Peekable, *, limit: int) -> Iterator[bytes | None]:
    """Yield each line with its newline; None stands for a line of more than `limit` bytes.

    UTF-16 with its mark comes out as UTF-8. Memory is bounded by `limit`.
    """
    if stream.peek(2)[:2] not in UTF16_MARKS:
        yield from _bounded(stream.readline, limit=limit)
        return
    wide = io.TextIOWrapper(stream, encoding="utf-16", newline="\n")
    try:
        yield from _bounded(lambda size: wide.readline(size).encode(), limit=limit)
    finally:
        # Left to itself the wrapper would close the stream, which is its owner's to close.
        wide.detach()


def _bounded(readline: Callable[[int], bytes], *, limit: int) -> Iterator[bytes | None]:
    """Yield lines as they are read, None for one that is too long, whose rest is read over."""
    while line := readline(limit + 1):
        if len(line) <= limit:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = readline(SAMPLE_BYTES)
        yield None


def is_binary(data: bytes) -> bool:
    """Tell bytes that are no text in any encoding we read: a NUL, or too many control characters."""
    if data.startswith(UTF16_MARKS):
        return False
    if b"\0" in data:
        return True
    sample = data[:SAMPLE_BYTES]
    return len(sample) - len(sample.translate(None, CONTROLS)) > CONTROL_SHARE * len(sample)


def decode(data: bytes, *, origin: str) -> tuple[str, tuple[str, ...]]:
    """Return the text of the bytes, without a byte order mark, and notes on a guessed encoding.

    Raises ArticleRefused when the bytes are binary or no encoding reads them.
    """
    if is_binary(data):
        raise ArticleRefused(origin, "a binary file, not text")
    try:
        if data.startswith(UTF16_MARKS):
            return data.decode("utf-16"), ()
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError as error:
        declared = _declared(data)
        if declared is not None:
            return declared, ()
        encoding = _guessed_encoding(data)
        if encoding is None:
            raise ArticleRefused(origin, f"text in an encoding that is not known ({error.reason})") from error
    return data.decode(encoding), (f"not UTF-8: read as {encoding}, a guess",)


def _declared(data: bytes) -> str | None:
    """Return the text in the encoding that a page names in its head, None if it names none that fits."""
    named = _CHARSET.search(data[:4096])
    if named is None:
        return None
    name = named.group(1).decode("ascii").lower()
    try:
        # Python's own escapes are codecs too, and would read any text as something else.
        return None if "escape" in name else data.decode(name)
    except (LookupError, UnicodeError, ValueError):
        return None


def _guessed_encoding(data: bytes) -> str | None:
    """Return an encoding that reads all of the bytes, the likeliest first, or None.

    The likelihood is judged on the first 64 KiB: the cost grows with the number of candidates.
    """
    if data.startswith(UTF16_MARKS):
        return None
    matches = from_bytes(data[:SAMPLE_BYTES], cp_isolation=list(COMMON_ENCODINGS))
    best = matches.best()
    if best is None:
        return None
    # Short texts fit several equally well; then the one that is most common is named.
    equal = {
        encoding
        for match in matches
        if (match.chaos, match.coherence) == (best.chaos, best.coherence)
        for encoding in match.could_be_from_charset
    }
    encoding = next((name for name in COMMON_ENCODINGS if name in equal), best.encoding)
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return encoding
