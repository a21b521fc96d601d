"""Grading hits in the browser: a page of them with a form each, kept where `dateline judge` keeps its grades.

There only where `serve --judgments FILE` names that file: the one address of ours that writes. The
form carries a token that a page elsewhere cannot read, so that none can have a reader's browser grade.
"""

import hmac
import os
import re
from hashlib import sha256
from pathlib import Path

from flask import Blueprint, Response, current_app, request
from werkzeug.exceptions import BadRequest, NotFound

from search.domain import Hit, Page, Query
from search.judgments import GRADES, add_judgment, grades_of
from web.context import GradedView, GradingView, Link
from web.desk import desk
from web.links import Links, turned_to
from web.listing import UNTITLED, date_line
from web.marks import pieces
from web.paging import pager
from web.params import ParameterError
from web.views import frame, links, page_response
from web.wording import counted, said

KEY = "grading_key"
"""The extension that holds the secret of the tokens: made once, before processes part."""

grading = Blueprint("grading", __name__)


def new_key() -> bytes:
    """Return a secret for the tokens of one server."""
    return os.urandom(32)


@grading.get("/judge")
def judge() -> Response:
    """Show the hits of a query, each with a form to grade it."""
    asked = desk().query(request.query_string)
    query = Query(text=asked.text, match=asked.match, page=asked.page, size=asked.size)
    if not query.text.strip():
        raise ParameterError("q", "Grades are of hits for a query: search for something first.")
    page = desk().page(query)
    view = grading_view(page, grades_of(_file(), query.text), token(query.text), links())
    return page_response("judge.html", view=view, frame=frame(query))


@grading.post("/judge")
def grade() -> Response:
    """Keep the grade that a form carries, and go back to its hit."""
    given = {name: request.form.get(name, "") for name in ("q", "id", "grade", "token", "hit")}
    if not hmac.compare_digest(given["token"].encode(), token(given["q"]).encode()):
        raise BadRequest("This form was not made by the server that runs now. Open the page again.")
    if given["grade"] not in map(str, GRADES):
        raise ParameterError("grade", f"The grade is {given['grade'][:40]!r}; grades are 0 to {GRADES[-1]}.")
    if desk().reading(given["id"], Query()) is None:
        raise NotFound("There is no article of this id. It may have left the archive with the last rebuild.")
    add_judgment(_file(), given["q"], given["id"], int(given["grade"]))
    query = desk().query(request.query_string)
    place = f"#hit-{given['hit']}" if re.fullmatch("[0-9]{1,6}", given["hit"]) else ""
    return Response(status=303, headers={"Location": links().judge(query) + place})


def token(text: str) -> str:
    """Return what a form for a query must carry."""
    key: bytes = current_app.extensions[KEY]
    return hmac.new(key, text.encode("utf-8", "surrogatepass"), sha256).hexdigest()


def grading_view(page: Page, known: dict[str, int], token: str, links: Links) -> GradingView:
    """Return the view of a page of hits to grade; `known` are the grades by article that there are."""
    query = page.query
    last = -(-min(page.total, desk().settings.depth_max) // query.size)
    first = (query.page - 1) * query.size + 1
    return GradingView(
        title=said("grading", query=" ".join(query.text.split())[:80]),
        total=counted(page.total, said("article"), said("articles")),
        back=Link(said("back_to_hits"), links.search(query)),
        action=links.judge(query),
        text=query.text,
        token=token,
        grades=tuple((str(grade), said(f"grade_{grade}")) for grade in GRADES),
        hits=tuple(_graded(hit, first + at, known, query, links) for at, hit in enumerate(page.hits)),
        pager=pager(query.page, last, lambda number: links.judge(turned_to(query, number))),
    )


def _graded(hit: Hit, number: int, known: dict[str, int], query: Query, links: Links) -> GradedView:
    grade = known.get(hit.article.id)
    return GradedView(
        number=str(number),
        id=hit.article.id,
        href=links.article(hit.article.id, query),
        title=pieces(hit.article.title, hit.title_marks) or pieces(UNTITLED, ()),
        date=date_line(hit.article),
        outlet=hit.article.outlet or "",
        snippet=pieces(hit.snippet.text, hit.snippet.marks),
        grade="" if grade is None else str(grade),
    )


def _file() -> Path:
    path = desk().settings.judgments
    if path is None:
        raise NotFound
    return path
