"""What the house promises of itself: rooms that import downwards only, terms that exist."""

import ast
import re
import subprocess
import sys
import tomllib
from importlib import import_module
from pathlib import Path

import pyoxigraph as ox
import pytest

from compgraph import terms
from compgraph.workspace import own
from tests.conftest import ROOT

MODULES = sorted((ROOT / "src/compgraph").rglob("*.py"))
ROOMS = {"src": 300, "benchmarks": 300, ".ci": 300, "tests": 450}
"""How many lines a module may have. Tests may have more: they are read one by one, and each stands alone."""


def test_data_flows_one_way() -> None:
    """The layers in pyproject.toml, exhaustive, so that a new room must say where it lives; and no circle in any."""
    script = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([script, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "2 kept, 0 broken" in done.stdout


def test_our_terms_are_in_the_ontology() -> None:
    defined = {
        quad.subject.value
        for quad in ox.parse(path=str(ROOT / "ontology/compgraph.ttl"))
        if isinstance(quad.subject, ox.NamedNode)
    }
    ours = {name: value for name, value in vars(terms).items() if isinstance(value, str) and value.startswith(terms.CG)}
    assert len(ours) > 5
    assert {name for name, value in ours.items() if value not in defined and value != terms.CG} == set()


@pytest.mark.parametrize("folder", ROOMS)
def test_modules_are_small_and_say_what_they_are_for(folder: str) -> None:
    texts = {path: path.read_text() for path in (ROOT / folder).rglob("*.py")}
    assert texts
    assert [path for path, text in texts.items() if text.count("\n") > ROOMS[folder]] == []
    assert [path for path, text in texts.items() if text and not ast.get_docstring(ast.parse(text))] == []


ENGINES = {
    "pyoxigraph": {"tidy", "load", "exchange", "reason", "store", "questions", "validate", "pages", "publish", "serve"},
    "rdflib": {"load", "reason", "validate"},
}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT / "src")))
def test_engines_are_known_to_their_rooms_alone(path: Path) -> None:
    room = path.relative_to(ROOT / "src/compgraph").parts[0].removesuffix(".py")
    for node in ast.walk(ast.parse(path.read_text())):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        for name in names:
            rooms = ENGINES.get(name.partition(".")[0])
            assert rooms is None or room in rooms, f"{room} imports {name}"


EXPORTING = [path for path in MODULES if "\n__all__ = [" in path.read_text()]


@pytest.mark.parametrize("path", EXPORTING, ids=lambda path: str(path.relative_to(ROOT / "src")))
def test_what_a_module_exports_is_there_and_sorted(path: Path) -> None:
    """As ruff sorts: constants, then classes, then all else."""
    parts = path.relative_to(ROOT / "src").with_suffix("").parts
    module = import_module(".".join(parts).removesuffix(".__init__"))
    names = list(module.__all__)
    assert names == sorted(set(names), key=lambda name: (not name.isupper(), not name[0].isupper(), name))
    assert [name for name in names if not hasattr(module, name)] == []


def test_in_a_checkout_its_own_folders_win() -> None:
    assert own() == ROOT


IMPORTED_AS = {"pyyaml": "yaml", "sparqlwrapper": "SPARQLWrapper"}
"""Packages whose module goes by another name."""
RUN_AS = {
    "hatchling": '"-m", "hatchling"',
    "import-linter": "lint-imports",
    "mypy": "-m mypy",
    "ruff": "-m ruff",
    "schemathesis": 'with_name("st")',
}
"""Packages that are programs, and how they are called in the Makefile or a test."""
PLUGINS = {"httptools", "pytest-xdist", "rfc3339-validator", "rfc3986-validator"}
"""Packages that another one finds by itself."""


def _declared() -> dict[str, set[str]]:
    """What pyproject.toml asks for: to run, and by extra."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = {"": project["dependencies"], **project["optional-dependencies"]}
    return {extra: {re.split(r"[<>=!~\[;]", each)[0] for each in names} for extra, names in wanted.items()}


def test_every_dependency_has_a_reason() -> None:
    page = (ROOT / "docs/dependencies.md").read_text()
    rows = [line.split("|")[1] for line in page.splitlines() if line.startswith("| `")]
    told = [name for cell in rows for name in re.findall(r"`([^`]+)`", cell)]
    assert sorted(told) == sorted(set().union(*_declared().values()))


def test_no_dependency_is_unused() -> None:
    """What the product asks for is imported in it; what the tests ask for, in them, or it is run by them."""
    tests = [ROOT / "tests", ROOT / ".ci", ROOT / "benchmarks"]
    for extra, names in _declared().items():
        folders = tests if extra == "test" else [ROOT / "src"]
        text = "\n".join(path.read_text() for folder in folders for path in sorted(folder.rglob("*.py")))
        calls = text + (ROOT / "Makefile").read_text()
        for name in sorted(name for name in names - PLUGINS if not name.startswith("types-")):
            module = IMPORTED_AS.get(name, name.replace("-", "_"))
            imported = rf'^ *(from|import) {module}\b|: "{module}"'  # or by its name, of which the engines have a table
            found = RUN_AS[name] in calls if name in RUN_AS else re.search(imported, text, re.MULTILINE)
            assert found, f"nothing uses {name}: take it out of pyproject.toml and docs/dependencies.md"
