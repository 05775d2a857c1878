"""SPARQL constraints that are asked of all their nodes at once, in one query, where an engine asks node by node.

A constraint says of itself that this may be done (``cgsh:together true``): its query binds ``$this`` by a pattern in
every branch, so that it finds the same rows whether ``$this`` is bound beforehand (SHACL, section 5.3.1) or joined.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import NamedTuple, cast

import pyoxigraph as ox
from rdflib import OWL, RDFS, SH, XSD, Graph, Literal, URIRef
from rdflib.term import Node

from compgraph.errors import ShapeError
from compgraph.load import to_rdflib_term
from compgraph.validate.findings import CANNOT_BE_VERIFIED, CGSH, VERDICT, Finding, Severity

_TOGETHER = URIRef(CGSH + "together")
_TARGETS = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf, SH.targetNode)
_SUBCLASS = ox.NamedNode(RDFS.subClassOf)
_STRING = ox.NamedNode(XSD.string)
_OPENING = re.compile(r"\bWHERE\s*\{", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"\{[?$](\w+)\}")


class _Constraint(NamedTuple):
    shape: Node
    name: Node
    severity: Severity
    message: str
    unverifiable: bool
    query: str
    """What is asked, to be narrowed to the nodes that the shape is aimed at."""


@dataclass(frozen=True, slots=True)
class Together:
    """Shapes, parted into what an engine runs and what is asked of all nodes at once."""

    rest: Graph
    constraints: tuple[_Constraint, ...]

    def findings(self, data: Sequence[ox.Triple], focus: Collection[str] | None = None) -> Iterator[Finding]:
        """What breaks the constraints that are asked of all nodes at once. Raises ShapeError."""
        if not self.constraints:
            return
        aim = _Aim(data, focus)
        for constraint in self.constraints:
            if (nodes := aim.nodes(self.rest, constraint.shape)) is not None:
                yield from _ask(aim, constraint, nodes)


def together(shapes: Graph) -> Together:
    """The shapes without the constraints that say that they can be asked at once, and those."""
    pairs = [
        (shape, name)
        for name in shapes.subjects(_TOGETHER, Literal(True))
        for shape in shapes.subjects(SH.sparql, name)
        if _stands_alone(shapes, shape)
    ]
    if not pairs:
        return Together(shapes, ())
    prefixes = cache(lambda holder: _prefixes(shapes, holder))
    constraints = tuple(_constraint(shapes, *pair, prefixes) for pair in sorted(pairs, key=str))
    return Together(_without(shapes, pairs), constraints)


def _without(shapes: Graph, pairs: Sequence[tuple[Node, Node]]) -> Graph:
    """The shapes without these constraints, and without what is said of those that no other shape has."""
    others = {name for pair in shapes.subject_objects(SH.sparql) if pair not in pairs for name in pair[1:]}
    gone = {name for _, name in pairs} - others
    links = {(shape, SH.sparql, name) for shape, name in pairs}
    rest = Graph(store="SimpleMemory")
    for triple in shapes:
        if triple[0] not in gone and triple not in links:
            rest.add(triple)
    return rest


def _stands_alone(shapes: Graph, shape: Node) -> bool:
    """Whether the shape's own targets are all the nodes that it is asked of: no other shape leads to it."""
    aimed = any((shape, kind, None) in shapes for kind in _TARGETS) and (shape, SH.path, None) not in shapes
    return aimed and (None, None, shape) not in shapes and (shape, SH.deactivated, Literal(True)) not in shapes


def _constraint(shapes: Graph, shape: Node, name: Node, prefixes: Callable[[Node], frozenset[str]]) -> _Constraint:
    select = str(shapes.value(name, SH.select))
    if not _OPENING.search(select):
        raise ShapeError(f"The SPARQL of {name} has no WHERE. Write WHERE, or take cgsh:together away.")
    message = shapes.value(name, SH.message) or shapes.value(shape, SH.message, default=Literal(""))
    return _Constraint(
        shape,
        name,
        severity=Severity.of(shapes.value(shape, SH.severity)),
        message=str(message),
        unverifiable=any((each, VERDICT, CANNOT_BE_VERIFIED) in shapes for each in (shape, name)),
        query="".join(sorted({line for holder in shapes.objects(name, SH.prefixes) for line in prefixes(holder)}))
        + select,
    )


def _prefixes(shapes: Graph, holder: Node) -> frozenset[str]:
    declared = [
        each
        for reached in shapes.transitive_objects(holder, OWL.imports)
        for each in shapes.objects(reached, SH.declare)
    ]
    pairs = ((shapes.value(each, SH.prefix), shapes.value(each, SH.namespace)) for each in declared)
    return frozenset(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in pairs)


def _subclasses(data: Iterable[ox.Triple]) -> dict[str, set[str]]:
    """From a class to itself and all below it."""
    below: dict[str, set[str]] = {}
    for triple in data:
        if triple.predicate == _SUBCLASS and isinstance(triple.object, ox.NamedNode):
            below.setdefault(triple.object.value, set()).add(str(getattr(triple.subject, "value", "")))
    return below


def _with_subclasses(name: str, below: dict[str, set[str]]) -> list[str]:
    reached, ahead = {name}, [name]
    while ahead:
        new = below.get(ahead.pop(), set()) - reached
        reached |= new
        ahead.extend(new)
    return sorted(reached)


class _Aim:
    """Data, and which of its nodes shapes are aimed at; of these only the ``focus``, unless it is None."""

    def __init__(self, data: Sequence[ox.Triple], focus: Collection[str] | None) -> None:
        self.store = ox.Store()
        self.store.bulk_extend(ox.Quad(*triple) for triple in data)
        self._focus = None if focus is None else frozenset(focus)
        self._subclasses = _subclasses(data)
        self._known: dict[str, ox.NamedNode | None] = {}
        self._data = data

    def nodes(self, shapes: Graph, shape: Node) -> ox.NamedNode | None:
        """The name of a graph whose objects are the nodes that the shape is aimed at; None if there are none."""
        pattern = _targets(shapes, shape, self._subclasses)
        if pattern not in self._known:
            self._known[pattern] = self._found(pattern)
        return self._known[pattern]

    def _found(self, pattern: str) -> ox.NamedNode | None:
        solutions = cast(ox.QuerySolutions, self.store.query(f"SELECT DISTINCT ?this WHERE {{ {pattern} }}"))
        nodes = [row[0] for row in solutions if self._focus is None or row[0].value in self._focus]
        name = ox.NamedNode(f"urn:compgraph:aim:{len(self._known)}")
        self.store.extend(ox.Quad(name, name, node, name) for node in nodes)
        return name if nodes else None

    def written(self, node: object, value: object) -> list[object]:
        """A value as the data write it of this node, ``20.0``, where the store keeps that it is 20."""
        if not isinstance(value, ox.Literal) or value.language or value.datatype == _STRING:
            return [value]
        return [each for each in self._numbers.get(node, ()) if _kept(each) == value] or [value]

    @cached_property
    def _numbers(self) -> dict[object, list[ox.Literal]]:
        numbers: dict[object, list[ox.Literal]] = {}
        for subject, _, value in self._data:
            if isinstance(value, ox.Literal) and not value.language and value.datatype != _STRING:
                numbers.setdefault(subject, []).append(value)
        return numbers


def _kept(literal: ox.Literal) -> object:
    store = ox.Store()
    store.add(ox.Quad(_STRING, _STRING, literal))
    return next(iter(store)).object


def _targets(shapes: Graph, shape: Node, subclasses: dict[str, set[str]]) -> str:
    """A pattern that binds ``?this`` to each node that the shape is aimed at (SHACL, section 2.1.3)."""
    aims = [(kind, value) for kind in _TARGETS for value in sorted(shapes.objects(shape, kind), key=str)]
    return " UNION ".join(f"{{ {_target(kind, value, subclasses)} }}" for kind, value in aims)


def _target(kind: URIRef, value: Node, subclasses: dict[str, set[str]]) -> str:
    if kind == SH.targetClass:
        names = " ".join(f"<{name}>" for name in _with_subclasses(str(value), subclasses))
        return f"VALUES ?compgraph_class {{ {names} }} ?this a ?compgraph_class"
    if kind == SH.targetNode:
        return f"VALUES ?this {{ {value.n3()} }}"
    subject, obj = ("?this", "?compgraph_any") if kind == SH.targetSubjectsOf else ("?compgraph_any", "?this")
    return f"{subject} {value.n3()} {obj}"


def _ask(aim: _Aim, constraint: _Constraint, nodes: ox.NamedNode) -> Iterator[Finding]:
    inner = f"WHERE {{ GRAPH {nodes} {{ {nodes} {nodes} ?this }} "
    query = _OPENING.sub(lambda _: inner, constraint.query, count=1)
    try:
        solutions = aim.store.query(query)
    except SyntaxError as error:
        raise ShapeError(f"The SPARQL of {constraint.name} cannot be read: {error}") from error
    if not isinstance(solutions, ox.QuerySolutions):
        raise ShapeError(f"The SPARQL of {constraint.name} is no SELECT. Write SELECT $this.")
    names = [variable.value for variable in solutions.variables]
    for solution in solutions:
        said = {name: solution[name] for name in names}
        for value in aim.written(said["this"], said.get("value")):
            row = {**said, "value": value}
            yield _finding(constraint, {name: to_rdflib_term(term) for name, term in row.items() if term is not None})


def _finding(constraint: _Constraint, row: dict[str, Node]) -> Finding:
    """What a row says (SHACL, section 5.3.2)."""
    node, value = row["this"], row.get("value", row["this"])
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
