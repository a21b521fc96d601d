"""What of a page's markup is too much."""

import random

import pytest
from lxml import html

from indexer.bulk import ATTRIBUTES, empty_elements, has_overgrown_tags, is_overnested

MANY = " ".join(f"a{number}" for number in range(ATTRIBUTES + 1))


@pytest.mark.parametrize(
    ("markup", "overgrown"),
    [
        pytest.param(f"<p {MANY}>x</p>", True, id="names"),
        pytest.param(f'<p x=">" {MANY}>x</p>', True, id="behind-a-sign-in-a-value"),
        pytest.param(f"<p x='<' y=\"<<\" {MANY}>x</p>", True, id="behind-an-opening-sign-in-a-value"),
        pytest.param(
            "<p " + "a=1 " * 1_000 + ">" + "<p " + "b=1 " * 1_000 + ">", False, id="two-of-a-thousand"
        ),
        pytest.param(("<p " + "a=1 " * 1_000 + ">x</p>") * 26, True, id="many-of-a-thousand"),
        pytest.param(f"<p>{MANY}</p>", False, id="text"),
        pytest.param(f'<p title="{MANY}">x</p>', False, id="one-value"),
        pytest.param(f'<p title="< {MANY}">x</p>', False, id="one-value-with-a-sign"),
        pytest.param(f"<p>2 < 3 and {MANY}</p>", False, id="a-sign-in-text"),
    ],
)
def test_has_overgrown_tags(markup, overgrown):
    assert has_overgrown_tags(markup) is overgrown


def test_depths_add_up_as_in_a_plain_sum(monkeypatch):
    rng = random.Random(8)
    for _ in range(30):
        markup = "".join(rng.choices(["<div>", "</div>", "<b>x</b>", "text"], k=60))
        tree = html.document_fromstring(f"<p>x</p>{markup}")
        total = sum(1 + sum(1 for _ in element.iterancestors()) for element in tree.iter())
        monkeypatch.setattr("indexer.bulk.DEPTHS", total)
        assert not is_overnested(tree)
        monkeypatch.setattr("indexer.bulk.DEPTHS", total - 1)
        assert is_overnested(tree)


@pytest.mark.parametrize(
    ("number", "found"), [pytest.param(2_001, 2_001, id="many"), pytest.param(20, 0, id="few")]
)
def test_empty_elements_are_told_where_they_are_many(number, found):
    tree = html.document_fromstring("<div>" + "word<b></b><b>x</b>" * number + "</div>")
    assert len(empty_elements(tree)) == found
