"""Suite `countries`: what an article is about, held against the countries that editors set for it.

Gold is `gold_places`: one entry a country, a code or a list of codes of which any is fair. Ours are the tags
with the role `about` or `filed-from`; a gold country is found when one of its codes is ours, and a code of
ours that no entry has is wrong. `f1_abroad` leaves out the articles whose gold is the corpus's commonest
country alone, `f1_about` takes the role `about` by itself.
"""

import re
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from indexer.evaluation.corpus import Row, rows
from indexer.evaluation.measured import Measured, Slips, Tally
from indexer.evaluation.sample import Sample
from indexer.extract import extract

ROLES = frozenset(("about", "filed-from"))
_CODE = re.compile("[A-Z]{2}")


class Case(NamedTuple):
    """An article's gold, and the codes we found: those counted, and those it is about."""

    id: str
    gold: tuple[tuple[str, ...], ...]
    ours: frozenset[str]
    about: frozenset[str]


def measure(path: Path, sample: Sample) -> Measured:
    """Return how well the countries of articles are found."""
    found = [case_of(row) for row in rows(path, sample)]
    home = home_of(found)
    whole, abroad, about, slips = Tally(), Tally(), Tally(), Slips()
    for case in found:
        _compare(whole, case, case.ours, slips)
        _compare(about, case, case.about, Slips())
        if case.gold != ((home,),):
            _compare(abroad, case, case.ours, Slips())
    return Measured(
        articles=len(found),
        figures=(*whole.figures, ("f1_abroad", abroad.f1), ("f1_about", about.f1)),
        counts=(("gold", whole.right + whole.missed), *whole.counts),
        errors=slips.kinds(),
        notes=(f"abroad: all but the articles set to {home} alone",) if home else (),
    )


def case_of(row: Row) -> Case:
    """Return an article's gold beside what was found in it."""
    gold = tuple(_codes(row, entry) for entry in row.gold("gold_places"))
    tags = extract(row.source()).article.countries
    return Case(
        id=row.id,
        gold=gold,
        ours=frozenset(tag.code for tag in tags if ROLES.intersection(tag.roles)),
        about=frozenset(tag.code for tag in tags if "about" in tag.roles),
    )


def home_of(cases: list[Case]) -> str | None:
    """Return the country that most articles are set to, the first by code of several; None for none."""
    counted = Counter(code for case in cases for code in {code for codes in case.gold for code in codes})
    return min(counted, key=lambda code: (-counted[code], code), default=None)


def _codes(row: Row, entry: object) -> tuple[str, ...]:
    codes = (entry,) if isinstance(entry, str) else tuple(entry) if isinstance(entry, list) else ()
    if not codes or not all(isinstance(code, str) and _CODE.fullmatch(code) for code in codes):
        raise row.fault(
            f"an entry of gold_places is {str(entry)[:60]!r}, not a code of two capitals or a list of them"
        )
    return codes


def _compare(tally: Tally, case: Case, ours: frozenset[str], slips: Slips) -> None:
    """Count one article."""
    missed = [codes for codes in case.gold if not ours.intersection(codes)]
    wrong = ours - {code for codes in case.gold for code in codes}
    tally.add(len(case.gold) - len(missed), len(wrong), len(missed))
    for codes in missed:
        slips.add("missed", "/".join(codes), case.id)
    for code in sorted(wrong):
        slips.add("wrong", code, case.id)
