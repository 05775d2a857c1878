"""What the shapes know of other vocabularies, and what they find in vocabularies that others have published."""

import re
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import DCTERMS, OWL, RDF, RDFS, SH, SKOS, XSD, Graph, URIRef
from rdflib.namespace import DefinedNamespace

from compgraph.load import read_rdf
from compgraph.terms import CG, SSSOM
from compgraph.tidy.sssom import SET_SLOTS, SLOTS
from compgraph.validate import Finding, Severity, validate
from compgraph.validate.known import Known
from tests.conftest import ROOT, SHARED

CGSH = "https://w3id.org/compgraph/shapes#"
CORPUS = SHARED / "corpus"
ONTOLOGY = ROOT / "ontology/compgraph.ttl"
SHAPES = sorted((ROOT / "shapes").glob("*.ttl"))

SSSOM_BEYOND_TABLES = """
    ExtensionDefinition Mapping MappingRegistry MappingSet MappingSetReference NegatedPredicate NoTermFound Prefix
    Propagatable curie_map documentation extension_definitions homepage imports last_updated local_name
    mapping_registry_description mapping_registry_id mapping_registry_title mapping_set_group mapping_set_references
    mappings mirror_from prefix_name prefix_url registry_confidence
"""
"""The classes and individuals of SSSOM, and its slots of registries, prefixes, extensions and references."""

XSD_OF_DATATYPES = """
    Assertions bounded cardinality day enumeration explicitTimezone fractionDigits hour minute month numeric ordered
    second timezoneOffset totalDigits whiteSpace year
"""
"""What rdflib has of XML Schema that is neither a datatype nor a facet of OWL 2 (Syntax, section 4)."""


def triples(*paths: Path) -> list[ox.Triple]:
    return [quad.triple for path in paths for quad in read_rdf(path).quads]


@pytest.fixture(scope="module")
def shapes() -> Graph:
    merged = Graph()
    for path in SHAPES:
        merged.parse(path)
    return merged


def listed(shapes: Graph, constraint: str, prefix: str) -> set[str]:
    """The names that a constraint lets pass in one namespace."""
    select = str(shapes.value(URIRef(CGSH + constraint), SH.select))
    (found,) = re.findall(rf'STR\({prefix}:\)\).*?"[#/]\((.*?)\)\$"', select, re.DOTALL)
    assert found.split("|") == sorted(set(found.split("|")))
    return set(found.split("|"))


def names(namespace: type[DefinedNamespace]) -> set[str]:
    terms = [str(term) for term in dir(namespace) if str(term).startswith("http")]
    return {re.split("[#/]", term)[-1] for term in terms}


def test_the_terms_of_skos_and_dublin_core_are_those_of_their_namespaces(shapes: Graph) -> None:
    assert listed(shapes, "Vocabulary-standard", "skos") == names(SKOS)
    with_a_hyphen = {"ISO639-2", "ISO639-3"}  # which no attribute of Python can be called
    assert listed(shapes, "Vocabulary-standard", "dcterms") == names(DCTERMS) | with_a_hyphen


def test_the_terms_of_sssom_are_its_slots_and_those_that_no_table_has(shapes: Graph) -> None:
    assert listed(shapes, "Vocabulary-standard", "sssom") == {*SLOTS, *SET_SLOTS, *SSSOM_BEYOND_TABLES.split()}


def test_the_terms_of_xml_schema_are_its_datatypes_and_facets(shapes: Graph) -> None:
    """rdflib lists what XML Schema says of datatypes as well, and leaves out the ones that have no values written."""
    no_values = {"anyAtomicType", "anySimpleType", "anyType"}
    assert listed(shapes, "Vocabulary-standard", "xsd") == names(XSD) - set(XSD_OF_DATATYPES.split()) | no_values


def iris(shapes: Graph, text: str) -> set[str]:
    """The IRIs of the prefixed names in a text."""
    return {str(shapes.namespace_manager.expand_curie(name)) for name in re.findall(r"\w+:[\w-]+", text)}


def lists_of(shapes: Graph, constraint: str) -> list[set[str]]:
    """The properties that a constraint is about, each time it lists them."""
    select = str(shapes.value(URIRef(CGSH + constraint), SH.select))
    return [iris(shapes, found) for found in re.findall(r"\?path IN \((.*?)\)", select, re.DOTALL)]


def ontology() -> Graph:
    return Graph().parse(ONTOLOGY)


def pointers() -> set[str]:
    return {str(DCTERMS.source), *map(str, ontology().transitive_subjects(RDFS.subPropertyOf, DCTERMS.source))}


def test_the_structure_of_a_framework_is_all_properties_but_those_that_may_lead_out_of_it(shapes: Graph) -> None:
    """Out lead pointers to documents, and what points to the individuals of the ontology itself."""
    ours = {str(term) for term in ontology().subjects(RDF.type, OWL.ObjectProperty) if str(term).startswith(CG)}
    out = {CG + "passageKind", CG + "progressesTo", CG + "publication"}
    (listed,) = lists_of(shapes, "Structure-elsewhere")
    assert listed == ours - out - pointers() | {str(DCTERMS.isPartOf), str(SKOS.member)}


@pytest.mark.parametrize("rule", ["Pointer-document", "Pointer-form", "Pointer-overlap", "Pointer-range"])
def test_all_kinds_of_pointer_are_looked_at(rule: str, shapes: Graph) -> None:
    assert lists_of(shapes, rule) == [pointers()]
    (holder,) = shapes.subjects(SH.sparql, URIRef(CGSH + rule))
    assert set(map(str, shapes.objects(holder, SH.targetSubjectsOf))) == pointers()


def test_whatever_has_a_pointer_of_its_own_kind_has_a_locator(shapes: Graph) -> None:
    aimed = set(map(str, shapes.objects(URIRef(CGSH + "Located"), SH.targetSubjectsOf)))
    assert aimed == pointers() - {str(DCTERMS.source)}


@pytest.mark.parametrize(
    ("term", "nearest"),
    [
        (str(SKOS) + "prefLable", str(SKOS) + "prefLabel"),
        (str(DCTERMS) + "tittle", str(DCTERMS) + "title"),
        (SSSOM + "confidance", SSSOM + "confidence"),
        (str(SKOS) + "definition", None),  # nothing describes it here, but it is spelt as it should be
        (str(SKOS) + "xyz", None),
    ],
)
def test_a_misspelt_term_is_told_with_the_nearest(term: str, nearest: str | None) -> None:
    node = URIRef("https://example.org/a")
    finding = Finding(
        severity=Severity.VIOLATION,
        rule=CGSH + "Vocabulary-standard",
        node=node,
        path=term,
        value=URIRef(term),
        message="",
        shape="",
        component="",
    )
    described = ox.Triple(ox.NamedNode(str(node)), ox.NamedNode(term), ox.Literal("A"))
    assert Known([described]).tell(finding).nearest == nearest


def test_a_match_does_not_describe_what_it_starts_from() -> None:
    close, label = (ox.NamedNode(str(SKOS) + name) for name in ("closeMatch", "prefLabel"))
    matched, known = ox.NamedNode("https://a.example/lissening"), ox.NamedNode("https://a.example/listening")
    finding = Finding(
        severity=Severity.VIOLATION,
        rule=f"{CGSH}Match-start",
        node=URIRef(matched.value),
        path=close.value,
        value=URIRef(known.value),
        message="Wrong.",
        shape="",
        component="",
    )
    said = [ox.Triple(matched, close, known), ox.Triple(known, label, ox.Literal("Listening"))]
    assert Known(said).tell(finding).nearest == known.value


def test_our_shapes_keep_to_the_shapes_of_shapes(shapes: Graph) -> None:
    findings = validate(triples(ONTOLOGY, *SHAPES), shapes)
    assert not [finding for finding in findings if finding.rule.startswith((CGSH + "Shape", CGSH + "Vocabulary"))]


def rules_found(path: str, shapes: Graph) -> set[tuple[str, str]]:
    """Rule and node of each finding on a file of others."""
    findings = validate(triples(ONTOLOGY, CORPUS / path), shapes)
    return {(finding.rule.removeprefix(CGSH), str(finding.node)) for finding in findings}


@pytest.mark.needs_shared
def test_faults_of_published_vocabularies_are_found(shapes: Graph) -> None:
    """Each was looked up by hand in the file."""
    subjects = "https://w3id.org/kim/hochschulfaechersystematik/"
    found = rules_found("kim-skos/hochschulfaechersystematik.ttl", shapes)
    assert ("Text-label-blanks", subjects + "n073") in found  # ends in a blank
    assert ("SkosThesaurus-number-taken", subjects + "n030010001") in found  # 292 is there twice
    assert ("Text-definition-blanks", "https://w3id.org/kim/digcomp/g_22") in rules_found(
        "digcomp-dini/digcomp.ttl", shapes
    )  # an empty text
    standard = "http://asn.jesandco.org/resources/D2529179"
    assert ("Vocabulary-standard", standard) in rules_found("ld4pe-ttl/compindex-20150728.ttl", shapes)  # dateCopyright


@pytest.mark.needs_shared
def test_a_sound_published_vocabulary_has_nothing_wrong(shapes: Graph) -> None:
    """Its matches with vocabularies that are not here cannot be verified; the rest is advice."""
    found = {rule for rule, _ in rules_found("kim-skos/educationalLevel.ttl", shapes)}
    assert found == {"Match-framework", "SkosThesaurus-documented"}


@pytest.mark.needs_shared
@pytest.mark.parametrize(
    "path", ["kim-skos/schulfaecher.ttl", "lrmi/alignmentType.ttl", "ld4pe-ttl/ProficiencyLevel.ttl"]
)
def test_published_vocabularies_are_read_to_the_end(path: str, shapes: Graph) -> None:
    assert rules_found(path, shapes)
