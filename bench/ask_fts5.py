"""SQLite's full-text search, as the standard library brings it."""

import sqlite3
from collections.abc import Iterable

from questions import VALUES, Question, typed
from rival import Place

from search.domain import Article


class Fts5:
    """SQLite's FTS5 with a table for each tag; facets are joins with a table of the hits.

    Spared: counting a facet without its own filter, every facet but country, person and month,
    marks in titles, an article object, and fuzzy words, which it does not know.
    """

    name = "FTS5"
    version = sqlite3.sqlite_version
    skips = ("fuzzy",)
    most = 200_000

    def __init__(self, place: Place) -> None:
        self.folder = place.folder

    @staticmethod
    def missing(_place: Place) -> str:
        """Return why it cannot be asked; nothing when it can."""
        return ""

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
            self.db.execute(_SNIPPETS, (typed(asked),)).fetchall()
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


def fts_where(asked: Question) -> tuple[str, list[str]]:
    """Return the condition of a question and the values of its marks.

    The plus keeps SQLite from asking for the words anew for each article of a value, which took
    twelve times as long for a common word with a country among 8,000 articles.
    """
    key = "rowid" if asked.words else "id"
    parts = [("docs MATCH ?", [typed(asked)])] if asked.words else [("1", [])]
    for table, value in (("country_of", asked.country), ("person_of", asked.person)):
        if value:
            parts.append((f"+{key} IN (SELECT id FROM {table} WHERE value = ?)", [value]))
    if asked.since:
        ends = [str(asked.since), str(asked.until)]
        parts.append((f"(SELECT day FROM days WHERE id = docs.{key}) BETWEEN ? AND ?", ends))
    return " AND ".join(part for part, _ in parts), [value for _, values in parts for value in values]
