"""Identified rows to triples, each with the cell it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from compgraph.exchange.spreadsheets.description import FRAMEWORK, WITHDRAWN, Kind
from compgraph.exchange.spreadsheets.grids.cells import Findings, Place
from compgraph.exchange.spreadsheets.identify import Identified, Identifier
from compgraph.exchange.spreadsheets.names import Names, is_iri
from compgraph.exchange.spreadsheets.rows import Entry, Row, tell_empty
from compgraph.exchange.spreadsheets.statements import DEPRECATED, OF_COMPETENCY, TYPE, Value
from compgraph.exchange.spreadsheets.values import CellError, lines, value
from compgraph.terms import DCTERMS, SOURCE, XSD

LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{1,8})*")
Placed = tuple[ox.Triple, Place]

TRUE = ox.Literal("true", datatype=ox.NamedNode(XSD + "boolean"))
_PART_OF = ox.NamedNode(DCTERMS + "isPartOf")


def triples(
    identified: Iterable[Identified], identifier: Identifier, findings: Findings, *, language: str
) -> Iterator[Placed]:
    """What the rows state. What is wrong with a cell is added to the findings, and the cell left out."""
    reader = _RowReader(identifier, findings, language)
    for each in identified:
        yield from reader.implied(each) if each.implied else reader.row(each)


def named(entry: Entry, text: str, names: Names, findings: Findings, parent: str = "") -> str | None:
    """The one row that a cell names, or None and a finding."""
    column = entry.heading.column
    found = names.find(column.rows, text, parent)
    if len(found) == 1:
        return found[0]
    where = " or ".join(column.rows) if len(column.rows) < 3 else "the other sheets"
    if found:
        known = ", ".join(sorted(iri.rpartition("/")[2] for iri in found))
        findings.fault(entry.place, f"{text!r} may mean several rows of {where}. Write its identifier: {known}.")
    elif findings.broken.isdisjoint(column.rows):
        near = names.near(column.rows, text)
        hint = f"Did you mean {' or '.join(map(repr, near))}?" if near else f"Correct it, or add the row to {where}."
        findings.fault(entry.place, f"No row of {where} is called {text!r}. {hint}")
    return None


def withdrawn(iri: str, framework: str, place: Place) -> Iterator[Placed]:
    """What is said of an identifier that is in use no more."""
    node = ox.NamedNode(iri)
    yield ox.Triple(node, DEPRECATED, TRUE), place
    yield ox.Triple(node, _PART_OF, ox.NamedNode(framework)), place


class _RowReader:
    def __init__(self, identifier: Identifier, findings: Findings, language: str) -> None:
        self._identifier, self._findings, self._language = identifier, findings, language
        self._names = identifier.names
        self._framework = ox.NamedNode(self._names.framework)

    def row(self, each: Identified) -> Iterator[Placed]:
        node, row, sheet = ox.NamedNode(each.iri), each.row, each.sheet
        tell_empty(row, self._findings)
        if not sheet.typed and sheet.classes:
            yield ox.Triple(node, TYPE, ox.NamedNode(sheet.classes[0])), row.place
        if sheet.framework:
            yield ox.Triple(node, ox.NamedNode(sheet.framework), self._framework), row.place
        if sheet.name == WITHDRAWN:
            yield ox.Triple(node, DEPRECATED, TRUE), row.place
        for entry in row.entries:
            yield from self._entry(node, row, entry)

    def implied(self, each: Identified) -> Iterator[Placed]:
        """An expectation that has no row of its own, from the cells of a behaviour."""
        node, place = ox.NamedNode(each.iri), each.row.place
        yield ox.Triple(node, TYPE, ox.NamedNode(each.sheet.classes[0])), place
        yield ox.Triple(node, _PART_OF, self._framework), place
        for heading, iris in zip(each.sheet.key, each.implied or (), strict=True):
            entry = each.row.entry(heading)
            for iri in iris:
                property_ = ox.NamedNode(each.sheet.column(heading).property)
                yield ox.Triple(node, property_, ox.NamedNode(iri)), entry.place if entry else place

    def _entry(self, node: ox.NamedNode, row: Row, entry: Entry) -> Iterator[Placed]:
        column = entry.heading.column
        for text in lines(entry) if column.property else ():
            found = self._row_named(row, entry, text) if column.kind is Kind.ROW else self._value(entry, text)
            if found is not None and column.through:
                yield from self._demonstrated(node, row, entry)
            elif found is not None and column.inverse:
                yield ox.Triple(ox.NamedNode(found.value), ox.NamedNode(column.property), node), entry.place
            elif found is not None:
                yield ox.Triple(node, ox.NamedNode(column.property), found), entry.place

    def _row_named(self, row: Row, entry: Entry, text: str) -> ox.NamedNode | None:
        parent = ""
        if within := entry.heading.column.within:
            above = row.entry(within)
            column = row.sheet.column(within)
            parent = next(iter(self._names.find(column.rows, above.cell.text)), "") if above else ""
        found = named(entry, text, self._names, self._findings, parent)
        return ox.NamedNode(found) if found else None

    def _demonstrated(self, node: ox.NamedNode, row: Row, entry: Entry) -> Iterator[Placed]:
        """Competency, level and role together say what is demonstrated; it is stated once, with the competency."""
        if entry.heading.column.through != OF_COMPETENCY:
            return
        target = self._identifier.target(row)
        competency = self._names.find(entry.heading.column.rows, entry.cell.text)
        if target is None:  # one of the three cells has a fault
            return
        property_ = ox.NamedNode(entry.heading.column.property)
        yield ox.Triple(node, property_, ox.NamedNode(target)), entry.place
        if [target] == competency:
            yield ox.Triple(node, ox.NamedNode(OF_COMPETENCY), ox.NamedNode(target)), entry.place

    def _value(self, entry: Entry, text: str) -> Value | None:
        if entry.heading.column.kind is Kind.TEXT and not (entry.heading.language or self._language):
            self._tell_languageless(entry)
        try:
            term = value(entry, text, self._language)
        except (CellError, ValueError) as error:
            self._findings.fault(entry.place, str(error))
            return None
        if entry.heading.column.kind is Kind.POINTER and not is_iri(text) and term.value.startswith(SOURCE):
            self._tell_unknown_source(entry, text)
        return term

    def _tell_languageless(self, entry: Entry) -> None:
        """Once; the rest is read as if the language were undetermined."""
        self._language = "und"
        hint = f"Fill in Language in the sheet {FRAMEWORK}, or head the column {entry.heading.column.heading} @en"
        self._findings.fault(entry.place, f"It is not said in which language the texts are. {hint}.")

    def _tell_unknown_source(self, entry: Entry, text: str) -> None:
        name = text.partition("#")[0]
        if self._names.find(("Sources",), name):
            return
        near = self._names.near(("Sources",), name)
        hint = f"Did you mean {near[0]!r}?" if near else "Add it there, or write a whole web address."
        message = f"No row of Sources has the identifier {name!r}, in which this pointer leads. {hint}"
        self._findings.fault(entry.place, message)


def language_of(rows: Iterable[Row], findings: Findings) -> str:
    """The language of the texts: the first that the framework names; empty if none, ``und`` for what is no code."""
    entry = next((found for row in rows if row.sheet.name == FRAMEWORK and (found := row.entry("Language"))), None)
    if entry is None or not lines(entry):
        return ""
    language = lines(entry)[0].lower()
    if not LANGUAGE.fullmatch(language):
        findings.fault(entry.place, f"{language!r} is no code of a language. Write en, de or another, as in RFC 5646.")
        return "und"
    return language
