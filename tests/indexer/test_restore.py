"""Lost paragraphs come back where they stood, and only those of the text's own siblings."""

import random

import pytest
from lxml import html as lxml_html

from indexer import restore as module
from indexer.restore import once, paragraphs, restore

PROSE = [
    f"Part {n}: the bridge over the river opened on Monday, after a year of work on it and some rain."
    for n in range(6)
]


def restored(body: str, text: str) -> str:
    return restore(text, paragraphs(lxml_html.document_fromstring(f"<html><body>{body}</body></html>")))


def page(*texts: str, kind: str = "") -> str:
    return f"<div>{''.join(f'<p{kind}>{text}</p>' for text in texts)}</div>"


A, B, C, D = PROSE[:4]


@pytest.mark.parametrize(
    ("body", "text", "expected"),
    [
        pytest.param(page(A, B, C), f"{A}\n{C}", f"{A}\n{B}\n{C}", id="between"),
        pytest.param(page(A, B, C), f"{B}\n{C}", f"{A}\n{B}\n{C}", id="lead"),
        pytest.param(
            page(A, B, C), f"Word\n{B}\nHead\n{C}", f"Word\n{A}\n{B}\nHead\n{C}", id="lines-between-stay"
        ),
        pytest.param(page(A, B, C, D), f"{A}\n{B}", f"{A}\n{B}\n{C}\n{D}", id="end"),
        pytest.param(page(A, B) + page(C), f"{A}\n{B}", f"{A}\n{B}", id="another-parent"),
        pytest.param(
            page(A, B) + page(C, kind=" class='note'"), f"{A}\n{B}", f"{A}\n{B}", id="another-class"
        ),
        pytest.param(page(A, B), A, A, id="one-is-no-place"),
        pytest.param(page(A, "Short.", C), f"{A}\n{C}", f"{A}\n{C}", id="short"),
        pytest.param(page(A, f"<a href='/x'>{B}</a>", C), f"{A}\n{C}", f"{A}\n{C}", id="links"),
        pytest.param(page(A, f"{B}<script>var a = 1;</script>", C), f"{A}\n{C}", f"{A}\n{C}", id="script"),
        pytest.param(page(A, B, C), f"{A} {B}\n{C}", f"{A} {B}\n{C}", id="glued-is-there"),
        pytest.param("", "", "", id="nothing"),
    ],
)
def test_restore(body, text, expected):
    assert restored(body, text) == expected


def test_any_two_kept_bring_the_others_back():
    """Against a plain loop: of paragraphs of one parent, all prose is there in the page's order."""
    rng = random.Random(5)
    for _ in range(100):
        kept = sorted(rng.sample(range(6), rng.randint(2, 6)))
        assert restored(page(*PROSE), "\n".join(PROSE[n] for n in kept)) == "\n".join(PROSE)


def test_a_page_of_more_paragraphs_than_an_article_has_stays(monkeypatch):
    monkeypatch.setattr(module, "PARAGRAPHS", 2)
    assert restored(page(A, B, C), f"{A}\n{C}") == f"{A}\n{C}"


@pytest.mark.parametrize(
    ("lines", "kept"),
    [
        pytest.param([*PROSE[:4], "By the desk", *PROSE[:4]], 5, id="a-copy"),
        pytest.param([*PROSE[:4], *PROSE[:4], "2019", *PROSE[:4]], 4, id="copies-and-what-is-between"),
        pytest.param([*PROSE[:4], *PROSE[:4], PROSE[5]], 9, id="a-new-paragraph-behind"),
        pytest.param([*PROSE, *PROSE[:2]], 8, id="a-refrain"),
        pytest.param(["Chorus"] * 9, 9, id="short-lines"),
        pytest.param([], 0, id="nothing"),
    ],
)
def test_once(lines, kept):
    assert once("\n".join(lines)) == "\n".join(lines[:kept])
