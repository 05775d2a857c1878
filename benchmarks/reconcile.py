"""How many of 200 names are reconciled right, wrong, or left open: python -m benchmarks.reconcile

Beside our reconciliation, without and with the framework of each name, stands rapidfuzz on labels alone: the best label
is taken if it reaches the score and nothing else has one as good. For each kind of name: how many were right (what was
meant was matched), wrong (something else was) and left open; then how many of those left open have what was meant as
the first candidate.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from benchmarks.column import KINDS, Name, column
from rapidfuzz import fuzz, process, utils

from compgraph.graph import open_graph
from compgraph.reconcile import Constraint, Query, Reconciler
from compgraph.reconcile.entries import entries
from compgraph.terms import COMPETENCY


class Answer(NamedTuple):
    """What was made of a name."""

    matched: str
    """The IRI of what was matched, or nothing."""
    first: str
    """The IRI of the first candidate, or nothing."""


Way = Callable[[Sequence[Name]], list[Answer]]


def ours(reconciler: Reconciler, *, with_framework: bool) -> Way:
    """The way of compgraph."""

    def query(name: Name) -> Query:
        known = with_framework and name.framework
        return Query(name.name, constraints=(Constraint("framework", (name.framework,)),) if known else ())

    def answers(names: Sequence[Name]) -> list[Answer]:
        found = reconciler.all_candidates([query(name) for name in names])
        return [
            Answer(each[0].node.iri if each[0].match else "", each[0].node.iri) if each else Answer("", "")
            for each in found
        ]

    return answers


def labels_alone(labels: Sequence[tuple[str, str]], scorer: Callable[..., float], cutoff: float) -> Way:
    """The way of rapidfuzz: ``labels`` are labels with the IRIs of what they name."""
    spelt = [label for label, _ in labels]

    def answer(name: Name) -> Answer:
        best = process.extract(name.name, spelt, scorer=scorer, processor=utils.default_process, limit=2)
        first = labels[best[0][2]][1]
        alone = best[0][1] > best[1][1] or labels[best[1][2]][1] == first
        return Answer(first if best[0][1] >= cutoff and alone else "", first)

    return lambda names: [answer(name) for name in names]


def tally(names: Iterable[Name], answers: Iterable[Answer]) -> dict[str, Counter[str]]:
    """By kind of name, how many were right, wrong or left open; ``first``: open, and what was meant is first."""
    told = {kind: Counter[str]() for kind in KINDS}
    for name, answer in zip(names, answers, strict=True):
        if answer.matched:
            told[name.kind]["right" if answer.matched == name.meant else "wrong"] += 1
        else:
            told[name.kind]["open"] += 1
            told[name.kind]["first"] += bool(name.meant) and answer.first == name.meant
    return told


def line(way: str, told: dict[str, Counter[str]]) -> str:
    """The figures of one way."""
    shown = "".join(f"{each['right']:>6}{each['wrong']:>4}{each['open']:>4}" for each in told.values())
    return f"{way:<25}{shown}{sum(each['first'] for each in told.values()):>7}"


def main() -> None:
    """Print a line for each way."""
    with open_graph() as graph:
        names = column(graph)
        labels = [(text.text, entry.node.iri) for entry in entries(graph.store, COMPETENCY) for text in entry.names]
        reconciler = Reconciler(graph.store)
        reconciler.index(COMPETENCY)
        ways: dict[str, Way] = {
            "compgraph": ours(reconciler, with_framework=False),
            "compgraph, framework told": ours(reconciler, with_framework=True),
            **{f"rapidfuzz ratio >= {least}": labels_alone(labels, fuzz.ratio, least) for least in (80, 90)},
            **{f"rapidfuzz WRatio >= {least}": labels_alone(labels, fuzz.WRatio, least) for least in (80, 90)},
        }
        counts = Counter(name.kind for name in names)
        print(f"{'':<25}" + "".join(f"{f'{counts[kind]} {kind}':>14}" for kind in KINDS) + "  first")
        for way, answer in ways.items():
            print(line(way, tally(names, answer(names))))


if __name__ == "__main__":
    main()
