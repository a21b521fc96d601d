"""Marks: where the query's words stand in the text as it is shown."""

import random
import unicodedata
from itertools import pairwise

import pytest

from search.domain import Query
from search.highlight import marks
from search.names import Names
from search.nodes import Near, Pattern, Term, TermSequence
from search.parse import parse
from search.plan import Planner


def planned(query: str, match: str = "all"):
    return Planner(lambda _: Names(())).matching(parse(query).tree, Query(match=match))


def marked(text: str, query: str, *, title: bool = False) -> str:
    """Return the text with its marks in brackets."""
    out, at = [], 0
    for start, end in marks(text, planned(query), title=title):
        out += [text[at:start], "[", text[start:end], "]"]
        at = end
    return "".join((*out, text[at:]))


@pytest.mark.parametrize(
    ("text", "query", "shown"),
    [
        pytest.param("Ministers met a minister.", "minister", "[Ministers] met a [minister].", id="stem"),
        pytest.param("Gašić met Gasic", "gasic", "[Gašić] met [Gasic]", id="accents"),
        pytest.param("Turkey turkey turkeys", "=Turkey", "[Turkey] turkey turkeys", id="exact"),
        pytest.param("oil rose; oil prices rose", '"oil prices"', "oil rose; [oil prices] rose", id="phrase"),
        pytest.param("prices, oil", '"oil prices"', "prices, oil", id="phrase-order"),
        pytest.param("oil\nprices", '"oil prices"', "[oil\nprices]", id="phrase-over-a-line"),
        pytest.param("oil\n\nprices", '"oil prices"', "[oil]\n\n[prices]", id="phrase-over-a-paragraph"),
        pytest.param("prices of oil", '"oil prices"~2', "[prices] of [oil]", id="near"),
        pytest.param("prices are not for oil", '"oil prices"~2', "prices are not for oil", id="too-far"),
        pytest.param("of the of the of", '"of the"', "[of the] [of the] of", id="phrases-after-each-other"),
        pytest.param("a a a", '"a a"', "[a a a]", id="phrases-that-overlap"),
        pytest.param("central banks banked", '"central bank*"', "[central banks] banked", id="phrase-prefix"),
        pytest.param("bank banks embank", "bank*", "[bank] [banks] embank", id="prefix"),
        pytest.param("what wheat", "*heat", "what [wheat]", id="suffix"),
        pytest.param("wheat that heat", "wheat~1", "[wheat] that [heat]", id="fuzzy"),
        pytest.param("oil not gas", "oil -gas", "[oil] not gas", id="not-marks-nothing"),
        pytest.param("oil and gas", "oil OR gas", "[oil] and [gas]", id="or"),
        pytest.param("oil and gas", "(oil gas) OR -coal", "[oil] and [gas]", id="groups"),
        pytest.param("oil", "title:oil", "oil", id="title-word-not-in-a-body"),
        pytest.param("oil", "country:AZ date:2024", "oil", id="fields-mark-nothing"),
        pytest.param("oil", "*", "oil", id="everything-marks-nothing"),
        pytest.param(
            "Co-operation, cooperation", "cooperation", "[Co-operation], [cooperation]", id="joined"
        ),
        pytest.param("Co-operate co operate", "co-operate", "[Co-operate] [co operate]", id="compound"),
        pytest.param("Colonel-General", "general", "Colonel-[General]", id="part"),
        pytest.param("Colonel-General", '"colonel general"', "[Colonel-General]", id="phrase-of-parts"),
        pytest.param("the U.S. and us", "US", "the [U.S.] and [us]", id="acronym"),
        pytest.param("1,000 or 1000", "1000", "[1,000] or [1000]", id="thousands"),
        pytest.param("minister's seat", "minister", "[minister]'s seat", id="possessive"),
        pytest.param("我在北京市长大", "北京市", "我在[北京市]长大", id="bigrams"),
        pytest.param("我在北京市长大", "北", "我[在北京]市长大", id="one-letter-of-bigrams"),
        pytest.param("我在北京市长大", '"北"', "我[在北京]市长大", id="quoted-letter-of-bigrams"),
        pytest.param("𝔘 😀 oil 𠮷野家", "oil 野家", "𝔘 😀 [oil] 𠮷[野家]", id="astral"),
        pytest.param("\ud800 oil \udfff", "oil", "\ud800 [oil] \udfff", id="surrogates"),
        pytest.param("", "oil", "", id="no-text"),
    ],
)
def test_words_are_marked_where_they_stand(text, query, shown):
    assert marked(text, query) == shown


def test_title_words_are_marked_in_titles():
    assert marked("Oil and gas", "title:oil gas", title=True) == "[Oil] and [gas]"


def test_every_word_is_marked_when_any_will_do():
    assert len(marks("oil and gas", planned("oil gas coal -x", match="any"))) == 2


@pytest.mark.parametrize("query", ["gasic", '"bratislav gasic"', "gaš*", "gasic~1", "état-major", "État"])
def test_marks_do_not_depend_on_how_accents_are_kept(query):
    text = "Bratislav Gašić, l'État-major; Gasić’s état"
    for form in ("NFC", "NFD"):
        own = unicodedata.normalize(form, text)
        pieces = [unicodedata.normalize("NFC", own[start:end]) for start, end in marks(own, planned(query))]
        assert pieces
        assert pieces == [text[start:end] for start, end in marks(text, planned(query))]


def random_leaf(rng: random.Random):
    word = rng.choice("ab")
    return rng.choice(
        (
            Term("folded", word),
            Pattern(f"{word}*"),
            Near(word, 1),
            TermSequence((Term("folded", word), Term("folded", rng.choice("abc"))), rng.randint(0, 3)),
        )
    )


def test_marks_ascend_are_disjoint_and_the_same_again():
    rng = random.Random(9)
    for _ in range(500):
        text = "".join(
            rng.choice(("a", "b", "c", "d-a", "é")) + rng.choice((" ", ", ", "\n")) for _ in range(12)
        )
        leaf = random_leaf(rng)
        spans = marks(text, leaf)
        assert spans == marks(text, leaf)
        assert all(left[1] <= right[0] for left, right in pairwise(spans))
        assert all(0 <= start < end <= len(text) for start, end in spans)


def test_a_text_of_one_word_is_marked():
    """Every place of a long loose phrase overlaps the next: spans are kept once."""
    text = "the " * 3000
    assert marks(text, planned('"' + "the " * 20 + '"~20')) == ((0, len(text) - 1),)


def test_a_text_of_two_million_letters_is_marked():
    text = "oil prices " * (2_000_000 // 11)
    assert len(marks(text, planned("oil"))) == 2_000_000 // 11
