"""One article as `tags.toml` has it: language and dates of its outlet, persons, countries, its own fixes.

Each step returns what it was given, corrected, and notes what each statement changed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from indexer.correct_people import correct_found, correct_given
from indexer.corrections import Change, Corrections, Fix, Named, Outlet, Own, Statement
from indexer.countries import country_named, tag_countries
from indexer.date import Clues, Dated, find_date
from indexer.language import language_code
from indexer.local_time import in_zone
from indexer.marked_words import Marked, marked, marking
from indexer.names import read_countries
from indexer.own_places import OwnPlaces, own_places
from indexer.phrases import Hit, Phrases, key_of
from indexer.spelling import plain_key, sound_key
from search.domain import COUNTRY_ROLES, PERSON_ROLES, CountryTag, Mention, PersonTag, Span

GIVEN = "given"
"""The source of a date that an editor says."""


@dataclass(slots=True)
class Correcting:
    """One article being corrected; `changes` is what each statement did to it."""

    corrections: Corrections
    outlet: str | None
    _changes: dict[Change, None] = field(default_factory=dict)

    @property
    def changes(self) -> tuple[Change, ...]:
        """What was changed so far, by line; of a statement that changed something nothing is kept."""
        changing = {one.said for one in self._changes if one.did != "keeps"}
        return tuple(sorted(one for one in self._changes if one.did != "keeps" or one.said not in changing))

    @property
    def own(self) -> Outlet | None:
        """What is said of the article's outlet."""
        return self.corrections.outlet(self.outlet)

    def tell(self, said: Statement, did: str, what: str = "") -> None:
        """Note what a statement did."""
        self._changes[Change(said, did, what)] = None

    def language(self, guessed: str | None, *, told: str | None) -> str | None:
        """Return the language of an article; `told`, its page's tag, wins over what its outlet writes."""
        own = self.own
        if own is None or own.language is None or language_code(told):
            return guessed
        self.tell(_of(own, "language"), "keeps" if guessed == own.language else "reads", own.language)
        return own.language

    def dated(
        self, found: tuple[Dated, tuple[str, ...]], clues: Clues, fix: Fix | None, *, today: date
    ) -> tuple[Dated, tuple[str, ...]]:
        """Return the date by the order and zone of the outlet, and by the article's own fix.

        `found` is what the clues alone give, with notes.
        """
        own = self.own
        if own and own.order:
            clues = replace(clues, order=own.order)
            found = self._redated(_of(own, "dates"), found, clues, today)
        if own and own.zone:
            found = self._redated(_of(own, "zone"), found, in_zone(clues, own.zone), today)
        if fix and fix.dated:
            dated = Dated(fix.day.date, fix.day.precision, GIVEN) if fix.day else Dated()
            same = (dated.day, dated.precision) == (found[0].day, found[0].precision)
            self.tell(fix.dated, "keeps" if same else "dates", fix.dated.words)
            return dated, ()
        return found

    def _redated(
        self, said: Statement, before: tuple[Dated, tuple[str, ...]], clues: Clues, today: date
    ) -> tuple[Dated, tuple[str, ...]]:
        """Return the date that other clues give; tells whether it is another."""
        found = find_date(clues, today=today)
        day = found[0].day
        self.tell(said, "keeps" if found[0] == before[0] else "dates", day.isoformat() if day else "none")
        return found

    def marked(self, title: str, body: str) -> Marked:
        """Return the article with the places of the file's words."""
        return marked(title, body, self.corrections, outlet=self.outlet)

    def people(
        self, found: tuple[PersonTag, ...], words: Marked, *, given: bool
    ) -> tuple[tuple[PersonTag, ...], tuple[list[Hit[Named]], list[Hit[Named]]]]:
        """Return persons corrected, and the names of countries in title and body."""
        people = correct_given(found, words) if given else correct_found(found, words)
        self._changes.update(dict.fromkeys(people.changes))
        return people.tags, people.places

    def countries(
        self,
        words: Marked,
        places: tuple[list[Hit[Named]], list[Hit[Named]]],
        *,
        dateline: str | None,
        taken: tuple[list[Span], list[Span]],
    ) -> tuple[CountryTag, ...]:
        """Return the countries found in title and body, by what the file says of names and words.

        `taken` are the spans of persons in title and body.
        """
        name = self.corrections.name
        title, body = (part.text for part in words.parts)
        own = [own_places(hits, part, name=name) for hits, part in zip(places, words.parts, strict=True)]
        if dateline:
            line = marking(dateline, self.corrections, outlet=self.outlet)
            own.append(own_places([hit for hit in line.named if hit.told.kind == "country"], line, name=name))
            places = (places[0], [*places[1], *(hit for hit in line.named if hit.told.kind == "country")])
        found = tag_countries(title, body, dateline=dateline, taken=taken[1], title_taken=taken[0], own=own)
        blocked = {said for one in own for said, _ in one.blocked}
        if blocked or any(places):
            plain = tag_countries(title, body, dateline=dateline, taken=taken[1], title_taken=taken[0])
            self._compare(plain, found, [*places[0], *places[1]], own)
        return found

    def _compare(
        self,
        plain: Sequence[CountryTag],
        found: Sequence[CountryTag],
        hits: Sequence[Hit[Named]],
        own: Sequence[OwnPlaces],
    ) -> None:
        """Tell which countries came and went by the names and words of the file."""
        before, after = {tag.code for tag in plain}, {tag.code for tag in found}
        for hit in hits:
            code = hit.told.value
            self.tell(hit.told.said, "keeps" if code in before else "gains", _display(code))
        lost = before - after
        blocked: dict[Statement, list[str]] = {}
        for one in own:
            for said, some in one.blocked:
                blocked.setdefault(said, []).extend(some)
        for said, codes in blocked.items():
            for code in lost.intersection(codes) or codes[:1]:
                self.tell(said, "loses", _display(code) if code in lost else f"a mention of {_display(code)}")
        for code in lost.difference(*blocked.values()):
            for said in {hit.told.said for hit in hits}:
                self.tell(said, "loses", _display(code))

    def country_called(self, name: str) -> tuple[str, str] | None:
        """Return code and name of a country that a source gives, by the file's names too."""
        one = self.corrections.names.called(name)
        if one is None or one.kind != "country":
            return country_named(name)
        self.tell(one.said, "gains", _display(one.value))
        return one.value, _display(one.value)

    def shown(self, found: tuple[CountryTag, ...]) -> tuple[CountryTag, ...]:
        """Return countries under the names that the file shows them by."""
        tags = []
        for tag in found:
            name, said = self.corrections.shown.get(tag.code, (tag.name, None))
            if said:
                self.tell(said, "renames" if name != tag.name else "keeps", f"{tag.name} → {name}")
            tags.append(tag._replace(name=name))
        return tuple(tags)

    def fixed_people(
        self, fix: Fix | None, people: tuple[PersonTag, ...], words: Marked
    ) -> tuple[PersonTag, ...]:
        """Return persons without those that the article's own fix removes, with those that it adds."""
        held = {tag.name: tag for tag in people}
        gone: dict[str, PersonTag] = {}
        for own in _of_kind(fix.remove if fix else (), "person"):
            name = self._person(own.value)
            same = _meant(name, held)
            gone.update((name, held.pop(one)) for one in same)
            self.tell(own.said, "loses" if same else "keeps", same[0] if same else name)
        for own in _of_kind(fix.add if fix else (), "person"):
            name = self._person(own.value)
            name = name if name in gone else next(iter(_meant(name, held)), name)
            kept = held.get(name) or gone.get(name)
            roles = own.roles if kept is None or name in gone else (*kept.roles, *own.roles)
            spots = (kept.title_mentions, kept.mentions) if kept else self._standing(own, name, words)
            roles = _ordered(roles or (kept.roles if kept else ()), PERSON_ROLES) or ("mentioned",)
            self._tell_added(own, name, held.get(name), roles)
            held[name] = PersonTag(name, roles, spots[1], spots[0])
        return tuple(held.values())

    def fixed_countries(
        self, fix: Fix | None, found: tuple[CountryTag, ...], words: Marked
    ) -> tuple[CountryTag, ...]:
        """Return countries without those that the article's own fix removes, with those that it adds."""
        held = {tag.code: tag for tag in found}
        gone: dict[str, CountryTag] = {}
        for own in _of_kind(fix.remove if fix else (), "country"):
            self.tell(own.said, "loses" if own.value in held else "keeps", _display(own.value))
            if own.value in held:
                gone[own.value] = held.pop(own.value)
        for own in _of_kind(fix.add if fix else (), "country"):
            code, name = own.value, _display(own.value)
            kept = held.get(code) or gone.get(code)
            roles = own.roles if kept is None or code in gone else (*kept.roles, *own.roles)
            spots = (kept.title_mentions, kept.mentions) if kept else self._standing(own, name, words)
            roles = _ordered(roles or (kept.roles if kept else ()), COUNTRY_ROLES) or ("about",)
            self._tell_added(own, name, held.get(code), roles)
            held[code] = CountryTag(code, name, roles, spots[1], spots[0])
        return tuple(held.values())

    def _tell_added(
        self, own: Own, name: str, before: PersonTag | CountryTag | None, roles: tuple[str, ...]
    ) -> None:
        """Tell what an added tag is beside the one that was there."""
        new = [role for role in roles if before and role not in before.roles]
        did = "keeps" if before and not new else "gains"
        self.tell(own.said, did, "/".join((name, *new)))

    def _person(self, name: str) -> str:
        """Return the name that a name stands for."""
        one = self.corrections.names.called(name)
        return one.value if one and one.kind == "person" else name

    def _standing(
        self, own: Own, name: str, words: Marked
    ) -> tuple[tuple[Mention, ...], tuple[Mention, ...]]:
        """Return where the name of an added tag stands in title and body.

        Where it stands nowhere, the receipt is a mention of no length at the body's begin: it names the line.
        """
        rule = self.corrections.receipt(own.said)
        phrase = Phrases([(name, None)])
        title, body = (
            tuple(
                Mention(hit.start, hit.end, part.text[hit.start : hit.end], rule)
                for hit in phrase.find(part.text)
            )
            for part in words.parts
        )
        return title, body if title or body else (Mention(0, 0, "", rule),)


def _of(outlet: Outlet, setting: str) -> Statement:
    """Return the statement that makes a setting of an outlet."""
    return next(said for said in outlet.said if said.says.startswith(f"{setting} of "))


def _meant(name: str, held: Iterable[str]) -> list[str]:
    """Return the names of an article that a name means: its own words, else another spelling of it.

    Readers write the name that they are shown, and that may be the spelling of other articles.
    """
    for key in (key_of, plain_key, sound_key):
        wanted = key(name)
        if same := [one for one in held if wanted and key(one) == wanted]:
            return same
    return []


def _of_kind(owns: Sequence[Own], kind: str) -> list[Own]:
    return [own for own in owns if own.kind == kind]


def _ordered(roles: Sequence[str], known: Sequence[str]) -> tuple[str, ...]:
    """Return roles once each, in the order of all."""
    return tuple(role for role in known if role in roles)


def _display(code: str) -> str:
    return read_countries()[code].display
