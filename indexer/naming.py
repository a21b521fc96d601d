"""Which names of a rebuild's persons are spellings of one, and which stand for others by `tags.toml`."""

from collections import defaultdict
from collections.abc import Set
from dataclasses import dataclass, field

from indexer.canonical import Archive
from indexer.corrections import Corrections, chosen_corrections
from indexer.spelling import difference, plain_key
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

        A name of `tags.toml`, or else one that an article gives, is the one that its spellings are counted
        under, however rare it is.
        """
        own = self._corrections.aliases()
        kept = under(self._found.aliases(), self._corrections.pinned(), self._given)
        return {**{name: alias for name, alias in kept.items() if name not in own}, **own}

    def countries(self) -> Aliases:
        """Return the names that stand for countries by `tags.toml`."""
        return self._corrections.country_aliases()


def under(aliases: Aliases, pinned: Set[str], given: Set[str] = frozenset()) -> Aliases:
    """Return aliases whose values are the pinned names where there are such, else the given ones.

    Neither becomes an alias, so two of them stay apart; the others then go where they went.
    """
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for name, alias in aliases.items():
        groups[alias.value].append(name)
    turned = {}
    for value, names in groups.items():
        every = (value, *names)
        own = [name for name in every if name in pinned] or [name for name in every if name in given]
        new = own[0] if len(own) == 1 else value
        for name in every:
            if name != new and name not in pinned and name not in given:
                turned[name] = Alias(new, _reason(name, new, aliases))
    return turned


def _reason(name: str, value: str, aliases: Aliases) -> str:
    """Return why a name is counted under another of its group: the spelling, else what joined either."""
    if plain_key(name) == plain_key(value):
        return f"same as {value}: {difference(name, value)}"
    rules = [aliases[one].rule.partition(": ")[2] for one in (name, value) if one in aliases]
    return f"same as {value}: {next((rule for rule in rules if not rule.startswith('spelling')), rules[0])}"
