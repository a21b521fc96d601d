"""The rules of the house, read from the source: who may import whom, how long things are, what lies where."""

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("search", "indexer", "web")
MODULE_LINES, FUNCTION_LINES, PUBLIC_NAMES = 400, 40, 12

REQUIRED = {"pyproject.toml", "README.md", "search", "indexer", "web", "seeds", "tests"}
ALLOWED = REQUIRED | {
    ".ci",
    ".gitignore",
    "bench",
    "CHANGELOG.md",
    "docs",
    "LICENSE",
    "Makefile",
    "NOTICE",
    "requirements.lock",
}

# Every module of search has its layer here; it imports from its own layer and from those written above it.
LAYERS = (
    (
        "search.domain",
        "search.errors",
        "search.intact",
        "search.syntax",
        "search.nodes",
        "search.limits",
        "search.sequence",
        "search.score",
        "search.function_words",
        "search.aliases",
        "search.judgments",
        "search.given",
    ),
    (
        "search.schema",
        "search.tokens",
        "search.periods",
        "search.fields",
        "search.facets",
        "search.lexemes",
        "search.names",
        "search.order",
        "search.record",
        "search.signatures",
        "search.terms",
        "search.globs",
        "search.completing",
    ),
    (
        "search.leaves",
        "search.parse",
        "search.plan",
        "search.expand",
        "search.explain",
        "search.places",
        "search.highlight",
        "search.passages",
        "search.picked",
        "search.hits",
    ),
    ("search.engine",),
    ("search.engines",),
    (
        "search.generation",
        "search.run",
        "search.ranking",
        "search.counting",
        "search.spelling",
        "search.relax",
        "search.suggest",
        "search.answer_json",
        "search.answer_schema",
    ),
    ("search.verify",),
    ("search.commands",),
)

# A library is named in one place: the modules, or packages, that may import it.
ROOMS = {
    "whoosh": ("search.engines.whoosh",),
    "opensearchpy": ("search.engines.opensearch",),
    "flask": ("web",),
    "rcssmin": ("web.static_files",),
    "rjsmin": ("web.static_files",),
    "werkzeug": ("web",),
    "jinja2": ("web",),
    "gunicorn": ("web",),
    "trafilatura": ("indexer.page",),
    "htmldate": ("indexer.page",),
    "spacy": ("indexer.spacy_tagger",),
    "lxml": ("indexer.page",),
    "Stemmer": ("search.tokens",),
}

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
ENTRY_POINTS = {*PROJECT["scripts"].values(), *PROJECT["entry-points"]["dateline.commands"].values()}

COMPUTED = "a computed name"
VAGUE = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "misc"}


class Import(NamedTuple):
    """One import: the dotted name that is needed, its line, and the module asked for to get it."""

    name: str
    line: int
    asked: str
    relative: bool = False


def imports(source: str) -> Iterator[Import]:
    """Yield what a source imports, late imports and imports by a string too.

    `from a import b` needs `a.b`, be it a module or a name in one.
    """
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (Import(alias.name, node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            asked = node.module or ""
            for alias in node.names:
                yield Import(f"{asked}.{alias.name}", node.lineno, asked, node.level > 0)
        elif isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in (
            "import_module",
            "__import__",
        ):
            given = node.args[0]
            name = str(given.value) if isinstance(given, ast.Constant) else COMPUTED
            yield Import(name, node.lineno, name)


def within(name: str, package: str) -> bool:
    """Return whether a dotted name is the package or lies in it."""
    return f"{name}.".startswith(f"{package}.")


def layer(name: str) -> int | None:
    """Return the line of LAYERS that a module of search stands on, or None if it has no place."""
    return next((i for i, names in enumerate(LAYERS) if any(within(name, known) for known in names)), None)


def import_faults(module: str, source: str) -> list[str]:
    """Return a sentence for each import that the house forbids to this module."""
    home = module.split(".")[0]
    faults = []
    for needed in imports(source):
        faults += [f"{module}:{needed.line} {fault}" for fault in faults_of(module, home, needed)]
    return faults


def faults_of(module: str, home: str, needed: Import) -> Iterator[str]:
    """Yield what is wrong with one import."""
    top = needed.name.split(".")[0]
    if needed.relative:
        yield "imports relatively"
    if needed.name == COMPUTED:
        yield f"imports {COMPUTED}, which no rule can follow"
    if top in PACKAGES and top not in (home, "search"):
        yield f"{home} may not know {top}"
    if home in PACKAGES and top in ("bench", "tests"):
        yield f"nothing may import {top}"
    if needed.asked == home != module and (needed.name == home or needed.name not in MODULES):
        yield f"imports its own package through {home}/__init__.py"
    if top in ROOMS and not any(within(module, room) for room in ROOMS[top]):
        yield f"{top} is imported only in {', '.join(ROOMS[top])}"
    mine, theirs = layer(module), layer(needed.name)
    if home == top == "search" and None not in (mine, theirs) and theirs > mine:
        yield f"{module} stands below {needed.name}"


def size_faults(module: str, source: str) -> list[str]:
    """Return a sentence for each thing that is too long."""
    faults = []
    lines = len(source.splitlines())
    if lines > MODULE_LINES:
        faults.append(f"{module}: {lines} lines")
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = node.end_lineno - node.lineno + 1
            if length > FUNCTION_LINES:
                faults.append(f"{module}:{node.lineno} {node.name}: {length} lines")
    return faults


def init_faults(module: str, source: str) -> list[str]:
    """Return a sentence for each statement that a package's __init__ may not hold.

    It teaches (a docstring) and names (imports, `__all__`); only web's also makes the application.
    """
    body = ast.parse(source).body
    faults = [] if not body or ast.get_docstring(ast.parse(source)) else [f"{module}: no docstring"]
    public = 0
    for node in body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            public += len(node.names)
        elif not allowed_in_init(module, node):
            faults.append(f"{module}:{node.lineno} holds code")
    if module != "web" and public > PUBLIC_NAMES:
        faults.append(f"{module}: {public} public names")
    return faults


def allowed_in_init(module: str, node: ast.stmt) -> bool:
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    if isinstance(node, ast.Assign):
        return ast.unparse(node.targets[0]) == "__all__"
    return module == "web" and isinstance(node, ast.FunctionDef)


def name_faults(path: Path) -> list[str]:
    """Return a sentence for each part of a source path that hides the standard library or says nothing."""
    faults = []
    if path.stem in sys.stdlib_module_names and path.stem != "__init__":
        faults.append(f"{path} shadows the standard library's {path.stem}")
    faults += [f"{path}: {word} is no name" for part in path.parts for word in words(part) & VAGUE]
    if path.parts[0] == "tests" and path.name == "__init__.py":
        faults.append(f"{path} makes a package of the tests")
    return faults


def words(part: str) -> set[str]:
    return set(part.removesuffix(".py").split("_"))


def cycles(graph: dict[str, set[str]]) -> set[frozenset[str]]:
    """Return the sets of modules that can reach each other."""
    reach = {name: set(needs) for name, needs in graph.items()}
    for middle in graph:
        for name in graph:
            if middle in reach[name]:
                reach[name] |= reach[middle]
    return {
        frozenset({name, *(other for other in reach[name] if name in reach.get(other, ()))})
        for name in graph
        if name in reach[name]
    }


def sources(*folders: str) -> list[Path]:
    """Return the Python files under the folders, relative to the root, in order."""
    return sorted(path.relative_to(ROOT) for folder in folders for path in (ROOT / folder).rglob("*.py"))


def dotted(path: Path) -> str:
    """Return the dotted name of a source file."""
    return ".".join(path.with_suffix("").parts).removesuffix(".__init__")


MODULES = {dotted(path): (ROOT / path).read_text(encoding="utf-8") for path in sources(*PACKAGES)}


def module_of(name: str) -> str | None:
    """Return the module of ours that a dotted name lies in."""
    while name and name not in MODULES:
        name = name.rpartition(".")[0]
    return name or None


def test_there_is_a_house():
    """The rules below hold of something: an empty list of modules would pass them all."""
    assert {"search.domain", "search.engine"} <= set(MODULES)


@pytest.mark.parametrize("module", MODULES)
def test_imports(module):
    assert import_faults(module, MODULES[module]) == []


@pytest.mark.parametrize("module", [name for name in MODULES if name.startswith("search.")])
def test_every_module_of_search_has_a_layer(module):
    assert layer(module) is not None, f"give {module} its place in LAYERS"


def test_no_cycles():
    graph = {
        module: {found for needed in imports(source) if (found := module_of(needed.name))} - {module}
        for module, source in MODULES.items()
    }
    assert cycles(graph) == set()


@pytest.mark.parametrize("path", sources("tests", "bench"), ids=str)
def test_bench_is_imported_by_nothing(path):
    """No package or test imports bench; its programs share only modules that lie beside them."""
    assert not [i for i in imports((ROOT / path).read_text(encoding="utf-8")) if i.name.startswith("bench")]


@pytest.mark.parametrize("module", MODULES)
def test_sizes(module):
    assert size_faults(module, MODULES[module]) == []


@pytest.mark.parametrize("path", sources(*PACKAGES, "tests", "bench"), ids=str)
def test_names(path):
    assert name_faults(path) == []


@pytest.mark.parametrize("path", [path for path in sources(*PACKAGES) if path.name == "__init__.py"], ids=str)
def test_package_pages_hold_no_code(path):
    assert init_faults(dotted(path), MODULES[dotted(path)]) == []


def test_top_level():
    """Exactly the entries that the project was planned with."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout, so what belongs to the project cannot be told from what was made")
    listed = subprocess.run(
        ["git", "-c", f"safe.directory={ROOT}", "ls-files"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    )
    entries = {line.split("/")[0] for line in listed.stdout.splitlines()}
    assert entries >= REQUIRED
    assert entries <= ALLOWED


@pytest.mark.parametrize("target", sorted(ENTRY_POINTS))
def test_entry_point_loads_by_itself(target):
    """Each is the first import of some process: none may need another module imported before it."""
    module, _, name = target.partition(":")
    program = f"import {module} as module; module.{name}"
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True)


# The rules can fail: each is shown something it must refuse, and its neighbour that it must not.


@pytest.mark.parametrize(
    ("module", "source", "fault"),
    [
        pytest.param("search.run", "import web", "search may not know web", id="search-knows-web"),
        pytest.param(
            "search.run", "from indexer.read import x", "search may not know indexer", id="knows-indexer"
        ),
        pytest.param("web.views", "import indexer.read", "web may not know indexer", id="web-meets-indexer"),
        pytest.param(
            "indexer.write", "from web.api import x", "indexer may not know web", id="indexer-meets-web"
        ),
        pytest.param(
            "search.run",
            "def f():\n    from web import x",
            "search may not know web",
            id="late-import-counts",
        ),
        pytest.param(
            "search.run",
            "import importlib\nimportlib.import_module('web.api')",
            "search may not know web",
            id="import-by-string-counts",
        ),
        pytest.param(
            "web.api", "__import__(name)", "imports a computed name", id="import-by-computed-string"
        ),
        pytest.param("search.run", "from .domain import Article", "imports relatively", id="relative"),
        pytest.param(
            "search.run", "import search", "imports its own package through search", id="own-package"
        ),
        pytest.param(
            "search.run", "from search import Article", "imports its own package", id="name-of-own-package"
        ),
        pytest.param("web.views", "import bench.fuzz", "nothing may import bench", id="bench"),
        pytest.param("search.run", "import whoosh.index", "whoosh is imported only in", id="whoosh-outside"),
        pytest.param("search.errors", "from flask import abort", "flask is imported only in", id="flask"),
        pytest.param("indexer.title", "import lxml.html", "lxml is imported only in indexer.page", id="lxml"),
        pytest.param("search.domain", "from search.run import x", "search.domain stands below", id="upwards"),
        pytest.param(
            "search.plan", "from search.engines.memory import x", "search.plan stands below", id="engines"
        ),
    ],
)
def test_import_rules_refuse(module, source, fault):
    faults = import_faults(module, source)
    assert any(fault in found for found in faults), faults


@pytest.mark.parametrize(
    ("module", "source"),
    [
        pytest.param("web.views", "from search.run import x", id="web-knows-search"),
        pytest.param("search.run", "from search import domain", id="module-of-own-package"),
        pytest.param("search.engines.whoosh.index", "import whoosh.index", id="whoosh-in-its-room"),
        pytest.param("indexer.page", "import lxml.html", id="lxml-in-its-room"),
        pytest.param("search.run", "from search.engines.memory import x", id="downwards"),
        pytest.param("web", "from web.api import x", id="package-page-names-its-modules"),
        pytest.param("search.run", "import searching, webbrowser", id="same-beginning"),
    ],
)
def test_import_rules_allow(module, source):
    assert import_faults(module, source) == []


def test_size_rules_refuse():
    long_function = "def f():\n" + "    x = 1\n" * FUNCTION_LINES
    assert size_faults("m", long_function) == [f"m:1 f: {FUNCTION_LINES + 1} lines"]
    assert size_faults("m", "x = 1\n" * (MODULE_LINES + 1)) == [f"m: {MODULE_LINES + 1} lines"]
    assert size_faults("m", "x = 1\n" * MODULE_LINES) == []


@pytest.mark.parametrize(
    ("module", "source", "clean"),
    [
        pytest.param("search", '"""Teaches."""\n__all__ = ["a"]\n', True, id="docstring-and-names"),
        pytest.param("search", '"""Teaches."""\nx = 1\n', False, id="assignment"),
        pytest.param("search", '"""Teaches."""\ndef f(): ...\n', False, id="function"),
        pytest.param("web", '"""Teaches."""\ndef create_app(): ...\n', True, id="create-app"),
        pytest.param("search", "import x\n", False, id="teaches-nothing"),
        pytest.param("search", "", True, id="empty"),
        pytest.param(
            "search", '"""Teaches."""\nfrom a import b, c, d, e, f, g, h, i, j, k, l, m, n', False, id="13"
        ),
    ],
)
def test_init_rules(module, source, clean):
    assert (init_faults(module, source) == []) is clean


@pytest.mark.parametrize(
    ("path", "clean"),
    [
        pytest.param("search/parse.py", True, id="plain"),
        pytest.param("web/html.py", False, id="shadows"),
        pytest.param("web/utils.py", False, id="utils"),
        pytest.param("web/date_helpers.py", False, id="helpers-in-a-name"),
        pytest.param("tests/search/__init__.py", False, id="test-package"),
        pytest.param("search/__init__.py", True, id="package"),
    ],
)
def test_name_rules(path, clean):
    assert (name_faults(Path(path)) == []) is clean


def test_cycle_rule():
    assert cycles({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}) == {frozenset("abc")}
    assert cycles({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == set()
