"""Dates that readers see at a headline."""

import pytest
from lxml import html

from indexer.shown import shown_dates


@pytest.mark.parametrize(
    ("markup", "dates"),
    [
        pytest.param("<h1>Ice</h1><time datetime='2021-02-03'>3 Feb 2021</time>", ["3 Feb 2021"], id="time"),
        pytest.param(
            "<h1>Ice</h1><time datetime='2021-02-03'>yesterday</time>", ["2021-02-03"], id="attribute"
        ),
        pytest.param("<span class='post-date'>3.2.2021</span><h1>Ice</h1>", ["3.2.2021"], id="above"),
        pytest.param("<h1>Ice</h1><p class='meta'>Updated 4 May 2021</p>", [], id="updated"),
        pytest.param("<h1>Ice</h1><p class='meta'>Last seen 4 May 2021</p>", [], id="last"),
        pytest.param(
            "<h1>Blasting ends</h1><p class='date'>4 May 2021</p>", ["4 May 2021"], id="part-of-a-word"
        ),
        pytest.param(
            "<h1>Ice</h1><p class='meta'>Posted 3 May 2021, updated 4 May 2021</p>", ["3 May 2021"], id="both"
        ),
        pytest.param(
            "<h1>Ice</h1><time class='updated'>4 May 2021</time><time class='published'>3 May 2021</time>",
            ["3 May 2021"],
            id="classes",
        ),
        pytest.param("<h1>Ice</h1><p>Begins <time>18 May 2021</time> at six</p>", [], id="event"),
        pytest.param("<h1>Ice</h1><h2><a href='/x'>Snow</a></h2><time>1 May 2021</time>", [], id="teaser"),
        pytest.param(
            "<h1>Ice</h1>" + "".join(f"<p class='date'>{day} May 2021</p>" for day in range(1, 5)),
            [],
            id="list",
        ),
        pytest.param("<h1>Ice</h1><div class='comment'><time>1 May 2021</time></div>", [], id="comment"),
        pytest.param("<h1>Ice</h1>" + "<i></i>" * 80 + "<time>1 May 2021</time>", [], id="far"),
        pytest.param(
            "<p>text</p><div class='footer'><time itemprop='datePublished'>1 May 2021</time></div>",
            ["1 May 2021"],
            id="marked",
        ),
        pytest.param(
            "<p>This entry was posted on Monday, 3 May 2021 at 10:00</p>",
            ["3 May 2021"],
            id="closing-sentence",
        ),
        pytest.param(
            "<p>Dieser Beitrag wurde am 3. Mai 2021 veröffentlicht</p>" * 2, [], id="two-closing-sentences"
        ),
        pytest.param(
            "<div class='teaser'><span>Erschienen am</span> <time>1.5.2021</time></div>",
            ["1.5.2021"],
            id="labelled",
        ),
        pytest.param(
            "".join(f"<p><span>Posted</span> <time>{day} May 2021</time></p>" for day in (1, 2)),
            [],
            id="two-labelled",
        ),
        pytest.param("<h1>Ice</h1><p class='date'></p><time></time>", [], id="empty"),
    ],
)
def test_shown_dates(markup, dates):
    assert shown_dates(html.document_fromstring(f"<html><body>{markup}</body></html>"), "Ice") == dates
