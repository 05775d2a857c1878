"""Identifiers that were given by mistake: they answer 410 Gone, and are never given again."""

from typing import NamedTuple

from compgraph.errors import FileError
from compgraph.workspace import Workspace

WITHDRAWN = "data/withdrawn.tsv"
"""Where a workspace lists them: a heading, then IRI, day and reason on each line.

What is merely out of use is no such thing: it stays, with ``owl:deprecated`` and what replaces it.
"""
_HEADING = "iri\tdate\treason"


class Withdrawn(NamedTuple):
    """An identifier that is no more."""

    iri: str
    date: str
    reason: str


def read_withdrawn(workspace: Workspace) -> list[Withdrawn]:
    """What the folders of a workspace list, by IRI. Raises FileError for a broken line."""
    found: dict[str, Withdrawn] = {}
    for root in workspace.roots:
        path = root / WITHDRAWN
        heading, *lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else [_HEADING]
        if heading != _HEADING:
            raise FileError(
                path, f"begins with {heading!r}: the first line must be 'iri', 'date', 'reason', by tabs.", line=1
            )
        for number, line in enumerate(lines, 2):
            cells = line.split("\t")
            if len(cells) != len(Withdrawn._fields) or not all(cells):
                problem = f"{line!r} is not an IRI, a day and a reason with tabs between: correct the line."
                raise FileError(path, problem, line=number)
            found[cells[0]] = Withdrawn(*cells)
    return [found[iri] for iri in sorted(found)]
