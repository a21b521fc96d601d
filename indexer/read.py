"""Folders and files to articles as they stand: each file found gives a source or a refusal.

Files come in path order and are read one at a time; what is in memory is one file or one line.
Names that begin with a dot are not looked at. A file of another format is named and skipped, so
that nothing in the folder is lost without a word. An archive is read as a folder of its name would
be, and one that is a source itself as that folder.
"""

import gzip
import io
import os
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

from indexer import decode, records
from indexer.member import ArchiveRefused, Member, Meter, Metered, Unread
from indexer.source import ARCHIVES, SUFFIXES, Kind, Limits, Refusal, Source
from indexer.tarred import tar_members
from indexer.zipped import zip_members
from search.errors import ArticleRefused

Form = Literal["text", "html", "jsonl", "json", "csv", "zip", "tar"]
KNOWN = f"{' '.join(SUFFIXES)}, each also .gz, and in {' '.join(ARCHIVES)}"
ABOUT = ("readme", "license", "notice", "changelog")
"""Names that a text file directly in a source bears when it is about the folder and is no article."""
_ABOUT_FOLDER = "skipped: it is about the folder, no article"
_DAMAGE = (EOFError, zlib.error, UnicodeError, zipfile.BadZipFile, tarfile.TarError)
_ODD = (ValueError, RuntimeError, OverflowError, struct.error)
"""What zipfile and tarfile let out beside their own errors, for a negative size or headers nested deep."""
_NAMED_CHARS = 200
"""What is said of the name of a member that is not read."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file that was found: its path and its path below the source, as text.

    `alone` marks one that is the source itself and lies in no folder that is read.
    """

    path: Path
    relative: str
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Opened:
    """An open file, how it is read, and its size on disk (0 when that is not known)."""

    stream: decode.Peekable
    form: Form
    origin: str
    path_id: str
    size: int


def read_sources(
    paths: Iterable[Path], *, form: Form | None = None, limits: Limits | None = None
) -> Iterator[Source | Refusal]:
    """Yield every article under the paths, or the reason why there is none.

    `form` reads every file so, whatever its suffix says. Files are read as the iterator is
    drawn. No exception of a file comes out, but for OSError when the machine lacks memory or handles.
    """
    for path in paths:
        for found in find_files(path):
            if isinstance(found, Refusal):
                yield found
            else:
                yield from read_file(found, form=form, limits=limits or Limits())


def read_stream(
    stream: decode.Peekable, *, origin: str, form: Form, limits: Limits | None = None
) -> Iterator[Source | Refusal]:
    """Yield the articles of an open stream, such as standard input; `origin` names it."""
    part = Opened(stream, form=form, origin=origin, path_id=origin, size=0)
    yield from _told(_articles(part, limits=limits or Limits()), origin=origin)


def shown(path: str | os.PathLike[str]) -> str:
    """Return a path as text that can be printed and encoded, whatever bytes its name holds."""
    text = os.fsencode(path).decode("utf-8", "backslashreplace")
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def find_files(root: Path) -> Iterator[Found | Refusal]:
    """Yield the files of a folder in path order, or the one file that `root` is.

    A folder that was met before, through a symbolic link, is refused: its files are read once.
    """
    refusal = _probe(root)
    if refusal or not root.is_dir():
        yield refusal or _found(root, shown(root.name), alone=True)
        return
    if _is_index(root):
        yield Refusal(shown(root), "it is an index, not a source")
        return
    found = False
    for item in _walk(root):
        found = True
        yield item
    if not found:
        yield Refusal(shown(root), f"an empty folder: it holds none of {KNOWN}")


def _probe(path: Path) -> Refusal | None:
    """Return why a path leads to no file, None if it leads to one."""
    try:
        path.stat()
    except FileNotFoundError:
        missing = "a symbolic link to nothing" if path.is_symlink() else "there is no such file or folder"
        return Refusal(shown(path), missing)
    except OSError as error:
        decode.raise_for_want(error)
        return Refusal(shown(path), decode.reason_of(error))
    return None


def _found(path: Path, relative: str, *, alone: bool = False) -> Found | Refusal:
    """Return a file, or the refusal of a pipe, a socket or a device that is named like one to read."""
    found = Found(path, relative, alone=alone)
    if not is_read(found):
        return found
    try:
        regular = stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return found  # reading it will tell why
    return found if regular else Refusal(shown(path), decode.NOT_REGULAR)


def _walk(root: Path) -> Iterator[Found | Refusal]:
    """Yield what lies below a folder, depth first; a stack, since folders may nest beyond recursion."""
    seen = {_identity(root): root}
    stack = [root]
    while stack:
        path = stack.pop()
        refusal = _probe(path)
        if refusal:
            yield refusal
        elif not path.is_dir():
            yield _about(path, root) or _found(path, shown(path.relative_to(root)))
        elif _is_index(path):
            yield Refusal(shown(path), "skipped: it is an index, not a source", skipped=True)
        elif path is not root and _identity(path) in seen:
            yield Refusal(
                shown(path), f"the same folder as {shown(seen[_identity(path)])}, which is read once"
            )
        else:
            seen[_identity(path)] = path
            entries = _entries(path)
            if isinstance(entries, Refusal):
                yield entries
            else:
                stack.extend(reversed(entries))


def _is_index(folder: Path) -> bool:
    """Return whether a folder holds an index: its pointer or a generation, and the lock beside it."""
    # Unlike Path's own, os.path's answer is False for a folder that may not be looked into.
    return os.path.isfile(folder / "lock") and any(folder.glob("gen-*"))


def _about(path: Path, root: Path) -> Refusal | None:
    """Return the refusal of a file that tells about the folder it lies in, None for an article."""
    if path.parent == root and path.name == "tags.toml":
        return Refusal(shown(path), "skipped: it says how to tag, and is no article", skipped=True)
    if path.parent == root and _tells_about(path.name):
        return Refusal(shown(path), _ABOUT_FOLDER, skipped=True)
    return None


def _tells_about(name: str) -> bool:
    stem, suffix = os.path.splitext(name.lower())
    return stem in ABOUT and suffix in (".md", ".txt")


def _identity(path: Path) -> tuple[int, int]:
    """Return what two names of one folder have in common."""
    status = path.stat()
    return status.st_dev, status.st_ino


def _entries(folder: Path) -> list[Path] | Refusal:
    """Return the entries of a folder in path order, or why it cannot be listed."""
    try:
        with os.scandir(folder) as listing:
            names = sorted(_sort_name(entry) for entry in listing if entry.name[0] != ".")
    except OSError as error:
        decode.raise_for_want(error)
        return Refusal(shown(folder), decode.reason_of(error))
    return [folder / name for name in names]


def _sort_name(entry: os.DirEntry[str]) -> str:
    """Return a name that sorts as its path does: a folder with its slash."""
    try:
        return entry.name + "/" if entry.is_dir() else entry.name
    except OSError:
        return entry.name


def is_read(found: Found) -> bool:
    """Return whether the suffix is one of those that are read."""
    return form_of(found) is not None


def form_of(found: Found) -> Form | None:
    """Return how the suffix says that a file is read, None for one that is not."""
    return _stem_and_form(found.relative)[1]


def read_file(found: Found, *, form: Form | None, limits: Limits) -> Iterator[Source | Refusal]:
    """Yield the articles of one file, or its refusal."""
    origin = shown(found.path)
    stem, known = _stem_and_form(found.relative)
    if known in ARCHIVES.values():
        yield from _told(_archived(found, form, limits), origin=origin)
        return
    form = form or known
    if form is None:
        yield _of_no_form(origin)
        return
    yield from _told(_opened_articles(found.path, form, origin, stem, limits), origin=origin)


def _of_no_form(origin: str) -> Refusal:
    return Refusal(origin, f"skipped: not a known format; read are {KNOWN}", skipped=True)


def _archived(found: Found, form: Form | None, limits: Limits) -> Iterator[Source | Refusal]:
    """Yield the articles of an archive's members, as those of a folder. Raises what opening it raises."""
    origin = shown(found.path)
    meter = Meter(found.path.stat().st_size, limits)
    empty = True
    try:
        for member in _members(found, origin, meter):
            empty = False
            if isinstance(member, Unread):
                yield Refusal(f"{origin}/{shown(member.path)[:_NAMED_CHARS]}", member.reason)
            else:
                yield from _member(found, member, form, meter)
    except ArchiveRefused as refused:
        yield Refusal(origin, refused.reason)
        return
    if empty:
        raise ArticleRefused(origin, "an empty archive: it holds no file")


def _members(found: Found, origin: str, meter: Meter) -> Iterator[Member | Unread]:
    """Yield the files of an archive, which is open meanwhile."""
    opened = zip_members if form_of(found) == "zip" else tar_members
    with decode.open_regular(found.path, origin=origin) as stream:
        try:
            yield from opened(stream, meter)
        except _ODD as error:
            raise tarfile.TarError(str(error)) from error


def _member(found: Found, member: Member, form: Form | None, meter: Meter) -> Iterator[Source | Refusal]:
    """Yield the articles of one file of an archive, or its refusal. Raises ArchiveRefused."""
    name = shown(member.path)
    origin = f"{shown(found.path)}/{name}"
    stem, known = _stem_and_form(name if found.alone else f"{found.relative}/{name}")
    form = form or known
    if found.alone and "/" not in name and _tells_about(name):
        yield Refusal(origin, _ABOUT_FOLDER, skipped=True)
    elif known in ARCHIVES.values():
        yield Refusal(origin, "an archive within an archive, which is not read: unpack it")
    elif form is None:
        yield _of_no_form(origin)
    else:
        stream = _unpacked(member, meter)
        part = Opened(stream, form=form, origin=origin, path_id=stem, size=member.size)
        yield from _told(_articles(part, limits=meter.limits), origin=origin)


def _unpacked(member: Member, meter: Meter) -> decode.Peekable:
    """Return the bytes of a member; of one that is packed itself what comes out counts too."""
    if not member.path.lower().endswith(".gz"):
        return member.stream
    return io.BufferedReader(Metered(gzip.GzipFile(fileobj=member.stream), meter))


def _told(articles: Iterator[Source | Refusal], *, origin: str) -> Iterator[Source | Refusal]:
    """Yield the articles, and a refusal at the end if reading them broke off."""
    try:
        yield from articles
    except ArticleRefused as refused:
        yield Refusal(refused.origin, refused.reason)
    except (OSError, *_DAMAGE) as error:
        decode.raise_for_want(error)
        yield Refusal(origin, decode.reason_of(error))


def _opened_articles(
    path: Path, form: Form, origin: str, path_id: str, limits: Limits
) -> Iterator[Source | Refusal]:
    """Yield the articles of a file, which is open meanwhile. Raises what reading raises."""
    with decode.open_regular(path, origin=origin) as stream:
        part = Opened(stream, form=form, origin=origin, path_id=path_id, size=path.stat().st_size)
        yield from _articles(part, limits=limits)


def _stem_and_form(relative: str) -> tuple[str, Form | None]:
    """Return the path without its suffix, if that is known, and how it says that the file is read."""
    lower = relative.lower()
    archive = next((form for suffix, form in ARCHIVES.items() if lower.endswith(suffix)), None)
    if archive:
        return relative, cast(Form, archive)
    packed = relative[:-3] if lower.endswith(".gz") else relative
    stem, suffix = os.path.splitext(packed)
    form = SUFFIXES.get(suffix.lower())
    return (packed if form is None else stem), cast(Form | None, form)


def _articles(part: Opened, *, limits: Limits) -> Iterator[Source | Refusal]:
    """Yield the articles of an open file. Raises what reading raises."""
    origin = part.origin
    if part.form in ("jsonl", "csv"):
        read = records.read_jsonl if part.form == "jsonl" else records.read_csv
        yield from read(part.stream, origin=origin, limits=limits, size=part.size)
        return
    data = decode.read_whole(part.stream, origin=origin, limit=limits.article_bytes, size=part.size)
    text, notes = decode.decode(data, origin=origin)
    if not text.strip():
        raise ArticleRefused(origin, "no text: the file is blank")
    if part.form == "json":
        yield from records.read_json(text, origin=origin, path_id=part.path_id)
        return
    yield Source(origin, cast(Kind, part.form), text, path_id=part.path_id, notes=notes)
