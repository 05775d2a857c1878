"""Statements and where the asserted ones are looked up."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import NamedTuple, TypeAlias

from pyoxigraph import NamedNode, Triple

from compgraph.reason.constructs import Term


class Statement(NamedTuple):
    """What is said, or what follows; unlike a triple's, its subject may be a text (a generalised triple)."""

    subject: Term
    predicate: NamedNode
    object: Term


Match: TypeAlias = Callable[[Term | None, NamedNode, Term | None], Iterable[Statement]]
"""Gives the asserted statements of a predicate with a subject, an object, or both; None leaves an end open."""


def matching(triples: Iterable[Triple]) -> Match:
    """A look-up in triples that are held in memory; at least one end must be given."""
    known: dict[tuple[Term | None, NamedNode, Term | None], dict[Statement, None]] = defaultdict(dict)
    for subject, predicate, object_ in triples:
        said = Statement(subject, predicate, object_)
        for pattern in ((subject, predicate, object_), (subject, predicate, None), (None, predicate, object_)):
            known[pattern][said] = None

    def match(subject: Term | None, predicate: NamedNode, object_: Term | None) -> Iterable[Statement]:
        return known.get((subject, predicate, object_), ())

    return match
