"""Cells to terms and terms to cells, kind by kind."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal

import pyoxigraph as ox

from compgraph.exchange.spreadsheets.description import Column, Kind, normal
from compgraph.exchange.spreadsheets.grids.cells import CellKind
from compgraph.exchange.spreadsheets.names import LOCAL, is_iri
from compgraph.exchange.spreadsheets.rows import Entry
from compgraph.exchange.spreadsheets.statements import Value
from compgraph.terms import SOURCE, XSD

_DATES = {
    XSD + "gYear": re.compile(r"\d{4}"),
    XSD + "gYearMonth": re.compile(r"\d{4}-(0[1-9]|1[0-2])"),
    XSD + "date": re.compile(r"\d{4}-\d{2}-\d{2}"),
}
_YEARS = range(1000, 3000)
_POINTER = re.compile(rf"({LOCAL.pattern})(#\S+)?")
_BOOLEANS = {"yes": "true", "no": "false", "true": "true", "false": "false"}


class CellError(Exception):
    """A cell that does not hold what its column does; the message says what to write."""


def lines(entry: Entry) -> list[str]:
    """The values of a cell: one a line where its column holds several, else the whole."""
    if not entry.heading.column.many:
        return [entry.cell.text]
    return [line for line in map(str.strip, entry.cell.text.split("\n")) if line]


def value(entry: Entry, text: str, language: str) -> Value:
    """The term that a text stands for, of a cell of any kind but row and slot. Raises CellError."""
    column = entry.heading.column
    if entry.cell.kind is CellKind.DATE and column.kind is not Kind.DATE:
        problem = f"The spreadsheet took what was typed here for a date ({text})"
        raise CellError(f"{problem}. Format the cell as text, and type it again.")
    if column.kind is Kind.TEXT:
        return ox.Literal(text, language=entry.heading.language or language)
    if column.kind is Kind.CHOICE:
        return _choice(text, column)
    if column.kind is Kind.DATE:
        return _date(text, entry.cell.kind)
    return _PLAIN[column.kind](text if column.kind is Kind.WORD else " ".join(text.split()))


def cell(term: Value, column: Column) -> str:
    """What stands in a cell for a term, of a column of any kind but row and slot."""
    if column.kind is Kind.CHOICE:
        return next((name for name, iri in column.choices.items() if iri == term.value), term.value)
    if column.kind is Kind.YES_NO:
        return {"true": "yes", "false": "no"}.get(term.value, term.value)
    if column.kind is Kind.POINTER and term.value.startswith(SOURCE):
        short = term.value.removeprefix(SOURCE)
        return short if _POINTER.fullmatch(short) else term.value
    return term.value


def choices_text(names: Iterable[str]) -> str:
    """The choices as a sentence has them."""
    *most, last = names
    return f"{', '.join(most)} or {last}" if most else last


def _choice(text: str, column: Column) -> ox.NamedNode:
    names = {normal(name): iri for name, iri in column.choices.items()}
    if is_iri(text):
        return ox.NamedNode(text)
    if normal(text) not in names:
        raise CellError(f"{text!r} is none of the choices. Write {choices_text(column.choices)}.")
    return ox.NamedNode(names[normal(text)])


def _date(text: str, kind: CellKind) -> ox.Literal:
    if kind is CellKind.NUMBER and not (text.isdigit() and int(text) in _YEARS):
        problem = f"The bare number {text} stands here, as which some programs write a day"
        raise CellError(f"{problem}. Format the cell as text, and write 2010, 2010-01 or 2010-01-31.")
    for datatype, pattern in _DATES.items():
        if pattern.fullmatch(text) and (not datatype.endswith("date") or _is_day(text)):
            return ox.Literal(text, datatype=ox.NamedNode(datatype))
    raise CellError(f"{text!r} is no date. Write 2010, 2010-01 or 2010-01-31.")


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _word(text: str) -> ox.Literal:
    return ox.Literal(text)


def _whole(text: str) -> ox.Literal:
    if not re.fullmatch(r"[+-]?\d{1,18}", text):
        raise CellError(f"{text!r} is no whole number. Write digits alone.")
    return ox.Literal(text, datatype=ox.NamedNode(XSD + "integer"))


def _decimal(text: str) -> ox.Literal:
    if not re.fullmatch(r"-?\d{1,18}(\.\d{1,18}|,\d{1,2})?", text):
        raise CellError(f"{text!r} is no number. Write it as 20 or 12.5, without a sign for per cent.")
    number = Decimal(text.replace(",", "."))
    lexical = f"{number:f}" if "." in f"{number:f}" else f"{number:f}.0"
    return ox.Literal(lexical, datatype=ox.NamedNode(XSD + "decimal"))


def _yes_no(text: str) -> ox.Literal:
    if normal(text) not in _BOOLEANS:
        raise CellError(f"{text!r} is neither yes nor no. Write one of them.")
    return ox.Literal(_BOOLEANS[normal(text)], datatype=ox.NamedNode(XSD + "boolean"))


def _iri(text: str) -> ox.NamedNode:
    if not is_iri(text):
        raise CellError(f"{text!r} is no web address. Write it whole, from https:// on, without blanks.")
    return ox.NamedNode(text)


def _pointer(text: str) -> ox.NamedNode:
    text = text.removeprefix("<").removesuffix(">")
    if is_iri(text):
        return ox.NamedNode(text)
    if not _POINTER.fullmatch(text):
        form = "the identifier of a source, #char= and two numbers, as in handbook#char=120,185"
        raise CellError(f"{text!r} is no place in a source. Write {form}; or a whole web address.")
    return ox.NamedNode(SOURCE + text)


_PLAIN: dict[Kind, Callable[[str], Value]] = {
    Kind.WORD: _word,
    Kind.WHOLE: _whole,
    Kind.DECIMAL: _decimal,
    Kind.YES_NO: _yes_no,
    Kind.IRI: _iri,
    Kind.POINTER: _pointer,
}
