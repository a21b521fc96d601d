"""tantivy in process."""

import datetime as dt
from collections.abc import Iterable
from importlib.metadata import version

from questions import TEXTS, VALUES, Question, typed
from rival import Place

from search.domain import Article

try:
    import tantivy
except ImportError:
    tantivy = None


class Tantivy:
    """tantivy in process: search, one aggregate call, SnippetGenerator; its default merge policy.

    Spared: query text for filters and dates, counting a facet without its own filter, names of
    values, every facet but country, person and spans of 30 days, marks in titles, an article object.
    """

    name = "tantivy"
    version = version("tantivy") if tantivy else ""
    skips = ()
    most = None

    def __init__(self, place: Place) -> None:
        self.folder = place.folder
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("title", stored=True)
        builder.add_text_field("body", stored=True)
        builder.add_text_field("country", stored=True, fast=True, tokenizer_name="raw", index_option="basic")
        builder.add_text_field("person", stored=True, fast=True, tokenizer_name="raw", index_option="basic")
        builder.add_date_field("day", stored=True, indexed=True, fast=True)
        self.schema = builder.build()
        month = {"field": "day", "fixed_interval": "30d", "min_doc_count": 1}
        self.facets = {
            "country": {"terms": {"field": "country", "size": VALUES}},
            "person": {"terms": {"field": "person", "size": VALUES}},
            "month": {"date_histogram": month},
        }

    @staticmethod
    def missing(_place: Place) -> str:
        """Return why it cannot be asked; nothing when it can."""
        return "" if tantivy else "the package tantivy is not installed"

    def build(self, articles: Iterable[Article]) -> None:
        """Write the index in one commit, with as many threads as tantivy likes."""
        self.folder.mkdir()
        writer = tantivy.Index(self.schema, str(self.folder)).writer(256_000_000)
        for one in articles:
            document = tantivy.Document(title=[one.title], body=[one.body], day=[noon(one.date)])
            for tag in one.countries:
                document.add_text("country", tag.code)
            for person in one.people:
                document.add_text("person", person.name)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()

    def open(self) -> None:
        """Open the index for asking."""
        self.index = tantivy.Index.open(str(self.folder))
        self.searcher = self.index.searcher()

    def page(self, asked: Question) -> int:
        """Make a whole page; return the total."""
        query = self._query(asked)
        found = self.searcher.search(query, limit=10, count=True)
        self.searcher.aggregate(query, self.facets)
        if not asked.words:
            _ = [self.searcher.doc(address) for _, address in found.hits]
            return found.count
        snippets = tantivy.SnippetGenerator.create(self.searcher, query, self.schema, "body")
        for _, address in found.hits:
            snippets.snippet_from_doc(self.searcher.doc(address)).to_html()
        return found.count

    def hits(self, asked: Question) -> int:
        """Find total and ten best; return the total."""
        return self.searcher.search(self._query(asked), limit=10, count=True).count

    def _query(self, asked: Question) -> object:
        must, one = tantivy.Occur.Must, tantivy.Query
        parts = [(must, self._words(asked))]
        if asked.country:
            parts.append((must, one.term_query(self.schema, "country", asked.country)))
        if asked.person:
            parts.append((must, one.term_query(self.schema, "person", asked.person)))
        if asked.since:
            ends = noon(asked.since), noon(asked.until)
            parts.append((must, one.range_query(self.schema, "day", tantivy.FieldType.Date, *ends)))
        return parts[0][1] if len(parts) == 1 else one.boolean_query(parts)

    def _words(self, asked: Question) -> object:
        one, should = tantivy.Query, tantivy.Occur.Should
        if not asked.words:
            return one.all_query()
        word = asked.words[0]
        if asked.kind == "prefix":
            either = [one.regex_query(self.schema, text, f"{word}.*") for text in TEXTS]
        elif asked.kind == "fuzzy":
            near = {"distance": 1, "transposition_cost_one": False}
            either = [one.fuzzy_term_query(self.schema, text, word, **near) for text in TEXTS]
        else:
            default = {"conjunction_by_default": True}
            return self.index.parse_query(typed(asked), list(TEXTS), **default)
        return one.boolean_query([(should, part) for part in either])


def noon(day: dt.date | None) -> dt.datetime:
    """Return a moment of the day; every engine here asks for whole days."""
    return dt.datetime.combine(day or dt.date.min, dt.time(12), tzinfo=dt.UTC)
