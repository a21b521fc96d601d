"""What every request is answered from: the settings and the archive behind them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from flask import current_app, request

from search.counting import Counted, Wanted, count_values, guessed_dates, total_of
from search.domain import Article, FacetValue, Page, Query, Reading
from search.engine import Engine
from search.explain import Explanation
from search.generation import LiveIndex, Opened, report_in
from search.limits import Limits
from search.run import answer, explain, read_article
from search.suggest import Suggestions, suggest
from web.params import ParameterError, arguments, query_from, wanted_from
from web.settings import Settings
from web.wording import value_label

EXTENSION = "dateline"
_DESK = "dateline.desk"
LIMITS = Limits()


class Held(Protocol):
    """One generation of an archive: whatever is asked of it belongs together."""

    def engine(self) -> Engine:
        """Return the present engine. Raises the index errors of `search.errors`."""

    def built(self) -> str:
        """Return when the index was built, as ISO text; empty when that is not known."""

    def report(self) -> Mapping[str, Any]:
        """Return what the run that built the index says of itself; empty when that is not known."""


class Archive(Protocol):
    """Gives what a request is answered from, which may be another generation after a rebuild."""

    def held(self) -> Held:
        """Return what the present request is answered from, to the end of it."""


@dataclass(frozen=True, slots=True)
class FixedArchive:
    """An engine that was handed over and stays."""

    given: Engine

    def held(self) -> Held:
        """Return the archive itself."""
        return self

    def engine(self) -> Engine:
        """Return the engine."""
        return self.given

    def built(self) -> str:
        """Return nothing: whoever made the engine knows."""
        return ""

    def report(self) -> Mapping[str, Any]:
        """Return nothing: there was no run."""
        return {}


@dataclass(frozen=True, slots=True)
class LiveArchive:
    """The newest generation of an index folder.

    The folder is looked into when the first question comes, so that a server can be made before
    the first rebuild is done, and every worker process opens files of its own.
    """

    live: LiveIndex

    def held(self) -> Held:
        """Return the generation that is current when it is first asked."""
        return _Generation(self.live)


@dataclass(slots=True)
class _Generation:
    """The generation that was current at the first question, whatever is swapped in meanwhile."""

    live: LiveIndex
    _opened: Opened | None = None

    def engine(self) -> Engine:
        """Return its engine."""
        return self._now().engine

    def built(self) -> str:
        """Return the time that its manifest names."""
        return self._now().manifest.built

    def report(self) -> Mapping[str, Any]:
        """Return the report that is kept with it."""
        return report_in(self._now().folder)

    def _now(self) -> Opened:
        self._opened = self._opened or self.live.opened()
        return self._opened


@dataclass(frozen=True, slots=True)
class Facts:
    """How many articles the archive holds, and when it was built (empty when not known)."""

    articles: int
    built: str


@dataclass(frozen=True, slots=True)
class Desk:
    """Reads a request into queries and puts them to the archive as it was when the request came."""

    archive: Held
    settings: Settings

    def query(self, query_string: bytes) -> Query:
        """Return what a query string asks for. Raises `ParameterError`."""
        return query_from(arguments(query_string, self.settings), self.settings)

    def page(self, query: Query, *, values: int = 50) -> Page:
        """Return the answer with so many values of each facet."""
        return answer(self.archive.engine(), query, values=values)

    def explanations(self, query: Query, page: Page, *, query_string: bytes) -> list[Explanation | None]:
        """Return what the score of each hit is made of where `explain=1` asks for it, else nothing."""
        if ("explain", "1") not in arguments(query_string, self.settings):
            return []
        return explain(self.archive.engine(), query, [hit.article.id for hit in page.hits])

    def total(self, query: Query) -> int:
        """Return how many articles a query has."""
        return total_of(self.archive.engine(), query)

    def guessed_dates(self, query: Query) -> dict[str, int]:
        """Return for each period of the date facet how many articles are dated by a guess."""
        return guessed_dates(self.archive.engine(), query)

    def values(self, query_string: bytes, field: str) -> tuple[Query, Wanted, Counted]:
        """Return what a query string asks of a facet, and the answer; `page` is one of values there."""
        given = arguments(query_string, self.settings)
        wanted = wanted_from(given, self.settings)
        query = query_from([pair for pair in given if pair[0] != "page"], self.settings)

        def label(field: str, value: FacetValue) -> str:
            return value_label(field, value.value, value.label)

        return query, wanted, count_values(self.archive.engine(), query, field, wanted, label=label)

    def reading(self, article_id: str, query: Query) -> Reading | None:
        """Return the article with the marks of the query, None when there is none of this id."""
        return read_article(self.archive.engine(), article_id, query)

    def article(self, article_id: str) -> Article | None:
        """Return an article without marks, None when there is none of this id."""
        return self.archive.engine().article(article_id)

    def suggestions(self, text: str) -> Suggestions:
        """Return how a query may go on. Raises `ParameterError` when it is too long to be asked."""
        if len(text) > LIMITS.length:
            raise ParameterError("q", f"q is longer than {LIMITS.length:,} characters.")
        return suggest(self.archive.engine(), text)

    def report(self) -> Mapping[str, Any]:
        """Return what the run that built the index says of itself; empty when that is not known."""
        return self.archive.report()

    def facts(self) -> Facts:
        """Return what the start page and the health check tell."""
        return Facts(len(self.archive.engine()), self.archive.built())


@dataclass(frozen=True, slots=True)
class Desks:
    """What an application answers from: a desk for each request."""

    archive: Archive
    settings: Settings

    def desk(self) -> Desk:
        """Return a desk that stays with one generation of the archive."""
        return Desk(self.archive.held(), self.settings)


def desk() -> Desk:
    """Return the desk of the present request."""
    if _DESK not in request.environ:
        desks = current_app.extensions[EXTENSION]
        if not isinstance(desks, Desks):
            raise TypeError("the application was not made by create_app")
        request.environ[_DESK] = desks.desk()
    own: Desk = request.environ[_DESK]
    return own
