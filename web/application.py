"""The Flask application, put together from its parts."""

from hashlib import sha256
from pathlib import Path

from flask import Flask, request
from jinja2 import StrictUndefined
from werkzeug.routing import BaseConverter

from web.api import api
from web.desk import EXTENSION, Archive, Desk
from web.errors import answer_errors
from web.grading import KEY, grading, new_key
from web.guard import BODY_MAX, guard
from web.settings import Settings
from web.views import pages
from web.wording import said

STATIC_AGE = 86_400
"""Seconds that browsers may keep style sheet and icon; their addresses change with their content."""


class Anything(BaseConverter):
    """A path part that takes every character, slashes and line breaks too."""

    regex = "(?s:.+)"
    part_isolating = False


def application(archive: Archive, settings: Settings) -> Flask:
    """Return the application that asks `archive`."""
    app = Flask("web")
    app.extensions[EXTENSION] = Desk(archive, settings)
    app.url_map.merge_slashes = False
    app.url_map.converters["anything"] = Anything
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    version = _static_version(app)

    def static_href(name: str) -> str:
        """Return the address of a static file; unlike url_for it has one where the Host is no name at all."""
        return f"{request.script_root}{app.static_url_path}/{name}?v={version}"

    app.jinja_env.globals["static_href"] = static_href
    app.jinja_env.globals["said"] = said
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = STATIC_AGE
    app.config["MAX_CONTENT_LENGTH"] = BODY_MAX  # of bodies that are sent without their length too
    guard(app, settings)
    answer_errors(app)
    app.register_blueprint(pages)
    app.register_blueprint(api)
    if settings.judgments:
        app.extensions[KEY] = new_key()
        app.register_blueprint(grading)
    return app


def _static_version(app: Flask) -> str:
    """Return a digest of the static files."""
    digest = sha256()
    for path in sorted(Path(app.static_folder or "").glob("*.*")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:10]
