"""The W3C's SHACL test suite (../shared/suites/w3c-shacl), through our adapter of the engines."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlparse

import pyoxigraph as ox
import pytest
from rdflib import RDF, BNode, Graph, Namespace, URIRef

from compgraph.errors import ShapeError
from compgraph.load import to_rdflib
from compgraph.validate import Engine, Finding, available, validate
from compgraph.validate.shacl import read_report
from tests.conftest import SHARED

SUITE = SHARED / "suites/w3c-shacl/data-shapes-test-suite/tests"
SHT = Namespace("http://www.w3.org/ns/shacl-test#")
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
CASES = sorted(path for path in SUITE.rglob("*.ttl") if "sht:Validate" in path.read_text(encoding="utf-8"))

DIFFERING = {
    (Engine.PYSHACL, "sparql/node/prefixes-001"): "it does not follow owl:imports from sh:prefixes",
    (Engine.PYSHACL, "sparql/pre-binding/shapesGraph-001"): "it has no $shapesGraph, which SHACL leaves optional",
}
"""Where an engine does not give what the suite expects, and why."""

Compared = frozenset[tuple[object, ...]]


def named(path: Path) -> str:
    return str(path.relative_to(SUITE).with_suffix(""))


@cache
def triples(path: Path) -> list[ox.Triple]:
    return [quad.triple for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE, base_iri=path.as_uri())]


@cache
def graph(path: Path) -> Graph:
    return to_rdflib(triples(path))


def loosely(findings: Iterable[Finding]) -> Compared:
    """What the suite compares, one blank node being as good as another, and what is said twice as good as once."""
    return frozenset(
        (each.severity, masked(each.node), each.path, masked(each.value), each.component) for each in findings
    )


def masked(term: object) -> object:
    return "_:" if isinstance(term, BNode) else term


def referred(case: Path, role: URIRef) -> Path:
    (iri,) = graph(case).objects(None, role)
    return Path(unquote(urlparse(str(iri)).path))


def expected(case: Path) -> Compared | None:
    """The findings of the report in a test's manifest; None where the engine is to give up."""
    manifest, shapes = graph(case), graph(referred(case, SHT.shapesGraph))
    (test,) = manifest.subjects(RDF.type, SHT.Validate)
    result = manifest.value(test, MF.result)
    if result == SHT.Failure:
        return None
    return loosely(read_report(manifest, shapes))


def outcome(case: Path, engine: Engine) -> Compared | None:
    data, shapes = referred(case, SHT.dataGraph), referred(case, SHT.shapesGraph)
    try:
        return loosely(validate(triples(data), graph(shapes), engine=engine))
    except ShapeError:
        return None


@pytest.mark.needs_shared
def test_the_suite_is_there() -> None:
    assert len(CASES) == 121


@pytest.mark.needs_shared
@pytest.mark.parametrize("engine", available())
@pytest.mark.parametrize("case", CASES, ids=named)
def test_engine_finds_what_the_suite_expects(case: Path, engine: Engine) -> None:
    agrees = outcome(case, engine) == expected(case)
    assert agrees == ((engine, named(case)) not in DIFFERING)
