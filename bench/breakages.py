"""Whether the quality floors of `make check` turn red when a rule is lost.

    python bench/breakages.py [--corpora ../shared/corpora] [--only TEXT]

Each breakage is made in a copy of the checkout: a list is emptied, or a feature is taken out of the code.
Then the floors are held as `make check` holds them, once with the collections beside the checkout and once
with our own small corpus alone. Printed are the floors that each breakage falls below; the program exits
with 1 if one goes unseen with the collections, or if the unbroken copy is below a floor.
"""

import argparse
import gzip
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent
COPIED = ("indexer", "search", "web", "tests/quality")
COMMAND = "from search.commands import main; main()"


def emptied(path: str) -> Callable[[Path], None]:
    """Return what leaves a list of names without a line; comments and heads of sections stay."""

    def empty(copy: Path) -> None:
        file = copy / path
        packed = file.suffix == ".gz"
        text = gzip.decompress(file.read_bytes()).decode() if packed else file.read_text(encoding="utf-8")
        kept = "".join(line for line in text.splitlines(keepends=True) if line.startswith(("#", "[")))
        file.write_bytes(gzip.compress(kept.encode()) if packed else kept.encode())

    return empty


def changed(path: str, was: str, becomes: str) -> Callable[[Path], None]:
    """Return what changes a place of the code that must stand there just once."""

    def change(copy: Path) -> None:
        file = copy / path
        text = file.read_text(encoding="utf-8")
        if text.count(was) != 1:
            sys.exit(f"{path}: {was!r} stands there {text.count(was)} times, and once was meant")
        file.write_text(text.replace(was, becomes), encoding="utf-8")

    return change


BREAKAGES: dict[str, Callable[[Path], None]] = {
    "nothing": lambda _: None,
    "no surnames are listed": emptied("indexer/data/surnames.txt.gz"),
    "no given names are listed": emptied("indexer/data/given_names.txt.gz"),
    "no towns are listed": emptied("indexer/data/places.tsv.gz"),
    "no words about persons are known": emptied("indexer/data/person_words.txt"),
    "the tagger does not see the shape of words": changed(
        "indexer/features.py", 'return "".join(found[:_SHAPE])', 'return ""'
    ),
    "dates that readers see are not looked for": changed(
        "indexer/shown.py", "text = opening_of(element)\n", "return\n    text = opening_of(element)\n"
    ),
    "boxes of a page are kept": changed("indexer/prune.py", "if _is_box(", "if False and _is_box("),
    "long articles are not held back": changed("search/score.py", "\nB = ", "\nB = 0 * "),
}


def main() -> None:
    """Break one rule after another, print what turns red, and exit with 1 if one goes unseen."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpora", type=Path, default=ROOT.parent / "shared" / "corpora")
    parser.add_argument("--only", default="", help="only breakages whose name has this in it")
    asked = parser.parse_args()
    unseen = []
    for name, breakage in BREAKAGES.items():
        if asked.only in name:
            below = broken(breakage, asked.corpora)
            for which, floors in zip(("with the collections", "our corpus alone"), below, strict=True):
                print(f"{name}, {which}: {len(floors)} below; {'; '.join(floors) or 'green'}", flush=True)
            if bool(below[0]) == (name == "nothing"):
                unseen.append(name)
    sys.exit(f"not as it should be: {', '.join(unseen)}" if unseen else 0)


def broken(breakage: Callable[[Path], None], corpora: Path) -> tuple[list[str], list[str]]:
    """Return the floors below which a broken copy is, with the collections and without."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for part in COPIED:
            shutil.copytree(ROOT / part, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
        breakage(copy)
        own = "tests/quality"
        return below_floors(copy, [str(corpora.resolve()), own]), below_floors(copy, [own])


def below_floors(copy: Path, corpora: Sequence[str]) -> list[str]:
    """Hold the floors of a copy; return a line for each figure below one."""
    floors = ["--floors", "tests/quality/floors.json"]
    run = subprocess.run(
        [sys.executable, "-c", COMMAND, "evaluate", "all", *corpora, *floors, "--json"],
        cwd=copy,
        env={**os.environ, "PYTHONPATH": str(copy)},
        capture_output=True,
        text=True,
        check=False,
    )
    try:
        below = json.loads(run.stdout)["below"]
    except ValueError:
        return [f"the run fails: {(run.stderr.strip().splitlines() or ['without a word'])[-1]}"]
    if bool(below) != bool(run.returncode):
        sys.exit(f"exit status {run.returncode} with {len(below)} figures below their floors")
    return [f"{one['name']} {one['figure']} {one['got'] or 0:.3f} < {one['least']:.3f}" for one in below]


if __name__ == "__main__":
    main()
