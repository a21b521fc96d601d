"""Which lines of a page go: buttons and forms as a whole, and no sentence."""

import random

import pytest

from indexer.furniture import ends_sentence, is_furniture, is_rule_line, is_tag_line, without_reply_form

PROSE = "The bridge over the river was opened by the mayor on Monday after three years of works there."


@pytest.mark.parametrize(
    ("line", "gone"),
    [
        pytest.param("A+ A-", True, id="letter-size"),
        pytest.param("  Slider Image 2 ", True, id="slider"),
        pytest.param("The bridge at night - Gallery Image", True, id="gallery"),
        pytest.param("Follow us on Twitter @desk", True, id="follow"),
        pytest.param("Share on Facebook", True, id="share"),
        pytest.param("LEAVE A REPLY", True, id="any-case"),
        pytest.param(
            "Your email address will not be published. Required fields are marked *", True, id="form"
        ),
        pytest.param("3 min read", True, id="minutes"),
        pytest.param("Share prices fell in Tokyo.", False, id="share-in-a-sentence"),
        pytest.param("Search for survivors goes on", False, id="search-in-a-headline"),
        pytest.param("Follow the money, the judge said.", False, id="follow-in-a-sentence"),
        pytest.param("Loading docks reopen", False, id="loading-in-a-headline"),
        pytest.param("", False, id="blank"),
        pytest.param("share " * 60, False, id="too-long"),
    ],
)
def test_furniture(line, gone):
    assert is_furniture(line) is gone


@pytest.mark.parametrize(
    ("lines", "kept"),
    [
        pytest.param([PROSE, "", "Leave a Reply", "Name"], [PROSE, ""], id="under-the-article"),
        pytest.param([PROSE, "Leave a Reply", PROSE], [PROSE, "Leave a Reply", PROSE], id="prose-follows"),
        pytest.param(["Leave a Reply", PROSE], ["Leave a Reply", PROSE], id="above-the-article"),
        pytest.param(["Leave a Reply", "Name"], ["Leave a Reply", "Name"], id="no-article"),
        pytest.param([], [], id="nothing"),
    ],
)
def test_reply_form(lines, kept):
    assert without_reply_form(lines) == kept


@pytest.mark.parametrize(
    ("line", "above", "below", "tag"),
    [
        pytest.param("old bridge", PROSE, PROSE, True, id="tag"),
        pytest.param("old bridge", "The road to the", PROSE, False, id="a-broken-sentence-above"),
        pytest.param("old bridge", PROSE, "was closed.", False, id="a-sentence-goes-on-below"),
        pytest.param("The bridge", PROSE, PROSE, False, id="a-heading"),
        pytest.param("bridge", PROSE, PROSE, False, id="one-word"),
    ],
)
def test_tag_line(line, above, below, tag):
    assert is_tag_line(line, above=above, below=below) is tag


def test_rules_and_ends_of_sentences():
    assert [is_rule_line(line) for line in ("---", "* * *", "|", "a-b", "")] == [
        True,
        True,
        True,
        False,
        False,
    ]
    assert [ends_sentence(line) for line in ("Yes.", "“Yes!” ", "Yes", "")] == [True, True, False, False]


def test_no_prose_is_ever_lost():
    """Of random lines, all up to the last prose stay, in their order."""
    rng = random.Random(2024)
    choices = [PROSE, "", "Leave a Reply", "Name", "Cancel reply", "Write a comment"]
    for _ in range(500):
        lines = [rng.choice(choices) for _ in range(rng.randint(0, 12))]
        kept = without_reply_form(lines)
        assert lines[: len(kept)] == kept
        assert kept.count(PROSE) == lines.count(PROSE)
