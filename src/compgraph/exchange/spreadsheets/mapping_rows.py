"""The sheets of mapping sets and mappings to mapping sets (SSSOM 1.1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from compgraph.exchange.spreadsheets.description import MAPPING_SETS, MAPPINGS
from compgraph.exchange.spreadsheets.grids.cells import Findings, Place
from compgraph.exchange.spreadsheets.identify import Given
from compgraph.exchange.spreadsheets.mapping_cells import check_ends, header_value, identified, slot_value
from compgraph.exchange.spreadsheets.names import Names, is_iri
from compgraph.exchange.spreadsheets.prefixes import prefixes, shorten
from compgraph.exchange.spreadsheets.rows import Entry, Row, tell_empty
from compgraph.exchange.spreadsheets.slots import ENDS, SSSOM_VERSION, slot_of
from compgraph.exchange.spreadsheets.statements_of_rows import named
from compgraph.exchange.spreadsheets.values import lines
from compgraph.load import MappingSet
from compgraph.load.sssom import record_name
from compgraph.terms import ID, SEMAPV
from compgraph.tidy import SlotKind
from compgraph.tidy.sssom import SLOTS

_BY_HAND = SEMAPV + "ManualMappingCuration"


@dataclass
class Draft:
    """A mapping set that is being put together from its rows."""

    iri: str
    row: Row
    header: dict[str, object]
    declared: dict[str, str]
    records: list[tuple[Row, dict[str, list[str]]]] = field(default_factory=list)
    """Each row with the values of its slots; entities as IRIs."""
    stated: dict[str, Row] = field(default_factory=dict)
    """The rows that say by which IRI their record goes."""


def drafts(rows: Mapping[str, list[Row]], names: Names, findings: Findings) -> list[Draft]:
    """The mapping sets of a workbook with their rows. What is wrong is added to the findings."""
    found: dict[str, Draft] = {}
    for row in rows[MAPPING_SETS]:
        draft = _draft(row, names, findings)
        if draft and (other := found.setdefault(draft.iri, draft)) is not draft:
            findings.fault(row.place, f"Row {other.row.number} has this identifier too. Put the two sets into one.")
    for row in rows[MAPPINGS]:
        entry = row.entry("Set")
        of = named(entry, entry.cell.text, names, findings) if entry else None
        if of in found:
            _state(row, found[of], findings)
            found[of].records.append((row, _slots(row, found[of], names, findings)))
    return list(found.values())


def mapping_set(draft: Draft, path: Path, before: MappingSet | None, names: Names) -> tuple[MappingSet, dict[str, Row]]:
    """The finished set, and the row of each record by its IRI. ``before`` is what its file holds so far."""
    known_before = _records_before(before)
    given = Given(known_before.values())
    stated = {row.number: iri for iri, row in draft.stated.items()}
    for iri in draft.stated:
        given.add(iri)
    entities = [iri for _, slots in draft.records for name in slots if _is_entity(name) for iri in slots[name]]
    known = prefixes(draft.iri, draft.declared, [*entities, names.framework])
    lines_, places = [], {}
    for row, slots in draft.records:
        ends = slots[ENDS[0]][0], slots[ENDS[1]][0]
        iri = (
            stated.get(row.number)
            or known_before.pop(ends, "")
            or given.new(f"{draft.iri}/{record_name(*ends)}", numbered=False)
        )
        places[iri] = row
        written = {"record_id": [iri], **slots}
        lines_.append({name: _joined(name, values, known) for name, values in written.items() if values})
    header = {
        "sssom_version": SSSOM_VERSION,
        "subject_source": shorten(names.framework, known),
        **draft.header,
        "mapping_set_id": draft.iri,
        "curie_map": known,
    }
    return MappingSet(path, draft.iri, header, tuple(lines_), [1] * len(lines_)), places


def _draft(row: Row, names: Names, findings: Findings) -> Draft | None:
    tell_empty(row, findings)
    name, other = row.entry("Identifier"), row.entry("Other framework")
    if name is None or other is None:
        return None
    iri = identified(name, f"{ID}mappings", findings)
    names.add(row.sheet, iri, iri)
    prefixes_ = row.entry("Prefixes")
    declared = _declared(prefixes_, findings) if prefixes_ else {}
    known = prefixes(iri, declared, ())
    header: dict[str, object] = {}
    for entry in row.entries:
        slot = slot_of(entry.heading.column)
        if slot and entry is not prefixes_:
            values = [v for text in lines(entry) if (v := header_value(entry, text, known, findings))]
            header[slot] = values if entry.heading.column.many else "".join(values)
    return Draft(iri, row, header, declared) if header["object_source"] else None


def _declared(entry: Entry, findings: Findings) -> dict[str, str]:
    declared = {}
    for text in lines(entry):
        prefix, _, start = text.partition(" ")
        if is_iri(start.strip()):
            declared[prefix.removesuffix(":")] = start.strip()
        else:
            findings.fault(entry.place, f"{text!r} declares no prefix. Write the short form, a blank, and the address.")
    return declared


def _state(row: Row, draft: Draft, findings: Findings) -> None:
    if entry := row.entry("Identifier"):
        text = entry.cell.text
        iri = identified(entry, draft.iri, findings)
        if other := draft.stated.get(iri):
            findings.fault(entry.place, f"{text!r} stands in row {other.number} too. Clear one: it gets another.")
        draft.stated.setdefault(iri, row)


def _slots(row: Row, draft: Draft, names: Names, findings: Findings) -> dict[str, list[str]]:
    known = prefixes(draft.iri, draft.declared, ())
    slots: dict[str, list[str]] = {}
    for entry in row.entries:
        slot = slot_of(entry.heading.column)
        if slot in SLOTS:
            slots[slot] = [v for text in lines(entry) if (v := slot_value(entry, text, known, names, findings))]
    slots.setdefault("mapping_justification", [_BY_HAND])
    check_ends(row, slots, findings)
    tell_empty(row, findings)
    return slots


def _records_before(before: MappingSet | None) -> dict[tuple[str, ...], str]:
    if before is None:
        return {}
    return {
        tuple(before.expand(row[name], 1).value for name in ENDS): before.expand(row["record_id"], 1).value
        for row in before.rows
    }


def _is_entity(name: str) -> bool:
    return SLOTS[name].kind is SlotKind.ENTITY


def _joined(name: str, values: list[str], known: Mapping[str, str]) -> str:
    return "|".join(shorten(value, known) if _is_entity(name) else value for value in values)


def unused(found: list[Draft]) -> Iterator[Place]:
    """The rows of mapping sets that no mapping names."""
    return (draft.row.place for draft in found if not draft.records)
