"""Titles, outlets and authors without the name of the site where it does not belong."""

import pytest

from indexer.masthead import host_of, outlet_name, persons_of, without_site

HOST = "town.example"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        pytest.param("Bridge opens - Town News", "Bridge opens", id="dash"),
        pytest.param("Bridge opens | town.example", "Bridge opens", id="host"),
        pytest.param("Bridge opens – TOWN", "Bridge opens", id="label-of-the-host"),
        pytest.param("North - South | The Town News", "North - South", id="only-the-last"),
        pytest.param("Bridge opens - at last", "Bridge opens - at last", id="another-part"),
        pytest.param("Town News", "Town News", id="nothing-else"),
        pytest.param(" - Town News", " - Town News", id="nothing-before"),
        pytest.param(None, None, id="none"),
    ],
)
def test_title(title, expected):
    assert without_site(title, outlet="Town News", host=HOST) == expected


@pytest.mark.parametrize(
    ("name", "host", "expected"),
    [
        pytest.param("Town News", HOST, "Town News", id="name"),
        pytest.param("Tn", "tn.example", "tn.example", id="abbreviation-of-the-host"),
        pytest.param("Wires", "wires.town.example", "wires.town.example", id="label-of-a-part"),
        pytest.param("Town", HOST, "Town", id="label-that-says-something"),
        pytest.param(None, HOST, HOST, id="no-name"),
        pytest.param("Town News", None, "Town News", id="no-host"),
        pytest.param(None, None, None, id="neither"),
    ],
)
def test_outlet(name, host, expected):
    assert outlet_name(name, host=host) == expected


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        pytest.param("Jo Ek; Town News", "Jo Ek", id="site"),
        pytest.param("Jo Ek; JO EK; Ann Lee", "Jo Ek; Ann Lee", id="repeat"),
        pytest.param("town.example", None, id="only-the-site"),
        pytest.param(None, None, id="none"),
    ],
)
def test_authors(author, expected):
    assert persons_of(author, outlet="Town News", host=HOST) == expected


def test_host():
    assert host_of("https://www.town.example:80/x") == HOST
    assert host_of("https://[broken") is None
    assert host_of(None) is None
