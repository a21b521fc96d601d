"""Marks: where the query's words stand in the text as it is shown, and the best piece to show."""

import random
import unicodedata
from itertools import pairwise

import pytest

from search.domain import Passage, Query
from search.highlight import densest_window, marks, passage
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
        pytest.param("oil\nprices", '"oil prices"', "[oil]\n[prices]", id="phrase-over-a-line"),
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


def random_spans(rng: random.Random, length: int, longest: int = 6) -> list[tuple[int, int]]:
    spans, at = [], 0
    while (at := at + rng.randint(0, 12)) < length - longest:
        spans.append((at, at + rng.randint(1, longest)))
        at = spans[-1][1]
    return spans


def held(spans, start: int, stop: int) -> int:
    """Return how many spans lie wholly in a piece."""
    return sum(start <= own[0] and own[1] <= stop for own in spans)


def test_the_passage_holds_as_many_marks_as_any_piece_of_its_size():
    """The quick way and trying every start agree; no end of a passage cuts a mark."""
    rng = random.Random(2024)
    for _ in range(400):
        text = "".join(rng.choice("ab  \n") for _ in range(rng.randint(0, 160)))
        spans = random_spans(rng, len(text))
        size = rng.randint(8, 60)
        found = passage(text, spans, size=size)
        stop = found.start + len(found.text)
        most = max((held(spans, start, start + size) for start in range(len(text) + 1)), default=0)
        assert found.text == text[found.start : stop]
        assert len(found.text) <= size
        assert len(found.marks) == most == held(spans, found.start, stop)
        assert {(start + found.start, end + found.start) for start, end in found.marks} <= set(spans)
        assert not any(start < cut < end for start, end in spans for cut in (found.start, stop))


def test_the_densest_window_is_the_first_of_the_best():
    rng = random.Random(4)
    for _ in range(300):
        spans = random_spans(rng, 120) or [(0, 3)]
        width = rng.randint(1, 50)
        first, last = densest_window(spans, width=width)
        counts = [held(spans, start, start + width) for start, _ in spans]
        assert last - first == max(1, *counts)
        assert first == (counts.index(max(counts)) if max(counts) else 0)


@pytest.mark.parametrize(
    ("text", "spans", "size", "found"),
    [
        pytest.param("short oil", [(6, 9)], 20, Passage("short oil", ((6, 9),), 0), id="whole-text"),
        pytest.param(
            "one two three four", [], 9, Passage("one two", goes_on=True), id="no-marks-is-the-beginning"
        ),
        pytest.param("x" * 50, [], 10, Passage("x" * 10, goes_on=True), id="no-space-to-end-at"),
        pytest.param(
            "aaa bbb ccc oil", [(12, 15)], 8, Passage("ccc oil", ((4, 7),), 8), id="end-of-the-text"
        ),
        pytest.param(
            "x" * 50, [(10, 40)], 10, Passage("x" * 10, ((0, 10),), 10, True), id="mark-longer-than-the-piece"
        ),
        pytest.param("", [], 10, Passage("", (), 0), id="no-text"),
        pytest.param("😀" * 20, [(10, 11)], 4, Passage("😀" * 4, ((1, 2),), 9, True), id="astral"),
        pytest.param("one two   \n", [], 7, Passage("one two"), id="white-space-is-no-more-text"),
    ],
)
def test_passages(text, spans, size, found):
    assert passage(text, spans, size=size) == found


def test_a_text_of_one_word_is_marked():
    """Every place of a long loose phrase overlaps the next: spans are kept once."""
    text = "the " * 3000
    assert marks(text, planned('"' + "the " * 20 + '"~20')) == ((0, len(text) - 1),)


def test_a_text_of_two_million_letters_is_marked():
    text = "oil prices " * (2_000_000 // 11)
    assert len(marks(text, planned("oil"))) == 2_000_000 // 11
