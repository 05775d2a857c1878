"""Questions as triples: they say what the files say, are valid where others look, and disturb nothing."""

from collections.abc import Iterable
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse
from rdflib import RDFS, SDO, SH, SKOS

from compgraph.errors import QuestionError
from compgraph.graph import Graph, open_graph
from compgraph.load import from_rdflib, to_rdflib
from compgraph.questions import Question, answer, read_question
from compgraph.questions.triples import QUESTION, question_triples
from compgraph.store import Table, Triples
from compgraph.terms import ID
from compgraph.tidy import turtle_text
from compgraph.validate import Engine, Finding, available, validate
from tests.conftest import SHARED
from tests.test_questions import EVERY_KIND

SPEX = SHARED / "suites/sib-spex-shapes"


@pytest.fixture(scope="module")
def triples(graph: Graph) -> list[Triple]:
    """All our questions as triples."""
    return list(question_triples(graph.questions))


def _example(tmp_path: Path, text: str, name: str = "every-kind") -> Question:
    path = tmp_path / f"{name}.rq"
    path.write_text(text)
    return read_question(path)


def test_each_part_of_a_file_has_its_place(tmp_path: Path) -> None:
    """Each kind of parameter, required and optional, in one question."""
    text = EVERY_KIND.replace("A number}", "A number, default: 3}").replace("SELECT", "PREFIX e: <urn:e:>\nSELECT")
    text = text.replace("thing: {kind: competency", "thing: {kind: thing").replace(
        f"<{ID}california/thoroughness>", "e:one"
    )
    question = _example(tmp_path, text.replace('"a \\"word\\""', "UNDEF").replace("A text}", "A text, default: any}"))
    written = turtle_text(question_triples([question]), {})
    expected = f"""
@prefix csvw: <http://www.w3.org/ns/csvw#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix p: <https://w3id.org/compgraph/id/parameter/> .
@prefix q: <https://w3id.org/compgraph/id/question/every-kind.> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

<https://w3id.org/compgraph/id/question/every-kind>
    a sh:SPARQLExecutable , sh:SPARQLSelectExecutable ;
    skos:prefLabel "T"@en ; rdfs:comment "Q?"@en ; dcterms:description "D."@en ; skos:scopeNote "M."@en ;
    dcterms:identifier "every-kind" ; schema:keywords "a" ; schema:target <https://w3id.org/compgraph/sparql> ;
    sh:select {rdflib.Literal(question.query).n3()} ;
    sh:prefixes q:prefixes ;
    sh:parameter q:parameter.words , q:parameter.number , q:parameter.choice , q:parameter.thing ;
    csvw:column q:column.words , q:column.number , q:column.choice , q:column.thing .
q:prefixes sh:declare q:prefix.e .
q:prefix.e a sh:PrefixDeclaration ; sh:prefix "e" ; sh:namespace "urn:e:"^^xsd:anyURI .
q:parameter.words a sh:Parameter ; sh:path p:words ; sh:name "words" ; sh:description "A text"@en ; sh:order 1 ;
    sh:optional true ; sh:datatype xsd:string .
q:parameter.number a sh:Parameter ; sh:path p:number ; sh:name "number" ; sh:description "A number"@en ; sh:order 2 ;
    sh:optional true ; sh:datatype xsd:decimal ; sh:defaultValue "3"^^xsd:decimal ; skos:example "3"^^xsd:decimal .
q:parameter.choice a sh:Parameter ; sh:path p:choice ; sh:name "choice" ; sh:description "A choice"@en ; sh:order 3 ;
    sh:optional false ; sh:datatype xsd:string ; skos:example "one" ; sh:in q:parameter.choice.choice.1 .
q:parameter.choice.choice.1 rdf:first "one" ; rdf:rest q:parameter.choice.choice.2 .
q:parameter.choice.choice.2 rdf:first "two {{parts}}" ; rdf:rest rdf:nil .
q:parameter.thing a sh:Parameter ; sh:path p:thing ; sh:name "thing" ; sh:description "A thing"@en ; sh:order 4 ;
    sh:optional false ; sh:nodeKind sh:IRI ; skos:example <urn:e:one> .
q:column.words a csvw:Column ; csvw:name "words" ; dcterms:description "W"@en ; sh:order 1 .
q:column.number a csvw:Column ; csvw:name "number" ; dcterms:description "N"@en ; sh:order 2 .
q:column.choice a csvw:Column ; csvw:name "choice" ; dcterms:description "C"@en ; sh:order 3 .
q:column.thing a csvw:Column ; csvw:name "thing" ; dcterms:description "I"@en ; sh:order 4 .
"""
    assert set(rdflib.Graph().parse(data=written)) == set(rdflib.Graph().parse(data=expected))


def test_everything_has_a_name(triples: list[Triple]) -> None:
    assert triples and len(set(triples)) == len(triples)
    assert not any(isinstance(term, BlankNode) for triple in triples for term in (triple.subject, triple.object))


def test_a_name_that_no_iri_can_hold_is_escaped(tmp_path: Path) -> None:
    first = next(question_triples([_example(tmp_path, EVERY_KIND, "große Frage")]))
    assert first.subject == NamedNode("https://w3id.org/compgraph/id/question/gro%C3%9Fe%20Frage")


def test_an_example_that_is_no_iri_is_told(tmp_path: Path) -> None:
    question = _example(tmp_path, EVERY_KIND.replace("(<https:", "(<no|iri:"))
    with pytest.raises(QuestionError, match=r"queries/every-kind\.rq: '<no\|iri:.* is no IRI .*: correct it"):
        list(question_triples([question]))


def test_questions_can_be_queried_and_asked_from_the_graph(graph: Graph) -> None:
    found = graph.sparql(
        "SELECT ?name ?question ?query { GRAPH <https://w3id.org/compgraph/graph/questions> { ?iri a "
        "sh:SPARQLExecutable ; dcterms:identifier ?name ; rdfs:comment ?question ; sh:select ?query } } ORDER BY ?name"
    )
    assert isinstance(found, Table)
    assert [row["name"] for row in found.values()] == graph.questions.names()
    for row in found.values():
        question = graph.questions[row["name"] or ""]
        assert row["question"] == question.question
        values = {parameter.name: parameter.example for parameter in question.parameters}
        assert graph.sparql(row["query"] or "") == answer(graph.store, question, values)


def test_the_version_of_the_data_is_that_of_the_data(graph: Graph, tmp_path: Path) -> None:
    """A question more is no other data: what was cited stays what it was."""
    (tmp_path / "queries").mkdir()
    (tmp_path / "queries/mine.rq").write_text(EVERY_KIND)
    with open_graph(tmp_path) as other:
        assert other.store.version == graph.store.version
        assert other.sparql("ASK { question:mine a sh:SPARQLExecutable }") is True


def test_parameters_are_shapes_that_their_examples_keep(graph: Graph, triples: list[Triple]) -> None:
    """Each parameter, taken as the property shape it is, accepts its example and refuses a thing of no class."""
    shapes = to_rdflib(triples)
    classes = graph.sparql("CONSTRUCT { ?thing a ?class } WHERE { ?thing a ?class }")
    assert isinstance(classes, Triples)
    known = [quad.triple for quad in parse(classes.text, format=RdfFormat.N_TRIPLES)]
    good, bad = list(known), list(known)
    asked = 0
    for parameter, example in shapes.subject_objects(SKOS.example):
        path = shapes.value(parameter, SH.path)
        assert path is not None
        row = rdflib.URIRef(f"{parameter}.asked")
        shapes.add((row + ".shape", SH.targetNode, row))
        shapes.add((row + ".shape", SH.property, parameter))
        good.append(Triple(NamedNode(row), NamedNode(str(path)), from_rdflib(example)))
        bad.append(Triple(NamedNode(row), NamedNode(str(path)), BlankNode()))
        asked += 1
    assert asked > 10
    assert validate(good, shapes) == ()
    assert len({finding.node for finding in validate(bad, shapes)}) == asked


def _findings(triples: Iterable[Triple], engine: Engine) -> tuple[Finding, ...]:
    files = sorted(SPEX.glob("*.shacl"))
    assert files
    shapes = rdflib.Graph()
    for file in files:
        # A string in it holds \\s, which Turtle has no such escape for; a backslash and an s are meant.
        shapes.parse(data=file.read_text().replace("[^\\s]", "[^\\\\s]"), format="turtle")
    return validate([*triples], shapes, engine=engine)


@pytest.mark.needs_shared
@pytest.mark.parametrize("engine", available())
def test_they_are_valid_where_sib_checks_queries(triples: list[Triple], engine: Engine) -> None:
    assert _findings(triples, engine) == ()


@pytest.mark.needs_shared
@pytest.mark.parametrize("predicate", [RDFS.comment, SH.select, SDO.target], ids=lambda iri: iri.fragment or iri[-6:])
def test_that_check_can_fail(graph: Graph, triples: list[Triple], predicate: rdflib.URIRef) -> None:
    """Without what every query must have, each of ours is found."""
    findings = _findings((each for each in triples if each.predicate.value != str(predicate)), available()[0])
    assert {str(finding.node) for finding in findings} == {QUESTION + name for name in graph.questions.names()}


@pytest.mark.needs_shared
def test_that_check_reads_keywords(triples: list[Triple]) -> None:
    wrong = Triple(NamedNode(QUESTION + "becomes"), NamedNode(SDO.keywords), Literal("progression "))
    assert len(_findings([*triples, wrong], available()[0])) == 1
