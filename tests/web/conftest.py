"""A small archive of articles made for these tests, and applications over it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from flask import Flask, template_rendered
from flask.testing import FlaskClient

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
