"""Times the rule evaluator against owlrl on a made-up graph in our vocabulary: python benchmarks/closure.py --help."""

import argparse
import random
import statistics
import time
from collections.abc import Callable, Iterator
from itertools import count, islice
from pathlib import Path

import pyoxigraph as ox

from compgraph.reason import closure, compile_rules, owlrl_closure
from compgraph.terms import CG, DCTERMS, ID, RDF_TYPE, SKOS, SOURCE

ONTOLOGY = Path(__file__).parents[1] / "ontology" / "compgraph.ttl"
MAPPINGS = ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")
COMPETENCIES = 30
LEVELS = 4


def main() -> None:
    """Print the medians of both, their ratio, and the evaluator's time on larger graphs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--triples", type=int, default=2000, help="size of the data both run over (default 2000)")
    parser.add_argument("--rounds", type=int, default=3, help="how often each runs (default 3)")
    parser.add_argument(
        "--larger", type=int, nargs="*", default=[10_000, 100_000], help="sizes for the evaluator alone"
    )
    asked = parser.parse_args()
    schema = [quad.triple for quad in ox.parse(path=ONTOLOGY)]
    compare(schema, asked.triples, asked.rounds)
    for size in asked.larger:
        print(f"{size:>9,} triples: evaluator {alone(schema, size, asked.rounds):8.3f} s")


def alone(schema: list[ox.Triple], size: int, rounds: int) -> float:
    """The median seconds of the evaluator."""
    data = graph(size)
    return statistics.median(timed(lambda: closure(compile_rules(schema), data))[0] for _ in range(rounds))


def compare(schema: list[ox.Triple], size: int, rounds: int) -> None:
    """Run both alternately, so that a slow moment of the machine falls on either."""
    data = graph(size)
    ours: list[float] = []
    theirs: list[float] = []
    for _ in range(rounds):
        seconds, found = timed(lambda: closure(compile_rules(schema), data))
        ours.append(seconds)
        seconds, expected = timed(lambda: owlrl_closure(schema, data))
        theirs.append(seconds)
    same = "the same" if found == expected else "DIFFERENT"
    fast, slow = statistics.median(ours), statistics.median(theirs)
    print(f"{size:>9,} triples: evaluator {fast:8.3f} s, owlrl {slow:8.3f} s, ratio {slow / fast:.0f}")
    print(f"{'':>9}  {len(schema)} of the ontology beside; {len(found):,} new triples, {same} from both")


def timed(run: Callable[[], list[ox.Triple]]) -> tuple[float, list[ox.Triple]]:
    """The seconds that a call takes, and what it gives."""
    start = time.perf_counter()
    found = run()
    return time.perf_counter() - start, found


def graph(size: int) -> list[ox.Triple]:
    """The first triples of an endless row of frameworks, each mapped to the one before; the same ones every time."""
    chance = random.Random(2026)
    return list(islice((triple for number in count() for triple in framework(number, chance)), size))


def framework(number: int, chance: random.Random) -> Iterator[ox.Triple]:
    """A framework: levels, clusters, competencies with indicators, expectations and behaviours, and its mappings."""
    own = f"{ID}f{number}"
    yield triple(own, RDF_TYPE, CG + "Framework")
    for level in range(LEVELS):
        yield triple(f"{own}/level.{level}", RDF_TYPE, CG + "RoleLevel")
        yield triple(f"{own}/level.{level}", CG + "inScale", f"{own}/scale")
    for place in range(COMPETENCIES):
        yield from competency(f"{own}/c{place}", own, chance)
        if place:
            yield triple(f"{own}/c{place}", SKOS + "broader", f"{own}/c{place // 2}")
        if number and chance.random() < 0.7:
            other = f"{ID}f{number - 1 - chance.randrange(min(number, 3))}/c{place}"
            yield triple(f"{own}/c{place}", SKOS + chance.choice(MAPPINGS), other)
        if chance.random() < 0.1:
            yield triple(f"{own}/c{place}", CG + "progressesTo", f"{own}/c{chance.randrange(COMPETENCIES)}")


def competency(own: str, scheme: str, chance: random.Random) -> Iterator[ox.Triple]:
    """A competency with an indicator and, for each level, an expectation and its behaviours."""
    yield from statement(own, "Competency", chance)
    yield triple(own, SKOS + "inScheme", scheme)
    yield triple(own, CG + "inCluster", f"{scheme}/cluster.{chance.randrange(5)}")
    yield from statement(f"{own}.indicator.1", "Indicator", chance)
    yield triple(f"{own}.indicator.1", CG + "ofCompetency", own)
    for level in range(LEVELS):
        cell = f"{own}.{level}"
        yield triple(cell, RDF_TYPE, CG + "Expectation")
        yield triple(cell, CG + "ofCompetency", own)
        yield triple(cell, CG + "atLevel", f"{scheme}/level.{level}")
        for place in range(1, chance.randrange(2, 5)):
            yield from statement(f"{cell}.{place}", "Behaviour", chance)
            yield triple(f"{cell}.{place}", CG + "demonstrates", cell)


def statement(own: str, kind: str, chance: random.Random) -> Iterator[ox.Triple]:
    """What every restated thing has: a type, a text, and its place in the source."""
    start = chance.randrange(10**6)
    yield triple(own, RDF_TYPE, CG + kind)
    yield ox.Triple(ox.NamedNode(own), ox.NamedNode(SKOS + "prefLabel"), ox.Literal(f"{kind} {start}", language="en"))
    yield triple(own, CG + "labelSource", f"{SOURCE}s#char={start},{start + 60}")
    yield triple(own, DCTERMS + "source", f"{SOURCE}s#char={start},{start + 60}")


def triple(subject: str, predicate: str, object_: str) -> ox.Triple:
    """A triple of three IRIs."""
    return ox.Triple(ox.NamedNode(subject), ox.NamedNode(predicate), ox.NamedNode(object_))


if __name__ == "__main__":
    main()
