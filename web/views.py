"""The pages: start, hits and one article.

`/article/ID.json` is always the JSON of the article ID. For an id that itself ends in `.json` the
page is at `/article?id=ID`, which is where our links lead; its plain path still finds the page as
long as no other article's JSON lives there.
"""

import re
from dataclasses import replace

from flask import Blueprint, Response, current_app, render_template, request
from werkzeug.exceptions import NotFound

from search.answer_json import reading_json
from search.domain import Query
from search.errors import QueryError
from web.about import about_view
from web.api import json_response, known_facet
from web.beside import beside, compared
from web.context import Frame
from web.desk import desk
from web.links import Links
from web.listing import search_view, trouble_view
from web.manual import manual_view
from web.openapi import document
from web.params import article_id as read_id
from web.params import compared_copy, shown_tag
from web.picking import SHOWN, hidden_but
from web.reading import article_view
from web.start import start_view
from web.values import values_view

pages = Blueprint("pages", __name__)

_CONTROLS = bytes({*range(0x20), 0x7F} - {*b"\t\n\f\r"})
_UPPER_CONTROL = re.compile(rb"\xc2[\x80-\x9f]")
_NOT_CARRIED = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


@pages.get("/")
def start() -> Response:
    """Show what the archive holds, or the hits when the address carries a query."""
    query = desk().query(request.query_string)
    if query != Query():
        return search()
    view = start_view(desk().page(Query()), desk().facts(), links(), desk().total)
    return page_response("start.html", view=view, frame=frame(query))


@pages.get("/search")
def search() -> Response:
    """Show a page of hits; a query that cannot be read gets 422 and the place where it breaks."""
    query = desk().query(request.query_string)
    try:
        page = desk().page(query, values=SHOWN)
    except QueryError as error:
        view = trouble_view(query, error, links(), desk())
        return page_response("search.html", status=422, view=view, frame=frame(query))
    view = search_view(page, links(), desk())
    return page_response("search.html", view=view, frame=frame(query))


@pages.get("/facet/<field>")
def facet(field: str) -> Response:
    """Show all values of a facet under a query."""
    query, wanted, counted = desk().values(request.query_string, known_facet(field))
    view = values_view(query, field, wanted, counted, links(), desk())
    return page_response("facet.html", view=view, frame=frame(query))


@pages.get("/article")
def article_by_argument() -> Response:
    """Show the article that the argument `id` names."""
    return _article_page(read_id(request.query_string))


@pages.get("/article/<anything:article_id>")
def article(article_id: str) -> Response:
    """Show an article, or its JSON when the path ends in `.json`."""
    if not article_id.endswith(".json"):
        return _article_page(article_id)
    query = desk().query(request.query_string)
    reading = desk().reading(article_id.removesuffix(".json"), query)
    if reading:
        return json_response(reading_json(reading))
    return _article_page(article_id)


@pages.get("/about")
def about() -> Response:
    """Show what is in the archive, and what the run that built its index found and refused."""
    view = about_view(desk().page(Query()), desk().facts(), desk().report(), links())
    return page_response("about.html", view=view, frame=frame(Query()))


@pages.get("/docs")
def manual() -> Response:
    """Describe every address of this interface on a page."""
    described = document(current_app, desk().settings, base=request.script_root)
    view = manual_view(described, links())
    return page_response("manual.html", view=view, frame=frame(Query()))


def links() -> Links:
    """Return the addresses below the path that the application is mounted at."""
    return Links(request.script_root)


def frame(query: Query) -> Frame:
    """Return the surroundings of a page: its search box keeps the filters of `query`."""
    return Frame(
        start_href=links().start(),
        search_action=f"{links().base}/search",
        suggest_href=f"{links().base}/suggest.json",
        text=query.text,
        hidden=hidden_but(query, "q"),
        judge_href=links().judge(replace(query, page=1)) if query.text and desk().settings.judgments else "",
    )


def page_response(template: str, *, status: int = 200, view: object, frame: Frame) -> Response:
    """Return a rendered page; what HTML or UTF-8 cannot carry is shown as a replacement character."""
    html = render_template(template, view=view, frame=frame)
    return Response(_carried(html), status=status, content_type="text/html; charset=utf-8")


def _carried(html: str) -> bytes:
    """Return a page as UTF-8, each control character and half of a surrogate pair as U+FFFD.

    A browser drops a NUL and reads others as it likes: offsets into the text would not hold there.
    """
    try:
        sent = html.encode()
    except UnicodeEncodeError:
        return _NOT_CARRIED.sub("�", html).encode()
    if len(sent.translate(None, _CONTROLS)) == len(sent) and not _UPPER_CONTROL.search(sent):
        return sent
    return _NOT_CARRIED.sub("�", html).encode()


def _article_page(article_id: str) -> Response:
    query = desk().query(request.query_string)
    reading = desk().reading(article_id, query)
    if reading is None:
        raise NotFound("There is no article of this id. It may have left the archive with the last rebuild.")
    copy = compared_copy(request.query_string)
    show = shown_tag(request.query_string)
    other = beside(reading.article, query, links(), desk().page, copy=copy, show=show)
    comparison = compared(reading.article, copy, query, links(), desk().article, show=show)
    other = replace(other, comparison=comparison)
    site = request.host_url.rstrip("/")
    view = article_view(reading, query, links(), show=show, copy=copy, other=other, site=site)
    return page_response("article.html", view=view, frame=frame(query))
