"""What one engine under measurement is."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from questions import Question

from search.domain import Article


@dataclass(frozen=True, slots=True)
class Place:
    """Where an engine keeps its index of so many articles: a folder of its own, or a server's URL.

    Ours is built in `segments` commits without a merge; the others follow their own policy.
    """

    folder: Path
    articles: int
    segments: int = 1
    url: str = ""


class Rival(Protocol):
    """One engine and its index. `skips` names the kinds of question it cannot answer.

    `most` is the number of articles above which it is asked only when named: its turns would take hours.
    Engines may also give `size_bytes()` where the index is not in the folder, and `parts()`.
    """

    name: str
    version: str
    skips: tuple[str, ...]
    most: int | None

    def __init__(self, place: Place) -> None: ...

    @staticmethod
    def missing(place: Place) -> str:
        """Return why it cannot be asked; nothing when it can."""

    def build(self, articles: Iterable[Article]) -> None:
        """Write the index; it is opened afterwards by `open`."""

    def open(self) -> None:
        """Open the index for asking."""

    def page(self, asked: Question) -> int:
        """Make a whole page; return the total."""

    def hits(self, asked: Question) -> int:
        """Find total and ten best; return the total."""
