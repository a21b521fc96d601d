"""Build indexer/data/genders.txt.gz: given names that only women, or only men, bear.

    python bench/build_genders.py

Sources: the names of the United States census of 1990 (public domain) as the package `names` carries
them, with how often women and men bear each, and the lists for women and men of some sixty languages in
Faker (MIT). A name counts when neither source speaks against it: the census has it at least `RATIO`
times as often on this side as on the other, or on neither; and `LANGUAGES` times as many languages list
it on this side, and fewer than `ABROAD` on the other. "Jean" and "Simone" are thus left out: each is a
man's name in one country and a woman's in the next.
"""

import gzip
import importlib
import pkgutil
import re
from collections import Counter
from pathlib import Path

import names
from faker.providers import person

from search.tokens import fold

RATIO = 20
LANGUAGES = 10
ABROAD = 3
WORD = re.compile(r"[^\W\d_]{3,}(?:-[^\W\d_]{2,})?")
SIDES = ("female", "male")
TARGET = Path(__file__).parent.parent / "indexer" / "data" / "genders.txt.gz"


def census(side: str) -> dict[str, float]:
    """Return the given names of a side with their share of its bearers, in percent."""
    lines = Path(names.FILES[f"first:{side}"]).read_text(encoding="utf-8").splitlines()
    return {fold(line.split()[0]): float(line.split()[1]) for line in lines}


def listed(side: str) -> Counter[str]:
    """Return how many languages list a folded name on a side."""
    counted: Counter[str] = Counter()
    for found in pkgutil.iter_modules(person.__path__):
        provider = importlib.import_module(f"faker.providers.person.{found.name}").Provider
        forms = getattr(provider, f"first_names_{side}", ())
        counted.update({fold(name) for name in forms if WORD.fullmatch(name)})
    return counted


def main() -> None:
    """Write the file: a line of women's names, a line of men's."""
    share = {side: census(side) for side in SIDES}
    abroad = {side: listed(side) for side in SIDES}
    lines = []
    for side, other in (SIDES, SIDES[::-1]):
        kept = {
            name
            for name in {*abroad[side], *share[side]}
            if abroad[side][name] >= LANGUAGES * abroad[other][name]
            and abroad[other][name] < ABROAD
            and share[side].get(name, 0.0) >= RATIO * share[other].get(name, 0.0)
        }
        lines.append(" ".join(sorted(kept)))
    TARGET.write_bytes(gzip.compress("\n".join(lines).encode(), 9, mtime=0))
    print(f"{TARGET}: {', '.join(str(len(line.split())) for line in lines)} names of women, of men")


if __name__ == "__main__":
    main()
