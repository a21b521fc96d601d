"""An article as a list shows it, made of its whole text: what an engine without stored spans does."""

from itertools import chain

from search.domain import Article, Hit
from search.highlight import marks, merged
from search.passages import passages
from search.picked import picked, tags_of, told_kinds
from search.plan import Plan
from search.record import listed


def hit(article: Article, plan: Plan, *, score: float, copies: int, language: str = "en") -> Hit:
    """Return a whole article as it is listed: the plan's words and picked values marked in its passages."""
    asked = picked(plan.tree, plan.filters)
    kinds = told_kinds(asked, tags_of(article)) if asked else []
    return Hit(
        article=listed(article),
        score=score,
        passages=passages(
            article.body,
            marks(article.body, plan.tree, language=language),
            merged(chain.from_iterable(kinds)),
            kinds=kinds,
        ),
        title_marks=marks(article.title, plan.tree, language=language, title=True),
        copies=copies,
    )
