"""Which names of a rebuild's persons are spellings of one."""

from dataclasses import dataclass, field

from indexer.canonical import Archive
from indexer.work import Ready
from search.aliases import Aliases


@dataclass(slots=True)
class ArchiveNames:
    """The names that were found in the articles taken so far; those that were given stay as they are."""

    _found: Archive = field(default_factory=Archive)
    _given: set[str] = field(default_factory=set)

    def add(self, article: Ready) -> None:
        """Take the names of one article."""
        self._given.update(article.given_people)
        if article.people:
            self._found.add(article.people, article.countries)

    def aliases(self) -> Aliases:
        """Return the names that are another spelling of a name, and of which one."""
        return {name: alias for name, alias in self._found.aliases().items() if name not in self._given}
