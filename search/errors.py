"""What can go wrong, by who can act on it: the reader, the operator, or time."""


class SearchError(Exception):
    """Base of every error that Dateline raises on purpose; `kind` names it in JSON."""

    kind = "error"


class QueryError(SearchError):
    """The reader can mend it: `at` is the code-point offset, `repaired` a query that reads."""

    kind = "query"

    def __init__(self, message: str, *, at: int | None = None, repaired: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.at = at
        self.repaired = repaired


class IndexMissing(SearchError):
    """There is no index at the place named; the operator runs a rebuild."""

    kind = "index-missing"


class IndexStale(SearchError):
    """The index was written by another version or by another program; a rebuild replaces it."""

    kind = "index-stale"


class IndexCorrupt(SearchError):
    """A file of the index was damaged, and the message names it; a rebuild or a backup replaces it."""

    kind = "index-corrupt"


class IndexUnsafe(SearchError):
    """Others may write to the index folder. Opening an index runs code, so it is refused."""

    kind = "index-unsafe"


class IndexLocked(SearchError):
    """Another process writes; the message names it. Try again when it is done."""

    kind = "index-locked"


class EngineUnavailable(SearchError):
    """The engine does not answer now; trying again later may help."""

    kind = "engine-unavailable"


class ArticleRefused(SearchError):
    """One article or file cannot be taken; `origin` names it. The others go on."""

    kind = "article-refused"

    def __init__(self, origin: str, reason: str) -> None:
        super().__init__(f"{origin}: {reason}")
        self.origin = origin
        self.reason = reason


class SettingError(SearchError):
    """A flag, an environment variable or a line of dateline.toml has a value that cannot be used."""

    kind = "setting"


class CorpusError(SearchError):
    """A corpus, a file of judgments or one of floors cannot be measured with; names the file and line."""

    kind = "corpus"
