"""One article as it was read, or the reason why it was not: nothing here is guessed."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "html", "record"]

SUFFIXES = {
    ".txt": "text",
    ".md": "text",
    ".html": "html",
    ".htm": "html",
    ".jsonl": "jsonl",
    ".json": "json",
    ".csv": "csv",
}
"""How a file of each suffix is read; each may also end in `.gz`."""

ARCHIVES = {".zip": "zip", ".tar": "tar", ".tar.gz": "tar", ".tgz": "tar"}
"""What files that hold files end in, and how they are read."""


@dataclass(frozen=True, slots=True)
class Source:
    """One article as read. A field that is None was not given; countries and people too.

    `origin` is the file, with `:LINE` for a row of JSONL or CSV and `[N]` for an element of a
    JSON list. `kind` says what `content` is: `text` is a paste that may hold page furniture,
    `html` a page, `record` a text that is kept character for character. `path_id` is the path
    below the folder read, without its suffix, and None where one file holds many articles.
    `crawled` is when a page was fetched, as ISO date or time.
    `notes` are sentences on what was tolerated while reading.
    """

    origin: str
    kind: Kind
    content: str
    path_id: str | None = None
    id: str | None = None
    title: str | None = None
    date: str | None = None
    url: str | None = None
    outlet: str | None = None
    author: str | None = None
    language: str | None = None
    dateline: str | None = None
    crawled: str | None = None
    countries: tuple[str, ...] | None = None
    people: tuple[str, ...] | None = None
    unknown_keys: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """One file or row that gave no article, and why.

    `skipped` marks a file of a format that is never read, such as a picture that lies between
    articles: it is counted and named, but nothing went wrong.
    """

    origin: str
    reason: str
    skipped: bool = False


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is read. `article_bytes` binds one article, or a whole file that is not read by lines.

    `archive_bytes` and `archive_members` bind what comes out of one archive.
    """

    article_bytes: int = 50_000_000
    archive_bytes: int = 200_000_000_000
    archive_members: int = 5_000_000
    body_chars: int = 2_000_000
