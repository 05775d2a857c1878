"""The associations of a package: its tree, its groups and levels, and its links to other frameworks."""

from collections import Counter
from collections.abc import Iterator

from compgraph.exchange.case.nodes import Nodes, Object, Version, stated
from compgraph.exchange.identifiers import uuid_of
from compgraph.exchange.outline import TREE, Entry, levels_of
from compgraph.exchange.reader import Mapping
from compgraph.terms import (
    ADDRESSES_LEVEL,
    BEHAVIOUR,
    DEMONSTRATES,
    IN_FAMILY,
    MEMBER,
    PROGRESSES_TO,
    SEGMENT,
    SKOS,
    SSSOM,
)

_CLOSE = SKOS + "closeMatch"
# Where the word of CASE says less than ours, the loss report has the statement too.
_WEAKER = {Version.CASE_1_0: {_CLOSE, PROGRESSES_TO}, Version.CASE_1_1: {PROGRESSES_TO}}
_TYPES = {
    SKOS + "exactMatch": "exactMatchOf",
    SKOS + "relatedMatch": "isRelatedTo",
    SKOS + "broadMatch": "isPartOf",
    SKOS + "narrowMatch": "isPartOf",
    PROGRESSES_TO: "precedes",
}
_TURNED = {SKOS + "narrowMatch"}  # the narrower is the part, so that it is the origin


def associations(nodes: Nodes, entries: list[Entry]) -> Iterator[Object]:
    """Every association, the tree first."""
    yield from _tree(nodes, entries)
    yield from _groups(nodes, entries)
    known = {entry.iri for entry in entries}
    for mapping in nodes.reader.mappings():
        if {mapping.subject, mapping.object} & known and mapping.relation in {*_TYPES, _CLOSE}:
            yield _mapped(nodes, mapping)


def _tree(nodes: Nodes, entries: list[Entry]) -> Iterator[Object]:
    siblings: Counter[str] = Counter()
    for entry in entries:
        nodes.reader.take_all(entry.iri, *TREE)
        nodes.reader.take(entry.iri, DEMONSTRATES, *entry.parents)
        for parent in entry.parents:
            siblings[parent] += 1
            yield _stated(nodes, entry.iri, "isChildOf", parent, siblings[parent])


def _groups(nodes: Nodes, entries: list[Entry]) -> Iterator[Object]:
    reader = nodes.reader
    for entry in entries:
        for family in reader.take(entry.iri, IN_FAMILY):
            yield _stated(nodes, entry.iri, "isPartOf", family)
        if entry.kind == SEGMENT:
            for member in reader.take(entry.iri, MEMBER):
                yield _stated(nodes, member, "isPartOf", entry.iri)
            for level in reader.take(entry.iri, ADDRESSES_LEVEL):
                yield _stated(nodes, entry.iri, "hasSkillLevel", level)
        if entry.kind == BEHAVIOUR:
            for level in levels_of(reader, entry.iri):
                reader.take(entry.iri, DEMONSTRATES)
                yield _stated(nodes, entry.iri, "hasSkillLevel", level)


def _stated(nodes: Nodes, origin: str, kind: str, destination: str, number: int | None = None) -> Object:
    """An association that the framework's own file states."""
    identifier = uuid_of(f"{origin} {kind} {destination}")
    return stated(
        {
            "identifier": identifier,
            "associationType": kind,
            "sequenceNumber": number,
            "uri": nodes.address("CFAssociations", identifier),
            "originNodeURI": nodes.link(origin),
            "destinationNodeURI": nodes.link(destination),
            "lastChangeDateTime": nodes.changed(),
        }
    )


def _mapped(nodes: Nodes, mapping: Mapping) -> Object:
    """The association of a mapping record, the same in the package of either framework."""
    reader, newer = nodes.reader, nodes.version is Version.CASE_1_1
    reader.take_link(mapping, weaker=mapping.relation in _WEAKER[nodes.version])
    ends = [mapping.subject, mapping.object]
    origin, destination = reversed(ends) if mapping.relation in _TURNED else ends
    kind = _TYPES.get(mapping.relation, "ext:closeMatch" if newer else "isRelatedTo")
    if not mapping.record:
        return _stated(nodes, origin, kind, destination)
    return stated(
        {
            "identifier": uuid_of(mapping.record),
            "associationType": kind,
            "uri": mapping.record,
            "originNodeURI": nodes.link(origin),
            "destinationNodeURI": nodes.link(destination),
            "lastChangeDateTime": nodes.changed(mapping.record, SSSOM + "mapping_date"),
            "notes": reader.notes(mapping.record, [SSSOM + "comment"], nodes.language) if newer else None,
        }
    )
