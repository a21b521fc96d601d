"""Xapian in process, when its binding is installed (the Debian package python3-xapian)."""

import importlib
import sys
from collections import Counter
from collections.abc import Iterable
from types import ModuleType

from questions import VALUES, Question
from rival import Place

from search.domain import Article

_DEBIAN = "/usr/lib/python3/dist-packages"
_SLOTS = {"country": range(1, 7), "person": range(7, 13)}
_DAY, _MONTH = 0, 13
_TITLE, _COUNTRY, _PERSON = "S", "XC", "XP"


def binding() -> ModuleType | None:
    """Return Xapian's binding, Debian's too where this interpreter can load it, or None."""
    for added in ([], [_DEBIAN]):
        sys.path += added
        try:
            return importlib.import_module("xapian")
        except ImportError:
            continue
        finally:
            for path in added:
                sys.path.remove(path)
    return None


xapian = binding()


class Xapian:
    """Xapian's glass database in process, with positions; totals exact by `check_at_least`.

    A value slot holds one value an article, so tags take six slots a facet, each counted by a
    ValueCountMatchSpy in C++; the fifty most frequent of each slot are summed.

    Spared: parsing text, the seventh and later tags of an article, exact counts for a value that
    some slot does not list among its first, counting a facet without its own filter, every facet but
    country, person and month, marks in titles, an article object, and fuzzy words, which it
    does not know.
    """

    name = "Xapian"
    version = xapian.version_string() if xapian else ""
    skips = ("fuzzy",)
    most = 200_000

    def __init__(self, place: Place) -> None:
        self.folder = place.folder

    @staticmethod
    def missing(_place: Place) -> str:
        """Return why it cannot be asked; nothing when it can."""
        return "" if xapian else "the Debian package python3-xapian is not installed"

    def build(self, articles: Iterable[Article]) -> None:
        """Write the database, flushed every 10,000 articles, and compact it, as its manual advises."""
        loose = self.folder.with_suffix(".loose")
        database = xapian.WritableDatabase(str(loose), xapian.DB_CREATE | xapian.DB_BACKEND_GLASS)
        makes = xapian.TermGenerator()
        for one in articles:
            document = self._document(one)
            makes.set_document(document)
            makes.index_text(one.title, 1, _TITLE)
            makes.set_termpos(0)
            makes.index_text(one.body)
            database.add_document(document)
        database.close()
        whole = xapian.Database(str(loose))
        whole.compact(str(self.folder))
        whole.close()
        for path in loose.iterdir():
            path.unlink()
        loose.rmdir()

    def _document(self, one: Article) -> object:
        document = xapian.Document()
        document.set_data(one.body)
        document.add_value(_DAY, one.date.strftime("%Y%m%d"))
        document.add_value(_MONTH, one.date.strftime("%Y%m"))
        codes, names = [tag.code for tag in one.countries], [tag.name for tag in one.people]
        for field, prefix, values in (("country", _COUNTRY, codes), ("person", _PERSON, names)):
            for value in values:
                document.add_boolean_term(prefix + value)
            for slot, value in zip(_SLOTS[field], values, strict=False):
                document.add_value(slot, value)
        return document

    def open(self) -> None:
        """Open the database for asking."""
        self.database = xapian.Database(str(self.folder))

    def page(self, asked: Question) -> int:
        """Make a whole page; return the total."""
        enquire = xapian.Enquire(self.database)
        enquire.set_query(query_of(asked))
        spies = {slot: xapian.ValueCountMatchSpy(slot) for slots in _SLOTS.values() for slot in slots}
        spies[_MONTH] = xapian.ValueCountMatchSpy(_MONTH)
        for spy in spies.values():
            enquire.add_matchspy(spy)
        found = enquire.get_mset(0, 10, self.database.get_doccount())
        for slots in _SLOTS.values():
            counts: Counter[bytes] = Counter()
            for slot in slots:
                counts.update({one.term: one.termfreq for one in spies[slot].top_values(VALUES)})
            counts.most_common(VALUES)
        _ = [(one.term, one.termfreq) for one in spies[_MONTH].values()]
        for hit in found:
            body = hit.document.get_data().decode()
            _ = found.snippet(body, 200) if asked.words else body
        return found.get_matches_estimated()

    def hits(self, asked: Question) -> int:
        """Find total and ten best; return the total."""
        enquire = xapian.Enquire(self.database)
        enquire.set_query(query_of(asked))
        found = enquire.get_mset(0, 10, self.database.get_doccount())
        return found.get_matches_estimated()


def query_of(asked: Question) -> object:
    """Return the question as Xapian's query."""
    query = words_of(asked)
    filters = [
        xapian.Query(prefix + value)
        for prefix, value in ((_COUNTRY, asked.country), (_PERSON, asked.person))
        if value
    ]
    if asked.since and asked.until:
        ends = asked.since.strftime("%Y%m%d"), asked.until.strftime("%Y%m%d")
        filters.append(xapian.Query(xapian.Query.OP_VALUE_RANGE, _DAY, *ends))
    for one in filters:
        query = xapian.Query(xapian.Query.OP_FILTER, query, one)
    return query


def words_of(asked: Question) -> object:
    """Return the words' part of a query: each word in title or body."""
    one = xapian.Query
    if not asked.words:
        return one.MatchAll
    if asked.kind == "phrase":
        each = [one(one.OP_PHRASE, [prefix + word for word in asked.words]) for prefix in (_TITLE, "")]
        return one(one.OP_OR, each)
    if asked.kind == "prefix":
        without_limit = 0, one.WILDCARD_LIMIT_ERROR
        each = [one(one.OP_WILDCARD, prefix + asked.words[0], *without_limit) for prefix in (_TITLE, "")]
        return one(one.OP_OR, each)
    each = [one(one.OP_OR, [one(_TITLE + word), one(word)]) for word in asked.words]
    return one(one.OP_OR if asked.kind == "OR of 3" else one.OP_AND, each)
