"""What is published under another base than that of the files: our identifiers and pages move, all else stays."""

from collections.abc import Mapping
from dataclasses import replace

import pyoxigraph as ox

from compgraph.exchange import Contents
from compgraph.exchange.case.nodes import SERVICE
from compgraph.load import Document
from compgraph.terms import BASE, ID

_DOC = BASE + "doc/"


def rebased_document(document: Document, base: str) -> Document:
    """A document with its named graph and its triples under another base."""
    if base == BASE:
        return document
    triples = tuple(rebased(triple, base) for triple in document.triples)
    return replace(document, graph=rebased_iri(document.graph, base), triples=triples)


def rebased(triple: ox.Triple, base: str) -> ox.Triple:
    """A triple with our identifiers and pages under another base; terms, sources and what is others' stay."""
    if base == BASE:
        return triple
    subject, value = triple.subject, triple.object
    if isinstance(subject, ox.NamedNode):
        subject = ox.NamedNode(rebased_iri(subject.value, base))
    if isinstance(value, ox.NamedNode):
        value = ox.NamedNode(rebased_iri(value.value, base))
    return ox.Triple(subject, triple.predicate, value)


def rebased_iri(iri: str, base: str) -> str:
    """An IRI under another base if it is an identifier or a page of ours, else as it is."""
    return base + iri.removeprefix(BASE) if iri.startswith((ID, _DOC)) else iri


def rebased_contents(contents: Contents, base: str) -> Contents:
    """A framework under another base; its mapping sets as tables are not. What was minted for its nodes stays."""
    if base == BASE:
        return contents
    around = contents.around
    return replace(
        contents,
        iri=rebased_iri(contents.iri, base),
        triples=tuple(rebased(triple, base) for triple in contents.triples),
        links=tuple(rebased(triple, base) for triple in contents.links),
        around=replace(
            around,
            labels=_keys(around.labels, base),
            owners={rebased_iri(node, base): rebased_iri(owner, base) for node, owner in around.owners.items()},
            ctids=_keys(around.ctids, base),
        ),
    )


def rebased_json(value: object, base: str) -> object:
    """A CASE answer under another base: its addresses, and the texts that stand for a thing without a name.

    Its identifiers are made from our own IRIs and stay, so that whoever took the items from one place finds them again
    in the other. The service answers where the site is, so its addresses move along.
    """
    if isinstance(value, list):
        return [rebased_json(each, base) for each in value]
    if not isinstance(value, dict):
        return value
    uri = value.get("uri")
    return {
        name: _rebased_address(each, base)
        if isinstance(each, str) and (name in ("uri", "officialSourceURL") or each == uri)
        else rebased_json(each, base)
        for name, each in value.items()
    }


def _rebased_address(iri: str, base: str) -> str:
    return base + iri.removeprefix(BASE) if iri.startswith(SERVICE) else rebased_iri(iri, base)


def _keys(texts: Mapping[str, str], base: str) -> dict[str, str]:
    return {rebased_iri(iri, base): text for iri, text in texts.items()}
