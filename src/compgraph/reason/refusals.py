"""What is said to whoever states an axiom that the reasoner can't take. Nothing is skipped in silence."""

from collections.abc import Iterable, Mapping

from pyoxigraph import BlankNode, NamedNode, Triple

from compgraph.errors import AxiomError
from compgraph.reason.constructs import SUPPORTED, Term, construct, readable
from compgraph.terms import OWL

_INSTEAD = {
    "Link the two with skos:exactMatch instead": "sameAs",
    "Check it with a shape instead": "InverseFunctionalProperty hasKey hasValue hasSelf cardinality"
    " maxCardinality minCardinality qualifiedCardinality maxQualifiedCardinality minQualifiedCardinality",
    "Name the class and state rdfs:subClassOf between names instead": "unionOf intersectionOf complementOf oneOf"
    " disjointUnionOf someValuesFrom allValuesFrom",
}
_CURES = {NamedNode(OWL + name): cure for cure, names in _INSTEAD.items() for name in names.split()}
_ANY_CURE = "Take it out"
REFERENCE = "or reason with owlrl (--reasoner owlrl)"


def unsupported(statements: Iterable[Triple], users: Mapping[Term, Term]) -> AxiomError | None:
    """The error that names the constructs that the reasoner lacks, a line for each term that uses any; None if none.

    ``users`` leads from a blank node to what points at it: a class expression is put down to the term it describes.
    """
    lacking: dict[Term, set[NamedNode]] = {}
    for statement in statements:
        used = construct(statement)
        if used is not None and used not in SUPPORTED:
            lacking.setdefault(_user(statement.subject, users), set()).add(used)
    ordered = sorted(lacking, key=readable)
    lines = dict.fromkeys(_line(readable(user), lacking[user]) for user in ordered)
    return AxiomError("\n".join(lines), term=_name(ordered[0])) if ordered else None


def misused(statement: Triple, users: Mapping[Term, Term], problem: str) -> AxiomError:
    """The error for a construct that the reasoner has, in a use that it doesn't take; ``problem`` says why."""
    used, other = construct(statement) or statement.predicate, statement.object
    tail = "" if other == used or isinstance(other, BlankNode) else f" with {readable(other)}"
    user = _user(statement.subject, users)
    return AxiomError(f"{readable(user)} uses {readable(used)}{tail}: {problem}", term=_name(user))


def misplaced(statement: Triple) -> AxiomError:
    """The error for an axiom or a declaration that is not part of the schema."""
    problem = "it stands outside the ontology, where no rule is made from it. Put it into the ontology, or take it out."
    return unsupported([statement], {}) or misused(statement, {}, problem)


def _line(user: str, lacking: set[NamedNode]) -> str:
    cures = sorted({_CURES[used] for used in lacking if used in _CURES}) or [_ANY_CURE]
    names = ", ".join(sorted(readable(used) for used in lacking))
    return f"{user} uses {names}, which the reasoner does not have. {cures[0]}, {REFERENCE}."


def _name(term: Term) -> str | None:
    return term.value if isinstance(term, NamedNode) else None


def _user(term: Term, users: Mapping[Term, Term]) -> Term:
    """The named term that a blank node describes, as far as that can be told."""
    passed: set[Term] = set()
    while isinstance(term, BlankNode) and term in users and term not in passed:
        passed.add(term)
        term = users[term]
    return term
