"""SHACL engines: triples and shapes to findings (SHACL, https://www.w3.org/TR/shacl/)."""

import re
from collections.abc import Collection, Iterator, Sequence
from enum import StrEnum
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
from rdflib import RDFS, BNode, Graph, Literal, URIRef
from rdflib.namespace import SH
from rdflib.query import Result
from rdflib.term import Node

from compgraph.errors import ShapeError
from compgraph.load import to_rdflib
from compgraph.terms import RDF_TYPE
from compgraph.validate.background import begin
from compgraph.validate.findings import CANNOT_BE_VERIFIED, VERDICT, Finding, Severity, order
from compgraph.validate.together import Together, together

if TYPE_CHECKING:
    from rdflib.plugins.sparql.sparql import Query


class Engine(StrEnum):
    """What runs the shapes. Both find the same: the first is fast, the second is the reference."""

    TURBO = "turbo"
    PYSHACL = "pyshacl"


_MODULES = {Engine.TURBO: "pyshacl_turbo", Engine.PYSHACL: "pyshacl"}


def available() -> tuple[Engine, ...]:
    """The engines that are installed, the fastest first."""
    return tuple(engine for engine in Engine if find_spec(_MODULES[engine]))


def validate(
    data: Sequence[ox.Triple], shapes: Graph, *, engine: Engine | None = None, focus: Collection[str] | None = None
) -> tuple[Finding, ...]:
    """All findings, without places, the worst first; if there is a ``focus``, those on nodes with these names.

    Nothing is inferred: for subclasses to count, ``data`` must hold the ontology. Without ``engine``, the fastest.
    Raises ShapeError for shapes that can't be run.
    """
    engine = engine or available()[0]
    if engine not in available():
        raise ShapeError(f'The engine {engine} is not installed. Run: pip install "compgraph[fast]"')
    shapes = _as_specified(shapes)
    apart = together(shapes) if engine is Engine.TURBO else Together(shapes, ())
    report = begin(lambda: _report(_seen_by(data, apart.rest, focus), apart.rest, engine, focus))
    asked = begin(lambda: [*apart.findings(data, focus)])
    found = {*read_report(report.result(), shapes), *asked.result()}
    return tuple(sorted((each for each in found if focus is None or str(each.node) in focus), key=order))


def _seen_by(data: Sequence[ox.Triple], shapes: Graph, focus: Collection[str] | None) -> Sequence[ox.Triple]:
    """The triples that shapes without SPARQL may come upon, looking from the focus along the properties they name.

    A node that is no object of any triple is met on the way only by following a property backwards.
    """
    if any((None, open_end, None) in shapes for open_end in (SH.sparql, SH.select, SH.ask, SH.closed)):
        return data
    named = {str(term) for triple in shapes for term in triple} | {RDF_TYPE, str(RDFS.subClassOf)}
    seen = [triple for triple in data if triple.predicate.value in named]
    backwards = [path for turn in (SH.inversePath, SH.targetObjectsOf) for path in shapes.objects(None, turn)]
    if focus is None or not all(isinstance(path, URIRef) for path in backwards):
        return seen
    turned = {*map(str, backwards), str(RDFS.subClassOf)}
    met = {*focus, *(triple.object.value for triple in seen if not isinstance(triple.object, ox.Triple))}
    return [
        triple for triple in seen if triple.predicate.value in turned or getattr(triple.subject, "value", None) in met
    ]


def _as_specified(shapes: Graph) -> Graph:
    """The shapes without what the engines take for ``true``, but SHACL doesn't (section 4.4.2): ``"1"``."""
    others = Graph()
    for triple in shapes.triples((None, SH.uniqueLang, None)):
        if str(triple[2]) != "true":
            others.add(triple)
    return shapes - others if others else shapes


def read_report(report: Graph, shapes: Graph) -> Iterator[Finding]:
    """The findings of a report as SHACL writes it (section 3), told by the words of the shapes."""
    return (_finding(report, result, shapes) for result in report.objects(None, SH.result))


def _report(data: Sequence[ox.Triple], shapes: Graph, engine: Engine, focus: Collection[str] | None = None) -> Graph:
    module = import_module(_MODULES[engine])
    run = _run_turbo if engine is Engine.TURBO else _run_pyshacl
    try:
        _, report, text = run(module, data, shapes, None if focus is None else sorted(focus))
    except (module.errors.ReportableRuntimeError, NotImplementedError, re.error, ValueError) as error:
        raise ShapeError(f"The shapes cannot be run: {error}") from error
    if not isinstance(report, Graph):  # some failures are returned, not raised
        raise ShapeError(f"The shapes cannot be run: {text}")
    return report


def _run_turbo(module: ModuleType, data: Sequence[ox.Triple], shapes: Graph, focus: list[str] | None) -> Any:
    """The engine takes N-Quads as they are, which spares it a graph of rdflib's, and the graph's rewritten literals.

    A focus it takes only where all of it are IRIs, which have a colon, as no name of a blank node has.
    """
    if focus and not all(":" in name for name in focus):
        focus = None
    text = "".join(f"{triple} .\n" for triple in data)
    known = import_module("pyshacl_turbo.rdf").Input(text, "nquads", None, {}, preserve_ids=True)
    return module.validate(known, shacl_graph=shapes, focus_nodes=focus)


def _run_pyshacl(module: ModuleType, data: Sequence[ox.Triple], shapes: Graph, _: list[str] | None) -> Any:
    """The data are copied into the kind of store that this engine wants, the shapes because it writes into them.

    It is not told of a focus: it would hold that against the values of properties as well.
    """
    graph = to_rdflib(data) + Graph()
    once = _ParsedOnce(graph.store, graph.identifier, graph.namespace_manager)
    return module.validate(once, shacl_graph=shapes + Graph())


class _ParsedOnce(Graph):
    """The same graph, for pyshacl: it asks each query anew for every node, and to parse it takes the most time."""

    def query(self, query_object: "str | Query", *args: Any, **kwargs: Any) -> Result:
        query = _parsed(query_object) if isinstance(query_object, str) else query_object
        return super().query(query, *args, **kwargs)


@lru_cache(maxsize=256)
def _parsed(query: str) -> "Query":
    from rdflib.plugins.sparql import prepareQuery  # loads for long, and most of the time for nothing

    try:
        return prepareQuery(query)
    except Exception as error:  # rdflib raises nothing narrower for an unknown prefix
        raise ShapeError(f"The SPARQL of a shape cannot be read: {error}") from error


def _finding(report: Graph, result: Node, shapes: Graph) -> Finding:
    found = dict(report.predicate_objects(result))
    node, path, value = found[SH.focusNode], found.get(SH.resultPath), found.get(SH.value)
    shape = _named(shapes, found[SH.sourceShape])
    rule = _named(shapes, found.get(SH.sourceConstraint, found[SH.sourceShape]))
    return Finding(
        severity=Severity.of(found[SH.resultSeverity]),
        rule=str(rule),
        node=node,
        path=None if path is None else _path(report, path),
        value=None if path is None and value == node else value,
        message=_message(report, result, shapes),
        shape=str(shape),
        component=str(found[SH.sourceConstraintComponent]),
        unverifiable=any((each, VERDICT, CANNOT_BE_VERIFIED) in shapes for each in (rule, shape)),
    )


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
    return min(_by_language(said), default=(True, ""))[1]


def _by_language(texts: set[Literal]) -> Iterator[tuple[bool, str]]:
    return ((text.language not in ("en", None), str(text)) for text in texts)


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
