"""Where the statements of a mapping set stand: in a cell of its table, or in its header."""

import re

from compgraph.load.files import line_starts
from compgraph.load.places.place import Places, Statement
from compgraph.load.sssom import Cell, MappingSet, table_lines


def sssom_places(text: str, mapping_set: MappingSet) -> Places:
    """The places of all triples of a mapping set.

    A record stands where its row begins, a slot's value in its cell, and what the header says on the line of its slot.
    The direct triple of a row stands at its subject and its object.
    """
    table = _Table(text, mapping_set)
    return Places(text, [Statement(cell.triple, *table.offsets(cell)) for cell in mapping_set.cells()])


class _Table:
    def __init__(self, text: str, mapping_set: MappingSet) -> None:
        self._lines = table_lines(text)
        self._starts = line_starts(text)
        self._first = mapping_set.first_line
        self._columns = self._lines[self._first - 2].split("\t")
        indent = re.match(r"#\s*", self._lines[0])
        key = re.compile(rf"{indent[0] if indent else '#'}(\w+)\s*:")
        found = zip(map(key.match, self._lines[: self._first - 2]), self._starts, strict=False)
        self._header = {slot[1]: start for slot, start in found if slot}

    def offsets(self, cell: Cell) -> tuple[int, int]:
        """Where the subject and the object of a cell's triple begin."""
        return self._offset(cell.line, cell.subject), self._offset(cell.line, cell.slot, cell.offset)

    def _offset(self, line: int, slot: str, within: int = 0) -> int:
        start = self._starts[line - 1]
        if line < self._first or slot not in self._columns:
            return self._header.get(slot, start)
        cells = self._lines[line - 1].split("\t")
        return start + sum(len(cell) + 1 for cell in cells[: self._columns.index(slot)]) + within
