"""How far frameworks are mapped to each other: the curator's list of what is still to be done."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from compgraph.store import Store
from compgraph.terms import NO_TERM_FOUND

_TURNED = {"broadMatch": "narrowMatch", "narrowMatch": "broadMatch"}
PREDICATES = ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")

_COMPETENCIES = """
SELECT ?framework ?competency
WHERE {
  ?framework a cg:Framework .
  ?competency a cg:Competency ; skos:inScheme ?framework .
}
ORDER BY ?framework ?competency
"""

_RECORDS = """
SELECT ?subject ?predicate ?object ?subject_source ?object_source
WHERE {
  ?record a sssom:Mapping ; sssom:subject_id ?subject ; sssom:predicate_id ?predicate ; sssom:object_id ?object .
  FILTER NOT EXISTS { ?record sssom:predicate_modifier ?modifier }
  OPTIONAL { ?record sssom:subject_source ?subject_source }
  OPTIONAL { ?record sssom:object_source ?object_source }
}
ORDER BY ?record
"""


class _Record(NamedTuple):
    """What a mapping record says, as IRIs; a source is empty where none is named."""

    subject: str
    predicate: str
    object: str
    subject_source: str
    object_source: str

    def turned(self) -> "_Record":
        """The same, said from the other end."""
        predicate = _TURNED.get(self.kind, self.kind)
        return _Record(self.object, predicate, self.subject, self.object_source, self.subject_source)

    @property
    def kind(self) -> str:
        """The local name of its predicate."""
        return self.predicate.rpartition("#")[2]


@dataclass(frozen=True, slots=True)
class Side:
    """The competencies of one framework of a pair."""

    framework: str
    """The name of the framework, as in ``california:thoroughness``."""
    mapped: int
    none_found: int
    not_looked_at: int


@dataclass(frozen=True, slots=True)
class Pair:
    """How far two frameworks are mapped to each other."""

    sides: tuple[Side, Side]
    links: Mapping[str, int]
    """Links between competencies, by predicate (the local name, as stated from the first to the second)."""


def pairs(store: Store) -> list[Pair]:
    """Every pair of frameworks, by identifier."""
    members: dict[str, set[str]] = {}
    for framework, competency in store.texts(_COMPETENCIES, asserted=True):
        members.setdefault(framework, set()).add(competency)
    records = [_Record(*row) for row in store.texts(_RECORDS, asserted=True)]
    both_ways = [*records, *(record.turned() for record in records)]
    names = sorted(members)
    return [
        _pair(first, second, members, both_ways) for place, first in enumerate(names) for second in names[place + 1 :]
    ]


def _pair(first: str, second: str, members: Mapping[str, set[str]], both_ways: Sequence[_Record]) -> Pair:
    ours, theirs = members[first], members[second]
    links = Counter(record.kind for record in both_ways if record.subject in ours and record.object in theirs)
    return Pair((_side(first, second, members, both_ways), _side(second, first, members, both_ways)), links)


def _side(own: str, other: str, members: Mapping[str, set[str]], both_ways: Sequence[_Record]) -> Side:
    ours = [record for record in both_ways if record.subject in members[own]]
    mapped = {record.subject for record in ours if record.object in members[other]}
    none = {record.subject for record in ours if record.object == NO_TERM_FOUND and record.object_source == other}
    left = members[own] - mapped - none
    return Side(own.rpartition("/")[2], len(mapped), len(none - mapped), len(left))
