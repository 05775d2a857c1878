"""The rows of all sheets to a framework and its mapping sets, with the cell of every statement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from compgraph.exchange.spreadsheets.description import (
    FRAMEWORK,
    MAPPING_SETS,
    MAPPINGS,
    WITHDRAWN,
    sheets,
)
from compgraph.exchange.spreadsheets.grids.cells import CellFinding, Findings, Place, Weight
from compgraph.exchange.spreadsheets.identify import Identified, Identifier
from compgraph.exchange.spreadsheets.mapping_rows import drafts, mapping_set, unused
from compgraph.exchange.spreadsheets.names import LOCAL, Names, address, is_iri, slug
from compgraph.exchange.spreadsheets.rows import Row
from compgraph.exchange.spreadsheets.statements import DEPRECATED, Statements
from compgraph.exchange.spreadsheets.statements_of_rows import Placed, language_of, triples, withdrawn
from compgraph.load import MappingSet
from compgraph.workspace import SSSOM_SUFFIX

_APART = (FRAMEWORK, MAPPING_SETS, MAPPINGS)


@dataclass(frozen=True, slots=True)
class Before:
    """What the files that are to be replaced hold so far."""

    framework: str = ""
    triples: tuple[ox.Triple, ...] = ()
    mapping_sets: Mapping[str, MappingSet] = field(default_factory=dict)
    """By IRI."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read, and what was found on the way."""

    framework: str
    triples: Mapping[ox.Triple, Place]
    """Every statement of the framework, with the cell that makes it."""
    mapping_sets: tuple[MappingSet, ...]
    mappings: Mapping[ox.Triple, Place]
    """Every statement of the mapping sets, with the row that makes it."""
    rows: Mapping[str, Row]
    """The row of each node, by IRI."""
    findings: tuple[CellFinding, ...]
    carried: Mapping[str, tuple[int, int]]
    """By sheet, how many rows were read and how many cells."""
    new: tuple[str, ...]
    """The identifiers that were given."""
    gone: tuple[str, ...]
    """The identifiers that were withdrawn."""


def read(rows: dict[str, list[Row]], findings: Findings, *, out: Path, before: Before) -> Reading:
    """The framework that the rows of all sheets describe, by sheet; every fault is among the findings."""
    framework = _framework(rows[FRAMEWORK], findings, out)
    language = language_of(rows[FRAMEWORK], findings)
    earlier = Statements(framework, before.triples if before.framework == framework else ())
    names = Names(framework)
    identifier = Identifier(names, findings, earlier, language)
    identified = [
        *_itself(rows[FRAMEWORK], framework, names),
        *identifier.identify(rows, [sheet for sheet in sheets() if sheet.name not in _APART]),
    ]
    placed = dict(_first(triples(identified, identifier, findings, language=language)))
    gone = _withdraw(placed, identified, identifier, earlier, findings, before)
    sets, mappings, records = _mappings(rows, names, findings, out, before)
    return Reading(
        framework=framework,
        triples=placed,
        mapping_sets=sets,
        mappings=mappings,
        rows={each.iri: each.row for each in reversed(identified)} | records,
        findings=tuple(findings.all),
        carried={name: (len(found), sum(len(row.entries) for row in found)) for name, found in rows.items() if found},
        new=tuple(identifier.minted),
        gone=tuple(gone),
    )


def _framework(rows: list[Row], findings: Findings, out: Path) -> str:
    sheet = sheets()[0]
    if len(rows) != 1:
        many = f"has {len(rows)} rows; a workbook holds one framework"
        wrong = many if rows else "has no row (one marked as an example does not count)"
        place = rows[1].place if rows else Place(FRAMEWORK)
        findings.fault(place, f"The sheet {wrong}. Describe the framework in one row.")
    entry = rows[0].entry("Identifier") if rows else None
    text = entry.cell.text if entry else slug(out.name.partition(".")[0])
    if entry and not (LOCAL.fullmatch(text) or is_iri(text)):
        findings.fault(entry.place, f"{text!r} is no identifier. Use small letters, digits and hyphens.")
        text = slug(text)
    return address(sheet, "", text or "unnamed")


def _itself(rows: list[Row], framework: str, names: Names) -> list[Identified]:
    for row in rows[:1]:
        for entry in row.entries:
            if entry.heading.column.named:
                names.add(row.sheet, framework, entry.cell.text)
    return [Identified(framework, row, row.sheet) for row in rows[:1]]


def _first(placed: Iterable[Placed]) -> Iterable[Placed]:
    seen = set()
    for triple, place in placed:
        if triple not in seen:
            seen.add(triple)
            yield triple, place


def _withdraw(
    placed: dict[ox.Triple, Place],
    identified: list[Identified],
    identifier: Identifier,
    earlier: Statements,
    findings: Findings,
    before: Before,
) -> list[str]:
    """Keep what was withdrawn before, and add what has gone since."""
    used = {each.iri for each in identified}
    own = f"{identifier.names.framework}/"
    gone = [iri for iri in identifier.withdrawn(used) if iri.startswith(own)]
    place = Place(WITHDRAWN)
    for iri in gone:
        placed.update(dict(withdrawn(iri, identifier.names.framework, place)))
    still = {s for s in earlier.subjects if s not in used and earlier.objects(s, DEPRECATED.value)}
    placed.update({triple: place for triple in before.triples if triple.subject.value in still})  # type: ignore[union-attr]
    if gone:
        known = ", ".join(iri.removeprefix(own) for iri in gone[:8]) + (", ..." if len(gone) > 8 else "")
        told = "1 identifier is" if len(gone) == 1 else f"{len(gone)} identifiers are"
        hint = "Where a row was only renamed, write its identifier into it, and import again"
        findings.remark(place, f"{told} in use no more, and withdrawn: {known}. {hint}.")
    return gone


def _mappings(
    rows: Mapping[str, list[Row]], names: Names, findings: Findings, out: Path, before: Before
) -> tuple[tuple[MappingSet, ...], dict[ox.Triple, Place], dict[str, Row]]:
    found = drafts(rows, names, findings)
    for place in unused(found):
        findings.remark(place, "No mapping names this set. No file is written for it, and one that is there stays.")
    sets: list[MappingSet] = []
    placed: dict[ox.Triple, Place] = {}
    records: dict[str, Row] = {}
    for draft in found if not any(finding.weight is Weight.FAULT for finding in findings.all) else ():
        if not draft.records:
            continue
        path = out.parent / "mappings" / f"{draft.iri.rstrip('/#').rpartition('/')[2]}{SSSOM_SUFFIX}"
        if other := next((each for each in sets if each.path == path), None):
            findings.fault(draft.row.place, f"Its file would be that of {other.iri}. End the identifier differently.")
            continue
        finished, by_iri = mapping_set(draft, path, before.mapping_sets.get(draft.iri), names)
        sets.append(finished)
        records |= by_iri | {draft.iri: draft.row}
        for triple in finished.triples():
            row = by_iri.get(triple.subject.value, draft.row)  # type: ignore[union-attr]
            placed[triple] = row.place
    return tuple(sets), placed, records
