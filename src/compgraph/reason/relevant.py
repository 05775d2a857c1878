"""The axioms that may lead to a statement, laid out from premise to conclusion."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple, TypeAlias

from pyoxigraph import NamedNode

from compgraph.reason.axioms import Axiom, Axioms, Chain, Link
from compgraph.reason.constructs import TYPE, Term
from compgraph.reason.statements import Statement

Relation: TypeAlias = NamedNode | tuple[Chain, NamedNode, int]
"""A property; or how far a chain of more than two properties has come: the chain, its head, and the parts passed."""


class Join(NamedTuple):
    """From (x, y) in the first relation and (y, z) in the second follows (x, z) in the head."""

    first: Relation
    second: NamedNode
    head: Relation
    axiom: Axiom


class Relevant:
    """What may lead to statements of one property, or of one class."""

    def __init__(self, axioms: Axioms, goal: Statement) -> None:
        classes = _backwards({goal.object} if goal.predicate == TYPE else set(), axioms.superclasses)
        ended = [(*link, end) for end, links in enumerate((axioms.domains, axioms.ranges)) for link in links]
        self.classes = classes
        self.properties = _properties(axioms, {goal.predicate} - {TYPE} | {p for p, c, _ in ended if c in classes})
        self.superclasses = _arrows(axioms.superclasses, classes)
        self.superproperties = _arrows(axioms.superproperties, self.properties)
        self.inverses = _arrows(axioms.inverses, self.properties)
        self.domains, self.ranges = _arrows(axioms.domains, classes), _arrows(axioms.ranges, classes)
        chains = [(parts, head) for parts, head in sorted(axioms.chains, key=str) if head in self.properties]
        self.joins = [join for chain in chains for join in _joins(*chain, axioms.chains[chain])]
        self.joined = _properties(axioms, {part for parts, _ in chains for part in parts})
        """The properties by which a proof may lead from node to node."""


def _properties(axioms: Axioms, wanted: set[NamedNode]) -> set[NamedNode]:
    """Some properties and all from which statements of them may follow."""
    parts = [(part, head) for chain, head in axioms.chains for part in chain]
    return _backwards(wanted, [*axioms.superproperties, *axioms.inverses, *parts])


def _backwards(wanted: Iterable[Term], links: Iterable[Link]) -> set[NamedNode]:
    """Some terms and all from which links lead to them."""
    before: dict[Term, set[NamedNode]] = defaultdict(set)
    for first, second in links:
        before[second].add(first)
    found: set[NamedNode] = {term for term in wanted if isinstance(term, NamedNode)}
    waiting = list(found)
    while waiting:
        fresh = before[waiting.pop()] - found
        found |= fresh
        waiting.extend(fresh)
    return found


def _arrows(links: Mapping[Link, Axiom], to: set[NamedNode]) -> Mapping[Term, list[tuple[NamedNode, Axiom]]]:
    arrows: dict[Term, list[tuple[NamedNode, Axiom]]] = defaultdict(list)
    for (first, second), axiom in links.items():
        if second in to:
            arrows[first].append((second, axiom))
    return arrows


def _joins(chain: Chain, head: NamedNode, axiom: Axiom) -> Iterator[Join]:
    """A chain of any length as joins of two."""
    first: Relation = chain[0]
    for place, second in enumerate(chain[1:], 2):
        reached: Relation = head if place == len(chain) else (chain, head, place)
        yield Join(first, second, reached, axiom)
        first = reached
