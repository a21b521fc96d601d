"""Articles to batches: the tokens, spans and values of any texts, as the plain way has them."""

import random

import pytest

from search.domain import Article, CountryTag, PersonTag
from search.engines.whoosh.analysis import analyse
from search.engines.whoosh.lexicon import Lexicon
from search.engines.whoosh.stored import Spans, shown, whole
from search.tokens import tokens

PIECES = (
    "word",
    "Baku",
    "co-operation",
    "U.S.",
    "minister's",
    "Gašić’s",
    "1,000",
    "北京市",
    " " * 300,
    "\u0301",
    "-",
    "x" * 300,
)


def random_text(rng: random.Random) -> str:
    return rng.choice(("", " ", "-")).join(
        rng.choice((" ", "", ". ")) + rng.choice(PIECES) for _ in range(rng.randint(0, 25))
    )


def test_spans_and_tokens_agree_with_cutting_each_text_alone():
    rng = random.Random(9)
    for _ in range(60):
        articles = [Article(str(n), random_text(rng), random_text(rng)) for n in range(rng.randint(0, 5))]
        batch = analyse(articles)
        lexicon = Lexicon("en")
        stream = lexicon.tokens_of(lexicon.numbers(batch.words)[batch.stream])
        folded = list(lexicon.terms["folded"])
        plain = [token for one in articles for text in (one.title, one.body) for token in tokens(text)]
        assert [folded[term] for term in lexicon.plain("folded")[stream]] == [token.folded for token in plain]
        for at, one in enumerate(articles):
            assert whole(batch.stored[at], batch.receipts[at]) == one
            kept = shown(batch.stored[at])
            for text, spans in ((one.title, kept.title_spans), (one.body, kept.body_spans)):
                alone = tokens(text)
                read = Spans(spans)
                assert read.at(range(len(alone))) == {
                    n: (token.start, token.end) for n, token in enumerate(alone)
                }
                assert read.joined == {n: token.joined.end for n, token in enumerate(alone) if token.joined}
            assert batch.sizes[at].tolist() == [len(tokens(one.title)), len(tokens(one.body))]


def test_a_value_named_twice_has_the_roles_of_both():
    twice = (CountryTag("AZ", "Azerbaijan", ("filed-from",)), CountryTag("AZ", "Azerbaijan", ("mentioned",)))
    batch = analyse(
        [Article("a", "", "", countries=twice, people=(PersonTag("X Y", ()),)), Article("b", "", "")]
    )
    country, person = batch.values["country"], batch.values["person"]
    assert (country.names, country.counts, country.roles) == (["AZ"], [1, 0], [0b101])
    assert (person.names, person.counts, person.roles) == (["X Y"], [1, 0], [0])


def test_words_are_learnt_alike_whatever_comes_with_them():
    """Plain words are learnt all at once, the others one by one; a word keeps its terms."""
    words = ["Oil", "co-op", "oil", "U.S.", "OIL", "talks", "é"]
    at_once, one_by_one = Lexicon("en"), Lexicon("en")
    numbers = at_once.numbers(words)
    assert at_once.numbers(words).tolist() == numbers.tolist()
    for word, number in zip(words, numbers, strict=True):
        alone = one_by_one.numbers([word])
        for form in ("folded", "stem", "exact"):
            found = [list(lexicon.terms[form]) for lexicon in (at_once, one_by_one)]
            ours = at_once.plain(form)[at_once.tokens_of(numbers[numbers == number])]
            theirs = one_by_one.plain(form)[one_by_one.tokens_of(alone)]
            assert [found[0][term] for term in ours] == [found[1][term] for term in theirs]


def test_an_article_whose_text_is_none_is_an_error():
    with pytest.raises((TypeError, AttributeError)):
        analyse([Article("a", "", None)])
