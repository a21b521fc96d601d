"""What becomes of each article in turn: taken, a duplicate, or refused; by one rule for all runs."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from indexer.intake import Ended
from indexer.ledger import LedgerWriter
from indexer.naming import ArchiveNames
from indexer.report import Report, counted
from indexer.source import Refusal
from indexer.stories import Stories
from indexer.taken import Taken
from indexer.work import Outcome, Ready


@dataclass(slots=True)
class Fates:
    """Decides the fate of articles, in the order in which they are read, counts it and writes it down."""

    report: Report
    taken: Taken
    ledger: LedgerWriter
    names: ArchiveNames = field(default_factory=ArchiveNames)
    stories: Stories = field(default_factory=Stories)
    _read_before: int = 0

    def decide(self, outcome: Outcome) -> bool:
        """Return whether an article is written, or count why not: refused, or not the first of its id."""
        taken = self._is_taken(outcome)
        self.ledger.add(outcome, taken=taken)
        return taken

    def end(self, ended: Ended) -> None:
        """Take note of the end of a file; its articles are counted under the form it has."""
        self.ledger.end(ended)
        read = self.report.read - self._read_before
        if read:
            self.report.forms[ended.form] += read
        self._read_before = self.report.read

    def nothing(self, sources: Sequence[Path]) -> str:
        """Return why there is no article."""
        shown = ", ".join(str(source) for source in sources)
        if not self.report.found:
            return (
                f"there is no article in {shown}; the formats read are .txt .md .html .jsonl .json .csv, "
                "each also .gz, and .zip .tar .tar.gz .tgz of them"
            )
        origin, reason = self.report.refusals[0]
        found = counted(self.report.found, "article")
        return f"none of {found} in {shown} could be read; {origin}: {reason}"

    def _is_taken(self, outcome: Outcome) -> bool:
        if isinstance(outcome, Refusal):
            self._refuse(outcome)
            return False
        known = self.taken.digest(outcome.id)
        if known is not None and known != outcome.digest:
            named = f"{outcome.id[:80]!r} in {self.taken.origin(outcome.id)}"
            self.report.refuse(outcome.origin, f"another article has the same id: {named}")
            return False
        self.report.found += 1
        if known is not None:
            self.report.duplicates += 1
            return False
        self.taken.add(outcome.id, outcome.digest, outcome.origin)
        self._count(outcome)
        return True

    def _refuse(self, refusal: Refusal) -> None:
        if refusal.skipped:
            self.report.skipped += 1
        else:
            self.report.refuse(refusal.origin, refusal.reason)

    def _count(self, article: Ready) -> None:
        report = self.report
        report.read += 1
        report.undated += article.undated
        report.with_people += bool(article.people or article.given_people)
        report.with_countries += bool(article.countries)
        report.people += len({*article.people, *article.given_people})
        report.countries += len(set(article.countries))
        self.names.add(article)
        self.stories.add(article.story, article.sketch)
        report.touched.update(article.touched)
        report.unknown_keys.update(article.unknown_keys)
        for note in article.notes:
            report.note(article.origin, note)
