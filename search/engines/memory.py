"""The engine of plain lists and loops: slow, obviously right, the measure of the others.

Every article is asked in turn whether it matches, and how well; every facet is counted by going
through the articles again. It serves a handful of files, and the tests of the other engines.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import repeat

from search.aliases import NO_ALIASES, Aliases, renamed, shared
from search.completing import Completer
from search.domain import FOLDED, Article, Facet, FieldValue, Hit
from search.engine import Found, WordCount, Writer, used_up
from search.expand import Vocabulary, capped, foremost
from search.explain import Evidence, LeafCounts
from search.facets import DATES, FacetRequest, Tally, buckets, filters_for, listed
from search.fields import carries, field_values, labels_of, lacks, periods_of, roles_of, story_of
from search.hits import hit
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
    TextLeaf,
    ValueIn,
    Within,
    Without,
    nodes_of,
    positive_leaves,
)
from search.order import oldest, order_key
from search.plan import Plan
from search.record import listed as listed_of
from search.score import as_typed, length_norm, of_function_word, saturated, word_weight
from search.sequence import Piece, in_order, near
from search.tokens import Token, tokens

Score = float | None
"""A score, or None for an article that does not match."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An article with the tokens of its two fields."""

    article: Article
    title: list[Token]
    body: list[Token]


class MemoryEngine:
    """Articles in a dictionary by id. Changes are seen at once when a writer commits."""

    def __init__(self, articles: Iterable[Article] = (), *, language: str = "en") -> None:
        self.language = language
        self._entries: dict[str, Entry] = {}
        self._added: dict[str, Article] = {}
        self._aliases: Aliases = {}
        self._countries: Aliases = {}
        self._stories: Aliases = {}
        self.replace({article.id: article for article in articles})

    def run(self, plan: Plan) -> Found:
        """Return total, ranking of one page and facet counts for a plan; time grows with the archive."""
        search = _Search(list(self._entries.values()), plan)
        return search.found()

    def hits(self, plan: Plan, found: Found) -> tuple[Hit, ...]:
        """Return the ranking as it is listed; an article that was deleted since is left out."""
        stories = Counter(entry.article.story for entry in self._entries.values())
        listed = ((self.article(article_id), score) for article_id, score in found.ranking)
        hits = (
            hit(one, plan, score=score, copies=_copies(stories, one), language=self.language)
            for one, score in listed
            if one is not None
        )
        folded = (tuple(map(self.article, ids)) for ids in found.folded or repeat(()))
        return tuple(
            one._replace(folded=tuple(listed_of(other) for other in others if other is not None))
            for one, others in zip(hits, folded, strict=False)
        )

    def evidence(self, plan: Plan, article_ids: Sequence[str]) -> list[Evidence | None]:
        """Return what the scores of some articles are made of, None for an id that is not there."""
        search = _Search(list(self._entries.values()), plan)
        held = [self._entries.get(article_id) for article_id in article_ids]
        return [search.evidence(entry) if entry else None for entry in held]

    def article(self, article_id: str) -> Article | None:
        """Return the article of this id, or None."""
        entry = self._entries.get(article_id)
        return entry.article if entry else None

    def values(self, field: str) -> Sequence[FieldValue]:
        """Return every value of a field that some article carries, by value ascending."""
        counts: Counter[str] = Counter()
        labels: dict[str, str] = {}
        for entry in self._entries.values():
            counts.update(field_values(entry.article, field))
            labels.update(labels_of(entry.article, field))
        return [FieldValue(value, labels.get(value, value), counts[value]) for value in sorted(counts)]

    def names(self, field: str) -> Names:
        """Return the values of a field by their names; made anew each time."""
        aliases = {"person": self._aliases, "country": self._countries, "story": self._stories}.get(
            field, NO_ALIASES
        )
        return Names(self.values(field), {name: alias.value for name, alias in aliases.items()})

    def beginning(self, field: str, asked: str, most: int) -> Sequence[FieldValue]:
        """Return values that have words beginning as those asked for do; gone through each time."""
        return Completer(self.values(field)).beginning(asked, most)

    def words(self, leaf: Pattern | Near, most: int) -> Sequence[WordCount]:
        """Return folded words that a leaf stands for and how often each occurs."""
        return foremost([vocabulary_of(self._entries.values(), title_only=leaf.title_only)], leaf, most)

    def alias(
        self, names: Aliases, *, countries: Aliases = NO_ALIASES, stories: Aliases = NO_ALIASES
    ) -> None:
        """Have persons, countries and stories stand for others; seen at once."""
        self._aliases, self._countries, self._stories = dict(names), dict(countries), dict(stories)
        self.replace(dict(self._added))

    def __len__(self) -> int:
        return len(self._entries)

    def writer(self) -> MemoryWriter:
        """Return a writer over this engine."""
        return MemoryWriter(self)

    def replace(self, articles: Mapping[str, Article | None]) -> None:
        """Put articles in place of those with the same ids; None deletes."""
        for article_id, article in articles.items():
            self._entries.pop(article_id, None)
            self._added.pop(article_id, None)
            if article is not None:
                self._added[article_id] = article
                people, story = renamed(article.people, self._aliases), shared(article.story, self._stories)
                article = replace(article, people=people, story=story)
                title = tokens(article.title, self.language)
                self._entries[article_id] = Entry(article, title, tokens(article.body, self.language))

    def warm(self) -> None:
        """Everything is read already."""

    def close(self) -> None:
        """Nothing is held open."""


class MemoryWriter(Writer):
    """Gathers changes for a `MemoryEngine` and makes them all at once."""

    def __init__(self, engine: MemoryEngine) -> None:
        self._engine = engine
        self._changes: dict[str, Article | None] = {}
        self._is_closed = False

    def add(self, article: Article) -> None:
        """Add an article, in place of the one with the same id."""
        self._changes[article.id] = article

    def delete(self, article_id: str) -> None:
        """Delete the article of this id, if there is one."""
        self._changes[article_id] = None

    def commit(self) -> None:
        """Make the changes visible."""
        if self._is_closed:
            raise used_up()
        self._is_closed = True
        self._engine.replace(self._changes)

    def cancel(self) -> None:
        """Forget the changes."""
        self._is_closed = True


class _Search:
    """One plan over a list of entries: statistics are taken by counting whenever they are asked."""

    def __init__(self, entries: list[Entry], plan: Plan) -> None:
        self.entries = entries
        self.by_id = {entry.article.id: entry for entry in entries}
        self.plan = plan
        self.notes: list[str] = []
        self.words: dict[Pattern | Near, frozenset[str]] = {}
        self.containing: dict[object, int] = {}
        total = len(entries)
        self.title_average = sum(len(entry.title) for entry in entries) / total if total else 0.0
        self.body_average = sum(len(entry.body) for entry in entries) / total if total else 0.0

    def found(self) -> Found:
        scored = [(entry.article, self.score(self.plan.tree, entry)) for entry in self.entries]
        matching = [(article, score) for article, score in scored if score is not None]
        hits = [pair for pair in matching if self.passes(self.plan.filters, pair[0])]
        hits.sort(key=lambda pair: order_key(self.plan.sort, pair[0].date, pair[0].id, pair[1]))
        if self.plan.stories:
            return self.of_stories(hits, matching)
        page = hits[self.plan.offset : self.plan.offset + self.plan.size]
        return Found(
            total=len(hits),
            ranking=tuple((article.id, score) for article, score in page),
            facets=tuple(self.facet(request, matching) for request in self.plan.facets),
            notes=tuple(self.notes),
        )

    def of_stories(
        self, hits: Sequence[tuple[Article, float]], matching: Sequence[tuple[Article, float]]
    ) -> Found:
        """Return what is found where the articles of one story, in the order of hits, are one hit."""
        groups: dict[str, list[tuple[Article, float]]] = {}
        for article, score in hits:
            groups.setdefault(story_of(article), []).append((article, score))
        page = list(groups.values())[self.plan.offset : self.plan.offset + self.plan.size]
        return Found(
            total=len(groups),
            ranking=tuple((group[0][0].id, group[0][1]) for group in page),
            facets=tuple(self.facet(request, matching) for request in self.plan.facets),
            notes=tuple(self.notes),
            folded=tuple(_ids_behind(group) for group in page),
        )

    def facet(self, request: FacetRequest, matching: Sequence[tuple[Article, float]]) -> Facet:
        """Return the counts of one facet over the articles that match under its filters."""
        filters = filters_for(request.field, self.plan.filters)
        values: set[tuple[str, str]] = set()
        roles: set[tuple[str, tuple[str, str]]] = set()
        missing: set[str] = set()
        labels: dict[str, str] = {}
        for article, _ in matching:
            if not self.passes(filters, article):
                continue
            one = story_of(article) if self.plan.stories else article.id
            if request.field in DATES:
                own: Iterable[str] = buckets(periods_of(article, request.field), request)
            else:
                own = field_values(article, request.field)
            values.update((one, value) for value in own)
            roles.update((one, pair) for pair in roles_of(article, request.field))
            missing.update((one,) if lacks(article, request.field) else ())
        for entry in self.entries:
            labels.update(labels_of(entry.article, request.field))
        counts = Counter(value for _, value in values)
        tally = Tally(counts, Counter(pair for _, pair in roles), len(missing))
        return listed(tally, request, self.plan.picked, labels)

    def passes(self, filters: Iterable[FieldFilter], article: Article) -> bool:
        """Return whether an article meets every filter."""
        entry = self.by_id[article.id]
        return all(self.score(one.node, entry) is not None for one in filters)

    def score(self, node: Node, entry: Entry) -> Score:
        """Return the score of an article under a node, None when it does not match."""
        match node:
            case AllOf(children):
                scores = [self.score(child, entry) for child in children]
                return None if None in scores else _sum(scores)
            case AnyOf(children):
                scores = [self.score(child, entry) for child in children]
                return _sum(scores) if any(score is not None for score in scores) else None
            case BestOf(children):
                scores = [self.score(child, entry) for child in children]
                return max((score for score in scores if score is not None), default=None)
            case NoneOf(child):
                return 0.0 if self.score(child, entry) is None else None
            case Anything():
                return 0.0
            case ValueIn() | Without() | Within():
                return 0.0 if carries(node, entry.article) else None
            case _:
                return self.text_score(node, entry)

    def text_score(self, leaf: TextLeaf, entry: Entry) -> Score:
        title: float
        body: float
        title, body = self.counts(leaf, entry)
        if not title and not body:
            return None
        if isinstance(leaf, Term) and leaf.typed:
            typed = self.counts(Term("folded", leaf.typed, leaf.title_only), entry)
            title, body = as_typed(title, typed[0]), as_typed(body, typed[1])
        slots = leaf.slots if isinstance(leaf, TermSequence) else (leaf,)
        weight = 0.0
        for slot in slots:
            weight += word_weight(len(self.entries), self.articles_with(slot))
        if isinstance(leaf, Term) and leaf.faint:
            weight = of_function_word(weight)
        title_norm = length_norm(float(len(entry.title)), self.title_average)
        body_norm = length_norm(float(len(entry.body)), self.body_average)
        return weight * saturated(title / title_norm, body / body_norm)

    def evidence(self, entry: Entry) -> Evidence:
        """Return the counts and lengths that the score of an article is made of."""
        tree = self.plan.tree
        matching = frozenset(node for node in nodes_of(tree) if self.score(node, entry) is not None)
        return Evidence(
            articles=len(self.entries),
            lengths=(len(entry.title), len(entry.body)),
            averages=(self.title_average, self.body_average),
            leaves={leaf: self.leaf_counts(leaf, entry) for leaf in positive_leaves(tree)},
            matching=matching,
            matches=tree in matching and self.passes(self.plan.filters, entry.article),
        )

    def leaf_counts(self, leaf: TextLeaf, entry: Entry) -> LeafCounts:
        every = self.counts(leaf, entry)
        typed = every
        if isinstance(leaf, Term) and leaf.typed:
            typed = self.counts(Term("folded", leaf.typed, leaf.title_only), entry)
        slots = leaf.slots if isinstance(leaf, TermSequence) else (leaf,)
        return LeafCounts(*every, *typed, tuple(self.articles_with(slot) for slot in slots))

    def articles_with(self, leaf: Term | Pattern | Near) -> int:
        if leaf not in self.containing:
            self.containing[leaf] = sum(1 for entry in self.entries if any(self.counts(leaf, entry)))
        return self.containing[leaf]

    def counts(self, leaf: TextLeaf, entry: Entry) -> tuple[int, int]:
        """Return how often a leaf occurs in title and body."""
        title = self.count(leaf, entry.title)
        return title, 0 if leaf.title_only else self.count(leaf, entry.body)

    def count(self, leaf: TextLeaf, found: list[Token]) -> int:
        """Return in how many places a sequence begins, or how often the words of a leaf occur.

        A position where both a part and its joined form match a wildcard counts for each.
        """
        if isinstance(leaf, TermSequence):
            return len(self.sequences(leaf, found))
        if isinstance(leaf, Term):
            return len(self.positions(leaf, found))
        return sum(len(self.positions(Term("folded", word), found)) for word in self.expanded(leaf))

    def sequences(self, leaf: TermSequence, found: list[Token]) -> list[Piece]:
        places = {slot: self.positions(slot, found) for slot in leaf.slots}
        if leaf.slop:
            return near(places, Counter(leaf.slots), leaf.slop)
        return in_order(places, leaf.slots)

    def positions(self, leaf: Term | Pattern | Near, found: list[Token]) -> list[int]:
        form = leaf.form if isinstance(leaf, Term) else "folded"
        wanted = frozenset((leaf.text,)) if isinstance(leaf, Term) else self.expanded(leaf)
        return [
            at
            for at, token in enumerate(found)
            if getattr(token, form) in wanted or (token.joined and getattr(token.joined, form) in wanted)
        ]

    def expanded(self, leaf: Pattern | Near) -> frozenset[str]:
        """Return the words that a wildcard or fuzzy word stands for in these articles."""
        if leaf not in self.words:
            vocabulary = vocabulary_of(self.entries, title_only=leaf.title_only)
            expansion = vocabulary.expand(leaf, self.plan.expansions)
            self.words[leaf] = frozenset(vocabulary.terms.words(expansion.ordinals))
            note = capped(leaf, expansion.matching, len(expansion.ordinals))
            if note:
                self.notes.append(note)
        return self.words[leaf]


def vocabulary_of(entries: Iterable[Entry], *, title_only: bool) -> Vocabulary:
    """Return the folded words of articles and how often each occurs."""
    counts: Counter[str] = Counter()
    for entry in entries:
        for token in entry.title if title_only else (*entry.title, *entry.body):
            counts[token.folded] += 1
            if token.joined and token.joined.folded != token.folded:
                counts[token.joined.folded] += 1
    return Vocabulary.of(counts)


def _ids_behind(group: Sequence[tuple[Article, float]]) -> tuple[str, ...]:
    """Return the ids of the articles behind the first of a story, the oldest first, as many as are named."""
    return tuple(one.id for one in oldest(article for article, _ in group[1:])[:FOLDED])


def _copies(stories: Mapping[str, int], article: Article) -> int:
    """Return how many other articles share the story."""
    return stories[article.story] - 1 if article.story else 0


def _sum(scores: Iterable[Score]) -> float:
    """Return the sum from left to right of the scores that are there."""
    total = 0.0
    for score in scores:
        total += score or 0.0
    return total
