"""Filled sheets to a workbook (.xlsx): notes on the headings, drop-downs, and no cell that could run."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from io import BytesIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from compgraph.errors import ExchangeError
from compgraph.exchange.spreadsheets.description import READ_ME, Column, Kind, Sheet
from compgraph.exchange.spreadsheets.grids.cells import letters
from compgraph.exchange.spreadsheets.grids.xlsx_reader import number_text
from compgraph.exchange.spreadsheets.guide import read_me
from compgraph.exchange.spreadsheets.rows import EXAMPLE
from compgraph.exchange.spreadsheets.slots import slot_of
from compgraph.exchange.spreadsheets.tables import Table
from compgraph.tidy import SlotKind
from compgraph.tidy.sssom import SLOTS

_LONGEST = 32_767
"""Characters that a cell can hold in Excel."""
_LAST_ROW = 5_000
"""As far as drop-downs go, in a sheet that has less."""
_WIDTHS = {Kind.TEXT: 40, Kind.POINTER: 34, Kind.IDENTIFIER: 24, Kind.ROW: 26, Kind.IRI: 30, Kind.SLOT: 24}
_NO_TIME = datetime(1980, 1, 1)


def workbook_bytes(tables: Iterable[Table]) -> bytes:
    """A workbook with these sheets and one that explains them. The same tables give the same bytes.

    Raises ExchangeError for a text that is longer than a cell can be.
    """
    content = BytesIO()
    settings = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
    workbook = xlsxwriter.Workbook(content, settings)
    workbook.set_properties({"created": _NO_TIME})
    _Writer(workbook).write(list(tables))
    workbook.close()
    return content.getvalue()


class _Writer:
    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        base = {"text_wrap": True, "valign": "top"}
        self._heading = workbook.add_format({**base, "bold": True, "bg_color": "#D9E2EC", "bottom": 1})
        self._required = workbook.add_format({**base, "bold": True, "bg_color": "#F6D9A8", "bottom": 1})
        self._text = workbook.add_format({**base, "num_format": "@"})
        self._number = workbook.add_format(base)
        self._example = workbook.add_format({**base, "italic": True, "font_color": "#7A7A7A", "num_format": "@"})

    def write(self, tables: list[Table]) -> None:
        page = self._workbook.add_worksheet(READ_ME)
        page.set_column(0, 0, 110, self._number)
        for row, line in enumerate(read_me()):
            page.write_string(row, 0, line, self._heading if line and row == 0 else self._number)
        for table in tables:
            self._sheet(table)
        for table in tables:
            self._list(table)

    def _sheet(self, table: Table) -> None:
        sheet = self._workbook.add_worksheet(table.sheet.name)
        sheet.freeze_panes(1, 2)
        for index, (heading, column) in enumerate(table.headings):
            sheet.set_column(index, index, _WIDTHS.get(column.kind, 14), self._format(column))
            sheet.write_string(0, index, heading, self._required if column.required else self._heading)
            sheet.write_comment(0, index, column.note, {"author": "compgraph", "x_scale": 2, "y_scale": 1.5})
            self._validate(sheet, index, column, max(_LAST_ROW, len(table.rows) + 1_000))
        for number, row in enumerate(table.rows, 1):
            for index, text in enumerate(row):
                if text:
                    self._cell(sheet, number, index, text, table, is_example=row[0] == EXAMPLE)

    def _cell(self, sheet: Worksheet, row: int, index: int, text: str, table: Table, *, is_example: bool) -> None:
        column = table.headings[index][1]
        if len(text) > _LONGEST:
            place = f"{table.sheet.name}, row {row + 1}, column {letters(index)}"
            raise ExchangeError(
                f"{place}: the text has {len(text)} characters, and a cell of a workbook holds {_LONGEST}. "
                "Export to csv instead."
            )
        style = self._example if is_example else self._format(column)
        if _is_number(column) and _keeps(text):
            sheet.write_number(row, index, float(text), style)
        else:
            sheet.write_string(row, index, text, style)

    def _format(self, column: Column) -> Format:
        return self._number if _is_number(column) else self._text

    def _validate(self, sheet: Worksheet, index: int, column: Column, last: int) -> None:
        if column.choices or column.kind is Kind.YES_NO:
            options: dict[str, object] = {
                "validate": "list",
                "source": list(column.choices) or ["yes", "no"],
                "error_type": "warning",
            }
        elif column.rows and not column.within:
            options = {"validate": "list", "source": f"={_list_name(column.rows[0])}"}
            # What stands on several lines, or is named by its identifier, is no item of the list, and is right.
            options |= {"error_type": "information", "show_error": not column.many}
        else:
            return
        sheet.data_validation(1, index, last, index, {**options, "ignore_blank": True})

    def _list(self, table: Table) -> None:
        """A name for the rows of a sheet, which grows with them: what the drop-downs of other sheets offer."""
        index = _cited(table.sheet)
        first = 3 if table.rows and table.rows[0][0] == EXAMPLE else 2
        column, name = letters(index), f"'{table.sheet.name}'"
        top, last = f"{name}!${column}${first}", max(_LAST_ROW, len(table.rows) + 1_000)
        filled = f"COUNTA({top}:${column}${last})"
        self._workbook.define_name(_list_name(table.sheet.name), f"=OFFSET({top},0,0,MAX(1,{filled}),1)")


def _list_name(sheet: str) -> str:
    return f"list_{sheet.lower().replace(' ', '_')}"


def _cited(sheet: Sheet) -> int:
    naming = sheet.naming if sheet.cite == "name" else None
    return sheet.columns.index(naming) if naming else 0


def _is_number(column: Column) -> bool:
    if column.kind is Kind.SLOT:
        slot = SLOTS.get(slot_of(column))
        return slot is not None and slot.kind is SlotKind.NUMBER
    return column.kind in (Kind.WHOLE, Kind.DECIMAL)


def _keeps(text: str) -> bool:
    """Whether a number comes back as it was written."""
    try:
        number = float(text)
    except ValueError:
        return False
    return number_text(number) in (text, text.removesuffix(".0")) and abs(number) < 1e15
