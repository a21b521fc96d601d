"""The seam between a question and whatever keeps the index.

`memory`, `whoosh` and later `opensearch` each give an `Engine`; everything above them (parser,
planner, highlighter, pages) is shared, so a query matches and marks the same on all of them.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import repeat
from types import TracebackType
from typing import Any, Protocol, Self

from search.aliases import NO_ALIASES, Aliases
from search.domain import Article, Facet, FieldValue, Hit
from search.errors import SearchError
from search.explain import Evidence
from search.names import Names
from search.nodes import Near, Pattern
from search.plan import Plan


@dataclass(frozen=True, slots=True)
class Found:
    """What an engine answers: how many articles match, one page of them, and the facets.

    `ranking` pairs a key of each article, which only the engine can read, with its score, in the
    order asked for; `folded` has for each the keys of the other articles that stand behind it, where
    stories are listed. `context` is what the engine may want to know again when the hits are listed.
    """

    total: int
    ranking: tuple[tuple[Any, float], ...]
    facets: tuple[Facet, ...]
    notes: tuple[str, ...] = ()
    folded: tuple[tuple[Any, ...], ...] = ()
    context: Any = field(default=None, compare=False, repr=False)


WordCount = tuple[str, int]
"""A folded word and how often it occurs."""

Batch = Any
"""Articles as `Writer.prepare` made them: what it is, only the engine knows, but `len` tells how many."""


class Writer(ABC):
    """Adds and deletes articles; nothing is seen by readers before `commit`.

    As a context manager it commits on a clean exit and cancels on an exception. It serves once:
    after that, and after an error, SearchError is raised, at the latest by `commit`.
    """

    @abstractmethod
    def add(self, article: Article) -> None:
        """Add an article, in place of the one with the same id if there is one."""

    @staticmethod
    def prepare(articles: Sequence[Article]) -> Batch:
        """Return articles in the form that `add_batch` takes with the least work; here, as they are.

        What a writer does in one process only is its bottleneck: an engine puts here what needs
        neither writer nor index, and has it done by any number of processes. The function and what
        it returns can be pickled. An article that cannot be added may raise anything; no other
        one is to blame for it.
        """
        return tuple(articles)

    def add_batch(self, batch: Batch, *, keep: Sequence[bool] | None = None) -> None:
        """Add what `prepare` made of articles, as one after the other: the last of an id stays.

        `keep` tells of each article whether it is added at all; without it, every one is.
        """
        for article, kept in zip(batch, keep or repeat(True, len(batch)), strict=True):
            if kept:
                self.add(article)

    @abstractmethod
    def delete(self, article_id: str) -> None:
        """Delete the article of this id; an id that is not there is no error."""

    @abstractmethod
    def commit(self) -> None:
        """Make every change visible to readers that are opened from now on."""

    @abstractmethod
    def cancel(self) -> None:
        """Forget every change since the writer was made."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.commit()
        else:
            self.cancel()


def used_up() -> SearchError:
    """Return the error of a writer that is asked to go on after its end."""
    return SearchError("this writer has committed, was cancelled or had an error; open another one")


class Engine(Protocol):
    """An index that can be asked and written. Reading is safe from any number of threads.

    What is asked is the index as it was when the engine was opened; a commit is seen by the
    next one that is opened, and by `memory` at once.
    """

    language: str
    """ISO 639-1 code of the language whose stems the index holds."""

    def run(self, plan: Plan) -> Found:
        """Return total, ranking of one page and exact facet counts for a plan."""

    def hits(self, plan: Plan, found: Found) -> tuple[Hit, ...]:
        """Return the ranking as it is listed, each article with the plan's words marked.

        `found` is what this engine answered. An article that was deleted since is left out.
        """

    def evidence(self, plan: Plan, article_ids: Sequence[str]) -> list[Evidence | None]:
        """Return what the scores of some articles are made of, None for an id that is not there.

        `search.explain.explained` makes of it the very score that a hit of the plan has.
        """

    def article(self, article_id: str) -> Article | None:
        """Return the article of this id with its tags and receipts, or None."""

    def values(self, field: str) -> Sequence[FieldValue]:
        """Return every value of a facet field, by value ascending."""

    def names(self, field: str) -> Names:
        """Return the values of a facet field by the names they are typed by."""

    def beginning(self, field: str, asked: str, most: int) -> Sequence[FieldValue]:
        """Return values of a facet field that have words beginning as those asked for do.

        At most so many, those of the most articles first, then by value ascending.
        """

    def words(self, leaf: Pattern | Near, most: int) -> Sequence[WordCount]:
        """Return folded words that a leaf stands for and how often each occurs, at most so many.

        The nearest first, of these the most frequent, of these the first in the alphabet. Words
        of deleted articles may be among them.
        """

    def warm(self) -> None:
        """Read what most queries need, so that the first one is as fast as the next."""

    def alias(
        self, names: Aliases, *, countries: Aliases = NO_ALIASES, stories: Aliases = NO_ALIASES
    ) -> None:
        """Have persons' names stand for others, in place of what stood for others before.

        `countries` are names that queries may call countries by, each with the code that it stands for,
        `stories` those of near-identical copies, each with the one that they share.
        Articles are kept as they were added, and answered as if they had been added with the names
        that stand for theirs. It is seen where a commit would be seen.
        """

    def __len__(self) -> int:
        """Return the number of articles."""

    def writer(self) -> Writer:
        """Return a writer; one at a time."""

    def close(self) -> None:
        """Let go of files. The engine is not used afterwards."""
