"""reason: every conclusion is justified, down to what is asserted, and every contradiction with it."""

from collections.abc import Iterable
from itertools import pairwise, product

import pyoxigraph as ox
import pytest
from hypothesis import given, settings

from compgraph.graph import Graph
from compgraph.load import documents
from compgraph.reason import (
    Axiom,
    Clash,
    Justification,
    Rules,
    Statement,
    clashes,
    closure,
    compile_rules,
    justification,
    matching,
    sentence,
)
from compgraph.reason import constructs as owl
from compgraph.terms import CG, ID, SKOS
from compgraph.workspace import find
from tests.test_reason import GRAPHS, SCHEMAS, SLOW, Case, every_case, turtle


def holds(axiom: Axiom, premises: list[Statement], found: Statement) -> bool:
    """Whether an axiom gives a statement from premises, by the rule of OWL 2 Profiles, tables 5 and 7, as it reads."""
    (s, p, o), terms, used = found, axiom.terms, axiom.construct
    if used in (owl.TRANSITIVE, owl.CHAIN):
        parts = terms[1:] if used == owl.CHAIN else terms * len(premises)
        ends = [premise.subject for premise in premises] + [o]
        meets = all(one.object == end for one, end in zip(premises, ends[1:], strict=True))
        return meets and ends[0] == s and p == terms[0] and [each.predicate for each in premises] == list(parts)
    (x, q, y) = premises[0]
    if used == owl.SYMMETRIC:
        return (s, p, o) == (y, q, x) and q == terms[0]
    given, head = (q, p) if p != owl.TYPE else (y, o) if q == owl.TYPE else (q, o)
    stated = (given, head) == terms or (
        used in (owl.INVERSE_OF, owl.EQUIVALENT_CLASS, owl.EQUIVALENT_PROPERTY) and (head, given) == terms
    )
    turned = {owl.INVERSE_OF: (y, x), owl.DOMAIN: (x, o), owl.RANGE: (y, o), owl.SUB_CLASS_OF: (x, o)}
    turned[owl.EQUIVALENT_CLASS] = (x, o)
    return stated and len(premises) == 1 and (s, o) == turned.get(used, (x, y))


def stated(rules: Rules) -> set[Axiom]:
    found, axioms = set(rules.axioms.chains.values()), rules.axioms
    for form in (axioms.superclasses, axioms.superproperties, axioms.inverses, axioms.domains, axioms.ranges):
        found |= set(form.values())
    return found


def check(proof: Justification, rules: Rules, asserted: set[Statement]) -> None:
    """Replay a proof: each step by one axiom that the schema states, each leaf asserted."""
    if proof.axiom is None:
        assert proof.statement in asserted and not proof.premises
        return
    assert proof.axiom in stated(rules) and sentence(proof.axiom)
    assert holds(proof.axiom, [premise.statement for premise in proof.premises], proof.statement), proof
    for premise in proof.premises:
        check(premise, rules, asserted)


def fewest(rules: Rules, asserted: set[Statement]) -> dict[Statement, int]:
    """How many asserted statements each conclusion needs at least: every rule on everything, until nothing changes."""
    need, axioms = dict.fromkeys(asserted, 1), rules.axioms
    while True:
        before = dict(need)
        for (s, p, o), size in before.items():
            found = [Statement(s, q, o) for first, q in axioms.superproperties if first == p]
            found += [Statement(o, q, s) for first, q in axioms.inverses if first == p]
            found += [Statement(s, owl.TYPE, c) for first, c in axioms.domains if first == p]
            found += [Statement(o, owl.TYPE, c) for first, c in axioms.ranges if first == p]
            found += [Statement(s, p, c) for first, c in axioms.superclasses if p == owl.TYPE and first == o]
            for each in found:
                need[each] = min(size, need.get(each, size))
        for parts, head in axioms.chains:
            rows = [[each for each in before if each.predicate == part] for part in parts]
            for row in product(*rows):
                if all(one.object == other.subject for one, other in pairwise(row)):
                    each = Statement(row[0].subject, head, row[-1].object)
                    size = sum(before[part] for part in row)
                    need[each] = min(size, need.get(each, size))
        if need == before:
            return need


def said(triples: Iterable[ox.Triple]) -> set[Statement]:
    return {Statement(*triple) for triple in triples}


def justify_all(schema: list[ox.Triple], data: list[ox.Triple]) -> list[Justification]:
    """A justification of all that follows, each replayed and as short as can be."""
    rules, asserted = compile_rules(schema), [*schema, *data]
    need = fewest(rules, said([*rules.scope.facts, *data]))
    proofs = []
    for triple in closure(rules, data):
        proof = justification(rules, matching(asserted), Statement(*triple))
        assert proof is not None and proof.statement == Statement(*triple)
        check(proof, rules, said(asserted))
        assert len(list(proof.asserted())) == need[proof.statement]
        proofs.append(proof)
    return proofs


@every_case("rules")
def test_conclusions_are_justified_rule_by_rule(case: Case) -> None:
    assert len(justify_all(turtle(case["schema"]), turtle(case["data"]))) == len(set(turtle(case["follows"])))


@settings(SLOW, max_examples=300)
@given(schema=SCHEMAS, data=GRAPHS)
def test_conclusions_of_any_small_ontology_are_justified(schema: list[ox.Triple], data: list[ox.Triple]) -> None:
    proofs = justify_all(schema, data)
    turned = matching(reversed([*schema, *data]))
    rules = compile_rules(reversed(schema))
    assert [justification(rules, turned, proof.statement) for proof in proofs] == proofs


def test_every_conclusion_on_the_five_frameworks_is_justified(graph: Graph) -> None:
    read = list(documents(find(None, bundled=True)))
    rules = compile_rules(triple for document in read if document.is_ontology for triple in document.triples)
    triples = [triple for document in read for triple in document.triples]
    asserted, match = said(triples), matching(triples)
    found = closure(rules, triples)
    assert len(found) > 3000
    for triple in found:
        proof = justification(rules, match, Statement(*triple))
        assert proof is not None and proof.statement == Statement(*triple)
        check(proof, rules, asserted)
        assert all(each in asserted for each in proof.asserted())
    for said_ in sorted(asserted, key=str)[::50]:
        assert justification(rules, match, said_) == Justification(said_)


def test_what_does_not_follow_has_no_justification() -> None:
    rules = compile_rules(turtle("ex:p a owl:TransitiveProperty . ex:p rdfs:domain ex:A ."))
    match = matching(turtle("ex:x ex:p ex:y . ex:y ex:p ex:z ."))
    for triple in turtle("ex:z ex:p ex:x . ex:z a ex:A . ex:x ex:q ex:y . ex:x a ex:B ."):
        assert justification(rules, match, Statement(*triple)) is None


def test_a_long_way_is_told_as_one_row_of_steps() -> None:
    rules = compile_rules(turtle("ex:p a owl:TransitiveProperty ."))
    data = turtle("".join(f"ex:n{place} ex:p ex:n{place + 1} ." for place in range(200)))
    goal = Statement(*turtle("ex:n0 ex:p ex:n200 .")[0])
    proof = justification(rules, matching(data), goal)
    assert proof is not None and [each.statement for each in proof.premises] == [Statement(*each) for each in data]


# Schema, data, then what contradicts what, and what that rests on.
CLASHES = {
    "cax-dw": (
        "ex:A owl:disjointWith ex:B . ex:C rdfs:subClassOf ex:A . ex:p rdfs:range ex:B .",
        "ex:i a ex:C . ex:j ex:p ex:i .",
        "<ex:A> shares no member with <ex:B>",
        "ex:i a ex:C . ex:j ex:p ex:i .",
    ),
    "cax-adc": (
        "[] a owl:AllDisjointClasses ; owl:members ( ex:A ex:B ex:C ) .",
        "ex:i a ex:A , ex:C .",
        "<ex:A>, <ex:B> and <ex:C> share no member",
        "ex:i a ex:A . ex:i a ex:C .",
    ),
    "prp-pdw": (
        "ex:p owl:propertyDisjointWith ex:q . ex:p a owl:SymmetricProperty .",
        "ex:i ex:p ex:j . ex:j ex:q ex:i .",
        "<ex:p> shares no pair with <ex:q>",
        "ex:i ex:p ex:j . ex:j ex:q ex:i .",
    ),
    "prp-adp": (
        "[] a owl:AllDisjointProperties ; owl:members ( ex:p ex:q ) .",
        "ex:i ex:p 't' ; ex:q 't' .",
        "<ex:p> and <ex:q> share no pair",
        "ex:i ex:p 't' . ex:i ex:q 't' .",
    ),
    "prp-asyp": (
        "ex:p a owl:AsymmetricProperty . ex:q rdfs:subPropertyOf ex:p .",
        "ex:i ex:p ex:j . ex:j ex:q ex:i .",
        "<ex:p> is asymmetric",
        "ex:i ex:p ex:j . ex:j ex:q ex:i .",
    ),
    "prp-fp": (
        "ex:p a owl:FunctionalProperty . ex:q rdfs:subPropertyOf ex:p .",
        "ex:i ex:p 1 ; ex:q 2 .",
        "<ex:p> has one value at most",
        "ex:i ex:p 1 . ex:i ex:q 2 .",
    ),
    "prp-irp": (
        "ex:p a owl:IrreflexiveProperty , owl:TransitiveProperty .",
        "ex:i ex:p ex:j . ex:j ex:p ex:i .",
        "<ex:p> is irreflexive",
        "ex:i ex:p ex:j . ex:j ex:p ex:i .",
    ),
}


def short(text: str) -> str:
    return text.replace("http://example.org/", "ex:")


@pytest.mark.parametrize("name", CLASHES)
def test_a_clash_is_told_with_what_it_rests_on(name: str) -> None:
    schema, data, axiom, rests_on = CLASHES[name]
    rules, triples = compile_rules(turtle(schema)), turtle(data)
    first, *_ = found = clashes(rules, triples)
    assert {short(sentence(clash.axiom)) for clash in found} == {axiom}
    assert {leaf for premise in first.premises for leaf in premise.asserted()} == said(turtle(rests_on))
    for clash in found:
        for premise in clash.premises:
            check(premise, rules, said(triples))
    assert clashes(rules, triples[:1]) == []


def test_a_blank_node_clashes_as_well() -> None:
    found = clashes(compile_rules(turtle("ex:A owl:disjointWith ex:B .")), turtle("[] a ex:A , ex:B ."))
    assert len(found) == 1 and len(found[0].premises) == 2


def ours(data: str) -> list[Clash]:
    read = list(documents(find(None, bundled=True)))
    schema = [triple for document in read if document.is_ontology for triple in document.triples]
    return clashes(compile_rules(schema), [*(t for document in read for t in document.triples), *turtle(data)])


def test_the_five_frameworks_contradict_nothing_and_a_turned_progression_does() -> None:
    assert ours("") == []
    california = f"{ID}california/"
    clash, *more = ours(f"<{california}results-orientation> <{CG}progressesTo> <{california}thoroughness> .")
    assert (sentence(clash.axiom), more) == ("cg:progressesTo is asymmetric", [])
    clash, *_ = ours(f"<{california}thoroughness> <{SKOS}exactMatch> <{ID}michigan/leadership> .")
    assert sentence(clash.axiom) == "skos:exactMatch shares no pair with skos:broadMatch"
    assert [len(premise.premises) for premise in clash.premises] == [0, 0]
