"""Measure the joining of names: the share of an article's persons that end as one value each.

    python bench/measure_joining.py FILE.jsonl[.gz] [--lines even|odd] [--errors N]

FILE is as for `measure_people.py`. The gold says where persons are named, not who is who, so the gold
persons of an article are told by surname: mentions of several words by their last (Jr, II and the like
do not count), a single word with those whose surname it is, else with those whose name holds it, words
from the midst of a longer name with that. Names
of one surname whose first words differ ("Anna Holm", "Peter Holm") are persons apart, an initial being
no difference; a bare "Holm" then belongs to either and is passed over. So "Bill Holm" and "William Holm"
are two by this count, and joining them is counted as an error.

A person counts as one value when every mention of theirs that the tagger found (overlapping spans)
carries one value, and no mention of another person of the article carries it. Persons of whom nothing
was found are left out of the share and counted beside it: finding is `measure_people.py`'s matter. A
person found once is one value easily, so those found twice or more are counted by themselves too.
"""

import argparse
import gzip
import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from indexer.people import tag_people
from search.tokens import fold

SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv", "vi", "xvi", "xxiii"))
Person = tuple[str, str]
"""Surname and first word; the latter is "" where the article has one bearer of the surname."""


class Named(NamedTuple):
    """One gold mention: its span and its folded words."""

    start: int
    end: int
    words: tuple[str, ...]


def gold_mentions(row: dict[str, object]) -> list[Named]:
    """Return the mentions of persons in order."""
    found = []
    for start, end, kind, surface in row["entities"]:  # type: ignore[attr-defined]
        bare = fold(surface).replace("’s", "").replace("'s", "")
        words = tuple(w for w in (word.strip(".,") for word in bare.split()) if w and w not in SUFFIXES)
        if kind == "Person" and words:
            found.append(Named(start, end, words))
    return found


def gold_persons(mentions: list[Named]) -> dict[Person, list[Named]]:
    """Return the mentions of each person."""
    longer = longer_names(mentions)
    names = {one: longer.get(one.words, one.words) for one in mentions}
    firsts: dict[str, set[str]] = defaultdict(set)
    for name in names.values():
        if len(name) > 1:
            firsts[name[-1]].add(name[0])
    persons: dict[Person, list[Named]] = defaultdict(list)
    for one, name in names.items():
        bearers = {written_out(first, firsts[name[-1]]) for first in firsts[name[-1]]}
        if len(bearers) < 2:
            persons[name[-1], ""].append(one)
        elif len(name) > 1:
            persons[name[-1], written_out(name[0], bearers)].append(one)
    return persons


def longer_names(mentions: list[Named]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Return the name that holds a shorter one: some of its words in a row, or one that is no surname."""
    longer: dict[tuple[str, ...], tuple[str, ...]] = {}
    surnames = {one.words[-1] for one in mentions if len(one.words) > 1}
    for words in sorted({one.words for one in mentions}, key=lambda words: (-len(words), words)):
        runs = {words[at:end] for end in range(2, len(words) + 1) for at in range(end - 1)} - {words}
        for part in runs | {(word,) for word in words[:-1] if word not in surnames}:
            longer.setdefault(part, words)
    return longer


def written_out(first: str, others: set[str]) -> str:
    """Return the word among `others` that an initial stands for when there is one, else `first`."""
    fits = [other for other in others if len(first.rstrip(".")) == 1 and other[0] == first[0]]
    return max(fits, key=lambda other: (len(other), other), default=first)


def values_of(mentions: list[Named], tagged: list[tuple[int, int, str]]) -> list[str]:
    """Return the value of each mention that was found."""
    return [value for one in mentions for start, end, value in tagged if start < one.end and one.start < end]


def judged(row: dict[str, object]) -> Iterator[tuple[Person, list[str], bool]]:
    """Yield each gold person of an article with a value for each mention, and whether they end as one."""
    spans = [(m.start, m.end, tag.name) for tag in tag_people("", str(row["text"])) for m in tag.mentions]
    found = {who: values_of(some, spans) for who, some in gold_persons(gold_mentions(row)).items()}
    bearers: dict[str, int] = defaultdict(int)
    for values in found.values():
        for value in set(values):
            bearers[value] += 1
    for who, values in found.items():
        yield who, values, len(set(values)) == 1 and bearers[values[0]] == 1


def main() -> None:
    """Print the share; with --errors the persons that end as several values or share one."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("file", type=Path)
    arguments.add_argument("--lines", choices=("even", "odd"), default="even")
    arguments.add_argument("--errors", type=int, default=0)
    asked = arguments.parse_args()
    opened = gzip.open if asked.file.suffix == ".gz" else open
    with opened(asked.file, "rt", encoding="utf-8") as source:
        rows = [json.loads(line) for at, line in enumerate(source) if at % 2 == (asked.lines == "odd")]
    told = [(row.get("id", ""), *one) for row in rows for one in judged(row)]
    found = [one for one in told if one[2]]
    print(f"{asked.file.name} {asked.lines}: {len(rows)} articles, {len(told)} persons, {len(found)} found")
    for which, some in (
        ("one value each", found),
        ("named again", [one for one in found if len(one[2]) > 1]),
    ):
        whole = sum(one[3] for one in some)
        print(f"{which}: {whole} of {len(some)}, {whole / max(1, len(some)):.3f}")
    for name, who, values, _ in [one for one in found if not one[3]][: asked.errors]:
        print(f"{name} {' '.join(who)}: {sorted(set(values))}")


if __name__ == "__main__":
    main()
