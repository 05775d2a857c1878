"""How long every question takes, beside the same query in rdflib and in bare pyoxigraph: python -m benchmarks.questions

Over our own data, warm, with the values that stand in the files. Ours is Graph.ask, from the names of things to rows,
through the query process. Bare pyoxigraph has the same store open in this process, rdflib a copy in memory; both are
given the query as text and take up every row. The three run in turn, so that a slow moment of the machine falls on all.
A ratio is the median of those of the rounds. Exits with 1 if the median question is less than 20 times as fast as in
rdflib, or takes more than 1.5 times as long as in bare pyoxigraph.
"""

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from typing import NamedTuple

import pyoxigraph as ox
import rdflib

from compgraph import workspace
from compgraph.graph import Graph, open_graph
from compgraph.store import TIMEOUT, Cache, Triples, default_folder, snapshot
from compgraph.terms import ASSERTED_GRAPH, INFERRED_GRAPH

FASTER_THAN_RDFLIB = 20.0
SLOWER_THAN_PYOXIGRAPH = 1.5


class Figures(NamedTuple):
    """Of one question: medians in seconds, and median ratios."""

    ours: float
    bare: float
    rdflib: float
    times_faster: float
    times_slower: float


class Theirs(NamedTuple):
    """rdflib's graphs: the default one with the named ones, and the default one alone."""

    whole: rdflib.Dataset
    plain: rdflib.Graph


def main() -> None:
    """Print a line for each question and the medians; exit with 1 if they miss what is promised."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5, help="how often each runs (default 5)")
    rounds = parser.parse_args().rounds
    with open_graph() as graph:
        bare, theirs = pyoxigraph_here(), rdflib_of(graph)
        print(f"{'question':<26} {'ours, ms':>9} {'pyoxigraph':>10} {'rdflib':>9} {'slower':>7} {'faster':>7}")
        found = [figures(graph, name, bare, theirs, rounds) for name in graph.questions.names()]
    faster = statistics.median(each.times_faster for each in found)
    slower = statistics.median(each.times_slower for each in found)
    print(f"\nMedian question: {faster:.0f} times as fast as rdflib, {slower:.2f} times as long as bare pyoxigraph")
    sys.exit(0 if faster >= FASTER_THAN_RDFLIB and slower <= SLOWER_THAN_PYOXIGRAPH else 1)


def figures(graph: Graph, name: str, bare: ox.Store, theirs: Theirs, rounds: int) -> Figures:
    """Time one question on all three, in turn, and print its line."""
    values = {parameter.name: parameter.example for parameter in graph.questions[name].parameters}
    text = graph.query_text(name, **values)
    asked = theirs.whole if "GRAPH <" in text else theirs.plain  # rdflib is faster over one graph alone
    runs: tuple[Callable[[], object], ...] = (
        lambda: graph.ask(name, timeout=TIMEOUT, asserted=False, **values),
        lambda: rows_of(bare, text),
        lambda: list(asked.query(text)),
    )
    for run in runs:
        run()
    times = [tuple(seconds(run) for run in runs) for _ in range(rounds)]
    ours, plain, slow = (statistics.median(column) for column in zip(*times, strict=True))
    faster = statistics.median(third / first for first, _, third in times)
    slower = statistics.median(first / second for first, second, _ in times)
    line = f"{1000 * ours:>9.2f} {1000 * plain:>10.2f} {1000 * slow:>9.1f} {slower:>6.2f}x {faster:>6.0f}x"
    print(f"{name:<26} {line}", flush=True)
    return Figures(ours, plain, slow, faster, slower)


def rows_of(store: ox.Store, text: str) -> list[tuple[object, ...]]:
    """The rows of a query in bare pyoxigraph."""
    solutions = store.query(text)
    assert isinstance(solutions, ox.QuerySolutions)
    return [tuple(solution) for solution in solutions]


def seconds(run: Callable[[], object]) -> float:
    """The seconds that a call takes."""
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def pyoxigraph_here() -> ox.Store:
    """The very store that our answers come from, opened in this process."""
    kept = snapshot(workspace.find(), attachments={}, cache=Cache(default_folder()))
    return ox.Store.read_only(str(kept.store))


def rdflib_of(graph: Graph) -> Theirs:
    """The same in rdflib."""
    whole, plain = rdflib.Dataset(), rdflib.Graph()
    for name, text in graphs(graph):
        target = whole.graph(rdflib.URIRef(name)) if name else whole.default_graph
        target.parse(data=text, format="nt")
        if not name:
            plain.parse(data=text, format="nt")
    return Theirs(whole, plain)


def graphs(graph: Graph) -> list[tuple[str, bytes]]:
    """The graphs that questions read, by name, the default graph first, as N-Triples."""
    patterns = {"": "?s ?p ?o"} | {name: f"GRAPH <{name}> {{ ?s ?p ?o }}" for name in (ASSERTED_GRAPH, INFERRED_GRAPH)}
    found = []
    for name, pattern in patterns.items():
        triples = graph.sparql(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {pattern} }}")
        assert isinstance(triples, Triples)
        found.append((name, triples.text.encode()))
    return found


if __name__ == "__main__":
    main()
