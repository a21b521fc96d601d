"""The ids that a rebuild has taken, each with what its article held and where it was read."""

from array import array
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryFile
from typing import Self

DIGEST_BYTES = 16
_SLOTS = 1 << 10


class Taken:
    """Ids in the order they were taken.

    Of an article there are in memory its id as UTF-8, and 44 bytes: its digest, where its id and its
    origin end, and its place in a table that is sought by hash; a dictionary of strings takes 150 more.
    Origins, which are asked for when two articles have the same id and else never, wait in a file that has
    no name in the folder.
    """

    def __init__(self, folder: Path) -> None:
        self._ids = bytearray()
        self._id_ends = array("Q", [0])
        self._slots = array("I", bytes(4 * _SLOTS))
        self._digests = bytearray()
        self._ends = array("Q", [0])
        self._origins = TemporaryFile(dir=folder)  # noqa: SIM115  closed by `close`

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __len__(self) -> int:
        return len(self._id_ends) - 1

    def __iter__(self) -> Iterator[str]:
        return (self._id(row).decode("utf-8", "surrogatepass") for row in range(len(self)))

    def __contains__(self, article_id: object) -> bool:
        return isinstance(article_id, str) and self._row(article_id) is not None

    def add(self, article_id: str, digest: bytes, origin: str) -> None:
        """Take an id that is new."""
        name = article_id.encode("utf-8", "surrogatepass")
        if 2 * len(self) >= len(self._slots):
            self._grow()
        self._slots[self._slot(name)] = len(self) + 1
        self._ids += name
        self._id_ends.append(len(self._ids))
        self._digests += digest
        place = origin.encode("utf-8", "surrogatepass")
        self._origins.seek(self._ends[-1])
        self._origins.write(place)
        self._ends.append(self._ends[-1] + len(place))

    def digest(self, article_id: str) -> bytes | None:
        """Return what stands for the content of the article with this id, None if it was not taken."""
        row = self._row(article_id)
        return None if row is None else bytes(self._digests[DIGEST_BYTES * row : DIGEST_BYTES * (row + 1)])

    def origin(self, article_id: str) -> str:
        """Return where the article of an id that was taken was read. Raises KeyError for another one."""
        row = self._row(article_id)
        if row is None:
            raise KeyError(article_id)
        begin, end = self._ends[row : row + 2]
        self._origins.seek(begin)
        return self._origins.read(end - begin).decode("utf-8", "surrogatepass")

    def close(self) -> None:
        """Let go of the file; ids and digests stay."""
        self._origins.close()

    def _id(self, row: int) -> bytes:
        return bytes(self._ids[self._id_ends[row] : self._id_ends[row + 1]])

    def _row(self, article_id: str) -> int | None:
        number = self._slots[self._slot(article_id.encode("utf-8", "surrogatepass"))]
        return number - 1 if number else None

    def _slot(self, name: bytes) -> int:
        """Return where an id stands in the table, or would; half of it is empty, so that one is near."""
        most = len(self._slots) - 1
        slot = hash(name) & most  # salted anew in each process: no archive can aim at one place
        while (number := self._slots[slot]) and self._id(number - 1) != name:
            slot = (slot + 1) & most
        return slot

    def _grow(self) -> None:
        """Make the table twice as large."""
        self._slots = array("I", bytes(8 * len(self._slots)))
        most = len(self._slots) - 1
        for row in range(len(self)):
            slot = hash(self._id(row)) & most
            while self._slots[slot]:
                slot = (slot + 1) & most
            self._slots[slot] = row + 1
