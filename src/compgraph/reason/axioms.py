"""A schema's triples to its axioms, each checked: what the reasoner can't take is an error, never skipped."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple, TypeAlias

from pyoxigraph import BlankNode, NamedNode, Triple

from compgraph.reason import constructs as owl
from compgraph.reason.constructs import End, Term
from compgraph.reason.refusals import REFERENCE, misused, unsupported

Link: TypeAlias = tuple[NamedNode, NamedNode]
Chain: TypeAlias = tuple[NamedNode, ...]

_LIST = "its list is broken or holds fewer than two named terms. Write it as ( ex:first ex:second )."
_IMPORT = "no file of the ontology holds that one. Put it beside the others, or take the import out."


class Axiom(NamedTuple):
    """An axiom as the ontology states it: a construct of OWL or RDFS, and the terms that it is stated of, in order."""

    construct: NamedNode
    terms: Chain


@dataclass(frozen=True, slots=True)
class Axioms:
    """The axioms that give new triples, in six forms, and those that can only be contradicted.

    Each pair leads from what holds to what then holds as well, and to the axiom that says so. A symmetric property is
    its own inverse, a transitive one follows from the chain of itself and itself.
    """

    superclasses: Mapping[Link, Axiom]
    superproperties: Mapping[Link, Axiom]
    inverses: Mapping[Link, Axiom]
    domains: Mapping[Link, Axiom]
    ranges: Mapping[Link, Axiom]
    chains: Mapping[tuple[Chain, NamedNode], Axiom]
    contradicted: tuple[Axiom, ...]


@dataclass(frozen=True, slots=True)
class Scope:
    """What a schema says besides its axioms, and what belongs to it."""

    facts: tuple[Triple, ...]
    """Its triples that state no axiom and declare nothing: those about individuals, for example."""
    statements: frozenset[Triple]
    """Its axioms and declarations, also those that give nothing new."""
    terms: frozenset[Term]
    """Its classes and properties: what is declared as one, or stands at such an end of an axiom."""
    ontologies: frozenset[Term]
    """The IRIs of the ontologies that are here, and of their versions."""


class Schema:
    """A schema's triples: plain facts, and statements laid out by their construct."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self.facts: list[Triple] = []
        self.statements: dict[NamedNode, list[Triple]] = defaultdict(list)
        self._lists: dict[tuple[Term, NamedNode], list[Term]] = defaultdict(list)
        self._users: dict[Term, Term] = {}
        for triple in sorted(set(triples), key=str):
            self._add(triple)

    def _add(self, triple: Triple) -> None:
        used = owl.construct(triple)
        if used is None:
            self.facts.append(triple)
        else:
            self.statements[used].append(triple)
        if triple.predicate in (owl.FIRST, owl.REST):
            self._lists[triple.subject, triple.predicate].append(triple.object)
        if isinstance(triple.object, BlankNode):
            self._users.setdefault(triple.object, triple.subject)

    def scope(self) -> Scope:
        """What the schema says besides its axioms, and what belongs to it."""
        statements = frozenset(chain.from_iterable(self.statements.values()))
        return Scope(tuple(self.facts), statements, self._terms(), self._ontologies())

    def _terms(self) -> frozenset[Term]:
        declared = {triple.subject for used in owl.DECLARING for triple in self.statements[used]}
        ends = {
            term
            for used, kinds in owl.ENDS.items()
            for triple in self.statements[used]
            for kind, term in zip(kinds, (triple.subject, triple.object), strict=True)
            if kind not in (End.LIST, End.ANY)
        }
        return frozenset(declared | ends)

    def _ontologies(self) -> frozenset[Term]:
        own = {fact.subject for fact in self.facts if fact.predicate == owl.TYPE and fact.object == owl.ONTOLOGY}
        return frozenset(own | {fact.object for fact in self.facts if fact.predicate == owl.VERSION_IRI})

    def axioms(self) -> Axioms:
        """The axioms that give new triples. Raises AxiomError for whatever the reasoner doesn't take."""
        if error := unsupported(chain.from_iterable(self.statements.values()), self._users):
            raise error
        self._check_imports()
        return Axioms(
            superclasses=_both_ways(self._links(owl.EQUIVALENT_CLASS)) | self._links(owl.SUB_CLASS_OF),
            superproperties=_both_ways(self._links(owl.EQUIVALENT_PROPERTY)) | self._links(owl.SUB_PROPERTY_OF),
            inverses=_both_ways(self._links(owl.INVERSE_OF))
            | {(term, term): axiom for term, axiom in self._subjects(owl.SYMMETRIC).items()},
            domains=self._links(owl.DOMAIN),
            ranges=self._links(owl.RANGE),
            chains=self._chains()
            | {((term, term), term): axiom for term, axiom in self._subjects(owl.TRANSITIVE).items()},
            contradicted=tuple(sorted(self._contradicted(), key=str)),
        )

    def _check_imports(self) -> None:
        ontologies = self._ontologies()
        for triple in self.statements[owl.IMPORTS]:
            if triple.object not in ontologies:
                raise misused(triple, self._users, _IMPORT)

    def _contradicted(self) -> Iterator[Axiom]:
        """The axioms that give nothing new and can only be contradicted."""
        for used in (owl.DISJOINT_WITH, owl.PROPERTY_DISJOINT_WITH):
            yield from self._links(used).values()
        for used in (owl.ASYMMETRIC, owl.IRREFLEXIVE, owl.FUNCTIONAL):
            yield from self._subjects(used).values()
        lists = {triple.subject: self._list(triple, End.CLASS) for triple in self.statements[owl.MEMBERS]}
        for used in (owl.ALL_DISJOINT_CLASSES, owl.ALL_DISJOINT_PROPERTIES):
            for triple in self.statements[used]:
                if triple.subject in lists:
                    yield Axiom(used, lists[triple.subject])

    def _links(self, used: NamedNode) -> dict[Link, Axiom]:
        first, second = owl.ENDS[used]
        links = [
            (self._taken(triple, triple.subject, first), self._taken(triple, triple.object, second))
            for triple in self.statements[used]
        ]
        return {link: Axiom(used, link) for link in links}

    def _subjects(self, used: NamedNode) -> dict[NamedNode, Axiom]:
        terms = [self._taken(triple, triple.subject, End.PROPERTY) for triple in self.statements[used]]
        return {term: Axiom(used, (term,)) for term in terms}

    def _chains(self) -> dict[tuple[Chain, NamedNode], Axiom]:
        chains = [
            (self._list(triple, End.PROPERTY), self._taken(triple, triple.subject, End.PROPERTY))
            for triple in self.statements[owl.CHAIN]
        ]
        return {(parts, head): Axiom(owl.CHAIN, (head, *parts)) for parts, head in chains}

    def _list(self, triple: Triple, end: End) -> Chain:
        """The items of the list that a statement points to (OWL 2 Mapping to RDF Graphs, section 2.1, T(SEQ ...))."""
        items: list[NamedNode] = []
        place, passed = triple.object, set[Term]()
        while place != owl.NIL:
            firsts, rests = (self._lists[place, part] for part in (owl.FIRST, owl.REST))
            if place in passed or len(firsts) != 1 or len(rests) != 1:
                raise misused(triple, self._users, _LIST)
            passed.add(place)
            items.append(self._taken(triple, firsts[0], end))
            place = rests[0]
        if len(items) < 2:
            raise misused(triple, self._users, _LIST)
        return tuple(items)

    def _taken(self, triple: Triple, term: Term, end: End) -> NamedNode:
        if not isinstance(term, NamedNode):
            problem = f"the reasoner takes terms that have an IRI, not {owl.readable(term)}. Give it one, {REFERENCE}."
            raise misused(triple, self._users, problem)
        if not owl.is_taken(term, end):
            problem = f"the reasoner takes no axiom on {owl.readable(term)}. Use a term of your own, {REFERENCE}."
            raise misused(triple, self._users, problem)
        return term


def _both_ways(links: Mapping[Link, Axiom]) -> dict[Link, Axiom]:
    return {(second, first): axiom for (first, second), axiom in links.items()} | dict(links)
