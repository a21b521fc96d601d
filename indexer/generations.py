"""Generations of an index: made beside the current one, then swapped in whole or thrown away."""

import os
import re
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from indexer.report import REPORT
from search.errors import IndexCorrupt, IndexMissing, IndexStale, IndexUnsafe, SearchError, SettingError
from search.generation import MANIFEST, POINTER, check_private, current, sealed_manifest
from search.record import dumps


class NotConfirmed(SearchError):
    """The index was swapped in, and the disk did not say that this will last."""

    kind = "not-confirmed"


# A number above the highest must still be one that readers take: twelve digits at most.
_NAME = re.compile(r"gen-([0-9]{6,11})")
CACHE = "cache"
"""The folder of an index that holds what saves time, and nothing that is not made again without it."""
_OURS = re.compile(r"gen-[0-9]{6,11}|CURRENT(\.new)?|lock|cache|dateline\.toml")


def prepare(folder: Path) -> None:
    """Make the index folder, private, or make sure that the one there is an index's.

    Raises SettingError for a folder that holds something else, and IndexUnsafe for one that
    others may write to.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        foreign = sorted(name for name in os.listdir(folder) if not _OURS.fullmatch(name))
    except OSError as error:
        raise SettingError(f"{folder} cannot be an index folder: {error.strerror}") from error
    if foreign:
        shown = ", ".join(foreign[:3])
        raise SettingError(f"{folder} holds other files ({shown}); name an empty or a new one with --index")
    check_private(folder)


def fresh(folder: Path) -> Path:
    """Return a new generation's folder, with a number above all that are there."""
    numbers = [int(match[1]) for name in os.listdir(folder) if (match := _NAME.fullmatch(name))]
    generation = folder / f"gen-{max(numbers, default=0) + 1:06d}"
    generation.mkdir(mode=0o700)
    return generation


def seal(generation: Path, manifest: Mapping[str, Any], *, report: Mapping[str, Any]) -> None:
    """Write the rebuild's report and the manifest, and make every file of the generation safe on disk."""
    (generation / REPORT).write_bytes(dumps(dict(report)))
    (generation / MANIFEST).write_bytes(sealed_manifest(generation, manifest))
    for base, _, names in os.walk(generation):
        for name in names:
            sync(Path(base) / name)
        sync(Path(base))


def swap(folder: Path, generation: Path) -> None:
    """Point readers at a sealed generation, atomically and for good.

    Raises OSError while the old one serves, and NotConfirmed when the new one does already.
    """
    new = folder / f"{POINTER}.new"
    try:
        new.write_text(generation.name + "\n", encoding="ascii")
        sync(new)
        os.replace(new, folder / POINTER)
    except BaseException:
        with suppress(OSError):
            new.unlink(missing_ok=True)
        raise
    try:
        sync(folder)
    except OSError as error:
        raise NotConfirmed(
            f"{generation} serves, but the disk did not confirm it ({error}): "
            "after a loss of power it may be the one before again"
        ) from error


def serves(folder: Path, generation: Path) -> bool:
    """Return whether readers are pointed at a generation, or may be: when that cannot be read now."""
    try:
        return (folder / POINTER).read_text(encoding="ascii").strip() == generation.name
    except FileNotFoundError:
        return False
    except (OSError, UnicodeDecodeError):
        return True


def generations(folder: Path) -> list[Path]:
    """Return the generations of an index folder, whole or not, by number ascending."""
    numbered = [(int(match[1]), name) for name in os.listdir(folder) if (match := _NAME.fullmatch(name))]
    return [folder / name for _, name in sorted(numbered)]


def is_sealed(generation: Path) -> bool:
    """Return whether a generation was written to its end: the manifest is the last of its files."""
    return (generation / MANIFEST).is_file()


def others(folder: Path, present: Path) -> list[Path]:
    """Return the whole generations beside the current one, last the one before it.

    Those of higher numbers stand first: a rollback left them, or a run that was killed before its swap.
    """
    found = generations(folder)
    at = found.index(present) if present in found else len(found)
    return [one for one in (*found[at + 1 :], *found[:at]) if is_sealed(one)]


def sweep(folder: Path) -> None:
    """Remove what a run left that was killed: before its end, or after its swap, before it had tidied up.

    Generations that were not written to their end go, and of the others all but the current one and
    the last of `others`. Where it is not known which serves, all whole ones stay.
    """
    held = current_or_none(folder)
    for generation in generations(folder):
        if not is_sealed(generation) or (held and generation not in (held, *others(folder, held)[-1:])):
            discard(generation)


def tidy(folder: Path, *, previous: Path | None) -> None:
    """Remove every generation but the current one and the previous one."""
    kept = {current(folder).name, previous.name if previous else ""}
    for generation in generations(folder):
        if generation.name not in kept:
            discard(generation)


def discard(generation: Path) -> None:
    """Remove a generation that nobody reads from now on."""
    shutil.rmtree(generation, ignore_errors=True)


def current_or_none(folder: Path) -> Path | None:
    """Return the current generation, None when there is none that could be read."""
    with suppress(IndexCorrupt, IndexMissing, IndexStale, IndexUnsafe):
        return current(folder)
    return None


def sync(path: Path) -> None:
    """Make what was written to a file or folder survive a loss of power."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
