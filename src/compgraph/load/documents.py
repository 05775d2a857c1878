"""A workspace to documents: each file's triples under the name of the graph they belong to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from compgraph.load.rdf import RdfFile, read_rdf
from compgraph.load.sssom import read_mappings
from compgraph.terms import FRAMEWORK, OWL, RDF_TYPE
from compgraph.workspace import SSSOM_SUFFIX, Workspace

if TYPE_CHECKING:
    import rdflib

_TYPE = ox.NamedNode(RDF_TYPE)
_ONTOLOGY = ox.NamedNode(OWL + "Ontology")
_FRAMEWORK = ox.NamedNode(FRAMEWORK)


@dataclass(frozen=True, slots=True)
class Document:
    """What one file says in one named graph."""

    path: Path
    graph: str
    triples: tuple[ox.Triple, ...]
    is_ontology: bool


def documents(workspace: Workspace) -> Iterator[Document]:
    """Every file of the graph: the ontology, then the frameworks, then the mapping sets.

    The graph of a file is the ontology, the framework or the mapping set that it holds; a TriG or N-Quads file may
    name its own. Raises FileError for the first file that can't be read.
    """
    for path in workspace.ontology():
        yield from _rdf_documents(read_rdf(path, to_be_merged=True), is_ontology=True)
    for path in workspace.data():
        yield from _rdf_documents(read_rdf(path, to_be_merged=True), is_ontology=False)
    for path in workspace.mappings():
        yield _mapping_document(path)


def document(path: Path) -> Iterator[Document]:
    """The documents of one file, whatever its kind. Raises FileError."""
    if path.name.endswith(SSSOM_SUFFIX):
        yield _mapping_document(path)
    else:
        yield from _rdf_documents(read_rdf(path, to_be_merged=True), is_ontology=False)


def to_rdflib(triples: Iterable[ox.Triple]) -> rdflib.Graph:
    """The same triples as an rdflib graph, literals as they are written."""
    import rdflib

    graph = rdflib.Graph(store="SimpleMemory")  # the other one, which keeps contexts, takes twice the time
    known: dict[object, rdflib.term.Node] = {}
    for triple in triples:
        terms = (triple.subject, triple.predicate, triple.object)
        subject, predicate, object_ = (
            known.get(term) or known.setdefault(term, to_rdflib_term(term)) for term in terms
        )
        graph.add((subject, predicate, object_))
    return graph


def to_rdflib_term(term: object) -> rdflib.term.Node:
    """The same IRI, blank node or literal in rdflib's terms, a literal as it is written."""
    import rdflib

    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return rdflib.BNode(term.value)
    if isinstance(term, ox.Literal):
        datatype = None if term.language else rdflib.URIRef(term.datatype.value)
        plain = datatype is None or datatype == rdflib.XSD.string
        return rdflib.Literal(term.value, term.language, None if plain else datatype, normalize=False)
    raise TypeError(term)


def _rdf_documents(file: RdfFile, *, is_ontology: bool) -> Iterator[Document]:
    own = _graph_name(file)
    graphs: dict[str, list[ox.Triple]] = {}
    for quad in file.quads:
        name = quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else own
        graphs.setdefault(name, []).append(quad.triple)
    for name, triples in graphs.items():
        yield Document(file.path, name, tuple(triples), is_ontology)


def _graph_name(file: RdfFile) -> str:
    """The one ontology or framework that the file is about; failing that, the file's name."""
    holders = {
        quad.subject.value
        for quad in file.quads
        if quad.predicate == _TYPE and quad.object in (_ONTOLOGY, _FRAMEWORK) and isinstance(quad.subject, ox.NamedNode)
    }
    return holders.pop() if len(holders) == 1 else f"urn:compgraph:file:{file.path.stem}"


def _mapping_document(path: Path) -> Document:
    mapping_set = read_mappings(path)
    return Document(path, mapping_set.iri, tuple(mapping_set.triples()), is_ontology=False)
