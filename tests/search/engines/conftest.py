"""Each engine behind one face: articles in, changes through writers, an engine to ask."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from search.domain import Article
from search.engine import Engine
from search.engines.memory import MemoryEngine
from search.engines.whoosh.index import WhooshEngine, create


class Archive:
    """An engine that is written batch by batch; `engine` sees every batch that was committed."""

    def __init__(self, make: Callable[[], Engine]) -> None:
        self.engine = make()

    def write(self, articles: Sequence[Article] = (), *, deleted: Sequence[str] = ()) -> None:
        """Commit one batch."""
        with self.engine.writer() as writer:
            for article_id in deleted:
                writer.delete(article_id)
            for article in articles:
                writer.add(article)
        self.reopen()

    def reopen(self) -> None:
        """See what was committed."""
        if isinstance(self.engine, WhooshEngine):
            self.engine = self.engine.reopened()


@pytest.fixture(params=["memory", "whoosh"])
def archive(request: pytest.FixtureRequest, tmp_path: Path) -> Archive:
    """Return an empty archive of each engine in turn."""
    return Archive(MemoryEngine if request.param == "memory" else lambda: create(tmp_path / "index"))
