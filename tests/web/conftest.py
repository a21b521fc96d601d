"""Archives of articles made for these tests, applications over them, and a browser that reads them.

`articles` is a small archive in memory, its tags made here. `newsroom.jsonl` is a larger one that is
indexed as a user would, for the tests that go through the pages with a browser.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask, template_rendered
from flask.testing import FlaskClient
from werkzeug.serving import make_server

from search.commands import main
from search.domain import Article, CountryTag, Mention, PersonTag, SaysTag
from search.engines.memory import MemoryEngine
from web import create_app
from web.settings import Settings

COUNTRIES = {
    "AZ": ("Azerbaijan", ("Azerbaijan", "Baku", "Azerbaijani")),
    "GE": ("Georgia", ("Georgia", "Tbilisi", "Georgian")),
    "RS": ("Serbia", ("Serbia", "Belgrade", "Serbian")),
    "IR": ("Iran", ("Iran", "Tehran", "Iranian")),
    "TR": ("Türkiye", ("Türkiye", "Ankara", "Turkish")),
    "PE": ("Peru", ("Peru", "Lima", "Peruvian")),
}

DESK = [
    # id, title, body, date, precision, source, outlet, countries, people
    (
        "seeds/000",
        "Chikovani in Baku for two days of talks",
        ("Georgia's defence minister Irakli Chikovani came to Baku on a working visit.\n\n"
        "He was met at the ministry by Zakir Hasanov, and the two went through the plans for joint training "
        "that their staffs have drawn up since spring. Chikovani said that Georgia wants the exercises to be "
        "larger next year.\n\n"
        "Azerbaijan will send instructors, Hasanov answered."),
        None, None, "none", "Caspian Wire",
        {"AZ": ("filed-from", "about"), "GE": ("about",)},
        ["Zakir Hasanov", "Irakli Chikovani"],
    ),
    (
        "seeds/001",
        "Burchuladze and Hasanov sign a yearly plan",
        ("Juansher Burchuladze and Zakir Hasanov put their names to a plan for the coming year in Tbilisi.\n"
        "It holds eleven joint events in Georgia and Azerbaijan."),
        date(2023, 11, 27), "day", "byline", "Caspian Wire",
        {"AZ": ("about",), "GE": ("filed-from", "about")},
        ["Zakir Hasanov", "Juansher Burchuladze"],
    ),
    (
        "seeds/002",
        "",
        ("Burchuladze thanked Hasanov for the reception in Baku, where officers from Georgia, Azerbaijan and "
        "Türkiye had met the day before."),
        None, None, "none", None,
        {"AZ": ("filed-from", "mentioned"), "GE": ("mentioned",), "TR": ("mentioned",)},
        ["Zakir Hasanov", "Juansher Burchuladze"],
    ),
    (
        "seeds/003",
        "Serbian chief of staff receives Valiyev",
        ("Milan Mojsilović received Karim Valiyev in Belgrade. A letter of Hasanov was handed over, in which "
        "the minister asks Serbia for a second round of talks in Azerbaijan before the summer of 2025."),
        date(2024, 6, 20), "day", "byline", "Balkan Courier",
        {"AZ": ("mentioned",), "RS": ("filed-from", "about")},
        ["Milan Mojsilović", "Karim Valiyev", "Zakir Hasanov"],
    ),
    (
        "seeds/004",
        "Tehran and Baku speak of the border again",
        ("Hasanov flew to Tehran, the first such journey in two years. Iran and Azerbaijan will reopen "
        "the crossing at the river, it was said after the talks; no day was named."),
        None, None, "none", "Caspian Wire",
        {"AZ": ("about",), "IR": ("filed-from", "about")},
        ["Zakir Hasanov"],
    ),
    (
        "wire/2024/harbour strike",
        "Harbour strike in Lima enters second week",
        ("Dockers in Lima voted to stay out. The port of Callao has moved no copper since 3 June, and Peru "
        "earns a third of its exports there."),
        date(2024, 6, 1), "month", "url", "Pacific Ledger",
        {"PE": ("filed-from", "about")},
        ["Rosa Quispe"],
    ),
    (
        "hostile <b>",
        "<script>alert('headline')</script> & \"quotes\"",
        "<img src=x onerror=alert(1)> The body & its <em>tags</em> are text. Hostile words.\n\n{{ 7*7 }}",
        date(2022, 1, 1), "year", "filename", "Outlet </title><script>",
        {},
        ["<svg onload=alert(2)>"],
    ),
]  # fmt: skip


def _mentions(text: str, surfaces: tuple[str, ...], rule: str) -> tuple[Mention, ...]:
    pattern = "|".join(re.escape(surface) for surface in sorted(surfaces, key=len, reverse=True))
    return tuple(Mention(found.start(), found.end(), found[0], rule) for found in re.finditer(pattern, text))


def _article(row: tuple) -> Article:
    article_id, title, body, day, precision, source, outlet, countries, people = row
    years = tuple(dict.fromkeys(re.findall(r"\b(20\d\d)\b", body)))
    return Article(
        id=article_id,
        title=title,
        body=body,
        date=day,
        date_precision=precision,
        date_source=source,
        outlet=outlet,
        author="Nino Beridze" if outlet == "Caspian Wire" else None,
        url="javascript:alert(3)"
        if article_id.startswith("hostile")
        else f"https://news.example/{len(body)}",
        origin=f"{article_id}.txt",
        language="en",
        words=len(body.split()),
        says=tuple(SaysTag(year, _mentions(body, (year,), "year in the text")) for year in years),
        countries=tuple(
            CountryTag(
                code,
                COUNTRIES[code][0],
                roles,
                _mentions(body, COUNTRIES[code][1], "name list"),
                _mentions(title, COUNTRIES[code][1], "name list"),
            )
            for code, roles in countries.items()
        ),
        people=tuple(
            PersonTag(name, ("mentioned",), _mentions(body, (name, name.split()[-1]), "name or surname"))
            for name in people
        ),
    )


@pytest.fixture(scope="session")
def articles() -> tuple[Article, ...]:
    """The archive: five dispatches that share a minister, one from Peru, one that means harm."""
    return tuple(_article(row) for row in DESK)


@pytest.fixture(scope="session")
def app(articles: tuple[Article, ...]) -> Flask:
    return create_app(engine=MemoryEngine(articles), settings=Settings())


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def view_of(app: Flask):
    """Return a function from a path to the context object that its template was given."""

    @contextmanager
    def listening() -> Iterator[list]:
        seen: list = []

        def keep(sender, template, context, **extra):
            seen.append(context["view"])

        with template_rendered.connected_to(keep, app):
            yield seen

    def view(path: str, status: int = 200):
        with listening() as seen:
            answer = app.test_client().get(path)
        assert answer.status_code == status
        return seen[-1]

    return view


CHROMIUM = Path("/usr/bin/chromium")
ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
NEWSROOM = Path(__file__).parent / "newsroom.jsonl"
WINDOWS = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1280, "height": 900}}


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """Serve an application on loopback and give its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def browser():
    """Debian's Chromium, started once; every test opens a context of its own."""
    if not CHROMIUM.exists():
        pytest.skip(f"there is no {CHROMIUM}; install Debian's chromium")
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=str(CHROMIUM), args=ARGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def address(app: Flask) -> Iterator[str]:
    """The address of the small archive."""
    with serving(app) as found:
        yield found


@pytest.fixture(scope="session")
def newsroom_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application over an index of newsroom.jsonl, built by the command."""
    index = tmp_path_factory.mktemp("newsroom") / "index"
    built = CliRunner().invoke(main, ["rebuild", str(NEWSROOM), "--index", str(index), "--workers", "1"])
    assert built.exit_code == 0, built.output
    return create_app(index, settings=Settings())


@pytest.fixture(scope="session")
def newsroom(newsroom_app: Flask) -> Iterator[str]:
    """The address of the archive of newsroom.jsonl."""
    with serving(newsroom_app) as found:
        yield found


@pytest.fixture(scope="session")
def windows(browser):
    """Return a function that gives the browser's context for a window; one context each, kept open."""
    opened: dict = {}

    def window(device: str, scheme: str, *, scripts: bool = True):
        key = (device, scheme, scripts)
        if key not in opened:
            opened[key] = browser.new_context(
                viewport=WINDOWS[device],
                has_touch=device == "phone",
                color_scheme=scheme,
                java_script_enabled=scripts,
                reduced_motion="reduce",
            )
        return opened[key]

    yield window
    for context in opened.values():
        context.close()
