"""An article as a segment stores it: what a list shows, the text with the spans of its tokens, and receipts.

    packed    zstd of: lengths · listed (JSON) · spans of title's and body's tokens · body (UTF-8)
    receipts  zstd of the whole article as JSON, without its body

A list of hits unpacks the first alone, cuts snippets by the spans, and never tokenises a body.
"""

import threading
from collections.abc import Sequence
from dataclasses import replace
from struct import Struct
from typing import Any, NamedTuple

import numpy as np
import zstandard
from numpy.typing import NDArray

from search.domain import Article, Listed, Span
from search.engines.whoosh.listing import listed_article, listed_bytes
from search.record import decoded, encoded_receipts

_LENGTHS = Struct("<III")
_LEVEL = 3
_WIDE = 255
"""A gap or width of so many code points or more makes the spans of its text 32-bit numbers."""
_LONG = 4_096
"""Tokens of a text from which on the spans of all are worked out: a tenth of a millisecond."""
_MOST = 1 << 28
"""Bytes that one article may unpack to; more is damage, not text."""
_LOCAL = threading.local()


class Spans:
    """Where the tokens of a text stand, as they are stored: gaps before and widths of tokens.

    `joined` maps the positions where a word of several parts begins to where the whole word ends.
    """

    __slots__ = ("_gaps", "_table", "_widths", "joined")

    def __init__(self, data: bytes) -> None:
        count = int.from_bytes(data[1:5], "little")
        pairs = np.frombuffer(data, "<u4", 2 * count, 5).reshape(-1, 2).tolist() if count else ()
        self.joined: dict[int, int] = dict(pairs)
        first = 5 + 8 * count
        middle = first + (len(data) - first) // 2
        self._gaps: Sequence[int] = data[first:middle]
        self._widths: Sequence[int] = data[middle:]
        self._table: tuple[NDArray[np.int64], NDArray[np.int64]] | None = None
        if data and data[0] != 1:
            self._gaps = np.frombuffer(data[first:middle], "<i4").tolist()
            self._widths = np.frombuffer(data[middle:], "<i4").tolist()

    def at(self, positions: Sequence[int]) -> dict[int, Span]:
        """Return the half-open code-point spans of the tokens at ascending positions.

        Summed up from one to the next: a page marks a few of hundreds of tokens. Those of a long
        text are summed up once for all words.
        """
        if len(self._gaps) > _LONG:
            return self._looked_up(positions)
        gaps, widths = self._gaps, self._widths
        found, last, end = {}, 0, 0
        for at in positions:
            end += sum(gaps[last:at]) + sum(widths[last:at])
            start = end + gaps[at]
            last, end = at + 1, start + widths[at]
            found[at] = (start, end)
        return found

    def _looked_up(self, positions: Sequence[int]) -> dict[int, Span]:
        if self._table is None:
            kind: Any = np.uint8 if isinstance(self._gaps, bytes) else np.int64
            gaps, widths = (
                np.frombuffer(one, kind) if isinstance(one, bytes) else np.array(one, kind)
                for one in (self._gaps, self._widths)
            )
            ends = np.add(gaps, widths, dtype=np.int64).cumsum()
            self._table = ends - widths, ends
        begins, ends = (one[positions].tolist() for one in self._table)
        return dict(zip(positions, zip(begins, ends, strict=True), strict=True))


class Shown(NamedTuple):
    """What a list of hits needs of one article."""

    article: Listed
    body: str
    title_spans: bytes
    body_spans: bytes


def packed(article: Article, title: bytes, body: bytes) -> tuple[bytes, bytes]:
    """Return an article as it is stored, and its receipts; `title` and `body` are packed spans."""
    listed = listed_bytes(article)
    text = article.body.encode("utf-8", "surrogatepass")
    lengths = _LENGTHS.pack(len(listed), len(title), len(body))
    press = _compressor().compress
    return press(b"".join((lengths, listed, title, body, text))), press(encoded_receipts(article))


def shown(stored: bytes | memoryview) -> Shown:
    """Return what a list shows of a packed article."""
    raw = unpacked(stored)
    listed, title, body = _LENGTHS.unpack_from(raw)
    at = _LENGTHS.size + listed
    spans = at + title + body
    return Shown(
        article=listed_article(memoryview(raw)[_LENGTHS.size : at]),
        body=raw[spans:].decode("utf-8", "surrogatepass"),
        title_spans=raw[at : at + title],
        body_spans=raw[at + title : spans],
    )


def whole(stored: bytes | memoryview, receipts: bytes | memoryview) -> Article:
    """Return the article of `packed`."""
    return replace(decoded(unpacked(receipts)), body=shown(stored).body)


def unpacked(stored: bytes | memoryview) -> bytes:
    """Return what zstd packed. Raises ValueError for anything else."""
    try:
        raw: bytes = _decompressor().decompress(stored, max_output_size=_MOST)
    except zstandard.ZstdError as error:
        raise ValueError(f"not packed by zstd: {error}") from error
    return raw


def pack_spans(gaps: NDArray[Any], widths: NDArray[Any], joined: NDArray[np.uint32]) -> bytes:
    """Return the spans of tokens as bytes: the gap before each, then the widths, a byte each if they fit.

    `joined` is pairs of a position and the end of the joined word that begins there.
    """
    if not len(gaps):
        return b""
    if gaps.dtype != np.uint8 and fit_bytes(gaps) and fit_bytes(widths):
        gaps, widths = gaps.astype("u1"), widths.astype("u1")
    kind, width = ("u1", b"\1") if gaps.dtype == np.uint8 else ("<i4", b"\4")
    head = width + len(joined).to_bytes(4, "little") + joined.astype("<u4").tobytes()
    return b"".join(
        (head, gaps.astype(kind, copy=False).tobytes(), widths.astype(kind, copy=False).tobytes())
    )


def fit_bytes(numbers: NDArray[Any]) -> bool:
    """Return whether gaps or widths fit into a byte each."""
    return not len(numbers) or bool(numbers.min() >= 0 and numbers.max() < _WIDE)


def _compressor() -> zstandard.ZstdCompressor:
    """Return this thread's compressor; one may not be shared."""
    if not hasattr(_LOCAL, "compressor"):
        _LOCAL.compressor = zstandard.ZstdCompressor(level=_LEVEL)
    held: zstandard.ZstdCompressor = _LOCAL.compressor
    return held


def _decompressor() -> zstandard.ZstdDecompressor:
    if not hasattr(_LOCAL, "decompressor"):
        _LOCAL.decompressor = zstandard.ZstdDecompressor()
    held: zstandard.ZstdDecompressor = _LOCAL.decompressor
    return held
