"""Suite `dates`: a day, another day, a month, and nothing."""

import json

import pytest

from indexer.evaluation.dates import measure
from indexer.evaluation.sample import Sample
from search.errors import CorpusError


def measured(tmp_path, *dates):
    """Measure pages of which each is dated by its own meta element, None being none; gold is 2 January."""
    gold = {}
    for at, date in enumerate(dates):
        head = f'<meta property="article:published_time" content="{date}">' if date else ""
        page = (
            f"<title>Tram</title>{head}<article><p>The tram runs again, and nobody knows why.</p></article>"
        )
        (tmp_path / f"p{at}.html").write_text(page)
        gold[f"p{at}"] = {"date": "2024-01-02"}
    (tmp_path / "gold.json").write_text(json.dumps(gold))
    return measure(tmp_path, Sample())


@pytest.mark.parametrize(
    ("date", "outcome"),
    [
        pytest.param("2024-01-02", "exact", id="exact"),
        pytest.param("2024-01-03", "wrong", id="wrong"),
        pytest.param(None, "undated", id="undated"),
    ],
)
def test_outcome(tmp_path, date, outcome):
    found = measured(tmp_path, date)
    told = dict(found.counts)
    assert [kind for kind in ("exact", "wrong", "imprecise", "undated", "refused") if told[kind]] == [outcome]
    assert [kind.kind for kind in found.errors] == ([] if outcome == "exact" else [outcome])


def test_a_month_is_missed_and_not_wrong(tmp_path):
    row = {"url": "https://x.example/2024/01/tram", "html": "<title>T</title><p>The tram runs again.</p>"}
    path = tmp_path / "rows.jsonl"
    path.write_text(json.dumps(row | {"gold_date": "2024-01-02"}))
    found = measure(path, Sample())
    assert (dict(found.counts)["imprecise"], dict(found.counts)["wrong"]) == (1, 0)


def test_figures(tmp_path):
    """Two of four right, one wrong, one undated."""
    found = dict(measured(tmp_path, "2024-01-02", "2024-01-02", "2023-01-02", None).figures)
    assert found["precision"] == pytest.approx(2 / 3)
    assert found["recall"] == found["exact"] == 0.5


@pytest.mark.parametrize("day", ["January 2024", "2024-02-30", "2024-99-01", "20240102"])
def test_gold_that_is_no_day_is_refused(tmp_path, day):
    (tmp_path / "gold.json").write_text(json.dumps({"a": {"date": day}}))
    (tmp_path / "a.html").write_text("<p>x</p>")
    with pytest.raises(CorpusError, match=f"'{day}', not YYYY-MM-DD"):
        measure(tmp_path, Sample())
