"""The front end: questions in by HTTP, pages and JSON out.

    request ─▶ params (arguments → Query) ─▶ desk (asks the archive) ─▶ listing, picking, reading
            (Page → view, every link worked out) ─▶ templates        or ─▶ api (Page → JSON)

All state is in the address: a page is a function of the archive and its URL, so Back, bookmarks
and middle clicks work, and nothing needs a cookie or a script. Views are frozen objects; templates
loop and escape, and put `<mark>` round what is marked only then.

Trap: an article's id may hold anything, slashes and `.json` included; only `links` writes its
address and only `views` reads it.
"""

import os
from pathlib import Path

from flask import Flask

from search.engine import Engine
from search.generation import LiveIndex
from web.application import application
from web.desk import FixedArchive, LiveArchive
from web.settings import Settings, settings_from

__all__ = ["Settings", "create_app"]


def create_app(
    index: str | Path | None = None, *, engine: Engine | None = None, settings: Settings | None = None
) -> Flask:
    """Return the application over an index folder, or over an engine that is handed to it.

    Without either, the folder is what `DATELINE_INDEX` names, or `.dateline`; without `settings`,
    they are read from the environment.
    """
    folder = Path(index or os.environ.get("DATELINE_INDEX") or ".dateline")
    archive = LiveArchive(LiveIndex(folder)) if engine is None else FixedArchive(engine)
    return application(archive, settings or settings_from(os.environ))
