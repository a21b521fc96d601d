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


@pytest.mark.parametrize(
    ("given", "joined"),
    [
        pytest.param((), {"Bratislav Gasic": "Bratislav Gašić"}, id="none"),
        pytest.param(("Bratislav Gašić",), {"Bratislav Gasic": "Bratislav Gašić"}, id="the-commonest"),
        pytest.param(("Bratislav Gasic",), {"Bratislav Gašić": "Bratislav Gasic"}, id="another"),
        pytest.param(("Bratislav Gasic", "Bratislav Gašić"), {}, id="both-stay"),
        pytest.param(("BRATISLAV GASIC",), {"Bratislav Gasic": "Bratislav Gašić"}, id="one-found-nowhere"),
    ],
)
def test_found_names_are_joined_under_the_given_one(given, joined):
    names = ArchiveNames()
    for _ in range(2):
        names.add(ready(["Bratislav Gašić"]))
    names.add(ready(["Bratislav Gasic"], given))
    told = names.aliases()
    assert {name: alias.value for name, alias in told.items()} == joined
    assert all(alias.rule.startswith(f"same as {alias.value}: spelling with") for alias in told.values())


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
    told = under(found, pinned)
    assert told == under(found, set(), pinned)  # as names that articles give
    assert {name: alias.value for name, alias in told.items()} == stands_for
    assert all(alias.rule.startswith(f"same as {alias.value}:") for alias in told.values())


def test_a_pinned_name_goes_before_a_given_one_and_neither_is_lost():
    found = {"B": Alias("A", "same as A: case"), "C": Alias("A", "same as A: accents")}
    told = under(found, {"C"}, {"B"})
    assert {name: alias.value for name, alias in told.items()} == {"A": "C"}


def test_the_reason_is_that_of_the_two_names():
    heard = "transliteration, 1 shared person"
    found = {
        "Hans Mueller": Alias("Hans Müller", f"same as Hans Müller: {heard}"),
        "Hans Muller": Alias("Hans Müller", "same as Hans Müller: spelling without accents"),
    }
    assert {name: alias.rule for name, alias in under(found, {"Hans Muller"}).items()} == {
        "Hans Müller": "same as Hans Muller: spelling with other accents",
        "Hans Mueller": f"same as Hans Muller: {heard}",
    }
    assert {name: alias.rule for name, alias in under(found, {"Hans Mueller"}).items()} == {
        "Hans Müller": f"same as Hans Mueller: {heard}",
        "Hans Muller": f"same as Hans Mueller: {heard}",
    }
