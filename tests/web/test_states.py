"""Every page in each of its states: nothing axe-core objects to, strict HTML, nothing too wide.

On a phone and a desktop, in light and in dark. WCAG 2.2 AA is judged by axe-core's rules of that level.
"""

from collections import Counter
from importlib.resources import files

import html5lib
import pytest

pytestmark = pytest.mark.browser

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
COLOURS = ["color-contrast", "link-in-text-block"]
RULES = 12
"""Rules of axe-core that find something to look at on the barest of our pages."""

PAGES = {
    "start": "/",
    "all": "/search",
    "results": "/search?q=harbour",
    "filtered": "/search?q=harbour&country=NO&person=-Erik+Halvorsen&from=2023-01-01&to=2023-12-31",
    "role": "/search?country=PE.about&person=Carlos+Mendoza.quoted&sort=newest",
    "any-word": "/search?q=harbour+ferry+(dam+OR+treaty)&match=any&page=2",
    "misspelt": "/search?q=harbuor",
    "empty": "/search?q=volcano",
    "empty-filtered": "/search?q=ferry+copper&country=NO&outlet=Pacific+Ledger&from=2023-01-01",
    "past-the-end": "/search?q=harbour&page=9",
    "trouble": "/search?q=%22harbour+strike&country=PE",
    "article": "/article/books-01?q=harbour",
    "article-tag": "/article/books-01?q=harbour&show=country%3ACL",
    "article-alone": "/article/ferry-06",
    "article-copies": "/article/strike-01?q=copper",
    "article-differs": "/article/strike-01?q=copper&copy=strike-03",
    "article-no-copy": "/article/strike-01?copy=ferry-01",
    "article-hostile": "/article/hostile-01?q=dock",
    "article-untitled": "/article/undated-03",
    "facet-country": "/facet/country?q=harbour&country=NO",
    "facet-person": "/facet/person?order=az",
    "facet-date": "/facet/date?from=2023-01-01&to=2023-12-31",
    "facet-none": "/facet/person?named=qqq",
    "not-found": "/article/no-such",
    "bad-request": "/search?page=none",
    "manual": "/docs",
    "about": "/about",
}
STATUS = {"trouble": 422, "not-found": 404, "bad-request": 400}

REFERENCES = ("aria-labelledby", "aria-describedby", "aria-controls")
UNFOLD = "document.querySelectorAll('details').forEach(one => { one.open = true; })"


def unfold(page):
    page.evaluate(UNFOLD)


def complete(page):
    page.locator("#q").fill("ha")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")


def tell_keys(page):
    page.locator("h1").first.focus()
    page.keyboard.press("?")
    page.get_by_role("dialog").wait_for()


ACTS = {
    "start-completions": ("start", complete),
    "results-keys": ("results", tell_keys),
    "filtered-unfolded": ("filtered", unfold),
    "role-unfolded": ("role", unfold),
    "article-unfolded": ("article-tag", unfold),
    "article-copies-unfolded": ("article-copies", unfold),
}


@pytest.fixture(scope="session")
def axe():
    """axe-core as one script."""
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


JUDGE = """async only => {
    const found = await axe.run(document, {runOnly: only, resultTypes: ['violations'], preload: false});
    const told = (rule, node) => `${rule.id}: ${node.html.slice(0, 200)} ${node.failureSummary}`;
    return {
        violations: found.violations.flatMap(rule => rule.nodes.map(node => told(rule, node))),
        passes: found.passes.map(rule => rule.id),
    };
}"""
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def opened(windows, newsroom):
    """Return a function that opens a state in a window of the light scheme."""
    pages = []

    def opened_in(state, device):
        start, act = ACTS.get(state, (state, None))
        page = windows(device, "light").new_page()
        pages.append(page)
        assert page.goto(newsroom + PAGES[start]).status == STATUS.get(start, 200)
        if act:
            act(page)
        return page

    yield opened_in
    for page in pages:
        page.close()


@pytest.mark.parametrize("device", ["desktop", "phone"])
@pytest.mark.parametrize("state", [*PAGES, *ACTS])
def test_axe_finds_no_violation(opened, axe, state, device):
    """All rules in light; in dark, which changes colours only, the rules that look at colours."""
    page = opened(state, device)
    page.evaluate(axe)
    light = page.evaluate(JUDGE, {"type": "tag", "values": TAGS})
    page.emulate_media(color_scheme="dark")
    dark = page.evaluate(JUDGE, {"type": "rule", "values": COLOURS})
    assert light["violations"] + dark["violations"] == []
    assert len(light["passes"]) >= RULES
    assert "color-contrast" in dark["passes"]


@pytest.mark.parametrize("state", [*PAGES, *ACTS])
def test_nothing_is_wider_than_the_narrowest_window(opened, state):
    """320 px, which is also a window of 1280 px at four times the size (WCAG 1.4.10)."""
    page = opened(state, "phone")
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate(WIDER) <= 0


def faults(html):
    """Return what is wrong with a page: parse errors, ids that stand twice, references to no element."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(html, transport_encoding="utf-8")
    found = [f"{code} {data} at {at}" for at, code, data in parser.errors]
    ids = Counter(one.get("id") for one in tree.iter() if one.get("id") is not None)
    found += [f"id {name!r} stands {often} times" for name, often in ids.items() if often > 1]
    for one in tree.iter():
        named = [one.get("for")] if one.get("for") else []
        named += [
            name
            for key in ("aria-labelledby", "aria-describedby", "aria-controls")
            for name in one.get(key, "").split()
        ]
        named += [one.get("href")[1:]] if one.get("href", "").startswith("#") else []
        found += [f"{one.tag} refers to {name!r}, which is not there" for name in named if name not in ids]
    return found


@pytest.mark.parametrize("state", PAGES)
def test_html_is_strictly_right(newsroom_app, state):
    answer = newsroom_app.test_client().get(PAGES[state])
    assert answer.status_code == STATUS.get(state, 200)
    assert faults(answer.get_data()) == []


@pytest.mark.parametrize(
    ("broken", "fault"),
    [
        pytest.param("<p><b>x</p>", "unexpected-end-tag", id="misnested"),
        pytest.param("<p id=a><p id=a>", "stands 2 times", id="id-twice"),
        pytest.param("<a href='#b'>x</a>", "refers to 'b'", id="link-to-nowhere"),
        pytest.param("<label for=c>x</label>", "refers to 'c'", id="label-of-nothing"),
    ],
)
def test_faults_are_found(broken, fault):
    found = faults(f"<!doctype html><html lang=en><title>t</title>{broken}".encode())
    assert any(fault in one for one in found)
