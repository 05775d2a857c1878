"""The graph that is asked for the pages of questions and comparisons: what is published, and nothing else."""

from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph as ox

from compgraph.errors import PublishError
from compgraph.graph import Graph, open_graph
from compgraph.load import Document
from compgraph.store import Progress, Reasoner
from compgraph.terms import BASE, ID
from compgraph.workspace import Workspace


def published_graph(
    documents: Iterable[Document],
    workspace: Workspace,
    base: str,
    progress: Progress,
    reasoner: Reasoner,
) -> Graph:
    """An open graph of these documents alone, with the questions of a workspace asked under the same base.

    Raises PublishError if there is no room for the temporary files.
    """
    with ExitStack() as stack:
        try:
            folder = Path(stack.enter_context(TemporaryDirectory(prefix="compgraph-")))
            _write(folder, documents, workspace, base)
        except OSError as error:
            problem = error.strerror or str(error)
            raise PublishError(
                f"The temporary files can't be written: {problem}. Free some space, or point TMPDIR to another folder."
            ) from error
        return open_graph(folder, bundled=False, cached=False, reasoner=reasoner, progress=progress)


def _write(folder: Path, documents: Iterable[Document], workspace: Workspace, base: str) -> None:
    for number, document in enumerate(documents):
        kind = "ontology" if document.is_ontology else "data"
        (folder / kind).mkdir(exist_ok=True)
        (folder / kind / f"{number:05}.nq").write_bytes(_quads(document))
    (folder / "queries").mkdir()
    for question in workspace.questions():
        text = question.read_text(encoding="utf-8")
        told = text if base == BASE else text.replace(ID, f"{base}id/")
        (folder / "queries" / question.name).write_text(told, encoding="utf-8", newline="")


def _quads(document: Document) -> bytes:
    graph = ox.NamedNode(document.graph)
    return b"".join(
        f"{ox.Quad(triple.subject, triple.predicate, triple.object, graph)} .\n".encode() for triple in document.triples
    )
