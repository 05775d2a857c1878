"""Where the statements of a mapping set stand: in a cell of its table, or in its header."""

from collections.abc import Mapping

from compgraph.load.files import line_starts
from compgraph.load.places.place import Places, Statement
from compgraph.load.sssom import Cell, MappingSet, parts


def sssom_places(text: str, mapping_set: MappingSet) -> Places:
    """The places of all triples of a mapping set.

    A record stands where its row begins, a slot's value in its cell, and what the header says on the line of its slot.
    The direct triple of a row stands at its subject and its object.
    """
    table = _Table(text, mapping_set.header_lines)
    return Places(text, [Statement(cell.triple, *table.offsets(cell)) for cell in mapping_set.cells()])


class _Table:
    def __init__(self, text: str, header_lines: Mapping[str, int]) -> None:
        _, (columns, *rows) = parts(text)
        self._columns = [cell.text for cell in columns.cells]
        self._rows = {row.number: row.cells for row in rows}
        starts = line_starts(text)
        self._header = {slot: starts[line - 1] for slot, line in header_lines.items()}

    def offsets(self, cell: Cell) -> tuple[int, int]:
        """Where the subject and the object of a cell's triple begin."""
        return self._offset(cell.line, cell.subject), self._offset(cell.line, cell.slot, cell.offset)

    def _offset(self, line: int, slot: str, within: int = 0) -> int:
        cells = self._rows.get(line, ())
        if slot in self._columns and cells:
            return cells[self._columns.index(slot)].start + within
        return self._header.get(slot, cells[0].start if cells else 0)
