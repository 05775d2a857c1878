"""Two things side by side: frameworks as a matrix of links, competencies level by level."""

from typing import TypeAlias

from compgraph.comparisons.competencies import CompetencyComparison, compare_competencies
from compgraph.comparisons.frameworks import FrameworkComparison, compare_frameworks
from compgraph.errors import ComparisonError
from compgraph.store import Store
from compgraph.store.names import Node
from compgraph.terms import COMPETENCY, FRAMEWORK, SEGMENT, words

__all__ = ["Comparison", "CompetencyComparison", "FrameworkComparison", "compare"]

Comparison: TypeAlias = FrameworkComparison | CompetencyComparison

_LISTS = {FRAMEWORK, SEGMENT}


def compare(store: Store, one: Node, other: Node) -> Comparison:
    """The matrix of two frameworks or segments, or two competencies side by side.

    A framework may be compared with itself: the links within it. Raises ComparisonError for things of other kinds,
    for a competency and itself, and for a framework without competencies.
    """
    if _LISTS.intersection(one.kinds) and _LISTS.intersection(other.kinds):
        return compare_frameworks(store, one, other)
    if COMPETENCY not in one.kinds or COMPETENCY not in other.kinds:
        raise ComparisonError(
            f"{_told(one)} and {_told(other)} can't be laid side by side. Name two frameworks or segments, or two "
            "competencies; compgraph show lays out one thing of any kind."
        )
    if one == other:
        raise ComparisonError(f"Both names stand for {_told(one)}. Name another competency beside it.")
    return compare_competencies(store, one, other)


def _told(node: Node) -> str:
    return f"{node.curie} ({words(node.kinds[0])})"
