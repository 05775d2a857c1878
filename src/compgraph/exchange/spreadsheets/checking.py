"""What the shapes find in a framework that was read from sheets, told by sheet, row and column."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from compgraph.exchange.spreadsheets.grids.cells import CellFinding, Place, Weight
from compgraph.exchange.spreadsheets.reading import Reading
from compgraph.load import Document
from compgraph.validate import Finding, Severity, check_documents
from compgraph.workspace import Workspace


def check(reading: Reading, workspace: Workspace, out: Path) -> Iterator[CellFinding]:
    """The findings on what was read, each at its cell, apart from rows that have faults anyway.

    What the sheets link to is looked up in the workspace, where they take the place of the framework and the mapping
    sets of the same name. Raises FileError for a file of the workspace that can't be read, ShapeError for shapes that
    can't be run.
    """
    framework = Document(out, reading.framework, tuple(reading.triples), is_ontology=False)
    sets = [Document(each.path, each.iri, tuple(each.triples()), is_ontology=False) for each in reading.mapping_sets]
    found = check_documents(workspace, [framework, *sets])
    places = _Places(reading)
    for finding in found:
        place = places.of(finding)
        if place and not places.follows_from_a_fault(finding, place):
            weight = Weight.FAULT if finding.severity is Severity.VIOLATION else Weight.REMARK
            yield CellFinding(weight, place, finding.message)


class _Places:
    """Where each statement stands."""

    def __init__(self, reading: Reading) -> None:
        self._rows = reading.rows
        self._faulty = {each.place[:2] for each in reading.findings if each.weight is Weight.FAULT}
        every = (*reading.mappings.items(), *reading.triples.items())
        self._cells = {(_text(s), _text(p), _text(o)): place for (s, p, o), place in every}
        self._nodes = {subject: place for (subject, _, _), place in reversed(self._cells.items())}

    def of(self, finding: Finding) -> Place | None:
        """The cell of a statement; else where it would stand; else the row of its node; None if that is not ours."""
        node = str(finding.node)
        if place := self._cells.get((node, finding.path or "", str(finding.value))):
            return place
        row = self._rows.get(node)
        if row is None:
            return self._nodes.get(node)
        return next((row.under(each) for each in row.headings if each.column.property == finding.path), row.place)

    def follows_from_a_fault(self, finding: Finding, place: Place) -> bool:
        """Whether the row, or a row or sheet that it names, has a fault anyway, which is told and is to be mended."""
        rows = [row for node in (finding.node, finding.value) if (row := self._rows.get(str(node)))]
        named = {
            (sheet, 0)
            for row in rows
            for heading in row.headings
            if heading.column.property == finding.path
            for sheet in heading.column.rows
        }
        return not self._faulty.isdisjoint({place[:2], (place.sheet, 0), *(row.place[:2] for row in rows), *named})


def _text(part: object) -> str:
    return str(getattr(part, "value", part))
