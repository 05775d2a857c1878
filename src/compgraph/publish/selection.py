"""What of a graph is published: its files' statements, without what is restricted."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple, TypeVar
from zlib import crc32

import pyoxigraph as ox

from compgraph.load import Document
from compgraph.publish.bases import rebased_document
from compgraph.terms import IN_SCHEME, IS_PART_OF, PUBLICATION, RESTRICTED, SSSOM

_LABEL_SLOTS = {SSSOM + "subject_label": SSSOM + "subject_id", SSSOM + "object_label": SSSOM + "object_id"}
_Term = TypeVar("_Term")
_RESTRICTED = ox.NamedNode(RESTRICTED)


class Selection(NamedTuple):
    """What is published, under the base of the files, and what is not."""

    documents: tuple[Document, ...]
    restricted: tuple[str, ...]
    """The IRIs of the frameworks that are left out."""

    def under(self, base: str) -> tuple[Document, ...]:
        """The documents as they are published under a base: identifiers and pages move; terms and sources stay."""
        return tuple(rebased_document(document, base) for document in self.documents)


def selection(documents: Iterable[Document]) -> Selection:
    """What may be published of some documents.

    Of a restricted framework (cg:publication cg:Restricted) nothing is left but its identifiers at the other end of
    links: no statement about it or its parts, no label that a mapping repeats.
    """
    found = [_labelled(document) for document in documents]
    restricted = sorted(
        triple.subject.value
        for document in found
        for triple in document.triples
        if triple.predicate.value == PUBLICATION and triple.object == _RESTRICTED
        if isinstance(triple.subject, ox.NamedNode)
    )
    hidden = _Hidden(found, restricted)
    kept = (
        replace(document, triples=tuple(hidden.without(document)))
        for document in found
        if document.graph not in restricted
    )
    return Selection(tuple(document for document in kept if document.triples), tuple(dict.fromkeys(restricted)))


def _labelled(document: Document) -> Document:
    """A document whose blank nodes are labelled by their order in it: parsers label them by chance."""
    start = f"b{crc32(document.graph.encode()):08x}n"
    labels: dict[ox.BlankNode, ox.BlankNode] = {}

    def labelled(term: _Term) -> _Term | ox.BlankNode:
        if not isinstance(term, ox.BlankNode):
            return term
        return labels.setdefault(term, ox.BlankNode(f"{start}{len(labels)}"))

    triples = tuple(
        ox.Triple(labelled(triple.subject), triple.predicate, labelled(triple.object)) for triple in document.triples
    )
    return replace(document, triples=triples) if labels else document


class _Hidden:
    """Knows what belongs to a restricted framework."""

    def __init__(self, documents: list[Document], frameworks: list[str]) -> None:
        self._frameworks = set(frameworks)
        self._starts = tuple(f"{iri}/" for iri in frameworks)
        self._parts = {
            triple.subject
            for document in documents
            for triple in document.triples
            if document.graph in self._frameworks
            or (triple.predicate.value in (IN_SCHEME, IS_PART_OF) and self._holds(triple.object))
        }

    def _holds(self, term: object) -> bool:
        named = term.value if isinstance(term, ox.NamedNode) else ""
        return named in self._frameworks or (bool(self._starts) and named.startswith(self._starts))

    def _is_hidden(self, term: object) -> bool:
        return term in self._parts or self._holds(term)

    def without(self, document: Document) -> Iterator[ox.Triple]:
        """The triples of a document that may be seen."""
        if not self._frameworks:
            yield from document.triples
            return
        ends = {
            (triple.subject, slot)
            for triple in document.triples
            for slot in _LABEL_SLOTS.values()
            if triple.predicate.value == slot and self._is_hidden(triple.object)
        }
        for triple in document.triples:
            names_hidden = (triple.subject, _LABEL_SLOTS.get(triple.predicate.value)) in ends
            if not self._is_hidden(triple.subject) and not names_hidden:
                yield triple
