"""A query to what an engine evaluates: index terms, values and ranges, and what to count.

Leaves name terms of one form: a bare word its stem, a phrase, wildcard or fuzzy word the folded
form, `=Word` the exact one. Values typed by name are resolved to the values the index holds.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import search.syntax as typed
from search.domain import FACETS, Filter, Query, Sort
from search.facets import DATES, FacetRequest, requests
from search.function_words import is_function_word
from search.leaves import phrase_parts
from search.limits import Limits
from search.names import Names
from search.nodes import (
    AllOf,
    AnyOf,
    Anything,
    BestOf,
    FieldFilter,
    Near,
    Node,
    NoneOf,
    Pattern,
    Term,
    TermSequence,
    ValueIn,
    Within,
    Without,
)
from search.periods import period
from search.tokens import MAX_WORD, Joined, Token, fold_word, forms, is_lone_letter, is_unspaced, tokens

_EXPANSIONS = Limits().expansions


class Plan(NamedTuple):
    """What to match, in which order to list it, which hits to return, and what to count.

    Hits are those from `offset` on, at most `size`. `picked` are the query's filters as they
    were picked; `filters` what they demand, one entry a field.
    """

    tree: Node
    filters: tuple[FieldFilter, ...] = ()
    sort: Sort = "relevance"
    offset: int = 0
    size: int = 10
    facets: tuple[FacetRequest, ...] = ()
    picked: tuple[Filter, ...] = ()
    expansions: int = _EXPANSIONS
    stories: bool = False


@dataclass(slots=True)
class Planner:
    """Plans queries for one index: its language and the names of its values, field by field.

    `notes` gathers a sentence for each value that the index does not hold or that stood for
    several. `expansions` is how many words a wildcard or fuzzy word may stand for.
    """

    names: Callable[[str], Names]
    language: str = "en"
    expansions: int = _EXPANSIONS
    notes: list[str] = field(default_factory=list)
    _asked: dict[str, Names] = field(default_factory=dict)

    def plan(
        self, tree: typed.Node, query: Query, *, facets: Sequence[str] = FACETS, values: int = 50
    ) -> Plan:
        """Return the plan of a query whose text was read to `tree`; `values` are listed a facet."""
        return Plan(
            tree=self.matching(tree, query),
            filters=field_filters(query),
            sort=query.sort,
            offset=(query.page - 1) * query.size,
            size=query.size,
            facets=requests(query, facets, values),
            picked=query.filters,
            expansions=self.expansions,
            stories=query.stories,
        )

    def matching(self, tree: typed.Node, query: Query) -> Node:
        """Return the tree of terms; with match "any" the words at the top level are alternatives."""
        if query.match == "all" or not isinstance(tree, typed.And):
            return self.node(tree)
        words = [self.node(child) for child in tree.children if not _restricts(child)]
        others = [self.node(child) for child in tree.children if _restricts(child)]
        if not words:
            return AllOf(tuple(others))
        either = AnyOf(tuple(words)) if len(words) > 1 else words[0]
        return AllOf((either, *others)) if others else either

    def node(self, tree: typed.Node, *, title_only: bool = False) -> Node:
        """Return the node of a typed node; inside `title:` words are looked for in titles alone."""
        match tree:
            case typed.And(children):
                return AllOf(tuple(self.node(child, title_only=title_only) for child in children))
            case typed.Or(children):
                return AnyOf(tuple(self.node(child, title_only=title_only) for child in children))
            case typed.Not(child):
                return NoneOf(self.node(child, title_only=title_only))
            case typed.Title(child):
                return self.node(child, title_only=True)
            case typed.Tagged() | typed.Dated():
                return self.restriction(tree)
            case typed.Everything():
                return Anything()
            case _:
                return self.words(tree, title_only)

    def words(self, leaf: typed.Node, title_only: bool) -> Node:
        match leaf:
            case typed.Word(text):
                return self.word(text, title_only)
            case typed.Exact(text):
                return self.exact(text, title_only)
            case typed.Glob(pattern):
                return self.glob(pattern, title_only)
            case typed.Fuzzy(text, distance):
                return Near(tokens(text, self.language)[0].folded, distance, title_only)
            case typed.Phrase(text, slop):
                return self.phrase(text, slop, title_only)
        raise TypeError(f"no leaf of words: {leaf!r}")

    def word(self, text: str, title_only: bool) -> Node:
        if text.isascii() and text.isalnum():  # most words: one token, and no letter without spaces
            _, folded, stem = forms(text[:MAX_WORD], self.language)
            faint = is_function_word(text, self.language)
            return Term("stem", stem, title_only, typed=folded, faint=faint)
        found = tokens(text, self.language)
        first = found[0]
        if len(found) == 1 and not first.joined:
            lone = is_lone_letter(first.folded)
            return _lone(first.folded, title_only) if lone else _stem(first, title_only)
        parts = tuple(Term("folded", token.folded, title_only) for token in found)
        if not first.joined:
            return TermSequence(parts, 0, title_only)
        apart = TermSequence(parts, 0, title_only) if len(parts) > 1 else parts[0]
        return BestOf((apart, _stem(first.joined, title_only)))

    def exact(self, text: str, title_only: bool) -> Node:
        first, *rest = tokens(text, self.language)
        if first.joined:
            return Term("exact", first.joined.exact, title_only)
        return self.word(text, title_only) if rest else Term("exact", first.exact, title_only)

    def glob(self, pattern: str, title_only: bool) -> Node:
        if is_unspaced(pattern):
            return self.word(pattern.replace("*", "").replace("?", ""), title_only)
        return Pattern(fold_word(pattern)[:MAX_WORD], title_only)

    def phrase(self, text: str, slop: int, title_only: bool) -> Node:
        slots: list[Term | Pattern] = []
        for part in phrase_parts(text):
            if part.isascii() and part.isalnum():
                slots.append(Term("folded", forms(part[:MAX_WORD], self.language)[1], title_only))
                continue
            if ("*" in part or "?" in part) and not is_unspaced(part):
                slots.append(Pattern(fold_word(part)[:MAX_WORD], title_only))
                continue
            found = tokens(part.replace("*", " ").replace("?", " "), self.language)
            slots.extend(Term("folded", token.folded, title_only) for token in found)
        if len(slots) > 1:
            return TermSequence(tuple(slots), slop, title_only)
        [only] = slots
        lone = isinstance(only, Term) and is_lone_letter(only.text)
        return _lone(only.text, title_only) if isinstance(only, Term) and lone else only

    def restriction(self, leaf: typed.Tagged | typed.Dated) -> Node:
        if isinstance(leaf, typed.Dated):
            if leaf.since is None and leaf.until is None:
                return Without(leaf.field)
            return Within(leaf.field, leaf.since, leaf.until)
        if leaf.value is None:
            return Without(leaf.field)
        return ValueIn(leaf.field, self.resolved(leaf.field, leaf.value), leaf.role)

    def resolved(self, name: str, asked: str) -> tuple[str, ...]:
        """Return the values that a typed value names: by value or label, else by words of the label.

        Case and accents do not matter; `person:hasanov` names everyone called so, with a note.
        """
        if name not in self._asked:
            self._asked[name] = self.names(name)
        names = self._asked[name]
        same = names.called(asked)
        if same:
            return tuple(one.value for one in same)
        part = names.with_words(asked)
        if not part:
            self.notes.append(f"no {name} of this archive is called “{asked[:80]}”")
        elif len(part) > 1:
            labels = ", ".join(one.label for one in part[:5]) + (", …" if len(part) > 5 else "")
            self.notes.append(f"“{name}:{asked[:80]}” stands for {len(part)} values: {labels}")
        return tuple(one.value for one in part)


def field_filters(query: Query) -> tuple[FieldFilter, ...]:
    """Return what the picked values demand, an entry for each field that has any.

    Values picked in one field, and the ends of a date, are alternatives; those excluded must not
    match. Raises ValueError for a picked period that is in no calendar.
    """
    if query.filters == () and not (query.since or query.until or query.says_since or query.says_until):
        return ()
    include: dict[str, list[Node]] = {}
    exclude: dict[str, list[Node]] = {}
    if query.since or query.until:
        include["date"] = [Within("date", query.since, query.until)]
    if query.says_since or query.says_until:
        include["says"] = [Within("says", query.says_since, query.says_until)]
    for picked in query.filters:
        side = exclude if picked.exclude else include
        side.setdefault(picked.field, []).append(_picked(picked))
    found = []
    for name in dict.fromkeys([*include, *exclude]):
        parts: list[Node] = [NoneOf(node) for node in exclude.get(name, ())]
        if name in include:
            parts.insert(0, AnyOf(tuple(include[name])))
        found.append(FieldFilter(name, AllOf(tuple(parts))))
    return tuple(found)


def _picked(picked: Filter) -> Node:
    if picked.value is None:
        return Without(picked.field)
    if picked.field in DATES:
        span = period(picked.value)
        return Within(picked.field, span.first, span.last)
    return ValueIn(picked.field, (picked.value,), picked.role)


def _stem(word: Token | Joined, title_only: bool) -> Term:
    return Term("stem", word.stem, title_only, typed=word.folded)


def _lone(letter: str, title_only: bool) -> Pattern:
    """Return the bigrams that hold a letter of a script without spaces, or the letter alone."""
    return Pattern(f"*{letter}*", title_only)


def _restricts(node: typed.Node) -> bool:
    """Return whether a node chooses articles without asking for a word."""
    match node:
        case typed.And(children) | typed.Or(children):
            return all(_restricts(child) for child in children)
        case typed.Title(child):
            return _restricts(child)
        case _:
            return isinstance(node, typed.Not | typed.Tagged | typed.Dated | typed.Everything)
