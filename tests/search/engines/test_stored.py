"""Stored articles: the spans of tokens packed and looked up, texts and receipts whole."""

import random

import numpy as np
import pytest
from random_archive import random_article

from search.domain import Article, Mention, SaysTag
from search.engines.whoosh import stored
from search.engines.whoosh.analysis import analyse
from search.engines.whoosh.stored import Spans, pack_spans, packed, shown, unpacked, whole
from search.record import listed
from search.tokens import tokens


def spans_of(gaps, widths, joined=()) -> Spans:
    pairs = np.array(joined, dtype=np.uint32).reshape(-1, 2)
    return Spans(pack_spans(np.array(gaps, np.int32), np.array(widths, np.int32), pairs))


@pytest.mark.parametrize(
    ("gaps", "widths"),
    [
        pytest.param([], [], id="none"),
        pytest.param([0], [1], id="one"),
        pytest.param([254, 0], [254, 1], id="widest-byte"),
        pytest.param([255, 1], [3, 3], id="wide-gap"),
        pytest.param([256, 1], [256, 3], id="one-past-a-byte"),
        pytest.param([1, 1], [3, 255], id="wide-token"),
        pytest.param([0, 1_000_000], [2, 2], id="very-wide-gap"),
        pytest.param([0, -1, -1, 5], [2, 2, 2, 1], id="tokens-that-overlap"),
        pytest.param([300, -1, 400], [2, 2, 128], id="overlap-and-wide"),
    ],
)
def test_spans_come_back(gaps, widths):
    assert_spans(gaps, widths, range(len(gaps)))


def assert_spans(gaps, widths, asked) -> None:
    expected, end = {}, 0
    for at, (gap, width) in enumerate(zip(gaps, widths, strict=True)):
        expected[at] = (end + gap, end + gap + width)
        end += gap + width
    assert spans_of(gaps, widths).at(asked) == {at: expected[at] for at in asked}


@pytest.mark.parametrize("long", [0, 4_096], ids=["long-texts", "short-texts"])
def test_any_positions_are_found(monkeypatch, long):
    monkeypatch.setattr(stored, "_LONG", long)
    rng = random.Random(1)
    for _ in range(300):
        count, wide = rng.randint(0, 30), rng.choice((3, 254, 255, 10_000))
        gaps = [rng.choice((-1, 0, 1, rng.randint(0, wide))) for _ in range(count)]
        widths = [rng.choice((2, rng.randint(2, max(wide, 2)))) for _ in range(count)]
        assert_spans(gaps, widths, sorted(rng.sample(range(count), rng.randint(0, count))))


@pytest.mark.parametrize("width", [3, 300], ids=["narrow", "wide"])
def test_joined_words_keep_their_ends(width):
    spans = spans_of([0, 1, 1], [width, 2, 2], [(0, width + 3), (2, 70_000)])
    assert spans.joined == {0: width + 3, 2: 70_000}
    assert spans.at([1]) == {1: (width + 1, width + 3)}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param(" " * 70_000 + "oil", id="far-apart"),
        pytest.param("x" * 70_000 + " oil", id="very-long-word"),
        pytest.param("北京市天安门 and 東京", id="bigrams-that-overlap"),
        pytest.param("北京" + " " * 300 + "天安门", id="bigrams-far-apart"),
        pytest.param("co-op's O'Brien 1,000,000 U.S.", id="joined-words"),
        pytest.param("oil \ud800oil\udfff x\udc00y", id="lone-surrogates"),
        pytest.param("𝒪il 🛢🛢 oil e\u0301tat \x00", id="beyond-sixteen-bits"),
    ],
)
def test_texts_are_stored_with_the_spans_of_their_tokens(text):
    article = Article("\udc00", text[:500], text)
    batch = analyse([article])
    kept = shown(batch.stored[0])
    assert (kept.article, kept.body) == (listed(article), text)
    for held, spans in ((article.title, kept.title_spans), (text, kept.body_spans)):
        cut = dict(enumerate(tokens(held)))
        read = Spans(spans)
        assert read.at(range(len(cut))) == {at: (one.start, one.end) for at, one in cut.items()}
        assert read.joined == {at: one.joined.end for at, one in cut.items() if one.joined}


def test_receipts_lie_apart_and_come_back_with_the_body():
    rng = random.Random(2)
    for at in range(60):
        article = random_article(rng, str(at))
        text, receipts = packed(article, b"title", b"")
        assert shown(text)._replace(article=None) == (None, article.body, b"title", b"")
        assert whole(memoryview(text), memoryview(receipts)) == article
    told = Article("1", "", "Baku", says=(SaysTag("2024", (Mention(0, 4, "Baku", "rule"),)),))
    assert whole(*packed(told, b"", b"")) == told
    assert b"mentions" not in unpacked(packed(told, b"", b"")[0])


def test_what_zstd_did_not_pack_is_an_error():
    with pytest.raises(ValueError, match="not packed by zstd"):
        unpacked(b"oil")
