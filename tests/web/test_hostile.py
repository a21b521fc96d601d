"""Articles that mean harm, read and indexed as any others, are shown unharmed and harm nobody.

Each holds the word `zebrafish`; where it stands is known, so that marks can be held to the letter.
"""

import json
import re
import threading
import tomllib
from html.parser import HTMLParser
from itertools import pairwise
from urllib.parse import quote, urlencode

import pytest
from click.testing import CliRunner
from werkzeug.serving import make_server

from search.commands import main
from search.domain import FACETS, Mention, PersonTag
from web import create_app
from web.mending import lines_against
from web.settings import Settings

WORD = "zebrafish"
SCRIPT = "<script>document.title='owned';alert(1)</script>"
FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
RLO, ZWSP, SHY, ZWJ, ZWNJ, BOM, WJ = "\u202e\u200b\u00ad\u200d\u200c\ufeff\u2060"

HOSTILE = [
    {
        "id": "../..",
        "title": f"{WORD} {SCRIPT}",
        "text": f"</mark></p></article><img src=x onerror=alert(1)> {WORD}",
    },
    {
        "id": "..",
        "title": f"</title></head>{SCRIPT} {WORD}",
        "text": f"<!--{WORD}--> ]]> <![CDATA[ {WORD} <plaintext>",
    },
    {
        "id": "a/../b.json",
        "title": f"&lt;{WORD}&gt; &amp;#0;",
        "text": f"&{WORD}; &#x3c;{WORD} {{{{ 7*7 }}}} {{% {WORD} %}} %s",
    },
    {
        "id": "\"'><svg onload=alert(1)>",
        "title": f'"{WORD}" onmouseover="alert(1)',
        "text": f"' autofocus onfocus=alert(1) {WORD}",
    },
    {
        "id": "nul\x00id\x1b[31m",
        "title": f"{WORD} \x00 \x07",
        "text": f"\x00{WORD}\x01 \x1b]0;{WORD}\x07 \x7f\x85\x9b {WORD}",
    },
    {
        "id": "astral",
        "title": f"{FAMILY} {WORD}",
        "text": f"\U0001f600\U0001f600 {WORD} \U0001d4b3\U000e0041 {WORD}",
    },
    {
        "id": "bidi",
        "title": f"abc {RLO} {WORD}",
        "text": f"{RLO}{WORD} \u2066\u2067 {WORD} \u05e9\u05dc\u05d5\u05dd {WORD}",
    },
    {
        "id": "zero",
        "title": f"{BOM}{WORD}",
        "text": f"zebra{SHY}fish zebra{ZWJ}fish zebra{ZWNJ}fish {BOM}{WORD} {ZWSP}{WORD}",
    },
    {
        "id": "combining",
        "title": f"e{chr(0x301) * 400} {WORD}",
        "text": f"{WORD}{chr(0x301)} x {WORD} " + chr(0x301) * 3000,
    },
    {"id": "megaword", "title": f"mega {WORD}", "text": "x" * 1_000_000 + f" {WORD}"},
    {"id": "many", "title": "many", "text": f"{WORD} " * 30_000},
    {"id": "lines", "title": "lines", "text": f"{WORD}\n\n" * 6_000},
    {"id": "i" * 512, "title": f"{WORD} " + "t" * 100_000, "text": f"{WORD} body"},
    {
        "id": "javascript:alert(1)",
        "title": f"js {WORD}",
        "text": f"{WORD} \\input{{x}} }} @article{{",
        "url": "javascript:alert(1)",
    },
    {
        "id": "data",
        "title": f"data {WORD}",
        "text": f"{WORD} lines\r\nof \u2028 all \x0b kinds \x0c",
        "url": "data:text/html,<script>",
    },
    {
        "id": "url",
        "title": f"url {WORD}",
        "text": f"{WORD}",
        "url": "https://x.example/'\"><script>alert(1)</script>" + "u" * 9_000,
    },
]
NAMES = {
    "people": [
        f"{FAMILY} Holm",
        f'Vera "{RLO}Holm',
        "<svg onload=alert(2)>",
        "]] \n[never]\\",
        "Nul\x00Name",
        "P" * 5_000,
    ],
    "outlet": f"Out{RLO}let </option><script>alert(3)</script>",
    "author": "A } , title = {stolen} \\write18{x} %\n@book{y,",
}
for article in HOSTILE:
    article.update(NAMES)
    article.setdefault("url", "https://x.example/" + quote(article["id"][:20]))

KEPT = 60_000
"""Bytes that a page may be, beside the text of an article."""


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    """An index folder made by the command, with every article in it."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "hostile.jsonl").write_text("".join(json.dumps(one) + "\n" for one in HOSTILE))
    told = CliRunner().invoke(
        main, ["rebuild", str(folder / "hostile.jsonl"), "--index", str(folder / "index")]
    )
    assert told.exit_code == 0, told.output
    return folder / "index"


@pytest.fixture(scope="module")
def hostile(index):
    return create_app(index, settings=Settings())


@pytest.fixture(scope="module")
def client(hostile):
    return hostile.test_client()


def ask(client, path, **arguments):
    return client.get(f"{path}?{urlencode(arguments)}")


def held(client, article_id):
    """Return an article's JSON, opened from a search for the word."""
    answer = ask(client, f"/article/{quote(article_id, safe='')}.json", q=WORD)
    assert answer.status_code == 200
    return answer.json


def bare(text):
    """Return a text without what no reader sees of a word: the word itself is left."""
    return re.sub(f"[{SHY}{ZWJ}{ZWNJ}{BOM}{ZWSP}\u0301]", "", text)


VOID = {"meta", "link", "input", "img", "br", "hr"}
KNOWN = (
    "html head meta title link script body a header search form label input ul ol li span button main nav "
    "article h1 h2 h3 p mark div aside section details summary q code pre dl dt dd dialog kbd footer time "
    "strong svg g path rect defs pattern table thead tbody tr th td"
)
TAGS = frozenset(KNOWN.split())


class Page(HTMLParser):
    """Reads a page as a browser does where it is well formed, and refuses one that is not."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.open, self.marks, self.links, self.texts, self.ids = [], [], [], {}, []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        assert tag in TAGS, tag
        for name, value in attrs:
            assert not name.startswith("on"), name
            assert name not in ("style", "srcdoc", "formaction"), name
            if name in ("href", "src", "action"):
                self.links.append(value)
            if name == "id":
                self.ids.append(value)
        if tag == "script":
            assert dict(attrs)["src"].startswith("/static/")
        if tag == "mark":
            self.marks.append("")
        if tag not in VOID:
            self.open.append((tag, dict(attrs).get("class") or ""))

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag):
        assert self.open, tag
        assert self.open.pop()[0] == tag

    def handle_comment(self, data):
        raise AssertionError(f"a comment: {data[:40]}")

    def handle_data(self, data):
        if any(tag == "mark" for tag, _ in self.open):
            self.marks[-1] += data
        for tag, kind in self.open:
            for key in {tag, *(f".{one}" for one in kind.split())}:
                self.texts[key] = self.texts.get(key, "") + data


def page_of(answer):
    assert answer.status_code == 200
    assert "'unsafe" not in answer.headers["Content-Security-Policy"]
    page = Page(answer.text)
    assert len(page.ids) == len(set(page.ids))
    for link in page.links:
        assert re.match(r"/(?!/)|#|https?://", link), link
    return page


def shown(text):
    """Return a text as a page has it: control characters replaced, white space as one space."""
    return " ".join(re.sub("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]", "\ufffd", text).split())


EVERY = [pytest.param(one["id"], id=re.sub(r"\W+", "-", one["id"][:16])) for one in HOSTILE]


def test_every_article_is_found(client):
    found = ask(client, "/search.json", q=WORD, size=100).json
    assert {hit["id"] for hit in found["hits"]} == {one["id"] for one in HOSTILE}
    assert found["total"] == len(HOSTILE)


def test_marks_of_hits_are_on_the_letters(client):
    for hit in ask(client, "/search.json", q=WORD, size=100).json["hits"]:
        body = held(client, hit["id"])["body"]
        assert body[hit["snippet_start"] :].startswith(hit["snippet"])
        assert hit["marks"]
        told = [hit["snippet"][start:end] for start, end in hit["marks"]]
        told += [hit["title"][start:end] for start, end in hit["title_marks"]]
        assert {bare(one) for one in told} == {WORD}


@pytest.mark.parametrize("article_id", EVERY)
def test_marks_of_an_article_are_on_the_letters(client, article_id):
    """Every place where the word stands, counted in code points by looking for it, and no other."""
    article = held(client, article_id)
    wanted = rf"zebra[{SHY}{ZWJ}{ZWNJ}]?fish"
    for text, marks in (
        (article["body"], article["marks"]),
        (article["title"], article["title_marks"]),
    ):
        places = [found.start() for found in re.finditer(wanted, text)]
        assert [start for start, _ in marks] == places
        assert {bare(text[start:end]) for start, end in marks} <= {WORD}
    [given] = [one for one in HOSTILE if one["id"] == article_id]
    assert article["body"] == given["text"]


@pytest.mark.parametrize("article_id", EVERY)
def test_the_page_of_an_article_shows_all_its_text(client, article_id):
    answer = ask(client, "/article", id=article_id, q=WORD)
    page, article = page_of(answer), held(client, article_id)
    text = shown(article["body"])
    assert "".join(text.split()) == "".join(shown(page.texts[".body"]).split())
    assert shown(article["title"]) == shown(page.texts["h1"])
    assert {bare(one) for one in page.marks} <= {WORD, WORD + "\ufffd"}
    if len(article["marks"]) < 2_000:
        assert len(page.marks) >= len(article["marks"]) + len(article["title_marks"])
    assert len(answer.data) < 6 * len(article["body"]) + 2 * KEPT


PAGES = [
    *("/", "/search", f"/search?q={WORD}", f"/search?q={WORD}&size=100", f"/search?q={SCRIPT}"),
    *(f"/search?q={RLO}", f"/search?q={WORD}&match=any&sort=newest", "/search?q=%22%3Cscript%3E"),
    *("/search?person=%3Csvg+onload%3Dalert(2)%3E", "/facet/person?named=%3Csvg"),
    *(f"/facet/{field}" for field in FACETS),
    *(f"/facet/person?named={SCRIPT}", f"/{SCRIPT}", "/docs"),
]


@pytest.mark.parametrize("path", PAGES)
def test_no_page_takes_it_for_markup(client, path):
    answer = client.get(path)
    assert answer.status_code in (200, 404, 422)
    page = Page(answer.text)
    assert all(re.match(r"/(?!/)|#", link) for link in page.links)
    assert len(answer.data) < KEPT * (10 if "size=100" in path else 2)


def test_no_address_of_an_article_is_run(client):
    """Those of the web are linked, others told."""
    for one in HOSTILE:
        page = page_of(ask(client, "/article", id=one["id"]))
        outside = [link for link in page.links if not link.startswith(("/", "#"))]
        assert all(link.startswith("https://x.example/") for link in outside)


def test_values_of_facets_pick_their_articles(client):
    """Whatever a name holds, the value in the answer is the argument that finds it."""
    values = client.get("/facet/person.json").json["values"]
    assert len(values) == len(NAMES["people"])
    for one in values:
        assert ask(client, "/search.json", person=one["value"]).json["total"] == one["count"] == len(HOSTILE)
        assert len(one["value"]) <= 210


@pytest.mark.parametrize("typed", ["zeb", "hol", "vera", "nul", "svg", "never", "ppp"])
def test_completions_can_be_asked(client, typed):
    found = ask(client, "/suggest.json", q=typed)
    assert found.status_code == 200
    offered = [one for kind in ("words", "people", "countries") for one in found.json[kind]]
    assert offered
    for one in offered:
        assert ask(client, "/search.json", q=one["query"]).json["total"]


@pytest.mark.parametrize("article_id", EVERY)
@pytest.mark.parametrize("name", NAMES["people"])
def test_lines_for_tags_are_toml_that_says_the_same(article_id, name):
    surface = Mention(0, len(name), name, "name list")
    (_, here), (_, never) = lines_against(article_id, PersonTag(name, ("mentioned",), (surface,)))
    assert tomllib.loads(here) == {"articles": {article_id: {"remove_people": [name]}}}
    assert tomllib.loads(never) == {"never": {"people": [" ".join(seen(name).split())]}}


def seen(name):
    """Return a name without signs that cannot be seen, which `tags.toml` refuses."""
    joining = "\u00ad\u200c\u200d\u2060\ufeff"
    shown = [one if one.isprintable() or one.isspace() else "" if one in joining else " " for one in name]
    return "".join(shown)


@pytest.mark.parametrize("article_id", EVERY)
def test_bibtex_keeps_its_braces_and_its_fields(client, article_id):
    page = page_of(ask(client, "/article", id=article_id))
    entry = page.texts["pre"][page.texts["pre"].rindex("@article{") :]
    plain = re.sub(r"\\[\\{}$&#%_~^]|\\text\w+\{\}", "", entry)
    assert plain.count("{") == plain.count("}")
    fields = re.findall(r"^  (\w+) = \{", entry, re.MULTILINE)
    assert len(fields) == len(set(fields))
    assert set(fields) <= {"author", "title", "journal", "date", "url"}
    depth = 0
    for letter in plain.rstrip()[:-1]:
        depth += {"{": 1, "}": -1}.get(letter, 0)
        assert depth > 0 or letter in "@article\n"
    assert entry.count("\n@") == 0


@pytest.fixture(scope="module")
def address(hostile):
    server = make_server("127.0.0.1", 0, hostile, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def tab(browser, address):
    """A page of a browser that runs scripts, and what it said, asked and loaded from elsewhere."""
    page = browser.new_page()
    heard = []
    page.on("dialog", lambda dialog: (heard.append(("dialog", dialog.message)), dialog.dismiss()))
    page.on("console", lambda message: heard.append(("console", message.text)))
    page.on("pageerror", lambda error: heard.append(("error", str(error))))
    page.on("request", lambda one: one.url.startswith(address) or heard.append(("request", one.url)))
    yield page, heard
    page.close()


READ = """() => [...document.querySelectorAll('.body mark, h1 mark')].map(mark => mark.textContent)"""


@pytest.mark.browser
# To lay out the word of a megabyte takes a browser ten seconds: its marks are held to the letter above.
@pytest.mark.parametrize("article_id", [one for one in EVERY if one.values != ("megaword",)])
def test_a_browser_runs_nothing_and_marks_the_letters(tab, address, client, article_id):
    page, heard = tab
    del heard[:]
    page.goto(f"{address}/article?{urlencode({'id': article_id, 'q': WORD})}")
    marks = page.evaluate(READ)
    article = held(client, article_id)
    assert len(marks) == min(len(article["marks"]), 2_000) + len(article["title_marks"])
    assert {bare(one) for one in marks} <= {WORD}
    assert page.title() != "owned"
    assert heard == []


@pytest.mark.browser
def test_a_browser_runs_nothing_of_any_list(tab, address):
    page, heard = tab
    del heard[:]
    for path in PAGES:
        page.goto(address + path)
    page.goto(address)
    page.locator("#q").press_sequentially("svg")
    page.wait_for_selector("#completions li")
    # The console tells of what is not found and of queries that cannot be read.
    assert [one for one in heard if "status of 4" not in one[1]] == []


@pytest.mark.browser
def test_a_name_turns_no_neighbour_round(tab, address):
    """A right-to-left override ends with the name that holds it: the links of a hit stand in their order."""
    page, _ = tab
    page.set_viewport_size({"width": 1600, "height": 900})
    page.goto(f"{address}/search?q={WORD}")
    lines = page.evaluate(
        "() => [...document.querySelectorAll('.hit')].map(hit => [...hit.querySelectorAll('li a')]"
        ".map(link => link.getClientRects()[0]).map(box => [box.top, box.left]))"
    )
    assert lines
    for boxes in lines:
        assert len(boxes) >= 5
        assert all(below > above + 5 or right > left for (above, left), (below, right) in pairwise(boxes))
