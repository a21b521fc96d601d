import pytest

from indexer.countries import tag_countries


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("She wrote in French at noon.", "", id="language-before-a-small-word"),
        pytest.param("She wrote in French and German.", "", id="two-languages"),
        pytest.param("She worked in French and German mines.", "DE FR", id="two-adjectives"),
        pytest.param("She spoke in German towns.", "DE", id="adjective"),
        pytest.param("Mr. English left.", "", id="titled"),
        pytest.param("Edward German left.", "", id="given-name-before"),
        pytest.param("Edward German Berg left.", "DE", id="a-surname-follows"),
        pytest.param("Dane Cook left.", "", id="given-name-itself"),
        pytest.param("The Dane Cook left.", "DK", id="led-by-an-article"),
        pytest.param("Dane Peter Cook left.", "DK", id="full-name-follows"),
        pytest.param("Irish setters ran to Irish setting suns.", "IE", id="breed"),
        pytest.param("Franco met Sino and Anglo.", "", id="prefixes-alone"),
        pytest.param("Anglo-Dutch and Franco-style firms", "GB NL", id="prefix-needs-a-people"),
    ],
)
def test_people_of_a_sentence(text, expected):
    assert {tag.code for tag in tag_countries("", text)} == set(expected.split())
