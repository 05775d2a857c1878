"""Files held against the shapes of a workspace."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from rdflib import Graph

from compgraph.load import Document, document, documents, read_rdf, to_rdflib
from compgraph.validate.shacl import Engine, Finding, validate
from compgraph.workspace import Workspace


def check(workspace: Workspace, files: Sequence[Path] = (), *, engine: Engine | None = None) -> tuple[Finding, ...]:
    """The findings on some files, or on the whole workspace where none is named.

    What the files link to is looked up in the workspace; a file takes the place of what the workspace holds of the same
    framework or mapping set, so that a copy is checked as it is. Raises FileError for a file that can't be read,
    ShapeError for shapes that can't be run.
    """
    given = [part for path in files for part in document(path)]
    data = to_rdflib(triple for part in [*_context(workspace, given), *given] for triple in part.triples)
    findings = validate(data, _shapes(workspace), engine=engine)
    if not files:
        return findings
    own = {triple.subject.value for part in given for triple in part.triples if hasattr(triple.subject, "value")}
    return tuple(finding for finding in findings if str(finding.node) in own)


def _context(workspace: Workspace, given: list[Document]) -> Iterator[Document]:
    graphs = {part.graph for part in given}
    paths = {part.path.resolve() for part in given}
    return (part for part in documents(workspace) if part.graph not in graphs and part.path.resolve() not in paths)


def _shapes(workspace: Workspace) -> Graph:
    return to_rdflib(quad.triple for path in workspace.shapes() for quad in read_rdf(path).quads)
