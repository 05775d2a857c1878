"""What stands in a cell, where that is, and what is found wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple


class CellKind(StrEnum):
    """What a spreadsheet takes the content of a cell for."""

    TEXT = "text"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    ERROR = "error"


class Cell(NamedTuple):
    """What stands in a cell; of a formula, the value that was last computed."""

    text: str
    kind: CellKind = CellKind.TEXT
    formula: bool = False


class Grid(NamedTuple):
    """A sheet as it stands in a file: its cells by row (from 1) and column (from 0)."""

    name: str
    rows: Mapping[int, Mapping[int, Cell]]
    merged: tuple[tuple[int, int, str], ...] = ()
    """The first row and column of each range of merged cells, and the range as spreadsheets write it."""


class Place(NamedTuple):
    """A cell, a row (no column) or a sheet (no row)."""

    sheet: str
    row: int = 0
    column: str = ""
    """The letters of the column."""
    heading: str = ""


class Weight(StrEnum):
    """What a finding means for the import, the worst first."""

    FAULT = "fault"
    """Must be mended."""
    LOSS = "loss"
    """Would not be carried over; stops the import unless that is allowed."""
    REMARK = "remark"
    """Is told, and stops nothing."""


@dataclass(frozen=True, slots=True)
class CellFinding:
    """Something at a place of a workbook that its author should know or mend."""

    weight: Weight
    place: Place
    message: str


class Findings:
    """Collects findings, so that all are told at once."""

    def __init__(self) -> None:
        self.all: list[CellFinding] = []
        self.faulty: set[tuple[str, int, str]] = set()
        """The cells that have a fault: that nothing can be read there need not be told too."""
        self.broken: set[str] = set()
        """The sheets that have a fault as a whole: what is looked up there may be missing only for that."""

    def fault(self, place: Place, message: str) -> None:
        """Add what must be mended."""
        self._add(CellFinding(Weight.FAULT, place, message))

    def loss(self, place: Place, message: str) -> None:
        """Add what would not be carried over."""
        self._add(CellFinding(Weight.LOSS, place, message))

    def remark(self, place: Place, message: str) -> None:
        """Add what is only told."""
        self._add(CellFinding(Weight.REMARK, place, message))

    @property
    def too_many(self) -> bool:
        """Whether there are more than anybody would read."""
        return len(self.all) > BOUNDS.findings

    def _add(self, finding: CellFinding) -> None:
        """Keep a finding, unless there are too many; a fault then says that."""
        if finding.weight is Weight.FAULT and not finding.place.row:
            self.broken.add(finding.place.sheet)
        if finding.weight is Weight.FAULT:
            self.faulty.add(finding.place[:3])
        if len(self.all) < BOUNDS.findings:
            self.all.append(finding)
        elif len(self.all) == BOUNDS.findings:
            message = f"There are more than {BOUNDS.findings} findings. Mend these first; the rest is told then."
            self.all.append(CellFinding(Weight.FAULT, Place(finding.place.sheet), message))


class Bounds(NamedTuple):
    """How much is read at most; more is refused before it takes much time or memory."""

    file: int = 20_000_000
    """Bytes of a file."""
    unpacked: int = 100_000_000
    """Bytes of what a workbook packs."""
    parts: int = 2_000
    """Files inside a workbook."""
    rows: int = 100_000
    """The highest row number of a sheet."""
    columns: int = 500
    """The highest column number of a sheet."""
    cells: int = 500_000
    """Cells that hold something, in all sheets."""
    findings: int = 5_000
    """Findings that are told."""


BOUNDS = Bounds()


def letters(column: int) -> str:
    """The letters of a column counted from 0: A, B, ..., Z, AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def size_within(path: Path) -> bool:
    """Whether a file is small enough to be read at all."""
    return path.stat().st_size <= BOUNDS.file
