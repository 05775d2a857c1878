"""A framework in SKOS and Dublin Core alone (SKOS Reference, W3C Recommendation of 18 August 2009).

A theme becomes a collection, not a broader concept: skos:broadMatch is a kind of skos:broader, so that a consumer who
reasons would give the themes of another framework to every competency that is mapped to it. Indicators and behaviours
are narrower than what they belong to.
"""

from collections.abc import Iterator

import pyoxigraph as ox

from compgraph.exchange.contents import Contents
from compgraph.exchange.contract import Exported
from compgraph.exchange.losses import exported
from compgraph.exchange.outline import KINDS, LEVELS, Entry, outline
from compgraph.exchange.reader import Reader
from compgraph.terms import (
    ABOUT,
    BEHAVIOUR,
    CG,
    CLUSTER,
    COMPETENCY,
    DCTERMS,
    DCTERMS_SOURCE,
    DEFINITION_SOURCE,
    DEMONSTRATES,
    ELABORATES,
    FOAF,
    IN_CLUSTER,
    IN_FAMILY,
    IN_SCALE,
    IN_SCHEME,
    INDICATOR,
    LABEL_SOURCE,
    LEVEL_SCALE,
    MEMBER,
    OF_COMPETENCY,
    PASSAGE,
    PASSAGE_KIND,
    PREF_LABEL,
    RDF_TYPE,
    ROLE_FAMILY,
    SEGMENT,
    SKOS,
)
from compgraph.tidy import turtle_text

_CONCEPTS = (COMPETENCY, INDICATOR, BEHAVIOUR, *LEVELS)
_COLLECTIONS = (CLUSTER, SEGMENT, ROLE_FAMILY)
_KINDS = tuple(kind for kind in KINDS if kind in (*_CONCEPTS, *_COLLECTIONS, LEVEL_SCALE))
_RELATIONS = {
    *(SKOS + name for name in ("broader", "narrower", "related", "topConceptOf", "semanticRelation")),
    *(SKOS + name for name in ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")),
}
# What a passage says of something is a note on it; each kind goes to the note that SKOS has for it (section 7).
_NOTES = {
    CG + "history": "historyNote",
    CG + "example": "example",
    CG + "guidance": "scopeNote",
    CG + "placeholder": "editorialNote",
}


def export(contents: Contents) -> Exported:
    """One Turtle file."""
    reader = Reader(contents)
    triples = list(_triples(reader))
    prefixes = {contents.name: f"{contents.iri}/"}
    return exported(reader, {f"{contents.name}.skos.ttl": turtle_text(triples, prefixes).encode()}, "skos")


def triples(contents: Contents) -> list[ox.Triple]:
    """The same as triples, for whoever writes other syntaxes."""
    return list(dict.fromkeys(_triples(Reader(contents))))


def _triples(reader: Reader) -> Iterator[ox.Triple]:
    framework = reader.contents.iri
    entries = outline(reader, _KINDS)
    concepts = {entry.iri for entry in entries if entry.kind in _CONCEPTS}
    yield _link(framework, RDF_TYPE, SKOS + "ConceptScheme")
    yield from _described(reader, framework, concept=False)
    for publisher in reader.see(framework, DCTERMS + "publisher"):
        yield from _kept(reader, publisher, RDF_TYPE, FOAF + "name")
    for entry in entries:
        yield from _described(reader, entry.iri, concept=entry.kind in _CONCEPTS)
        yield from _typed(entry)
        yield from _placed(reader, entry, concepts)
    known = {entry.iri for entry in entries} | {framework}
    for passage in reader.nodes(PASSAGE):
        yield from _noted(reader, passage, known)
    yield from _mapped(reader, concepts)


def _described(reader: Reader, node: str, *, concept: bool) -> Iterator[ox.Triple]:
    """What SKOS and Dublin Core say of a node in the file too; what only relates concepts, of concepts alone."""
    for triple in reader.about(node):
        relation = triple.predicate.value
        if relation in (LABEL_SOURCE, DEFINITION_SOURCE):
            yield ox.Triple(triple.subject, ox.NamedNode(DCTERMS_SOURCE), triple.object)
        elif relation.startswith((SKOS, DCTERMS)) and (concept or relation not in _RELATIONS):
            reader.carried.add(triple)
            yield triple


def _kept(reader: Reader, node: str, *relations: str) -> Iterator[ox.Triple]:
    for triple in reader.about(node):
        if triple.predicate.value in relations:
            reader.carried.add(triple)
            yield triple


def _typed(entry: Entry) -> Iterator[ox.Triple]:
    if entry.kind in _COLLECTIONS:
        yield _link(entry.iri, RDF_TYPE, SKOS + "Collection")
    else:
        yield _link(entry.iri, RDF_TYPE, SKOS + ("ConceptScheme" if entry.kind == LEVEL_SCALE else "Concept"))


def _placed(reader: Reader, entry: Entry, concepts: set[str]) -> Iterator[ox.Triple]:
    """Where a node belongs: its broader concepts, or the scheme that it tops; its collections."""
    for relation in (IN_CLUSTER, IN_FAMILY):
        for collection in reader.take(entry.iri, relation):
            yield _link(collection, MEMBER, entry.iri)
    for scale in reader.take(entry.iri, IN_SCALE):
        yield _link(entry.iri, IN_SCHEME, scale)
        yield _link(entry.iri, SKOS + "topConceptOf", scale)
    if entry.kind not in _CONCEPTS or entry.kind in LEVELS:
        return
    broader = [parent for parent in entry.parents if parent in concepts]
    for relation in (ELABORATES, OF_COMPETENCY, DEMONSTRATES):
        reader.take(entry.iri, relation, *concepts)
    for parent in broader:
        yield _link(entry.iri, SKOS + "broader", parent)
    if not broader:
        yield _link(entry.iri, SKOS + "topConceptOf", reader.contents.iri)


def _noted(reader: Reader, passage: str, known: set[str]) -> Iterator[ox.Triple]:
    """A passage as a note on what it is about."""
    kind = [*reader.see(passage, PASSAGE_KIND), ""][0]
    note = ox.NamedNode(SKOS + _NOTES.get(kind, "note"))
    for node in reader.see(passage, ABOUT):
        if node in known:
            reader.take(passage, ABOUT, node)
            if kind in _NOTES:
                reader.take(passage, PASSAGE_KIND)
            for triple in _kept(reader, passage, PREF_LABEL):
                yield ox.Triple(ox.NamedNode(node), note, triple.object)


def _mapped(reader: Reader, concepts: set[str]) -> Iterator[ox.Triple]:
    """The mappings that SKOS has a relation for, written from this framework's end."""
    for mapping in reader.mappings():
        link = mapping.seen_from(concepts)
        if link and mapping.relation in _RELATIONS:
            reader.take_link(mapping)
            yield _link(*link)


def _link(subject: str, relation: str, value: str) -> ox.Triple:
    return ox.Triple(ox.NamedNode(subject), ox.NamedNode(relation), ox.NamedNode(value))
