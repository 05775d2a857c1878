"""SPARQL constraints that are asked of all their nodes at once, in one query, where an engine asks node by node.

A constraint says of itself that this may be done (``cgsh:together true``): its query binds ``$this`` by a pattern in
every branch, so that it finds the same rows whether ``$this`` is bound beforehand (SHACL, section 5.3.1) or joined.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pyoxigraph as ox
from rdflib import OWL, RDFS, SH, Graph, Literal, URIRef
from rdflib.term import Node

from compgraph.errors import ShapeError
from compgraph.load import to_rdflib_term
from compgraph.validate.findings import CANNOT_BE_VERIFIED, CGSH, VERDICT, Finding, Severity

_TOGETHER = URIRef(CGSH + "together")
_TARGETS = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf, SH.targetNode)
_OPENING = re.compile(r"\bWHERE\s*\{", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"\{[?$](\w+)\}")


class _Constraint(NamedTuple):
    shape: Node
    name: Node
    severity: Severity
    message: str
    unverifiable: bool
    query: str
    """With a gap for the pattern that binds ``$this``."""


@dataclass(frozen=True, slots=True)
class Together:
    """Shapes, parted into what an engine runs and what is asked of all nodes at once."""

    rest: Graph
    constraints: tuple[_Constraint, ...]

    def findings(self, data: Sequence[ox.Triple]) -> Iterator[Finding]:
        """What breaks the constraints that are asked of all nodes at once. Raises ShapeError."""
        if not self.constraints:
            return
        store = ox.Store()
        store.bulk_extend(ox.Quad(*triple) for triple in data)
        subclasses = _subclasses(data)
        for constraint in self.constraints:
            yield from _ask(store, constraint, _targets(self.rest, constraint.shape, subclasses))


def together(shapes: Graph) -> Together:
    """The shapes without the constraints that say that they can be asked at once, and those."""
    rest, constraints = shapes, []
    pairs = [
        (shape, name)
        for name in shapes.subjects(_TOGETHER, Literal(True))
        for shape in shapes.subjects(SH.sparql, name)
    ]
    for shape, name in sorted(pairs, key=str):
        if not _stands_alone(shapes, shape):
            continue
        constraints.append(_constraint(shapes, shape, name))
        rest = rest - Graph().add((shape, SH.sparql, name))
    return Together(rest, tuple(constraints))


def _stands_alone(shapes: Graph, shape: Node) -> bool:
    """Whether the shape's own targets are all the nodes that it is asked of: no other shape leads to it."""
    aimed = any((shape, kind, None) in shapes for kind in _TARGETS) and (shape, SH.path, None) not in shapes
    return aimed and (None, None, shape) not in shapes and (shape, SH.deactivated, Literal(True)) not in shapes


def _constraint(shapes: Graph, shape: Node, name: Node) -> _Constraint:
    select = str(shapes.value(name, SH.select))
    if not _OPENING.search(select):
        raise ShapeError(f"The SPARQL of {name} has no WHERE. Write WHERE, or take cgsh:together away.")
    severity = shapes.value(shape, SH.severity, default=SH.Violation)
    message = shapes.value(name, SH.message) or shapes.value(shape, SH.message, default=Literal(""))
    return _Constraint(
        shape,
        name,
        severity=Severity(str(severity).removeprefix(str(SH))),
        message=str(message),
        unverifiable=any((each, VERDICT, CANNOT_BE_VERIFIED) in shapes for each in (shape, name)),
        query=_prefixes(shapes, name) + select,
    )


def _prefixes(shapes: Graph, name: Node) -> str:
    holders = shapes.objects(name, SH.prefixes)
    reached = {each for holder in holders for each in shapes.transitive_objects(holder, OWL.imports)}
    declared = [each for holder in reached for each in shapes.objects(holder, SH.declare)]
    pairs = sorted((str(shapes.value(each, SH.prefix)), str(shapes.value(each, SH.namespace))) for each in declared)
    return "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in pairs)


def _subclasses(data: Iterable[ox.Triple]) -> dict[str, set[str]]:
    """From a class to itself and all below it."""
    below: dict[str, set[str]] = {}
    for triple in data:
        if triple.predicate.value == str(RDFS.subClassOf) and isinstance(triple.object, ox.NamedNode):
            below.setdefault(triple.object.value, set()).add(str(getattr(triple.subject, "value", "")))
    return below


def _with_subclasses(name: str, below: dict[str, set[str]]) -> list[str]:
    reached, ahead = {name}, [name]
    while ahead:
        new = below.get(ahead.pop(), set()) - reached
        reached |= new
        ahead.extend(new)
    return sorted(reached)


def _targets(shapes: Graph, shape: Node, subclasses: dict[str, set[str]]) -> str:
    """A pattern that binds ``?this`` to each node that the shape is aimed at (SHACL, section 2.1.3)."""
    patterns = []
    for kind in _TARGETS:
        for value in sorted(shapes.objects(shape, kind), key=str):
            patterns.append(_target(kind, value, subclasses))
    return " UNION ".join(f"{{ {pattern} }}" for pattern in patterns)


def _target(kind: URIRef, value: Node, subclasses: dict[str, set[str]]) -> str:
    if kind == SH.targetClass:
        names = " ".join(f"<{name}>" for name in _with_subclasses(str(value), subclasses))
        return f"VALUES ?compgraph_class {{ {names} }} ?this a ?compgraph_class"
    if kind == SH.targetNode:
        return f"VALUES ?this {{ {value.n3()} }}"
    subject, obj = ("?this", "?compgraph_any") if kind == SH.targetSubjectsOf else ("?compgraph_any", "?this")
    return f"{subject} {value.n3()} {obj}"


def _ask(store: ox.Store, constraint: _Constraint, targets: str) -> Iterator[Finding]:
    inner = f"WHERE {{ {{ SELECT DISTINCT ?this WHERE {{ {targets} }} }} "
    query = _OPENING.sub(lambda _: inner, constraint.query, count=1)
    try:
        solutions = store.query(query)
    except SyntaxError as error:
        raise ShapeError(f"The SPARQL of {constraint.name} cannot be read: {error}") from error
    if not isinstance(solutions, ox.QuerySolutions):
        raise ShapeError(f"The SPARQL of {constraint.name} is no SELECT. Write SELECT $this.")
    names = [variable.value for variable in solutions.variables]
    for row in solutions:
        yield _finding(constraint, {name: to_rdflib_term(row[name]) for name in names if row[name] is not None})


def _finding(constraint: _Constraint, row: dict[str, Node]) -> Finding:
    """What a row says (SHACL, section 5.3.2)."""
    node, value = row["this"], row.get("value")
    return Finding(
        severity=constraint.severity,
        rule=str(constraint.name),
        node=node,
        path=str(row["path"]) if "path" in row else None,
        value=None if value == node and "path" not in row else value,
        message=_PLACEHOLDER.sub(lambda found: str(row.get(found[1], found[0])), constraint.message),
        shape=str(constraint.shape),
        component=str(SH.SPARQLConstraintComponent),
        unverifiable=constraint.unverifiable,
    )
