"""The order and the tree in which a framework is read: what formats with one hierarchy have in common."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from compgraph.exchange.reader import Reader
from compgraph.terms import (
    AT_LEVEL,
    BEHAVIOUR,
    CLUSTER,
    COMPETENCY,
    DEMONSTRATES,
    ELABORATES,
    EXPECTATION,
    EXPECTED_PROFICIENCY,
    FOR_ROLE,
    IN_CLUSTER,
    IN_SCALE,
    INDICATOR,
    LEVEL,
    LEVEL_SCALE,
    NOTATION,
    OF_COMPETENCY,
    POSITION,
    PROFICIENCY_LEVEL,
    RANK,
    RDF_TYPE,
    ROLE_FAMILY,
    ROLE_LEVEL,
    ROLE_PROFILE,
    SEGMENT,
)

STATEMENTS = (CLUSTER, COMPETENCY, INDICATOR, BEHAVIOUR)
"""What a person can be held to, from the theme to the single behaviour."""
LEVELS = (ROLE_LEVEL, PROFICIENCY_LEVEL, LEVEL)
KINDS = (*STATEMENTS, SEGMENT, LEVEL_SCALE, ROLE_FAMILY, *LEVELS, ROLE_PROFILE)
"""The kinds that have a place in the outline, in the order in which they are read; a narrow kind before its parent."""
TREE = (IN_CLUSTER, OF_COMPETENCY, ELABORATES, IN_SCALE)
"""The relations that make the tree, besides cg:demonstrates where it points to a competency."""


class Entry(NamedTuple):
    """A node in its place."""

    iri: str
    kind: str
    """The IRI of its class."""
    parents: tuple[str, ...]
    """What it hangs from; the framework itself at the top."""


class Cell(NamedTuple):
    """An expectation in its place."""

    iri: str
    competency: str
    audience: str
    """The level or the role of which it is held."""
    proficiency: str
    """How well, empty if that is not stated."""


def outline(reader: Reader, kinds: Iterable[str] = KINDS) -> list[Entry]:
    """The nodes of these kinds, by kind and then in the order of the source."""
    found: dict[str, Entry] = {}
    for kind in kinds:
        for node in sorted(reader.nodes(kind), key=lambda node: place(reader, node)):
            found.setdefault(node, Entry(node, kind, _parents(reader, node, kind)))
    return list(found.values())


def cells(reader: Reader) -> list[Cell]:
    """The expectations, by competency and then from the lowest level up."""
    found = []
    for node in reader.nodes(EXPECTATION):
        audience = [*reader.see(node, AT_LEVEL), *reader.see(node, FOR_ROLE), ""][0]
        competency = [*reader.see(node, OF_COMPETENCY), ""][0]
        found.append(Cell(node, competency, audience, [*reader.see(node, EXPECTED_PROFICIENCY), ""][0]))
    return sorted(found, key=lambda cell: (*place(reader, cell.competency), *place(reader, cell.audience)))


def levels_of(reader: Reader, behaviour: str) -> list[str]:
    """The levels of the expectations that a behaviour demonstrates."""
    expectations = reader.see(behaviour, DEMONSTRATES)
    return sorted({level for expectation in expectations for level in reader.see(expectation, AT_LEVEL)})


def place(reader: Reader, node: str) -> tuple[tuple[tuple[int, int, str], ...], ...]:
    """The key by which a node is sorted: rank of its level, rank, position, number, IRI."""
    ranks = [rank for level in levels_of(reader, node) for rank in (*reader.see(level, RANK), level)][:1]
    keys = (ranks, reader.see(node, RANK), reader.see(node, POSITION), reader.see(node, NOTATION), [node])
    return tuple(_natural(values[0]) if values else ((2, 0, ""),) for values in keys)


def kind_of(reader: Reader, node: str) -> str:
    """The name of a node's class, the narrowest first; ``thing`` if none is stated."""
    types = reader.see(node, RDF_TYPE)
    known = [kind for kind in KINDS if kind in types]
    return re.split(r"[#/]", (known or types or ["thing"])[0])[-1]


def _parents(reader: Reader, node: str, kind: str) -> tuple[str, ...]:
    if kind == BEHAVIOUR:
        above = reader.see(node, ELABORATES) or reader.see(node, OF_COMPETENCY) or _demonstrated(reader, node)
    else:
        above = [parent for relation in TREE for parent in reader.see(node, relation)]
    return tuple(above) or (reader.contents.iri,)


def _demonstrated(reader: Reader, behaviour: str) -> list[str]:
    """The competencies that a behaviour demonstrates, directly or as an expectation asks."""
    shown = reader.see(behaviour, DEMONSTRATES)
    asked = [competency for node in shown for competency in reader.see(node, OF_COMPETENCY)]
    return sorted({*asked, *(node for node in shown if not reader.see(node, OF_COMPETENCY))})


def _natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """A key that puts 9 before 10."""
    parts = re.findall(r"\d+|\D+", text)
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts)
