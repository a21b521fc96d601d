"""Suite `main-text`: the article of a web page, by its words.

Words are runs of letters and digits, case-folded, each counted as often as it stands (a bag of words, so
order says nothing). A page's precision is the share of our words that are in the marked text, its recall the
share of the marked words that are in ours. Precision and recall are means over pages and F1 is that of the
two means, as in the published comparisons of such readers; a page that is refused has no words.
"""

import re
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from indexer.evaluation.measured import Measured, Slips, harmonic, share
from indexer.evaluation.pages import Page, pages
from indexer.evaluation.sample import Sample
from indexer.extract import extract
from search.errors import ArticleRefused

POOR = 0.8
"""F1 below which a page counts as poorly read."""
_WORD = re.compile(r"\w+")


class Score(NamedTuple):
    """How one page was read: shares from 0 to 1, and how many words it lacks and has too many."""

    page: Page
    precision: float
    recall: float
    lost: int
    extra: int

    @property
    def f1(self) -> float:
        """The harmonic mean of the two shares."""
        return harmonic(self.precision, self.recall)


def measure(path: Path, sample: Sample) -> Measured:
    """Return how well the text of pages is found."""
    taken = list(pages(path, sample, key="articleBody"))
    scores = [score(page, body_of(page)) for page in taken]
    precision, recall = means(scores)
    slips = Slips()
    for one in scores:
        name = one.page.source.url or one.page.id
        for kind, words in (("words lost", one.lost), ("words too many", one.extra)):
            if words:
                slips.add(kind, name, one.page.id, times=words)
    worst = min((one.f1 for one in scores), default=0.0)
    return Measured(
        articles=len(taken),
        figures=(
            ("precision", precision),
            ("recall", recall),
            ("f1", harmonic(precision, recall)),
            ("worst_f1", worst),
        ),
        counts=(("gold", len(taken)), ("below_0.8", sum(one.f1 < POOR for one in scores))),
        errors=slips.kinds(),
    )


def body_of(page: Page) -> str:
    """Return the body that a rebuild would index, empty when the page is refused."""
    try:
        return extract(page.untagged()).article.body
    except ArticleRefused:
        return ""


def score(page: Page, text: str) -> Score:
    """Return how well a text covers the marked one of its page."""
    gold, ours = _bag(page.gold), _bag(text)
    shared = (gold & ours).total()
    return Score(
        page=page,
        precision=share(shared, ours.total()),
        recall=share(shared, gold.total()),
        lost=gold.total() - shared,
        extra=ours.total() - shared,
    )


def means(scores: list[Score]) -> tuple[float, float]:
    """Return the mean precision and recall over pages, every page counting the same; 0 of none."""
    pages_read = max(1, len(scores))
    return sum(one.precision for one in scores) / pages_read, sum(one.recall for one in scores) / pages_read


def _bag(text: str) -> Counter[str]:
    return Counter(_WORD.findall(text.casefold()))
