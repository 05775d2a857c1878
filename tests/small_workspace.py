"""A user's own small workspace, to be opened without compgraph's own data."""

from pathlib import Path

from compgraph.graph import Graph
from compgraph.store import Table
from compgraph.terms import CG, ID
from tests.conftest import ROOT

FRAMEWORK = f"""
@prefix cg: <{CG}> .
@prefix id: <{ID}> .
@prefix x: <{ID}x/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
id:x a cg:Framework ; skos:prefLabel "X"@en .
x:one a cg:Competency ; skos:prefLabel "One"@en ; skos:notation "1" ; skos:inScheme id:x .
x:two a cg:Competency ; skos:prefLabel "Two"@en ; skos:altLabel "Zwei"@de ; skos:inScheme id:x .
"""


def write(folder: Path) -> Path:
    """The folder, with two competencies and the ontology in it."""
    (folder / "data").mkdir(parents=True)
    (folder / "ontology").mkdir()
    (folder / "data/x.ttl").write_text(FRAMEWORK)
    (folder / "ontology/o.ttl").write_text((ROOT / "ontology/compgraph.ttl").read_text())
    return folder


def count(graph: Graph, pattern: str, *, asserted: bool = False) -> int:
    """How often a pattern is found."""
    answer = graph.sparql(f"SELECT (COUNT(*) AS ?n) WHERE {{ {pattern} }}", asserted=asserted)
    assert isinstance(answer, Table)
    return int(answer.values()[0]["n"] or "")
