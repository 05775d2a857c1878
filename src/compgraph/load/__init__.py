"""Files to graphs: Turtle and its kin, and SSSOM mapping sets."""

from compgraph.load.canonical import canonical_text, layout, untidy
from compgraph.load.documents import Document, document, documents, to_rdflib
from compgraph.load.rdf import read_rdf
from compgraph.load.sssom import MappingSet, read_mappings

__all__ = [
    "Document",
    "MappingSet",
    "canonical_text",
    "document",
    "documents",
    "layout",
    "read_mappings",
    "read_rdf",
    "to_rdflib",
    "untidy",
]
