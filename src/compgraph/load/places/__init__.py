"""Where each statement of a file stands."""

from collections.abc import Sequence
from pathlib import Path

import pyoxigraph as ox

from compgraph.load.files import file_text
from compgraph.load.json_ld import json_ld_nodes
from compgraph.load.places.place import Place, Places, from_rdflib
from compgraph.load.places.sssom import sssom_places
from compgraph.load.places.turtle import turtle_places
from compgraph.load.rdf import FORMATS, read_rdf
from compgraph.load.rdf_xml import XmlReader
from compgraph.load.sssom import read_mappings
from compgraph.workspace import SSSOM_SUFFIX

__all__ = ["Place", "Places", "from_rdflib", "places"]


def places(path: Path, triples: Sequence[ox.Triple] = ()) -> Places:
    """Where the statements of a file stand. Raises FileError for a file that can't be read.

    Blank nodes have the names that they have in ``Document.triples``. Who has these already gives them as they came,
    which saves a second reading unless the file has several graphs. Of JSON-LD and RDF/XML only the places of named
    subjects are known.
    """
    text = file_text(path)
    if path.name.endswith(SSSOM_SUFFIX):
        return sssom_places(text, read_mappings(path))
    if FORMATS.get(path.suffix) == ox.RdfFormat.JSON_LD:
        return Places(text, nodes=json_ld_nodes(path, text, _subjects(triples or _read(path))))
    if FORMATS.get(path.suffix) == ox.RdfFormat.RDF_XML:
        return Places(text, nodes=XmlReader(path, text).nodes)
    known = turtle_places(text, triples) if triples else None
    return known or turtle_places(text, _read(path)) or Places(text)


def _read(path: Path) -> list[ox.Triple]:
    return [quad.triple for quad in read_rdf(path, to_be_merged=True).quads]


def _subjects(triples: Sequence[ox.Triple]) -> set[str]:
    return {triple.subject.value for triple in triples if isinstance(triple.subject, ox.NamedNode)}
