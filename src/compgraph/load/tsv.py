"""Tab-separated cells, some of them in quotation marks, with the place of each (SSSOM 1.1, SSSOM/TSV, Quoting)."""

import re
from collections.abc import Iterator
from typing import NamedTuple

# A quotation mark that nothing ends is a sign like any other. Line ends are LF or CRLF, and no other sign is one.
_QUOTED, _PLAIN = r'"([^"]*(?:""[^"]*)*)"', r"([^\t\r\n]*(?:\r(?!\n|\Z)[^\t\r\n]*)*)"
_CELL = re.compile(rf"(?:{_QUOTED}|{_PLAIN})(\t|\r?\n|\r?\Z)")


class Cell(NamedTuple):
    """What stands in a cell, and where that begins, in characters of the whole text."""

    text: str
    start: int


class Line(NamedTuple):
    """A row of cells, and the line of the text on which it begins, from 1."""

    number: int
    cells: tuple[Cell, ...]


def table_lines(text: str, start: int, number: int) -> Iterator[Line]:
    """The rows of a table that begins at a character of a text, on the line of this number."""
    cells: list[Cell] = []
    for found in _CELL.finditer(text, start):
        if found.start() == len(text) and not cells:
            return
        group = 2 if found[1] is None else 1
        cells.append(Cell(found[group] if group == 2 else found[1].replace('""', '"'), found.start(group)))
        if found[3] != "\t":
            yield Line(number, tuple(cells))
            number += text.count("\n", start, found.end())
            cells, start = [], found.end()
