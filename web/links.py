"""Where each link leads: queries one step away from the present one, and addresses.

Every step goes back to page 1, for a page number means nothing in another list of hits. A date
or a country is picked beside what was picked before; a period replaces the period before.
"""

from dataclasses import dataclass, fields
from datetime import date
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from search.counting import Wanted
from search.domain import Filter, Query, Sort
from web.parameters import FILTERS
from web.params import Arguments, arguments_of, write_filter

PERIOD_ENDS = {"date": ("from", "to"), "says": ("says_from", "says_to")}
# Browsers resolve these path segments away, in whatever way their dots are written.
_DOTS = (".", "..")


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses below `base`, the path that the application is mounted at ("" for the root)."""

    base: str = ""

    def start(self) -> str:
        """Return the address of the start page."""
        return f"{self.base}/"

    def openapi(self) -> str:
        """Return the address of the description of the interface."""
        return f"{self.base}/openapi.json"

    def docs(self) -> str:
        """Return the address of the page that describes the interface."""
        return f"{self.base}/docs"

    def about(self) -> str:
        """Return the address of the page about the archive."""
        return f"{self.base}/about"

    def search(self, query: Query, *, suffix: str = "") -> str:
        """Return the address of a page of hits; `suffix` is `.json` for its JSON."""
        return f"{self.base}/search{suffix}{_tail(query)}"

    def narrowed(self, query: Query, choice: Filter) -> str:
        """Return the address of `picked(query, choice)`: most links of a page are such ones."""
        if any((f.field, f.value) == (choice.field, choice.value) for f in query.filters):
            return self.search(picked(query, choice))
        before, after = _around(query)
        return f"{self.base}/search?{before}{_pair(choice.field, write_filter(choice))}{after}"

    def between(self, query: Query, field: str, since: date | None, until: date | None) -> str:
        """Return the address of `within(query, field, since, until)`: a page has dozens of periods."""
        if since is None or until is None:
            return self.search(within(query, field, since, until))
        first, last = PERIOD_ENDS[field]
        before, after = _around_period(query, field)
        return f"{self.base}/search?{before}{first}={since.isoformat()}&{last}={until.isoformat()}{after}"

    def judge(self, query: Query) -> str:
        """Return the address of the page where the hits of a query's words are graded."""
        plain = Query(text=query.text, match=query.match, page=query.page, size=query.size)
        return f"{self.base}/judge{_tail(plain)}"

    def facet(self, field: str, query: Query, wanted: Wanted | None = None, *, suffix: str = "") -> str:
        """Return the address of a page of a facet's values under a query."""
        plain, wanted = Wanted(), wanted or Wanted()
        pairs = (
            ("named", wanted.named, plain.named),
            ("order", wanted.order, plain.order),
            ("page", wanted.page, plain.page),
            ("values", wanted.size, plain.size),
        )
        own = [(name, str(value)) for name, value, default in pairs if value != default]
        return f"{self.base}/facet/{field}{suffix}{_tail(changed(query, page=1), *own)}"

    def article(self, article_id: str, query: Query | None = None, *, show: str = "", copy: str = "") -> str:
        """Return the address of an article's page, which keeps the query it was opened from.

        `show` is the tag whose words are marked there, such as `country:AZ`, `copy` the id of the
        article that it is compared with.

        An id whose path would be read as something else (`.`, `..`, and what ends in `.json`)
        goes into the argument `id` instead.
        """
        query = query or Query()
        first = tuple((name, value) for name, value in (("show", show), ("copy", copy)) if value)
        if article_id in _DOTS or article_id.endswith(".json"):
            return f"{self.base}/article{_tail(query, ('id', article_id), *first)}"
        return f"{self.base}/article/{_quoted(article_id)}{_tail(query, *first)}"

    def article_json(self, article_id: str, query: Query | None = None) -> str:
        """Return the address of an article's JSON: always the quoted id and `.json`."""
        return f"{self.base}/article/{_quoted(article_id)}.json{_tail(query or Query())}"


def _quoted(article_id: str) -> str:
    # A slash is quoted too, or `a/../b` would be resolved before it is sent.
    return quote(article_id, safe="", errors="replace")


def _tail(query: Query, *first: tuple[str, str]) -> str:
    pairs = (*first, *arguments_of(query))
    return "?" + "&".join([_pair(name, value) for name, value in pairs]) if pairs else ""


@lru_cache(maxsize=4_096)
def _pair(name: str, value: str) -> str:
    """Return an argument as an address holds it; a page writes the same few some hundred times."""
    return f"{name}={quote(value, safe='', errors='replace')}"


@lru_cache(maxsize=64)
def _around(query: Query) -> tuple[str, str]:
    """Return what stands in the address of a query before and after one more filter."""
    pairs = arguments_of(changed(query, page=1))
    return _parted(pairs, sum(1 for name, _ in pairs if name == "q" or name in FILTERS))


@lru_cache(maxsize=64)
def _around_period(query: Query, field: str) -> tuple[str, str]:
    """Return what stands in the address of a query before and after a period of a field."""
    pairs = arguments_of(within(query, field, date.min, None))
    at = next(number for number, (name, _) in enumerate(pairs) if name == PERIOD_ENDS[field][0])
    return _parted((*pairs[:at], *pairs[at + 1 :]), at)


def _parted(pairs: Arguments, at: int) -> tuple[str, str]:
    before, after = ([_pair(*pair) for pair in part] for part in (pairs[:at], pairs[at:]))
    return "".join(f"{pair}&" for pair in before), "".join(f"&{pair}" for pair in after)


_FIELDS = tuple(field.name for field in fields(Query))


def changed(query: Query, **given: Any) -> Query:
    """Return the query with other values in some fields: `dataclasses.replace` in a third of its time."""
    return Query(**{name: given[name] if name in given else getattr(query, name) for name in _FIELDS})


def picked(query: Query, choice: Filter) -> Query:
    """Return the query with `choice` added, in place of any other choice of the same value."""
    kept = tuple(f for f in query.filters if (f.field, f.value) != (choice.field, choice.value))
    return changed(query, filters=(*kept, choice), page=1)


def dropped(query: Query, choice: Filter) -> Query:
    """Return the query without any filter on the value of `choice`."""
    kept = tuple(f for f in query.filters if (f.field, f.value) != (choice.field, choice.value))
    return changed(query, filters=kept, page=1)


def within(query: Query, field: str, since: date | None, until: date | None) -> Query:
    """Return the query bound to another period of `field`, `date` or `says`."""
    if field == "says":
        return changed(query, says_since=since, says_until=until, page=1)
    return changed(query, since=since, until=until, page=1)


def without(query: Query, field: str) -> Query:
    """Return the query with nothing picked in a field: what the counts of its facet are made under."""
    kept = tuple(one for one in query.filters if one.field != field)
    freed = query if kept == query.filters else changed(query, filters=kept, page=1)
    return within(freed, field, None, None) if field in PERIOD_ENDS else freed


def cleared(query: Query) -> Query:
    """Return the query's words alone: no filter, no period."""
    return changed(
        Query(), text=query.text, sort=query.sort, size=query.size, match=query.match, stories=query.stories
    )


def asking(query: Query, text: str) -> Query:
    """Return the query with other words under the same filters."""
    return changed(query, text=text, page=1)


def sorted_by(query: Query, sort: Sort) -> Query:
    """Return the query in another order."""
    return changed(query, sort=sort, page=1)


def turned_to(query: Query, page: int) -> Query:
    """Return the query at another page."""
    return changed(query, page=page)


def is_narrowed(query: Query) -> bool:
    """Return whether anything but the words decides which articles match."""
    return bool(query.filters or query.since or query.until or query.says_since or query.says_until)
