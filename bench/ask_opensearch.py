"""An OpenSearch server, when a URL is given and the package opensearch-py is installed."""

from collections.abc import Iterable, Iterator

from questions import TEXTS, VALUES, Question
from rival import Place

from search.domain import Article

try:
    import opensearchpy
    from opensearchpy import helpers as bulk
except ImportError:
    opensearchpy = bulk = None

_INDEX = "dateline-bench"
_TAGS = ("country", "person")
_BODY = {
    "settings": {"number_of_shards": 1, "number_of_replicas": 0, "requests.cache.enable": False},
    "mappings": {
        "properties": {
            "title": {"type": "text"},
            "body": {"type": "text", "index_options": "offsets"},
            "country": {"type": "keyword"},
            "person": {"type": "keyword"},
            "day": {"type": "date", "format": "yyyy-MM-dd"},
        }
    },
}


class OpenSearch:
    """A server with one shard, one request a page, its request cache off; the way over HTTP counts.

    Counts facets without their own filter, as ours does. Spared: parsing text, names of values,
    every facet but country, person and month, marks in titles. Its memory is the
    server's, so that only the client's is seen; an index of the name `dateline-bench` is replaced.
    """

    name = "OpenSearch"
    version = ""  # the server's, known once it is asked
    skips = ()
    most = None

    def __init__(self, place: Place) -> None:
        self.place = place
        self.client = opensearchpy.OpenSearch(place.url, timeout=600)

    @staticmethod
    def missing(place: Place) -> str:
        """Return why it cannot be asked; nothing when it can."""
        if not place.url:
            return "no server is named with --opensearch"
        return "" if opensearchpy else "the package opensearch-py is not installed"

    def build(self, articles: Iterable[Article]) -> None:
        """Load the articles in bulk and merge them into one segment."""
        self.place.folder.mkdir()
        self.version = self.client.info()["version"]["number"]
        self.client.indices.delete(index=_INDEX, ignore_unavailable=True)
        self.client.indices.create(index=_INDEX, body=_BODY)
        bulk.bulk(self.client, actions(articles), chunk_size=1_000)
        self.client.indices.refresh(index=_INDEX)
        self.client.indices.forcemerge(index=_INDEX, max_num_segments=1)

    def size_bytes(self) -> int:
        """Return the bytes of the index, which lies with the server."""
        told = self.client.indices.stats(index=_INDEX, metric="store")
        return int(told["_all"]["primaries"]["store"]["size_in_bytes"])

    def open(self) -> None:
        """Ask for nothing: the connection is made by the first request."""

    def page(self, asked: Question) -> int:
        """Make a whole page; return the total."""
        highlight = {"fields": {"body": {"fragment_size": 200, "number_of_fragments": 1}}}
        picked = {"bool": {"filter": list(filters(asked).values())}}
        more = {"post_filter": picked, "aggs": facets(asked), "highlight": highlight}
        found = self._found(words_of(asked), more)
        return int(found["hits"]["total"]["value"])

    def hits(self, asked: Question) -> int:
        """Find total and ten best; return the total."""
        query = {"bool": {"must": words_of(asked), "filter": list(filters(asked).values())}}
        return int(self._found(query, {"_source": False})["hits"]["total"]["value"])

    def _found(
        self, query: dict[str, object], more: dict[str, object]
    ) -> dict[str, dict[str, dict[str, int]]]:
        body = {"query": query, "size": 10, "track_total_hits": True} | more
        return self.client.search(index=_INDEX, body=body, request_cache=False)


def actions(articles: Iterable[Article]) -> Iterator[dict[str, object]]:
    """Yield an action of the bulk interface for each article."""
    for one in articles:
        source = {
            "title": one.title,
            "body": one.body,
            "day": str(one.date),
            "country": [tag.code for tag in one.countries],
            "person": [tag.name for tag in one.people],
        }
        yield {"_index": _INDEX, "_id": one.id, "_source": source}


def filters(asked: Question) -> dict[str, dict[str, object]]:
    """Return what is picked, by field."""
    found: dict[str, dict[str, object]] = {}
    for field, value in (("country", asked.country), ("person", asked.person)):
        if value:
            found[field] = {"term": {field: value}}
    if asked.since:
        found["day"] = {"range": {"day": {"gte": str(asked.since), "lte": str(asked.until)}}}
    return found


def facets(asked: Question) -> dict[str, object]:
    """Return the aggregations, each under every filter but its own field's."""
    kinds: dict[str, object] = {field: {"terms": {"field": field, "size": VALUES}} for field in _TAGS}
    kinds["day"] = {"date_histogram": {"field": "day", "calendar_interval": "month", "min_doc_count": 1}}
    found = {}
    for field, kind in kinds.items():
        binding = [one for name, one in filters(asked).items() if name != field]
        found[field] = {"filter": {"bool": {"filter": binding}}, "aggs": {field: kind}}
    return found


def words_of(asked: Question) -> dict[str, object]:
    """Return the words' part of a query: each word in title or body."""
    if not asked.words:
        return {"match_all": {}}
    if asked.kind == "phrase":
        return either([{"match_phrase": {text: " ".join(asked.words)}} for text in TEXTS])
    if asked.kind == "prefix":
        return either([{"prefix": {text: asked.words[0]}} for text in TEXTS])
    if asked.kind == "fuzzy":
        near = {"value": asked.words[0], "fuzziness": 1, "transpositions": False, "max_expansions": 1_000}
        return either([{"fuzzy": {text: near}} for text in TEXTS])
    each = [either([{"term": {text: word}} for text in TEXTS]) for word in asked.words]
    return {"bool": {"should" if asked.kind == "OR of 3" else "must": each}}


def either(queries: list[dict[str, object]]) -> dict[str, object]:
    """Return a query for what any of these finds."""
    return {"bool": {"should": queries}}
