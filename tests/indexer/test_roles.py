import pytest

from indexer.countries import tag_countries
from indexer.roles import dateline_of


def roles(title, body, dateline=None):
    return {tag.code: tag.roles for tag in tag_countries(title, body, dateline=dateline)}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param("SALVADOR, Feb 26 -", ["BR"], id="largest-namesake"),
        pytest.param("PORTLAND, Ore., Feb 26 -", ["US", "US"], id="state"),
        pytest.param("BAKU, Azerbaijan (Agency) -", ["AZ", "AZ"], id="country"),
        pytest.param("LONDON, March 2 -", ["GB"], id="month-that-is-a-town"),
        pytest.param("WASHINGTON/LONDON, June 1 -", ["US", "GB"], id="two-cities"),
        pytest.param("KILLINGTON, Vt., March 2 -", ["US"], id="unknown-town-of-a-state"),
        pytest.param("st louis, april 7 -", ["US"], id="small-letters"),
        pytest.param("SAN JOSE, June 1 -", ["CR"], id="capital-needs-no-country"),
        pytest.param("SAN JOSE, Calif., June 1 -", ["US", "US"], id="state-wins"),
        pytest.param("UNITED NATIONS, March 3 -", [], id="nowhere"),
        pytest.param("April 7 -", [], id="date-alone"),
        pytest.param("   ", [], id="blank"),
    ],
)
def test_given_dateline(line, expected):
    filed = dateline_of(line, "")
    assert [code for reading in (filed.readings if filed else ()) for code in reading.codes] == expected


@pytest.mark.parametrize(
    ("body", "surfaces"),
    [
        pytest.param(
            "BAKU, Azerbaijan (Agency) - Talks began.", ["BAKU", "Azerbaijan"], id="city-and-country"
        ),
        pytest.param("SALVADOR, Feb 26 - Rain fell.", ["SALVADOR"], id="date"),
        pytest.param("\n  TBILISI — Talks began.", ["TBILISI"], id="long-dash"),
        pytest.param("Baku (Agency) – Talks began.", ["Baku"], id="small-letters-with-source"),
        pytest.param("Baku was calm - for once.", [], id="a-sentence"),
        pytest.param("POLICE - Talks began.", [], id="no-place"),
        pytest.param(
            "BAKU waited for hours and hours before it spoke again, and nobody knows why. - It is so.",
            [],
            id="long",
        ),
        pytest.param("BAKU\n\nTalks - long ones.", [], id="heading"),
    ],
)
def test_dateline_at_the_head_of_the_body(body, surfaces):
    filed = dateline_of("", body)
    assert [body[r.start : r.end] for r in (filed.in_body if filed else ())] == surfaces


@pytest.mark.parametrize(
    ("title", "body", "dateline", "expected"),
    [
        pytest.param(
            "", "Rain fell.", "SALVADOR, Feb 26 -", {"BR": ("filed-from",)}, id="given-dateline-alone"
        ),
        pytest.param(
            "Iran warns", "Talks began.", None, {"IR": ("about", "mentioned")}, id="title-makes-about"
        ),
        pytest.param(
            "Iran warns",
            "TEHRAN, May 2 - Iran spoke.",
            None,
            {"IR": ("filed-from", "about", "mentioned")},
            id="all-three",
        ),
        pytest.param(
            "",
            "LONDON, May 2 - Cocoa rose. " + "Brokers waited for news. " * 15 + "Ghana sold some.",
            None,
            {"GB": ("filed-from",), "GH": ("mentioned",)},
            id="once-and-late-is-mentioned",
        ),
        pytest.param(
            "",
            "Serbia and Chile agreed.",
            None,
            dict.fromkeys(["RS", "CL"], ("about", "mentioned")),
            id="lead",
        ),
        pytest.param(
            "BANK ISSUES SWISS FRANC BOND", "", None, {"CH": ("mentioned",)}, id="currency-is-not-about"
        ),
    ],
)
def test_roles(title, body, dateline, expected):
    assert roles(title, body, dateline) == expected


def test_a_given_dateline_has_no_mentions():
    (tag,) = tag_countries("", "Rain fell.", dateline="SALVADOR, Feb 26 -")
    assert (tag.mentions, tag.title_mentions) == ((), ())


def test_a_dateline_in_the_body_is_a_mention_with_its_own_rule():
    (tag,) = tag_countries("", "BAKU, May 2 - Rain fell.")
    assert [(m.start, m.end, m.surface, m.rule) for m in tag.mentions] == [(0, 4, "BAKU", "dateline city")]
