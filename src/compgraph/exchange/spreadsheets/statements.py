"""The statements of a framework, looked up by what a sheet asks of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from compgraph.exchange.spreadsheets.description import EXPECTATIONS, WITHDRAWN, Column, Sheet, sheets
from compgraph.terms import CG, OWL, RDF_TYPE

Value = ox.NamedNode | ox.Literal

DEPRECATED = ox.NamedNode(OWL + "deprecated")
TYPE = ox.NamedNode(RDF_TYPE)
OF_COMPETENCY = CG + "ofCompetency"


class Statements:
    """Triples by subject and by object."""

    def __init__(self, framework: str, triples: Iterable[ox.Triple]) -> None:
        self.framework = framework
        self._forward: dict[tuple[str, str], list[Value]] = defaultdict(list)
        self._backward: dict[tuple[str, str], list[ox.NamedNode]] = defaultdict(list)
        self.subjects: dict[str, None] = {}
        for triple in triples:
            subject, value = triple.subject, triple.object
            if isinstance(subject, ox.NamedNode) and isinstance(value, ox.NamedNode | ox.Literal):
                self.subjects[subject.value] = None
                self._forward[subject.value, triple.predicate.value].append(value)
                if isinstance(value, ox.NamedNode):
                    self._backward[value.value, triple.predicate.value].append(subject)
        self._expectations = set(self.rows(next(sheet for sheet in sheets() if sheet.name == EXPECTATIONS)))

    def rows(self, sheet: Sheet) -> Iterator[str]:
        """The nodes that are rows of a sheet, by IRI."""
        if sheet.name == WITHDRAWN:
            found = {node for node in self.subjects if self._forward.get((node, DEPRECATED.value))}
        else:
            found = {node.value for class_ in sheet.classes for node in self._backward.get((class_, RDF_TYPE), ())}
        return iter(sorted(found))

    def values(self, node: str, sheet: Sheet, column: Column) -> list[Value]:
        """What the column of a sheet says of a node."""
        if column.inverse:
            return list(self._backward.get((node, column.property), ()))
        found = self._forward.get((node, column.property), [])
        if column.through:
            return [value for target in found for value in self._through(target, column)]
        if column.property == sheet.framework:
            return [value for value in found if value != ox.NamedNode(self.framework)]
        return list(found)

    def objects(self, node: str, property_: str) -> list[Value]:
        """All values of a property of a node."""
        return self._forward.get((node, property_), [])

    def _through(self, target: Value, column: Column) -> list[Value]:
        """What is said of the expectation that is pointed to; a competency that is pointed to stands for itself."""
        if target.value in self._expectations:
            return self._forward.get((target.value, column.through), [])
        return [target] if column.through == OF_COMPETENCY else []
