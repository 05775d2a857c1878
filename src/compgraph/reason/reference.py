"""The same closure by owlrl: slow, independent of our rules, and what they are held to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, cast

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from compgraph.reason.axioms import Schema
from compgraph.reason.constructs import SAME_AS, THING, TYPE, Term, is_data

if TYPE_CHECKING:
    import rdflib

_OPAQUE = "urn:compgraph:opaque"
"""The datatype under which owlrl is handed what it, or rdflib, can't read."""


def owlrl_closure(schema: Iterable[Triple], triples: Iterable[Triple]) -> list[Triple]:
    """The triples that owlrl draws from a schema and some triples and that stand in neither, as N-Triples sorts.

    Of what it draws this is left out, and nothing else, which leaves what ``closure`` gives:

    * triples about a literal or a blank node, owlrl's error messages among them;
    * triples about a class or a property of the schema, or about a term of RDF, RDFS, OWL or XSD;
    * ``x a owl:Thing`` and ``x owl:sameAs x``.
    """
    given = list(chain(schema, triples))
    terms = Schema(given).scope().terms
    new = set(_expanded(given)).difference(given)
    return sorted((triple for triple in new if is_data(triple.subject, terms) and not _is_idle(triple)), key=str)


def _is_idle(triple: Triple) -> bool:
    """Whether a triple says what goes without saying (by the rules eq-ref, and scm-cls with cax-sco)."""
    if triple.predicate == SAME_AS:
        return triple.subject == triple.object
    return triple.predicate == TYPE and triple.object == THING


def _expanded(triples: Iterable[Triple]) -> Iterator[Triple]:
    """What owlrl has in the end, as far as it is about named nodes."""
    import rdflib
    from owlrl.OWLRL import OWLRL_Semantics

    graph = rdflib.Graph()
    terms: dict[rdflib.term.Node, Term] = {}
    for triple in triples:
        nodes = [_node(term) for term in triple]
        terms.update(zip(nodes, triple, strict=True))
        graph.add((nodes[0], nodes[1], nodes[2]))
    # Not owlrl.DeductiveClosure, which exchanges rdflib's conversions of literals for the whole process.
    OWLRL_Semantics(graph, axioms=False, daxioms=False).closure()  # type: ignore[no-untyped-call]
    for subject, predicate, object_ in graph:
        if isinstance(subject, rdflib.URIRef):
            other = terms.get(object_) or NamedNode(str(object_))
            yield Triple(NamedNode(str(subject)), NamedNode(str(predicate)), other)


def _node(term: Term) -> rdflib.term.Node:
    """The term for rdflib; it leads back to the very term, so that no literal comes back rewritten."""
    import rdflib

    if isinstance(term, NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, BlankNode):
        return rdflib.BNode(term.value)
    if isinstance(term, Triple) or term.direction or not _is_well_typed(term):
        return rdflib.Literal(str(term), datatype=rdflib.URIRef(_OPAQUE))
    datatype = None if term.language else rdflib.URIRef(term.datatype.value)
    return rdflib.Literal(term.value, lang=term.language, datatype=datatype, normalize=False)


def _is_well_typed(literal: Literal) -> bool:
    """Whether owlrl can read a literal: it stops at some that are ill-typed, such as an empty xsd:date."""
    import rdflib
    from owlrl.DatatypeHandling import AltXSDToPYTHON

    convert = cast("Callable[[str], object]", AltXSDToPYTHON.get(rdflib.URIRef(literal.datatype.value), str))
    try:
        convert(literal.value)
    except (ValueError, ArithmeticError, IndexError):
        return False
    return True
