"""The rules one by one, what is refused, and the whole held to owlrl."""

import random
import re
import tomllib
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st
from owlrl import DeductiveClosure
from owlrl.OWLRL import OWLRL_Semantics

from compgraph.errors import AxiomError
from compgraph.reason import SUPPORTED, closure, compile_rules, owlrl_closure
from compgraph.terms import OWL, PREFIXES, RDF, RDF_TYPE, RDFS, XSD

ROOT = Path(__file__).parents[1]
ONTOLOGY = [quad.triple for quad in ox.parse(path=ROOT / "ontology" / "compgraph.ttl")]
DATA_FILES = sorted((ROOT / "data").glob("*.ttl"))
EX = "http://example.org/"
HEAD = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in (PREFIXES | {"ex": EX}).items())
Case = dict[str, str]
CASES = {path.stem: tomllib.loads(path.read_text()) for path in sorted((ROOT / "tests/reason").iterdir())}
# Examples are small as they come; to shrink them by owlrl takes minutes.
SLOW = settings(deadline=None, derandomize=True, phases=[Phase.explicit, Phase.generate])


def turtle(text: str) -> list[ox.Triple]:
    return [quad.triple for quad in ox.parse(HEAD + text, format=ox.RdfFormat.TURTLE)]


def closed(schema: str, data: str) -> list[ox.Triple]:
    return closure(compile_rules(turtle(schema)), turtle(data))


def every_case(kind: str) -> pytest.MarkDecorator:
    """Runs a test for each case of a file in ``tests/reason``; its first line says what its keys mean."""
    found = CASES[kind]
    return pytest.mark.parametrize("case", found.values(), ids=found)


def refusal(schema: str, data: str = "") -> str:
    with pytest.raises(AxiomError) as caught:
        closed(schema, data)
    return re.sub(rf"<{EX}(\w+)>", r"ex:\1", str(caught.value))


def test_every_case_is_claimed() -> None:
    assert set(CASES) == {"misplaced", "ours", "refused", "rules"}
    assert all(CASES.values())


# 1. The rules.


@every_case("rules")
def test_rule_gives_what_follows_and_nothing_else(case: Case) -> None:
    assert closed(case["schema"], case["data"]) == sorted(turtle(case["follows"]), key=str)


@every_case("rules")
def test_owlrl_agrees_rule_by_rule(case: Case) -> None:
    assert owlrl_closure(turtle(case["schema"]), turtle(case["data"])) == sorted(turtle(case["follows"]), key=str)


# 2. What is refused.


@every_case("refused")
def test_what_the_reasoner_lacks_is_refused_by_name(case: Case) -> None:
    message = refusal(case["schema"])
    assert case["told"] in message
    assert case["cure"] in message
    assert message.endswith(".")


@every_case("misplaced")
def test_axiom_among_the_data_is_refused(case: Case) -> None:
    assert case["told"] in refusal("ex:p rdfs:domain ex:A .", case["data"])


def test_data_may_hold_the_schema_itself() -> None:
    assert closure(compile_rules(ONTOLOGY), ONTOLOGY) == closure(compile_rules(ONTOLOGY), ())


# 3. Our ontology.

# Every construct it may use, with its place in OWL 2 Profiles, sections 4.2.1 (entities) and 4.2.5 (axioms).
GRAMMAR = {
    OWL + "Ontology": "4.2, an ontology as in the structural specification, section 3",
    OWL + "versionIRI": "4.2, likewise",
    OWL + "versionInfo": "4.2, likewise: an annotation",
    RDFS + "isDefinedBy": "4.2.5, annotation axioms",
    OWL + "Class": "4.2.1, Declaration",
    OWL + "ObjectProperty": "4.2.1, Declaration",
    OWL + "DatatypeProperty": "4.2.1, Declaration",
    RDFS + "subClassOf": "4.2.5, SubClassOf: a class other than owl:Thing at both ends (4.2.3)",
    OWL + "disjointWith": "4.2.5, DisjointClasses: classes other than owl:Thing (4.2.3)",
    OWL + "AllDisjointClasses": "4.2.5, DisjointClasses of more than two",
    OWL + "members": "4.2.5, DisjointClasses of more than two",
    RDFS + "subPropertyOf": "4.2.5, SubObjectPropertyOf, SubDataPropertyOf",
    OWL + "propertyChainAxiom": "4.2.5, SubObjectPropertyOf with ObjectPropertyChain",
    OWL + "inverseOf": "4.2.5, InverseObjectProperties",
    OWL + "propertyDisjointWith": "4.2.5, DisjointObjectProperties",
    RDFS + "domain": "4.2.5, ObjectPropertyDomain, DataPropertyDomain: a class other than owl:Thing (4.2.3)",
    RDFS + "range": "4.2.5, ObjectPropertyRange: a class other than owl:Thing; DataPropertyRange: a datatype (4.2.4)",
    OWL + "SymmetricProperty": "4.2.5, SymmetricObjectProperty",
    OWL + "AsymmetricProperty": "4.2.5, AsymmetricObjectProperty",
    OWL + "IrreflexiveProperty": "4.2.5, IrreflexiveObjectProperty",
    OWL + "TransitiveProperty": "4.2.5, TransitiveObjectProperty",
    OWL + "FunctionalProperty": "4.2.5, FunctionalObjectProperty, FunctionalDataProperty",
}
# The datatypes of 4.2.1 that we have a use for.
DATATYPES = {XSD + name for name in ("string", "integer", "decimal", "boolean", "dateTime", "anyURI")}
TYPE = ox.NamedNode(RDF_TYPE)
CLASSES = sorted({triple.subject for triple in ONTOLOGY if triple.object == ox.NamedNode(OWL + "Class")}, key=str)


def used(triple: ox.Triple) -> str:
    """What may be a construct in a triple: its predicate, or the class if it states one."""
    term = triple.object if triple.predicate == TYPE else triple.predicate
    return term.value if isinstance(term, ox.NamedNode) and term.value.startswith((OWL, RDFS)) else ""


def test_our_ontology_uses_supported_constructs_of_owl_2_rl() -> None:
    constructs = {used(triple) for triple in ONTOLOGY} - {""}
    assert constructs
    assert constructs <= {construct.value for construct in SUPPORTED}
    assert constructs <= set(GRAMMAR)


def test_our_axioms_stand_between_classes_and_properties_with_names() -> None:
    properties = {
        triple.subject for triple in ONTOLOGY if used(triple) in (OWL + "ObjectProperty", OWL + "DatatypeProperty")
    }
    datatypes = {ox.NamedNode(iri) for iri in DATATYPES}
    ends = {
        RDFS + "subClassOf": (CLASSES, CLASSES),
        OWL + "disjointWith": (CLASSES, CLASSES),
        RDFS + "subPropertyOf": (properties, properties),
        OWL + "inverseOf": (properties, properties),
        OWL + "propertyDisjointWith": (properties, properties),
        RDFS + "domain": (properties, CLASSES),
        RDFS + "range": (properties, [*CLASSES, *datatypes]),
    }
    for triple in ONTOLOGY:
        first, second = ends.get(used(triple), ([triple.subject], [triple.object]))
        assert triple.subject in first, triple
        assert triple.object in second, triple


@every_case("ours")
def test_our_axioms_give_the_links_they_should(case: Case) -> None:
    told = "".join(f"ex:x {word} ex:x ." for word in case["predicates"].split())
    looked_at = {triple.predicate for triple in turtle(told)}
    found = closure(compile_rules(ONTOLOGY), turtle(case["data"]))
    about = {triple.subject for triple in turtle(case["data"] + case["follows"])}
    links = [triple for triple in found if triple.predicate in looked_at and triple.subject in about]
    assert links == sorted(turtle(case["follows"]), key=str)


# 4. The whole, held to owlrl.


def words(of: str) -> st.SearchStrategy[str]:
    return st.sampled_from(of.split())


def line(pattern: str, *parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(*parts).map(lambda chosen: pattern.format(*chosen))


def lines(least: int, most: int, *kinds: st.SearchStrategy[str]) -> st.SearchStrategy[list[ox.Triple]]:
    """Graphs of so many lines of Turtle."""
    return st.lists(st.one_of(*kinds), min_size=least, max_size=most).map("\n".join).map(turtle)


# Few terms and many links, so that most axioms find something to work on.
CLASS = words("ex:A ex:B ex:C ex:D")
PROPERTY = words("ex:p ex:q ex:r")
CHAIN = st.lists(PROPERTY, min_size=2, max_size=4).map(" ".join)
CLASS_AXIOMS = lines(
    2,
    4,
    line("{} rdfs:subClassOf {} .", CLASS, CLASS),
    line("{} rdfs:subClassOf {} .", CLASS, CLASS),
    line("{} {} {} .", CLASS, words("owl:equivalentClass owl:disjointWith"), CLASS),
    line("{} a owl:Class .", CLASS),
)
PROPERTY_AXIOMS = lines(
    2,
    5,
    line("{} {} {} .", PROPERTY, words("rdfs:subPropertyOf owl:equivalentProperty owl:inverseOf"), PROPERTY),
    line("{} {} {} .", PROPERTY, words("rdfs:domain rdfs:range"), CLASS),
    line("{} a {} .", PROPERTY, words("owl:SymmetricProperty owl:TransitiveProperty owl:ObjectProperty")),
    line("{} a owl:TransitiveProperty .", PROPERTY),
    line("{} owl:propertyChainAxiom ( {} ) .", PROPERTY, CHAIN),
)
SCHEMAS = st.tuples(CLASS_AXIOMS, PROPERTY_AXIOMS).map(lambda parts: [*parts[0], *parts[1]])
NODE = words("ex:i ex:j ex:k ex:l _:m")
VALUE = words("ex:i ex:j ex:k ex:l _:m 't' 't'@en 1 '01'^^xsd:integer 'x'^^xsd:decimal ex:A")
GRAPHS = lines(
    4,
    10,
    line("{} {} {} .", NODE, PROPERTY, NODE),
    line("{} {} {} .", NODE, PROPERTY, NODE),
    line("{} {} {} .", words("ex:i ex:j ex:A ex:p"), PROPERTY, VALUE),
    line("{} a {} .", NODE, CLASS),
)


@settings(SLOW, max_examples=150)
@given(schema=SCHEMAS, data=GRAPHS)
def test_owlrl_agrees_on_any_small_ontology(schema: list[ox.Triple], data: list[ox.Triple]) -> None:
    assert closure(compile_rules(schema), data) == owlrl_closure(schema, data)


@settings(SLOW, max_examples=300)
@given(schema=SCHEMAS, data=GRAPHS, chance=st.randoms(use_true_random=False))
def test_order_and_repetition_change_nothing(
    schema: list[ox.Triple], data: list[ox.Triple], chance: random.Random
) -> None:
    found = closure(compile_rules(schema), data)
    shuffled = chance.sample(data * 2, len(data) * 2)
    assert closure(compile_rules(chance.sample(schema, len(schema))), iter(shuffled)) == found
    assert closure(compile_rules(schema), [*data, *found]) == []


# The ontology without its texts, from which nothing follows, but on which owlrl spends most of its time.
AXIOMS = [triple for triple in ONTOLOGY if isinstance(triple.object, ox.NamedNode | ox.BlankNode)]
OUR_CLASS = st.sampled_from([str(term) for term in CLASSES])
OUR_LINK = st.one_of(
    words("skos:exactMatch skos:broadMatch skos:closeMatch skos:relatedMatch skos:narrowMatch cg:progressesTo"),
    words("skos:exactMatch skos:broader skos:narrower skos:related skos:broaderTransitive skos:narrowerTransitive"),
    words("cg:demonstrates cg:ofCompetency cg:demonstrates cg:ofCompetency cg:elaborates cg:inCluster cg:atLevel"),
    words("skos:inScheme skos:topConceptOf skos:hasTopConcept skos:member cg:addressesLevel cg:labelSource cg:about"),
)
OUR_GRAPHS = lines(
    4,
    10,
    line("{} {} {} .", NODE, OUR_LINK, NODE),
    line("{} {} {} .", NODE, OUR_LINK, NODE),
    line("{} a {} .", NODE, OUR_CLASS),
    line(
        "{} {} {} .", NODE, words("cg:rank cg:descriptor cg:locator cg:position"), words("3 '03'^^xsd:integer 't'@en")
    ),
    line("{} cg:passageKind {} .", NODE, words("cg:history cg:goal")),
)


@settings(SLOW, max_examples=12)
@given(data=OUR_GRAPHS)
@example(data=turtle("ex:a skos:exactMatch ex:b , ex:c . ex:d skos:exactMatch ex:c , ex:e ; skos:broadMatch ex:f ."))
@example(data=turtle("ex:a skos:broader ex:b . ex:b skos:broader ex:c . ex:e skos:narrower ex:c ; skos:broader ex:f ."))
@example(data=turtle("ex:a cg:progressesTo ex:b . ex:b cg:progressesTo ex:a . ex:a a cg:Level , cg:Framework ."))
@example(data=turtle("ex:b cg:demonstrates ex:d . ex:d cg:demonstrates ex:e . ex:e cg:ofCompetency ex:c ."))
def test_owlrl_agrees_on_our_ontology(data: list[ox.Triple]) -> None:
    assert closure(compile_rules(ONTOLOGY), data) == owlrl_closure(AXIOMS, data)


@pytest.mark.parametrize("path", DATA_FILES, ids=lambda path: path.stem)
def test_owlrl_agrees_on_our_data(path: Path) -> None:
    data = [quad.triple for quad in ox.parse(path=path)]
    named = {triple.subject for triple in AXIOMS} | {TYPE}
    touched = [triple for triple in data if triple.predicate in named]
    found = closure(compile_rules(ONTOLOGY), data)
    assert found
    assert found == owlrl_closure(AXIOMS, touched)


# 5. What the reference leaves out, and that it leaves out nothing else.

SAMPLE = """
ex:t a cg:Competency ; skos:exactMatch ex:u ; skos:prefLabel "Thoroughness"@en ; skos:inScheme ex:f .
ex:e cg:ofCompetency ex:t ; cg:descriptor "Does it well."@en .
ex:l cg:rank 3 ; cg:inScale ex:s .
ex:b cg:demonstrates ex:e ; cg:position 1 ; a cg:Level .
cg:Competency skos:related ex:t .
"""


def left_out(triple: tuple[rdflib.term.Node, ...], schema: rdflib.Graph) -> str:
    """Which of the closed list of exceptions a triple falls under."""
    subject, predicate, object_ = triple
    if isinstance(subject, rdflib.Literal | rdflib.BNode):
        return type(subject).__name__
    if any(str(subject).startswith(vocabulary) for vocabulary in (RDF, RDFS, OWL, XSD)):
        return "vocabulary"
    if {rdflib.OWL.Class, rdflib.OWL.ObjectProperty, rdflib.OWL.DatatypeProperty} & set(
        schema[subject : rdflib.RDF.type]
    ):
        return "schema"
    if (predicate, object_) == (rdflib.RDF.type, rdflib.OWL.Thing):
        return "thing"
    return "itself" if predicate == rdflib.OWL.sameAs and subject == object_ else "NOT ON THE LIST"


def test_owlrl_as_it_comes_gives_ours_and_the_exceptions() -> None:
    schema = rdflib.Graph().parse(ROOT / "ontology" / "compgraph.ttl")
    graph = rdflib.Graph().parse(data=HEAD + SAMPLE) + schema
    asserted = set(graph)
    DeductiveClosure(OWLRL_Semantics).expand(graph)  # type: ignore[no-untyped-call]
    ours = {
        tuple(rdflib.util.from_n3(str(term)) for term in (triple.subject, triple.predicate, triple.object))
        for triple in closure(compile_rules(ONTOLOGY), turtle(SAMPLE))
    }
    new = set(graph) - asserted
    assert ours <= new
    assert {left_out(triple, schema) for triple in new - ours} == {
        "Literal",
        "BNode",
        "vocabulary",
        "schema",
        "thing",
        "itself",
    }
