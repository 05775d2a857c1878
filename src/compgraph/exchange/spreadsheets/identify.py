"""An IRI for each row: the one it states, else the one it had, else a new one that was never given."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import pyoxigraph as ox

from compgraph.exchange.spreadsheets.description import EXPECTATIONS, WITHDRAWN, Kind, Sheet, normal, sheets
from compgraph.exchange.spreadsheets.grids.cells import Findings, Place
from compgraph.exchange.spreadsheets.names import LOCAL, Names, address, identifier, is_iri, natural, slug
from compgraph.exchange.spreadsheets.rows import Row
from compgraph.exchange.spreadsheets.statements import Statements
from compgraph.exchange.spreadsheets.values import lines

_NUMBERED = re.compile(r"(.*\.)(\d{1,9})")
Key = tuple[frozenset[str], ...]


class Identified(NamedTuple):
    """A row and its IRI. An expectation that only behaviours speak of stands at the row of the first of them."""

    iri: str
    row: Row
    sheet: Sheet
    implied: Key | None = None


class Given:
    """The IRIs that were ever given, and the highest number under each beginning."""

    def __init__(self, iris: Iterable[str]) -> None:
        self.all: set[str] = set()
        self._highest: dict[str, int] = {}
        for iri in iris:
            self.add(iri)

    def add(self, iri: str) -> None:
        self.all.add(iri)
        if found := _NUMBERED.fullmatch(iri):
            self._highest[found[1]] = max(self._highest.get(found[1], 0), int(found[2]))

    def new(self, start: str, *, numbered: bool) -> str:
        """An IRI that begins so and was never given; it counts as given from now on."""
        iri = f"{start}{self._highest.get(start, 0) + 1}" if numbered else start
        number = 2
        while iri in self.all:
            iri, number = f"{start}-{number}", number + 1
        self.add(iri)
        return iri


class Identifier:
    """Gives the rows of all sheets their IRIs, sheet by sheet, so that a row can be known by the rows it names."""

    def __init__(self, names: Names, findings: Findings, before: Statements, language: str) -> None:
        self.names = names
        self._findings, self._before, self._language = findings, before, language
        self._stated: dict[str, Place] = {}
        self.cells: dict[Key, str] = {}
        """The expectation of each competency and level or role."""
        self.given = Given(before.subjects)
        self.minted: list[str] = []
        self._keys: dict[tuple[str, int], Key] = {}
        self._rows: dict[tuple[object, ...], int] = {}
        self._known: dict[str, dict[Key, list[str]]] = {}

    def identify(self, rows: dict[str, list[Row]], wanted: Iterable[Sheet]) -> Iterator[Identified]:
        """Each row of some sheets with its IRI, in their order."""
        wanted = list(wanted)
        stated = {id(row): iri for sheet in wanted for row in rows[sheet.name] if (iri := self._state(row))}
        for sheet in wanted:
            known = self._recognised(sheet, [row for row in rows[sheet.name] if id(row) not in stated])
            for row in rows[sheet.name]:
                if sheet.name == "Behaviours" and (cell := self._implied(row)):
                    yield cell
                if id(row) not in stated:
                    self._tell_repeated(row)
                iri = stated.get(id(row)) or known.get(row.number) or self._mint(row)
                self._learn(sheet, row, iri)
                yield Identified(iri, row, sheet)

    def _tell_repeated(self, row: Row) -> None:
        key = (row.sheet.name, *self.key(row))
        at = row.place.row
        if row.sheet.key and (other := self._rows.setdefault(key, at)) != at:
            told = f"The row says the same as row {other} in {' and '.join(row.sheet.key)}"
            self._findings.remark(row.place, f"{told}. Delete one, unless the source has it twice.")

    def key(self, row: Row) -> Key:
        """What a row is known by, apart from its identifier: it names rows of earlier sheets alone, so it stays."""
        place = (row.sheet.name, row.number)
        if place not in self._keys:
            self._keys[place] = tuple(self._part(row, heading) for heading in row.sheet.key)
        return self._keys[place]

    def _part(self, row: Row, heading: str) -> frozenset[str]:
        column = row.sheet.column(heading)
        entry = row.entry(heading) or next((e for e in row.entries if e.heading.column == column), None)
        if entry is None:
            return frozenset()
        if column.kind is Kind.ROW:
            return frozenset(iri for line in lines(entry) for iri in self.names.find(column.rows, line))
        if column.kind is Kind.CHOICE:
            return frozenset(iri for name, iri in column.choices.items() if normal(name) == normal(entry.cell.text))
        return frozenset([normal(entry.cell.text)])

    def _state(self, row: Row) -> str | None:
        entry = row.entry("Identifier")
        if entry is None:
            return None
        text = entry.cell.text
        if not (LOCAL.fullmatch(text) or is_iri(text)):
            rule = "Use letters without accents, digits, dots, hyphens and underscores, the first and the last no dot"
            self._findings.fault(entry.place, f"{text!r} is no identifier. {rule}; or leave it empty.")
            return None
        iri = address(row.sheet, self.names.framework, text)
        if other := self._stated.get(iri):
            where = f"{other.sheet}, row {other.row}"
            self._findings.fault(entry.place, f"{text!r} stands in {where} too. Clear one: the import gives another.")
            return None
        self._stated[iri] = entry.place
        self.given.add(iri)
        return iri

    def _known_before(self, sheet: Sheet) -> dict[Key, list[str]]:
        if sheet.name not in self._known:
            self._known[sheet.name] = self._look_back(sheet)
        return self._known[sheet.name]

    def _look_back(self, sheet: Sheet) -> dict[Key, list[str]]:
        """The rows that the file had before and that no row claims by its identifier, by what they are known by."""
        known: dict[Key, list[str]] = {}
        for iri in self._before.rows(sheet) if sheet.key else ():
            if iri not in self._stated:
                key = tuple(
                    frozenset(self._text(value) for value in self._best(iri, sheet, heading)) for heading in sheet.key
                )
                known.setdefault(key, []).append(iri)
        return {key: sorted(iris, key=natural) for key, iris in known.items()}

    def _best(self, iri: str, sheet: Sheet, heading: str) -> list[ox.NamedNode | ox.Literal]:
        values = self._before.values(iri, sheet, sheet.column(heading))
        return [value for value in values if getattr(value, "language", None) == self._language] or values

    def _text(self, value: ox.NamedNode | ox.Literal) -> str:
        return value.value if isinstance(value, ox.NamedNode) else normal(value.value)

    def _recognised(self, sheet: Sheet, rows: list[Row]) -> dict[int, str]:
        """The IRIs that rows had before, by row number; of rows that are known by the same, each gets the likest."""
        known = self._known_before(sheet)
        keys = {row.number: self.key(row) for row in rows if sheet.key}
        found = {}
        for likeness in (self._alike, lambda _row, _iri: True):
            for row in rows:
                fits = known.get(keys.get(row.number, ()), [])
                iri = next((iri for iri in fits if row.number not in found and likeness(row, iri)), None)
                if iri:
                    fits.remove(iri)
                    found[row.number] = iri
        return found

    def _alike(self, row: Row, iri: str) -> bool:
        """Whether a row says the same as before of its place: its locator, its position and the rows it names."""
        for column in row.sheet.columns:
            if column.kind in (Kind.ROW, Kind.WHOLE) or column.heading == "Locator":
                before = frozenset(self._text(value) for value in self._best(iri, row.sheet, column.heading))
                if before != self._part(row, column.heading):
                    return False
        return True

    def _mint(self, row: Row) -> str:
        pattern = row.sheet.identifier.removesuffix("{number}")
        numbered = pattern != row.sheet.identifier
        start = re.sub(r"\{(\w+)\}", lambda found: self._fill(row, found[1]), pattern)
        start = start or f"{slug(row.sheet.name)}."
        numbered |= start.endswith(".")  # the label holds nothing that an identifier could
        self.minted.append(self.given.new(address(row.sheet, self.names.framework, start), numbered=numbered))
        return self.minted[-1]

    def _fill(self, row: Row, place: str) -> str:
        if place == "cell":
            target = self.target(row)
            return identifier(row.sheet, self.names.framework, target) if target else "unknown"
        column = next(column for column in row.sheet.columns if normal(column.heading) == place)
        found = sorted(self._part(row, column.heading))
        if column.kind is Kind.ROW:
            names = [identifier(row.sheet, self.names.framework, iri) for iri in found]
            return re.sub(r"^(level|role)\.", "", names[0]) if names else ""
        if column.kind is Kind.CHOICE:
            return found[0].rpartition("#")[2] if found else "unknown"
        return slug(found[0]) if found else ""

    def _learn(self, sheet: Sheet, row: Row, iri: str) -> None:
        naming = sheet.naming
        entries = [entry for entry in row.entries if naming and entry.heading.column == naming]
        for entry in entries:
            self.names.add(sheet, iri, entry.cell.text)
        if not entries:
            self.names.add(sheet, iri, iri)
        if sheet.name == EXPECTATIONS:
            self.cells.setdefault(self.key(row), iri)
        if (position := row.entry("Position")) and "Competency" in sheet.key:
            for parent in self._part(row, "Competency"):
                self.names.add_position(sheet, parent, position.cell.text, iri)

    def target(self, row: Row) -> str | None:
        """What a behaviour demonstrates: an expectation, or its competency where it names neither level nor role."""
        competency, level, role = self.key(row)[:3]
        if not level and not role:
            return next(iter(competency), None)
        return self.cells.get((competency, level, role))

    def _implied(self, row: Row) -> Identified | None:
        """The expectation of a behaviour, if no row speaks of it and all that it takes is known."""
        key = self.key(row)[:3]
        named = sum(bool(row.entry(heading)) for heading in ("Level", "Role"))
        if self.target(row) or not key[0] or not named or sum(map(bool, key[1:])) != named:
            return None
        sheet = next(sheet for sheet in sheets() if sheet.name == EXPECTATIONS)
        fits = self._known_before(sheet).get(key)
        iri = fits.pop(0) if fits else self._mint(Row(sheet, row.number, row.entries, row.headings))
        self.cells[key] = iri
        self.names.add(sheet, iri, iri)
        return Identified(iri, row, sheet, key)

    def withdrawn(self, used: set[str]) -> list[str]:
        """The IRIs that rows had before and that no row has now."""
        every = {iri for sheet in sheets() if sheet.name != WITHDRAWN for iri in self._before.rows(sheet)}
        return sorted(every - used, key=natural)
