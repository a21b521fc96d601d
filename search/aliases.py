"""Names that stand for others: one person's spellings across an archive, counted and shown as one value."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from search.domain import PERSON_ROLES, Mention, PersonTag


class Alias(NamedTuple):
    """What a name stands for: the archive's value for the person, and the rule that says so."""

    value: str
    rule: str


Aliases = Mapping[str, Alias]
"""By the name that is no value any more. What a name stands for is no alias itself."""
NO_ALIASES: Aliases = {}


def renamed(people: tuple[PersonTag, ...], aliases: Aliases) -> tuple[PersonTag, ...]:
    """Return an article's persons under the archive's names, each once, in the place of its first name.

    The receipts of a renamed person end in the alias's rule.
    """
    if not any(tag.name in aliases for tag in people):
        return people
    found: dict[str, PersonTag] = {}
    for tag in people:
        alias = aliases.get(tag.name)
        own = _under(tag, alias) if alias else tag
        held = found.get(own.name)
        found[own.name] = _both(held, own) if held else own
    return tuple(found.values())


def shared(story: str, stories: Aliases) -> str:
    """Return the story that a near-identical copy shares with others, else its own."""
    return stories[story].value if story in stories else story


def _under(tag: PersonTag, alias: Alias) -> PersonTag:
    def told(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
        return tuple(one._replace(rule=f"{one.rule}; {alias.rule}") for one in mentions)

    return PersonTag(alias.value, tag.roles, told(tag.mentions), told(tag.title_mentions))


def _both(one: PersonTag, other: PersonTag) -> PersonTag:
    """Return two tags of one person as one."""
    return PersonTag(
        one.name,
        tuple(role for role in PERSON_ROLES if role in one.roles or role in other.roles),
        tuple(sorted((*one.mentions, *other.mentions))),
        tuple(sorted((*one.title_mentions, *other.title_mentions))),
    )
