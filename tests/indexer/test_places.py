import pytest

from indexer.names import folded, read_countries
from indexer.places import country_named, cut, entry_of, find_places, is_place


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        pytest.param("IR", ("IR", "Iran"), id="alpha-2"),
        pytest.param("ir", ("IR", "Iran"), id="alpha-2-small"),
        pytest.param("TUR", ("TR", "Turkey"), id="alpha-3"),
        pytest.param("Türkiye", ("TR", "Turkey"), id="own-name"),
        pytest.param("TURKIYE", ("TR", "Turkey"), id="no-accents"),
        pytest.param("azerbaijan", ("AZ", "Azerbaijan"), id="small-letters"),
        pytest.param("côte d’ivoire", ("CI", "Ivory Coast"), id="curly-quote"),
        pytest.param("the Netherlands", ("NL", "Netherlands"), id="article"),
        pytest.param("Russian Federation", ("RU", "Russia"), id="official"),
        pytest.param("U.S.", ("US", "United States"), id="dotted"),
        pytest.param("uk", ("GB", "United Kingdom"), id="not-a-code"),
        pytest.param("South Korea", ("KR", "South Korea"), id="korea"),
        pytest.param("Republic of Korea", ("KR", "South Korea"), id="korea-official"),
        pytest.param("xk", ("XK", "Kosovo"), id="kosovo"),
        pytest.param("Georgia", ("GE", "Georgia"), id="country-before-state"),
        pytest.param("Burma", ("MM", "Myanmar"), id="former-name"),
        pytest.param("USSR", ("RU", "Russia"), id="former-state"),
        pytest.param("Serbian", None, id="demonym"),
        pytest.param("Baku", None, id="city"),
        pytest.param("European Union", None, id="union"),
        pytest.param("zz", None, id="no-code"),
        pytest.param("", None, id="empty"),
        pytest.param("\ud800", None, id="surrogate"),
        pytest.param("Iran " * 1000, None, id="long"),
    ],
)
def test_country_named(given, expected):
    assert country_named(given) == expected


def test_every_country_is_found_by_its_codes_and_its_display_name():
    for code, country in read_countries().items():
        for name in (code, country.alpha_3, country.display, country.display.upper()):
            found = country_named(name)
            assert found is not None, name
            assert found[1] == read_countries()[found[0]].display
            assert found[0] == code or name.casefold() == "congo", name


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param("Azerbaijan", True, id="country"),
        pytest.param("AZERBAIJAN", True, id="capitals"),
        pytest.param("Serbian", True, id="demonym"),
        pytest.param("Baku", True, id="capital"),
        pytest.param("Chicago", True, id="large-city"),
        pytest.param("Texas", True, id="state"),
        pytest.param("US", True, id="acronym"),
        pytest.param("us", False, id="pronoun"),
        pytest.param("In", False, id="postal-code"),
        pytest.param("Visits", False, id="verb"),
        pytest.param("Visits Azerbaijan", False, id="more-than-a-place"),
        pytest.param("Hasanov", False, id="person"),
        pytest.param("azerbaijan", False, id="small-letters"),
        pytest.param("Gulf of Mexico", False, id="no-country"),
        pytest.param("", False, id="empty"),
    ],
)
def test_is_place(words, expected):
    assert is_place(words) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("New York City", ["New York City"], id="longest"),
        pytest.param("Papua New\n   Guinea", ["Papua New\n   Guinea"], id="over-a-line-break"),
        pytest.param("Papua New\n\nGuinea", ["Guinea"], id="not-over-a-paragraph"),
        pytest.param("St. Petersburg", ["St. Petersburg"], id="abbreviated-saint"),
        pytest.param("Isle of Man", ["Isle of Man"], id="small-word-inside"),
        pytest.param("the U.S. army", ["U.S."], id="full-stop-kept"),
        pytest.param("Guinea–Bissau", ["Guinea", "Bissau"], id="dash-parts"),
        pytest.param("south korea", [], id="small-letters"),
    ],
)
def test_find_places(text, expected):
    words = cut(text)
    found = [text[c.start : c.end] for c in find_places(words)]
    assert [surface for surface in found if surface != "Papua"] == expected


def test_taken_spans_are_left_out():
    text = "Iran and Iraq and Iran"
    assert [c.start for c in find_places(cut(text), taken=[(9, 13), (0, 2)])] == [18]


@pytest.mark.parametrize(
    "key", ["paris", "georgia", "saint paul", "st paul", "walker county", "koln", "cologne"]
)
def test_entry_of_knows_only_listed_countries(key):
    entry = entry_of(folded(key))
    assert entry is not None
    assert entry.senses
    assert all(set(sense.codes) <= set(read_countries()) for sense in entry.senses)
