"""What the files say of one thing, in the formats for programs."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

import pyoxigraph as ox

from compgraph.exchange.jsonld import jsonld_text
from compgraph.pages.catalogue import Catalogue
from compgraph.pages.rdf_xml import can_hold, rdf_xml_text
from compgraph.terms import IN_SCHEME, IS_PART_OF, ONTOLOGY, PREF_LABEL, PREFIXES, RDF_TYPE, RDFS, SKOS
from compgraph.tidy import turtle_text

Triples = Sequence[ox.Triple]


class Format(NamedTuple):
    """A format for programs."""

    ending: str
    media_type: str
    name: str
    write: Callable[[Triples, Mapping[str, str]], str]
    """The text of triples, with prefixes that may be used."""


def _turtle(triples: Triples, prefixes: Mapping[str, str]) -> str:
    """Laid out as our own files are; where blank nodes make that impossible, as the engine writes it."""
    if all(isinstance(term, ox.NamedNode | ox.Literal) for triple in triples for term in triple):
        return turtle_text(triples, prefixes)
    used = {name: start for name, start in prefixes.items() if any(start in str(triple) for triple in triples)}
    return (ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=used) or b"").decode()


def _ntriples(triples: Triples, _prefixes: Mapping[str, str]) -> str:
    return "".join(f"{triple} .\n" for triple in triples)


def _json_ld(triples: Triples, _prefixes: Mapping[str, str]) -> str:
    return jsonld_text(triples)


FORMATS = {
    each.ending: each
    for each in (
        Format("ttl", "text/turtle", "Turtle", _turtle),
        Format("jsonld", "application/ld+json", "JSON-LD", _json_ld),
        Format("rdf", "application/rdf+xml", "RDF/XML", rdf_xml_text),
        Format("nt", "application/n-triples", "N-Triples", _ntriples),
    )
}
"""The formats beside each page, by the ending of their files."""

# What points to nearly everything; a whole lists its parts on its page, not in its data.
_TOO_MANY = {RDF_TYPE, IN_SCHEME, IS_PART_OF, RDFS + "isDefinedBy", SKOS + "semanticRelation"}


def described(catalogue: Catalogue, iri: str) -> list[ox.Triple]:
    """What there is to say of a thing: its statements, those that point to it, and what its neighbours are called.

    Of the ontology, everything: it is one document.
    """
    if iri == ONTOLOGY:
        return in_order(triple for term in catalogue.ontology for triple in catalogue.triples(term))
    own = [triple for node in _with_nameless(catalogue, iri) for triple in catalogue.triples(node)]
    pointing = [
        triple
        for relation, subjects in catalogue.pointers(iri).items()
        if relation not in _TOO_MANY
        for subject in subjects
        for triple in catalogue.triples(subject)
        if triple.predicate.value == relation and isinstance(triple.object, ox.NamedNode) and triple.object.value == iri
    ]
    neighbours = {triple.object.value for triple in own if isinstance(triple.object, ox.NamedNode)}
    neighbours |= {triple.subject.value for triple in pointing if isinstance(triple.subject, ox.NamedNode)}
    labels = [
        triple
        for neighbour in neighbours
        for triple in catalogue.triples(neighbour)
        if triple.predicate.value == PREF_LABEL and isinstance(triple.object, ox.Literal)
    ]
    return in_order([*own, *pointing, *labels])


def _with_nameless(catalogue: Catalogue, iri: str) -> list[str]:
    """A thing, and the blank nodes that it leads to."""
    found = [iri]
    for node in found:
        for triple in catalogue.triples(node):
            if isinstance(triple.object, ox.BlankNode) and str(triple.object) not in found:
                found.append(str(triple.object))
    return found


def in_order(triples: Iterable[ox.Triple]) -> list[ox.Triple]:
    """Each triple once, in the order in which formats without one of their own are written."""
    return sorted(set(triples), key=str)


def formats(triples: Triples) -> list[Format]:
    """The formats that can hold all of these triples."""
    return [each for each in FORMATS.values() if each.ending != "rdf" or can_hold(triples)]


def data_text(triples: Triples, ending: str, prefixes: Mapping[str, str]) -> str:
    """The triples in the format of an ending."""
    return FORMATS[ending].write(triples, PREFIXES | dict(prefixes))
