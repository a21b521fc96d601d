"""Which names of a rebuild's persons are spellings of one, and which stand for others by `tags.toml`."""

from collections import defaultdict
from dataclasses import dataclass, field

from indexer.canonical import Archive
from indexer.corrections import Corrections, chosen_corrections
from indexer.work import Ready
from search.aliases import Alias, Aliases


@dataclass(slots=True)
class ArchiveNames:
    """The names that were found in the articles taken so far; those that were given stay as they are."""

    _found: Archive = field(default_factory=Archive)
    _given: set[str] = field(default_factory=set)
    _corrections: Corrections = field(default_factory=chosen_corrections)

    def add(self, article: Ready) -> None:
        """Take the names of one article."""
        self._given.update(article.given_people)
        if article.people:
            self._found.add(article.people, article.countries)

    def aliases(self) -> Aliases:
        """Return the names that are another spelling of a name, and of which one.

        A name of `tags.toml` is the one that its spellings are counted under, however rare it is.
        """
        found = {name: alias for name, alias in self._found.aliases().items() if name not in self._given}
        own = self._corrections.aliases()
        kept = under(found, self._corrections.pinned()) if self._corrections else found
        return {**{name: alias for name, alias in kept.items() if name not in own}, **own}

    def countries(self) -> Aliases:
        """Return the names that stand for countries by `tags.toml`."""
        return self._corrections.country_aliases()


def under(aliases: Aliases, pinned: frozenset[str]) -> Aliases:
    """Return aliases whose values are the pinned names where there are such; two pinned names stay apart."""
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for name, alias in aliases.items():
        groups[alias.value].append(name)
    turned = {}
    for value, names in groups.items():
        own = [name for name in (value, *names) if name in pinned]
        new = own[0] if len(own) == 1 else value
        for name in (value, *names):
            if name != new and name not in pinned:
                rule = aliases[name if name in aliases else new].rule
                turned[name] = Alias(new, rule.replace(f"same as {value}:", f"same as {new}:", 1))
    return turned
