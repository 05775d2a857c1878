"""Foreign tables to the rows of our sheets, by a column map; no filled cell is passed over in silence."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches

from compgraph.errors import FileError
from compgraph.exchange.spreadsheets.description import Kind, sheets
from compgraph.exchange.spreadsheets.foreign.column_maps import ColumnMap, Given, LeftOut, Source, TableMap, Where
from compgraph.exchange.spreadsheets.grids.cells import Cell, CellKind, Findings, Grid, Place, letters
from compgraph.exchange.spreadsheets.names import natural
from compgraph.exchange.spreadsheets.rows import Entry, Heading, Row, checked, heading_text


@dataclass(slots=True)
class Table:
    """A foreign table: its columns by heading, and which of its cells have been read or left out."""

    grid: Grid
    findings: Findings
    columns: dict[str, int] = field(default_factory=dict)
    done: set[tuple[int, int]] = field(default_factory=set)
    cells: dict[tuple[int, int], Cell | None] = field(default_factory=dict)
    filled: dict[str, list[int]] = field(default_factory=dict)

    top: int = 0
    """The row of the headings."""
    numbers: tuple[int, ...] = ()
    """The numbers of the rows below them."""

    def __post_init__(self) -> None:
        self.top, *below = sorted(self.grid.rows) or [0]
        self.numbers = tuple(below)
        for index, cell in sorted(self.grid.rows.get(self.top, {}).items()):
            heading = heading_text(cell.text)
            if heading and self.columns.setdefault(heading, index) != index:
                self.findings.fault(self.place(self.top, index), "Two columns have this heading. Rename one.")

    def place(self, row: int, index: int) -> Place:
        """A cell by its row and column."""
        heading = next((name for name, at in self.columns.items() if at == index), "")
        return Place(self.grid.name, row, letters(index), heading)

    def cell(self, row: int, column: str) -> Cell | None:
        """What stands in a column of a row; its faults are told once."""
        key = (row, self.columns[column])
        if key not in self.cells:
            raw = self.grid.rows[row].get(key[1])
            self.cells[key] = checked(raw, self.place(*key), self.findings) if raw else None
        return self.cells[key]

    def above(self, row: int, column: str) -> int:
        """The row itself, or the nearest above it in which the column is filled."""
        if column not in self.filled:
            self.filled[column] = [number for number in self.numbers if self.cell(number, column)]
        at = bisect_right(self.filled[column], row)
        return self.filled[column][at - 1] if at else row

    def fits(self, row: int, where: Where) -> bool:
        """Whether the columns of a row are as they should be."""
        return all(pattern.fullmatch(self._text(row, name)) for name, pattern in where.items())

    def mark(self, row: int, columns: Iterable[str]) -> None:
        """Remember that some cells have been read or left out."""
        self.done.update((row, self.columns[name]) for name in columns)

    def _text(self, row: int, column: str) -> str:
        cell = self.cell(row, column)
        return cell.text if cell else ""


def mapped_rows(grids: Iterable[Grid], columns: ColumnMap, findings: Findings) -> dict[str, list[Row]]:
    """The rows of each of our sheets, by its name; what no part of the map speaks of is added as a loss.

    Raises FileError where the map names a table or column that is not there.
    """
    tables = {grid.name: Table(grid, findings) for grid in grids}
    rows: dict[str, list[Row]] = {sheet.name: [] for sheet in sheets()}
    for given in columns.rows:
        rows[given.sheet.name].append(_given_row(given, len(rows[given.sheet.name])))
    aliases: dict[tuple[str, str], str] = {}
    for table_map in columns.tables:
        table = _table(tables, table_map.table, _named(table_map), columns, table_map.place)
        for origin, headings, entries in _rows(table, table_map, aliases):
            number = len(rows[table_map.sheet.name]) + 1
            rows[table_map.sheet.name].append(Row(table_map.sheet, number, entries, headings, origin))
    for left_out in columns.left_out:
        named = [*left_out.columns, *left_out.where]
        _leave_out(_table(tables, left_out.table, named, columns, left_out.place), left_out, findings)
    for table in tables.values():
        _tell_unread(table, columns, findings)
        _tell_merged(table, columns, findings)
    return {name: [_renamed(row, aliases) for row in found] for name, found in rows.items()}


def _given_row(given: Given, number: int) -> Row:
    headings = tuple(heading._replace(place=given.place) for heading, _ in given.cells)
    entries = tuple(
        Entry(heading, Cell(text.strip()), given.place._replace(heading=heading.column.heading))
        for heading, (_, text) in zip(headings, given.cells, strict=True)
        if text.strip()
    )
    return Row(given.sheet, number + 1, entries, headings, given.place)


def _table(tables: Mapping[str, Table], name: str, named: Iterable[str], columns: ColumnMap, place: Place) -> Table:
    """The table of a name, which must have all columns that are named."""
    table = tables.get(name)
    wrong = [name] if table is None else [column for column in named if column not in table.columns]
    if table is None or wrong:
        known = list(tables) if table is None else list(table.columns)
        near = get_close_matches(wrong[0], known, 1) or known
        what = "table" if table is None else f"column of {name}"
        raise FileError(columns.path, f"{wrong[0]!r} is no {what}. There is: {', '.join(near)}.", line=place.row)
    return table


def _named(table_map: TableMap) -> Iterator[str]:
    yield from table_map.where
    sources = [source for _, found in table_map.columns for source in found]
    for source in [*sources, *([table_map.one] if table_map.one else [])]:
        yield from source.where
        if source.column:
            yield source.column


def _rows(
    table: Table, table_map: TableMap, aliases: dict[tuple[str, str], str]
) -> Iterator[tuple[Place, tuple[Heading, ...], tuple[Entry, ...]]]:
    headings = tuple(_heading(table, heading, sources) for heading, sources in table_map.columns)
    for group in _groups(table, table_map):
        entries: list[Entry] = []
        for heading, (_, sources) in zip(headings, table_map.columns, strict=True):
            found = [each for number in group for source in sources for each in _values(table, number, source)]
            if table_map.one and heading.column.kind is Kind.IDENTIFIER:
                found = _lowest(found, table_map.sheet.name, aliases)
            entries += _entry(heading, found, table, group[0])
        yield Place(table.grid.name, group[0]), headings, tuple(entries)


def _lowest(
    found: list[tuple[Cell, Place]], sheet: str, aliases: dict[tuple[str, str], str]
) -> list[tuple[Cell, Place]]:
    """The identifier that rows which are one row of ours keep wherever they stand; their others come to mean it."""
    lowest = sorted(found, key=lambda each: natural(each[0].text))[:1]
    aliases.update({(sheet, cell.text): lowest[0][0].text for cell, _ in found})
    return lowest


def _renamed(row: Row, aliases: Mapping[tuple[str, str], str]) -> Row:
    """The row with each name of another row as that is called."""
    return replace(row, entries=tuple(_renamed_entry(entry, aliases) for entry in row.entries))


def _renamed_entry(entry: Entry, aliases: Mapping[tuple[str, str], str]) -> Entry:
    if not entry.heading.column.rows:
        return entry
    lines = entry.cell.text.split("\n")
    names = [
        next((aliases[s, line] for s in entry.heading.column.rows if (s, line) in aliases), line) for line in lines
    ]
    return entry._replace(cell=entry.cell._replace(text="\n".join(dict.fromkeys(names))))


def _heading(table: Table, heading: Heading, sources: Iterable[Source]) -> Heading:
    column = next((source.column for source in sources if source.column), None)
    place = table.place(table.top, table.columns[column]) if column else Place(table.grid.name)
    return heading._replace(place=place)


def _groups(table: Table, table_map: TableMap) -> Iterator[list[int]]:
    """The numbers of the rows that are one row of ours."""
    groups: dict[object, list[int]] = defaultdict(list)
    for number in table.numbers:
        if table.fits(number, table_map.where):
            table.mark(number, table_map.where)
            key = [cell.text for cell, _ in _values(table, number, table_map.one)] if table_map.one else []
            if key or not table_map.one:
                groups[key[0] if key else number].append(number)
    yield from groups.values()


def _values(table: Table, number: int, source: Source) -> Iterator[tuple[Cell, Place]]:
    """What a row gives for a cell of ours, with its place."""
    if not table.fits(number, source.where):
        return
    if source.value:
        yield Cell(source.value), Place(table.grid.name, number)
        return
    row = table.above(number, source.column) if source.fill else number
    cell = table.cell(row, source.column)
    parts = [part.strip() for part in cell.text.split(source.split)] if cell and source.split else [cell and cell.text]
    for part in filter(None, parts):
        if match := source.pattern.fullmatch(part):
            table.mark(row, [source.column, *source.where])
            text = match.expand(source.shape).strip()
            same = cell if cell and text == cell.text else Cell(text)
            yield same, table.place(row, table.columns[source.column])


def _entry(heading: Heading, found: list[tuple[Cell, Place]], table: Table, row: int) -> Iterator[Entry]:
    """The one cell of ours for what was found: several values stand a line each where its column holds several."""
    texts = list(dict.fromkeys(cell.text for cell, _ in found if cell.text))
    if not texts:
        return
    if len(texts) > 1 and not heading.column.many:
        several = " and ".join(repr(text[:40]) for text in texts[:2])
        told = f"{heading.column.heading} holds one value, and the map finds {several} for it"
        table.findings.fault(found[0][1], f"{told}. Say in the map which one, by where or pattern.")
    cell, place = found[0]
    if heading.column.many:
        cell = Cell("\n".join(texts), cell.kind if len(texts) == 1 else CellKind.TEXT)
    yield Entry(heading, cell, place._replace(row=place.row or row))


def _leave_out(table: Table, left_out: LeftOut, findings: Findings) -> None:
    numbers = [number for number in table.numbers if table.fits(number, left_out.where)]
    wanted = {table.columns[name] for name in left_out.columns}
    found = [
        (number, index)
        for number in numbers
        for index, cell in table.grid.rows[number].items()
        if cell.text.strip() and (not wanted or index in wanted)
    ]
    table.done.update(found)
    what = f"columns {', '.join(left_out.columns)}" if left_out.columns else "every column"
    told = f"Left out, as the map says: {len(found)} filled cells ({what})."
    findings.remark(Place(table.grid.name), told)


def _tell_unread(table: Table, columns: ColumnMap, findings: Findings) -> None:
    """A loss for each column with filled cells that were neither read nor left out."""
    unread: dict[int, list[int]] = defaultdict(list)
    for number in table.numbers:
        for index, cell in table.grid.rows[number].items():
            broken = (number, index) in table.cells and table.cells[number, index] is None
            if (number, index) not in table.done and cell.text.strip() and not broken:
                unread[index].append(number)
    for index, numbers in sorted(unread.items()):
        place = table.place(numbers[0], index)
        hint = f"Map the column, or leave it out ([[left-out]]), in {columns.path.name}"
        if not place.heading:
            hint = "Give the column a heading"
        several = f" and {len(numbers) - 1} more" if len(numbers) > 1 else ""
        findings.loss(place, f"No part of the map speaks of this cell{several} of the column. {hint}.")


def _tell_merged(table: Table, columns: ColumnMap, findings: Findings) -> None:
    filled = {
        source.column
        for table_map in columns.tables
        if table_map.table == table.grid.name
        for _, sources in table_map.columns
        for source in sources
        if source.fill
    }
    for row, index, reference in table.grid.merged:
        place = table.place(row, index)
        if row > table.top and place.heading not in filled:
            hint = 'Unmerge them, and fill in each; or read the column with fill = "down"'
            findings.fault(place, f"The cells {reference} are merged. {hint}.")
