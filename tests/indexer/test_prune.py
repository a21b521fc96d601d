"""Boxes between paragraphs go from a page, and nothing that holds the article does."""

import random

import pytest
from lxml import html as lxml_html

from indexer.prune import prune

PROSE = "The bridge over the river opened on Monday after a year of work, and the mayor crossed it first."
URL = "https://www.town.example/bridge"


def left(body: str, *, url: str | None = URL) -> str:
    """Return the text of a page after pruning, with its long paragraph before and behind."""
    tree = lxml_html.document_fromstring(f"<html><body><p>{PROSE * 5}</p>{body}<p>{PROSE}</p></body></html>")
    prune(tree, url=url)
    return " ".join(tree.text_content().replace(PROSE, "").split())


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        pytest.param(
            "<div class='Newsletter-stateSent'><h4>Thanks for joining</h4></div>", "", id="newsletter"
        ),
        pytest.param("<div class='signupNewsletter'>Thanks for joining</div>", "", id="camel"),
        pytest.param("<ul id='related-posts'><li>Old bridge shut</li></ul>", "", id="related"),
        pytest.param("<div class='unrelated'>It rained.</div>", "It rained.", id="a-part-of-a-word"),
        pytest.param(f"<div class='trending'><p>{PROSE * 2} So.</p></div>", "So.", id="holds-the-article"),
        pytest.param(
            "<p>A <span class='tooltip'>hint</span> fell.</p>", "A fell.", id="the-text-behind-stays"
        ),
        pytest.param("<p>Related: <a href='/x'>Old bridge to be shut</a></p>", "", id="link-with-a-label"),
        pytest.param("<p><a href='/x'>Old bridge to be shut</a> [VIDEO]</p>", "", id="bracket"),
        pytest.param(
            "<p><a href='https://a.town.example/x'>Old bridge to be shut</a></p>", "", id="same-site"
        ),
        pytest.param(
            "<p><a href='https://b.example/x'>Report on the bridge</a></p>",
            "Report on the bridge",
            id="another-site",
        ),
        pytest.param("<p><a href='/x'>He wrote it again.</a></p>", "He wrote it again.", id="a-sentence"),
        pytest.param("<p><a href='/x'>Anna Berg</a></p>", "Anna Berg", id="a-name"),
        pytest.param(
            "<p><a href='#x'>How the bridge was built</a></p>", "How the bridge was built", id="within"
        ),
        pytest.param(
            "<p>The mayor has said in <a href='/x'>a letter to the council</a></p>",
            "The mayor has said in a letter to the council",
            id="words-around-the-link",
        ),
        pytest.param(
            "<ul><li><a href='/x'>Old bridge to be shut</a><li><a href='/y'>A new mayor sits</a></ul>",
            "",
            id="list-of-links",
        ),
        pytest.param(
            "<ul><li><a href='/x'>Old bridge to be shut</a></li> <li>two piers</li></ul>",
            "Old bridge to be shut two piers",
            id="list-of-both",
        ),
        pytest.param("<a href='/x'><h3>Old bridge to be shut</h3></a>", "", id="card"),
        pytest.param(
            "<h3><a href='/x'>Old bridge to be shut</a></h3>", "Old bridge to be shut", id="heading"
        ),
    ],
)
def test_what_is_left(body, kept):
    assert left(body) == kept


def test_without_an_address_only_relative_links_are_of_the_site():
    assert left("<p><a href='https://www.town.example/x'>Old bridge to be shut</a></p>", url=None)
    assert left("<p><a href='/x'>Old bridge to be shut</a></p>", url="https://[broken") == ""


def test_a_list_of_links_that_is_the_page_stays():
    items = "".join(f"<li><a href='/{n}'>Old bridge number {n} to be shut</a></li>" for n in range(20))
    tree = lxml_html.document_fromstring(f"<html><body><p>Stories.</p><ul>{items}</ul></body></html>")
    prune(tree, url=URL)
    assert len(list(tree.iter("li"))) == 20


def test_headings_and_quoted_posts_are_marked_plainly():
    tree = lxml_html.document_fromstring(
        "<div class='sub_headline'>Two piers</div><div class='post-embed'>"
        "<blockquote class='twitter-tweet'><p>Yes!</p></blockquote></div>"
    )
    prune(tree, url=None)
    assert [heading.text for heading in tree.iter("h3")] == ["Two piers"]
    quoted = tree.find(".//blockquote")
    assert quoted.get("class") is None
    assert quoted.getparent().get("class") is None


def test_no_prose_is_lost():
    """Whatever boxes stand between them, all paragraphs of prose outside of them stay in order."""
    rng = random.Random(5)
    boxes = [
        "<div class='related'>Other</div>",
        "<p><a href='/x'>Old bridge to be shut</a></p>",
        "<aside>x</aside>",
    ]
    for _ in range(100):
        picks = [rng.choice([*boxes, None]) for _ in range(rng.randint(3, 12))]
        said = [f"{PROSE} Part {number}." for number, pick in enumerate(picks) if pick is None]
        body = "".join(pick or f"<p>{PROSE} Part {number}.</p>" for number, pick in enumerate(picks))
        tree = lxml_html.document_fromstring(f"<html><body><p>{PROSE * 5}</p>{body}</body></html>")
        prune(tree, url=URL)
        assert [p.text_content() for p in tree.iter("p")][1:] == said
