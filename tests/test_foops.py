"""What FOOPS! asks of an ontology, in our own words, as far as it can be run without a network.

Left out: a DOI and a logo (OM3; there are neither yet), registration in prefix.cc, LOV or another registry (FIND2,
FIND3), and that the addresses at w3id.org resolve (their redirection is not registered yet): here our own site answers.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pyoxigraph as ox
import pytest

from compgraph.terms import CG, DCTERMS, ONTOLOGY, OWL, PREF_LABEL, RDF_TYPE, RDFS, SKOS
from compgraph.workspace import find
from tests.web_servers import Server, running

BIBO = "http://purl.org/ontology/bibo/"
VANN = "http://purl.org/vocab/vann/"
SCHEMA = "https://schema.org/"

TEXTS = {
    "OM1 title": (DCTERMS + "title",),
    "OM1 description": (DCTERMS + "description", DCTERMS + "abstract"),
    "OM1, OM4.1 licence": (DCTERMS + "license",),
    "OM1, VER1 version IRI": (OWL + "versionIRI",),
    "OM1, OM5.1 creator": (DCTERMS + "creator",),
    "OM1 namespace": (VANN + "preferredNamespaceUri",),
    "OM2, FIND1 prefix": (VANN + "preferredNamespacePrefix",),
    "OM2 version": (OWL + "versionInfo",),
    "OM2, OM5.1 created": (DCTERMS + "created",),
    "OM2 citation": (DCTERMS + "bibliographicCitation",),
    "OM3, OM5.2 publisher": (DCTERMS + "publisher",),
    "OM3 status": (BIBO + "status",),
    "OM3, OM5.2 issued": (DCTERMS + "issued",),
    "OM3 modified": (DCTERMS + "modified",),
    "FIND_3_BIS in a catalogue": (SCHEMA + "includedInDataCatalog",),
}


@pytest.fixture(scope="module")
def ontology() -> set[ox.Triple]:
    path = next(find().ontology())
    return {quad.triple for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)}


def values(found: set[ox.Triple], subject: str, relation: str) -> list[str]:
    node = ox.NamedNode(subject)
    return [str(t.object) for t in found if t.subject == node and t.predicate.value == relation]


@pytest.mark.parametrize("asked", TEXTS)
def test_metadata(ontology: set[ox.Triple], asked: str) -> None:
    assert any(values(ontology, ONTOLOGY, relation) for relation in TEXTS[asked])


def test_licence_is_an_iri(ontology: set[ox.Triple]) -> None:
    assert values(ontology, ONTOLOGY, DCTERMS + "license") == ["<https://creativecommons.org/licenses/by/4.0/>"]


@pytest.mark.parametrize("relation", [PREF_LABEL, SKOS + "definition", RDFS + "isDefinedBy"])
def test_every_term_has_label_definition_and_home(ontology: set[ox.Triple], relation: str) -> None:
    """VOC3, VOC4."""
    terms = {
        t.subject.value
        for t in ontology
        if t.predicate.value == RDF_TYPE and isinstance(t.subject, ox.NamedNode) and t.subject.value.startswith(CG)
    }
    assert len(terms) > 40
    assert [term for term in sorted(terms) if not values(ontology, term, relation)] == []


def test_other_vocabularies_are_used(ontology: set[ox.Triple]) -> None:
    """VOC1 for its metadata, VOC2 for its terms."""
    metadata = {t.predicate.value for t in ontology if t.subject == ox.NamedNode(ONTOLOGY)}
    assert {DCTERMS + "title", BIBO + "status", VANN + "preferredNamespacePrefix"} <= metadata
    assert any(t.object == ox.NamedNode(SKOS + "Concept") for t in ontology if t.predicate.value == RDFS + "subClassOf")


@pytest.fixture(scope="module")
def server(sites: Mapping[str, Path]) -> Iterator[Server]:
    with running("nginx", sites["own"]) as started:
        yield started


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("text/turtle", ox.RdfFormat.TURTLE),
        ("application/rdf+xml", ox.RdfFormat.RDF_XML),
        ("application/ld+json", ox.RdfFormat.JSON_LD),
        ("text/n3", ox.RdfFormat.TURTLE),
    ],
)
def test_ontology_comes_in_rdf_under_its_own_name(server: Server, accept: str, form: ox.RdfFormat) -> None:
    """CN1, RDF1, URI1, URI2, HTTP1: at the path of its IRI, and the ontology in it has that IRI."""
    answer = server.get("/ns", {"Accept": accept})
    assert answer.status == 200
    found = {quad.triple for quad in ox.parse(answer.body, format=form)}
    named = {t.subject for t in found if t.predicate.value == RDF_TYPE and t.object == ox.NamedNode(OWL + "Ontology")}
    assert named == {ox.NamedNode(ONTOLOGY)}


def test_ontology_has_a_page(server: Server, ontology: set[ox.Triple]) -> None:
    """DOC1: a page for people, with every term on it, where a link to the term goes."""
    answer = server.get("/ns", {"Accept": "text/html"})
    assert answer.headers["content-type"].startswith("text/html")
    terms = {
        t.subject.value.removeprefix(CG)
        for t in ontology
        if isinstance(t.subject, ox.NamedNode) and t.subject.value.startswith(CG)
    }
    assert [term for term in sorted(terms) if f'id="{term}"'.encode() not in answer.body] == []


def test_version_resolves(server: Server, ontology: set[ox.Triple]) -> None:
    """VER2."""
    version = values(ontology, ONTOLOGY, OWL + "versionIRI")[0].strip("<>")
    assert server.get("/" + version.removeprefix("https://w3id.org/compgraph/")).status == 200
