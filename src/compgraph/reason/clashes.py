"""Statements that contradict an axiom, with what each of them rests on."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import NamedTuple

from pyoxigraph import NamedNode, Triple

from compgraph.reason import constructs as owl
from compgraph.reason.axioms import Axiom
from compgraph.reason.closure import Entailed, entailed
from compgraph.reason.constructs import TYPE
from compgraph.reason.justification import Justification, justification
from compgraph.reason.rules import Rules
from compgraph.reason.statements import Statement, matching


class Clash(NamedTuple):
    """An axiom, and the statements, asserted or inferred, that can't all be true beside it."""

    axiom: Axiom
    premises: tuple[Justification, ...]


def clashes(rules: Rules, triples: Iterable[Triple]) -> list[Clash]:
    """Every contradiction between some triples, what follows from them, and an axiom of the schema of the rules.

    OWL 2 Profiles, section 4.3: cax-dw, cax-adc, prp-pdw, prp-adp, prp-asyp, prp-irp, and prp-fp where every identifier
    is a thing of its own. In the order of the axioms, then of the statements as text. Raises AxiomError as ``closure``
    does.
    """
    given = [*rules.scope.facts, *triples]
    found = entailed(rules, given)
    contradicted = [
        (axiom, broken) for axiom in rules.axioms.contradicted for broken in sorted(set(_broken(axiom, found)), key=str)
    ]
    match = matching(given if contradicted else ())
    return [
        Clash(axiom, tuple(proof for each in broken for proof in [justification(rules, match, each)] if proof))
        for axiom, broken in contradicted
    ]


def _broken(axiom: Axiom, found: Entailed) -> Iterator[tuple[Statement, ...]]:
    """The statements that contradict an axiom together."""
    if axiom.construct in _OF_ONE_PROPERTY:
        yield from _OF_ONE_PROPERTY[axiom.construct](axiom.terms[0], found)
        return
    for one, other in combinations(axiom.terms, 2):
        if axiom.construct in owl.CONTRADICTED_BY_TYPES:
            for node in found.members[one] & found.members[other]:
                yield Statement(node, TYPE, one), Statement(node, TYPE, other)
        else:
            for x, y in found.pairs[one] & found.pairs[other]:
                yield Statement(x, one, y), Statement(x, other, y)


def _itself(property_: NamedNode, found: Entailed) -> Iterator[tuple[Statement, ...]]:
    yield from ((Statement(x, property_, y),) for x, y in found.pairs[property_] if x == y)


def _several_values(property_: NamedNode, found: Entailed) -> Iterator[tuple[Statement, ...]]:
    """For each thing that has several values, the first two of them as text."""
    values = defaultdict(list)
    for x, y in found.pairs[property_]:
        values[x].append(y)
    for x, several in values.items():
        if len(several) > 1:
            yield tuple(Statement(x, property_, y) for y in sorted(several, key=str)[:2])


def _both_ways(property_: NamedNode, found: Entailed) -> Iterator[tuple[Statement, ...]]:
    pairs = found.pairs[property_]
    for x, y in pairs:
        if (y, x) in pairs:
            ways = {Statement(x, property_, y), Statement(y, property_, x)}
            yield tuple(sorted(ways, key=str))


_OF_ONE_PROPERTY = {owl.ASYMMETRIC: _both_ways, owl.FUNCTIONAL: _several_values, owl.IRREFLEXIVE: _itself}
