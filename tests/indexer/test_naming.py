"""Which names of a rebuild are spellings of one."""

import json

import pytest
from click.testing import CliRunner

from indexer.naming import ArchiveNames, under
from indexer.work import Ready
from search.aliases import Alias
from search.commands import main


def ready(people=(), given=()):
    return Ready("id", "origin", b"", False, (), (), tuple(people), tuple(given), ("RS",))


def test_found_names_are_joined_and_given_ones_stay():
    for given, joined in (((), {"Bratislav Gasic"}), (("Bratislav Gasic",), set())):
        names = ArchiveNames()
        for _ in range(2):
            names.add(ready(["Bratislav Gašić"]))
        names.add(ready(["Bratislav Gasic"], given))
        assert set(names.aliases()) == joined


def test_an_archive_without_persons_joins_nothing():
    names = ArchiveNames()
    names.add(ready())
    assert names.aliases() == {}


def test_a_rebuild_counts_two_spellings_as_one_person(tmp_path):
    """Under the commoner spelling, with the reason in the receipt; the other is still understood."""
    source, index = tmp_path / "in", tmp_path / "index"
    source.mkdir()
    for at, name in enumerate(("Gašić", "Gašić", "Gasic")):
        body = f"General Bratislav {name} met the press number {at}. He left."
        (source / f"{at}.txt").write_text(f"Talks number {at}\n\n{body}\n", encoding="utf-8")
    run = CliRunner()
    told = run.invoke(main, ["rebuild", str(source), "--index", str(index)])
    assert told.exit_code == 0, told.output
    assert "1 spelling of persons' names counted under another" in told.output
    asked = run.invoke(main, ["search", 'person:"bratislav gasic"', "--json", "--index", str(index)])
    page = json.loads(asked.output)
    assert page["total"] == 3
    [person] = page["facets"]["person"]
    assert (person["value"], person["count"]) == ("Bratislav Gašić", 3)


@pytest.mark.parametrize(
    ("pinned", "stands_for"),
    [
        pytest.param(set(), {"B": "A", "C": "A"}, id="none"),
        pytest.param({"A"}, {"B": "A", "C": "A"}, id="the-value-itself"),
        pytest.param({"B"}, {"A": "B", "C": "B"}, id="a-spelling-becomes-the-value"),
        pytest.param({"B", "C"}, {}, id="two-stay-apart"),
        pytest.param({"A", "B"}, {"C": "A"}, id="the-value-and-another"),
    ],
)
def test_pinned_names_are_values(pinned, stands_for):
    found = {"B": Alias("A", "same as A: case"), "C": Alias("A", "same as A: accents")}
    told = under(found, frozenset(pinned))
    assert {name: alias.value for name, alias in told.items()} == stands_for
    assert all(alias.rule.startswith(f"same as {alias.value}:") for alias in told.values())
