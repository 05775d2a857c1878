"""Grids of cells to the rows of the sheets that we know, each cell under its column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import NamedTuple

from compgraph.exchange.spreadsheets.description import (
    FRAMEWORK,
    MAPPING_SETS,
    MAPPINGS,
    READ_ME,
    Column,
    Kind,
    Sheet,
    normal,
    sheets,
)
from compgraph.exchange.spreadsheets.grids.cells import Cell, CellKind, Findings, Grid, Place, letters
from compgraph.exchange.spreadsheets.slots import extra_slot

EXAMPLE = "(example)"
"""What stands in place of an identifier in a row that only shows how to fill in a sheet."""
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_LANGUAGE = re.compile(r"(.*\S)\s*@\s*([A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*)")


class Heading(NamedTuple):
    """A column as it stands in a workbook: which one it is, and whose language its texts are in."""

    column: Column
    language: str
    """Empty: that of the framework."""
    place: Place
    """The cell of the heading."""


class Entry(NamedTuple):
    """A filled cell under its heading."""

    heading: Heading
    cell: Cell
    place: Place


@dataclass(frozen=True, slots=True)
class Row:
    """A row that holds something."""

    sheet: Sheet
    number: int
    entries: tuple[Entry, ...]
    headings: tuple[Heading, ...]
    origin: Place | None = None
    """Where it stands if that is not a sheet of ours."""

    @property
    def place(self) -> Place:
        """The row as a whole."""
        return self.origin or Place(self.sheet.name, self.number)

    def under(self, heading: Heading) -> Place:
        """The cell of the row under a heading; the row if the heading stands elsewhere."""
        place = heading.place
        return place._replace(row=self.place.row) if place.sheet == self.place.sheet else self.place

    def entry(self, heading: str) -> Entry | None:
        """What stands under a heading (in the language of the framework), if anything."""
        return next((e for e in self.entries if e.heading.column.heading == heading and not e.heading.language), None)


def rows_of(grids: Iterable[Grid], findings: Findings) -> dict[str, list[Row]]:
    """The filled rows of each sheet that we know, by its name; whatever has no place is added to the findings."""
    known = {normal(sheet.name): sheet for sheet in sheets()}
    found: dict[str, list[Row]] = {}
    missing: dict[str, str] = {}
    for grid in grids:
        sheet = known.get(normal(grid.name))
        if sheet is not None:
            found[sheet.name] = list(_rows(sheet, grid, missing, findings))
        elif grid.rows and normal(grid.name) != normal(READ_ME):
            _tell_unknown_sheet(grid, findings)
    _tell_what_is_not_there(found, missing, findings)
    return {sheet.name: found.get(sheet.name, []) for sheet in sheets()}


def _tell_unknown_sheet(grid: Grid, findings: Findings) -> None:
    names = [sheet.name for sheet in sheets()]
    near = get_close_matches(grid.name, names, 1)
    hint = f" Did you mean {near[0]}?" if near else f" The sheets are {', '.join(names)}."
    cells = sum(map(len, grid.rows.values()))
    findings.loss(Place(grid.name), f"No sheet of a framework is called so; its {_cells(cells)} would be lost.{hint}")


def _tell_what_is_not_there(found: Mapping[str, list[Row]], columns: Mapping[str, str], findings: Findings) -> None:
    missing = [sheet.name for sheet in sheets() if sheet.name not in found]
    if FRAMEWORK in missing:
        findings.fault(Place(FRAMEWORK), "There is no such sheet. Add it, with one row; compgraph template makes one.")
        missing.remove(FRAMEWORK)
    parts = [f"the sheets {', '.join(missing)}"] if missing else []
    parts += [f"of {sheet} the columns {names}" for sheet, names in columns.items() if names]
    if parts:
        findings.remark(Place("Not there"), f"Taken as empty: {'; '.join(parts)}.")


def _rows(sheet: Sheet, grid: Grid, missing: dict[str, str], findings: Findings) -> Iterator[Row]:
    if not grid.rows:
        return
    top = min(grid.rows)
    headings = _headings(sheet, grid, top, findings)
    missing[sheet.name] = _missing_columns(sheet, headings.values(), findings)
    for row, column, reference in grid.merged:
        if row > top:
            place = Place(sheet.name, row, letters(column))
            findings.fault(place, f"The cells {reference} are merged. Unmerge them, and fill in each.")
    every = tuple(heading for heading in headings.values() if heading)
    for number in sorted(grid.rows):
        if number > top:
            entries = tuple(_entries(sheet, headings, grid.rows[number], number, findings))
            if entries and not _is_example(entries, findings):
                yield Row(sheet, number, entries, every)


def _headings(sheet: Sheet, grid: Grid, row: int, findings: Findings) -> dict[int, Heading | None]:
    headings: dict[int, Heading | None] = {}
    for index, cell in sorted(grid.rows[row].items()):
        place = Place(sheet.name, row, letters(index), heading_text(cell.text))
        heading = headings[index] = heading_of(sheet, place)
        if heading is None:
            near = get_close_matches(place.heading, [column.heading for column in sheet.columns], 1)
            hint = f"Did you mean {near[0]}?" if near else "Rename it, or remove the column."
            cells = sum(index in cells for cells in grid.rows.values()) - 1
            if cells:
                told = f"{_cells(cells)} under it would be lost"
                findings.loss(place, f"No column of this sheet is called so; {told}. {hint}")
        elif any(other and other[:2] == heading[:2] for at, other in headings.items() if at != index):
            findings.fault(place, "Two columns have this heading. Put what they hold into one.")
    return headings


def heading_text(text: str) -> str:
    return "".join(sign if sign.isprintable() else "?" for sign in " ".join(text.split())[:200])


def heading_of(sheet: Sheet, place: Place) -> Heading | None:
    """The column of a sheet that the heading at a place means, if any."""
    name, language = place.heading, ""
    if tagged := _LANGUAGE.fullmatch(name):
        name, language = tagged[1], tagged[2].lower()
    for column in sheet.columns:
        if normal(column.heading) == normal(name) and (not language or column.kind is Kind.TEXT):
            return Heading(
                column, language, place._replace(heading=column.heading + (f" @{language}" * bool(language)))
            )
    if sheet.name in (MAPPINGS, MAPPING_SETS) and (slot := extra_slot(sheet.name, name)):
        return Heading(slot, "", place)
    return None


def _missing_columns(sheet: Sheet, headings: Iterable[Heading | None], findings: Findings) -> str:
    """The columns that a sheet lacks and that may be empty; of others, a fault is added to the findings."""
    there = [heading.column for heading in headings if heading]
    missing = [column for column in sheet.columns if column not in there]
    for column in missing:
        if column.required:
            message = f"There is no column {column.heading}. Add it. What goes there: {column.note}"
            findings.fault(Place(sheet.name), message)
    return ", ".join(column.heading for column in missing if not column.required)


def tell_empty(row: Row, findings: Findings) -> None:
    """Add a fault for each cell that must not be empty and is."""
    filled = [entry.heading.column for entry in row.entries]
    for column in row.sheet.columns:
        at = next((row.under(heading) for heading in row.headings if heading.column == column), None)
        if column.required and at and column not in filled and at[:3] not in findings.faulty:
            message = f"{column.heading} is empty. Fill it in. What goes there: {column.note}"
            findings.fault(at, message)


def _entries(
    sheet: Sheet,
    headings: Mapping[int, Heading | None],
    cells: Mapping[int, Cell],
    row: int,
    findings: Findings,
) -> Iterator[Entry]:
    for index, cell in sorted(cells.items()):
        heading = headings.get(index)
        place = Place(sheet.name, row, letters(index), heading.place.heading if heading else "")
        if index not in headings and cell.text.strip():
            findings.loss(place, "There is no heading over this cell, so it has no place. Give the column one.")
        elif heading and (found := checked(cell, place, findings)):
            yield Entry(heading, found, place)


def checked(cell: Cell, place: Place, findings: Findings) -> Cell | None:
    """The cell without blanks around its text and with one kind of line end, or None if nothing is left to be read."""
    if cell.kind is CellKind.ERROR:
        findings.fault(place, f"The spreadsheet shows an error here ({cell.text!r}). Put in what is meant.")
        return None
    if cell.formula and not cell.text:
        findings.fault(place, "A formula stands here, and its value was never computed. Put in the value itself.")
        return None
    if cell.formula:
        findings.remark(place, f"A formula stands here; its last value was taken: {_short(cell.text)!r}")
    text = cell.text.replace("\r\n", "\n").replace("\r", "\n")
    if odd := _UNSEEN.search(text):
        findings.fault(place, f"The text holds the sign U+{ord(odd[0]):04X}, which nobody can see. Type it anew.")
        return None
    stripped = text.strip()
    if stripped != text.rstrip("\n") and stripped:
        findings.remark(place, "There were blanks at the beginning or the end of the text; they were left out.")
    if "\u00a0" in stripped:
        hint = "which looks like a blank but is another sign. Replace it if it is not meant"
        findings.remark(place, f"The text holds a non-breaking space, {hint}.")
    return cell._replace(text=stripped) if stripped else None


def _is_example(entries: tuple[Entry, ...], findings: Findings) -> bool:
    identifier = next((e for e in entries if e.heading.column.kind is Kind.IDENTIFIER), None)
    if identifier is None or identifier.cell.text.casefold() != EXAMPLE:
        return False
    changed = [e for e in entries if e is not identifier and e.cell.text != e.heading.column.example]
    if changed:
        message = (
            f"The row is marked as an example but has been changed. If it is meant, clear {identifier.place.column}"
        )
        findings.loss(changed[0].place, f"{message}{identifier.place.row}; else delete the row.")
    return True


def _cells(number: int) -> str:
    return f"{number} cells" if number > 1 else "1 cell"


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:37]}..."
