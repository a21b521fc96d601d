"""Engines behind one protocol, each asked as its own users would ask it.

Every engine holds title and body with positions, the stored text, countries, people and the day.
`page` is a whole page: exact total, the ten best, facets, snippets with marks; `hits` is total and
ten best. What each is spared: tantivy and FTS5 count three facets under all filters, in one call
and in three, where ours counts seven, each under every filter but its own. Stock Whoosh counts two,
country and month.
"""

import datetime as dt
import sqlite3
from collections.abc import Iterable
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import Protocol

import whoosh.analysis
import whoosh.fields
import whoosh.index
from archive import Question
from whoosh import query as wq
from whoosh import sorting

from search.domain import Article, Filter, Query
from search.engines.whoosh.index import WhooshEngine, create
from search.parse import parse
from search.plan import Planner
from search.run import answer

try:
    import tantivy
except ImportError:
    tantivy = None

VALUES = 50
"""Values listed a facet."""
TEXTS = ("title", "body")


class Rival(Protocol):
    """One engine with its index in a folder. `skips` names the kinds of question it cannot answer."""

    name: str
    version: str
    skips: tuple[str, ...]

    def build(self, articles: Iterable[Article]) -> None:
        """Write the index; it is opened afterwards by `open`."""

    def open(self) -> None:
        """Open the index for asking."""

    def page(self, asked: Question) -> int:
        """Make a whole page; return the total."""

    def hits(self, asked: Question) -> int:
        """Find total and ten best; return the total."""


class Ours:
    """The embedded engine, from the query's text to a Page."""

    name = "ours"
    version = version("dateline")
    skips = ()

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def build(self, articles: Iterable[Article]) -> None:
        """Write the index in one commit."""
        engine = create(self.folder)
        with engine.writer() as writer:
            for one in articles:
                writer.add(one)
        engine.close()

    def open(self) -> None:
        """Open the index for asking."""
        self.engine = WhooshEngine(self.folder)

    def page(self, asked: Question) -> int:
        """Make a whole page; return the total."""
        return answer(self.engine, our_query(asked), values=VALUES).total

    def hits(self, asked: Question) -> int:
        """Find total and ten best; return the total."""
        query = our_query(asked)
        planner = Planner(self.engine.names, self.engine.language)
        return self.engine.run(planner.plan(parse(query.text).tree, query, facets=())).total


def our_query(asked: Question) -> Query:
    """Return the question in our syntax, as a reader types it."""
    picked = (("country", asked.country), ("person", asked.person))
    filters = tuple(Filter(field, value) for field, value in picked if value)
    return Query(our_text(asked), filters=filters, since=asked.since, until=asked.until)


def our_text(asked: Question) -> str:
    """Return the words with the operators of their kind."""
    match asked.kind:
        case "OR of 3":
            return " OR ".join(asked.words)
        case "phrase":
            return f'"{" ".join(asked.words)}"'
        case "prefix":
            return f"{asked.words[0]}*"
        case "fuzzy":
            return f"{asked.words[0]}~1"
    return " ".join(asked.words)


class Tantivy:
    """tantivy in process: search, one aggregate call, SnippetGenerator; its default merge policy."""

    name = "tantivy"
    version = version("tantivy") if tantivy else ""
    skips = ()

    def __init__(self, folder: Path) -> None:
        self.folder = folder
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
            return self.index.parse_query(our_text(asked), list(TEXTS), **default)
        return one.boolean_query([(should, part) for part in either])


def noon(day: dt.date | None) -> dt.datetime:
    """Return a moment of the day; every engine here asks for whole days."""
    return dt.datetime.combine(day or dt.date.min, dt.time(12), tzinfo=dt.UTC)


class Fts5:
    """SQLite's FTS5 with a table for each tag; facets are joins with a table of the hits."""

    name = "FTS5"
    version = sqlite3.sqlite_version
    skips = ("fuzzy",)

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def build(self, articles: Iterable[Article]) -> None:
        """Write the database in one transaction."""
        self.folder.mkdir()
        self.open()
        self.db.executescript(_TABLES)
        for number, one in enumerate(articles, 1):
            self.db.execute(
                "INSERT INTO docs(rowid, title, body) VALUES (?, ?, ?)", (number, one.title, one.body)
            )
            self.db.execute("INSERT INTO days VALUES (?, ?)", (number, str(one.date)))
            countries = [(number, tag.code) for tag in one.countries]
            self.db.executemany("INSERT INTO country_of VALUES (?, ?)", countries)
            people = [(number, tag.name) for tag in one.people]
            self.db.executemany("INSERT INTO person_of VALUES (?, ?)", people)
        self.db.executescript(
            "CREATE INDEX c ON country_of(value, id); CREATE INDEX p ON person_of(value, id)"
        )
        self.db.execute("INSERT INTO docs(docs) VALUES ('optimize')")
        self.db.commit()
        self.db.execute("ANALYZE")
        self.db.close()

    def open(self) -> None:
        """Open the database for asking, with memory enough to hold it."""
        self.db = sqlite3.connect(self.folder / "articles.db")
        self.db.executescript(_SETTINGS)
        self.db.execute("CREATE TEMP TABLE hit(id INTEGER PRIMARY KEY)")
        self.db.execute("CREATE TEMP TABLE best(id INTEGER PRIMARY KEY)")

    def page(self, asked: Question) -> int:
        """Make a whole page; return the total."""
        total = self.hits(asked)
        for sql in _FACETS:
            self.db.execute(sql, (VALUES,)).fetchall()
        if asked.words:
            self.db.execute(_SNIPPETS, (fts_text(asked),)).fetchall()
        else:
            self.db.execute("SELECT body FROM docs JOIN best ON docs.rowid = best.id").fetchall()
        return total

    def hits(self, asked: Question) -> int:
        """Find total and ten best; return the total."""
        where, values = fts_where(asked)
        self.db.execute("DELETE FROM hit")
        self.db.execute("DELETE FROM best")
        table, key = ("docs", "rowid") if asked.words else ("days", "id")
        total = self.db.execute(f"INSERT INTO hit SELECT {key} FROM {table} WHERE {where}", values).rowcount
        best = f"SELECT {key} FROM {table} WHERE {where}"
        order = "ORDER BY bm25(docs, 2.0, 1.0)" if asked.words else ""
        self.db.execute(f"INSERT INTO best {best} {order} LIMIT 10", values)
        return total


_SETTINGS = "PRAGMA cache_size = -1000000; PRAGMA mmap_size = 8000000000; PRAGMA temp_store = MEMORY"
_TABLES = """
    CREATE VIRTUAL TABLE docs USING fts5(title, body);
    CREATE TABLE days(id INTEGER PRIMARY KEY, day TEXT);
    CREATE TABLE country_of(id INTEGER, value TEXT, PRIMARY KEY (id, value)) WITHOUT ROWID;
    CREATE TABLE person_of(id INTEGER, value TEXT, PRIMARY KEY (id, value)) WITHOUT ROWID;
"""
_BY_VALUE = "CROSS JOIN {} USING (id) GROUP BY value ORDER BY 2 DESC LIMIT ?"
_FACETS = (
    f"SELECT value, count(*) FROM hit {_BY_VALUE.format('country_of')}",
    f"SELECT value, count(*) FROM hit {_BY_VALUE.format('person_of')}",
    "SELECT substr(day, 1, 7), count(*), ? FROM hit CROSS JOIN days USING (id) GROUP BY 1",
)
_SNIPPETS = """
    SELECT snippet(docs, 1, '<b>', '</b>', '…', 30) FROM best CROSS JOIN docs ON docs.rowid = best.id
    WHERE docs MATCH ?
"""


def fts_text(asked: Question) -> str:
    """Return the question in FTS5's syntax, which is nearly ours."""
    return our_text(asked)


def fts_where(asked: Question) -> tuple[str, list[str]]:
    """Return the condition of a question and the values of its marks."""
    key = "rowid" if asked.words else "id"
    parts = [("docs MATCH ?", [fts_text(asked)])] if asked.words else [("1", [])]
    for table, value in (("country_of", asked.country), ("person_of", asked.person)):
        if value:
            parts.append((f"{key} IN (SELECT id FROM {table} WHERE value = ?)", [value]))
    if asked.since:
        ends = [str(asked.since), str(asked.until)]
        parts.append((f"(SELECT day FROM days WHERE id = docs.{key}) BETWEEN ? AND ?", ends))
    return " AND ".join(part for part, _ in parts), [value for _, values in parts for value in values]


class StockWhoosh:
    """Whoosh 2.7.4 with its own searcher, codec, facets and highlights."""

    name = "stock Whoosh"
    version = version("whoosh")
    skips = ()

    def __init__(self, folder: Path) -> None:
        self.folder = folder

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
        kinds = {"prefix": wq.Prefix, "fuzzy": wq.FuzzyTerm}
        kind = kinds.get(asked.kind, wq.Term)
        each = [wq.Or([kind(text, word) for text in TEXTS]) for word in asked.words]
        return wq.Or(each) if asked.kind == "OR of 3" else wq.And(each)
