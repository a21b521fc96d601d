"""Where words stand in a text: read by its different words as by its tokens one after the other."""

import random

import pytest

from search import places
from search.expand import glob_regex, is_near
from search.nodes import Near, Pattern, Term
from search.places import Places
from search.tokens import tokens

_WRITTEN = (
    "oil Oil prices co-op co-ops coop co U.S. us état etat x-x minister's 1,000 北京市 北京 I'm -- \u0301 '"
)
WORDS = _WRITTEN.split()


@pytest.fixture(params=[0, 1 << 30], ids=["long-texts", "short-texts"])
def _length(request, monkeypatch):
    monkeypatch.setattr(places, "_LONG", request.param)


@pytest.mark.usefixtures("_length")
@pytest.mark.parametrize(
    ("text", "leaf", "found"),
    [
        pytest.param("oil, Oil. oils", Term("folded", "oil"), {0: (0, 3), 1: (5, 8)}, id="folded"),
        pytest.param("oil, Oil. oils", Term("exact", "Oil"), {1: (5, 8)}, id="exact"),
        pytest.param("oil a oils", Term("stem", "oil"), {0: (0, 3), 2: (6, 10)}, id="stem"),
        pytest.param(" co-op coop", Term("folded", "coop"), {0: (1, 6), 2: (7, 11)}, id="joined-word"),
        pytest.param("co-op co", Term("folded", "co"), {0: (0, 2), 2: (6, 8)}, id="part"),
        pytest.param("co-op co", Pattern("co*"), {0: (0, 5), 2: (6, 8)}, id="joined-word-before-part"),
        pytest.param("oil oiled oyl", Near("oil", 1), {0: (0, 3), 2: (10, 13)}, id="fuzzy"),
        pytest.param("北京市 北京市", Term("folded", "京市"), {1: (1, 3), 3: (5, 7)}, id="bigrams"),
        pytest.param("oil", Term("folded", "gas"), {}, id="absent"),
        pytest.param("", Term("folded", "oil"), {}, id="no-text"),
        pytest.param(" ...", Pattern("*"), {}, id="no-words"),
    ],
)
def test_places_of_words(text, leaf, found):
    assert Places(text).of(leaf) == found


def plain(leaf, text: str) -> dict[int, tuple[int, int]]:
    """Return what a leaf matches, token by token."""

    def fits(one) -> bool:
        if isinstance(leaf, Term):
            return getattr(one, leaf.form) == leaf.text
        if isinstance(leaf, Near):
            return is_near(one.folded, leaf)
        return glob_regex(leaf.glob).fullmatch(one.folded) is not None

    found = {}
    for at, token in enumerate(tokens(text)):
        if token.joined and fits(token.joined):
            found[at] = (token.start, token.joined.end)
        elif fits(token):
            found[at] = (token.start, token.end)
    return found


@pytest.mark.usefixtures("_length")
def test_places_agree_with_asking_every_token():
    rng = random.Random(11)
    marked = 0
    for _ in range(300):
        text = "".join(
            rng.choice(WORDS) + rng.choice((" ", ", ", "\n", ".")) for _ in range(rng.randint(0, 25))
        )
        read = Places(text)
        for _ in range(4):
            one = rng.choice(tokens(rng.choice(WORDS[:-3])))
            form = rng.choice(("stem", "folded", "exact"))
            near = Near(one.folded, rng.randint(1, 2))
            leaf = rng.choice((Term(form, getattr(one, form)), Pattern(f"{one.folded[0]}*"), near))
            found = read.of(leaf)
            assert found == plain(leaf, text), (text, leaf)
            assert list(found) == sorted(found)
            marked += len(found)
    assert marked > 1_000


@pytest.mark.usefixtures("_length")
@pytest.mark.parametrize("language", ["en", "de", "zh", "xx"])
def test_every_form_of_a_word_is_found_in_any_language(language):
    """Of plain words, which a long text folds and stems together, as of others and of endless ones."""
    text = f"Oils oils Häuser {'Ab' * 70} co-ops {'b' * 128} 1000 U.S. {'b' * 129}"
    for at, token in enumerate(tokens(text, language)):
        for form in ("exact", "folded", "stem"):
            found = Places(text, language).of(Term(form, getattr(token, form)))
            assert found[at] in {(token.start, token.end), token.joined and (token.start, token.joined.end)}
