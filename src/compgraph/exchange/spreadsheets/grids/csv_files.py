"""Csv files to grids of cells, and rows to csv."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from compgraph.errors import FileError
from compgraph.exchange.spreadsheets.grids.cells import BOUNDS, Cell, Findings, Grid, Place, size_within

_DELIMITERS = ",;\t"
# What a spreadsheet takes for a formula, with the apostrophes that keep it from doing so.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_KEPT_FROM = re.compile(r"'+[=+\-@\t\r]")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def read_folder(folder: Path, names: Mapping[str, str], findings: Findings) -> tuple[Grid, ...]:
    """The csv files of a folder, each as a sheet: by ``names``, else of the name of the file.

    What is wrong with one is added to the findings.

    Raises FileError if there is no csv file, or if one exceeds the bounds.
    """
    paths = sorted(folder.glob("*.csv"))
    if not paths:
        problem = "holds no csv file. Make the files with: compgraph template"
        raise FileError(folder, f"{problem} {folder}-new")
    room = BOUNDS.cells
    grids = []
    for path in paths:
        grid = _grid(path, names.get(path.name.lower(), path.stem.replace("-", " ")), findings, room)
        room -= sum(map(len, grid.rows.values()))
        grids.append(grid)
    return tuple(grids)


def csv_bytes(rows: Iterable[Sequence[str]]) -> bytes:
    """A csv file that spreadsheets open right: UTF-8 with a byte order mark, and nothing that runs as a formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return ("\ufeff" + text.getvalue()).encode()


def guarded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _grid(path: Path, name: str, findings: Findings, room: int) -> Grid:
    if not size_within(path):
        raise FileError(path, f"has more than {BOUNDS.file} bytes, the bound. Split the framework; nothing was read.")
    return grid_of(path, name, _decoded(path, name, findings), findings, room)


def grid_of(path: Path, name: str, text: str, findings: Findings, room: int) -> Grid:
    """The cells of a csv text; of a broken one those before the fault, which is added to the findings.

    Raises FileError if there are more cells than there is room for.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter(text), strict=True)
    rows: dict[int, dict[int, Cell]] = {}
    try:
        for number, values in enumerate(reader, 1):
            cells = {column: Cell(_plain(value)) for column, value in enumerate(values) if value}
            room -= len(cells)
            if room < 0 or number > BOUNDS.rows or len(values) > BOUNDS.columns:
                bound = f"{BOUNDS.rows} rows, {BOUNDS.columns} columns and {BOUNDS.cells} cells are the bound"
                raise FileError(path, f"is too big: {bound}. Split the framework; nothing was read.")
            if cells:
                rows[number] = cells
    except csv.Error as error:
        message = f"Line {reader.line_num} of {path.name} is broken ({error}). Save the file as CSV UTF-8 once more."
        findings.fault(Place(name), message)
    return Grid(name, rows)


def _decoded(path: Path, name: str, findings: Findings) -> str:
    content = path.read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if content.startswith(_UTF_16) or b"\0" in content[:1000]:
            guess, found = "UTF-16", ""
        else:
            guess = "Windows-1252, or another encoding of Western Europe"
            found = f" (byte {error.start}, in {_around(content, error.start)!r})"
        message = f"{path.name} is not UTF-8{found}; it looks like {guess}. Save it as CSV UTF-8."
        findings.fault(Place(name), message)
        return ""


def _around(content: bytes, position: int) -> str:
    return content[max(0, position - 15) : position + 15].decode("cp1252", "replace")


def delimiter(text: str) -> str:
    """What parts the headings: programs write a semicolon where the comma is the decimal sign."""
    first = text.partition("\n")[0]
    return max(_DELIMITERS, key=lambda sign: (first.count(sign), -_DELIMITERS.index(sign)))


def _plain(cell: str) -> str:
    return cell[1:] if _KEPT_FROM.match(cell) else cell
