"""Where each statement of a file stands."""

from collections.abc import Sequence
from pathlib import Path

import pyoxigraph as ox

from compgraph.load.files import file_text
from compgraph.load.places.place import Place, Places, from_rdflib
from compgraph.load.places.turtle import turtle_places
from compgraph.load.rdf import read_rdf

__all__ = ["Place", "Places", "from_rdflib", "places"]


def places(path: Path, triples: Sequence[ox.Triple] = ()) -> Places:
    """Where the statements of a file stand. Raises FileError for a file that can't be read.

    Who has read the file already gives its triples as they came (``Document.triples``): blank nodes are then found by
    the names that they have there, and a second reading is saved unless the file has several graphs.
    """
    text = file_text(path)
    known = turtle_places(text, triples) if triples else None
    return known or turtle_places(text, [quad.triple for quad in read_rdf(path).quads]) or Places(text)
