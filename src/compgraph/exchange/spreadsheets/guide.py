"""What explains the sheets: the first sheet of a workbook, the file beside csv, and the tables of the page in docs."""

from collections.abc import Iterator

from compgraph.exchange.spreadsheets.description import Column, Kind, Sheet, sheets
from compgraph.exchange.spreadsheets.rows import EXAMPLE

_INTRODUCTION = (
    "A competency framework in sheets, for compgraph",
    "",
    "Fill in one sheet after the other, from Framework on; leave empty what you have no use for. "
    "One row is one thing. Sheets and columns may be moved but not renamed; the order of rows has no meaning.",
    "Every heading has a note that says what goes under it. What is under a yellow heading (in csv: what the tables "
    "call required) must be filled in.",
    f"A row with {EXAMPLE} under Identifier only shows how it is done. The import passes over it: leave or delete it.",
    "Where a cell may hold several values, write one a line (in Excel Alt+Enter, in LibreOffice Ctrl+Enter).",
    "Where a cell names a row of another sheet, write its label or its identifier. A drop-down offers the labels.",
    "Texts are in the language of the framework. For others, add a column: Label @de holds German labels.",
    "Leave identifiers empty: the import gives them, and gives the same ones next time, as long as a row keeps its "
    "label (its text, with the competency and level it belongs to). To rename a row, write its identifier in first.",
    "Nothing that runs is read: of a formula, its last value is taken.",
    "",
    "compgraph import FILE --out data/NAME.ttl turns the sheets into a framework, or says what to mend, cell by cell.",
    "compgraph export NAME --to xlsx --out FILE writes them back, with all identifiers filled in.",
    "",
    "The sheets:",
)
_KINDS = {
    Kind.IDENTIFIER: "identifier",
    Kind.TEXT: "text",
    Kind.WORD: "text of no language",
    Kind.WHOLE: "whole number",
    Kind.DECIMAL: "number",
    Kind.YES_NO: "yes or no",
    Kind.DATE: "date",
    Kind.IRI: "web address",
    Kind.POINTER: "place in a source",
    Kind.SLOT: "value of SSSOM",
}


def read_me() -> Iterator[str]:
    """The lines that explain a workbook."""
    yield from _INTRODUCTION
    for sheet in sheets():
        yield f"{sheet.name}: {sheet.about}"


def read_me_text() -> str:
    """The file that explains a folder of csv: the same lines, and a table for each sheet."""
    lines = (f"{'# ' if number == 0 else ''}{line}\n" for number, line in enumerate(_INTRODUCTION[:-2]))
    return "".join(line if line == "\n" else f"{line}\n" for line in lines) + tables_text()


def tables_text() -> str:
    """A heading and a table of columns for each sheet, in Markdown."""
    return "\n".join(_sheet_text(sheet) for sheet in sheets())


def _sheet_text(sheet: Sheet) -> str:
    head = f"## {sheet.name}\n\n{sheet.about} In csv: `{sheet.file}`.\n\n"
    rows = ["| column | holds | what to write |", "|---|---|---|", *map(_column_text, sheet.columns)]
    return head + "".join(f"{row}\n" for row in rows)


def _column_text(column: Column) -> str:
    heading = f"**{column.heading}**, required" if column.required else column.heading
    return f"| {heading} | {_holds(column)} | {column.note.strip().replace('|', chr(92) + '|')} |"


def _holds(column: Column) -> str:
    if column.choices:
        kind = "; ".join(column.choices)
    elif column.rows:
        kind = "row of " + (" or ".join(column.rows) if len(column.rows) < 3 else "another sheet")
    else:
        kind = _KINDS[column.kind]
    return f"{kind}, one a line" if column.many else kind
