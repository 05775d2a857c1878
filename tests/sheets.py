"""What the tests of spreadsheets share: a small framework, our own ones, and what a user is told."""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import xlsxwriter

from compgraph import exchange, workspace
from compgraph.exchange import FORMATS, Contents
from compgraph.exchange.spreadsheets.importing import Import
from compgraph.render.spreadsheets import carried_text, cell_findings_text
from compgraph.terms import ID
from compgraph.workspace import Workspace
from tests.conftest import ROOT

NAMES = sorted(path.stem for path in (ROOT / "data").glob("*.ttl"))
CASES = ROOT / "tests/spreadsheets"
CELLS = CASES / "valid-behaviours-imply-their-cells"
"""A folder of csv that can be imported."""

SMALL: dict[str, list[list[str]]] = {
    "Framework": [["Identifier", "Label", "Title", "Language"], ["workshop", "Workshop", "Workshop", "en"]],
    "Competencies": [["Identifier", "Label", "Number", "Definition"], ["", "Thorough Work", "1", ""]],
    "Scales": [["Identifier", "Label", "Partial"]],
    "Weightings": [["Identifier", "Label", "Share", "Date"]],
}


class Rules(Workspace):
    """The ontology and the shapes without the data: cases speak of a framework of their own."""

    def data(self) -> Iterator[Path]:
        return iter(())

    def mappings(self) -> Iterator[Path]:
        return iter(())


RULES = Rules((ROOT,))


@cache
def _every() -> dict[str, Contents]:
    return exchange.contents(workspace.find())


def contents(name: str) -> Contents:
    """One of our frameworks."""
    return _every()[ID + name]


def written(files: dict[str, bytes], folder: Path) -> Path:
    """The files, written: the workbook, or the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder / next(iter(files)) if len(files) == 1 else folder


def exported(whole: Contents, format_: str, folder: Path) -> Path:
    """A framework in a format, written."""
    return written(dict(FORMATS[format_](whole).files), folder)


def told(prepared: Import) -> str:
    """What a user reads of an import."""
    return cell_findings_text(prepared.findings, width=100) + carried_text(prepared.reading.carried)


def told_in_a_line(prepared: Import) -> str:
    """The same, not broken into lines."""
    return " ".join(told(prepared).split())


def workbook(path: Path, fill: Callable[[xlsxwriter.Workbook], None] = lambda _book: None) -> Path:
    """A small framework as a workbook, and what ``fill`` puts into it besides."""
    book = xlsxwriter.Workbook(path)
    for name, rows in SMALL.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    fill(book)
    book.close()
    return path
