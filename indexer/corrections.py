"""What a `tags.toml` says, ready to be asked: names, words that are none, outlets, single articles.

`tags_file` reads one, `correct` applies it to an article. A *statement* is one thing that the file says, with
its line: changes, receipts and the report name it. Nothing in it is a pattern or a path.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from html import unescape
from typing import Literal, NamedTuple

from indexer.days import Day, Order
from indexer.names import read_countries
from indexer.phrases import Phrases
from indexer.source import Source
from search.aliases import Alias, Aliases
from search.tokens import cut_words, fold, tokens

Kind = Literal["person", "country"]
LONG = 1_000_000
"""Characters from which a text is taken to hold every name: it may be cut inside one."""

_DIGEST_ID = re.compile(r"[0-9a-f]{16}")
_TAG = re.compile(r"<[^<>]*>")
_GLUED = re.compile(r"(?<=[^\W_A-ZÀ-Þ])(?=[^\W\d_a-zß-ÿ])")
"""Where a title or a sentence is glued to the word before it; reading a paste parts some of these."""


class Statement(NamedTuple):
    """One thing that the file says: its line, what it says, and the words that it says it of."""

    line: int
    says: str
    words: str = ""


class Change(NamedTuple):
    """What a statement did to one article: `gains`, `loses`, `renames`, `dates`, `reads` or `keeps`.

    `what` is the tag or value. `keeps` means that the words stand in the article, and it is as it would
    be without the statement.
    """

    said: Statement
    did: str
    what: str = ""


class Named(NamedTuple):
    """Words that name a person or a country: `value` is the name shown, or the code."""

    kind: Kind
    value: str
    words: str
    said: Statement

    @property
    def is_alias(self) -> bool:
        """Whether the words are not the value's own."""
        return self.kind == "country" or self.words != self.value


class Never(NamedTuple):
    """Words that name no person or country, or not the one called `value`."""

    kind: Kind
    words: str
    value: str | None
    said: Statement


class Own(NamedTuple):
    """A tag that is added to an article or taken off it; no roles where none were said."""

    kind: Kind
    value: str
    roles: tuple[str, ...]
    said: Statement


@dataclass(frozen=True, slots=True)
class Outlet:
    """What holds of the articles of one outlet, by its folded name."""

    name: str
    language: str | None = None
    zone: str | None = None
    order: Order | None = None
    never: tuple[Never, ...] = ()
    said: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True)
class Fix:
    """What is put right in one article. `dated` says that there is a date: `day`, or that it has none."""

    add: tuple[Own, ...] = ()
    remove: tuple[Own, ...] = ()
    dated: Statement | None = None
    day: Day | None = None
    said: tuple[Statement, ...] = ()


@dataclass(frozen=True)
class Corrections:
    """Everything a file says. `name` is the file's, for receipts; `shown` pairs a code with the name shown.

    `statements` ascend by line.
    """

    name: str = "tags.toml"
    named: tuple[Named, ...] = ()
    never: tuple[Never, ...] = ()
    shown: Mapping[str, tuple[str, Statement]] = field(default_factory=dict)
    outlets: Mapping[str, Outlet] = field(default_factory=dict)
    fixes: Mapping[str, Fix] = field(default_factory=dict)
    statements: tuple[Statement, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.statements)

    @cached_property
    def names(self) -> Phrases[Named]:
        """The words that name somebody or some country."""
        return Phrases((one.words, one) for one in self.named)

    @cached_property
    def _nevers(self) -> Phrases[tuple[Never, ...]]:
        """The words that are no names, everywhere."""
        return nevers(self.never)

    @cached_property
    def _outlet_nevers(self) -> dict[str, Phrases[tuple[Never, ...]]]:
        """The words that are no names in the articles of an outlet."""
        return {key: nevers(outlet.never) for key, outlet in self.outlets.items() if outlet.never}

    def nevers_of(self, outlet: str | None) -> tuple[Phrases[tuple[Never, ...]], ...]:
        """Return the words that are no names in the articles of an outlet."""
        own = self._outlet_nevers.get(outlet_key(outlet)) if outlet and self.outlets else None
        return (self._nevers, own) if own else (self._nevers,)

    def outlet(self, name: str | None) -> Outlet | None:
        """Return what is said of an outlet, None if nothing is; case and accents do not matter."""
        return self.outlets.get(outlet_key(name)) if name and self.outlets else None

    def fix(self, article_id: str) -> Fix | None:
        """Return what is put right in an article."""
        return self.fixes.get(article_id)

    def receipt(self, said: Statement) -> str:
        """Return a rule that names a statement: `tags.toml:12 alias of Zakir Hasanov`."""
        return f"{self.name}:{said.line} {said.says}"

    def place(self, said: Statement) -> str:
        """Return where a statement stands and of what: `tags.toml:12 alias of Vera Holm: "V. Holm"`."""
        return f'{self.receipt(said)}: "{said.words}"'

    def pinned(self) -> frozenset[str]:
        """Return the names of persons that are shown as they are written here."""
        added = (own.value for fix in self.fixes.values() for own in fix.add if own.kind == "person")
        return frozenset((*(one.value for one in self.named if one.kind == "person"), *added))

    def aliases(self) -> Aliases:
        """Return the names of persons that stand for others here, for queries."""
        return self._standing("person")

    def country_aliases(self) -> Aliases:
        """Return the names that stand for a country's code here, for queries."""
        was = {
            read_countries()[code].display: Alias(code, self.receipt(said))
            for code, (_, said) in self.shown.items()
        }
        return {**was, **self._standing("country")}

    def _standing(self, kind: Kind) -> Aliases:
        return {
            one.words: Alias(one.value, self.receipt(one.said))
            for one in self.named
            if one.kind == kind and one.is_alias
        }

    def part_for(self, source: Source) -> str:
        """Return a hex digest of what is said that can touch an article, "" if nothing can.

        It is conservative, and may count a statement that does nothing in the end. Of names and words it
        counts those whose words all stand somewhere in the article, in whatever order; of articles' fixes
        those of its id (where a digest will be its id: all that look like one), and who the persons in them
        are; of outlets the one that is given (where none is: all); names shown for countries always. Line
        numbers count, as receipts show them.
        """
        touching = sorted({*self._lasting(source), *self._worded(source)})
        if not touching:
            return ""
        told = repr((self.name, [tuple(said) for said in touching]))
        return sha256(told.encode()).hexdigest()[:32]

    def _lasting(self, source: Source) -> Iterator[Statement]:
        """Yield the statements that touch a source whatever its words are."""
        yield from (said for _, said in self.shown.values())
        given = source.id or source.path_id
        for article_id, fix in self.fixes.items():
            if article_id == given or (given is None and _DIGEST_ID.fullmatch(article_id)):
                yield from fix.said
                yield from self._called_in(fix)
        outlets = [self.outlet(source.outlet)] if source.outlet else self.outlets.values()
        yield from (said for outlet in outlets if outlet for said in outlet.said)

    def _called_in(self, fix: Fix) -> Iterator[Statement]:
        """Yield the statements that say who the persons of a fix are."""
        for own in (*fix.add, *fix.remove):
            one = self.names.called(own.value)
            if one:
                yield one.said

    def _worded(self, source: Source) -> Iterator[Statement]:
        """Yield the statements on words that stand in a source."""
        if not self.named and not self.never:
            return
        words = _words_of(source)
        if words is None:
            yield from (one.said for one in self.named)
            yield from (one.said for one in self.never)
            return
        yield from (one.said for one in self.names.among(words))
        for some in self._nevers.among(words):
            yield from (one.said for one in some)


def nevers(some: Iterable[Never]) -> Phrases[tuple[Never, ...]]:
    """Return words that are no names, with all that is said of them."""
    by_words: dict[str, tuple[Never, ...]] = {}
    for one in some:
        key = " ".join(token.folded for token in tokens(one.words))
        by_words[key] = (*by_words.get(key, ()), one)
    return Phrases((held[0].words, held) for held in by_words.values())


def outlet_key(name: str) -> str:
    """Return what an outlet is looked up by: its folded name without www."""
    return " ".join(fold(name).split()).removeprefix("www.")


def _words_of(source: Source) -> set[str] | None:
    """Return every folded word that an article of a source can have, None where that cannot be told."""
    text = source.content
    if len(text) > LONG or (source.kind == "html" and "\\u" in text):
        return None
    given = (source.title, source.dateline, *(source.people or ()), *(source.countries or ()))
    texts = [*(part for part in given if part), text]
    if source.kind == "html":  # a word may be written in entities, and in parts
        plain = unescape(text)
        texts = [*texts[:-1], plain, _TAG.sub("", plain), _TAG.sub(" ", plain)]
    written = {word for part in texts for word in cut_words(part)[1::2]}
    written.update([_GLUED.sub(" ", word) for word in written if _GLUED.search(word)])
    return {token.folded for word in written for token in tokens(word)}


_chosen: list[Corrections] = []


def choose_corrections(corrections: Corrections) -> None:
    """Have this process, and those forked from it, correct what they tag."""
    _chosen[:] = [corrections]


def chosen_corrections() -> Corrections:
    """Return the corrections that were chosen, empty ones if none were."""
    return _chosen[0] if _chosen else Corrections()
