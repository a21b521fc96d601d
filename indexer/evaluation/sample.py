"""Which articles of a corpus are taken: `all`, `lines R/N` or `ids R/N`.

`lines 0/2` takes the first line and every second after it. `ids 1/10` takes an article when the sha1 of
its id, as a number, leaves 1 when divided by 10: the same articles whatever is added around them.
"""

import re
from dataclasses import dataclass
from hashlib import sha1

from search.errors import CorpusError

ALL = "all"
_RULE = re.compile(r"(lines|ids) (\d{1,9})/(\d{1,9})")


@dataclass(frozen=True, slots=True)
class Sample:
    """A rule; `by` is `all`, `lines` or `ids`."""

    by: str = ALL
    rest: int = 0
    parts: int = 1

    def takes(self, line: int, article_id: str) -> bool:
        """Return whether an article is taken; `line` counts from 0."""
        if self.by == ALL:
            return True
        number = line if self.by == "lines" else _number(article_id)
        return number % self.parts == self.rest

    def __str__(self) -> str:
        return ALL if self.by == ALL else f"{self.by} {self.rest}/{self.parts}"


def sample_of(rule: str) -> Sample:
    """Return the sample that a rule describes. Raises CorpusError for anything else."""
    if rule == ALL:
        return Sample()
    found = _RULE.fullmatch(rule)
    if not found or int(found[2]) >= int(found[3]):
        raise CorpusError(f"{rule[:80]!r} is no sample; say all, lines R/N or ids R/N with R below N")
    return Sample(found[1], int(found[2]), int(found[3]))


def _number(article_id: str) -> int:
    digest = sha1(article_id.encode("utf-8", "surrogatepass"), usedforsecurity=False)
    return int(digest.hexdigest(), 16)
