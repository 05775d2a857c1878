"""A catalogue of the datasets: DCAT 3 (W3C Recommendation of 22 August 2024)."""

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256

import pyoxigraph as ox

from compgraph.publish.datasets import ALL, Dataset
from compgraph.publish.dumps import DumpFormat, by_dataset
from compgraph.publish.void import dataset_iri, dated, link
from compgraph.terms import DCTERMS, DEFINITION, FOAF, OWL, PREF_LABEL, RDF_TYPE, SSSOM, TITLE, XSD

DCAT = "http://www.w3.org/ns/dcat#"
SPDX = "http://spdx.org/rdf/terms#"
PLACE = "catalog.ttl"
PREFIXES = {"dcat": DCAT, "spdx": SPDX, "void": "http://rdfs.org/ns/void#"}
_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
# What each says of itself, taken over as it is: (our relation, where it stands in the data, first that says anything).
_TAKEN = (
    (DCTERMS + "title", (TITLE, PREF_LABEL, SSSOM + "mapping_set_title")),
    (DCTERMS + "description", (DCTERMS + "description", DEFINITION, SSSOM + "mapping_set_description")),
    (DCTERMS + "license", (DCTERMS + "license", SSSOM + "license")),
    (DCTERMS + "rights", (DCTERMS + "rights",)),
    (DCTERMS + "creator", (DCTERMS + "creator",)),
    (DCTERMS + "publisher", (DCTERMS + "publisher",)),
    (DCTERMS + "source", (DCTERMS + "source",)),
    (DCTERMS + "issued", (DCTERMS + "issued",)),
    (DCTERMS + "language", (DCTERMS + "language",)),
    (DCAT + "version", (OWL + "versionInfo", SSSOM + "mapping_set_version")),
)


def dcat_triples(every: Sequence[Dataset], base: str, files: Mapping[str, bytes]) -> list[ox.Triple]:
    """The catalogue of all datasets; ``files`` are the dumps, by path, whose sizes and checksums it states."""
    catalogue, dumps = f"{base}{PLACE}#catalog", by_dataset(files)
    triples = [
        link(catalogue, RDF_TYPE, DCAT + "Catalog"),
        _literal(catalogue, DCTERMS + "title", ox.Literal("Competency frameworks and their mappings", language="en")),
    ]
    triples += [dated(catalogue, day) for day in [every[0].modified] if day]
    for dataset in every:
        iri = dataset_iri(base, dataset.name)
        triples.append(link(catalogue, DCAT + "dataset", iri))
        triples += _dataset(dataset, iri)
        triples += [link(dataset_iri(base, ALL), DCTERMS + "hasPart", iri)] if dataset.name != ALL else []
        for path, format_ in dumps.get(dataset.name, ()):
            triples += _distribution(dataset, base, path, files[path], format_)
    return triples


def _dataset(dataset: Dataset, iri: str) -> Iterator[ox.Triple]:
    yield link(iri, RDF_TYPE, DCAT + "Dataset")
    yield from _whole(dataset, iri) if dataset.name == ALL else ()
    for relation, stands in _TAKEN if dataset.graph else ():
        for value in dataset.values(dataset.graph, *stands):
            if "#char=" not in value.value:  # a place in a document, which is no source of the whole
                yield _literal(iri, relation, value)
                yield from _named(dataset, value)
    if dataset.graph.startswith("http"):
        yield link(iri, FOAF + "primaryTopic", dataset.graph)
    if dataset.modified:
        yield dated(iri, dataset.modified)


def _whole(dataset: Dataset, iri: str) -> Iterator[ox.Triple]:
    title = "Everything: the frameworks, the mapping sets and the ontology"
    yield _literal(iri, DCTERMS + "title", ox.Literal(title, language="en"))
    yield from (_literal(iri, DCTERMS + "license", each) for each in _licences(dataset))


def _named(dataset: Dataset, agent: ox.Literal | ox.NamedNode) -> Iterator[ox.Triple]:
    """What an agent is called, so that the catalogue can be read alone."""
    for name in dataset.values(agent.value, FOAF + "name") if isinstance(agent, ox.NamedNode) else ():
        yield _literal(agent.value, FOAF + "name", name)


def _licences(dataset: Dataset) -> list[ox.Literal | ox.NamedNode]:
    """The licence of the whole, where all parts have the same."""
    stated = {
        str(t.object): t.object
        for t in dataset.triples
        if t.predicate.value in (DCTERMS + "license", SSSOM + "license")
    }
    found = [term for term in stated.values() if isinstance(term, ox.NamedNode)]
    return list(found) if len(stated) == 1 else []


def _distribution(dataset: Dataset, base: str, path: str, content: bytes, found: DumpFormat) -> Iterator[ox.Triple]:
    whole, iri = dataset_iri(base, dataset.name), f"{base}{PLACE}#{path.rpartition('/')[2]}"
    is_compressed = path.endswith(".gz")
    yield link(whole, DCAT + "distribution", iri)
    yield link(iri, RDF_TYPE, DCAT + "Distribution")
    title = f"{found.name}, compressed" if is_compressed else found.name
    yield _literal(iri, DCTERMS + "title", ox.Literal(title, language="en"))
    yield link(iri, DCAT + "downloadURL", f"{base}{path}")
    yield link(iri, DCAT + "accessURL", f"{base}{path}")
    yield link(iri, DCAT + "mediaType", _MEDIA_TYPES + found.media_type)
    if is_compressed:
        yield link(iri, DCAT + "compressFormat", _MEDIA_TYPES + "application/gzip")
    size = ox.Literal(str(len(content)), datatype=ox.NamedNode(XSD + "nonNegativeInteger"))
    yield _literal(iri, DCAT + "byteSize", size)
    if found.standard:
        yield link(iri, DCTERMS + "conformsTo", found.standard)
    licences = dataset.values(dataset.graph, DCTERMS + "license", SSSOM + "license") or _licences(dataset)
    yield from (_literal(iri, DCTERMS + "license", each) for each in licences)
    yield from _checksum(iri, content)


def _checksum(iri: str, content: bytes) -> Iterator[ox.Triple]:
    checksum = f"{iri}.sha256"
    yield link(iri, SPDX + "checksum", checksum)
    yield link(checksum, RDF_TYPE, SPDX + "Checksum")
    yield link(checksum, SPDX + "algorithm", SPDX + "checksumAlgorithm_sha256")
    digest = ox.Literal(sha256(content).hexdigest(), datatype=ox.NamedNode(XSD + "hexBinary"))
    yield _literal(checksum, SPDX + "checksumValue", digest)


def _literal(subject: str, relation: str, value: ox.Literal | ox.NamedNode) -> ox.Triple:
    return ox.Triple(ox.NamedNode(subject), ox.NamedNode(relation), value)
