"""The gate before a swap: whether a generation that was just built holds what was read, and enough of it."""

import random
from collections.abc import Collection, Iterator, Mapping
from heapq import nlargest
from pathlib import Path
from typing import Any, Protocol

from indexer.report import Report, counted
from search.domain import Article, Filter, Query
from search.engines.whoosh.index import WhooshEngine
from search.errors import SearchError
from search.record import digest
from search.run import answer
from search.tokens import MAX_WORD, Token, tokens

SAMPLE = 50
"""Articles that are asked for by a word, their date, a country and a person."""
LISTED = 100
"""Hits among which such an article is looked for; a query that has more is only counted."""
WORDS_CHARS = 2_000
"""Code points of an article among whose words the longest is asked for."""
_TRIED = 20
"""Words of an article, the longest, of which the first that can be asked for is."""
SHARE, FEW = 0.1, 10
"""What may be gone at most without --allow-shrink: a tenth, or ten articles of a small archive."""
KEPT = {
    "read": "",
    "dated": " with a date",
    "with_countries": " with a country",
    "with_people": " with a person",
}


class NotVerified(SearchError):
    """What was built is not what was read; the old index is kept."""

    kind = "not-verified"


class Shrunk(SearchError):
    """Much of what the index held would be gone; the old one is kept."""

    kind = "shrunk"


class Digests(Protocol):
    """The ids that were taken, and what stands for the content of each."""

    def __len__(self) -> int: ...

    def __iter__(self) -> Iterator[str]: ...

    def digest(self, article_id: str) -> bytes | None:
        """Return the digest of an article, None for an id that was not taken."""


def verify(
    folder: Path, report: Report, taken: Digests, *, language: str, fresh: Collection[str] | None = None
) -> None:
    """Raise NotVerified unless the index in `folder` holds exactly what the report says.

    Counts must balance, every id must be there once, every article be what was taken, its dates and
    tags as many as were counted, and a sample be found by its words, dates, countries and people.
    Every byte must be as it was written: IndexCorrupt names the file that is not. Of an update, whose
    other articles were looked at before, only the `fresh` ones are read.
    """
    if not report.balanced():
        raise NotVerified(
            f"{report.found} articles were found, but {report.read} read, {report.duplicates} duplicates "
            f"and {report.refused} refused do not add up to that"
        )
    engine = WhooshEngine(folder, language=language)
    try:
        engine.verify()
        if len(engine) != report.read or len(taken) != report.read:
            raise NotVerified(f"{report.read} articles were read, but the new index holds {len(engine)}")
        _check_ids(engine, taken)
        _check_contents(engine, taken, fresh)
        _check_totals(engine, report)
        _check_lookups(engine, taken)
    finally:
        engine.close()


def check_size(report: Report, before: Mapping[str, Any]) -> None:
    """Raise Shrunk when much is gone of what the report of the index `before` counts."""
    old, new = ({**counts, "dated": _dated(counts)} for counts in (before, report.counts()))
    for name, what in KEPT.items():
        was, now = old.get(name), new[name]
        if isinstance(was, int) and was - now > max(SHARE * was, FEW):
            raise Shrunk(
                f"the new index would hold {counted(now, 'article')}{what}, and the one that serves holds "
                f"{was:,}; it is kept. Look whether a source is missing; --allow-shrink swaps all the same"
            )


def _dated(counts: Mapping[str, Any]) -> int | None:
    read, undated = counts.get("read"), counts.get("undated")
    return read - undated if isinstance(read, int) and isinstance(undated, int) else None


def _check_ids(engine: WhooshEngine, taken: Digests) -> None:
    """As many are there as were taken; so none is there twice if each that was taken is there."""
    for article_id in taken:
        if not engine.holds(article_id):
            raise NotVerified(f"article {article_id!r} was read, but the new index does not give it back")


def _check_contents(engine: WhooshEngine, taken: Digests, fresh: Collection[str] | None) -> None:
    found = engine.articles() if fresh is None else map(engine.article, fresh)
    for article in found:
        if article is None or digest(article) != taken.digest(article.id):
            named = f"article {article.id!r}" if article else "an article"
            raise NotVerified(f"{named} is not in the new index as it was read")


def _check_totals(engine: WhooshEngine, report: Report) -> None:
    page = answer(engine, Query(size=1), values=1)
    dates = next(facet for facet in page.facets if facet.field == "date")
    undated = sum(value.count for value in dates.values if value.value is None)
    counts = {name: sum(one.articles for one in engine.values(name)) for name in ("country", "person")}
    for what, told, held in (
        ("articles without a date", report.undated, undated),
        ("countries of articles", report.countries, counts["country"]),
        ("persons of articles", report.people, counts["person"]),
    ):
        if told != held:
            raise NotVerified(f"{told} {what} were counted, but the new index holds {held}")


def _check_lookups(engine: WhooshEngine, taken: Digests) -> None:
    places = random.Random(len(taken)).sample(range(len(taken)), min(SAMPLE, len(taken)))
    chosen = frozenset(places)
    for article_id in (one for place, one in enumerate(taken) if place in chosen):
        article = engine.article(article_id)
        if article is None:
            raise NotVerified(f"article {article_id!r} cannot be looked up in the new index")
        page = answer(engine, _query(article), values=1)
        if not page.total or (
            page.total <= LISTED and article_id not in {hit.article.id for hit in page.hits}
        ):
            raise NotVerified(
                f"article {article_id!r} is in the new index, but its own words and tags do not find it"
            )
        engine.release()


def _is_asked_as_it_is(token: Token) -> bool:
    """Tell whether a folded word read as a query is that word: some letters fold twice, or into several."""
    again = tokens(token.folded)
    return token.end - token.start <= MAX_WORD and [one.folded for one in again] == [token.folded]


def _query(article: Article) -> Query:
    """Return what finds an article by its longest word, its date, a country and a person."""
    text = article.body or article.title
    found = [token for token in tokens(text[:WORDS_CHARS]) if token.folded.isalnum()]
    if len(text) > WORDS_CHARS:
        found = found[:-1]  # which may be cut in two
    filters = [Filter("country", tag.code) for tag in article.countries[:1]]
    filters += [Filter("person", tag.name) for tag in article.people[:1]]
    day = article.date if article.date_precision == "day" else None
    likely = nlargest(_TRIED, found, key=lambda token: len(token.folded))
    word = next((token.folded for token in likely if _is_asked_as_it_is(token)), "")
    return Query(f'"{word}"' if word else "", tuple(filters), day, day, sort="newest", size=LISTED)
