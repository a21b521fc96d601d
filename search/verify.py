"""Whether every byte of an index is as it was written."""

from dataclasses import dataclass
from pathlib import Path

from search.generation import MANIFEST, POINTER, check_files, current, open_generation
from search.intact import damaged


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found whole: the generation, how many files and bytes of it, and the articles they hold."""

    generation: Path
    files: int
    size_bytes: int
    articles: int


def verify(folder: Path) -> Checked:
    """Read the current generation from its first byte to its last; return what was checked.

    Raises IndexCorrupt naming the first file that is damaged, and whatever opening an index raises.
    """
    return verify_generation(folder, current(folder))


def verify_generation(folder: Path, generation: Path) -> Checked:
    """Read a generation of an index folder as `verify` reads the current one."""
    engine, manifest = open_generation(generation)
    try:
        sealed = check_files(generation, manifest)
        files = [folder / POINTER, generation / MANIFEST, *sealed, *engine.verify()]
        if len(engine) != manifest.articles:
            told = f"it tells of {manifest.articles} articles, and {len(engine)} are there"
            raise damaged(generation / MANIFEST, told)
        sizes = sum(path.stat().st_size for path in files)
        return Checked(generation, len(files), sizes, len(engine))
    finally:
        engine.close()
