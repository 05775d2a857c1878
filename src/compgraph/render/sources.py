"""Quotations, places and audits of source documents for people."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from compgraph.audit import Document, Place, Quotation, Report
from compgraph.render.people import shorten
from compgraph.store.names import Node


def quotations_text(node: Node, quotations: Iterable[Quotation], *, prefixes: Mapping[str, str]) -> str:
    """Our words, then the original ones, each piece under its pointer."""
    lines = [f"{node.curie}  {node.label}"]
    for quotation in quotations:
        lines.append(f"\n{shorten(quotation.property, prefixes)}")
        for pointer, words in zip(quotation.pointers, quotation.pieces, strict=True):
            lines.append(f"  {pointer}")
            lines.extend(f"    {line}" for line in words.splitlines())
    return "".join(f"{line}\n" for line in lines)


def places_text(places: Iterable[Place]) -> str:
    """A pointer a line, ready to be pasted into Turtle, with line, column and words."""
    lines = (f"<{place.pointer}>\tline {place.line}, column {place.column}\t{_flat(place.words)}" for place in places)
    return "".join(f"{line}\n" for line in lines)


def audit_text(report: Report, *, left: bool) -> str:
    """The share that is covered, the faults, and what is left, by line."""
    share = 100 * report.claimed / report.length if report.length else 0.0
    lines = [
        f"{report.source}: {share:.1f} % claimed ({report.claimed} of {report.length} characters without white space), "
        f"{_many(len(report.faults), 'fault')}, {_many(len(report.left), 'stretch', 'stretches')} left"
    ]
    lines.extend(f"  fault: {fault}" for fault in report.faults)
    if left:
        lines.extend(f"  line {stretch.line}: {_flat(stretch.text)}" for stretch in report.left)
    return "".join(f"{line}\n" for line in lines)


def missing_text(missing: Iterable[Document], folder: Path) -> str:
    """Which documents were not looked at because they are not in the folder."""
    names = [document.file_name for document in missing]
    return f"Not in {folder}, so not looked at: {', '.join(names)}.\n" if names else ""


def undescribed_text(documents: Iterable[Document], folder: Path) -> str:
    """What the graph would have to say of documents in the folder that it does not describe."""
    return "".join(
        f"{folder / document.file_name} is not described in the graph, so not looked at. To describe it, make a "
        f"cg:SourceDocument {document.iri} with the length {document.length} and the SHA-256 {document.sha256}.\n"
        for document in documents
    )


def _flat(text: str) -> str:
    return " ".join(text.split())


def _many(count: int, one: str, many: str = "") -> str:
    return f"{count} {one if count == 1 else many or one + 's'}"
