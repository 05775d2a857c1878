"""Pointers into source documents (RFC 5147, text/plain fragment identifiers), and which nodes make them."""

import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from compgraph.audit.sources import Document, SourceText, read_source
from compgraph.errors import SourceError
from compgraph.store import Store

_CHAR = re.compile(r"(?P<document>[^#]+)#char=(?P<start>\d+),(?P<end>\d+)")

_DOCUMENTS = """
SELECT ?document ?length ?sha256
WHERE { ?document a cg:SourceDocument ; cg:length ?length ; schema:sha256 ?sha256 }
ORDER BY ?document
"""

# The inferred dcterms:source repeats what its subproperties state, so only what was asserted counts.
_CLAIMS = """
SELECT ?node ?property ?pointer
WHERE {
  { ?node dcterms:source ?pointer . BIND (dcterms:source AS ?property) }
  UNION { ?node cg:labelSource ?pointer . BIND (cg:labelSource AS ?property) }
  UNION { ?node cg:definitionSource ?pointer . BIND (cg:definitionSource AS ?property) }
  UNION { ?node cg:descriptorSource ?pointer . BIND (cg:descriptorSource AS ?property) }
  UNION { ?node cg:ratingSource ?pointer . BIND (cg:ratingSource AS ?property) }
  FILTER (ISIRI(?pointer) && CONTAINS(STR(?pointer), "#char="))
}
ORDER BY ?node ?property ?pointer
"""

_LINKS = """
SELECT DISTINCT ?node ?named
WHERE { ?named cg:labelSource ?pointer . ?node ?property ?named . FILTER (?node != ?named) }
ORDER BY ?node ?named
"""


@dataclass(frozen=True, slots=True, order=True)
class Pointer:
    """A stretch of a source document: characters from ``start``, counted from 0, up to and without ``end``."""

    document: str
    start: int
    end: int

    def __str__(self) -> str:
        return f"{self.document}#char={self.start},{self.end}"


@dataclass(frozen=True, slots=True)
class Sources:
    """The documents that a graph describes, held against a folder."""

    texts: tuple[SourceText, ...]
    missing: tuple[Document, ...]
    """Those that are not in the folder: a workspace has its own, and seldom those of other people."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A node's word that something of it stands at certain places, in ascending order."""

    node: str
    property: str
    pointers: tuple[Pointer, ...]


def parse(iri: str) -> Pointer | None:
    """The pointer that an IRI is, or None if it is none of the form ``...#char=start,end``."""
    match = _CHAR.fullmatch(iri)
    return Pointer(match["document"], int(match["start"]), int(match["end"])) if match else None


def claims(store: Store) -> list[Claim]:
    """Everything in the graph that points into a document of text, by node and property."""
    grouped: dict[tuple[str, str], list[Pointer]] = defaultdict(list)
    for node, property_, iri in store.texts(_CLAIMS, asserted=True):
        pointer = parse(iri)
        if pointer is None:
            raise SourceError(f"{node} points to {iri}, which is no pointer: write ...#char=START,END (RFC 5147).")
        grouped[node, property_].append(pointer)
    return [Claim(node, name, tuple(sorted(found))) for (node, name), found in sorted(grouped.items())]


def links(store: Store) -> list[tuple[str, str]]:
    """The pairs of nodes of which the first speaks of the second by a triple, and the second is named in a source."""
    return [(node, named) for node, named in store.texts(_LINKS, asserted=True)]


def described(store: Store) -> list[Document]:
    """The source documents that the graph describes with length and checksum, by IRI."""
    return [Document(iri, int(length), sha256) for iri, length, sha256 in store.texts(_DOCUMENTS, asserted=True)]


def read_sources(store: Store, folder: Path) -> Sources:
    """The documents that the graph describes, those in ``folder`` with their text.

    Raises SourceError as ``read_source`` does, and if the graph describes documents of which none is there.
    """
    documents = described(store)
    here = [document for document in documents if (folder / document.file_name).exists()]
    missing = tuple(document for document in documents if document not in here)
    if missing and not here:
        names = ", ".join(document.file_name for document in missing)
        raise SourceError(f"None of the documents that the graph describes is in {folder}: put there {names}.")
    return Sources(tuple(read_source(document, folder) for document in here), missing)
