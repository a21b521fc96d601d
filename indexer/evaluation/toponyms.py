"""Suite `toponyms`: the country of each place that a text names.

Gold is `toponyms`, [start, end, phrase, code] with the code null where there is no country, which is passed
over. Ours is what a mention that overlaps the span is tagged with. Precision is over the toponyms that are
tagged at all, recall over all of them. `recall_abroad` leaves out the corpus's commonest country,
`recall_shared` takes the phrases alone that the corpus has in several countries (Georgia, Paris).
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from indexer.evaluation.corpus import Row, rows
from indexer.evaluation.measured import Measured, Slips, Tally, share
from indexer.evaluation.sample import Sample
from indexer.extract import extract
from search.domain import CountryTag

_CODE = re.compile("[A-Z]{2}")


class Named(NamedTuple):
    """A toponym: its phrase and gold code, the codes we gave it, and the article."""

    phrase: str
    code: str
    ours: tuple[str, ...]
    id: str

    @property
    def is_right(self) -> bool:
        """Whether its country is among ours."""
        return self.code in self.ours


def measure(path: Path, sample: Sample) -> Measured:
    """Return how well places are put in their countries."""
    named: list[Named] = []
    articles = strays = 0
    for row in rows(path, sample):
        articles += 1
        tags = extract(row.source()).article.countries
        named += _named(row, tags)
        strays += _strays(row, tags)
    tally, slips = _compared(named)
    counted = Counter(one.code for one in named)
    home = min(counted, key=lambda code: (-counted[code], code), default=None)
    senses: dict[str, set[str]] = defaultdict(set)
    for one in named:
        senses[one.phrase].add(one.code)
    abroad = [one for one in named if one.code != home]
    shared = [one for one in named if len(senses[one.phrase]) > 1]
    return Measured(
        articles=articles,
        figures=(*tally.figures, ("recall_abroad", _recall(abroad)), ("recall_shared", _recall(shared))),
        counts=(
            ("gold", len(named)),
            *tally.counts,
            ("abroad", len(abroad)),
            ("shared", len(shared)),
            ("beside_toponyms", strays),
        ),
        errors=slips.kinds(),
        notes=(f"abroad: all but {home}",) if home else (),
    )


def _named(row: Row, tags: Sequence[CountryTag]) -> list[Named]:
    """Return the toponyms of an article that have a country."""
    found = []
    for entry in row.gold("toponyms"):
        start, end = row.span("toponyms", entry)
        if entry[3] is not None:
            if not isinstance(entry[3], str) or not _CODE.fullmatch(entry[3]):
                raise row.fault(f"a code of toponyms is {str(entry[3])[:40]!r}, not two capitals or null")
            codes = (tag.code for tag in tags if any(m.start < end and start < m.end for m in tag.mentions))
            found.append(Named(str(entry[2]), entry[3], tuple(sorted(codes)), row.id))
    return found


def _strays(row: Row, tags: Iterable[CountryTag]) -> int:
    """Return how many of our mentions overlap no toponym: mostly nationalities, which are none."""
    spans = [row.span("toponyms", entry) for entry in row.gold("toponyms")]
    ours = [mention for tag in tags for mention in tag.mentions]
    return sum(not any(m.start < end and start < m.end for start, end in spans) for m in ours)


def _compared(named: list[Named]) -> tuple[Tally, Slips]:
    """Return the counts: what is tagged with another country is wrong for precision, missed for recall."""
    tally, slips = Tally(), Slips()
    for one in named:
        tally.add(one.is_right, bool(one.ours) and not one.is_right, not one.is_right)
        if not one.ours:
            slips.add("untagged", f"{one.phrase} {one.code}", one.id)
        elif not one.is_right:
            slips.add("wrong", f"{one.phrase} {one.code} as {'/'.join(one.ours)}", one.id)
    return tally, slips


def _recall(named: list[Named]) -> float:
    return share(sum(one.is_right for one in named), len(named))
