"""Whoosh as it is, without anything of ours."""

from collections.abc import Iterable
from functools import partial
from importlib.metadata import version
from itertools import islice

import whoosh.analysis
import whoosh.fields
import whoosh.index
from questions import TEXTS, Question
from rival import Place
from whoosh import query as wq
from whoosh import sorting

from search.domain import Article


class StockWhoosh:
    """Whoosh 2.7.4 with its own searcher, codec, facets and highlights.

    Spared: parsing text, counting a facet without its own filter, every facet but country and month
    (people cost it more than all else), a right order: its search with a limit may lose the best of
    the ten, so that only totals are comparable.
    """

    name = "stock Whoosh"
    version = version("whoosh")
    skips = ()
    most = 20_000

    def __init__(self, place: Place) -> None:
        self.folder = place.folder

    @staticmethod
    def missing(_place: Place) -> str:
        """Return why it cannot be asked; nothing when it can."""
        return ""

    def build(self, articles: Iterable[Article]) -> None:
        """Write the index in one commit."""
        self.folder.mkdir()
        words = whoosh.analysis.SimpleAnalyzer()  # without stop words, which hold names
        schema = whoosh.fields.Schema(
            title=whoosh.fields.TEXT(analyzer=words, stored=True),
            body=whoosh.fields.TEXT(analyzer=words, stored=True),
            country=whoosh.fields.KEYWORD(stored=True),
            person=whoosh.fields.KEYWORD(stored=True),
            month=whoosh.fields.ID(stored=True, sortable=True),
            day=whoosh.fields.NUMERIC(int, sortable=True),
        )
        writer = whoosh.index.create_in(str(self.folder), schema).writer(limitmb=256)
        for one in articles:
            writer.add_document(
                title=one.title,
                body=one.body,
                country=[tag.code for tag in one.countries],
                person=[tag.name for tag in one.people],
                month=str(one.date)[:7],
                day=one.date.toordinal(),
            )
        writer.commit()

    def open(self) -> None:
        """Open the index for asking."""
        self.searcher = whoosh.index.open_dir(str(self.folder)).searcher()

    def page(self, asked: Question) -> int:
        """Make a whole page; return the total."""
        facets = sorting.Facets()
        facets.add_facet("country", sorting.FieldFacet("country", allow_overlap=True, maptype=sorting.Count))
        facets.add_facet("month", sorting.FieldFacet("month", maptype=sorting.Count))
        found = self.searcher.search(self._query(asked), limit=10, groupedby=facets)
        for name in ("country", "month"):
            found.groups(name)
        for hit in islice(found, 10):  # the limit does not hold when hits are grouped
            hit.highlights("body", text=hit["body"])
        return len(found)

    def hits(self, asked: Question) -> int:
        """Find total and ten best; return the total."""
        return len(self.searcher.search(self._query(asked), limit=10))

    def _query(self, asked: Question) -> wq.Query:
        parts = [self._words(asked)]
        if asked.country:
            parts.append(wq.Term("country", asked.country))
        if asked.person:
            parts.append(wq.Term("person", asked.person))
        if asked.since:
            parts.append(wq.NumericRange("day", asked.since.toordinal(), asked.until.toordinal()))
        return wq.And(parts) if len(parts) > 1 else parts[0]

    def _words(self, asked: Question) -> wq.Query:
        if not asked.words:
            return wq.Every()
        if asked.kind == "phrase":
            return wq.Or([wq.Phrase(text, list(asked.words)) for text in TEXTS])
        # Whoosh's own fuzzy words begin with the letter typed, unless told otherwise.
        kinds = {"prefix": wq.Prefix, "fuzzy": partial(wq.FuzzyTerm, prefixlength=0)}
        kind = kinds.get(asked.kind, wq.Term)
        each = [wq.Or([kind(text, word) for text in TEXTS]) for word in asked.words]
        return wq.Or(each) if asked.kind == "OR of 3" else wq.And(each)
