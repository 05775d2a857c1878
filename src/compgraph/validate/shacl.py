"""Findings: where a graph departs from its shapes, and what its reader is to do about it."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import SH
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result
from rdflib.term import Node

from compgraph.errors import ShapeError


class Engine(StrEnum):
    """What runs the shapes. Both find the same: the first is fast, the second is the reference."""

    TURBO = "turbo"
    PYSHACL = "pyshacl"


_MODULES = {Engine.TURBO: "pyshacl_turbo", Engine.PYSHACL: "pyshacl"}


class Severity(StrEnum):
    """What a finding means for its graph, the worst first."""

    VIOLATION = "Violation"
    WARNING = "Warning"
    INFO = "Info"


@dataclass(frozen=True, slots=True)
class Finding:
    """One place where a graph departs from one rule.

    The rule is the IRI of a property shape or of a SPARQL constraint, and of a node shape for anything else that it
    says. The path is an IRI or a SPARQL property path. Path and value are None where the node as a whole is at fault.
    """

    severity: Severity
    rule: str
    node: Node
    path: str | None
    value: Node | None
    message: str


def available() -> tuple[Engine, ...]:
    """The engines that are installed, the fastest first."""
    return tuple(engine for engine in Engine if find_spec(_MODULES[engine]))


def validate(data: Graph, shapes: Graph, *, engine: Engine | None = None) -> tuple[Finding, ...]:
    """All findings, the worst first, then by node, rule and value.

    Nothing is inferred: for subclasses to count, ``data`` must hold the ontology. Without ``engine``, the fastest.
    """
    report = _report(data, shapes, engine or available()[0])
    results = report.objects(None, SH.result)
    return tuple(sorted({_finding(report, result, shapes) for result in results}, key=_order))


class _ParsedOnce(Graph):
    """The same graph, for pyshacl: it asks each query anew for every node, and to parse it takes the most time."""

    def query(self, query_object: str | Query, *args: Any, **kwargs: Any) -> Result:
        query = _parsed(query_object) if isinstance(query_object, str) else query_object
        return super().query(query, *args, **kwargs)


@lru_cache(maxsize=256)
def _parsed(query: str) -> Query:
    try:
        return prepareQuery(query)
    except Exception as error:  # rdflib raises nothing narrower for an unknown prefix
        raise ShapeError(f"The SPARQL of a shape cannot be read: {error}") from error


def _report(data: Graph, shapes: Graph, engine: Engine) -> Graph:
    if engine not in available():
        raise ShapeError(f'The engine {engine} is not installed. Run: pip install "compgraph[fast]"')
    module = import_module(_MODULES[engine])
    if engine is Engine.PYSHACL:  # which would write into the shapes it is given
        data, shapes = _ParsedOnce(data.store, data.identifier, data.namespace_manager), shapes + Graph()
    try:
        _, report, text = module.validate(data, shacl_graph=shapes)
    except (module.errors.ReportableRuntimeError, re.error, ValueError) as error:
        raise ShapeError(f"The shapes cannot be run: {error}") from error
    if not isinstance(report, Graph):  # some failures are returned, not raised
        raise ShapeError(f"The shapes cannot be run: {text}")
    return report


def _finding(report: Graph, result: Node, shapes: Graph) -> Finding:
    found = dict(report.predicate_objects(result))
    node, path, value = found[SH.focusNode], found.get(SH.resultPath), found.get(SH.value)
    return Finding(
        severity=_SEVERITIES.get(found[SH.resultSeverity], Severity.VIOLATION),
        rule=str(_named(shapes, found.get(SH.sourceConstraint, found[SH.sourceShape]))),
        node=node,
        path=None if path is None else _path(report, path),
        value=None if path is None and value == node else value,
        message=_message(report, result, shapes),
    )


_SEVERITIES: dict[Node, Severity] = {SH[severity]: severity for severity in Severity}


def _named(shapes: Graph, shape: Node) -> Node:
    """The shape, or the nearest one around it that has a name."""
    for _ in shapes:  # no chain is longer, so that a circle ends too
        if not isinstance(shape, BNode):
            break
        shape = min(shapes.subjects(None, shape), key=str, default=shape)
    return shape


def _message(report: Graph, result: Node, shapes: Graph) -> str:
    """What the rule says, in English if it does; with a constraint's own message, the shape's is left out."""
    said = {text for text in report.objects(result, SH.resultMessage) if isinstance(text, Literal)}
    if report.value(result, SH.sourceConstraint):
        general = {str(text) for text in shapes.objects(report.value(result, SH.sourceShape), SH.message)}
        said = {text for text in said if str(text) not in general} or said
    return min(((text.language not in ("en", None), str(text)) for text in said), default=(True, ""))[1]


_STEPS = {SH.inversePath: "^{}", SH.zeroOrMorePath: "{}*", SH.oneOrMorePath: "{}+", SH.zeroOrOnePath: "{}?"}


def _path(report: Graph, path: Node) -> str:
    return str(path) if isinstance(path, URIRef) else _property_path(report, path)


def _property_path(report: Graph, path: Node) -> str:
    if isinstance(path, URIRef):
        return path.n3()
    for step, form in _STEPS.items():
        if (inner := report.value(path, step)) is not None:
            return form.format(_property_path(report, inner))
    choices = report.value(path, SH.alternativePath)
    parts = [_property_path(report, part) for part in report.items(path if choices is None else choices)]
    return "(" + ("/" if choices is None else "|").join(parts) + ")"


def _order(finding: Finding) -> tuple[object, ...]:
    place = (finding.node, finding.rule, "" if finding.value is None else finding.value, finding.path or "")
    return _RANKS[finding.severity], *map(str, place), repr(finding)


_RANKS = {severity: rank for rank, severity in enumerate(Severity)}
