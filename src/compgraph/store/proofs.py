"""Why a triple of the snapshot holds.

The asserted triples are looked up in the store itself: a look-up takes microseconds and needs no process to be killed.
"""

from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

import pyoxigraph as ox

from compgraph.errors import AxiomError, SnapshotError
from compgraph.reason import Justification, Statement, compile_rules, justification, sentence
from compgraph.store.answers import Term
from compgraph.store.snapshot import Snapshot
from compgraph.terms import ASSERTED_GRAPH

_Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
_ASSERTED = ox.NamedNode(ASSERTED_GRAPH)


class Proof(NamedTuple):
    """A triple, and what gives it: an axiom, as a sentence, with premises; neither if it is asserted."""

    subject: Term
    predicate: str
    object: Term
    axiom: str | None = None
    premises: "tuple[Proof, ...]" = ()


class Proofs:
    """The shortest proofs of the triples of a snapshot. Raises AxiomError if only owlrl can take its ontology."""

    def __init__(self, snapshot: Snapshot) -> None:
        schema = (quad.triple for quad in ox.parse(path=str(snapshot.ontology), format=ox.RdfFormat.N_TRIPLES))
        try:
            self._rules = compile_rules(schema)
        except AxiomError as error:
            raise AxiomError(f"Only conclusions of compgraph's own rules can be explained. {error}") from error
        try:
            self._store = ox.Store.read_only(str(snapshot.store))
        except OSError as error:
            problem = f"The snapshot {snapshot.store} can't be opened ({error}). Run: compgraph cache clear"
            raise SnapshotError(problem) from error

    def proof(self, subject: str, predicate: str, object_: str) -> Proof | None:
        """Why a triple of three IRIs holds; None if it does not."""
        goal = Statement(*(ox.NamedNode(iri) for iri in (subject, predicate, object_)))
        found = justification(self._rules, self._match, goal)
        return _plain(found) if found else None

    def _match(self, subject: _Term | None, predicate: ox.NamedNode, object_: _Term | None) -> Iterator[Statement]:
        if not isinstance(subject, ox.Literal | ox.Triple):  # of which nothing is asserted
            for quad in self._store.quads_for_pattern(subject, predicate, object_, _ASSERTED):
                yield Statement(*quad.triple)


def _plain(found: Justification) -> Proof:
    subject, predicate, object_ = found.statement
    axiom = sentence(found.axiom) if found.axiom else None
    return Proof(_term(subject), predicate.value, _term(object_), axiom, tuple(map(_plain, found.premises)))


def _term(term: _Term) -> Term:
    if isinstance(term, ox.NamedNode):
        return Term("uri", term.value)
    if isinstance(term, ox.BlankNode):
        return Term("bnode", term.value)
    if isinstance(term, ox.Literal):
        return Term("literal", term.value, term.language, None if term.language else term.datatype.value)
    return Term("literal", str(term))
