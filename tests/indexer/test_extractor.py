"""Which extractor this is: another one whenever a module or list that extraction uses is another."""

import ast
from pathlib import Path

import pytest

from indexer import extractor as module
from indexer.extractor import APART, BELOW, extractor

ROOT = Path(__file__).parents[2]


def reached(name: str) -> set[str]:
    """Return the files of ours that a module imports, directly or not."""
    seen: set[str] = set()
    waiting = [name]
    while waiting:
        path = ROOT / (waiting.pop().replace(".", "/") + ".py")
        if not path.is_file() or str(path.relative_to(ROOT)) in seen:
            continue
        seen.add(str(path.relative_to(ROOT)))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                waiting += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return seen


def test_no_module_that_extraction_reaches_is_set_apart():
    files = reached("indexer.extract")
    assert "indexer/people.py" in files
    assert {path.removeprefix("indexer/") for path in files if path.startswith("indexer/")} & APART == set()
    below = {path.removeprefix("search/") for path in files if path.startswith("search/")}
    assert below - {"errors.py"} == set(BELOW)


@pytest.mark.parametrize("name", sorted(APART))
def test_what_is_set_apart_is_there(name):
    assert (ROOT / "indexer" / name).is_file()


def test_settings_and_code_make_another_extractor(monkeypatch):
    own = extractor()
    assert extractor() == own
    monkeypatch.setattr(module, "chosen_tagger_name", lambda: "spacy:quux 1.0")
    assert extractor() != own
    monkeypatch.undo()
    monkeypatch.setattr(module, "VERSION", 0)
    module._program.cache_clear()
    assert extractor() != own
    monkeypatch.undo()
    module._program.cache_clear()
    assert extractor() == own
