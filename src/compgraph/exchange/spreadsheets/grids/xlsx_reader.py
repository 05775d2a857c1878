"""A workbook (.xlsx, ISO/IEC 29500-1 part SpreadsheetML) to grids of cells, read as a stream and within bounds."""

import posixpath
import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path

from compgraph.errors import FileError
from compgraph.exchange.spreadsheets.grids.cells import BOUNDS, Cell, CellKind, Grid, letters
from compgraph.exchange.spreadsheets.grids.xml_parts import Package

_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
# Number formats that every program has built in and that show a date (18.8.30), with what they show of it.
_BUILT_IN = {
    14: "ymd",
    15: "ymd",
    16: "md",
    17: "ym",
    22: "ymd",
    **dict.fromkeys((*range(27, 37), *range(50, 59)), "ymd"),
}
_NO_DATE = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|General|AM/PM', re.IGNORECASE)
_SHOWN = {"ymd": "%Y-%m-%d", "ym": "%Y-%m", "y": "%Y"}


def read_workbook(path: Path) -> tuple[Grid, ...]:
    """The sheets of a workbook, with every cell that holds something.

    Raises FileError for what is no workbook, is broken, exceeds the bounds, or links to other files.
    """
    with Package(path) as package:
        if package.under("xl/externalLinks/"):
            problem = "has links to other files, which are not followed. Break them (in Excel: Data, Edit Links)"
            raise FileError(path, f"{problem}, save the workbook, and import it again.")
        return tuple(_Workbook(package).grids())


class _Workbook:
    """What all sheets share: the texts, the formats, and which part holds which sheet."""

    def __init__(self, package: Package) -> None:
        self._package = package
        part = next((target for kind, target in _related(package, "").values() if kind == "officeDocument"), None)
        if part is None:
            raise FileError(package.path, "is packed like a workbook but is none. Save it as .xlsx.")
        self._sheets: list[tuple[str, str]] = []
        self._first_day = datetime(1899, 12, 30)
        package.parse(part, self._start, lambda _tag, _text: None)
        self._parts = _related(package, part)
        self.texts = self._texts()
        self.dates = self._dates()
        self.room = BOUNDS.cells

    def grids(self) -> Iterator[Grid]:
        for name, link in self._sheets:
            kind, part = self._parts.get(link, ("", ""))
            if kind == "worksheet":
                reader = _SheetReader(self, self._package, name)
                self._package.parse(part, reader.start, reader.end)
                yield Grid(name, reader.rows, tuple(reader.merged))

    def date(self, serial: float, shown: str) -> str:
        """A day as ISO 8601 writes it, as far as the format of its cell shows it."""
        day = self._first_day + timedelta(days=serial)
        return day.strftime(_SHOWN.get(shown, "%Y-%m-%d"))

    def _start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "sheet":
            self._sheets.append((attributes.get("name", ""), attributes.get("id", "")))
        elif tag == "workbookPr" and attributes.get("date1904") in ("1", "true"):
            self._first_day = datetime(1904, 1, 1)

    def _part(self, wanted: str) -> str | None:
        return next((target for kind, target in self._parts.values() if kind == wanted), None)

    def _texts(self) -> list[str]:
        """The shared texts: each is in one piece or several, pronunciations apart."""
        texts: list[str] = []
        apart = [0]

        def start(tag: str, _attributes: Mapping[str, str]) -> None:
            if tag == "si":
                texts.append("")
            apart[0] += tag == "rPh"

        def end(tag: str, text: str) -> None:
            apart[0] -= tag == "rPh"
            if tag == "t" and texts and not apart[0]:
                texts[-1] += text

        if part := self._part("sharedStrings"):
            self._package.parse(part, start, end)
        return [_unescaped(text) for text in texts]

    def _dates(self) -> list[str]:
        """For each style of a cell, which of year, month and day it shows; empty for what is no date."""
        shown = dict(_BUILT_IN)
        styles: list[str] = []
        inside = [False]

        def start(tag: str, attributes: Mapping[str, str]) -> None:
            if tag == "numFmt":
                shown[int(attributes["numFmtId"])] = _date_parts(attributes.get("formatCode", ""))
            inside[0] |= tag == "cellXfs"
            if tag == "xf" and inside[0]:
                styles.append(shown.get(int(attributes.get("numFmtId", "0")), ""))

        def end(tag: str, _text: str) -> None:
            inside[0] &= tag != "cellXfs"

        if part := self._part("styles"):
            self._package.parse(part, start, end)
        return styles


class _SheetReader:
    """Gathers the cells of one sheet."""

    def __init__(self, workbook: _Workbook, package: Package, name: str) -> None:
        self._workbook, self._path, self._name = workbook, package.path, name
        self.rows: dict[int, dict[int, Cell]] = {}
        self.merged: list[tuple[int, int, str]] = []
        self._row = self._column = 0
        self._attributes: Mapping[str, str] = {}
        self._value: list[str] = []
        self._formula = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "row":
            self._row = int(attributes.get("r", self._row + 1))
            self._column = -1
        elif tag == "c":
            self._attributes, self._formula = attributes, False
            self._value.clear()
            self._go(attributes.get("r", ""))
        elif tag == "mergeCell" and (found := _REFERENCE.match(attributes.get("ref", ""))):
            self.merged.append((int(found[2]), _number(found[1]), attributes["ref"]))

    def end(self, tag: str, text: str) -> None:
        if tag in ("v", "t"):
            self._value.append(text)
        elif tag == "f":
            self._formula = True
        elif tag == "c":
            cell = self._cell("".join(self._value))
            if cell.text or cell.formula:
                self._keep(cell)

    def _go(self, reference: str) -> None:
        if not reference:
            self._column += 1
        elif found := _REFERENCE.fullmatch(reference):
            self._row, self._column = int(found[2]), _number(found[1])
        else:
            raise ValueError(f"{reference!r} is no cell")

    def _keep(self, cell: Cell) -> None:
        if self._row > BOUNDS.rows or self._column >= BOUNDS.columns:
            place = f"{letters(self._column)}{self._row} of the sheet {self._name!r}"
            bound = f"{BOUNDS.rows} rows and {BOUNDS.columns} columns are the bound"
            raise FileError(self._path, f"goes on to {place}; {bound}. Remove what is no framework; nothing was read.")
        self._workbook.room -= 1
        if self._workbook.room < 0:
            raise FileError(self._path, f"has more than {BOUNDS.cells} cells, the bound. Split it; nothing was read.")
        self.rows.setdefault(self._row, {})[self._column] = cell

    def _cell(self, value: str) -> Cell:
        kind, formula = self._attributes.get("t", "n"), self._formula
        if kind == "s":
            return Cell(self._shared(value) if value else "", formula=formula)
        if kind in ("str", "inlineStr"):
            return Cell(_unescaped(value), formula=formula)
        if kind == "b":
            return Cell("yes" if value == "1" else "no", CellKind.BOOLEAN, formula)
        if kind == "e":
            return Cell(value, CellKind.ERROR, formula)
        if kind == "d":
            return Cell(value.removesuffix("T00:00:00"), CellKind.DATE, formula)
        return self._number(value, formula) if value else Cell("", CellKind.NUMBER, formula)

    def _shared(self, value: str) -> str:
        texts = self._workbook.texts
        if not 0 <= int(value) < len(texts):
            raise ValueError(f"there is no text {value}")
        return texts[int(value)]

    def _number(self, value: str, formula: bool) -> Cell:
        number = float(value)
        style = int(self._attributes.get("s", "0"))
        shown = self._workbook.dates[style] if style < len(self._workbook.dates) else ""
        if shown and 0 <= number < 2_957_004:  # 9999-12-31, counted from 1904
            return Cell(self._workbook.date(number, shown), CellKind.DATE, formula)
        if number != number or abs(number) >= 1e15:
            return Cell(value, CellKind.ERROR, formula)
        return Cell(number_text(number), CellKind.NUMBER, formula)


def number_text(number: float) -> str:
    """A number with the fifteen digits that spreadsheets keep, without an exponent."""
    text = f"{number:.15g}"
    return f"{number:.20f}".rstrip("0") if "e" in text else text


def _related(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """What a part links to, by the identifier of the link: its kind, and the part."""
    folder, name = posixpath.split(part)
    links: dict[str, tuple[str, str]] = {}

    def start(tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "Relationship" and attributes.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", ""))).lstrip("/")
            links[attributes.get("Id", "")] = (attributes.get("Type", "").rpartition("/")[2], target)

    package.parse(posixpath.join(folder, "_rels", f"{name}.rels"), start, lambda _tag, _text: None)
    return links


def _date_parts(code: str) -> str:
    code = _NO_DATE.sub("", code.partition(";")[0]).casefold()
    parts = "".join(part for part in "ymd" if part in code)
    return "" if parts == "m" and ("h" in code or "s" in code) else parts


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _number(column: str) -> int:
    number = 0
    for letter in column:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
