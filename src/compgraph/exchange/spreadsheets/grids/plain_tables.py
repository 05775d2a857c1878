"""Anybody's table (csv, tsv, or a sheet of a workbook) with a heading in its first row, to be given further columns."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from compgraph.errors import FileError
from compgraph.exchange.spreadsheets.grids.cells import BOUNDS, Grid, size_within
from compgraph.exchange.spreadsheets.grids.csv_files import delimiter, guarded
from compgraph.exchange.spreadsheets.grids.xlsx_reader import read_workbook

_MARK = "\ufeff"


class PlainTable(NamedTuple):
    """A table as it was read."""

    path: Path
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    """As many cells in each as there are headings."""
    numbers: tuple[int, ...]
    """The line of each row in the file, or its number in the sheet."""
    delimiter: str = ","
    marked: bool = True
    """Whether it begins with a byte order mark, by which spreadsheets know UTF-8."""

    def place(self, heading: str) -> int:
        """Which column has this heading; case and blanks around it don't count. Raises FileError."""
        found = [place for place, each in enumerate(self.headings) if _key(each) == _key(heading)]
        if len(found) == 1:
            return found[0]
        if found:
            raise FileError(self.path, f"has {len(found)} columns {heading!r}. Give each a heading of its own.", line=1)
        headings = ", ".join(map(repr, self.headings))
        raise FileError(self.path, f"has no column {heading!r}. Its columns: {headings}.")

    def cells(self, heading: str, *, longest: int) -> list[str]:
        """What stands in a column. Raises FileError, also for a cell that is longer than so many characters."""
        place = self.place(heading)
        for number, row in zip(self.numbers, self.rows, strict=True):
            if len(row[place]) > longest:
                problem = f"has {len(row[place])} characters in the column {heading!r}; a name has at most {longest}"
                raise FileError(self.path, f"{problem}. Shorten it.", line=number)
        return [row[place].strip() for row in self.rows]

    def extended(self, headings: Sequence[str], cells: Iterable[Sequence[str]]) -> bytes:
        """The table as csv with more columns, what was there before as it was; nothing added can run as a formula.

        Raises FileError if there is a column of such a heading already.
        """
        for heading in headings:
            if any(_key(each) == _key(heading) for each in self.headings):
                raise FileError(self.path, f"has a column {heading!r} already. Rename it, or take it out.")
        text = io.StringIO()
        writer = csv.writer(text, delimiter=self.delimiter, lineterminator="\n")
        writer.writerow((*self.headings, *map(guarded, headings)))
        for row, added in zip(self.rows, cells, strict=True):
            writer.writerow((*row, *map(guarded, added)))
        return ((_MARK if self.marked else "") + text.getvalue()).encode()


def read_plain_table(path: Path, heading: str) -> PlainTable:
    """The table of a file; of a workbook, the first sheet with a column of this heading.

    Raises FileError for a file that can't be read, or is bigger than a framework in sheets may be.
    """
    if path.suffix.lower() != ".xlsx":
        return _read_text(path)
    tables = [_of_grid(path, grid) for grid in read_workbook(path) if grid.rows]
    if not tables:
        raise FileError(path, "has no sheet with anything in it.")
    return next((table for table in tables if _key(heading) in map(_key, table.headings)), tables[0])


def _read_text(path: Path) -> PlainTable:
    if not size_within(path):
        raise FileError(path, f"has more than {BOUNDS.file} bytes, the bound. Split it.")
    try:
        text = path.read_bytes().decode()
    except UnicodeDecodeError as error:
        raise FileError(path, f"is not UTF-8 at byte {error.start}. Save it as CSV UTF-8, or as .xlsx.") from error
    except OSError as error:
        raise FileError(path, f"can't be read: {error.strerror}.") from error
    body = text.removeprefix(_MARK)
    sign = delimiter(body)
    lines = list(_lines(path, body, sign))
    if not lines:
        raise FileError(path, "is empty. Its first line must name the columns.")
    (_, headings), *rows = lines
    whole = tuple(_row(path, number, row, len(headings)) for number, row in rows)
    return PlainTable(path, tuple(headings), whole, tuple(number for number, _ in rows), sign, marked=body != text)


def _lines(path: Path, text: str, sign: str) -> Iterator[tuple[int, list[str]]]:
    """The lines that hold something, with their numbers from 1; of a row of several lines the last."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True)
    room = BOUNDS.cells
    try:
        for row in reader:
            room -= len(row)
            if room < 0 or reader.line_num > BOUNDS.rows:
                bound = f"{BOUNDS.rows} rows and {BOUNDS.cells} cells are the bound"
                raise FileError(path, f"is too big: {bound}. Split it.", line=reader.line_num)
            if row:
                yield reader.line_num, row
    except csv.Error as error:
        raise FileError(path, f"is no csv here: {error}. Save it as CSV UTF-8.", line=reader.line_num) from error


def _row(path: Path, number: int, row: Sequence[str], width: int) -> tuple[str, ...]:
    if any(row[width:]):
        problem = f"has {len(row)} cells, and there are {width} headings. Put quotation marks around what has a comma"
        raise FileError(path, f"{problem}, or name the columns.", line=number)
    return (*row[:width], *[""] * (width - len(row)))


def _of_grid(path: Path, grid: Grid) -> PlainTable:
    (_, first), *rest = sorted(grid.rows.items())
    width = max(first) + 1
    headings = tuple(first[place].text if place in first else "" for place in range(width))
    cells = [[row[place].text if place in row else "" for place in range(max(row) + 1)] for _, row in rest]
    numbers = tuple(number for number, _ in rest)
    return PlainTable(
        path, headings, tuple(_row(path, n, row, width) for n, row in zip(numbers, cells, strict=True)), numbers
    )


def _key(heading: str) -> str:
    return " ".join(heading.casefold().split())
