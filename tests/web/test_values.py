"""All values of a facet: the page without scripts, and its JSON."""

from urllib.parse import parse_qsl, urlsplit

import pytest


def args(href):
    return parse_qsl(urlsplit(href).query)


def labels(view):
    return [item.label for item in view.choices]


@pytest.mark.parametrize(
    ("tail", "found"),
    [
        pytest.param(
            "",
            ["No country named", "Azerbaijan", "Georgia", "Iran", "Peru", "Serbia", "Türkiye"],
            id="by-count",
        ),
        pytest.param("named=TURK", ["Türkiye"], id="filter-box"),
        pytest.param(
            "order=az&values=2&page=2", ["Georgia", "Iran"], id="a-page-in-the-order-of-the-alphabet"
        ),
        pytest.param(
            "country=-PE",
            ["Peru", "No country named", "Azerbaijan", "Georgia", "Iran", "Serbia", "Türkiye"],
            id="picked-first",
        ),
    ],
)
def test_values_are_listed(view_of, tail, found):
    assert labels(view_of(f"/facet/country?{tail}")) == found


def test_values_lead_to_the_hits_and_keep_the_search(view_of):
    view = view_of("/facet/person?q=Hasanov&size=25&named=valiyev&page=1")
    [valiyev] = view.choices
    assert valiyev.href.startswith("/search?")
    assert args(valiyev.href) == [("q", "Hasanov"), ("person", "Karim Valiyev"), ("size", "25")]
    assert args(valiyev.exclude_href) == [("q", "Hasanov"), ("person", "-Karim Valiyev"), ("size", "25")]
    assert args(view.back.href) == [("q", "Hasanov"), ("size", "25")]
    assert dict(args(view.orders[1].href)) == {
        "q": "Hasanov",
        "size": "25",
        "named": "valiyev",
        "order": "az",
    }
    assert view.hidden == (("q", "Hasanov"), ("size", "25"))
    assert "5 articles" in view.scope


def test_pages_of_values(view_of):
    pager = view_of("/facet/country?values=3&page=2&q=Hasanov").pager
    assert [(page.label, page.current) for page in pager.pages] == [("1", False), ("2", True)]
    assert args(pager.previous) == [("values", "3"), ("q", "Hasanov")]
    assert pager.following == ""


@pytest.mark.parametrize("field", ["country", "person", "date", "outlet", "language", "source", "says"])
def test_every_facet_has_a_page(client, field):
    for tail in ("", "order=az", "named=a", f"{field}=-~none", "page=9"):
        assert client.get(f"/facet/{field}?{tail}").status_code == 200
        assert client.get(f"/facet/{field}.json?{tail}").status_code == 200


def test_languages_are_sought_by_the_names_they_are_shown_by(client):
    assert [one["value"] for one in client.get("/facet/language.json?named=engl").json["values"]] == ["en"]


def test_json_of_values(client):
    found = client.get("/facet/country.json?q=Hasanov&named=ser").json
    assert found.pop("query")["understood"] == "Hasanov"
    assert found == {
        "field": "country",
        "total": 5,
        "distinct": 5,
        "matching": 1,
        "page": 1,
        "size": 100,
        "order": "count",
        "named": "ser",
        "values": [
            {
                "value": "RS",
                "label": "Serbia",
                "count": 1,
                "selected": None,
                "roles": {"filed-from": 1, "about": 1},
            }
        ],
        "notes": [],
    }


@pytest.mark.parametrize(
    ("path", "status", "kind"),
    [
        ("/facet/story.json", 404, "not-found"),
        ("/facet/x.json", 404, "not-found"),
        ("/facet/country.json?order=up", 400, "parameter"),
        ("/facet/country.json?values=0", 400, "parameter"),
        ("/facet/country.json?values=1001", 400, "parameter"),
        ("/facet/country.json?page=100001", 400, "parameter"),
        ("/facet/country.json?named=" + "a" * 501, 400, "parameter"),
        ("/facet/country.json?named=a&named=b", 400, "parameter"),
        ("/facet/country.json?q=%22oil", 422, "query"),
    ],
)
def test_what_is_refused(client, path, status, kind):
    answer = client.get(path)
    assert (answer.status_code, answer.json["error"]["kind"]) == (status, kind)


def test_hostile_names_are_text(client):
    html = client.get("/facet/person?named=%22%3E%3Csvg").text
    assert "<svg onload" not in html
    assert 'value="&#34;&gt;&lt;svg"' in html
    assert "&lt;svg onload=alert(2)&gt;" in client.get("/facet/person?named=svg").text


def test_what_narrows_is_named_and_weighed_there_too(view_of):
    """Whatever the page lists: a filter box that hides the picked values takes no name from the chips."""
    view = view_of("/facet/country?named=peru&country=GE.about&country=-TR&q=Hasanov")
    assert labels(view) == ["Peru"] or labels(view) == []
    assert [chip.label for chip in view.chips] == ["Georgia (about)", "Türkiye"]
    assert all(chip.effect for chip in view.chips)


@pytest.mark.parametrize(
    ("tail", "told"),
    [
        pytest.param("q=Hasanov", "5 articles for Hasanov", id="no-filter"),
        pytest.param("q=Hasanov&country=GE", "5 articles for Hasanov", id="its-own-is-lifted"),
        pytest.param(
            "q=Hasanov&country=GE&person=Karim+Valiyev", "1 article for Hasanov", id="another-holds"
        ),
    ],
)
def test_values_are_those_of_the_articles_that_are_told(view_of, tail, told):
    assert view_of(f"/facet/country?{tail}").scope == told


def test_as_many_values_are_told_as_are_offered(view_of):
    """What has no country is listed there, and is no value."""
    view = view_of("/facet/country")
    assert (view.summary, len(view.choices)) == ("6 values", 7)
