"""Pasted texts to title and body: furniture goes, and no sentence does."""

import random

import pytest

from indexer import furniture
from indexer.title import author_of, lead, read_paste

ONE = "The council met on Monday to talk about the bridge, which has been shut since the flood in spring."
TWO = "Work on the second pier is to begin within a week, the mayor told the people who came to listen."


def paste(*paragraphs: str) -> str:
    return "\n\n".join(paragraphs)


@pytest.mark.parametrize(
    ("text", "title", "body"),
    [
        pytest.param(paste("Bridge to open", ONE), "Bridge to open", ONE, id="first-line"),
        pytest.param(paste("# Bridge to open", ONE), "Bridge to open", ONE, id="heading"),
        pytest.param(
            paste("Bridge to open", f"Bridge to open\nA+ A-\n{ONE}"), "Bridge to open", ONE, id="doubled"
        ),
        pytest.param(
            paste("Local news", "Bridge to open", "bridge to open", ONE), "Bridge to open", ONE, id="section"
        ),
        pytest.param(
            paste("Bridge to\nopen at last", ONE), "Bridge to open at last", ONE, id="over-two-lines"
        ),
        pytest.param("Bridge to open", "Bridge to open", "", id="nothing-else"),
        pytest.param(
            paste("Bridge to open", ONE, "Leave a Reply", "Your email address will not be published."),
            "Bridge to open",
            ONE,
            id="reply-form",
        ),
        pytest.param(
            paste("Bridge to open", ONE, "Leave a Reply", TWO),
            "Bridge to open",
            paste(ONE, TWO),
            id="prose-after-the-form-stays",
        ),
        pytest.param(
            paste(
                "Bridge to open", ONE, "---", "Slider Image 1\nSlider Image 1\nLoading...\nLatest See more"
            ),
            "Bridge to open",
            ONE,
            id="gallery",
        ),
        pytest.param(
            paste(
                "Bridge to open", ONE, "Bridge to open - Gallery Image", "Follow us on Twitter @townnews", TWO
            ),
            "Bridge to open",
            paste(ONE, TWO),
            id="inside",
        ),
        pytest.param(
            paste("Bridge to open", ONE, "old bridge", TWO), "Bridge to open", paste(ONE, TWO), id="tag-line"
        ),
        pytest.param(
            paste("Bridge to open", ONE, "The old bridge", TWO),
            "Bridge to open",
            paste(ONE, "The old bridge", TWO),
            id="a-heading-stays",
        ),
        pytest.param(
            paste("Bridge to open", ONE, "---", TWO),
            "Bridge to open",
            paste(ONE, "---", TWO),
            id="a-rule-inside-stays",
        ),
        pytest.param(
            paste("Bridge to open", "Loading docks reopen too", ONE),
            "Bridge to open",
            paste("Loading docks reopen too", ONE),
            id="a-second-headline-stays",
        ),
    ],
)
def test_title_and_body(text, title, body):
    found = read_paste(text)
    assert (found.title, found.body) == (title, body)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        pytest.param(f"{ONE} {TWO}", ONE, id="sentence"),
        pytest.param(
            "The council met on Monday to\ntalk about the bridge.",
            "The council met on Monday to talk about the bridge.",
            id="wrapped",
        ),
        pytest.param("It rained. More came later.", "It rained. More came later.", id="short"),
        pytest.param("word " * 60, "word " * 19 + "word…", id="endless"),
    ],
)
def test_a_text_without_a_title_is_called_by_its_first_words(text, title):
    found = read_paste(text)
    assert found.title == title
    assert found.body == text.strip()


@pytest.mark.parametrize(
    ("text", "author", "begins"),
    [
        pytest.param("By Nino BeridzeThe visit began at noon.", "Nino Beridze", "The visit", id="glued"),
        pytest.param(
            "By John McDonaldThe visit began at noon.", "John McDonald", "The visit", id="inner-capital"
        ),
        pytest.param(
            "By Ana de la CruzOn Monday the visit began.", "Ana de la Cruz", "On Monday", id="particles"
        ),
        pytest.param(
            "By John McDonald\nThe visit began at noon.", "John McDonald", "The visit", id="own-line"
        ),
        pytest.param(
            "By Li Wei and Jo Ek | 20 June 2024\nThe visit began.", "Li Wei and Jo Ek", "The visit", id="two"
        ),
        pytest.param("By noon the visit had begun, said The Times.", None, "By noon", id="no-name"),
        pytest.param("By Monday\nThe visit began at noon.", None, "By Monday", id="weekday"),
    ],
)
def test_bylines(text, author, begins):
    found = read_paste(f"Minister comes to town\n{text} {ONE}")
    assert found.author == author
    assert found.body.startswith(begins)


@pytest.mark.parametrize(
    ("text", "dated"),
    [
        pytest.param(
            "Town.Az\n\nTuesday May 7 2024\n\nBridge to open\n\n27 November 2023 18:40 (UTC+04:00)\n",
            ("27 November 2023 18:40 (UTC+04:00)",),
            id="banner-and-date-line",
        ),
        pytest.param("Town.Az\n\nMay 7 2024\n\nBridge to open\n", (), id="banner-under-a-site"),
        pytest.param("Tuesday May 7 2024\n\nBridge to open\n", (), id="banner-with-a-weekday"),
        pytest.param("7 May 2024\n\nBridge to open\n", ("7 May 2024",), id="date-over-the-title"),
        pytest.param(" date 2024-06-20 Bridge to open\n", ("date 2024-06-20",), id="glued-date"),
        pytest.param("Bridge to open\nBy Jo Ek, 7 May 2024\n", ("By Jo Ek, 7 May 2024",), id="byline"),
    ],
)
def test_lines_that_may_bear_the_date(text, dated):
    found = read_paste(f"{text}\n{ONE}")
    assert (found.title, found.dated, found.body) == ("Bridge to open", dated, ONE)


def test_a_known_title_is_only_taken_off_where_it_is_repeated():
    found = read_paste(paste("Bridge to open", "Friday, 4 January 2019", ONE), title="Bridge to open")
    assert (found.title, found.body, found.dated) == ("Bridge to open", ONE, ("Friday, 4 January 2019",))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param("By Jo Ek, Town News", "Jo Ek", id="agency"),
        pytest.param("Written by Jo Ek", "Jo Ek", id="written-by"),
        pytest.param("By Jo Ek.", None, id="a-sentence"),
        pytest.param("Standing by Jo Ek", None, id="inside"),
    ],
)
def test_author_of(line, expected):
    assert author_of(line) == expected


def test_lead_does_not_stop_at_an_initial():
    assert lead(f"Colonel Z. Hasan came to town. {ONE}") == "Colonel Z. Hasan came to town."


def test_no_sentence_is_lost():
    """However prose and furniture are mixed, each line of prose is in the body, in its order."""
    rng = random.Random(2024)
    junk = [
        "A+ A-",
        "Loading...",
        "Slider Image 3",
        "Share",
        "Advertisement",
        "---",
        "",
        "Leave a Reply",
        "Read more",
    ]
    for _ in range(300):
        prose = [f"{number}: {rng.choice((ONE, TWO))}" for number in range(rng.randint(1, 5))]
        lines = [line for sentence in prose for line in [*rng.choices(junk, k=rng.randint(0, 3)), sentence]]
        body = read_paste("\n".join(lines + rng.choices(junk, k=2))).body
        assert [line for line in body.split("\n") if furniture.is_prose(line)] == prose
