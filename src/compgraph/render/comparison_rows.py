"""Comparisons for programs: rows as CSV, and everything as JSON."""

import json
from collections.abc import Iterable, Iterator, Sequence

from compgraph.comparisons import Comparison, CompetencyComparison, FrameworkComparison
from compgraph.comparisons.competencies import Alignment, Competency, Level, Statement
from compgraph.comparisons.frameworks import Entry, Side, Standing
from compgraph.comparisons.links import Link
from compgraph.render.machine import csv_text
from compgraph.store import Table, Term

_LINKS = ("row", "row_label", "row_cluster", "relation", "column", "column_label", "column_cluster")
_SAID = ("side", "competency", "level", "level_label", "correspondence", "kind", "statement", "text", "locator")
_REASONS = ("confidence", "comment")
_NOTHING = ("", "", "")


def comparison_csv(comparison: Comparison) -> str:
    """The comparison as rows, in SPARQL's CSV.

    Of two frameworks, a row for each link and for each competency without one. Of two competencies, a row for each
    text of either side, with the link it has a part in; a text with several links has several rows. Levels that
    correspond have the same number in ``correspondence``.
    """
    if isinstance(comparison, FrameworkComparison):
        return _csv((*_LINKS, *_REASONS), _framework_rows(comparison))
    return _csv((*_SAID, "relation", "other", *_REASONS), _competency_rows(comparison))


def comparison_json(comparison: Comparison) -> str:
    """Everything that the comparison holds, by the names of its fields."""
    if isinstance(comparison, CompetencyComparison):
        return _json(_plain(comparison))
    links = [
        {"row": row, "column": column, **link._asdict()}
        for (row, column), found in comparison.links.items()
        for link in found
    ]
    return _json({"rows": _plain(comparison.rows), "columns": _plain(comparison.columns), "links": links})


def _plain(value: object) -> object:
    """Named tuples as objects by the names of their fields, other tuples as arrays."""
    if isinstance(value, tuple):
        names = getattr(value, "_fields", None)
        parts = [_plain(part) for part in value]
        return parts if names is None else dict(zip(names, parts, strict=True))
    return value


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    terms = (tuple(Term("literal", text) if text else None for text in row) for row in rows)
    return csv_text(Table(tuple(columns), tuple(terms)))


def _framework_rows(comparison: FrameworkComparison) -> Iterator[Sequence[str]]:
    entries = {entry.iri: entry for side in (comparison.rows, comparison.columns) for entry in side.entries}
    for row in comparison.rows.entries:
        for column in comparison.columns.entries:
            for link in comparison.links.get((row.iri, column.iri), ()):
                ends = (*_entry(entries[row.iri]), link.relation, *_entry(entries[column.iri]))
                yield (*ends, link.confidence, link.comment)
    yield from (
        (*_entry(entry), entry.standing, *_NOTHING, entry.confidence, entry.reason)
        for entry in _without_link(comparison.rows)
    )
    yield from (
        (*_NOTHING, entry.standing, *_entry(entry), entry.confidence, entry.reason)
        for entry in _without_link(comparison.columns)
    )


def _entry(entry: Entry) -> tuple[str, str, str]:
    return entry.iri, entry.label, entry.group


def _without_link(side: Side) -> Iterator[Entry]:
    return (entry for entry in side.entries if entry.standing is not Standing.LINKED)


def _competency_rows(comparison: CompetencyComparison) -> Iterator[Sequence[str]]:
    for side in ("left", "right"):
        competency: Competency = getattr(comparison, side)
        links = _links(comparison, side)
        numbers = {
            level.iri: str(number)
            for number, group in enumerate(comparison.aligned, 1)
            for level in _levels(group, side)
        }
        for row in _texts(competency, numbers):
            for said in links.get(row[4], [("",) * 4]):
                yield (side, competency.iri, *row, *said)


def _levels(group: Alignment, side: str) -> tuple[Level, ...]:
    return group.left if side == "left" else group.right


def _links(comparison: CompetencyComparison, side: str) -> dict[str, list[tuple[str, ...]]]:
    """By the statement of a side: relation as seen from the left, the other end, confidence and comment."""
    found: dict[str, list[tuple[str, ...]]] = {}

    def add(left: str, right: str, link: Link) -> None:
        own, other = (left, right) if side == "left" else (right, left)
        found.setdefault(own, []).append((link.relation, other, link.confidence, link.comment))

    for link in comparison.links:
        add(comparison.left.iri, comparison.right.iri, link)
    for each in comparison.statement_links:
        add(each.left.iri, each.right.iri, each.link)
    return found


def _texts(competency: Competency, numbers: dict[str, str]) -> Iterator[tuple[str, ...]]:
    yield ("", "", "", "definition", competency.iri, competency.definition, competency.locator)
    for kind, said in (("indicator", competency.indicators), ("behaviour", competency.behaviours)):
        yield from (("", "", "", kind, *_statement(each)) for each in said)
    for level in competency.levels:
        place = (level.iri, level.label, numbers.get(level.iri, ""))
        if level.proficiency:
            yield (*place, "proficiency", "", level.proficiency, level.locator)
        if level.descriptor:
            yield (*place, "descriptor", "", level.descriptor, level.locator)
        yield from ((*place, "behaviour", *_statement(each)) for each in level.behaviours)


def _statement(statement: Statement) -> tuple[str, str, str]:
    return statement.iri, statement.text, statement.locator
