"""The original words behind a node, for whoever holds the document."""

from dataclasses import dataclass
from pathlib import Path

from compgraph.audit.pointers import Claim, Pointer, claims, described
from compgraph.audit.sources import SourceText, read_source, source_name
from compgraph.errors import SourceError
from compgraph.store import Store
from compgraph.store.names import Node


@dataclass(frozen=True, slots=True)
class Quotation:
    """What a source says at the places that one property of a node points to."""

    property: str
    pointers: tuple[Pointer, ...]
    pieces: tuple[str, ...]
    """The words at each place, in order."""


def quote(store: Store, node: Node, folder: Path) -> list[Quotation]:
    """The original words of a node, by property.

    Raises SourceError if the node points nowhere, or if a document in ``folder`` is missing or not the one described.
    """
    own = [claim for claim in claims(store) if claim.node == node.iri]
    if not own:
        raise SourceError(f"{node.curie} points to no place in a document of text, so there is nothing to quote.")
    documents = {document.iri: document for document in described(store)}
    texts: dict[str, SourceText] = {}
    for iri in sorted({pointer.document for claim in own for pointer in claim.pointers}):
        if iri not in documents:
            raise SourceError(f"The graph does not describe {source_name(iri)} (cg:SourceDocument with its SHA-256).")
        texts[iri] = read_source(documents[iri], folder)
    return [_quotation(claim, texts) for claim in own]


def _quotation(claim: Claim, texts: dict[str, SourceText]) -> Quotation:
    pieces = []
    for pointer in claim.pointers:
        source = texts[pointer.document]
        if pointer.end > len(source.text):
            raise SourceError(f"{pointer} ends behind the document, which has {len(source.text)} characters.")
        pieces.append(source.text[pointer.start : pointer.end])
    return Quotation(claim.property, claim.pointers, tuple(pieces))
