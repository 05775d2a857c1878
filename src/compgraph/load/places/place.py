"""What is known about where the statements of a file stand."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from compgraph.load.files import line_starts

if TYPE_CHECKING:
    from rdflib.term import Node

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


class Place(NamedTuple):
    """A line and a column of a file, both from 1; columns count Unicode characters."""

    line: int
    column: int


class Statement(NamedTuple):
    """A triple, and the offsets in the text at which its subject and its object begin."""

    triple: ox.Triple
    subject: int
    object: int


class Places:
    """Where each statement of one file begins, the first time that it is made.

    Terms are those of pyoxigraph; ``from_rdflib`` makes them. Every answer is None where the place is not known.
    """

    def __init__(
        self, text: str, statements: Sequence[Statement] = (), *, nodes: Mapping[str, int] = MappingProxyType({})
    ) -> None:
        """From the statements in their order, or from the offset of each named node where no more is known."""
        self.statements = statements
        self._nodes = nodes
        self._text = text

    def of(self, subject: Term, predicate: Term, object_: Term) -> Place | None:
        """Where the object of this statement begins."""
        if not isinstance(subject, (ox.NamedNode, ox.BlankNode)) or not isinstance(predicate, ox.NamedNode):
            return None
        return self._place(self._objects.get(ox.Triple(subject, predicate, object_)))

    def of_property(self, subject: Term, predicate: Term) -> Place | None:
        """Where the first object of this property of this subject begins."""
        return self._place(self._properties.get((subject, predicate)))

    def of_subject(self, subject: Term) -> Place | None:
        """Where this node begins the first statement about itself."""
        return self._place(self._subjects.get(subject))

    def _place(self, offset: int | None) -> Place | None:
        if offset is None:
            return None
        line = bisect_right(self._lines, offset)
        return Place(line, offset - self._lines[line - 1] + 1)

    @cached_property
    def _lines(self) -> list[int]:
        return line_starts(self._text)

    # The first of several wins: it is entered last.

    @cached_property
    def _objects(self) -> dict[ox.Triple, int]:
        return {triple: place for triple, _, place in reversed(self.statements)}

    @cached_property
    def _properties(self) -> dict[tuple[Term, Term], int]:
        return {(triple.subject, triple.predicate): place for triple, _, place in reversed(self.statements)}

    @cached_property
    def _subjects(self) -> dict[Term, int]:
        nodes: dict[Term, int] = {ox.NamedNode(iri): place for iri, place in self._nodes.items()}
        return nodes | {triple.subject: place for triple, place, _ in reversed(self.statements)}


def from_rdflib(node: "Node") -> Term:
    """The term of pyoxigraph that is the same as a node of rdflib, a literal as it is written."""
    import rdflib

    if isinstance(node, rdflib.URIRef):
        return ox.NamedNode(node)
    if isinstance(node, rdflib.BNode):
        return ox.BlankNode(node)
    if isinstance(node, rdflib.Literal):
        datatype = None if node.datatype is None else ox.NamedNode(node.datatype)
        return (
            ox.Literal(str(node), language=node.language) if node.language else ox.Literal(str(node), datatype=datatype)
        )
    raise TypeError(node)
