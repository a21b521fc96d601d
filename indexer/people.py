"""Who is in an article: persons under their fullest name, each with the places that name them.

    text ─▶ words ─▶ shape: full names ─▶ join: who is who ─▶ recur: surnames alone ─┐
            ┌─────── revise: what of these is a name, and what else, by a model ◀─────┘
            └─▶ join: who is who ─▶ quotes: roles ─▶ tags

A name counts in the body; a headline only confirms persons of the body, or names one behind a title.
Roles: `quoted` when words are attributed to the person at any mention, `mentioned` when any mention
(or none but the title's) is outside an attribution; a person may have both.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field

from indexer.join import Form, Person, Register, form_of
from indexer.lexicon import Kind
from indexer.namesake import is_thing
from indexer.pronouns import Named, traced
from indexer.quotes import is_attributed
from indexer.recur import find_again
from indexer.revise import revised
from indexer.shape import Candidate, find_names
from indexer.tagger import PersonTagger
from indexer.words import Word, split_words
from search.domain import PERSON_ROLES, Mention, PersonTag

BYLINE_REACH = 300
"""Code points from the start in which "By" and a name on a line of their own are a byline."""
HEADING_WORDS = 16
SHOUTED = 0.6
"""Share of capitals among a body's letters from which its case says nothing."""
BYLINE_VERBS = frozenset(("reporting", "writing", "editing", "written", "edited", "compiled", "reported"))
SENTENCE_ENDS = frozenset('.!?:;,"”')
SMALL = frozenset(
    ("a", "an", "and", "as", "at", "but", "by", "for", "from", "in", "nor", "of", "off", "on", "or", "over")
) | {"per", "the", "to", "up", "via", "vs", "with"}
"""Words that title case leaves small."""
CREDITS = frozenset(("image", "images", "photo", "photos", "picture", "photograph", "credit"))


@dataclass(frozen=True, slots=True)
class Naming:
    """Words `first` to `last` (half-open) of a part of the article that name a person."""

    first: int
    last: int
    person: Person
    rule: str


@dataclass(slots=True)
class Part:
    """Title or body: its text, words and what is known of each word."""

    text: str
    words: list[Word]
    headings: list[bool]
    claimed: list[bool]
    credits: list[tuple[int, int]] = field(default_factory=list)
    namings: list[Naming] = field(default_factory=list)

    def claim(self, first: int, last: int) -> None:
        """Mark words as spoken for."""
        self.claimed[first:last] = [True] * (last - first)

    def clear(self) -> None:
        """Forget who is named; the byline stays spoken for."""
        self.namings = []
        self.claimed = [False] * len(self.words)
        for first, last in self.credits:
            self.claim(first, last)

    @property
    def closed(self) -> list[bool]:
        """Whether each word is in a heading or a byline, where the model names nobody."""
        closed = list(self.headings)
        for first, last in self.credits:
            closed[first:last] = [True] * (last - first)
        return closed


def tag_people(
    title: str, body: str, *, author: str | None = None, tagger: PersonTagger | None = None
) -> tuple[PersonTag, ...]:
    """Return the persons of an article: those of the title first, then by first mention in the body.

    `author` is the byline's name: where it stands as a byline, it is no mention. `tagger` finds
    the names in place of the rules and the model.
    """
    parts = _named(title, body, author) if tagger is None else _named_by(tagger, title, body)
    tags = _tags(parts)
    return tuple(sorted(tags, key=_first_place))


def quotations(body: str) -> Iterator[tuple[str, str, int]]:
    """Yield who is quoted in a body, by `name` or by `pronoun`, and the offset of that word."""
    part = _named("", body, None)[1]
    for one in part.namings:
        if is_attributed(part.words, one.first, one.last):
            yield one.person.best.text, "name", part.words[one.first].start
    names = {id(one.person): one.person.best.text for one in part.namings}
    for at, meant in _traced(part):
        yield names[meant], "pronoun", part.words[at].start


def _named_by(tagger: PersonTagger, title: str, body: str) -> tuple[Part, Part]:
    """Return title and body with everything that names a person whom a tagger found."""
    parts = (_part(title, headline=True), _part(body, headline=False))
    register = _joined(parts, [list(_spanned(part, tagger)) for part in parts])
    for part in parts:
        _find_again(part, register)
    return parts


def _spanned(part: Part, tagger: PersonTagger) -> Iterator[Candidate]:
    """Yield what a tagger found as words; a title or possessive that it takes in is no part of a name."""
    starts = [word.start for word in part.words]
    for start, end, rule in tagger.persons(part.text):
        first, last = bisect_left(starts, start), bisect_left(starts, end)
        while first < last and part.words[first].kind in (Kind.TITLE, Kind.WEAK_TITLE):
            first += 1
        if first < last:
            yield Candidate(first, last, rule)


def _named(title: str, body: str, author: str | None) -> tuple[Part, Part]:
    """Return title and body with everything that names a person."""
    parts = (_part(title, headline=True), _part(body, headline=_is_shouted(body)))
    writer = frozenset(word.key for word in split_words(author or ""))
    found = [_candidates(part, writer) for part in parts]
    by_rules = _joined(parts, found)
    for part in parts:
        _find_again(part, by_rules)
    if parts[1].words and not _is_shouted(body):  # the model knows no text in capitals
        found[1] = _revised(parts[1])
        for part in parts:
            part.clear()
        _find_again(parts[0], _joined(parts, found))
    return parts


def rule_spans(text: str) -> tuple[list[Word], list[tuple[int, int]]]:
    """Return the words of a body, and the spans of words that the rules alone find."""
    parts = (_part("", headline=True), _part(text, headline=_is_shouted(text)))
    register = _joined(parts, [_candidates(part, frozenset()) for part in parts])
    _find_again(parts[1], register)
    return parts[1].words, sorted((one.first, one.last) for one in parts[1].namings)


def _joined(parts: tuple[Part, Part], found: list[list[Candidate]]) -> Register:
    """Return the persons of an article, each naming given to its person."""
    register = Register()
    _enter(parts, found, register)
    return register


def _find_again(part: Part, register: Register) -> None:
    """Add the places of a part where persons of the article are named once more."""
    for again in find_again(part.words, register, part.claimed, part.headings):
        part.namings.append(Naming(again.first, again.last, again.person, again.rule))


def _revised(part: Part) -> list[Candidate]:
    """Return the names of a part after the model has looked at what the rules found."""
    rules = {(one.first, one.last): one.rule for one in sorted(part.namings, key=lambda one: one.first)}
    return revised(part.words, rules, part.closed, part.text)


def _part(text: str, *, headline: bool) -> Part:
    """Return title or body as its words, none of them claimed."""
    words = split_words(text, headline=headline)
    headings = [True] * len(words) if headline else _headings(words, text)
    return Part(text, words, headings, [False] * len(words))


def _is_shouted(text: str) -> bool:
    """Return whether a text is set in capitals, judged by its first few thousand signs."""
    letters = [sign for sign in text[:4000] if sign.isalpha()]
    return bool(letters) and sum(sign.isupper() for sign in letters) > SHOUTED * len(letters)


def _headings(words: list[Word], text: str) -> list[bool]:
    """Return for each word whether it stands in a heading: a paragraph of capitalised words, no full stop."""
    marks: list[bool] = []
    first = 0
    for at in range(1, len(words) + 1):
        if at == len(words) or words[at].gap.blank:
            ended = text[words[at - 1].end : words[at - 1].end + 1] in SENTENCE_ENDS
            marks.extend([not ended and _is_heading(words[first:at])] * (at - first))
            first = at
    return marks


def _is_heading(line: list[Word]) -> bool:
    """Return whether a paragraph's words are a heading's: several, all but the smallest with capitals."""
    if not 3 <= len(line) <= HEADING_WORDS:
        return False
    written_small = (word for word in line if word.text[0].islower())
    return all(word.key in SMALL for word in written_small) and not any(word.opens for word in line[1:])


def _candidates(part: Part, author: frozenset[str]) -> list[Candidate]:
    """Return the names of a part that are neither in a heading nor its byline, which is claimed."""
    headline = bool(part.words) and all(part.headings)
    kept = []
    for found in find_names(part.words, headline=headline):
        if _is_byline(part, found, author):
            part.credits.append((found.first, found.last))
            part.claim(found.first, found.last)
        elif headline or not part.headings[found.first]:
            kept.append(found)
    return kept


def _is_byline(part: Part, found: Candidate, author: frozenset[str]) -> bool:
    """Return whether a name is credited with the article rather than named by it."""
    words = part.words
    first, after = words[found.first], words[found.last] if found.last < len(words) else None
    writer = bool(author) and author.issuperset(word.key for word in words[found.first : found.last])
    before = words[found.first - 1] if found.first else None
    ends = after is None or "\n" in part.text[words[found.last - 1].end : after.start]
    if before is not None and before.text in ("By", "BY", "by") and first.linked:
        credited = found.first > 1 and words[found.first - 2].key in BYLINE_VERBS and writer
        begins = before.text != "by" and _starts_line(part, before)
        return credited or (begins and (writer or (ends and first.start < BYLINE_REACH)))
    if before is not None and before.key in CREDITS and before.text[0].isupper():
        return ":" in part.text[before.end : first.start]
    return writer and ends and _starts_line(part, first)


def _starts_line(part: Part, word: Word) -> bool:
    """Return whether nothing but space stands before a word on its line."""
    line = part.text[max(0, word.start - 80) : word.start].rpartition("\n")[2]
    return not line.strip(" \t—–-_|*") and (
        word.start <= 80 or "\n" in part.text[word.start - 80 : word.start]
    )


def _enter(parts: tuple[Part, Part], found: list[list[Candidate]], register: Register) -> None:
    """Enter the names of all parts: full names, then initials with surname, then a surname with title."""
    ordered = [(part, one) for part, some in reversed(list(zip(parts, found, strict=True))) for one in some]
    rounds: tuple[list[tuple[Part, Candidate, Form]], ...] = ([], [], [])
    for part, one in ordered:
        if is_thing(part.words, one.first, one.last):
            continue
        form = form_of(part.words, one.first, one.last, part.text)
        rounds[2 if len(form.parts) == 1 else 1 if form.full_parts < 2 else 0].append((part, one, form))
    for number, entries in enumerate(rounds):
        for part, one, form in entries:
            if not one.sure and not register.knows(form.parts[-1]):
                continue
            person = register.find_titled(form) if number == 2 else register.enter(form)
            part.claim(one.first, one.last)
            part.namings.append(Naming(one.first, one.last, person, one.rule))


def _tags(parts: tuple[Part, Part]) -> Iterator[PersonTag]:
    """Yield a tag for every person that a part names."""
    named: dict[int, tuple[Person, tuple[list[Naming], list[Naming]]]] = {}
    for number, part in enumerate(parts):
        for one in sorted(part.namings, key=lambda naming: naming.first):
            named.setdefault(id(one.person), (one.person, ([], [])))[1][number].append(one)
    meant = {whom for _, whom in _traced(parts[1])}
    for person, (title, body) in named.values():
        said = {
            is_attributed(part.words, one.first, one.last)
            for part, some in zip(parts, (title, body), strict=True)
            for one in some
        }
        if id(person) in meant:
            said.add(True)
        roles = {role for role, found in zip(PERSON_ROLES, (True, False), strict=True) if found in said}
        yield PersonTag(
            name=person.best.text,
            roles=tuple(role for role in PERSON_ROLES if role in roles),
            mentions=tuple(_mentions(parts[1], body)),
            title_mentions=tuple(_mentions(parts[0], title)),
        )


def _traced(part: Part) -> Iterator[tuple[int, int]]:
    """Yield each "he" or "she" of a part to whom words are given, and the identity of the person meant."""
    named = [
        Named(
            one.first,
            one.last,
            id(one.person),
            one.person.known_gender,
            is_attributed(part.words, one.first, one.last),
        )
        for one in sorted(part.namings, key=lambda naming: naming.first)
    ]
    return ((at, one.whom) for at, one in traced(part.words, part.text, named))


def _mentions(part: Part, namings: list[Naming]) -> Iterator[Mention]:
    """Yield the mentions of one person in a part, ascending."""
    for one in namings:
        start, end = part.words[one.first].start, part.words[one.last - 1].end
        if part.words[one.last - 1].kind is Kind.SUFFIX and part.words[one.last - 1].key in ("jr", "sr"):
            end += part.text[end : end + 1] == "."
        yield Mention(start, end, part.text[start:end], one.rule)


def _first_place(tag: PersonTag) -> tuple[bool, int]:
    """Return the place of a tag: by first mention, those of the title before those of the body."""
    first = tag.title_mentions or tag.mentions
    return not tag.title_mentions, first[0].start
