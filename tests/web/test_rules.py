"""What rules mean, in words."""

import re
from pathlib import Path

import pytest

from web.rules import PLAIN, in_plain_words

ROOT = Path(__file__).parent.parent.parent
TAGGED = (ROOT / "docs/how-it-is-tagged.md").read_text(encoding="utf-8")


def listed_rules():
    """Yield the last cells of the tables on the page that show rules."""
    for table in re.findall(r"(?:^\|.*\n)+", TAGGED, re.MULTILINE):
        head, _, *rows = table.splitlines()
        if head.rstrip(" |").endswith("rule"):
            yield from (row.rstrip(" |").rpartition("|")[2].strip() for row in rows)


def test_every_rule_of_the_page_on_tagging_has_words():
    rules = set(listed_rules())
    assert len(rules) > 25
    assert {rule for rule in rules if in_plain_words(rule) == rule} == set()


@pytest.mark.parametrize("rule", sorted(PLAIN))
def test_words_are_a_sentence(rule):
    assert re.fullmatch(r"[A-Z].*\.", in_plain_words(rule))


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        pytest.param("capital", "The capital, which also stands for the government.", id="plain"),
        pytest.param("surname of Vera Holm", "The surname of a person named in full: Vera Holm.", id="name"),
        pytest.param(
            "former state: Czechoslovakia -> CZ, SK",
            "A state that is no more, counted for its successors: Czechoslovakia -> CZ, SK.",
            id="states",
        ),
        pytest.param(
            "name list; same as Vera Holm: spelling without accents",
            "A given name and a surname that lists know. Counted under another spelling of the name:"
            " Vera Holm: spelling without accents.",
            id="two",
        ),
        pytest.param(
            "tags.toml:12 alias of Vera Holm", "Line 12 of tags.toml says so: alias of Vera Holm.", id="file"
        ),
        pytest.param("a rule of tomorrow", "a rule of tomorrow", id="unknown"),
        pytest.param("", "", id="empty"),
    ],
)
def test_in_plain_words(rule, words):
    assert in_plain_words(rule) == words
