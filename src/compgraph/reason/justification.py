"""Why a statement follows: the axioms and the asserted statements that give it, in the shortest proof.

Goal-directed: only what may lead to the statement is looked at, and of that only what lies near its ends. On this
the rules are run forwards, the cheapest conclusion first (Knuth 1977, A generalization of Dijkstra's algorithm), so
that the first proof of the statement is one that no other undercuts.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from heapq import heappop, heappush
from itertools import count
from typing import NamedTuple, TypeAlias

from pyoxigraph import BlankNode, NamedNode

from compgraph.reason.axioms import Axiom
from compgraph.reason.constructs import SUB_CLASS_OF, TRANSITIVE, TYPE, Term
from compgraph.reason.relevant import Join, Relation, Relevant
from compgraph.reason.rules import Rules
from compgraph.reason.statements import Match, Statement


class Justification(NamedTuple):
    """A statement with what gives it: an axiom and premises, or neither if it is asserted."""

    statement: Statement
    axiom: Axiom | None = None
    premises: "tuple[Justification, ...]" = ()

    def asserted(self) -> Iterator[Statement]:
        """The asserted statements that it all rests on, in the order of the proof."""
        waiting = [self]
        while waiting:
            each = waiting.pop()
            if each.axiom is None:
                yield each.statement
            waiting.extend(reversed(each.premises))


class _Fact(NamedTuple):
    """A statement, or how far a chain of several properties has come."""

    subject: Term
    relation: Relation
    object: Term


_Cost: TypeAlias = tuple[int, int]
"""Of a proof: how many asserted statements it uses, and in how many steps; what it uses twice counts twice."""


class _Proof(NamedTuple):
    """The cheapest proof of a fact."""

    cost: _Cost
    axiom: Axiom | None
    premises: tuple[_Fact, ...]


def justification(rules: Rules, match: Match, goal: Statement) -> Justification | None:
    """The shortest proof of a statement: the fewest asserted statements, then the fewest steps; None if there is none.

    ``match`` looks asserted statements up, those of the ontology among them. Of several proofs as short, always the
    same is given.
    """
    if any(match(goal.subject, goal.predicate, goal.object)):
        return Justification(goal)
    relevant = Relevant(rules.axioms, goal)
    wanted = _Fact(goal.subject, goal.predicate, goal.object)
    for leaves, reach in _near(relevant, match, goal):
        proofs = _Search(relevant, leaves).proofs(wanted)
        if wanted in proofs and proofs[wanted].cost[0] <= reach:
            return _told(wanted, proofs)
    return _told(wanted, proofs) if wanted in proofs else None


def _near(relevant: Relevant, match: Match, goal: Statement) -> Iterator[tuple[set[Statement], int]]:
    """Ever more of the asserted statements around a goal, and how many a proof may use to be sure to lie among them.

    The statements of a proof form a walk that begins at the goal's subject and, but for a type, ends at its object.
    """
    ends: set[Term] = {goal.subject} if goal.predicate == TYPE else {goal.subject, goal.object}
    if goal.predicate == TYPE:
        leaves = {said for said in _about(goal.subject, None, TYPE, match) if said.object in relevant.classes}
    else:
        ways = ((goal.subject, goal.object), (goal.object, goal.subject))
        leaves = {said for way in ways for property_ in relevant.properties for said in _about(*way, property_, match)}
        yield leaves, 1
    opened: set[Term] = set()
    frontier, radius, next_look = ends, 0, 0
    while frontier:
        leaves |= set(_touching(frontier, relevant, match))
        opened |= frontier
        frontier = {
            end
            for said in leaves
            if said.predicate in relevant.joined
            for end in (said.subject, said.object)
            if end not in opened
        }
        if radius >= next_look or not frontier:
            yield leaves, radius + 1 if goal.predicate == TYPE else 2 * radius + 2
            next_look = 2 * radius + 1
        radius += 1


def _touching(nodes: set[Term], relevant: Relevant, match: Match) -> Iterator[Statement]:
    for node in nodes:
        for property_ in relevant.properties:
            yield from _about(node, None, property_, match)
            yield from match(None, property_, node)


def _about(node: Term, other: Term | None, property_: NamedNode, match: Match) -> Iterable[Statement]:
    """What is asserted of a node and another, or any other; of a text, nothing can be."""
    return match(node, property_, other) if isinstance(node, NamedNode | BlankNode) else ()


class _Search:
    """The rules at work on some asserted statements, the cheapest conclusion first."""

    def __init__(self, relevant: Relevant, leaves: Iterable[Statement]) -> None:
        self._relevant = relevant
        self._proofs: dict[_Fact, _Proof] = {}
        self._heap: list[tuple[_Cost, tuple[str, ...], int, _Fact, _Proof]] = []
        self._pushed = count()
        self._texts: dict[object, str] = {}
        self._after: dict[tuple[Relation, Term], list[_Fact]] = defaultdict(list)
        self._before: dict[tuple[Relation, Term], list[_Fact]] = defaultdict(list)
        self._by_first: dict[Relation, list[Join]] = defaultdict(list)
        self._by_second: dict[Relation, list[Join]] = defaultdict(list)
        for join in relevant.joins:
            self._by_first[join.first].append(join)
            self._by_second[join.second].append(join)
        for said in leaves:
            self._push(_Fact(said.subject, said.predicate, said.object), _Proof((1, 0), None, ()))

    def proofs(self, wanted: _Fact) -> dict[_Fact, _Proof]:
        """The facts that are cheaper to prove than the wanted one, and that one, each after its premises."""
        while self._heap and wanted not in self._proofs:
            *_, fact, proof = heappop(self._heap)
            if fact not in self._proofs:
                self._proofs[fact] = proof
                self._after[fact.relation, fact.subject].append(fact)
                self._before[fact.relation, fact.object].append(fact)
                self._follow(fact)
        return self._proofs

    def _push(self, fact: _Fact, proof: _Proof) -> None:
        if fact not in self._proofs:
            # Among equals a class speaks for itself, then the text decides, never the order in which things were found.
            rank = "0" if proof.axiom and proof.axiom.construct == SUB_CLASS_OF else "1"
            key = (rank, *map(self._text, (fact, proof.axiom, *proof.premises)))
            heappush(self._heap, (proof.cost, key, next(self._pushed), fact, proof))

    def _text(self, part: object) -> str:
        if part not in self._texts:
            self._texts[part] = str(part)
        return self._texts[part]

    def _follow(self, fact: _Fact) -> None:
        """Draw every conclusion from a fact and those before it."""
        rules, (x, relation, y) = self._relevant, fact
        if relation == TYPE:
            self._give(x, TYPE, rules.superclasses.get(y, ()), fact)
        elif isinstance(relation, NamedNode):
            for head, axiom in rules.superproperties.get(relation, ()):
                self._conclude(_Fact(x, head, y), axiom, fact)
            for head, axiom in rules.inverses.get(relation, ()):
                self._conclude(_Fact(y, head, x), axiom, fact)
            self._give(x, TYPE, rules.domains.get(relation, ()), fact)
            self._give(y, TYPE, rules.ranges.get(relation, ()), fact)
        self._join(fact)

    def _give(self, node: Term, type_: NamedNode, classes: Iterable[tuple[NamedNode, Axiom]], premise: _Fact) -> None:
        for class_, axiom in classes:
            self._conclude(_Fact(node, type_, class_), axiom, premise)

    def _join(self, fact: _Fact) -> None:
        for join in self._by_first.get(fact.relation, ()):
            for other in list(self._after.get((join.second, fact.object), ())):
                self._joined(join, fact, other)
        for join in self._by_second.get(fact.relation, ()):
            for other in list(self._before.get((join.first, fact.subject), ())):
                self._joined(join, other, fact)

    def _joined(self, join: Join, first: _Fact, second: _Fact) -> None:
        # What is transitive grows by one step at a time: every way is found so, and each only once.
        if self._proofs[second].axiom != join.axiom or join.axiom.construct != TRANSITIVE:
            self._conclude(_Fact(first.subject, join.head, second.object), join.axiom, first, second)

    def _conclude(self, fact: _Fact, axiom: Axiom, *premises: _Fact) -> None:
        costs = [self._proofs[premise].cost for premise in premises]
        steps = sum(cost[1] for cost in costs) + isinstance(fact.relation, NamedNode)
        self._push(fact, _Proof((sum(cost[0] for cost in costs), steps), axiom, premises))


def _told(wanted: _Fact, proofs: dict[_Fact, _Proof]) -> Justification:
    """The proof of a fact, without what was made up on the way: a transitive property has all its steps in a row."""
    premises = {wanted: _flat(proofs[wanted], proofs)}
    waiting = [wanted]
    while waiting:
        for fact in premises[waiting.pop()]:
            if fact not in premises:
                premises[fact] = _flat(proofs[fact], proofs)
                waiting.append(fact)
    told: dict[_Fact, Justification] = {}
    for fact, proof in proofs.items():  # each stands after its premises
        if fact in premises and isinstance(fact.relation, NamedNode):
            said = Statement(fact.subject, fact.relation, fact.object)
            told[fact] = Justification(said, proof.axiom, tuple(told[premise] for premise in premises[fact]))
    return told[wanted]


def _flat(proof: _Proof, proofs: dict[_Fact, _Proof]) -> list[_Fact]:
    flat: list[_Fact] = []
    waiting = list(reversed(proof.premises))
    while waiting:
        fact = waiting.pop()
        inner = proofs[fact]
        is_step = proof.axiom and proof.axiom.construct == TRANSITIVE and inner.axiom == proof.axiom
        if is_step or not isinstance(fact.relation, NamedNode):
            waiting.extend(reversed(inner.premises))
        else:
            flat.append(fact)
    return flat
