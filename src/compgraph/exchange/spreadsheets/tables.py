"""A framework and its mapping sets to filled sheets, before they are written as a workbook or as csv."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from compgraph.exchange.contents import Contents
from compgraph.exchange.spreadsheets.description import (
    FRAMEWORK,
    MAPPING_SETS,
    MAPPINGS,
    Column,
    Kind,
    Sheet,
    sheets,
)
from compgraph.exchange.spreadsheets.grids.cells import Cell, CellKind, Grid
from compgraph.exchange.spreadsheets.mapping_tables import mapping_rows, set_rows
from compgraph.exchange.spreadsheets.names import Names, identifier, natural
from compgraph.exchange.spreadsheets.rows import EXAMPLE
from compgraph.exchange.spreadsheets.statements import Statements
from compgraph.exchange.spreadsheets.values import cell
from compgraph.terms import CG, DCTERMS


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet as it is to be written: its headings, each with the column it is of, and rows of texts."""

    sheet: Sheet
    headings: tuple[tuple[str, Column], ...]
    rows: tuple[tuple[str, ...], ...]

    def grid(self) -> Grid:
        """The same as if it had been read."""
        lines = [tuple(heading for heading, _ in self.headings), *self.rows]
        cells = {
            number: {index: Cell(text, CellKind.TEXT) for index, text in enumerate(line) if text}
            for number, line in enumerate(lines, 1)
        }
        return Grid(self.sheet.name, cells)


def tables(framework: Contents) -> tuple[Table, ...]:
    """All sheets of a framework, also the empty ones, rows in the order in which a reader wants them."""
    return tuple(_Writer(framework).tables())


def example_tables() -> tuple[Table, ...]:
    """All sheets with a row in each that shows how to fill them in, marked so that the import passes over it."""
    found = []
    for sheet in sheets():
        headings = tuple((column.heading, column) for column in sheet.columns)
        row = tuple(EXAMPLE if column.kind is Kind.IDENTIFIER else column.example for _, column in headings)
        found.append(Table(sheet, headings, (row,) if any(column.example for column in sheet.columns) else ()))
    return tuple(found)


class _Writer:
    def __init__(self, framework: Contents) -> None:
        self._framework = framework
        self._statements = Statements(framework.iri, framework.triples)
        self._language = self._default_language()
        self._names = Names(framework.iri)
        self._rank: dict[str, int] = {}
        self._nodes = {sheet.name: self._learn(sheet) for sheet in sheets()}

    def tables(self) -> Iterator[Table]:
        for sheet in sheets():
            if sheet.name in (MAPPING_SETS, MAPPINGS):
                make = set_rows if sheet.name == MAPPING_SETS else mapping_rows
                columns, rows = make(sheet, self._framework, self._names)
                yield _table(sheet, [(column.heading, column, "") for column in columns], rows)
            else:
                headings = list(self._headings(sheet))
                rows = [self._row(node, sheet, headings) for node in self._nodes[sheet.name]]
                yield _table(sheet, headings, rows)

    def _default_language(self) -> str:
        """The language of most texts, if the framework names it among its own."""
        own = {value.value for value in self._statements.objects(self._framework.iri, DCTERMS + "language")}
        texts = [triple.object.language for triple in self._framework.triples if isinstance(triple.object, ox.Literal)]
        used = Counter(language for language in texts if language in own)
        return min(used, key=lambda language: (-used[language], language)) if used else ""

    def _learn(self, sheet: Sheet) -> list[str]:
        """The nodes of a sheet, in order; and what they are called."""
        nodes = [
            node for node in self._statements.rows(sheet) if sheet.name != FRAMEWORK or node == self._framework.iri
        ]
        nodes.sort(key=lambda node: self._order(node, sheet))
        for rank, node in enumerate(nodes):
            self._rank[node] = rank
            labels = self._values(node, sheet, sheet.naming) if sheet.naming else []
            own = [
                value.value for value in labels if isinstance(value, ox.Literal) and value.language == self._language
            ]
            for label in own or [node]:
                self._names.add(sheet, node, label)
            if "Competency" in sheet.key and (position := self._position(node)):
                for parent in self._statements.values(node, sheet, sheet.column("Competency")):
                    self._names.add_position(sheet, parent.value, position, node)
        return nodes

    def _order(self, node: str, sheet: Sheet) -> tuple[object, ...]:
        parts: list[object] = []
        for heading in sheet.order:
            values = self._values(node, sheet, sheet.column(heading))
            ranks = sorted(self._rank.get(value.value, -1) for value in values)
            literal = next((value.value for value in values if isinstance(value, ox.Literal)), "")
            parts += [ranks[:1] if not literal else [], natural(literal)]
        return *parts, natural(node)

    def _values(self, node: str, sheet: Sheet, column: Column) -> list[ox.NamedNode | ox.Literal]:
        values = self._statements.values(node, sheet, column)
        return sorted(values, key=lambda value: natural(value.value))

    def _position(self, node: str) -> str:
        return next((value.value for value in self._statements.objects(node, CG + "position")), "")

    def _headings(self, sheet: Sheet) -> Iterator[tuple[str, Column, str]]:
        """The columns of a sheet; of texts in another language than the framework's, one more for each language."""
        for column in sheet.columns:
            yield column.heading, column, self._language
            if column.kind is Kind.TEXT:
                every = [value for node in self._nodes[sheet.name] for value in self._values(node, sheet, column)]
                languages = {value.language for value in every if isinstance(value, ox.Literal) and value.language}
                for language in sorted(languages - {self._language}):
                    yield f"{column.heading} @{language}", column, language

    def _row(self, node: str, sheet: Sheet, headings: list[tuple[str, Column, str]]) -> list[str]:
        return [self._cell(node, sheet, column, language) for _, column, language in headings]

    def _cell(self, node: str, sheet: Sheet, column: Column, language: str) -> str:
        if column.kind is Kind.IDENTIFIER:
            return identifier(sheet, self._framework.iri, node)
        values = self._values(node, sheet, column)
        if column.kind is Kind.TEXT:
            values = [value for value in values if isinstance(value, ox.Literal) and value.language == language]
        elif column.property == DCTERMS + "language":
            values.sort(key=lambda value: value.value != self._language)
        texts = [self._cited(node, value, sheet, column) for value in values]
        return "\n".join(texts if column.many else texts[:1])

    def _cited(self, node: str, value: ox.NamedNode | ox.Literal, sheet: Sheet, column: Column) -> str:
        if column.kind is not Kind.ROW:
            return cell(value, column)
        if not column.within:
            return self._names.cite(column.rows, value.value)
        parents = self._statements.values(node, sheet, sheet.column(column.within))
        parent = parents[0].value if len(parents) == 1 else ""
        return self._names.cite(column.rows, value.value, parent=parent, position=self._position(value.value))


def _table(sheet: Sheet, headings: list[tuple[str, Column, str]], rows: list[list[str]]) -> Table:
    return Table(sheet, tuple((heading, column) for heading, column, _ in headings), tuple(map(tuple, rows)))
