"""Suite `countries`: fair codes, roles that count, and the articles abroad."""

import json

import pytest

from indexer.evaluation.countries import measure
from indexer.evaluation.sample import Sample
from search.errors import CorpusError

FRANCE = "France's parliament voted on Monday. The French president in Paris said that France would wait."
KENYA = "Kenya's parliament voted on Monday. The Kenyan president in Nairobi said that Kenya would wait."


def measured(tmp_path, *rows):
    path = tmp_path / "countries.jsonl"
    path.write_text("".join(json.dumps({"title": "Vote", **row}) + "\n" for row in rows))
    return measure(path, Sample())


@pytest.mark.parametrize(
    ("gold", "counts"),
    [
        pytest.param(["FR"], (1, 0, 0), id="code"),
        pytest.param([["BE", "FR"]], (1, 0, 0), id="any-fair-code"),
        pytest.param(["FR", "BE"], (1, 0, 1), id="one-missed"),
        pytest.param(["BE"], (0, 1, 1), id="another"),
        pytest.param([], (0, 1, 0), id="none"),
    ],
)
def test_codes_are_compared(tmp_path, gold, counts):
    told = dict(measured(tmp_path, {"text": FRANCE, "gold_places": gold}).counts)
    assert (told["right"], told["wrong"], told["missed"]) == counts


def test_given_countries_are_not_read(tmp_path):
    row = {"text": FRANCE, "countries": ["KE"], "gold_places": ["FR"]}
    assert dict(measured(tmp_path, row).figures)["f1"] == 1.0


def test_abroad_leaves_out_the_commonest_country_alone(tmp_path):
    """Two articles of France, one of them wrongly gold, and one of Kenya: only Kenya's is abroad."""
    french = {"text": FRANCE, "gold_places": ["FR"]}
    kenyan = {"text": KENYA, "gold_places": ["KE"]}
    found = measured(tmp_path, french, {"text": KENYA, "gold_places": ["FR"]}, kenyan)
    assert dict(found.figures)["f1_abroad"] == 1.0
    assert dict(found.figures)["f1"] < 1.0
    assert {(kind.kind, slip.what) for kind in found.errors for slip in kind.worst} == {
        ("missed", "FR"),
        ("wrong", "KE"),
    }


@pytest.mark.parametrize("gold", [["fr"], ["FRA"], [[]], [7], [["FR", None]], "FR", None], ids=str)
def test_bad_gold_is_named(tmp_path, gold):
    with pytest.raises(CorpusError, match=r"countries\.jsonl:1: .*gold_places"):
        measured(tmp_path, {"text": FRANCE, "gold_places": gold})
