"""A query to a page of hits: parse, plan, run, hits."""

import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from search.domain import Article, Page, Query, Reading
from search.engine import Engine
from search.errors import QueryError
from search.explain import Explanation, explained
from search.highlight import marks
from search.limits import Limits
from search.nodes import AnyOf, Node
from search.parse import parse
from search.picked import picked, tags_of, told_spans
from search.plan import Planner, field_filters
from search.spelling import did_you_mean
from search.syntax import show

_LIMITS = Limits()
_NOTHING = AnyOf(())


def answer(
    engine: Engine, query: Query, *, today: date | None = None, limits: Limits | None = None, values: int = 50
) -> Page:
    """Return the page of hits for a query, with every facet and at most `values` values of each.

    Relative dates count back from `today`. Raises QueryError for text that cannot be read.
    """
    started = time.perf_counter()
    parsed = parse(query.text, today=today, limits=limits)
    planner = Planner(engine.names, engine.language, (limits or _LIMITS).expansions)
    plan = planner.plan(parsed.tree, query, values=values)
    found = engine.run(plan)
    hits = engine.hits(plan, found)
    better = did_you_mean(engine, query, parsed.tree, found.total) if query.text.strip() else None
    return Page(
        query=query,
        understood=show(parsed.tree) if query.text.strip() else "",
        total=found.total,
        hits=hits,
        facets=found.facets,
        took_ms=(time.perf_counter() - started) * 1000,
        did_you_mean=better,
        notes=tuple(dict.fromkeys((*parsed.notes, *planner.notes, *found.notes))),
    )


def explain(
    engine: Engine,
    query: Query,
    article_ids: Sequence[str],
    *,
    today: date | None = None,
    limits: Limits | None = None,
) -> list[Explanation | None]:
    """Return what the scores of some articles under a query are made of; None for an unknown id.

    Raises QueryError for text that cannot be read.
    """
    parsed = parse(query.text, today=today, limits=limits)
    planner = Planner(engine.names, engine.language, (limits or _LIMITS).expansions)
    plan = planner.plan(parsed.tree, query, facets=())
    found: list[Explanation | None] = []
    for article_id, evidence in zip(article_ids, engine.evidence(plan, article_ids), strict=True):
        article = engine.article(article_id)
        if evidence is None or article is None:
            found.append(None)
            continue
        part = explained(plan.tree, evidence)
        found.append(Explanation(article_id, article.title, evidence.articles, evidence.matches, part))
    return found


def read_article(
    engine: Engine, article_id: str, query: Query | None = None, *, limits: Limits | None = None
) -> Reading | None:
    """Return an article with the query's words and picked values marked, or None when there is no such id.

    A text that cannot be read marks nothing, and says so in the notes: the article is shown.
    """
    article = engine.article(article_id)
    if article is None:
        return None
    if query is None:
        return Reading(article)
    try:
        parsed = parse(query.text, limits=limits)
    except QueryError as error:
        return replace(_reading(article, _NOTHING, query), notes=(f"nothing is marked: {error.message}",))
    tree = Planner(engine.names, engine.language).matching(parsed.tree, query)
    return replace(_reading(article, tree, query, language=engine.language), notes=parsed.notes)


def _reading(article: Article, tree: Node, query: Query, *, language: str = "en") -> Reading:
    """Return an article with the marks of a tree and of the query's filters."""
    asked = picked(tree, field_filters(query))
    return Reading(
        article,
        marks=marks(article.body, tree, language=language),
        title_marks=marks(article.title, tree, language=language, title=True),
        filter_marks=told_spans(asked, tags_of(article)) if asked else (),
        title_filter_marks=told_spans(asked, tags_of(article, title=True)) if asked else (),
    )
