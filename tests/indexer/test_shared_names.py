import pytest

from indexer.place_evidence import Evidence, Reading
from indexer.places import cut, entry_of, find_places
from indexer.shared_names import cue, georgia, is_town, local_town, town_of


def first(text):
    """Return a text cut into words, and its first candidate."""
    words = cut(text)
    return words, find_places(words)[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("A Lebanon woman sang.", True, id="woman"),
        pytest.param("He moved to 40 Oak St., Lebanon.", True, id="address"),
        pytest.param("He moved to 40 Oak Ave, Lebanon.", True, id="address-without-stop"),
        pytest.param("Women of Lebanon sang.", False, id="people-of"),
        pytest.param("Lebanon, a woman said, is calm.", False, id="comma-between"),
    ],
)
def test_town_by_the_words_beside_it(text, expected):
    assert is_town(*first(text)) is expected


@pytest.mark.parametrize(
    ("key", "area"),
    [
        pytest.param("lebanon", "TN", id="largest"),
        pytest.param("kazakhstan", None, id="none"),
        pytest.param("paris", None, id="no-country"),
    ],
)
def test_town_of(key, area):
    town = town_of(entry_of(key).senses)
    assert (town and town.area) == area


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        pytest.param("The governor of Georgia spoke.", 1, id="governor"),
        pytest.param("Senator Anna Holm of Georgia spoke.", 1, id="senator-by-name"),
        pytest.param("Georgia's prime minister spoke.", -1, id="minister"),
        pytest.param("The minister spoke. Georgia waited.", 0, id="another-sentence"),
        pytest.param("Georgia waited.", 0, id="nothing"),
    ],
)
def test_cue(text, sign):
    found = cue(*first(text))
    assert (found > 0) - (found < 0) == sign


@pytest.mark.parametrize(
    ("readings", "expected"),
    [
        pytest.param([], "GE", id="alone"),
        pytest.param([("US", "AL")], "US", id="beside-alabama"),
        pytest.param([("US", "AL"), ("AM", ""), ("RU", "")], "GE", id="more-of-the-caucasus"),
    ],
)
def test_georgia_by_the_rest_of_the_article(readings, expected):
    evidence = Evidence.of(Reading(0, 1, (code,), "rule", area) for code, area in readings)
    assert georgia(*first("Georgia waited."), evidence).codes == (expected,)


def test_local_town_needs_an_article_that_stays_at_home():
    senses = entry_of("lebanon").senses
    ohio = [Reading(0, 1, ("US",), "city", "OH")] * 2
    town = local_town(senses, Evidence.of(ohio))
    assert town is not None
    assert town.area == "OH"
    assert local_town(senses, Evidence.of([*ohio, Reading(0, 1, ("IL",), "capital")])) is None
    assert local_town(senses, Evidence.of(ohio[:1])) is None
