"""The lock files hold what pyproject.toml asks for, each package at one version and by its hashes."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
RUNTIME = (ROOT / "requirements.lock").read_text(encoding="utf-8")
TESTS = (ROOT / "tests/requirements.lock").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
MEND = "run `make lock`"
PACKAGES = ("search", "indexer", "web")
WITH_FLASK = ("werkzeug", "jinja2")
"""Parts of Flask in packages of their own: Flask's pages document them as its own."""


def pins(lock: str) -> dict[str, str]:
    """Return each package of a lock, its name in normal form, with its version."""
    return {normal(name): version for name, version in re.findall(r"^([\w.-]+)==(\S+)", lock, re.MULTILINE)}


def normal(requirement: str) -> str:
    """Return the name that a requirement asks for, spelled as all spellings of it are compared."""
    return re.sub(r"[-_.]+", "-", re.match(r"[\w.-]+", requirement)[0]).lower()


def imported() -> set[str]:
    """Return the libraries that the three packages import, by the names they are imported under."""
    sources = [path for folder in PACKAGES for path in (ROOT / folder).rglob("*.py")]
    nodes = [node for path in sources for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))]
    asked = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    asked += [node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)]
    # _typeshed is known to type checkers alone: no module of that name is ever imported.
    return {name.partition(".")[0] for name in asked} - {*PACKAGES, *sys.stdlib_module_names, "_typeshed"}


@pytest.mark.parametrize("library", sorted(imported() - set(WITH_FLASK)))
def test_what_is_imported_is_asked_for(library):
    """A library that only comes along with another is gone when that one changes its mind."""
    asked = {normal(requirement) for requirement in PROJECT["project"]["dependencies"]}
    assert {normal(name) for name in packages_distributions()[library]} & asked


@pytest.mark.parametrize("requirement", PROJECT["project"]["dependencies"])
def test_runtime_is_locked(requirement):
    assert normal(requirement) in pins(RUNTIME), MEND


@pytest.mark.parametrize("requirement", PROJECT["project"]["optional-dependencies"]["test"])
def test_test_packages_are_locked_apart(requirement):
    """A reader who only runs Dateline installs none of them."""
    assert normal(requirement) in pins(TESTS), MEND
    assert normal(requirement) not in pins(RUNTIME)


def test_exact_versions_are_the_locked_ones():
    asked = [*PROJECT["project"]["dependencies"], *PROJECT["build-system"]["requires"]]
    exact = pins("\n".join(asked))
    assert exact
    assert exact.items() <= pins(RUNTIME).items(), MEND


def test_tests_run_on_the_versions_that_ship():
    assert pins(RUNTIME).items() <= pins(TESTS).items(), MEND


@pytest.mark.parametrize("lock", [RUNTIME, TESTS], ids=["runtime", "tests"])
def test_every_pin_has_hashes_and_no_source_is_named(lock):
    blocks = re.split(r"^(?=[\w.-]+==)", lock, flags=re.MULTILINE)[1:]
    assert len(blocks) == len(pins(lock))
    assert all("--hash=sha256:" in block for block in blocks)
    assert "://" not in lock
    assert "--find-links" not in lock
