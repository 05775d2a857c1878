"""A framework as the files state it, with the mappings that touch it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from compgraph import load
from compgraph.errors import ExchangeError
from compgraph.exchange.identifiers import read_ctids
from compgraph.load import MappingSet
from compgraph.terms import (
    DEFINITION,
    FRAMEWORK,
    IN_SCHEME,
    IS_PART_OF,
    OWL,
    PREF_LABEL,
    PUBLICATION,
    RDF_TYPE,
    RESTRICTED,
    SSSOM,
    TITLE,
)
from compgraph.workspace import Workspace

_ENDS = (SSSOM + "subject_id", SSSOM + "object_id")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What an exporter must know beyond the framework itself."""

    labels: Mapping[str, str]
    """What each node is called; a framework by its title."""
    owners: Mapping[str, str]
    """The framework of each node."""
    classes: Mapping[str, str]
    """The definition of each class of the ontology, by IRI."""
    ctids: Mapping[str, str]
    """The Credential Transparency Identifier of each node that has one."""


@dataclass(frozen=True, slots=True)
class Contents:
    """One framework: every statement of its file, and of the mapping records that begin or end in it."""

    iri: str
    triples: tuple[ox.Triple, ...]
    links: tuple[ox.Triple, ...] = ()
    """Of each mapping record its slots, and the direct triple where it states one."""
    mapping_sets: tuple[MappingSet, ...] = ()
    """Those that start from the framework."""
    around: Surroundings = Surroundings({}, {}, {}, {})

    @property
    def name(self) -> str:
        """The last part of the IRI, by which its files go."""
        return self.iri.rstrip("/#").rpartition("/")[2].rpartition("#")[2]

    @property
    def restricted(self) -> bool:
        """Whether the framework must not be published."""
        return self.iri in subjects(self.triples, PUBLICATION, RESTRICTED)


def contents(workspace: Workspace) -> dict[str, Contents]:
    """Every framework of the files, by IRI. Raises FileError for a file that can't be read."""
    tables = (load.read_mappings(path) for path in workspace.mappings())
    return contents_of(load.documents(workspace), read_ctids(workspace), tables)


def contents_of(
    given: Iterable[load.Document], ctids: Mapping[str, str], tables: Iterable[MappingSet] = ()
) -> dict[str, Contents]:
    """Every framework of these documents, by IRI; with the mapping sets of ``tables`` that start from it."""
    documents = list(given)
    own = [document for document in documents if not document.is_ontology]
    frameworks = sorted({s for document in own for s in subjects(document.triples, RDF_TYPE, FRAMEWORK)})
    owners = _owners((triple for document in own for triple in document.triples), frameworks)
    classes = _classes(triple for document in documents if document.is_ontology for triple in document.triples)
    labels = _labels(triple for document in documents for triple in document.triples)
    around = Surroundings(labels, owners, classes, ctids)
    triples: dict[str, list[ox.Triple]] = defaultdict(list)
    links: dict[str, list[ox.Triple]] = defaultdict(list)
    for document in own:
        triples[document.graph].extend(document.triples)
        for framework, found in _links(document.triples, owners).items():
            links[framework].extend(found)
    sets = _mapping_sets(tables)
    held = (
        Contents(iri, _unique(triples[iri]), _unique(links[iri]), tuple(sets[iri]), around)
        for iri in frameworks
        if triples[iri]
    )
    return {each.iri: each for each in held}


def _mapping_sets(tables: Iterable[MappingSet]) -> dict[str, list[MappingSet]]:
    """The mapping sets by the framework that their header says their subjects are of."""
    found: dict[str, list[MappingSet]] = defaultdict(list)
    for mapping_set in tables:
        if source := mapping_set.metadata.get("subject_source"):
            found[mapping_set.expand(str(source), 1).value].append(mapping_set)
    return found


def framework(workspace: Workspace, iri: str) -> Contents:
    """The framework of this IRI. Raises ExchangeError if no file has a named graph for it, FileError as above."""
    found = contents(workspace).get(iri)
    if found is None:
        raise ExchangeError(f"No file holds <{iri}> as its one framework: give each framework a file of its own.")
    return found


def subject_key(node: object) -> str:
    """The IRI of a subject, or its blank node label with ``_:``."""
    return node.value if isinstance(node, ox.NamedNode) else str(node)


def value_text(term: object) -> str:
    """A term as text: the IRI, the literal's own text, or a blank node's label with ``_:``."""
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)


def language_of(triple: ox.Triple) -> str:
    """The language tag of the object, empty if it has none."""
    return (triple.object.language or "") if isinstance(triple.object, ox.Literal) else ""


def _unique(triples: Iterable[ox.Triple]) -> tuple[ox.Triple, ...]:
    return tuple(dict.fromkeys(triples))


def subjects(triples: Iterable[ox.Triple], relation: str, value: str) -> set[str]:
    """The nodes that have this IRI as a value of this relation."""
    predicate, wanted = ox.NamedNode(relation), ox.NamedNode(value)
    return {subject_key(item.subject) for item in triples if item.predicate == predicate and item.object == wanted}


def _owners(triples: Iterable[ox.Triple], frameworks: Iterable[str]) -> dict[str, str]:
    known = set(frameworks)
    owners = {iri: iri for iri in known}
    for triple in triples:
        if triple.predicate.value in (IN_SCHEME, IS_PART_OF) and value_text(triple.object) in known:
            owners[subject_key(triple.subject)] = value_text(triple.object)
    return owners


def _labels(triples: Iterable[ox.Triple]) -> dict[str, str]:
    """The first label of each node, English before others; a title before a label."""
    ranked: dict[str, tuple[bool, bool, str]] = {}
    for triple in triples:
        relation = triple.predicate.value
        if relation in (TITLE, PREF_LABEL) and isinstance(triple.object, ox.Literal):
            node = subject_key(triple.subject)
            rank = (relation != TITLE, triple.object.language not in ("en", None), triple.object.value)
            ranked[node] = min(rank, ranked.get(node, rank))
    return {node: rank[2] for node, rank in ranked.items()}


def _classes(triples: Iterable[ox.Triple]) -> dict[str, str]:
    every = list(triples)
    classes = subjects(every, RDF_TYPE, OWL + "Class")
    found = {
        subject_key(triple.subject): value_text(triple.object)
        for triple in every
        if triple.predicate.value == DEFINITION and language_of(triple) in ("en", "")
    }
    return {iri: found.get(iri, "") for iri in sorted(classes)}


def _links(triples: Iterable[ox.Triple], owners: Mapping[str, str]) -> dict[str, list[ox.Triple]]:
    """By framework, the records of a mapping set that begin or end in it, and the direct triples that they state."""
    every = list(triples)
    records = subjects(every, RDF_TYPE, SSSOM + "Mapping")
    sets = subjects(every, RDF_TYPE, SSSOM + "MappingSet")
    touched: dict[str, set[str]] = defaultdict(set)
    for triple in every:
        subject = subject_key(triple.subject)
        if subject in records and triple.predicate.value in _ENDS:
            touched[subject].add(owners.get(value_text(triple.object), ""))
    found: dict[str, list[ox.Triple]] = defaultdict(list)
    for triple in every if records else ():
        subject, value = subject_key(triple.subject), value_text(triple.object)
        ends = touched[subject] if subject in records else {owners.get(subject, ""), owners.get(value, "")}
        for owner in ends - {""} if subject not in sets else ():
            found[owner].append(triple)
    return found
