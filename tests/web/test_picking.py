"""Facets and chips as links."""

from urllib.parse import parse_qsl, urlsplit

import pytest


def facet(view, field):
    return next(facet for facet in view.facets if facet.field == field)


def choice(view, field, label):
    found = facet(view, field)
    bars = found.histogram.bars if found.histogram else ()
    return next(item for item in (*found.choices, *bars) if item.label == label)


def args(href):
    return parse_qsl(urlsplit(href).query)


def test_picking_a_country_leaves_the_others_with_their_counts(view_of):
    """Counted under every filter but its own: Georgia is picked, and Serbia and Iran stay."""
    before = facet(view_of("/search?q=Hasanov"), "country")
    counts = {item.label: item.count for item in before.choices}
    assert counts == {"Azerbaijan": "5", "Georgia": "3", "Iran": "1", "Serbia": "1", "Türkiye": "1"}
    after = facet(view_of("/search?q=Hasanov&country=GE"), "country")
    assert {item.label: item.count for item in after.choices} == counts
    assert after.choices[0].label == "Georgia"
    assert after.choices[0].selected == "picked"
    assert after.picked == "1 picked"


@pytest.mark.parametrize(
    ("path", "field", "label", "link", "expected"),
    [
        pytest.param(
            "/search?q=Hasanov&page=1&sort=oldest", "country", "Georgia", "href",
            [("q", "Hasanov"), ("country", "GE"), ("sort", "oldest")], id="pick",
        ),
        pytest.param(
            "/search?q=Hasanov", "country", "Georgia", "exclude_href",
            [("q", "Hasanov"), ("country", "-GE")], id="exclude",
        ),
        pytest.param(
            "/search?country=AZ&country=GE", "country", "Georgia", "href", [("country", "AZ")], id="remove",
        ),
        pytest.param(
            "/search?q=Hasanov", "date", "Undated", "href",
            [("q", "Hasanov"), ("date", "~none")], id="missing",
        ),
        pytest.param(
            "/search?q=Hasanov", "date", "2024", "href",
            [("q", "Hasanov"), ("from", "2024-01-01"), ("to", "2024-12-31")], id="a-year-is-a-period",
        ),
        pytest.param(
            "/search?from=2024&to=2024", "date", "June 2024", "href",
            [("from", "2024-06-01"), ("to", "2024-06-30")], id="then-its-months",
        ),
        pytest.param(
            "/search?q=Hasanov", "says", "2025", "href",
            [("q", "Hasanov"), ("says_from", "2025-01-01"), ("says_to", "2025-12-31")], id="says",
        ),
    ],
)  # fmt: skip
def test_choice_links(view_of, path, field, label, link, expected):
    assert args(getattr(choice(view_of(path), field, label), link)) == expected


def test_names_for_screen_readers_hold_the_count(view_of):
    view = view_of("/search?q=Hasanov&country=GE")
    assert choice(view, "country", "Iran").name == "Iran, 1 article"
    assert choice(view, "country", "Iran").exclude_name == "Leave out Iran"
    assert choice(view, "country", "Georgia").name == "Georgia, 3 articles, picked. Remove"


def test_a_picked_country_offers_its_roles(view_of):
    roles = choice(view_of("/search?q=Hasanov&country=GE.about"), "country", "Georgia").roles
    assert [(role.label, role.current) for role in roles] == [
        ("any role", False),
        ("filed from 1", False),
        ("about 2", True),
        ("mentioned 1", False),
    ]
    assert args(roles[0].href) == [("q", "Hasanov"), ("country", "GE")]


def test_chips_are_in_the_order_of_picking_and_go_one_by_one(view_of):
    path = "/search?q=Hasanov&person=-Milan+Mojsilovi%C4%87&country=AZ.about&from=2023&to=2023&page=1"
    chips = view_of(path).chips
    assert [(chip.title, chip.label, chip.excluded) for chip in chips] == [
        ("Person", "Milan Mojsilović", True),
        ("Country", "Azerbaijan (about)", False),
        ("Date", "2023", False),
    ]
    assert chips[0].remove_name == "Person not Milan Mojsilović no change: remove filter"
    assert args(chips[1].remove_href) == [
        ("q", "Hasanov"),
        ("person", "-Milan Mojsilović"),
        ("from", "2023-01-01"),
        ("to", "2023-12-31"),
    ]
    assert args(view_of(path).clear_href) == [("q", "Hasanov")]


@pytest.mark.parametrize(
    ("tail", "steps"),
    [
        pytest.param("", [], id="unbound"),
        pytest.param("from=2024&to=2024", ["All dates", "2024"], id="year"),
        pytest.param("from=2024-06&to=2024-06", ["All dates", "2024", "June 2024"], id="month"),
        pytest.param(
            "from=2024-06-20&to=2024-06-20", ["All dates", "2024", "June 2024", "20 June 2024"], id="day"
        ),
        pytest.param(
            "from=2024-06-02&to=2024-07-03", ["All dates", "2024", "2 June 2024 – 3 July 2024"], id="part"
        ),
        pytest.param("from=2023", ["All dates", "from 1 January 2023"], id="open"),
    ],
)
def test_the_trail_leads_from_all_dates_down(view_of, tail, steps):
    trail = facet(view_of(f"/search?{tail}"), "date").trail
    assert [step.label for step in trail] == steps
    assert [step.current for step in trail] == [False] * (len(steps) - 1) + [True] * bool(steps)


def test_the_period_form_sends_everything_else_along(view_of):
    form = facet(view_of("/search?q=Hasanov&country=GE&from=2023-01-05&page=1&sort=newest"), "date").form
    assert (form.first, form.last) == ("2023-01-05", "")
    assert form.hidden == (("q", "Hasanov"), ("country", "GE"), ("sort", "newest"))


def test_a_left_out_value_stays_to_be_let_in_again(view_of):
    held = choice(view_of("/search?q=Hasanov&country=-GE"), "country", "Georgia")
    assert held.selected == "left out"
    assert args(held.href) == [("q", "Hasanov")]
