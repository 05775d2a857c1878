"""What the house promises of itself: rooms that import downwards only, terms that exist."""

import ast
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from compgraph import terms
from compgraph.workspace import own
from tests.conftest import ROOT

MODULES = sorted((ROOT / "src/compgraph").rglob("*.py"))


def test_data_flows_one_way() -> None:
    """The layers in pyproject.toml; exhaustive, so that a new room must say where it lives."""
    script = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([script, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 kept, 0 broken" in done.stdout


def test_our_terms_are_in_the_ontology() -> None:
    defined = {
        quad.subject.value
        for quad in ox.parse(path=str(ROOT / "ontology/compgraph.ttl"))
        if isinstance(quad.subject, ox.NamedNode)
    }
    ours = {name: value for name, value in vars(terms).items() if isinstance(value, str) and value.startswith(terms.CG)}
    assert len(ours) > 5
    assert {name for name, value in ours.items() if value not in defined and value != terms.CG} == set()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT / "src")))
def test_modules_are_small_and_say_what_they_are_for(path: Path) -> None:
    text = path.read_text()
    assert text.count("\n") <= 300
    assert ast.get_docstring(ast.parse(text))


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


def test_in_a_checkout_its_own_folders_win() -> None:
    assert own() == ROOT
