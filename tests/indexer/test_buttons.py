"""Lines that only sites write go, and lines that look like them in an article stay."""

import random

import pytest

from indexer.buttons import is_button, is_soft
from indexer.furniture import is_furniture, without_furniture

PROSE = "The bridge over the river was opened by the mayor on Monday after three years of works there."


@pytest.mark.parametrize(
    "line",
    [
        "Show comments",
        "MOST READ",
        "« Previous post",
        "Continue reading →",
        "Thanks for your feedback!",
        "Home › Sport › Rowing",
        "Lesezeit: ca. 3 Minuten",
        "Foto: M. Ek/Town Press",
        "12:30 GMT",
        "Facebook Twitter",
        "Get the news of the day in your inbox.",
        "Tags: river, bridge",
        "© 2021 Town News",
        "Jo Ek is a reporter for Town News. Follow him on Twitter @joek",
    ],
)
def test_a_button(line):
    assert is_button(line)


@pytest.mark.parametrize(
    "line",
    [
        "Share the bread and share the water,",
        "Copyright law was changed in 2019.",
        "Copyright for beginners",
        "Topics discussed at the meeting",
        "Related parties were told on Monday",
        "Photographs of the roof were sold.",
        "Photo by photo the album grew",
        "Read more, he told them.",
        "Read more: it was written on the wall.",
        "Home and dry",
        "Home/away: 4-2",
        "A month ago",
        "Tagged sharks swam north",
        "Comments from the council",
        "Posted to Baghdad, he wrote no letters",
        "X marks the spot",
        "Sign up for the newsletter, she told us, and the world is yours.",
        "She is a reporter for the Town News.",
        "Page one of two was missing",
        "Volume 90 of the yearbook is out",
        "Von Bonn nach Berlin",
        "1. Ada Brenn 6.51",
        "14:32",
        "Next",
        "Listen,",
        "Tel: 0800 555",
        "",
    ],
)
def test_a_line_of_an_article(line):
    assert not is_furniture(line)


@pytest.mark.parametrize(
    ("lines", "kept"),
    [
        pytest.param(["Next", "Show comments"], [], id="before"),
        pytest.param(["Show comments", "", "Next", "14:32"], [""], id="behind-and-on"),
        pytest.param([PROSE, "Next", PROSE], [PROSE, "Next", PROSE], id="between-prose"),
        pytest.param(["Next", PROSE, "Show comments"], ["Next", PROSE], id="not-over-prose"),
        pytest.param(
            ["The bank will pay one dollar for each", "share via a special dividend, and"],
            ["The bank will pay one dollar for each", "share via a special dividend, and"],
            id="wrapped",
        ),
    ],
)
def test_soft_lines_go_only_in_company(lines, kept):
    assert is_soft("Next")
    assert without_furniture(lines) == kept


def test_a_soft_line_goes_when_a_plain_loop_finds_furniture_beside_it():
    rng = random.Random(5)
    for _ in range(300):
        lines = [rng.choice([PROSE, "Next", "Most read"]) for _ in range(rng.randint(0, 12))]
        gone = [line == "Most read" for line in lines]
        for _ in lines:
            for place, line in enumerate(lines):
                beside = gone[max(0, place - 1) : place + 2]
                gone[place] = gone[place] or (line == "Next" and any(beside))
        assert without_furniture(lines) == [line for line, out in zip(lines, gone, strict=True) if not out]
