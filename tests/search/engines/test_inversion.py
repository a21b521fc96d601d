"""Texts to postings: what a segment holds of them, against plain dictionaries."""

import random

import numpy as np
import pytest
from made_segments import WORDS, check_words, forms_of, made_segment, random_articles, word_counts

from search.domain import Article
from search.engines.whoosh.inversion import MANY, shares
from search.engines.whoosh.lexicon import NO_TERM, Lexicon
from search.engines.whoosh.schema import FORMS
from search.tokens import tokens


@pytest.mark.parametrize("count", [0, 1, 3, 40])
def test_postings_agree_with_a_plain_inversion(tmp_path, count):
    rng = random.Random(count)
    articles = random_articles(rng, count) or [Article("none", "", "")]
    segment = made_segment(tmp_path, articles)
    check_words(segment, articles)
    cut = [token for one in articles for text in (one.title, one.body) for token in tokens(text)]
    for form in FORMS:
        assert list(segment.terms[form]) == sorted({term for token in cut for term in forms_of(token, form)})


def test_positions_past_sixteen_bits_and_counts_past_a_byte(tmp_path):
    long = Article("0", "oil " * MANY, "oil " * 66_000 + "co-op price oil")
    articles = [long, Article("1", "price", "oil co-op"), Article("2", "", "oil " * (MANY - 1))]
    segment = made_segment(tmp_path, articles)
    number = segment.terms["folded"].find("oil")
    assert word_counts(segment, "folded", number, title=False) == [(0, 66_001), (1, 1), (2, MANY - 1)]
    assert segment.words_at("folded", segment.run("folded", number).first)[-2:] == [65_999, 66_003]
    check_words(segment, articles)


@pytest.mark.parametrize("form", ["stem", "exact"])
def test_a_term_shares_the_postings_of_a_folded_one_that_every_token_gives_both_of(form):
    rng = random.Random(5)
    shared = 0
    for _ in range(150):
        lexicon = Lexicon("en")
        words = rng.sample(WORDS, rng.randint(1, len(WORDS)))
        numbers = lexicon.tokens_of(lexicon.numbers(words))
        kept = sorted(rng.sample(range(len(numbers)), rng.randint(1, len(numbers))))
        present = np.unique(numbers[kept])
        cut = {}
        for word in words:
            own = lexicon.tokens_of(lexicon.numbers([word])).tolist()
            cut |= zip(own, tokens(word), strict=True)
        givers: dict[str, dict[str, set[int]]] = {"folded": {}, form: {}}
        for name, held in givers.items():
            for at in present.tolist():
                for term in forms_of(cut[at], name):
                    held.setdefault(term, set()).add(at)
        folded = list(lexicon.terms["folded"])
        found = shares(lexicon, form, present).tolist()
        for term, fellow in zip(lexicon.terms[form], found, strict=True):
            if fellow != NO_TERM:
                assert givers["folded"][folded[fellow]] == givers[form][term]
                shared += 1
    assert shared > 150
