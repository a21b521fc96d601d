"""Suite `dates`: the day that each page was published.

Gold is a day, as YYYY-MM-DD. A page is right when its date is that day. A month or a year that holds the day
is not the day, and counts as undated. Recall, which is the share of right pages, is called `exact` too;
precision is over the pages that were given a day.
"""

import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import NamedTuple

from indexer.evaluation.measured import Measured, Slips, Tally
from indexer.evaluation.pages import Page, pages
from indexer.evaluation.sample import Sample
from indexer.extract import extract
from search.errors import ArticleRefused, CorpusError

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_LENGTH = {"day": 10, "month": 7, "year": 4}


class Answer(NamedTuple):
    """What a page was dated: the gold day, ours as ISO or "", and where it was found or why it was not."""

    id: str
    gold: str
    ours: str
    source: str

    @property
    def outcome(self) -> str:
        """One of exact, wrong, imprecise, undated and refused."""
        if self.ours == self.gold:
            return "exact"
        if len(self.ours) == len(self.gold):
            return "wrong"
        return "imprecise" if self.ours else "refused" if self.source == "refused" else "undated"


def measure(path: Path, sample: Sample) -> Measured:
    """Return how well pages are dated."""
    found = answers(path, sample)
    outcomes = Counter(one.outcome for one in found)
    tally, slips = Tally(outcomes["exact"], outcomes["wrong"], len(found) - outcomes["exact"]), Slips()
    for one in found:
        if one.outcome != "exact":
            slips.add(one.outcome, f"{one.gold} as {one.ours or 'nothing'} ({one.source})", one.id)
    kinds = ("exact", "wrong", "imprecise", "undated", "refused")
    return Measured(
        articles=len(found),
        figures=(*tally.figures, ("exact", tally.recall)),
        counts=(("gold", len(found)), *((kind, outcomes[kind]) for kind in kinds)),
        errors=slips.kinds(),
        notes=(f"exact by source: {_by_source(found)}",) if outcomes["exact"] else (),
    )


def answers(path: Path, sample: Sample) -> list[Answer]:
    """Return what each page of a corpus was dated."""
    return [answer(page) for page in pages(path, sample, key="date")]


def answer(page: Page) -> Answer:
    """Return what a page is dated."""
    if not _is_day(page.gold):
        raise CorpusError(f"{page.source.origin}: the gold date is {page.gold[:40]!r}, not YYYY-MM-DD")
    try:
        article = extract(page.untagged()).article
    except ArticleRefused:
        return Answer(page.id, page.gold, "", "refused")
    ours = article.date.isoformat()[: _LENGTH[article.date_precision or "day"]] if article.date else ""
    return Answer(page.id, page.gold, ours, article.date_source)


def _is_day(gold: str) -> bool:
    """Return whether gold is a day that there is, written in one way alone."""
    try:
        return bool(_DAY.fullmatch(gold)) and bool(date.fromisoformat(gold))
    except ValueError:
        return False


def _by_source(found: list[Answer]) -> str:
    counted = Counter(one.source for one in found if one.outcome == "exact")
    return ", ".join(f"{source} {count}" for source, count in counted.most_common())
