"""The Flask application, put together from its parts."""

from flask import Flask
from jinja2 import StrictUndefined
from werkzeug.routing import BaseConverter

from web.api import api
from web.desk import EXTENSION, Archive, Desks
from web.errors import answer_errors
from web.grading import KEY, grading, new_key
from web.guard import BODY_MAX, guard
from web.request_log import log_requests
from web.settings import Settings
from web.static_files import add_static_files
from web.views import pages
from web.wording import said


class Anything(BaseConverter):
    """A path part that takes every character, slashes and line breaks too."""

    regex = "(?s:.+)"
    part_isolating = False


def application(archive: Archive, settings: Settings) -> Flask:
    """Return the application that asks `archive`."""
    app = Flask("web")
    app.extensions[EXTENSION] = Desks(archive, settings)
    app.url_map.merge_slashes = False
    app.url_map.converters["anything"] = Anything
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    add_static_files(app)
    app.jinja_env.globals["said"] = said
    app.config["MAX_CONTENT_LENGTH"] = BODY_MAX  # of bodies that are sent without their length too
    if settings.log_requests:
        log_requests(app)  # before the guard, whose refusals are told too
    guard(app, settings)
    answer_errors(app)
    app.register_blueprint(pages)
    app.register_blueprint(api)
    if settings.judgments:
        app.extensions[KEY] = new_key()
        app.register_blueprint(grading)
    return app
