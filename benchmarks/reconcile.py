"""How many of 200 names are reconciled right, wrong, or left open: python -m benchmarks.reconcile [--openrefine]

Beside our reconciliation, without and with the framework of each name, stands rapidfuzz on labels alone: the best label
is taken if it reaches the score and nothing else has one as good. For each kind of name: how many were right (what was
meant was matched), wrong (something else was) and left open; then how many of those left open have what was meant as
the first candidate.
"""

import argparse
import random
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from benchmarks.column import KINDS, Name, column, misspelt
from benchmarks.generate import generate
from benchmarks.openrefine import OpenRefine, running
from rapidfuzz import fuzz, process, utils
from tests.serving import server

from compgraph.graph import Graph, open_graph
from compgraph.reconcile import Constraint, Query, Reconciler
from compgraph.reconcile.entries import entries
from compgraph.terms import COMPETENCY

LENGTHS = (100, 1_000, 5_000)
"""Of the columns whose names are timed."""


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
    return f"{way:<26}{shown}{sum(each['first'] for each in told.values()):>7}"


def through_openrefine(openrefine: OpenRefine, service: str, *, with_framework: bool) -> Way:
    """The way of a curator: a project in OpenRefine, reconciled with a service."""

    def answers(names: Sequence[Name]) -> list[Answer]:
        rows = [("name", "framework"), *((name.name, name.framework) for name in names)]
        project = openrefine.project("names", rows)
        project.reconcile("name", service, "Competency", {"framework": "framework"} if with_framework else {})
        return [Answer(each.matched, each.matched or next(iter(each.candidates), "")) for each in project.judged()]

    return answers


def in_openrefine(openrefine: OpenRefine, service: str) -> dict[str, Way]:
    """The ways through OpenRefine."""
    return {
        "OpenRefine": through_openrefine(openrefine, service, with_framework=False),
        "OpenRefine, framework told": through_openrefine(openrefine, service, with_framework=True),
    }


def ways(graph: Graph) -> dict[str, Way]:
    """Every way that needs nothing but the graph."""
    reconciler = Reconciler(graph.store)
    labels = [(text.text, entry.node.iri) for entry in entries(graph.store, COMPETENCY) for text in entry.names]
    return {
        "compgraph": ours(reconciler, with_framework=False),
        "compgraph, framework told": ours(reconciler, with_framework=True),
        **{f"rapidfuzz ratio >= {least}": labels_alone(labels, fuzz.ratio, least) for least in (80, 90)},
        **{f"rapidfuzz WRatio >= {least}": labels_alone(labels, fuzz.WRatio, least) for least in (80, 90)},
    }


def report(names: Sequence[Name], tried: Mapping[str, Way]) -> list[str]:
    """A heading, and a line for each way."""
    counts = Counter(name.kind for name in names)
    head = f"{'':<26}" + "".join(f"{f'{counts[kind]} {kind}':>14}" for kind in KINDS) + "  first"
    return [head, *(line(way, tally(names, answer(names))) for way, answer in tried.items())]


def speed(triples: int, lengths: Iterable[int] = LENGTHS) -> Iterator[str]:
    """How long a name takes in a generated graph: lines for columns of several lengths."""
    with TemporaryDirectory() as folder:
        size = generate(Path(folder), triples)
        with open_graph(folder, bundled=False, cached=False) as graph:
            reconciler = Reconciler(graph.store)
            known = [text.text for entry in reconciler.index(COMPETENCY).entries for text in entry.names]
            yield f"{size:,} triples, {len(reconciler.index(COMPETENCY).entries):,} competencies"
            for length in lengths:
                chance = random.Random(length)
                queries = [Query(misspelt(chance.choice(known), chance) + f" {number}") for number in range(length)]
                start = time.process_time()
                for _ in reconciler.all_candidates(queries):
                    pass
                yield f"{length:>6,} names: {1000 * (time.process_time() - start) / length:.1f} ms each"


def main() -> None:
    """Print a line for each way, or how long a name takes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--openrefine", action="store_true", help="also in OpenRefine, which must be installed")
    parser.add_argument("--triples", type=int, help="in place of that, the time in a generated graph of this size")
    asked = parser.parse_args()
    if asked.triples:
        for told in speed(asked.triples):
            print(told, flush=True)
        return
    with open_graph() as graph, ExitStack() as stack:
        tried = ways(graph)
        if asked.openrefine:
            port, _ = stack.enter_context(server())
            tried |= in_openrefine(stack.enter_context(running()), f"http://127.0.0.1:{port}/reconcile")
        print("\n".join(report(column(graph), tried)))


if __name__ == "__main__":
    main()
