"""CTDL-ASN JSON-LD (Credential Engine, https://credreg.net/ctdlasn/terms): a competency framework and its competencies.

Clusters, indicators and behaviours are competencies too, told apart by ceasn:competencyCategory; a cell with a level is
a criterion level; scales are progression models.
"""

import json
from collections.abc import Iterator
from typing import TypeAlias

from compgraph.errors import ExchangeError
from compgraph.exchange.contents import Contents
from compgraph.exchange.contract import Exported
from compgraph.exchange.dates import date_time
from compgraph.exchange.losses import exported
from compgraph.exchange.outline import LEVELS, STATEMENTS, TREE, Cell, Entry, cells, levels_of, outline
from compgraph.exchange.reader import Reader
from compgraph.terms import (
    AT_LEVEL,
    DCTERMS,
    DCTERMS_SOURCE,
    DEFINITION,
    DEMONSTRATES,
    DESCRIPTOR,
    EXPECTED_PROFICIENCY,
    FOAF,
    FOR_ROLE,
    IN_SCALE,
    IN_SCHEME,
    IS_PART_OF,
    LEVEL_SCALE,
    NOTATION,
    OF_COMPETENCY,
    POSITION,
    PREF_LABEL,
    RDF_TYPE,
    SKOS,
    TITLE,
)

CONTEXT = "https://credreg.net/ctdlasn/schema/context/json"
"""The published context; its IRI is that of the document, and nothing here fetches it."""

Json: TypeAlias = "str | list[str] | dict[str, str | list[str]]"
Node: TypeAlias = dict[str, Json]

_MODIFIED = DCTERMS + "modified"
_NOTES = tuple(SKOS + name for name in ("scopeNote", "editorialNote", "note", "historyNote", "changeNote", "example"))
_ALIGNMENTS = {
    SKOS + "exactMatch": "ceasn:exactAlignment",
    SKOS + "closeMatch": "ceasn:majorAlignment",
    SKOS + "broadMatch": "ceasn:broadAlignment",
    SKOS + "narrowMatch": "ceasn:narrowAlignment",
    SKOS + "relatedMatch": "ceasn:minorAlignment",
}
# An overlap called major or minor is not quite what close and related say: the loss report has these too.
_INEXACT = {SKOS + "closeMatch", SKOS + "relatedMatch"}


def export(contents: Contents) -> Exported:
    """One file. Raises ExchangeError if a node that needs a CTID has none."""
    reader = Reader(contents)
    _check(contents, needing_ctids(contents))
    document = {"@context": CONTEXT, "@graph": list(_nodes(reader))}
    text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    return exported(reader, {f"{contents.name}.ctdl-asn.json": text.encode()}, "ctdl-asn")


def needing_ctids(contents: Contents) -> list[str]:
    """What CTDL-ASN identifies by a CTID: the framework, its competencies of every kind, its scales and levels."""
    entries = outline(Reader(contents), (*STATEMENTS, LEVEL_SCALE, *LEVELS))
    return [contents.iri, *(entry.iri for entry in entries)]


def _check(contents: Contents, nodes: list[str]) -> None:
    missing = [node for node in nodes if node not in contents.around.ctids]
    if missing:
        problem = (
            f"{len(missing)} nodes of {contents.name} have no CTID, the first is <{missing[0]}>: "
            "mint and keep them with compgraph ctids."
        )
        raise ExchangeError(problem)


def _nodes(reader: Reader) -> Iterator[Node]:
    statements = outline(reader, STATEMENTS)
    alignments = _alignments(reader, {entry.iri for entry in statements})
    children: dict[str, list[str]] = {}
    for entry in statements:
        for parent in entry.parents:
            children.setdefault(parent, []).append(entry.iri)
    expected = [cell for cell in cells(reader) if cell.competency]
    yield _framework(reader, children)
    for entry in statements:
        own_cells = [cell.iri for cell in expected if cell.competency == entry.iri]
        yield {
            **_competency(reader, entry),
            **_stated({"ceasn:hasChild": children.get(entry.iri, []), "ceasn:hasCriterionLevel": own_cells}),
            **alignments.get(entry.iri, {}),
        }
    for cell in expected:
        yield _criterion_level(reader, cell)
    yield from _progressions(reader)


def _framework(reader: Reader, children: dict[str, list[str]]) -> Node:
    iri = reader.contents.iri
    reader.take(iri, RDF_TYPE)
    publishers = reader.see(iri, DCTERMS + "publisher")
    names = [reader.language_map(publisher, FOAF + "name") for publisher in publishers]
    for publisher in publishers:
        reader.take(publisher, RDF_TYPE)
        reader.take(iri, DCTERMS + "publisher", publisher)
    sources = [source for source in reader.see(iri, DCTERMS_SOURCE) if "#char=" not in source]
    return _stated(
        {
            "@id": iri,
            "@type": "ceasn:CompetencyFramework",
            "ceterms:ctid": reader.contents.around.ctids[iri],
            "ceasn:name": reader.language_map(iri, TITLE) or reader.language_map(iri, PREF_LABEL),
            "ceasn:description": reader.language_map(iri, DEFINITION, DCTERMS + "description"),
            "ceasn:inLanguage": _alone(reader.take(iri, DCTERMS + "language")),
            "ceasn:publisherName": names[0] if names else {},
            "ceasn:license": _alone(reader.take(iri, DCTERMS + "license")),
            "ceasn:rights": reader.language_map(iri, DCTERMS + "rights"),
            "ceasn:source": _alone(reader.take(iri, DCTERMS_SOURCE, *sources) if sources else []),
            "ceasn:dateModified": _modified(reader, iri),
            "ceasn:hasTopChild": children.get(iri, []),
            "asn:hasProgressionModel": reader.nodes(LEVEL_SCALE),
        }
    )


def _competency(reader: Reader, entry: Entry) -> Node:
    iri, framework = entry.iri, reader.contents.iri
    reader.take_all(iri, RDF_TYPE, IN_SCHEME, *TREE)
    reader.take(iri, DEMONSTRATES, *entry.parents)
    if levels := levels_of(reader, iri):
        reader.take(iri, DEMONSTRATES)
    label = reader.language_map(iri, PREF_LABEL)
    definition = reader.language_map(iri, DEFINITION)
    return _stated(
        {
            "@id": iri,
            "@type": "ceasn:Competency",
            "ceterms:ctid": reader.contents.around.ctids[iri],
            "ceasn:competencyLabel": label if definition else {},
            "ceasn:competencyText": definition or label,
            "ceasn:competencyCategory": {"en": entry.kind.rpartition("#")[2]},
            "ceasn:codedNotation": _alone(reader.take(iri, NOTATION)),
            "ceasn:listID": _alone(reader.take(iri, POSITION)),
            "ceasn:comment": reader.language_map(iri, *_NOTES),
            "ceasn:dateModified": _modified(reader, iri),
            "ceasn:isPartOf": framework,
            "ceasn:isTopChildOf": framework if framework in entry.parents else "",
            "ceasn:isChildOf": [parent for parent in entry.parents if parent != framework],
            "asn:hasProgressionLevel": levels,
        }
    )


def _modified(reader: Reader, node: str) -> str:
    """The latest day on which a node was changed, as a time; empty if none is stated."""
    latest = max(reader.see(node, _MODIFIED), default="")
    time = date_time(latest)
    if time:
        reader.take(node, _MODIFIED, latest)
    return time or ""


def _criterion_level(reader: Reader, cell: Cell) -> Node:
    reader.take_all(cell.iri, RDF_TYPE, OF_COMPETENCY, FOR_ROLE)
    audience = cell.audience or cell.proficiency
    levels = [*reader.take(cell.iri, AT_LEVEL), *reader.take(cell.iri, EXPECTED_PROFICIENCY)]
    return _stated(
        {
            "@id": cell.iri,
            "@type": "ceasn:CriterionLevel",
            "ceasn:benchmarkLabel": reader.language_map(audience, PREF_LABEL),
            "ceasn:benchmarkText": reader.language_map(cell.iri, DESCRIPTOR),
            "asn:hasProgressionLevel": levels,
        }
    )


def _progressions(reader: Reader) -> Iterator[Node]:
    entries = outline(reader, (LEVEL_SCALE, *LEVELS))
    for entry in entries:
        iri, ctid = entry.iri, reader.contents.around.ctids[entry.iri]
        reader.take_all(iri, RDF_TYPE, IN_SCALE, IN_SCHEME, IS_PART_OF)
        if entry.kind == LEVEL_SCALE:
            yield _stated(
                {
                    "@id": iri,
                    "@type": "asn:ProgressionModel",
                    "ceterms:ctid": ctid,
                    "ceasn:name": reader.language_map(iri, PREF_LABEL),
                    "ceasn:description": reader.language_map(iri, DEFINITION),
                    "skos:hasTopConcept": [level.iri for level in entries if iri in level.parents],
                }
            )
        else:
            scales = [parent for parent in entry.parents if parent != reader.contents.iri]
            yield _stated(
                {
                    "@id": iri,
                    "@type": "asn:ProgressionLevel",
                    "ceterms:ctid": ctid,
                    "skos:prefLabel": reader.language_map(iri, PREF_LABEL),
                    "skos:definition": reader.language_map(iri, DEFINITION),
                    "skos:notation": _alone(reader.take(iri, NOTATION)),
                    "skos:note": reader.language_map(iri, *_NOTES),
                    "ceasn:inProgressionModel": scales,
                    "skos:topConceptOf": scales,
                }
            )


def _alignments(reader: Reader, statements: set[str]) -> dict[str, dict[str, Json]]:
    """By node, what it is aligned to; the table of relations says from which end each alignment is meant."""
    found: dict[str, dict[str, list[str]]] = {}
    for mapping in reader.mappings():
        link = mapping.seen_from(statements)
        if link and (relation := _ALIGNMENTS.get(link[1])):
            reader.take_link(mapping, weaker=mapping.relation in _INEXACT)
            found.setdefault(link[0], {}).setdefault(relation, []).append(link[2])
    return {node: {name: sorted(ends) for name, ends in sorted(each.items())} for node, each in found.items()}


def _stated(fields: dict[str, Json]) -> Node:
    """The fields that have a value."""
    return {name: value for name, value in fields.items() if value}


def _alone(values: list[str]) -> str | list[str]:
    """A value that is the only one, without a list around it."""
    return values[0] if len(values) == 1 else values
