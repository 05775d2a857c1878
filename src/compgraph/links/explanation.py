"""Two things to an explanation: chains of assertions with their evidence, and proofs of what was inferred."""

from dataclasses import dataclass
from decimal import Decimal

from compgraph.links.evidence import Evidence, evidence
from compgraph.links.kinds import KINDS
from compgraph.links.paths import Link, Move, Path, paths
from compgraph.links.remarks import NoneFound, containers, none_found
from compgraph.links.surroundings import surroundings
from compgraph.links.things import Thing, Things
from compgraph.store import Store
from compgraph.store.names import Node
from compgraph.store.proofs import Proof
from compgraph.terms import INFERRED_GRAPH

_INFERRED = """
SELECT ?subject ?predicate ?object
WHERE {{
  VALUES (?subject ?object) {{ (<{start}> <{end}>) (<{end}> <{start}>) }}
  GRAPH <{graph}> {{ ?subject ?predicate ?object }}
}}
ORDER BY DESC(?subject = <{start}>) ?predicate
"""

HOPS = 4
"""How long a chain may be unless the user says otherwise: two behaviours are linked by way of what they belong to."""
MOST_HOPS = 8
"""How long a chain may be at all: beyond that everything is linked to everything."""
LIMIT = 10
"""How many chains are told unless the user says otherwise."""


@dataclass(frozen=True, slots=True)
class Step:
    """One assertion of a chain."""

    end: Thing
    """Where it leads, from the end of the step before."""
    relation: str
    """What its end is to its start, in words."""
    predicate: str
    is_turned: bool
    """Whether the assertion's subject is the end of the step."""
    is_judgement: bool
    """Whether somebody judged so (a mapping, a progression); if not, it is the structure of a framework."""
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Chain:
    """Assertions, end to end."""

    steps: tuple[Step, ...]
    confidence: str
    """The product of the confidences of its judgements; empty if it has none, or one of them states none."""
    factors: tuple[str, ...]
    """Those confidences."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why two things are linked, or what there is instead."""

    start: Thing
    end: Thing
    hops: int
    """How long a chain might have been."""
    chains: tuple[Chain, ...]
    """The shortest first, of those the surest."""
    is_capped: bool
    """Whether there are more chains."""
    inferred: tuple[Proof, ...]
    """What was inferred of the two themselves, either way, the simplest first."""
    containers: tuple[Thing, ...]
    """What both are directly in: no chain."""
    none_found: tuple[NoneFound, ...]


def explain(store: Store, start: Node, end: Node, *, hops: int = HOPS, limit: int = LIMIT) -> Explanation:
    """Every chain of at most ``hops`` assertions between two things, the shortest first, and at most ``limit`` of them.

    A chain passes nothing twice, and never goes up into a container (framework, cluster, segment, level, scale, role)
    and down again: that two things lie in one explains nothing.
    """
    links = surroundings(store, start.iri, end.iri, hops=hops)
    found, is_capped = paths(links, start.iri, end.iri, hops=hops, limit=limit)
    rests_on = evidence(store, (move.link for path in found for move in path))
    things = Things(store)
    return Explanation(
        start=things[start.iri],
        end=things[end.iri],
        hops=hops,
        chains=tuple(_chain(path, rests_on, things) for path in found),
        is_capped=is_capped,
        inferred=_inferred(store, start.iri, end.iri),
        containers=containers(things, start.iri, end.iri),
        none_found=none_found(things, start.iri, end.iri),
    )


def _chain(path: Path, rests_on: dict[Link, Evidence], things: Things) -> Chain:
    steps = tuple(_step(move, rests_on[move.link], things[move.end]) for move in path)
    judged = [step.evidence.confidence for step in steps if step.is_judgement]
    product = Decimal(1)
    for factor in judged:
        product *= Decimal(factor or "NaN")
    known = bool(judged) and not product.is_nan()
    return Chain(steps, f"{product.normalize():f}" if known else "", tuple(judged) if known else ())


def _step(move: Move, rests_on: Evidence, end: Thing) -> Step:
    kind, is_turned = KINDS[move.link.predicate], move.end == move.link.subject
    relation = kind.backward if is_turned else kind.forward
    return Step(end, relation, move.link.predicate, is_turned, kind.is_judgement, rests_on)


def _inferred(store: Store, start: str, end: str) -> tuple[Proof, ...]:
    query = _INFERRED.format(start=start, end=end, graph=INFERRED_GRAPH)
    proofs = (store.proof(subject, predicate, object_) for subject, predicate, object_ in store.texts(query))
    return tuple(sorted((proof for proof in proofs if proof), key=_size))


def _size(proof: Proof) -> int:
    return 1 + sum(map(_size, proof.premises))
