"""Whether a generation that was just built holds what was read; asked before it is swapped in."""

import random
from collections.abc import Collection
from pathlib import Path

from indexer.report import Report
from search.engines.whoosh.index import WhooshEngine
from search.errors import SearchError

SAMPLE = 200
"""Articles that are looked up by id."""


class NotVerified(SearchError):
    """What was built is not what was read; the old index is kept."""

    kind = "not-verified"


def verify(folder: Path, report: Report, ids: Collection[str], *, language: str) -> None:
    """Raise NotVerified unless the index in `folder` holds exactly what the report says.

    Counts must balance, a sample of the `ids` that were read must be found, and every byte must be
    as it was written: IndexCorrupt names the file that is not.
    """
    if not report.balanced():
        raise NotVerified(
            f"{report.found} articles were found, but {report.read} read, {report.duplicates} duplicates "
            f"and {report.refused} refused do not add up to that"
        )
    engine = WhooshEngine(folder, language=language)
    try:
        engine.verify()
        if len(engine) != report.read or len(ids) != report.read:
            raise NotVerified(f"{report.read} articles were read, but the new index holds {len(engine)}")
        sample = random.Random(0).sample(list(ids), min(SAMPLE, len(ids)))
        lost = [article_id for article_id in sample if engine.article(article_id) is None]
        if lost:
            raise NotVerified(f"article {lost[0]!r} was read, but the new index does not give it back")
    finally:
        engine.close()
