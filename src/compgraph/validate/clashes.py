"""What contradicts the ontology once all conclusions are drawn, as findings."""

from collections.abc import Iterator, Sequence

import pyoxigraph as ox
from rdflib import URIRef

from compgraph.errors import AxiomError
from compgraph.load import to_rdflib_term
from compgraph.reason import Axiom, Clash, Justification, Statement, clashes, compile_rules, sentence
from compgraph.reason.constructs import readable
from compgraph.terms import ONTOLOGY, OWL, RDF_TYPE
from compgraph.validate.findings import CGSH, Finding, Severity

_UNSUPPORTED = CGSH + "Axiom-supported"
_RULES = {
    OWL + "disjointWith": "Clash-disjoint-classes",
    OWL + "AllDisjointClasses": "Clash-disjoint-classes",
    OWL + "propertyDisjointWith": "Clash-disjoint-properties",
    OWL + "AllDisjointProperties": "Clash-disjoint-properties",
    OWL + "AsymmetricProperty": "Clash-asymmetric",
    OWL + "IrreflexiveProperty": "Clash-irreflexive",
    OWL + "FunctionalProperty": "Clash-functional",
}


def contradictions(schema: Sequence[ox.Triple], data: Sequence[ox.Triple]) -> Iterator[Finding]:
    """A finding for each contradiction between triples, or what follows from them, with the premises it rests on.

    If the ontology has an axiom that the reasoner does not take, that is the one finding.
    """
    try:
        found = clashes(compile_rules(schema), data)
    except AxiomError as error:
        yield _unsupported(error)
        return
    for clash in found:
        yield _finding(clash)


def _unsupported(error: AxiomError) -> Finding:
    return Finding(
        severity=Severity.VIOLATION,
        rule=_UNSUPPORTED,
        node=URIRef(error.term or ONTOLOGY),
        path=None,
        value=None,
        message="; ".join(str(error).splitlines()),
        shape=_UNSUPPORTED,
        component=_UNSUPPORTED,
    )


def _finding(clash: Clash) -> Finding:
    """Put where an asserted statement about the node makes it so."""
    rule = CGSH + _RULES[clash.axiom.construct.value]
    node = clash.premises[0].statement.subject
    rests_on = dict.fromkeys(said for premise in clash.premises for said in premise.asserted())
    own = next((said for said in reversed(rests_on) if said.subject == node), None)
    told = " and ".join(_told(premise) for premise in clash.premises)
    return Finding(
        severity=Severity.VIOLATION,
        rule=rule,
        node=to_rdflib_term(node),
        path=own.predicate.value if own else None,
        value=to_rdflib_term(own.object) if own else None,
        message=f"It is said that {told}, but {sentence(_narrowed(clash))}. Take one of these away: {_list(rests_on)}.",
        shape=rule,
        component=rule,
    )


def _narrowed(clash: Clash) -> Axiom:
    """The axiom, of its many classes only the two that are meant."""
    if len(clash.axiom.terms) <= len(clash.premises):
        return clash.axiom
    classes = [premise.statement.object for premise in clash.premises]
    return clash.axiom._replace(terms=tuple(each for each in clash.axiom.terms if each in classes))


def _told(premise: Justification) -> str:
    """A statement; if it was inferred, with the axioms that gave it."""
    axioms = dict.fromkeys(_axioms(premise))
    return _words(premise.statement) + (f" (since {', and '.join(axioms)})" if axioms else "")


def _axioms(premise: Justification) -> Iterator[str]:
    if premise.axiom is not None:
        yield sentence(premise.axiom)
    for each in premise.premises:
        yield from _axioms(each)


def _list(statements: Sequence[Statement] | dict[Statement, None]) -> str:
    return "; ".join(_words(each) for each in statements)


def _words(statement: Statement) -> str:
    predicate = "a" if statement.predicate.value == RDF_TYPE else readable(statement.predicate)
    return f"{readable(statement.subject)} {predicate} {readable(statement.object)}"
