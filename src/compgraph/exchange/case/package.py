"""A framework as a CFPackage: the document, its items, their associations, the definitions, and a rubric."""

from typing import NamedTuple

from compgraph.exchange.case.associations import associations
from compgraph.exchange.case.nodes import SERVICE, Json, Nodes, Object, Version, stated
from compgraph.exchange.case.rubric import rubrics
from compgraph.exchange.identifiers import uuid_of
from compgraph.exchange.outline import Entry, outline
from compgraph.exchange.reader import Reader
from compgraph.terms import (
    DCTERMS,
    DCTERMS_SOURCE,
    DEFINITION,
    FOAF,
    IN_SCHEME,
    IS_PART_OF,
    NOTATION,
    POSITION,
    PREF_LABEL,
    RANK,
    RDF_TYPE,
    SKOS,
    TITLE,
)

_NOTES = tuple(SKOS + name for name in ("scopeNote", "editorialNote", "note", "historyNote", "changeNote", "example"))
_LICENSE = DCTERMS + "license"
_PUBLISHER = DCTERMS + "publisher"
UNSTATED = "not stated"
"""The creator, whom CASE asks for, of a framework whose document names no issuer."""


class Package(NamedTuple):
    """The parts of a CFPackage."""

    document: Object
    items: list[Object]
    associations: list[Object]
    item_types: list[Object]
    licenses: list[Object]
    rubrics: list[Object]

    def json(self) -> Object:
        """The CFPackage."""
        return {
            "CFDocument": self.document,
            "CFItems": [*self.items],
            "CFAssociations": [*self.associations],
            "CFDefinitions": {
                "CFConcepts": [],
                "CFSubjects": [],
                "CFLicenses": [*self.licenses],
                "CFItemTypes": [*self.item_types],
                "CFAssociationGroupings": [],
            },
            "CFRubrics": [*self.rubrics],
        }


def package(reader: Reader, version: Version, service: str = SERVICE) -> Package:
    """The package of a framework. Raises ExchangeError if its file does not say when it was last changed."""
    nodes = Nodes(reader, version, service)
    entries = outline(reader)
    return Package(
        _document(nodes),
        [_item(nodes, entry) for entry in entries],
        list(associations(nodes, entries)),
        list(_item_types(nodes, entries)),
        [_license(nodes, iri) for iri in reader.take(nodes.framework, _LICENSE)],
        list(rubrics(nodes)),
    )


def _document(nodes: Nodes) -> Object:
    reader, iri, language = nodes.reader, nodes.framework, nodes.language
    reader.take(iri, RDF_TYPE)
    publisher = _publisher(nodes)
    title = reader.text(iri, TITLE, language) or reader.text(iri, PREF_LABEL, language) or iri
    return stated(
        {
            "identifier": uuid_of(iri),
            "uri": iri,
            "caseVersion": "1.1" if nodes.version is Version.CASE_1_1 else None,
            "creator": publisher or UNSTATED,
            "title": title,
            "lastChangeDateTime": nodes.changed(),
            "officialSourceURL": _source(reader, iri),
            "publisher": publisher,
            "description": reader.text(iri, DEFINITION, language)
            or reader.text(iri, DCTERMS + "description", language),
            "language": next(iter(reader.take(iri, DCTERMS + "language")), None),
            "licenseURI": _license_link(reader, iri),
            "notes": reader.notes(iri, _NOTES, language),
        }
    )


def _publisher(nodes: Nodes) -> str | None:
    reader = nodes.reader
    for publisher in reader.see(nodes.framework, _PUBLISHER):
        if name := reader.text(publisher, FOAF + "name", nodes.language):
            reader.take(nodes.framework, _PUBLISHER, publisher)
            reader.take(publisher, RDF_TYPE)
            return name
    return None


def _source(reader: Reader, iri: str) -> str | None:
    """The document itself, not a place in it."""
    sources = [source for source in reader.see(iri, DCTERMS_SOURCE) if "#char=" not in source][:1]
    return next(iter(reader.take(iri, DCTERMS_SOURCE, *sources)), None) if sources else None


def _license_link(reader: Reader, iri: str) -> "Json | None":
    license_ = next(iter(reader.see(iri, _LICENSE)), None)
    return {"title": license_, "identifier": uuid_of(license_), "uri": license_} if license_ else None


def _item(nodes: Nodes, entry: Entry) -> Object:
    reader, iri, language = nodes.reader, entry.iri, nodes.language
    reader.take_all(iri, RDF_TYPE, IN_SCHEME, IS_PART_OF)
    label = reader.text(iri, PREF_LABEL, language)
    definition = reader.text(iri, DEFINITION, language)
    kind = _kind(entry)
    return stated(
        {
            "identifier": uuid_of(iri),
            "fullStatement": definition or label or iri,
            "alternativeLabel": reader.text(iri, SKOS + "altLabel", language),
            "CFItemType": kind,
            "uri": iri,
            "humanCodingScheme": next(iter(reader.take(iri, NOTATION)[:1]), None),
            "listEnumeration": next(iter([*reader.take(iri, POSITION), *reader.take(iri, RANK)]), None),
            "abbreviatedStatement": label if definition else None,
            "notes": reader.notes(iri, _NOTES, language),
            "language": language,
            "CFItemTypeURI": {"title": kind, "identifier": uuid_of(entry.kind), "uri": entry.kind},
            "lastChangeDateTime": nodes.changed(iri),
        }
    )


def _kind(entry: Entry) -> str:
    """The name of a class as words: Role Level."""
    name = entry.kind.rpartition("#")[2]
    return "".join(f" {sign}" if sign.isupper() else sign for sign in name).strip()


def _item_types(nodes: Nodes, entries: list[Entry]) -> list[Object]:
    kinds = dict.fromkeys((entry.kind, _kind(entry)) for entry in entries)
    definitions = nodes.reader.contents.around.classes
    return [
        {
            "identifier": uuid_of(iri),
            "uri": iri,
            "title": title,
            "description": definitions.get(iri, title),
            "hierarchyCode": str(number),
            "lastChangeDateTime": nodes.changed(),
        }
        for number, (iri, title) in enumerate(kinds, 1)
    ]


def _license(nodes: Nodes, iri: str) -> Object:
    return {
        "identifier": uuid_of(iri),
        "uri": iri,
        "title": iri,
        "licenseText": iri,
        "lastChangeDateTime": nodes.changed(),
    }
