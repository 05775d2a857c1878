"""Answers what names may mean, from an open store that it reads as far as it is asked."""

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, lru_cache
from threading import Lock
from time import monotonic
from typing import NamedTuple, TypeVar

from compgraph.errors import ResolveError
from compgraph.reconcile.candidates import Candidate, Constraint, Query, candidate, decided
from compgraph.reconcile.entries import TYPES, entries
from compgraph.reconcile.index import Index, Likeness
from compgraph.reconcile.properties import Property, Values, is_meant, properties, values
from compgraph.store import Progress, Store
from compgraph.terms import CG

_TYPES = """
SELECT ?type ?name ?definition ?broader WHERE {{
  VALUES ?type {{ {types} }}
  ?type skos:prefLabel ?name ; skos:definition ?definition .
  OPTIONAL {{ VALUES ?broader {{ {types} }} ?type rdfs:subClassOf ?broader . FILTER (?broader != ?type) }}
}}
ORDER BY ?type
"""
_Made = TypeVar("_Made")


class Type(NamedTuple):
    """A class whose members can be reconciled."""

    iri: str
    name: str
    definition: str
    broader: str = ""
    """The IRI of the one of these classes that it is a kind of."""

    @property
    def identifier(self) -> str:
        """What it is called in short: the last part of its IRI."""
        return self.iri.removeprefix(CG)


class Reconciler:
    """Says what names may mean. Several threads may ask at once; what is read of the store is kept."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._reading = Lock()
        self._indexes: dict[str, Index] = {}
        self._values: dict[str, Values] = {}
        self._having = lru_cache(maxsize=1_000)(self._things_having)

    @cached_property
    def types(self) -> tuple[Type, ...]:
        """What can be reconciled, the most usual first. Raises QueryError."""
        with self._reading:
            rows = self._store.texts(_TYPES.format(types=" ".join(f"<{type_}>" for type_ in TYPES)))
        return tuple(sorted((Type(*row) for row in rows), key=lambda type_: TYPES.index(type_.iri)))

    def candidates(self, query: Query) -> tuple[Candidate, ...]:
        """What a name may mean, best first; ``match`` is true of at most one.

        Without a name, what has the properties that are asked for; none of that matches. Raises ResolveError for a
        property or a type that there is not, QueryError if the graph can't be read.
        """
        for constraint in query.constraints:
            self.property(constraint.property)
        found: dict[str, Candidate] = {}
        for type_ in query.types:
            for each in self._of_type(query, type_):
                found.setdefault(each.node.iri, each)
        wanted = set(query.types) if query.of_all_types else set()
        return decided((each for each in found.values() if wanted <= set(each.node.kinds)), query.limit)

    def all_candidates(
        self, queries: Sequence[Query], progress: Progress = lambda _stage, _done, _all: None
    ) -> Iterator[tuple[Candidate, ...]]:
        """What each of many names may mean; ``progress`` hears of it if that takes more than a second.

        Raises as ``candidates`` does.
        """
        known: dict[Query, tuple[Candidate, ...]] = {}
        start = monotonic()
        for done, query in enumerate(queries):
            if query not in known:
                known[query] = self.candidates(query)
            if monotonic() - start > 1:
                progress("reconciling the names", done, len(queries))
            yield known[query]

    def property(self, identifier: str) -> Property:
        """The property of this identifier. Raises ResolveError."""
        known = properties()
        if identifier not in known:
            raise ResolveError(f"There is no property {identifier!r}. There are: {', '.join(known)}.")
        return known[identifier]

    def values(self, identifier: str) -> Values:
        """The values of a property, of everything that has it. Raises ResolveError and QueryError."""
        property_ = self.property(identifier)
        return self._kept(self._values, identifier, lambda: values(self._store, property_))

    def index(self, type_: str) -> Index:
        """The members of a class, ready to be compared. Raises ResolveError and QueryError."""
        if type_ not in TYPES:
            known = ", ".join(each.removeprefix(CG) for each in TYPES)
            raise ResolveError(f"{type_.removeprefix(CG)!r} can't be reconciled. What can: {known}.")
        return self._kept(self._indexes, type_, lambda: Index(entries(self._store, type_)))

    def _kept(self, kept: dict[str, _Made], key: str, make: Callable[[], _Made]) -> _Made:
        if key not in kept:
            with self._reading:
                if key not in kept:
                    kept[key] = make()
        return kept[key]

    def _of_type(self, query: Query, type_: str) -> Iterator[Candidate]:
        index = self.index(type_)
        if not query.constraints:
            alike = index.like(query.name)
            return (candidate(index.entries[place].node, likeness, ()) for place, likeness in alike.items())
        return self._agreeing(query, index)

    def _agreeing(self, query: Query, index: Index) -> Iterator[Candidate]:
        """What is like the name among all, and among those that have most of the properties that are asked for."""
        having = [(each.property, self._having(each)) for each in query.constraints]
        held = [[(name, entry.node.iri in those) for name, those in having] for entry in index.entries]
        counts = [sum(agrees for _, agrees in each) for each in held]
        most = max(counts, default=0)
        within = {place for place, count in enumerate(counts) if most and count == most}
        alike: dict[int, Likeness | None] = dict.fromkeys(sorted(within))
        if query.name.strip():
            alike = {**index.like(query.name, within), **index.like(query.name)}
        return (candidate(index.entries[place].node, likeness, held[place]) for place, likeness in alike.items())

    def _things_having(self, constraint: Constraint) -> frozenset[str]:
        """The IRIs of what has a property."""
        known = self.values(constraint.property)
        every = {value for values in known.values() for value in values}
        meant = {value for value in every if any(is_meant(value, each) for each in constraint.values)}
        return frozenset(iri for iri, values in known.items() if not meant.isdisjoint(values))
