"""Files to graphs: Turtle and its kin, and SSSOM mapping sets; and where in a file each statement stands."""

from compgraph.load.canonical import canonical_text, layout, untidy
from compgraph.load.documents import Document, document, documents, to_rdflib, to_rdflib_term
from compgraph.load.places import Place, Places, from_rdflib, places
from compgraph.load.rdf import read_rdf
from compgraph.load.sssom import MappingSet, read_mappings

__all__ = [
    "Document",
    "MappingSet",
    "Place",
    "Places",
    "canonical_text",
    "document",
    "documents",
    "from_rdflib",
    "layout",
    "places",
    "read_mappings",
    "read_rdf",
    "to_rdflib",
    "to_rdflib_term",
    "untidy",
]
