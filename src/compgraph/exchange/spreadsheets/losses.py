"""What sheets do not hold of a framework: found by reading them back."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pyoxigraph as ox

from compgraph.exchange.contents import Contents
from compgraph.exchange.contract import Exported, Loss
from compgraph.exchange.spreadsheets.description import sheets
from compgraph.exchange.spreadsheets.grids.cells import Findings
from compgraph.exchange.spreadsheets.prefixes import shorten
from compgraph.exchange.spreadsheets.reading import Before, read
from compgraph.exchange.spreadsheets.rows import rows_of
from compgraph.exchange.spreadsheets.tables import Table
from compgraph.terms import PREFIXES, RDF_TYPE

_LINK, _RECORD = "link", "mapping record"
"""What stands for a class where a statement belongs to the mapping set of another framework."""


def exported(framework: Contents, tables: tuple[Table, ...], files: Mapping[str, bytes]) -> Exported:
    """The files with a report of what would be missing if they were imported again."""
    left = not_held(framework, tables)
    stated = {*framework.triples, *framework.links}
    kinds = {triple.subject: _name(triple.object) for triple in (*stated, *left) if triple.predicate.value == RDF_TYPE}
    elsewhere = {*framework.links} - _mappings(framework) - {*framework.triples}
    lost = Counter(
        (
            _of_link(kinds.get(triple.subject)) if triple in elsewhere else kinds.get(triple.subject, "other"),
            _relation(triple),
        )
        for triple in left
    )
    losses = (Loss(*what, number, _reason(*what)) for what, number in sorted(lost.items()))
    return Exported(files, tuple(losses), len(stated - left))


def not_held(framework: Contents, tables: tuple[Table, ...]) -> set[ox.Triple]:
    """The statements that would not come back."""
    findings = Findings()
    rows = rows_of((table.grid() for table in tables), findings)
    back = read(rows, findings, out=Path("framework.ttl"), before=Before())
    return {*framework.triples, *framework.links, *_mappings(framework)} - back.triples.keys() - back.mappings.keys()


def _mappings(framework: Contents) -> set[ox.Triple]:
    return {triple for each in framework.mapping_sets for triple in each.triples()}


def _of_link(kind: str | None) -> str:
    return _RECORD if kind == "Mapping" else _LINK


def _relation(triple: ox.Triple) -> str:
    return shorten(triple.predicate.value, PREFIXES)


def _name(class_: object) -> str:
    return class_.value.rpartition("#")[2].rpartition("/")[2] if isinstance(class_, ox.NamedNode) else "other"


def _reason(kind: str, relation: str) -> str:
    if kind in (_LINK, _RECORD):
        return "it starts from another framework, and goes out with that"
    for sheet in sheets():
        if any(class_.endswith(("#" + kind, "/" + kind)) for class_ in sheet.classes):
            if any(shorten(column.property, PREFIXES) == relation for column in sheet.columns):
                return f"the sheet {sheet.name} has one cell for it, which cannot hold this"
            return f"the sheet {sheet.name} has no column for it"
    return "no sheet is for nodes of this kind"
