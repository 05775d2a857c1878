"""Axioms to rules over numbers: what a relation gives to which others, and which two are joined to a third."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from typing import NamedTuple, TypeAlias

from pyoxigraph import NamedNode, Triple

from compgraph.reason.axioms import Axioms, Link, Schema, Scope
from compgraph.reason.constructs import CONTRADICTED_BY_LINKS, CONTRADICTED_BY_TYPES, THING

Arrows: TypeAlias = Mapping[int, frozenset[int]]
"""Where each number leads."""


class Join(NamedTuple):
    """From (x, y) in the first relation and (y, z) in the second follows (x, z) in the head."""

    first: int
    second: int
    head: int


@dataclass(frozen=True, slots=True)
class Flow:
    """How pairs travel between relations.

    A transitive property has a second relation, of its steps: the pairs that its transitivity didn't give. It grows by
    one step at a time, since drawing every pair out by every other takes n³ joins where n things are equal or stand in
    a row. Between two transitive properties, such as inverses, steps travel apart: a pair is then no step of either.
    """

    entries: Mapping[int, int]
    """From a transitive property to the relation of its steps, which is where asserted pairs go in."""
    copies: Arrows
    """From a relation to those that hold of the same pairs."""
    turns: Arrows
    """From a relation to those that hold of its pairs turned round."""
    joins: tuple[Join, ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """The compiled axioms of a schema.

    A class or a property is the number of its place in ``terms``. A relation is a set of pairs of numbers: that of a
    property bears the property's number; those below zero are made up on the way and never come out.
    """

    terms: tuple[NamedNode, ...]
    properties: frozenset[int]
    classes: frozenset[int]
    flow: Flow
    domains: Arrows
    ranges: Arrows
    superclasses: Arrows
    """From a class to all that its members are as well, near and far."""
    scope: Scope
    axioms: Axioms
    """What the rules were made of, each under what it leads to."""


def compile_rules(schema: Iterable[Triple]) -> Rules:
    """The rules that the axioms among some triples state (OWL 2 Profiles, section 4.3, tables 5 and 7).

    Raises AxiomError if an axiom uses a construct that the reasoner does not have, or uses one as it can't.
    """
    laid_out = Schema(schema)
    axioms = laid_out.axioms()
    properties, classes = _properties(axioms), _classes(axioms)
    terms = tuple(sorted(properties | classes, key=str))
    numbers = {term: number for number, term in enumerate(terms)}
    superclasses = _arrows(axioms.superclasses, numbers)
    return Rules(
        terms,
        properties=frozenset(numbers[term] for term in properties),
        classes=frozenset(numbers[term] for term in classes),
        flow=_flow(axioms, numbers),
        domains=_arrows(axioms.domains, numbers),
        ranges=_arrows(axioms.ranges, numbers),
        superclasses={number: _reached(number, superclasses) for number in superclasses},
        scope=laid_out.scope(),
        axioms=axioms,
    )


def _flow(axioms: Axioms, numbers: Mapping[NamedNode, int]) -> Flow:
    copies, turns = _arrows(axioms.superproperties, numbers), _arrows(axioms.inverses, numbers)
    chains = sorted((tuple(numbers[part] for part in chain), numbers[head]) for chain, head in axioms.chains)
    transitive = {head for chain, head in chains if chain == (head, head)}
    entries = {number: -place for place, number in enumerate(sorted(transitive), 1)}
    steps_to_pairs = ((entry, number) for number, entry in entries.items())
    return Flow(
        entries,
        copies=_group([*_split(copies, entries), *steps_to_pairs]),
        turns=_group(_split(turns, entries)),
        joins=tuple(_joins(chains, entries)),
    )


def _properties(axioms: Axioms) -> set[NamedNode]:
    linked = {term for link in (*axioms.superproperties, *axioms.inverses) for term in link}
    chained = {term for chain, head in axioms.chains for term in (*chain, head)}
    ended = {term for term, _ in (*axioms.domains, *axioms.ranges)}
    return linked | chained | ended | _contradicted(axioms, CONTRADICTED_BY_LINKS)


def _classes(axioms: Axioms) -> set[NamedNode]:
    linked = {term for link in axioms.superclasses for term in link}
    ended = {term for _, term in (*axioms.domains, *axioms.ranges)}
    return linked | ended | _contradicted(axioms, CONTRADICTED_BY_TYPES)


def _contradicted(axioms: Axioms, constructs: frozenset[NamedNode]) -> set[NamedNode]:
    return {term for axiom in axioms.contradicted if axiom.construct in constructs for term in axiom.terms}


def _arrows(links: Iterable[Link], numbers: Mapping[NamedNode, int]) -> Arrows:
    # That everything is an owl:Thing goes without saying, and is not said.
    return _group((numbers[first], numbers[second]) for first, second in links if second != THING)


def _pairs(arrows: Arrows) -> Iterator[tuple[int, int]]:
    return ((first, second) for first, followers in arrows.items() for second in followers)


def _group(pairs: Iterable[tuple[int, int]]) -> Arrows:
    grouped: dict[int, set[int]] = defaultdict(set)
    for first, second in pairs:
        grouped[first].add(second)
    return {first: frozenset(grouped[first]) for first in sorted(grouped)}


def _reached(start: int, arrows: Arrows) -> frozenset[int]:
    """The numbers that some way of one or more arrows leads to."""
    reached: set[int] = set()
    waiting = [start]
    while waiting:
        fresh = arrows.get(waiting.pop(), frozenset()) - reached
        reached |= fresh
        waiting.extend(fresh)
    return frozenset(reached)


def _split(arrows: Arrows, entries: Mapping[int, int]) -> Iterator[tuple[int, int]]:
    """Arrows between properties as arrows between their relations."""
    for first, second in _pairs(arrows):
        yield entries.get(first, first), entries.get(second, second)
        if first in entries:
            yield first, second


def _joins(chains: Iterable[tuple[tuple[int, ...], int]], entries: Mapping[int, int]) -> Iterator[Join]:
    """Chains of any length as joins of two: (p q r) is (p q), joined to r."""
    made_up = count(-1 - len(entries), -1)
    for chain, head in chains:
        if chain == (head, head):
            yield Join(head, entries[head], head)
            continue
        first = chain[0]
        for second in chain[1:-1]:
            middle = next(made_up)
            yield Join(first, second, middle)
            first = middle
        yield Join(first, chain[-1], entries.get(head, head))
