"""Build indexer/data/given_names.txt.gz and surnames.txt.gz, the name lists of the people tagger.

    python bench/build_names.py [CORPORA]

Sources: the politicians of 229 countries (CORPORA/politicians.jsonl.gz), the names of the United
States census of 1990 (public domain) as the package `names` carries them, and the names of some sixty
languages in Faker (MIT). A politician's name part counts once an entry and is kept from three entries
on. A name that the news also writes in lower case
("bill", "price") is marked with `?`: the tagger asks for more evidence there.

Politicians are listed family name first in half of the countries. Which order a country uses is
settled by the parts that are given names elsewhere; a name in capitals beside one that is not
("AIELLO Ferdinando") says so itself.
"""

import gzip
import importlib
import json
import pkgutil
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import names
from faker.providers import person

ENTRIES_MIN = 3
CENSUS_SURNAMES = 18_000  # the commonest; further down the census is noise (two in a million bearers)
LOWER_MIN = 3
DATA = Path(__file__).parent.parent / "indexer" / "data"
TITLES = re.compile(
    r"\b(?:Hon|Mr|Mrs|Mme|Ms|Dr|Drs|Shri|Smt|Prof|Ir|Mst|Sir|Hj|Haji|Adv|Eng|Gen|Col)\b\.?", re.I
)
PART = re.compile(r"[^\W\d_](?:[^\W\d_]|['’-](?=[^\W\d_]))+")
LOWER_WORD = re.compile(r"\b[a-z]{2,}\b")
CAPITAL_INSIDE = re.compile(r"(?<=[a-z,] )[A-Z][a-z]+\b")
PARTICLES = frozenset(
    (
        "de",
        "del",
        "della",
        "di",
        "da",
        "do",
        "dos",
        "das",
        "du",
        "la",
        "le",
        "van",
        "von",
        "der",
        "den",
        "ter",
        "zu",
    )
) | {"bin", "ibn", "ben", "al", "el", "bint", "y", "e", "af", "av", "of", "the", "and", "nee"}
LATIN = "a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya i i ye g j lj nj c dj dz"
CYRILLIC = dict(zip("абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґјљњћђџ", LATIN.split(), strict=True))
"""Latin for Cyrillic as newspapers write it; `latin_of` adds their usual other spellings."""


def latin_of(name: str) -> set[str]:
    """Return the usual Latin spellings of a Cyrillic name; nothing for one in another script."""
    low = name.lower()
    if any(sign not in CYRILLIC for sign in low):
        return set()
    plain = "".join(CYRILLIC[sign] for sign in low).replace("_", "")
    swaps = (
        ("ks", "x"),
        ("ei", "ey"),
        ("ai", "ay"),
        ("ii", "y"),
        ("ii", "iy"),
        ("kh", "h"),
        ("yu", "iu"),
        ("ya", "ia"),
    )
    found = {plain, *(plain.replace(one, other) for one, other in swaps)}
    found |= {one.replace("ei", "ey").replace("ks", "x").replace("ii", "y") for one in found}
    return {one.capitalize() for one in found}


def with_latin(names_of_list: Iterable[str]) -> set[str]:
    """Return the names and the Latin spellings of the Cyrillic ones among them."""
    kept = set(names_of_list)
    return kept.union(*(latin_of(name) for name in kept))


def lines(path: Path) -> Iterator[dict[str, object]]:
    """Yield the objects of a gzipped JSONL file."""
    with gzip.open(path, "rt", encoding="utf-8") as source:
        for line in source:
            yield json.loads(line)


def parts_of(name: str) -> tuple[list[str], bool]:
    """Return the parts of a politician's name, and whether it says itself that the family name leads."""
    name = TITLES.sub(" ", re.sub(r"\([^)]*\)|\"[^\"]*\"", " ", name))
    family, comma, rest = name.partition(",")
    found = [p for p in PART.findall(f"{rest} {family}" if comma else name) if p.casefold() not in PARTICLES]
    shouted = [p.isupper() for p in found]
    leads = not comma and len(found) > 1 and shouted[0] and not shouted[-1]
    return [cased(p) for p in found], leads


def cased(part: str) -> str:
    """Return the part with capitals only where a name has them."""
    if not part.isupper():
        return part
    return re.sub(r"[^\W\d_]+", lambda m: m.group().capitalize(), part)


def orders(entries: Iterable[tuple[str, list[str], bool]], given: frozenset[str]) -> dict[str, bool]:
    """Return for each country whether family names lead, by where its known given names stand."""
    votes: dict[str, int] = defaultdict(int)
    for country, parts, _ in entries:
        votes[country] += (parts[-1] in given) - (parts[0] in given)
    return {country: vote > 0 for country, vote in votes.items()}


def politicians(path: Path, census_given: frozenset[str]) -> tuple[Counter[str], Counter[str]]:
    """Return how many entries use a part as given name and as surname."""
    entries = []
    for number, row in enumerate(lines(path)):
        for name in row["names"]:  # type: ignore[attr-defined]
            parts, leads = parts_of(name)
            if 2 <= len(parts) <= 4 and all(p[0].isupper() for p in parts):
                entries.append((number, str(row["country"]), parts, leads))
    given = census_given
    uses: tuple[dict[str, set[int]], dict[str, set[int]]] = ({}, {})
    for _ in range(3):
        leading = orders(((c, p, x) for _, c, p, x in entries), given)
        uses = (defaultdict(set), defaultdict(set))
        for number, country, parts, leads in entries:
            turned = parts[1:] + parts[:1] if leads or (leading[country] and parts[0] not in given) else parts
            uses[0][turned[0]].add(number)
            uses[1][turned[-1]].add(number)
        given = census_given | {p for p, n in uses[0].items() if len(n) >= 5 and len(n) > len(uses[1][p])}
    return (
        Counter({p: len(n) for p, n in uses[0].items()}),
        Counter({p: len(n) for p, n in uses[1].items()}),
    )


def census() -> tuple[frozenset[str], frozenset[str]]:
    """Return the given names and the commonest surnames of the census."""
    folder = Path(names.__file__).parent

    def read(name: str, limit: int) -> list[str]:
        return [line.split()[0].capitalize() for line in (folder / name).read_text().splitlines()[:limit]]

    given = read("dist.male.first", 2000) + read("dist.female.first", 5000)
    surnames = [
        re.sub(r"^Mc(.)", lambda m: "Mc" + m[1].upper(), n) for n in read("dist.all.last", CENSUS_SURNAMES)
    ]
    return frozenset(given), frozenset(surnames)


def faker_names(prefix: str) -> frozenset[str]:
    """Return the single names of all of Faker's languages whose list is called `prefix` or begins so."""
    found: set[str] = set()
    for module in pkgutil.iter_modules(person.__path__):
        provider = importlib.import_module(f"{person.__name__}.{module.name}").Provider
        for key in (k for k in dir(provider) if k.startswith(prefix)):
            values = getattr(provider, key)
            if isinstance(values, tuple | list | dict):
                found.update(v for v in values if isinstance(v, str))
    return frozenset(n for n in found if PART.fullmatch(n) and n[0].isupper() and not n.isupper())


def ordinary_words(corpora: Path) -> frozenset[str]:
    """Return the words that the news writes in lower case, at least half as often as capitalised."""
    low: Counter[str] = Counter()
    high: Counter[str] = Counter()
    for name, key in (("reuters", "body"), ("wikinews", "text")):
        for row in lines(corpora / f"{name}.jsonl.gz"):
            text = str(row[key])
            low.update(LOWER_WORD.findall(text))
            high.update(CAPITAL_INSIDE.findall(text))
    return frozenset(w for w, n in low.items() if n >= LOWER_MIN and n * 2 > high[w.capitalize()])


def write(name: str, kept: Iterable[str], ordinary: frozenset[str]) -> None:
    """Write a list, sorted, one name a line; `?` after a name that is an ordinary word too."""
    rows = [f"{n}?" if n.casefold() in ordinary else n for n in sorted(set(kept))]
    packed = gzip.compress(("\n".join(rows) + "\n").encode(), 9, mtime=0)
    (DATA / name).write_bytes(packed)
    print(f"{name}: {len(rows)} names, {len(packed)} bytes")


def main() -> None:
    """Build both lists from the corpora folder given as the argument."""
    corpora = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/corpora")
    census_given, census_surnames = census()
    given, surnames = politicians(corpora / "politicians.jsonl.gz", census_given)
    ordinary = ordinary_words(corpora)
    # A part that is thirty times oftener a surname is a slip of the order, not a given name.
    first = {n for n, c in given.items() if c >= ENTRIES_MIN and c * 30 > surnames[n]} | census_given
    last = {n for n, c in surnames.items() if c >= ENTRIES_MIN and c * 30 > given[n]} | census_surnames
    write("given_names.txt.gz", with_latin(first | faker_names("first_name")), ordinary)
    write("surnames.txt.gz", with_latin(last | faker_names("last_name")), ordinary)


if __name__ == "__main__":
    main()
