"""JSON-LD and SKOS: other readers find the same graph; what SKOS forbids is not in it."""

import json
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib

from compgraph import exchange, load, workspace
from compgraph.exchange import Contents, jsonld, skos
from compgraph.terms import CG, DCTERMS, FOAF, ID, OWL, RDF, RDF_TYPE, RDFS, SKOS, SSSOM, XSD
from compgraph.tidy import SlotKind
from compgraph.tidy.sssom import SLOTS
from tests.conftest import ROOT
from tests.test_exchange import FRAMEWORKS, small

FILES = sorted([*(ROOT / "data").glob("*.ttl"), *(ROOT / "data/mappings").glob("*.sssom.tsv")])


@pytest.fixture(scope="module")
def every() -> dict[str, Contents]:
    return {contents.name: contents for contents in exchange.contents(workspace.find()).values()}


def parsed(text: str, format_: ox.RdfFormat) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(text, format=format_)}


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib's own parser of JSON-LD warns of itself
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_json_ld_reads_back_as_the_file(path: Path) -> None:
    (document,) = load.document(path)
    text = jsonld.jsonld_text(document.triples)
    assert parsed(text, ox.RdfFormat.JSON_LD) == set(document.triples)
    assert set(rdflib.Graph().parse(data=text, format="json-ld")) == set(load.to_rdflib(document.triples))


AWKWARD = """
@prefix cg: <https://w3id.org/compgraph/ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<urn:a> a <urn:Class>, skos:Concept ;
    skos:prefLabel "plain", "deutsch"@de, "british"@en-gb, "1"^^xsd:integer ;
    skos:notation "1"@en, "1", "01"^^xsd:integer ;
    cg:position 1, 01, +1, "x"^^xsd:integer, "1" ;
    cg:share 20.0, 2e1, 20 ;
    cg:partialScale true, "1"^^xsd:boolean ;
    cg:inCluster <urn:b>, "no node", <http://www.w3.org/2004/02/skos/core#//x> ;
    <urn:relation> <urn:b>, "</script>\\u2028\\"\\\\" ;
    <http://www.w3.org/2004/02/skos/core#//y> "z" ;
    <http://purl.org/dc/terms/date> "2020-07"^^xsd:gYearMonth, "2020-07-01"^^xsd:date ;
    skos:related [ skos:note "nobody"@en ] .
"""


def test_json_ld_keeps_what_no_term_fits() -> None:
    triples = [quad.triple for quad in ox.parse(AWKWARD, format=ox.RdfFormat.TURTLE)]
    text = jsonld.jsonld_text(triples)
    canonical = ox.CanonicalizationAlgorithm.UNSTABLE
    ours = ox.Dataset(ox.Quad(*triple) for triple in triples)
    theirs = ox.Dataset(ox.parse(text, format=ox.RdfFormat.JSON_LD))
    ours.canonicalize(canonical)
    theirs.canonicalize(canonical)
    assert ours == theirs
    assert jsonld.jsonld_text(reversed(triples)) == text


def test_json_ld_is_short_and_can_be_kept_in_place_of_the_file(tmp_path: Path) -> None:
    (content,) = exchange.FORMATS["jsonld"](exchange.framework(small(tmp_path), f"{ID}small")).files.values()
    (tmp_path / "copy.jsonld").write_bytes(content)
    (again,) = load.document(tmp_path / "copy.jsonld")
    (original,) = load.document(tmp_path / "data/small.ttl")
    assert again.graph == original.graph and set(again.triples) == set(original.triples)
    document = json.loads(content)
    full = jsonld.context()
    assert {name: full[name] for name in document["@context"]} == document["@context"]
    assert "semapv" not in document["@context"] and "SourceDocument" not in document["@context"]
    candour = next(node for node in document["@graph"] if node["@id"] == f"{ID}small/candour")
    assert candour["@type"] == "Competency" and candour["prefLabel"] == {"de": "Offenheit", "en": "Candour"}
    assert candour["altLabel"] == {"en": ["Openness", "Plain speaking"]}
    assert candour["inCluster"] == f"{ID}small/cluster.conduct" and candour["notation"] == "10"


def test_the_context_has_every_term_of_the_ontology() -> None:
    context, terms = jsonld.context(), ontology()
    for local, kinds in terms.items():
        definition: Any = context.get(local)
        if "Class" in kinds:
            assert definition == {"@id": f"cg:{local}"}
        elif "ObjectProperty" in kinds:
            assert definition == {"@id": f"cg:{local}", "@type": "@id"}
        elif "DatatypeProperty" in kinds:
            ranges = [kind.removeprefix("range ") for kind in kinds if kind.startswith("range ")]
            shape = {"@type": f"xsd:{ranges[0]}"} if ranges else {"@container": "@language"}
            assert definition == {"@id": f"cg:{local}"} | shape
    ours = {name for name, value in context.items() if isinstance(value, dict) and str(value["@id"]).startswith("cg:")}
    known = {"Class", "ObjectProperty", "DatatypeProperty"}
    assert ours == {local for local, kinds in terms.items() if kinds & known}


def ontology() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for quad in ox.parse(path=str(ROOT / "ontology/compgraph.ttl")):
        if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(CG):
            kinds = found.setdefault(quad.subject.value.removeprefix(CG), set())
            if quad.predicate.value == RDF_TYPE:
                kinds.add(str(quad.object).strip("<>").removeprefix(OWL))
            elif quad.predicate.value == RDFS + "range" and XSD in str(quad.object):
                kinds.add(f"range {str(quad.object).strip('<>').removeprefix(XSD)}")
    return found


def test_the_context_has_every_slot_of_a_mapping() -> None:
    shapes = {
        SlotKind.ENTITY: {"@type": "@id"},
        SlotKind.TEXT: {},
        SlotKind.NUMBER: {"@type": "xsd:decimal"},
        SlotKind.DATE: {"@type": "xsd:date"},
    }
    context = jsonld.context()
    for name, slot in SLOTS.items():
        if name != "record_id":
            expected = {"@id": f"sssom:{name}"} | shapes[slot.kind]
            assert expected in (context.get(name), context.get(f"sssom:{name}")), name


def test_the_context_has_every_relation_that_the_data_use() -> None:
    context = jsonld.context()
    named = {str(value["@id"]) for value in context.values() if isinstance(value, dict)}
    known = {str(context[name.partition(":")[0]]) + name.partition(":")[2] for name in named}
    used = {triple.predicate.value for path in FILES for doc in load.document(path) for triple in doc.triples}
    headers = {SSSOM + name for name in ("sssom_version", "mapping_set_title", "mapping_set_description", "license")}
    assert used - known - headers == {RDF_TYPE}


# SKOS


@pytest.fixture(scope="module", params=FRAMEWORKS)
def dump(request: pytest.FixtureRequest, every: dict[str, Contents]) -> set[ox.Triple]:
    (content,) = exchange.FORMATS["skos"](every[request.param]).files.values()
    found = parsed(content.decode(), ox.RdfFormat.TURTLE)
    assert found == set(skos.triples(every[request.param]))
    return found


def test_nothing_but_skos_and_dublin_core(dump: set[ox.Triple]) -> None:
    relations = {triple.predicate.value for triple in dump}
    assert all(relation.startswith((SKOS, DCTERMS, RDF)) or relation == FOAF + "name" for relation in relations)
    classes = {triple.object.value for triple in dump if triple.predicate.value == RDF_TYPE}  # type: ignore[union-attr]
    kinds = {SKOS + name for name in ("Concept", "ConceptScheme", "Collection")}
    assert {SKOS + "Concept", SKOS + "ConceptScheme"} <= classes <= kinds | {FOAF + "Organization"}


INTEGRITY = {
    "S9, S37: a concept, a scheme and a collection are different things": """
        ?x a ?one, ?other . FILTER (?one != ?other)
        FILTER (?one IN (skos:Concept, skos:ConceptScheme, skos:Collection))""",
    "S13: the kinds of label are disjoint": "?x skos:prefLabel ?text ; skos:altLabel|skos:hiddenLabel ?text",
    "S14: one preferred label in a language": """
        ?x skos:prefLabel ?one, ?other . FILTER (?one != ?other && LANG(?one) = LANG(?other))""",
    "S27: related is not broader": "?x skos:related|^skos:related ?y . ?x (skos:broader|^skos:narrower)+ ?y",
    "S46: exact is not broad or related": """
        ?x (skos:exactMatch|^skos:exactMatch)+ ?y . ?x skos:broadMatch|^skos:broadMatch|skos:relatedMatch ?y""",
    "nothing is broader than itself": "?x (skos:broader|^skos:narrower)+ ?x",
    "broader and mappings are of concepts": """
        ?x skos:broader|skos:narrower|skos:related|skos:closeMatch|skos:broadMatch|skos:narrowMatch|skos:relatedMatch ?y
        FILTER NOT EXISTS { ?x a skos:Concept }""",
    "every concept is in a scheme": "?x a skos:Concept . FILTER NOT EXISTS { ?x skos:inScheme ?scheme }",
    "every concept hangs from a top concept": """
        ?x a skos:Concept . FILTER NOT EXISTS { ?x skos:broader*/skos:topConceptOf ?scheme }""",
    "a top concept has none broader": "?x skos:topConceptOf ?scheme ; skos:broader ?y",
    "what is in a collection is described": "?x skos:member ?y . FILTER NOT EXISTS { ?y skos:prefLabel ?label }",
}


def broken(rule: str, triples: set[ox.Triple]) -> list[str]:
    store = ox.Store()
    store.extend(ox.Quad(*triple) for triple in triples)
    query = f"PREFIX skos: <{SKOS}> SELECT DISTINCT ?x {{ {INTEGRITY[rule]} }}"
    return [str(row["x"]) for row in store.query(query)]  # type: ignore[union-attr]


@pytest.mark.parametrize("rule", INTEGRITY)
def test_skos_integrity(rule: str, dump: set[ox.Triple]) -> None:
    assert broken(rule, dump) == []


BREAKS = {
    "S9": "a:candour a skos:Collection",
    "S13": 'a:candour skos:altLabel "Candour"@en',
    "S14": 'a:candour skos:prefLabel "Another"@en',
    "S27": "<https://w3id.org/compgraph/id/small/candour.2> skos:related a:candour",
    "S46": "a:candour skos:exactMatch a:tact ; skos:broadMatch a:tact",
    "nothing": "a:tact skos:broader a:candour . a:candour skos:broader a:tact",
    "broader": "a:nobody skos:broader a:tact",
    "every concept is": "a:new a skos:Concept",
    "every concept hangs": "a:new a skos:Concept ; skos:inScheme a:tact",
    "a top": "a:tact skos:broader a:candour",
    "what": "a:group skos:member a:nobody",
}


@pytest.mark.parametrize("start", BREAKS)
def test_skos_integrity_can_be_broken(start: str, tmp_path: Path) -> None:
    (rule,) = (rule for rule in INTEGRITY if rule.startswith(start))
    triples = set(skos.triples(exchange.framework(small(tmp_path), f"{ID}small")))
    assert broken(rule, triples) == []
    text = f"@prefix skos: <{SKOS}> . @prefix a: <{ID}small/> . {BREAKS[start]} ."
    assert broken(rule, triples | parsed(text, ox.RdfFormat.TURTLE))


def test_themes_do_not_leak_through_mappings(every: dict[str, Contents]) -> None:
    """With broadMatch read as broader, as SKOS does, no competency gets a foreign collection above it."""
    together = {triple for contents in every.values() for triple in skos.triples(contents)}
    store = ox.Store()
    store.extend(ox.Quad(*triple) for triple in together)
    query = f"PREFIX skos: <{SKOS}> SELECT ?x ?y {{ ?x (skos:broader|skos:broadMatch)+ ?y . ?y a skos:Collection }}"
    assert list(store.query(query)) == []  # type: ignore[arg-type]
