"""SSSOM TSV to mapping sets, and mapping sets to triples (SSSOM 1.1, https://w3id.org/sssom/)."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox

from compgraph.errors import FileError
from compgraph.load.files import file_text
from compgraph.load.sssom_header import read_header
from compgraph.load.tsv import Line, table_lines
from compgraph.terms import DCTERMS, NO_TERM_FOUND, PREFIXES, RDF_TYPE, SSSOM, XSD
from compgraph.tidy import Slot, SlotKind
from compgraph.tidy.sssom import PROPAGATED, SET_SLOTS, SLOTS, listed

_REQUIRED = ("subject_id", "predicate_id", "object_id", "mapping_justification")
_DATATYPES = {SlotKind.NUMBER: ox.NamedNode(XSD + "decimal"), SlotKind.DATE: ox.NamedNode(XSD + "date")}
PATTERNS = {SlotKind.NUMBER: re.compile(r"\d+(\.\d+)?"), SlotKind.DATE: re.compile(r"\d{4}-\d{2}-\d{2}")}
"""How numbers and dates are written."""
_EXAMPLES = {SlotKind.NUMBER: "0.6", SlotKind.DATE: "2026-01-31"}
_TYPE = ox.NamedNode(RDF_TYPE)
_PART_OF = ox.NamedNode(DCTERMS + "isPartOf")


class Cell(NamedTuple):
    """A triple, the line of its row (1 for the header), and the slots that its subject and its object come from.

    A slot that is no column stands in the header, for every record.
    """

    triple: ox.Triple
    line: int
    slot: str
    subject: str = "record_id"
    offset: int = 0
    """how many characters into its cell the object begins"""


@dataclass(frozen=True, slots=True)
class MappingSet:
    """A mapping set as its file states it: the header, and a row of slot values for each mapping."""

    path: Path
    iri: str
    metadata: Mapping[str, object]
    rows: tuple[Mapping[str, str], ...]
    lines: Sequence[int]
    """The line of each row in the file, from 1."""
    header_lines: Mapping[str, int] = field(default_factory=dict)
    """The line of each slot of the header, from 1; empty if there is no file yet."""

    def triples(self) -> Iterator[ox.Triple]:
        """The set, a record for each row, and the direct triple of each row that states one.

        A row that denies (``predicate_modifier: Not``) or that found no counterpart (``sssom:NoTermFound``) gives its
        record alone. Raises FileError for a value that is not what its slot holds.
        """
        return (cell.triple for cell in self.cells())

    def cells(self) -> Iterator[Cell]:
        """The same triples, each with the place that it comes from."""
        yield from self._header_cells()
        of_all = self._propagated()
        for line, row in zip(self.lines, self.rows, strict=True):
            yield from self._row_cells(of_all | dict(row), line)

    def prefixes(self) -> dict[str, str]:
        """The prefixes known everywhere, and those of the header's curie_map."""
        declared = self.metadata.get("curie_map")
        return PREFIXES | (dict(declared) if isinstance(declared, Mapping) else {})

    def expand(self, curie: str, line: int) -> ox.NamedNode:
        """The IRI of a CURIE by the header's curie_map, then by the prefixes known everywhere; or the IRI itself."""
        if curie.startswith(("http://", "https://", "urn:")):
            return self._node(curie, curie, line)
        prefix, colon, local = curie.partition(":")
        prefixes = self.prefixes()
        if not colon or prefix not in prefixes:
            raise FileError(self.path, f"{curie!r} has no known prefix: add {prefix!r} to curie_map.", line=line)
        return self._node(f"{prefixes[prefix]}{local}", curie, line)

    def _propagated(self) -> dict[str, str]:
        """The slots that the header states for every row: only such as no row states itself."""
        own = {name for row in self.rows for name in row}
        stated = ((name, listed(value)) for name, value in self.metadata.items() if name in PROPAGATED - own)
        return {name: "|".join(values) for name, values in stated}

    def _node(self, iri: str, written: str, line: int) -> ox.NamedNode:
        try:
            return ox.NamedNode(iri)
        except ValueError as error:
            raise FileError(self.path, f"{written!r} is no IRI ({error}): correct it.", line=line) from error

    def _header_cells(self) -> Iterator[Cell]:
        subject = ox.NamedNode(self.iri)
        yield Cell(ox.Triple(subject, _TYPE, ox.NamedNode(SSSOM + "MappingSet")), 1, "mapping_set_id", "mapping_set_id")
        for key, value in self.metadata.items():
            if key in ("curie_map", "mapping_set_id"):
                continue
            for item in listed(value):
                is_iri = key in SET_SLOTS and SET_SLOTS[key].kind is SlotKind.ENTITY
                term = self.expand(item, self.header_lines.get(key, 1)) if is_iri else ox.Literal(item)
                yield Cell(ox.Triple(subject, ox.NamedNode(SSSOM + key), term), 1, key, "mapping_set_id")

    def _row_cells(self, row: Mapping[str, str], line: int) -> Iterator[Cell]:
        record = self.expand(row["record_id"], line)
        subject, predicate, object_ = (self.expand(row[name], line) for name in _REQUIRED[:3])
        yield Cell(ox.Triple(record, _TYPE, ox.NamedNode(SSSOM + "Mapping")), line, "record_id")
        yield Cell(ox.Triple(record, _PART_OF, ox.NamedNode(self.iri)), line, "record_id")
        for name, value in row.items():
            if name != "record_id":
                yield from self._slot_cells(record, SLOTS[name], value, line)
        if not row.get("predicate_modifier") and NO_TERM_FOUND not in (subject.value, object_.value):
            yield Cell(ox.Triple(subject, predicate, object_), line, "object_id", "subject_id")

    def _slot_cells(self, record: ox.NamedNode, slot: Slot, value: str, line: int) -> Iterator[Cell]:
        offset = 0
        for item in value.split("|") if slot.many else [value]:
            triple = ox.Triple(record, ox.NamedNode(SSSOM + slot.name), self._value(slot, item.strip(), line))
            yield Cell(triple, line, slot.name, offset=offset + len(item) - len(item.lstrip()))
            offset += len(item) + 1

    def _value(self, slot: Slot, value: str, line: int) -> ox.NamedNode | ox.Literal:
        if slot.kind is SlotKind.ENTITY:
            return self.expand(value, line)
        if slot.kind is SlotKind.TEXT:
            return ox.Literal(value)
        if not PATTERNS[slot.kind].fullmatch(value):
            problem = f"{slot.name} is {value!r}, which is no {slot.kind.value}. Write it like {_EXAMPLES[slot.kind]}."
            raise FileError(self.path, problem, line=line)
        return ox.Literal(value, datatype=_DATATYPES[slot.kind])


def read_mappings(path: Path) -> MappingSet:
    """The mapping set of an SSSOM TSV file with its header inside.

    Records without ``record_id`` get one, which ``tidy`` writes down. Raises FileError, with the line, for a header
    that is no YAML, a missing or unknown column, or a row of the wrong length.
    """
    header, found = parts(file_text(path))
    stated = read_header(path, header)
    table = list(found)
    columns = _columns(path, table[:1], len(header) + 1)
    rows = tuple(_row(path, columns, line) for line in table[1:])
    lines = [line.number for line in table[1:]]
    written = MappingSet(path, str(stated.slots["mapping_set_id"]), stated.slots, rows, lines, stated.lines)
    read = replace(written, iri=written.expand(written.iri, stated.lines.get("mapping_set_id", 1)).value)
    return read if "record_id" in columns else replace(read, rows=tuple(_identified(read)))


def _identified(mapping_set: MappingSet) -> Iterator[dict[str, str]]:
    """The rows of a set that gives its records no identifiers, each with one: what it maps to what, and how often."""
    seen: Counter[str] = Counter()
    for line, row in zip(mapping_set.lines, mapping_set.rows, strict=True):
        name = record_name(*(mapping_set.expand(row[end], line).value for end in ("subject_id", "object_id")))
        seen[name] += 1
        again = f"-{seen[name]}" if seen[name] > 1 else ""
        yield {"record_id": f"{mapping_set.iri}/{name}{again}", **row}


def record_name(subject: str, object_: str) -> str:
    """What the record of a mapping of two IRIs is called below the IRI of its set."""
    ends = (subject, object_)
    return "--".join("none" if end == NO_TERM_FOUND else re.split("[/#]", end)[-1] for end in ends)


def parts(text: str) -> tuple[list[str], Iterator[Line]]:
    """The lines of the header of a mapping set, and the table below it, its columns first."""
    header = list(takewhile(lambda line: line.startswith("#"), text.split("\n")))
    start = sum(len(line) + 1 for line in header)
    return header, table_lines(text, start, len(header) + 1)


def _columns(path: Path, lines: list[Line], number: int) -> list[str]:
    columns = [cell.text for line in lines for cell in line.cells]
    for name in _REQUIRED:
        if name not in columns:
            raise FileError(path, f"has no column {name}: add it.", line=number)
    for name in columns:
        if name not in SLOTS:
            problem = f"{name!r} is no slot of an SSSOM mapping: correct or remove the column."
            raise FileError(path, problem, line=number)
        if columns.count(name) > 1:
            raise FileError(path, f"has the column {name} {columns.count(name)} times: keep one.", line=number)
    return columns


def _row(path: Path, columns: list[str], line: Line) -> dict[str, str]:
    if len(line.cells) != len(columns):
        problem = f"has {len(line.cells)} cells, the heading has {len(columns)} columns: add or remove a tab."
        raise FileError(path, problem, line=line.number)
    row = {name: cell.text for name, cell in zip(columns, line.cells, strict=True) if cell.text}
    for name in (*_REQUIRED, *(["record_id"] if "record_id" in columns else [])):
        if name not in row:
            raise FileError(path, f"{name} is empty: fill it in.", line=line.number)
    return row
