"""Rules and triples to what follows from them: semi-naive, a set at a time.

What is new in a relation is handed on once, to each relation that a rule leads to, until nothing is new. Types come
last, since no rule here leads from a type back to a property.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from itertools import chain
from typing import TypeAlias

from pyoxigraph import NamedNode, Triple

from compgraph.reason.constructs import IMPORTS, TYPE, Term, is_data, states_by_predicate, states_by_type
from compgraph.reason.refusals import misplaced
from compgraph.reason.rules import Flow, Join, Rules

Pair: TypeAlias = tuple[int, int]
Relations: TypeAlias = dict[int, set[Pair]]
Classes: TypeAlias = dict[int, set[int]]
_Index: TypeAlias = dict[int, list[int]]

_TYPING, _STATING, _PLAIN = -1, -2, -3


@dataclass(frozen=True, slots=True)
class _Facts:
    """What is asserted, in numbers, as far as any rule has to do with it."""

    numbers: dict[Term, int]
    relations: Relations
    classes: Classes


def closure(rules: Rules, triples: Iterable[Triple]) -> list[Triple]:
    """The triples that follow from some triples and the schema of the rules and stand in neither, as N-Triples sorts.

    On its way a rule may meet a literal or a blank node as a subject (OWL 2 Profiles, section 4.3: generalised
    triples). Given back are triples about named nodes only, and none about the schema's classes and properties.
    Raises AxiomError for an axiom or a declaration among the triples that is not part of the schema.
    """
    facts = _read(rules, triples)
    return _written(rules, facts, *_concluded(rules, facts))


@dataclass(frozen=True, slots=True)
class Entailed:
    """All that holds, asserted or not: of each property the pairs, of each class the members."""

    pairs: Mapping[NamedNode, Set[tuple[Term, Term]]]
    members: Mapping[NamedNode, Set[Term]]


def entailed(rules: Rules, triples: Iterable[Triple]) -> Entailed:
    """All that holds of the properties and classes that any axiom is about. Raises AxiomError as ``closure`` does."""
    facts = _read(rules, triples)
    relations, classes = _concluded(rules, facts)
    terms = list(facts.numbers)
    return Entailed(
        {rules.terms[p]: {(terms[s], terms[o]) for s, o in relations.get(p, ())} for p in rules.properties},
        {rules.terms[c]: {terms[s] for s in classes.get(c, ())} for c in rules.classes},
    )


def _concluded(rules: Rules, facts: _Facts) -> tuple[Relations, Classes]:
    relations = _saturated(rules.flow, facts.relations)
    return relations, _classified(rules, relations, facts.classes)


class _Kinds(dict[Term, int]):
    """What a predicate or a class is to the rules: its number in them, or one of the kinds below zero; found once."""

    def __init__(self, known: Mapping[Term, int], states: Callable[[Term], bool]) -> None:
        super().__init__(known)
        self._states = states

    def __missing__(self, term: Term) -> int:
        self[term] = _STATING if self._states(term) else _PLAIN
        return self[term]


def _read(rules: Rules, triples: Iterable[Triple]) -> _Facts:
    numbers: dict[Term, int] = {term: number for number, term in enumerate(rules.terms)}
    predicates = _Kinds({rules.terms[number]: number for number in rules.properties}, states_by_predicate)
    predicates[TYPE] = _TYPING
    types = _Kinds({rules.terms[number]: number for number in rules.classes}, states_by_type)
    relations: Relations = defaultdict(set)
    classes: Classes = defaultdict(set)
    for triple in chain(rules.scope.facts, triples):
        kind = predicates[triple.predicate]
        if kind >= 0:
            subject = numbers.setdefault(triple.subject, len(numbers))
            relations[kind].add((subject, numbers.setdefault(triple.object, len(numbers))))
            continue
        if kind == _TYPING and (kind := types[triple.object]) >= 0:
            classes[kind].add(numbers.setdefault(triple.subject, len(numbers)))
        if kind == _STATING:
            _check(rules, triple)
    return _Facts(numbers, relations, classes)


def _check(rules: Rules, statement: Triple) -> None:
    satisfied = statement.predicate == IMPORTS and statement.object in rules.scope.ontologies
    if not satisfied and statement not in rules.scope.statements:
        raise misplaced(statement)


def _saturated(flow: Flow, asserted: Relations) -> Relations:
    """Every relation with all its pairs (tables 5 and 7: prp-spo1, prp-spo2, prp-eqp, prp-inv, prp-symp, prp-trp)."""
    relations: Relations = defaultdict(set)
    joins = _Joins(flow.joins)
    waiting: Relations = defaultdict(set)
    for number, pairs in asserted.items():
        waiting[flow.entries.get(number, number)] |= pairs
    while waiting:
        relation, pairs = waiting.popitem()
        if fresh := pairs - relations[relation]:
            relations[relation] |= fresh
            for head, found in chain(_handed_on(flow, relation, fresh), joins.found(relation, fresh)):
                waiting[head] |= found
    return relations


def _handed_on(flow: Flow, relation: int, fresh: set[Pair]) -> Iterator[tuple[int, set[Pair]]]:
    for head in flow.copies.get(relation, ()):
        yield head, fresh
    if heads := flow.turns.get(relation):
        turned = {(second, first) for first, second in fresh}
        for head in heads:
            yield head, turned


class _Joins:
    """The joins of the rules, over the pairs seen so far."""

    def __init__(self, joins: Iterable[Join]) -> None:
        self._by_first: dict[int, list[Join]] = defaultdict(list)
        self._by_second: dict[int, list[Join]] = defaultdict(list)
        for join in joins:
            self._by_first[join.first].append(join)
            self._by_second[join.second].append(join)
        self._before: dict[int, _Index] = {relation: defaultdict(list) for relation in self._by_first}
        self._after: dict[int, _Index] = {relation: defaultdict(list) for relation in self._by_second}

    def found(self, relation: int, fresh: set[Pair]) -> Iterator[tuple[int, set[Pair]]]:
        """What new pairs of a relation give together with each other and with all that came before them."""
        self._remember(relation, fresh)
        for join in self._by_first.get(relation, ()):
            after = self._after[join.second]
            yield join.head, {(x, z) for x, y in fresh if y in after for z in after[y]}
        for join in self._by_second.get(relation, ()):
            before = self._before[join.first]
            yield join.head, {(x, z) for y, z in fresh if y in before for x in before[y]}

    def _remember(self, relation: int, fresh: set[Pair]) -> None:
        if relation in self._before:
            before = self._before[relation]
            for x, y in fresh:
                before[y].append(x)
        if relation in self._after:
            after = self._after[relation]
            for y, z in fresh:
                after[y].append(z)


def _classified(rules: Rules, relations: Relations, asserted: Classes) -> Classes:
    """Every class with all its members (prp-dom, prp-rng, cax-sco, cax-eqc)."""
    found: Classes = defaultdict(set)
    for number, members in asserted.items():
        found[number] |= members
    for end, arrows in enumerate((rules.domains, rules.ranges)):
        for number, classes in arrows.items():
            members = {pair[end] for pair in relations.get(number, ())}
            for class_ in classes:
                found[class_] |= members
    for number in list(found):
        for wider in rules.superclasses.get(number, ()):
            found[wider] |= found[number]
    return found


def _written(rules: Rules, facts: _Facts, relations: Relations, classes: Classes) -> list[Triple]:
    """What is new, as sorted triples."""
    type_ = facts.numbers.setdefault(TYPE, len(facts.numbers))
    terms = list(facts.numbers)
    subjects = {number: term for number, term in enumerate(terms) if is_data(term, rules.scope.terms)}
    predicates = {type_: TYPE, **{number: rules.terms[number] for number in rules.properties}}
    new = chain(
        ((s, p, o) for p, pairs in relations.items() if p >= 0 for s, o in pairs - facts.relations.get(p, set())),
        ((s, type_, c) for c, members in classes.items() for s in members - facts.classes.get(c, set())),
    )
    # The terms are sorted once, as text; the triples then by the places of their terms.
    order = sorted(range(len(terms)), key=[str(term) for term in terms].__getitem__)
    place = {number: index for index, number in enumerate(order)}
    rows = sorted((place[s], place[p], place[o]) for s, p, o in new if s in subjects)
    return [Triple(subjects[order[s]], predicates[order[p]], terms[order[o]]) for s, p, o in rows]
