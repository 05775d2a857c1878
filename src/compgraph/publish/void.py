"""The graph described as linked data: VoID (W3C Interest Group Note of 3 March 2011), one file for all datasets.

No blank nodes: partitions have names too, so that reports and diffs can speak of them.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import pyoxigraph as ox

from compgraph.publish.datasets import ALL, Dataset
from compgraph.publish.dumps import by_dataset
from compgraph.terms import COMPETENCY, DCTERMS, FOAF, PREFIXES, RDF_TYPE, SSSOM, XSD

VOID = "http://rdfs.org/ns/void#"
PLACE = "void.ttl"
_RDF = (".ttl", ".nq", ".jsonld")
"""The endings of the dumps that hold all of a dataset as RDF."""
_FEATURES = ("Turtle", "N-Triples", "JSON-LD", "RDF_XML")
_LOCAL = re.compile(r"[^A-Za-z0-9_.\-]+")


def dataset_iri(base: str, name: str) -> str:
    """The IRI of a dataset, of its linksets and partitions."""
    return f"{base}{PLACE}#{name}"


def void_triples(every: Sequence[Dataset], base: str, dumps: Iterable[str]) -> list[ox.Triple]:
    """The description of all datasets, of which ``dumps`` are the paths of the dumps."""
    found = by_dataset(dumps)
    document = f"{base}{PLACE}"
    triples = [
        link(document, RDF_TYPE, VOID + "DatasetDescription"),
        _text(document, DCTERMS + "title", "The datasets of this site"),
        link(document, FOAF + "primaryTopic", dataset_iri(base, ALL)),
    ]
    owners = {dataset.graph: dataset_iri(base, dataset.name) for dataset in every}
    for dataset in every:
        triples += _dataset(dataset, base)
        triples += _partitions(dataset, dataset_iri(base, dataset.name))
        if dataset.is_mapping_set:
            triples += _linksets(dataset, dataset_iri(base, dataset.name), owners)
        if dataset.name != ALL:
            triples.append(link(dataset_iri(base, ALL), VOID + "subset", dataset_iri(base, dataset.name)))
        for path, format_ in found.get(dataset.name, ()):
            if format_.ending in _RDF:
                triples.append(link(dataset_iri(base, dataset.name), VOID + "dataDump", f"{base}{path}"))
    return triples


def _dataset(dataset: Dataset, base: str) -> Iterator[ox.Triple]:
    iri = dataset_iri(base, dataset.name)
    start = f"{dataset.graph}/" if dataset.graph else f"{base}id/"
    subjects = {triple.subject for triple in dataset.triples}
    entities = {node for node in subjects if isinstance(node, ox.NamedNode) and node.value.startswith(start)}
    yield link(iri, RDF_TYPE, VOID + "Dataset")
    if not dataset.graph.startswith("urn:"):
        yield ox.Triple(ox.NamedNode(iri), ox.NamedNode(VOID + "uriSpace"), ox.Literal(start))
    for feature in _FEATURES:
        yield link(iri, VOID + "feature", f"http://www.w3.org/ns/formats/{feature}")
    if example := _example(dataset):
        yield link(iri, VOID + "exampleResource", example)
    for namespace in _vocabularies(dataset):
        yield link(iri, VOID + "vocabulary", namespace)
    numbers = {
        "triples": len(dataset.triples),
        "entities": len(entities),
        "distinctSubjects": len(subjects),
        "distinctObjects": len({triple.object for triple in dataset.triples}),
        "properties": len({triple.predicate for triple in dataset.triples}),
        "classes": len({t.object for t in dataset.triples if t.predicate.value == RDF_TYPE}),
    }
    for name, number in numbers.items():
        yield _number(iri, name, number)
    if dataset.graph and not dataset.graph.startswith("urn:"):
        yield link(iri, FOAF + "topic", dataset.graph)
    if dataset.modified:
        yield dated(iri, dataset.modified)


def _example(dataset: Dataset) -> str:
    """A competency, failing that a mapping record, failing that whatever comes first."""
    kinds = {COMPETENCY: 0, SSSOM + "Mapping": 1}
    typed = [t for t in dataset.triples if t.predicate.value == RDF_TYPE and isinstance(t.subject, ox.NamedNode)]
    ranked = ((kinds.get(_iri(triple.object), 2), _iri(triple.subject)) for triple in typed)
    return min(ranked, default=(2, ""))[1]


def _vocabularies(dataset: Dataset) -> list[str]:
    terms = {triple.predicate.value for triple in dataset.triples}
    terms |= {_iri(triple.object) for triple in dataset.triples if triple.predicate.value == RDF_TYPE}
    return sorted({re.sub(r"[^#/]*$", "", term) for term in terms} - {""})


def _partitions(dataset: Dataset, iri: str) -> Iterator[ox.Triple]:
    instances = Counter(_iri(t.object) for t in dataset.triples if t.predicate.value == RDF_TYPE)
    for kind, number in sorted(instances.items()):
        part = f"{iri}.class.{_fragment(kind)}"
        yield link(iri, VOID + "classPartition", part)
        yield link(part, VOID + "class", kind)
        yield _number(part, "entities", number)
    uses = Counter(triple.predicate.value for triple in dataset.triples)
    for relation, number in sorted(uses.items()):
        part = f"{iri}.property.{_fragment(relation)}"
        yield link(iri, VOID + "propertyPartition", part)
        yield link(part, VOID + "property", relation)
        yield _number(part, "triples", number)


def _linksets(dataset: Dataset, iri: str, owners: dict[str, str]) -> Iterator[ox.Triple]:
    """A linkset for each relation by which the set links (VoID, section 5: one relation a linkset)."""
    records = {triple.subject for triple in dataset.triples if _iri(triple.object) == SSSOM + "Mapping"}
    links = Counter(
        triple.predicate.value
        for triple in dataset.triples
        if triple.subject not in records and _iri(triple.subject) != dataset.graph and _iri(triple.object)
    )
    ends = [_target(dataset, side, owners) for side in ("subject_source", "object_source")]
    for relation, number in sorted(links.items()):
        part = f"{iri}.links.{_fragment(relation)}"
        yield link(iri, VOID + "subset", part)
        yield link(part, RDF_TYPE, VOID + "Linkset")
        yield link(part, VOID + "linkPredicate", relation)
        yield _number(part, "triples", number)
        for role, end in zip(("subjectsTarget", "objectsTarget"), ends, strict=True):
            if end:
                yield link(part, VOID + role, end)


def _target(dataset: Dataset, side: str, owners: dict[str, str]) -> str:
    """The dataset at one end of a mapping set."""
    stated = {_iri(t.object) for t in dataset.triples if t.predicate.value == SSSOM + side} & owners.keys()
    return owners[min(stated)] if stated else ""


def _fragment(iri: str) -> str:
    """An IRI as a part of a fragment: by its prefix where it has one."""
    fits = [(len(start), name) for name, start in PREFIXES.items() if iri.startswith(start)]
    length, name = max(fits, default=(0, ""))
    return _LOCAL.sub("-", f"{name}-{iri[length:]}" if name else iri)


def _iri(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else ""


def link(subject: str, relation: str, value: str) -> ox.Triple:
    """A triple of three IRIs."""
    return ox.Triple(ox.NamedNode(subject), ox.NamedNode(relation), ox.NamedNode(value))


def _text(subject: str, relation: str, text: str) -> ox.Triple:
    return ox.Triple(ox.NamedNode(subject), ox.NamedNode(relation), ox.Literal(text, language="en"))


def _number(subject: str, name: str, number: int) -> ox.Triple:
    value = ox.Literal(str(number), datatype=ox.NamedNode(XSD + "integer"))
    return ox.Triple(ox.NamedNode(subject), ox.NamedNode(VOID + name), value)


def dated(subject: str, day: str) -> ox.Triple:
    """On which day something was last changed."""
    value = ox.Literal(day, datatype=ox.NamedNode(XSD + "date"))
    return ox.Triple(ox.NamedNode(subject), ox.NamedNode(DCTERMS + "modified"), value)
