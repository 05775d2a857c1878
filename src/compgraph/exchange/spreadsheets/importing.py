"""From sheets to kept files: read, compared with what the files held, checked, and made into canonical text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from compgraph.errors import FileError
from compgraph.exchange.contents import Contents
from compgraph.exchange.spreadsheets.checking import check
from compgraph.exchange.spreadsheets.description import sheets
from compgraph.exchange.spreadsheets.foreign.column_maps import read_column_map
from compgraph.exchange.spreadsheets.foreign.files import foreign_grids
from compgraph.exchange.spreadsheets.foreign.rows import mapped_rows
from compgraph.exchange.spreadsheets.grids.cells import CellFinding, Findings, Grid, Place, Weight
from compgraph.exchange.spreadsheets.grids.csv_files import read_folder
from compgraph.exchange.spreadsheets.grids.xlsx_reader import read_workbook
from compgraph.exchange.spreadsheets.losses import not_held
from compgraph.exchange.spreadsheets.prefixes import shorten
from compgraph.exchange.spreadsheets.reading import Before, Reading, read
from compgraph.exchange.spreadsheets.rows import Row, rows_of
from compgraph.exchange.spreadsheets.tables import tables
from compgraph.load import read_mappings, read_rdf
from compgraph.terms import FRAMEWORK, PREFIXES
from compgraph.tidy import comment_line, sssom_text, turtle_text
from compgraph.workspace import SSSOM_SUFFIX, Workspace


@dataclass(frozen=True, slots=True)
class Import:
    """What an import would write, and everything that was found."""

    reading: Reading
    findings: tuple[CellFinding, ...]
    """The worst first, then by place."""
    files: Mapping[Path, str]
    """The text of each file that is to be written; none where there is a fault."""

    def stops(self, *, allow_loss: bool) -> bool:
        """Whether there is something that must be mended before anything is written."""
        stopping = {Weight.FAULT} if allow_loss else {Weight.FAULT, Weight.LOSS}
        return any(finding.weight in stopping for finding in self.findings)


def prepare(path: Path, *, out: Path, workspace: Workspace, columns: Path | None = None) -> Import:
    """The framework that a workbook or a folder of csv describes, ready to be written to ``out``; nothing is written.

    With a column map, any workbook, csv file or folder of csv is read by that. The framework's mapping sets go to
    ``mappings/`` beside it. Raises FileError for a file that can't be read, is no workbook or exceeds the bounds,
    ShapeError for shapes that can't be run.
    """
    findings = Findings()
    before, prefixes = _before(out)
    reading = read(_rows(path, columns, findings), findings, out=out, before=before)
    _tell_what_is_lost(reading, before, out, findings)
    found = {*findings.all, *(() if findings.too_many else check(reading, workspace, out))}
    faulty = any(finding.weight is Weight.FAULT for finding in found)
    files = {} if faulty else _files(reading, out, prefixes)
    return Import(reading, tuple(sorted(found, key=_order)), files)


def _rows(path: Path, columns: Path | None, findings: Findings) -> dict[str, list[Row]]:
    if columns is None:
        return rows_of(_grids(path, findings), findings)
    column_map = read_column_map(columns)
    return mapped_rows(foreign_grids(path, findings, column_map.encodings), column_map, findings)


def _grids(path: Path, findings: Findings) -> tuple[Grid, ...]:
    if path.is_dir():
        return read_folder(path, {sheet.file: sheet.name for sheet in sheets()}, findings)
    if path.suffix.lower() != ".xlsx":
        hint = "Give a workbook (.xlsx) or a folder of csv, as compgraph template makes them; or read any other table"
        raise FileError(path, f"is none of our sheets. {hint} by a column map, which compgraph columns proposes.")
    return read_workbook(path)


def _files(reading: Reading, out: Path, prefixes: Mapping[str, str]) -> dict[Path, str]:
    own = {reading.framework.rstrip("/#").rpartition("/")[2]: f"{reading.framework}/"}
    mappings = {each.path: sssom_text(each.metadata, each.rows) for each in reading.mapping_sets}
    return {out: turtle_text(reading.triples, {**own, **prefixes}), **mappings}


def _before(out: Path) -> tuple[Before, Mapping[str, str]]:
    folder = out.parent / "mappings"
    sets = (read_mappings(path) for path in sorted(folder.glob(f"*{SSSOM_SUFFIX}")))
    by_iri = {each.iri: each for each in sets}
    if not out.exists():
        return Before(mapping_sets=by_iri), {}
    file = read_rdf(out)
    triples = tuple(quad.triple for quad in file.quads)
    frameworks = [str(_value(triple.subject)) for triple in triples if _value(triple.object) == FRAMEWORK]
    return Before(frameworks[0] if len(frameworks) == 1 else out.name, triples, by_iri), file.prefixes


def _tell_what_is_lost(reading: Reading, before: Before, out: Path, findings: Findings) -> None:
    """What the files hold that the sheets do not: it would be gone once they are replaced."""
    place = Place(out.name)
    if before.framework and before.framework != reading.framework:
        problem = f"The file holds {before.framework}, and the sheets describe {reading.framework}"
        findings.fault(place, f"{problem}. Write to another file, or correct the identifier of the framework.")
    elif before.framework:
        if line := comment_line(out.read_text(encoding="utf-8")):
            findings.loss(place, f"Line {line} is a comment, and the sheets have none. It would be gone.")
        framework = Contents(before.framework, before.triples)
        left = not_held(framework, tables(framework))
        kept = [triple for triple in left - reading.triples.keys() if _value(triple.subject) in reading.rows]
        for name, count in sorted(Counter(shorten(triple.predicate.value, PREFIXES) for triple in kept).items()):
            findings.loss(place, f"No column holds {count} of its statements of {name}. They would be gone.")
    for each in reading.mapping_sets:
        _tell_lost_mappings(each.iri, reading, before, each.path, findings)


def _tell_lost_mappings(iri: str, reading: Reading, before: Before, path: Path, findings: Findings) -> None:
    earlier = before.mapping_sets.get(iri)
    other = next((each.iri for each in before.mapping_sets.values() if each.path == path and each.iri != iri), None)
    if other:
        findings.fault(Place(path.name), f"The file holds the mapping set {other}. Name yours differently.")
    if earlier is None:
        return
    records = {earlier.expand(row["record_id"], 1).value for row in earlier.rows}
    if gone := records - reading.rows.keys():
        message = f"{len(gone)} mappings that the file holds are not in the sheets. They are taken out."
        findings.remark(Place(path.name), message)


def _value(term: object) -> object:
    return term.value if isinstance(term, ox.NamedNode) else term


def _order(finding: CellFinding) -> tuple[object, ...]:
    sheet, row, column, _ = finding.place
    return list(Weight).index(finding.weight), sheet, row, len(column), column, finding.message
