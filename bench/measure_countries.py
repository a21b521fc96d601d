"""Print how well countries are tagged, on the two collections with gold answers, and how fast.

    python bench/measure_countries.py [--corpora DIR] [--held-back] [--errors N]

Reuters: gold are the countries that editors set for a story; each is a list of codes of which any is
fair, and each code of ours counts once. Ours are the tags with the role `about` or `filed-from`.
LGL: gold are spans of places with a code; ours is the reading that overlaps the span. Apart from the
whole, it prints the recall on places outside the United States, and for two names that countries share
with places in America the share read rightly in each sense.
A story belongs to the half held back when the sha1 of its id ends in an odd digit; without --held-back
only the other half, on which the rules were made, is measured.
"""

import argparse
import gzip
import hashlib
import json
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from indexer.countries import tag_countries  # noqa: E402 - needs the root on the path
from search.domain import CountryTag  # noqa: E402

COUNTED = frozenset({"about", "filed-from"})
SHARED = {"Georgia": ("GE", "US"), "Lebanon": ("LB", "US")}
"""Names of LGL whose two senses are counted apart."""


@dataclass(slots=True)
class Score:
    """Counts of right, wrong and missed answers, and examples of the latter two."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    examples: Counter[str] = field(default_factory=Counter)

    def line(self, name: str) -> str:
        """Return the figures in one line."""
        precision = self.right / max(self.right + self.wrong, 1)
        recall = self.right / max(self.right + self.missed, 1)
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        return f"{name}: precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}"


def stories(path: Path, *, held_back: bool) -> Iterator[dict[str, Any]]:
    """Yield one half of a collection."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            story = json.loads(line)
            odd = int(hashlib.sha1(story["id"].encode()).hexdigest(), 16) % 2 == 1
            if odd == held_back:
                yield story


def compare(score: Score, ours: set[str], gold: list[list[str]]) -> None:
    """Count one story: a gold place is found when any of its codes is ours."""
    fair = {code for place in gold for code in place}
    missed = [place for place in gold if not ours.intersection(place)]
    wrong = ours - fair
    score.missed += len(missed)
    score.right += len(gold) - len(missed)
    score.wrong += len(wrong)
    score.examples.update([f"missed {place[0]}" for place in missed] + [f"wrong {code}" for code in wrong])


def reuters(path: Path, *, held_back: bool, errors: int) -> None:
    """Print the figures on Reuters: all stories, those not set for the US alone, and the roles apart."""
    whole, abroad, about = Score(), Score(), Score()
    words, took = 0, 0.0
    for story in stories(path, held_back=held_back):
        began = time.perf_counter()
        tags = tag_countries(story["title"], story["body"], dateline=story["dateline"])
        took += time.perf_counter() - began
        words += story["body"].count(" ") + story["title"].count(" ")
        ours = {tag.code for tag in tags if COUNTED.intersection(tag.roles)}
        gold = story["gold_places"]
        compare(whole, ours, gold)
        compare(about, {tag.code for tag in tags if "about" in tag.roles}, gold)
        if gold != [["US"]]:
            compare(abroad, ours, gold)
            if errors > 0 and (bad := ours - {c for p in gold for c in p}):
                errors -= 1
                print(story["id"], story["dateline"], "|", story["title"], "|", sorted(bad), gold)
    print(whole.line("reuters, all"))
    print(abroad.line("reuters, not US alone"))
    print(about.line("reuters, role about only"))
    print("  most frequent:", ", ".join(f"{n} {what}" for what, n in abroad.examples.most_common(24)))
    print(f"speed: {words / took:,.0f} words/s")


@dataclass(slots=True)
class Tally:
    """Of some toponyms, how many there are, are tagged with any country, and with the right one."""

    total: int = 0
    covered: int = 0
    right: int = 0

    def add(self, code: str, ours: set[str]) -> None:
        """Count one toponym."""
        self.total += 1
        self.covered += bool(ours)
        self.right += code in ours

    def share(self) -> str:
        """Return how many of all are right."""
        return f"{self.right / max(self.total, 1):.3f} of {self.total}"


def lgl(path: Path, *, held_back: bool, errors: int) -> None:
    """Print the figures on LGL: of the toponyms with a country, how many are tagged, and rightly."""
    whole, abroad, stray = Tally(), Tally(), 0
    senses = {(name, code): Tally() for name, codes in SHARED.items() for code in codes}
    slips: Counter[str] = Counter()
    for story in stories(path, held_back=held_back):
        tags = tag_countries("", story["text"])
        for start, end, phrase, code in story["toponyms"]:
            if code is None:
                continue
            ours = codes_at(tags, start, end)
            for tally in (whole, senses.get((phrase, code)), abroad if code != "US" else None):
                if tally is not None:
                    tally.add(code, ours)
            if code not in ours:
                slips[f"{phrase} {code} as {'/'.join(sorted(ours)) or 'nothing'}"] += 1
        stray += strays(tags, story["toponyms"])
    precision, coverage = whole.right / max(whole.covered, 1), whole.covered / max(whole.total, 1)
    print(f"lgl: precision {precision:.3f}  coverage {coverage:.3f}  of {whole.total} toponyms")
    print(f"lgl, outside the US: recall {abroad.share()}")
    print("lgl, shared names:", ", ".join(f"{n} {c} {tally.share()}" for (n, c), tally in senses.items()))
    print(f"  mentions of ours that touch no toponym at all: {stray}")
    if errors:
        print("\n".join(f"  {count} {slip}" for slip, count in slips.most_common(errors)))


def codes_at(tags: Iterable[CountryTag], start: int, end: int) -> set[str]:
    """Return the codes whose mentions overlap a span of the body."""
    return {tag.code for tag in tags if any(m.start < end and start < m.end for m in tag.mentions)}


def strays(tags: Iterable[CountryTag], named: Iterable[tuple[int, int, str, str | None]]) -> int:
    """Return how many of our mentions overlap no toponym."""
    named = list(named)
    spans = [(m.start, m.end) for tag in tags for m in tag.mentions]
    return sum(not any(s < end and start < e for start, end, *_ in named) for s, e in spans)


def main() -> None:
    """Measure both collections."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--corpora", type=Path, default=ROOT.parent / "shared" / "corpora")
    parser.add_argument("--held-back", action="store_true")
    parser.add_argument("--errors", type=int, default=0)
    asked = parser.parse_args()
    reuters(asked.corpora / "reuters.jsonl.gz", held_back=asked.held_back, errors=asked.errors)
    lgl(asked.corpora / "lgl.jsonl.gz", held_back=asked.held_back, errors=asked.errors)


if __name__ == "__main__":
    main()
