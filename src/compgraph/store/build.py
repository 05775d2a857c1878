"""Files to a snapshot: load, reason, and write the store and the index of names."""

from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256

import pyoxigraph as ox

from compgraph.load import Document, documents
from compgraph.reason import closure, compile_rules, owlrl_closure
from compgraph.store.names import write_index
from compgraph.store.nodes import NodeTable
from compgraph.store.snapshot import Progress, Reasoner, Snapshot
from compgraph.terms import ASSERTED_GRAPH, INFERRED_GRAPH
from compgraph.workspace import Workspace

_STEPS = 4


def build(
    snapshot: Snapshot,
    workspace: Workspace,
    derived: Mapping[str, tuple[ox.Triple, ...]],
    reasoner: Reasoner,
    progress: Progress,
) -> None:
    """Write the store and the index of names of a workspace, with further graphs that are ``derived`` from it.

    Raises FileError, AxiomError or OSError.
    """
    progress("reading the files", 0, _STEPS)
    read = list(documents(workspace))
    progress("drawing the conclusions", 1, _STEPS)
    graphs = [*((document.graph, document.triples) for document in read), *derived.items()]
    asserted = {triple: None for _, triples in graphs for triple in triples}  # a set that keeps its order
    schema = [triple for document in read if document.is_ontology for triple in document.triples]
    inferred = _inferred(schema, asserted, reasoner)
    progress("writing the store", 2, _STEPS)
    store = ox.Store(str(snapshot.store))
    store.bulk_extend(_quads(graphs, asserted, inferred))
    store.optimize()
    store.flush()
    progress("indexing the names", 3, _STEPS)
    snapshot.version.write_text(_version(read))
    ox.serialize(schema, str(snapshot.ontology), ox.RdfFormat.N_TRIPLES)
    table = NodeTable([*asserted, *inferred])
    write_index(snapshot.names, table.nodes(), table.prefixes(), table.terms())
    progress("done", _STEPS, _STEPS)


def _inferred(schema: list[ox.Triple], asserted: dict[ox.Triple, None], reasoner: Reasoner) -> list[ox.Triple]:
    if reasoner == "owlrl":
        return owlrl_closure(schema, asserted)
    return closure(compile_rules(schema), asserted)


def _version(read: Iterable[Document]) -> str:
    """A name for what the data says, wherever its files lie: the same triples have the same version."""
    triples = {triple for document in read for triple in document.triples}
    lines = sorted(str(triple) for triple in triples if "_:" not in f"{triple.subject} {triple.object}")
    return sha256("\n".join(lines).encode()).hexdigest()[:12]


def _quads(
    graphs: Iterable[tuple[str, tuple[ox.Triple, ...]]], asserted: dict[ox.Triple, None], inferred: list[ox.Triple]
) -> Iterator[ox.Quad]:
    """Each triple in the graph it comes from, and, because a union of graphs is no set, once in each flat one."""
    for name, triples in graphs:
        yield from _in(ox.NamedNode(name), triples)
    yield from _in(ox.NamedNode(INFERRED_GRAPH), inferred)
    yield from _in(ox.NamedNode(ASSERTED_GRAPH), asserted)
    yield from _in(ox.DefaultGraph(), asserted)
    yield from _in(ox.DefaultGraph(), inferred)


def _in(graph: ox.NamedNode | ox.DefaultGraph, triples: Iterable[ox.Triple]) -> Iterator[ox.Quad]:
    for triple in triples:
        yield ox.Quad(triple.subject, triple.predicate, triple.object, graph)
