"""What each rule is: the words of a shape, for whoever has met it in a finding."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

import pyoxigraph as ox
from rdflib import SH, Graph, Literal, URIRef
from rdflib.namespace import RDF
from rdflib.term import Node

from compgraph.errors import ShapeError
from compgraph.load import read_rdf, to_rdflib
from compgraph.validate.findings import CANNOT_BE_VERIFIED, CGSH, VERDICT, Severity
from compgraph.workspace import Workspace

_KINDS = (SH.NodeShape, SH.PropertyShape, SH.SPARQLConstraint)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as its shape describes it."""

    iri: str
    severity: Severity
    unverifiable: bool
    title: str
    message: str
    reason: str
    """Why there is such a rule; empty if the shape doesn't say."""
    targets: tuple[str, ...]
    """The IRIs of the classes and properties whose nodes it is held against."""
    file: Path

    @property
    def name(self) -> str:
        """What people call it: the end of its IRI for one of ours."""
        return self.iri.removeprefix(CGSH)


def rules(workspace: Workspace) -> Mapping[str, Rule]:
    """Every rule of a workspace by its IRI, in the order of their names. Raises FileError for a file that is broken."""
    return described((path, [quad.triple for quad in read_rdf(path).quads]) for path in workspace.shapes())


def described(files: Iterable[tuple[Path, Sequence[ox.Triple]]]) -> Mapping[str, Rule]:
    """Every rule of some files of shapes."""
    read = [(path, to_rdflib(triples)) for path, triples in files]
    whole = Graph()
    for _, shapes in read:
        whole += shapes
    found = {rule.iri: rule for path, shapes in read for rule in _rules(path, shapes, whole)}
    return dict(sorted(found.items()))


def find(known: Mapping[str, Rule], name: str) -> Rule:
    """The rule of this name or IRI. Raises ShapeError, with the nearest, if there is none."""
    iri = name if "://" in name else CGSH + name.removeprefix("cgsh:")
    if iri in known:
        return known[iri]
    names = {rule.name: rule for rule in known.values()}
    close = get_close_matches(name.removeprefix("cgsh:"), names, n=3)
    hint = f" Nearest: {', '.join(close)}." if close else ""
    raise ShapeError(f"There is no rule {name!r}.{hint} The rules are listed by: compgraph rule")


def _rules(path: Path, shapes: Graph, whole: Graph) -> Iterator[Rule]:
    named = {each for kind in _KINDS for each in shapes.subjects(RDF.type, kind) if isinstance(each, URIRef)}
    for shape in named:
        if (shape, SH.message, None) in shapes and _is_asked(shape, whole):
            yield _rule(path, shape, whole)


def _is_asked(shape: Node, shapes: Graph) -> bool:
    """Whether the shape itself may be broken: not a building block of others, nor one that only holds others."""
    if (shape, SH.deactivated, None) in shapes:
        return True
    if (shape, RDF.type, SH.NodeShape) in shapes:
        aimed = any((shape, target, None) in shapes for target in _TARGETS)
        return aimed and any(map(_constrains, shapes.predicates(shape)))
    return any((None, link, shape) in shapes for link in (SH.property, SH.sparql))


def _constrains(term: Node) -> bool:
    return str(term).startswith(str(SH)) and term not in _WITHOUT_CONSTRAINT


_TARGETS = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf, SH.targetNode)
_WITHOUT_CONSTRAINT = {*_TARGETS, SH.property, SH.sparql, SH.severity, SH.message, SH.name, SH.description}


def _rule(path: Path, shape: Node, shapes: Graph) -> Rule:
    holder = shapes.value(None, SH.sparql, shape) or shape
    return Rule(
        iri=str(shape),
        severity=Severity.of(shapes.value(shape, SH.severity) or shapes.value(holder, SH.severity)),
        unverifiable=any((each, VERDICT, CANNOT_BE_VERIFIED) in shapes for each in (shape, holder)),
        title=_text(shapes, shape, SH.name),
        message=_text(shapes, shape, SH.message),
        reason=_text(shapes, shape, SH.description),
        targets=tuple(sorted(map(str, _targets(shape, shapes, frozenset())))),
        file=path,
    )


def _text(shapes: Graph, shape: Node, predicate: URIRef) -> str:
    texts = sorted(
        (each.language not in ("en", None), str(each))
        for each in shapes.objects(shape, predicate)
        if isinstance(each, Literal)
    )
    return " ".join(texts[0][1].split()) if texts else ""


def _targets(shape: Node, shapes: Graph, passed: frozenset[Node]) -> set[Node]:
    """What the shape, or those that ask it of their nodes, are aimed at."""
    if shape in passed:
        return set()
    own = {value for target in _TARGETS for value in shapes.objects(shape, target)}
    for link in (SH.property, SH.sparql, SH.node):
        for holder in shapes.subjects(link, shape):
            own |= _targets(holder, shapes, passed | {shape})
    return own
