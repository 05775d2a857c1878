"""Mapping sets (SSSOM 1.1) to the rows of their two sheets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from compgraph.exchange.contents import Contents
from compgraph.exchange.spreadsheets.description import Column, Kind, Sheet
from compgraph.exchange.spreadsheets.names import Names, identifier
from compgraph.exchange.spreadsheets.prefixes import prefixes, shorten
from compgraph.exchange.spreadsheets.slots import ENDS, SSSOM_VERSION, extra_slot, slot_of
from compgraph.load import MappingSet
from compgraph.terms import NO_TERM_FOUND
from compgraph.tidy import SlotKind
from compgraph.tidy.sssom import SLOTS


def set_rows(sheet: Sheet, framework: Contents, names: Names) -> tuple[list[Column], list[list[str]]]:
    """The columns that it takes, and a row for each mapping set."""
    used = [
        key for each in framework.mapping_sets for key, value in each.metadata.items() if not _by_itself(key, value)
    ]
    columns = _columns(sheet, used)
    rows = []
    for each in framework.mapping_sets:
        names.add(sheet, each.iri, each.iri)
        rows.append([_header_cell(each, sheet, column, framework) for column in columns])
    return columns, rows


def mapping_rows(sheet: Sheet, framework: Contents, names: Names) -> tuple[list[Column], list[list[str]]]:
    """The columns that it takes, and a row for each mapping of each set."""
    used = [slot for each in framework.mapping_sets for row in each.rows for slot in row if slot != "record_id"]
    columns = _columns(sheet, used)
    rows = []
    for each in framework.mapping_sets:
        known = prefixes(each.iri, _declared(each, framework), _entities(each))
        for row in each.rows:
            rows.append([_cell(each, row, column, names, known) for column in columns])
    return columns, rows


def _by_itself(key: str, value: object) -> bool:
    """Whether the import states this without being told."""
    return key in ("mapping_set_id", "subject_source") or (key, value) == ("sssom_version", SSSOM_VERSION)


def _columns(sheet: Sheet, used: Iterable[str]) -> list[Column]:
    """The columns of a sheet, and one for each slot that is used besides."""
    extra = [extra_slot(sheet.name, name) for name in dict.fromkeys(used)]
    return [*sheet.columns, *sorted((column for column in extra if column), key=lambda column: column.heading)]


def _header_cell(mapping_set: MappingSet, sheet: Sheet, column: Column, framework: Contents) -> str:
    if column.kind is Kind.IDENTIFIER:
        return identifier(sheet, framework.iri, mapping_set.iri)
    slot = slot_of(column)
    if slot == "curie_map":
        return "\n".join(f"{name} {start}" for name, start in sorted(_declared(mapping_set, framework).items()))
    value = mapping_set.metadata.get(slot, "")
    if slot == "object_source" and value:
        return shorten(mapping_set.expand(str(value), 1).value, prefixes(mapping_set.iri, {}, ()))
    return "\n".join(map(str, value)) if isinstance(value, list) else str(value)


def _declared(mapping_set: MappingSet, framework: Contents) -> dict[str, str]:
    """The prefixes of a set that are not those that the import knows by itself."""
    stated = mapping_set.metadata.get("curie_map")
    known = prefixes(mapping_set.iri, {}, [*_entities(mapping_set), f"{framework.iri}/x"])
    stated = dict(stated) if isinstance(stated, Mapping) else {}
    return {name: start for name, start in stated.items() if known.get(name) != start}


def _entities(mapping_set: MappingSet) -> list[str]:
    return [
        mapping_set.expand(value.strip(), 1).value
        for row in mapping_set.rows
        for slot, values in row.items()
        if SLOTS[slot].kind is SlotKind.ENTITY
        for value in values.split("|")
    ]


def _cell(
    mapping_set: MappingSet, row: Mapping[str, str], column: Column, names: Names, known: Mapping[str, str]
) -> str:
    if column.kind is Kind.IDENTIFIER:
        record = mapping_set.expand(row["record_id"], 1).value
        return record.removeprefix(f"{mapping_set.iri}/")
    if column.kind is Kind.ROW:
        return names.cite(column.rows, mapping_set.iri)
    slot = slot_of(column)
    values = [value.strip() for value in row.get(slot, "").split("|")] if SLOTS[slot].many else [row.get(slot, "")]
    if SLOTS[slot].kind is SlotKind.ENTITY:
        iris = [mapping_set.expand(value, 1).value for value in values if value]
        values = [_entity(iri, column, names, known) for iri in iris]
    return "\n".join(value for value in values if value)


def _entity(iri: str, column: Column, names: Names, known: Mapping[str, str]) -> str:
    if iri == NO_TERM_FOUND and slot_of(column) in ENDS:
        return ""
    for name, choice in column.choices.items():
        if choice == iri:
            return name
    return names.cite(column.rows, iri) if column.rows else shorten(iri, known)
