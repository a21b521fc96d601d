"""How an article is cited."""

import random
from datetime import date

import pytest

from search.domain import Article
from web.citing import bibtex, plain_citation

WHOLE = Article(
    "a",
    "Ice & fire: 50% off_season",
    "x",
    date=date(2024, 5, 3),
    date_precision="day",
    outlet="Caspian Wire",
    author="Vera Holm",
)


@pytest.mark.parametrize(
    ("article", "line"),
    [
        pytest.param(
            WHOLE,
            "Vera Holm, “Ice & fire: 50% off_season”, Caspian Wire, 3 May 2024, https://a.example/x.",
            id="whole",
        ),
        pytest.param(Article("a", "", "x"), "“Untitled”, undated, https://a.example/x.", id="bare"),
        pytest.param(
            Article("a", "Two\nlines\x00\x1b", "x"), "“Two lines”, undated, https://a.example/x.", id="lines"
        ),
    ],
)
def test_plain_citation(article, line):
    assert plain_citation(article, "https://a.example/x") == line


def test_bibtex():
    assert bibtex(WHOLE, "https://a.example/x").splitlines() == [
        "@article{caspian-wire-2024-05-03-ice-fire-50-off-,",
        "  author = {Vera Holm},",
        "  title = {Ice \\& fire: 50\\% off\\_season},",
        "  journal = {Caspian Wire},",
        "  date = {2024-05-03},",
        "  url = {https://a.example/x}",
        "}",
    ]


def test_braces_of_a_hostile_title_are_balanced():
    rng = random.Random(3)
    for _ in range(300):
        title = "".join(rng.choices('a{}\\%$"@,\n', k=12))
        entry = bibtex(Article("a", title, "x"), "/article/a")
        bare = entry.replace("\\{", "").replace("\\}", "")
        assert bare.count("{") == bare.count("}")
        assert all(line.startswith(("@", "  ", "}")) for line in entry.splitlines())
