"""Where the statements of a mapping set stand: in a cell of its table, or in its header."""

import re

from compgraph.load.files import line_starts
from compgraph.load.places.place import Places, Statement
from compgraph.load.sssom import Cell, MappingSet, parts


def sssom_places(text: str, mapping_set: MappingSet) -> Places:
    """The places of all triples of a mapping set.

    A record stands where its row begins, a slot's value in its cell, and what the header says on the line of its slot.
    The direct triple of a row stands at its subject and its object.
    """
    table = _Table(text)
    return Places(text, [Statement(cell.triple, *table.offsets(cell)) for cell in mapping_set.cells()])


class _Table:
    def __init__(self, text: str) -> None:
        header, (columns, *rows) = parts(text)
        self._columns = [cell.text for cell in columns.cells]
        self._rows = {row.number: row.cells for row in rows}
        starts = line_starts(text)
        indent = re.match(r"#\s*", header[0])
        key = re.compile(rf"{indent[0] if indent else '#'}(\w+)\s*:")
        found = zip(map(key.match, header), starts, strict=False)
        self._header = {slot[1]: start for slot, start in found if slot}

    def offsets(self, cell: Cell) -> tuple[int, int]:
        """Where the subject and the object of a cell's triple begin."""
        return self._offset(cell.line, cell.subject), self._offset(cell.line, cell.slot, cell.offset)

    def _offset(self, line: int, slot: str, within: int = 0) -> int:
        cells = self._rows.get(line, ())
        if slot in self._columns and cells:
            return cells[self._columns.index(slot)].start + within
        return self._header.get(slot, cells[0].start if cells else 0)
