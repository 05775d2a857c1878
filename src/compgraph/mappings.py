"""How far frameworks are mapped to each other, and how sure a mapping is that two readers made."""

import csv
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from compgraph.errors import FileError
from compgraph.store import Store

NONE_FOUND = "sssom:NoTermFound"
PREDICATES = ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")

Ends: TypeAlias = tuple[str, str]
Judgements: TypeAlias = Mapping[Ends, str]
"""The predicate that a reader gives to a subject and an object; one end may be NONE_FOUND."""

# Two readers.


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two readers agree on every pairing of two frameworks' competencies."""

    cells: int
    """All pairings of a competency of one side with one of the other."""
    same: int
    """Those to which both give the same predicate, or neither gives any."""
    both_link: int
    either_links: int
    kappa: float
    """Cohen's kappa (Cohen 1960) over the predicates and none: 0 is what chance gives, 1 is full agreement."""


def read_pass(path: Path) -> Judgements:
    """What one reader judged. Raises FileError for a row without its cells, or two rows for the same ends."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    judgements: dict[Ends, str] = {}
    for number, row in enumerate(rows, 2):
        ends = (row["subject_id"], row["object_id"])
        if not all(row.values()) or ends in judgements:
            raise FileError(path, "has an empty cell, or its ends stand in another row too: correct it.", line=number)
        judgements[ends] = row["predicate_id"]
    return judgements


def agreement(first: Judgements, second: Judgements, cells: Iterable[Ends]) -> Agreement:
    """How far two readers agree over some pairings."""
    pairs = [(first.get(cell, "none"), second.get(cell, "none")) for cell in cells]
    total = len(pairs)
    same = sum(one == other for one, other in pairs)
    ours, theirs = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    by_chance = sum(ours[name] * theirs[name] for name in ours) / total**2
    kappa = 1.0 if by_chance == 1 else (same / total - by_chance) / (1 - by_chance)
    links = [(one != "none", other != "none") for one, other in pairs]
    return Agreement(total, same, sum(map(all, links)), sum(map(any, links)), kappa)


def agreement_case(first: Judgements, second: Judgements, ends: Ends, settled: str) -> str:
    """Which row of the table of confidences a settled judgement falls under."""
    given = [judgements[ends] for judgements in (first, second) if ends in judgements]
    if NONE_FOUND in ends:
        return "none, both" if len(given) == 2 else "none, one"
    if len(given) < 2:
        return "one" if given else "neither"
    return {2: "both", 1: "both, settled on one", 0: "both, settled on a third"}[given.count(settled)]


# The curator's to-do list.

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
    records = store.texts(_RECORDS, asserted=True)
    names = sorted(members)
    return [
        _pair(first, second, members, records) for place, first in enumerate(names) for second in names[place + 1 :]
    ]


def _pair(first: str, second: str, members: Mapping[str, set[str]], records: list[tuple[str, ...]]) -> Pair:
    ours, theirs = members[first], members[second]
    stated = Counter(_local(predicate) for s, predicate, o, *_ in records if s in ours and o in theirs)
    turned = Counter(_turned(_local(predicate)) for s, predicate, o, *_ in records if s in theirs and o in ours)
    return Pair((_side(first, second, members, records), _side(second, first, members, records)), stated + turned)


def _local(predicate: str) -> str:
    return predicate.rpartition("#")[2]


def _turned(predicate: str) -> str:
    return {"broadMatch": "narrowMatch", "narrowMatch": "broadMatch"}.get(predicate, predicate)


def _side(own: str, other: str, members: Mapping[str, set[str]], records: list[tuple[str, ...]]) -> Side:
    mapped, none = set(), set()
    for subject, _, object_, subject_source, object_source in records:
        for here, there, source in ((subject, object_, object_source), (object_, subject, subject_source)):
            if here in members[own] and there in members[other]:
                mapped.add(here)
            if here in members[own] and there.endswith("NoTermFound") and source == other:
                none.add(here)
    seen = mapped | none
    return Side(own.rpartition("/")[2], len(mapped), len(none - mapped), len(members[own] - seen))
