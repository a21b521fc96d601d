"""The ids that a rebuild has taken, each with what its article held and where it was read."""

from array import array
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryFile
from typing import Self

DIGEST_BYTES = 16


class Taken:
    """Ids in the order they were taken.

    Of an article there are its id in memory, and 92 bytes: an entry of a dictionary, a number, its
    digest, and where its origin ends. Origins, which are asked for when two articles have the same
    id and else never, wait in a file that has no name in the folder.
    """

    def __init__(self, folder: Path) -> None:
        self._rows: dict[str, int] = {}
        self._digests = bytearray()
        self._ends = array("Q", [0])
        self._origins = TemporaryFile(dir=folder)  # noqa: SIM115  closed by `close`

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __contains__(self, article_id: object) -> bool:
        return article_id in self._rows

    def add(self, article_id: str, digest: bytes, origin: str) -> None:
        """Take an id that is new."""
        self._rows[article_id] = len(self._rows)
        self._digests += digest
        place = origin.encode("utf-8", "surrogatepass")
        self._origins.seek(self._ends[-1])
        self._origins.write(place)
        self._ends.append(self._ends[-1] + len(place))

    def digest(self, article_id: str) -> bytes | None:
        """Return what stands for the content of the article with this id, None if it was not taken."""
        row = self._rows.get(article_id)
        return None if row is None else bytes(self._digests[DIGEST_BYTES * row : DIGEST_BYTES * (row + 1)])

    def origin(self, article_id: str) -> str:
        """Return where the article of an id that was taken was read."""
        row = self._rows[article_id]
        begin, end = self._ends[row : row + 2]
        self._origins.seek(begin)
        return self._origins.read(end - begin).decode("utf-8", "surrogatepass")

    def close(self) -> None:
        """Let go of the file; ids and digests stay."""
        self._origins.close()
