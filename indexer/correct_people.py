"""Persons as `tags.toml` has them.

    tagged persons ─▶ without what is never a name ─▶ under the names given ─▶ with the names that stand there

Where the file names words, they win over what was found there; but a name inside a longer one ("Hasanov" in
"Ali Hasanov") is left to the longer one.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from indexer.corrections import Change, Named, Never, Statement
from indexer.marked_words import Marked, Marking
from indexer.phrases import Hit, key_of
from indexer.quotes import is_attributed
from indexer.words import split_words
from search.aliases import Alias, renamed
from search.domain import PERSON_ROLES, Mention, PersonTag

Texts = tuple[list[Mention], list[Mention]]
"""Mentions of the title, then those of the body."""


@dataclass(frozen=True, slots=True)
class People:
    """Persons after correction, and the names of countries that are part of no person's name.

    `places` holds those of the title, then those of the body.
    """

    tags: tuple[PersonTag, ...]
    places: tuple[list[Hit[Named]], list[Hit[Named]]]
    changes: tuple[Change, ...]


def correct_given(people: Sequence[PersonTag], marked: Marked) -> People:
    """Return persons that the source gives, under the names of the file; none is looked for in the text."""
    work = _Correcting(marked)
    kept = tuple(tag for tag in people if not work.is_nobody(tag))
    places = tuple([hit for hit in part.named if hit.told.kind == "country"] for part in marked.parts)
    return People(work.renamed(kept), (places[0], places[1]), tuple(work.changes))


def correct_found(people: Sequence[PersonTag], marked: Marked) -> People:
    """Return persons that were found in the text, corrected: those of the title first, as ever."""
    work = _Correcting(marked)
    kept = work.renamed(tuple(tag for tag in map(work.trimmed, people) if tag))
    held = {tag.name: _Person(set(tag.roles), ([*tag.title_mentions], [*tag.mentions])) for tag in kept}
    title, body = (work.take_hits(at, part, held) for at, part in enumerate(marked.parts))
    tags = [tag for name, one in held.items() if (tag := one.tag(name))]
    return People(tuple(sorted(tags, key=_place)), (title, body), tuple(work.changes))


@dataclass(slots=True)
class _Person:
    """A person's roles and mentions while they are changed."""

    roles: set[str] = field(default_factory=set)
    mentions: Texts = field(default_factory=lambda: ([], []))

    def tag(self, name: str) -> PersonTag | None:
        """Return the person as a tag, None without a mention."""
        title, body = (tuple(sorted(some)) for some in self.mentions)
        roles = tuple(role for role in PERSON_ROLES if role in self.roles)
        return PersonTag(name, roles, body, title) if title or body else None


@dataclass(slots=True)
class _Correcting:
    """One article's persons being corrected, and what was changed so far."""

    marked: Marked
    changes: dict[Change, None] = field(default_factory=dict)

    def _tell(self, said: Statement, did: str, what: str) -> None:
        self.changes[Change(said, did, what)] = None

    def is_nobody(self, tag: PersonTag) -> bool:
        """Return whether a person's whole name is never one; tells so."""
        for one in self.marked.never_called(tag.name):
            if one.kind == "person" and one.value is None:
                self._tell(one.said, "loses", tag.name)
                return True
        return False

    def trimmed(self, tag: PersonTag) -> PersonTag | None:
        """Return a person without the mentions that are no name, None without any left."""
        if self.is_nobody(tag):
            return None
        stands_for = self.marked.names.called(tag.name)
        value = stands_for.value if stands_for else tag.name
        said: dict[Never, None] = {}
        left: Texts = ([], [])
        for part, mentions, kept in zip(
            self.marked.parts, (tag.title_mentions, tag.mentions), left, strict=True
        ):
            for one in mentions:
                never = _refusing(part, one, value)
                said.update({never: None} if never else {})
                kept += [] if never else [one]
        gone = not any(left)
        lost = tag.name if gone else f"a mention of {tag.name}"
        for never in said:
            self._tell(never.said, "loses", lost)
        return None if gone else tag._replace(title_mentions=tuple(left[0]), mentions=tuple(left[1]))

    def renamed(self, people: tuple[PersonTag, ...]) -> tuple[PersonTag, ...]:
        """Return persons under the names that theirs stand for."""
        aliases = {}
        for tag in people:
            one = self.marked.names.called(tag.name)
            if one and one.kind == "person":
                if one.value != tag.name:
                    aliases[tag.name] = Alias(one.value, self.marked.receipt(one.said))
                    self._tell(one.said, "renames", f"{tag.name} → {one.value}")
                else:
                    self._tell(one.said, "keeps", tag.name)
        return renamed(people, aliases)

    def take_hits(self, at: int, part: Marking, held: dict[str, _Person]) -> list[Hit[Named]]:
        """Give the words of the file in a part to those whom they name; return the countries among them."""
        standing = sorted((one, name) for name, person in held.items() for one in person.mentions[at])
        places: list[Hit[Named]] = []
        added: list[Hit[Named]] = []
        taken: dict[Mention, tuple[str, Named]] = {}
        for hit in part.named:
            overlapping = _overlapping(standing, hit)
            if any(_holds(one, hit) for one, _ in overlapping):
                continue
            value = hit.told.value
            if hit.told.kind == "person" and any(name == value for _, name in overlapping):
                self._tell(hit.told.said, "keeps", value)
                continue
            taken.update((one, (name, hit.told)) for one, name in overlapping)
            (places if hit.told.kind == "country" else added).append(hit)
        self._take_away(at, taken, held)
        self._add(at, part.text, added, held)
        return places

    def _take_away(self, at: int, taken: dict[Mention, tuple[str, Named]], held: dict[str, _Person]) -> None:
        """Take mentions from persons who are not meant by them."""
        for name in {name for name, _ in taken.values()}:
            held[name].mentions[at][:] = [one for one in held[name].mentions[at] if one not in taken]
        for name, told in taken.values():
            lost = f"a mention of {name}" if any(held[name].mentions) else name
            self._tell(told.said, "loses", lost)

    def _add(self, at: int, text: str, added: list[Hit[Named]], held: dict[str, _Person]) -> None:
        """Add what names persons, each in the role that its words have there."""
        words = split_words(text, headline=at == 0) if added else []
        starts = [word.start for word in words]
        for hit in added:
            value = hit.told.value
            self._tell(hit.told.said, "keeps" if value in held else "gains", value)
            person = held.setdefault(value, _Person())
            rule = self.marked.receipt(hit.told.said)
            person.mentions[at].append(Mention(hit.start, hit.end, text[hit.start : hit.end], rule))
            first, last = bisect_left(starts, hit.start), bisect_left(starts, hit.end)
            person.roles.add(PERSON_ROLES[0 if is_attributed(words, first, last) else 1])


def _refusing(part: Marking, one: Mention, value: str) -> Never | None:
    """Return what says that a mention of a person is no name."""
    for never in part.nevers(one.start, one.end):
        if never.kind == "person" and (never.value is None or key_of(never.value) == key_of(value)):
            return never
    return None


def _overlapping(standing: Sequence[tuple[Mention, str]], hit: Hit[Named]) -> list[tuple[Mention, str]]:
    """Return the mentions that share letters with a hit, of mentions in order and apart."""
    at = bisect_left(standing, hit.start, key=lambda row: row[0].end - 1)
    found = []
    while at < len(standing) and standing[at][0].start < hit.end:
        found.append(standing[at])
        at += 1
    return found


def _holds(one: Mention, hit: Hit[Named]) -> bool:
    """Return whether a mention is longer than a hit inside it; a full stop or title's end does not count."""
    longer = len(one.surface.rstrip(".")) > hit.end - hit.start
    return longer and one.start <= hit.start and hit.end <= one.end


def _place(tag: PersonTag) -> tuple[bool, int]:
    first = tag.title_mentions or tag.mentions
    return not tag.title_mentions, first[0].start
