"""Names to candidates: how well each fits, why, and whether it is safe to take it unasked.

A score says what kind of likeness there is. 100: a name, or the identifier, is the same. 90 to 99: a name is the same
but for a wrong letter in a long word; the score is the share of letters that are right. Below 90: 89 times the sum of
0.7 of the name (the words in common or the spelling, whichever is more alike) and 0.3 of the text (the words that stand
anywhere in what is said of the thing), so that other words never count like a name that is meant to be the same. A
thing that has none of the properties that are asked for has half the score.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from compgraph.reconcile.index import Likeness
from compgraph.store.names import Node
from compgraph.terms import COMPETENCY

SURE = 90.0
"""The score from which a candidate may be taken unasked, if it stands alone."""
APART = 10.0
"""How far below it every other candidate must be for that."""
LONGEST = 1_000
"""Characters that a name may have."""
SHOWN = 20.0
"""The score below which a candidate is not worth showing."""
_REWORDED = 89.0
_NAME, _TEXT = 0.7, 0.3


class Constraint(NamedTuple):
    """What must be so of a candidate: a property has one of some values."""

    property: str
    """The identifier of a property."""
    values: tuple[str, ...]
    """Texts, labels or IRIs, any of which will do."""


class Query(NamedTuple):
    """What is looked for."""

    name: str
    types: tuple[str, ...] = (COMPETENCY,)
    """IRIs of classes."""
    constraints: tuple[Constraint, ...] = ()
    limit: int = 5
    """How many candidates are wanted."""
    of_all_types: bool = False
    """Whether a candidate must be of each of the types, not of any."""


class Feature(NamedTuple):
    """What one comparison gave: yes or no, or from 0 to 100."""

    identifier: str
    value: bool | float


class Candidate(NamedTuple):
    """A thing that may be what a name means."""

    node: Node
    score: float
    """From 0 to 100, to one decimal."""
    features: tuple[Feature, ...]
    agrees: bool = True
    """Whether it has all properties that were asked for."""
    match: bool = False
    """Whether it is safe to take it unasked."""


def candidate(node: Node, likeness: Likeness | None, agreeing: Sequence[tuple[str, bool]]) -> Candidate:
    """A thing with its score; ``agreeing`` says for each property that was asked for whether the thing has it.

    Without a likeness, where no name was asked for, the score says how far the properties agree.
    """
    held = dict(agreeing)
    share = sum(held.values()) / len(held) if held else 1.0
    compared = tuple(Feature(*each) for each in agreeing)
    if likeness is None:
        return Candidate(node, round(_REWORDED * share, 1), compared, agrees=share == 1.0)
    score = _of_name(likeness, in_framework=held.get("framework", False)) * (0.5 + 0.5 * share)
    return Candidate(node, round(score, 1), _features(likeness) + compared, agrees=share == 1.0)


def decided(found: Iterable[Candidate], limit: int) -> tuple[Candidate, ...]:
    """The candidates worth showing, best first; the first one matches if it is sure and alone."""
    ranked = sorted((each for each in found if each.score >= SHOWN), key=lambda each: (-each.score, each.node.curie))
    if ranked:
        best = ranked[0]
        alone = len(ranked) == 1 or ranked[1].score <= best.score - APART
        ranked[0] = best._replace(match=best.score >= SURE and alone and best.agrees)
    return tuple(ranked[:limit])


def _of_name(likeness: Likeness, *, in_framework: bool) -> float:
    """The score before properties; a bare number is a name only in a framework that was asked for."""
    if likeness.same or (likeness.numbered and in_framework):
        return 100.0
    if likeness.misspelt and 100 * likeness.spelling >= SURE:
        return 100 * likeness.spelling
    if likeness.numbered:
        return _REWORDED
    return _REWORDED * (_NAME * max(likeness.words, likeness.spelling) + _TEXT * likeness.text)


def _features(likeness: Likeness) -> tuple[Feature, ...]:
    return (
        Feature("same_name", likeness.same),
        Feature("misspelt", likeness.misspelt),
        Feature("spelling", _percent(likeness.spelling)),
        Feature("words", _percent(likeness.words)),
        Feature("text", _percent(likeness.text)),
    )


def _percent(share: float) -> float:
    return round(100 * share, 1)
