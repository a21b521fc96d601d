"""The embedded engine of this project, in process."""

import inspect
from collections.abc import Iterable
from importlib.metadata import version
from itertools import islice

from questions import VALUES, Question, typed
from rival import Place

from search.domain import Article, Filter, Query
from search.engines.whoosh.index import WhooshEngine, create
from search.limits import Limits
from search.parse import parse
from search.plan import Planner
from search.run import answer


class Ours:
    """The embedded engine, from the query's text to a Page. No answer is taken from a cache of answers.

    Spared nothing: it parses text, resolves names, counts each facet without its own filter, seven
    facets in all where the others count three, and makes whole articles and marks.
    """

    name = "ours"
    version = version("dateline")
    skips = ()
    most = None

    def __init__(self, place: Place) -> None:
        self.place = place

    @staticmethod
    def missing(_place: Place) -> str:
        """Return why it cannot be asked; nothing when it can."""
        return ""

    def build(self, articles: Iterable[Article]) -> None:
        """Write the index, one commit and no merge for each segment asked for."""
        engine = create(self.place.folder)
        rest = iter(articles)
        for _ in range(self.place.segments):
            with engine.writer(workers=2) as writer:
                for one in islice(rest, -(-self.place.articles // self.place.segments)):
                    writer.add(one)
            engine.close()
            engine = without_cache(self.place)
        engine.close()

    def open(self) -> None:
        """Open the index for asking."""
        self.engine = without_cache(self.place)

    def page(self, asked: Question) -> int:
        """Make a whole page; return the total."""
        return answer(self.engine, our_query(asked), values=VALUES).total

    def hits(self, asked: Question) -> int:
        """Find total and the ranking of ten, no article fetched: as tantivy's search returns addresses."""
        query = our_query(asked)
        planner = Planner(self.engine.names, self.engine.language, Limits().expansions)
        return self.engine.run(planner.plan(parse(query.text).tree, query, facets=())).total

    def parts(self) -> dict[str, int]:
        """Return the bytes of each part of the index, as the engine tells them; nothing when it does not."""
        return dict(self.engine.parts()) if hasattr(self.engine, "parts") else {}


def without_cache(place: Place) -> WhooshEngine:
    """Return the engine of a folder, told to keep no answers where it would."""
    keeps = "kept_answers" in inspect.signature(WhooshEngine).parameters
    return WhooshEngine(place.folder, **({"kept_answers": 0} if keeps else {}))


def our_query(asked: Question) -> Query:
    """Return the question in our syntax, as a reader types it."""
    picked = (("country", asked.country), ("person", asked.person))
    filters = tuple(Filter(field, value) for field, value in picked if value)
    return Query(typed(asked), filters=filters, since=asked.since, until=asked.until)
