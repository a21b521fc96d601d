"""Segments made by hand, batch by batch, and the words of articles by plain dictionaries."""

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from search.domain import Article
from search.engines.whoosh.chosen import Chosen
from search.engines.whoosh.index import create
from search.engines.whoosh.lexicon import next_mark
from search.engines.whoosh.schema import FORMS
from search.engines.whoosh.segment import Segment
from search.engines.whoosh.snapshot import Snapshot
from search.tokens import Token, tokens

_VOCABULARY = (
    "oil Oil prices price co-op coop co op co-ops U.S. us US étude etude état x-x xx x straße strasse "
    "minister's ministers 1,000 1000 北京市 北京 I'm im"
)
WORDS = _VOCABULARY.split()

Occurrences = dict[str, dict[int, list[int]]]
"""Of a term the ascending positions in each article, by the articles' numbers."""


def made_segment(folder: Path, articles: Sequence[Article]) -> Segment:
    """Return a segment of these articles, numbered as they stand."""
    with create(folder).writer() as writer:
        for article in articles:
            writer.add(article)
    return Segment(next(folder.glob("*.arrays")))


def made_snapshot(
    folder: Path, batches: Sequence[Sequence[Article]], deleted: Iterable[Sequence[int]]
) -> Snapshot:
    """Return an index of a segment a batch, of which some articles are deleted."""
    segments = [made_segment(folder / str(at), batch) for at, batch in enumerate(batches)]
    return Snapshot(list(zip(segments, deleted, strict=True)))


def live_articles(
    batches: Sequence[Sequence[Article]], deleted: Sequence[Sequence[int]]
) -> dict[int, Article]:
    """Return the articles of such an index that are not deleted, by number."""
    found, base = {}, 0
    for batch, gone in zip(batches, deleted, strict=True):
        found |= {base + at: one for at, one in enumerate(batch) if at not in gone}
        base += len(batch)
    return found


def random_choice(rng: random.Random, total: int, live: Iterable[int]) -> Chosen:
    """Return few, many or all of the live articles, by their numbers or as a mask."""
    held = sorted(one for one in live if rng.random() < rng.choice((0.05, 0.5, 1)))
    if rng.random() < 0.5:
        return Chosen(total, ids=np.array(held, dtype=np.uint32))
    mask = np.zeros(total, dtype=np.bool_)
    mask[held] = True
    return Chosen(total, mask=mask)


def forms_of(token: Token, form: str) -> set[str]:
    """Return the terms that one token gives in a form: its own, and that of the word it begins."""
    return {getattr(one, form) for one in (token, token.joined) if one is not None}


def inverted(texts: Iterable[tuple[int, str]], form: str) -> Occurrences:
    """Return where each term of a form stands in some articles."""
    found: Occurrences = defaultdict(lambda: defaultdict(list))
    for number, text in texts:
        for position, token in enumerate(tokens(text)):
            for term in forms_of(token, form):
                found[term][number].append(position)
    return {term: dict(held) for term, held in found.items()}


def random_articles(rng: random.Random, count: int) -> list[Article]:
    """Return articles of few words, some without any, some with very many of one."""
    return [
        Article(str(at), _text(rng, 4), _text(rng, 12) + " oil" * rng.choice((0, 0, 0, 253, 254, 255, 256)))
        for at in range(count)
    ]


def _text(rng: random.Random, most: int) -> str:
    return " ".join(rng.choices(WORDS, k=rng.randint(0, most)))


def check_words(segment: Segment, articles: Sequence[Article]) -> None:
    """Compare all that a segment says of words with plain dictionaries of its articles.

    Terms of articles that a merge left out may stay in it, without postings.
    """
    titles, bodies = (
        [(at, getattr(one, name)) for at, one in enumerate(articles)] for name in ("title", "body")
    )
    for form in FORMS:
        title, body = inverted(titles, form), inverted(bodies, form)
        assert list(segment.terms[form]) == sorted({*title, *body, *segment.terms[form]})
        for number, term in enumerate(segment.terms[form]):
            own, heading = body.get(term, {}), title.get(term, {})
            both = sorted({*own, *heading})
            assert word_counts(segment, form, number, title=False) == [
                (at, len(own.get(at, ()))) for at in both
            ]
            assert word_counts(segment, form, number, title=True) == [
                (at, len(positions)) for at, positions in heading.items()
            ]
    _check_places(segment, titles, title=True)
    _check_places(segment, bodies, title=False)
    _check_stems(segment, articles)


def word_counts(segment, form: str, number: int, *, title: bool) -> list[tuple[int, int]]:
    run = segment.run(form, number, title=title)
    return list(zip(segment.articles(run).tolist(), segment.counts(run).tolist(), strict=True))


def _check_places(segment: Segment, texts: Sequence[tuple[int, str]], *, title: bool) -> None:
    """Compare positions and marks of folded words."""
    space = "folded.title" if title else "folded"
    held = inverted(texts, "folded")
    cut = {at: tokens(text) for at, text in texts}
    for number, term in enumerate(segment.terms["folded"]):
        run = segment.run("folded", number, title=title)
        places = [segment.words_at(space, place) for place in range(run.first, run.last)]
        own = held.get(term, {})
        assert places == [own.get(at, []) for at in segment.articles(run).tolist()]
        starts = segment.word_starts(run).tolist()
        first, last = starts[0], starts[-1]
        assert segment.positions(space, first, last).tolist() == [at for one in places for at in one]
        following = [cut[at][place + 1 : place + 2] for at, one in own.items() for place in one]
        assert segment.next(space, first, last).tolist() == [
            0 if not one or one[0].joined else next_mark(one[0].folded) for one in following
        ]


def _check_stems(segment: Segment, articles: Sequence[Article]) -> None:
    """Compare the folded words of each stem, and the bitmaps of common ones."""
    members: dict[str, set[str]] = {}
    for one in articles:
        for token in (*tokens(one.title), *tokens(one.body)):
            for each in (token, token.joined):
                if each is not None:
                    members.setdefault(each.stem, set()).add(each.folded)
    for number, stem in enumerate(segment.terms["stem"]):
        held = [at for at in segment.members(number) if word_counts(segment, "folded", at, title=False)]
        assert {segment.terms["folded"][at] for at in held} == members.get(stem, set())
        bitmap = segment.bitmap(number)
        if bitmap is not None:
            assert np.flatnonzero(bitmap).tolist() == segment.articles(segment.run("stem", number)).tolist()
