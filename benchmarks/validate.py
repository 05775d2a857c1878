"""How quick validation is, held to three targets; exits with 1 if one is missed.

python -m benchmarks.validate [command] [engines] [growth] [--runs N]

command   compgraph validate data/michigan.ttl, a process of its own, beside python -c "import rdflib, click"; the two
          in turn, medians, and the median of the ratios pair by pair. Target: at most 5 times.
engines   the five frameworks with their mappings and the ontology against all shapes: what compgraph takes, beside
          pyshacl.validate as it comes. Both are given what they read in memory, compgraph its triples, pyshacl a graph
          of rdflib's. Target: at least 15 times faster; pyshacl is stopped after 30 times.
growth    generated frameworks with a fault in every hundredth statement, files to findings with their places: the time
          of the processor per triple at 100 thousand triples, beside that at 10 thousand. Target: at most twice.
"""

import argparse
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from itertools import cycle
from multiprocessing import get_context
from multiprocessing.queues import SimpleQueue
from multiprocessing.synchronize import Event
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.generate import generate
from pyoxigraph import Triple
from rdflib import Graph

ROOT = Path(__file__).resolve().parents[1]
COMMAND = [sys.executable, "-m", "compgraph", "validate", "data/michigan.ttl"]
FLOOR = [sys.executable, "-c", "import rdflib, click"]
MOST_TIMES, LEAST_FASTER, MOST_GROWTH = 5, 15, 2
SIZES = (10_000, 100_000)
FAULTS = (
    (r'"@en ;', '" ;'),  # a text in no language
    (r"#char=(\d+),(\d+)>", r"#char=\2,\1>"),  # a pointer that ends before it begins
    (r"cg:position (\d+) ;", r"cg:position 0 ;"),
    (r'prefLabel "', 'prefLabel " '),
    (r"cg:ofCompetency (\S+) ;", r"cg:ofCompetency \1x ;"),  # something that is not there
    (r"cg:rank \d+ ;", 'cg:rank "high" ;'),
    (r"cg:demonstrates ", "cg:demonstrate "),
    (r"^    skos:inScheme .*\n", ""),
)
"""What is done to a line."""


def command(runs: int) -> bool:
    """Whether the whole command is quick enough."""
    process(COMMAND), process(FLOOR)
    pairs = [(process(COMMAND), process(FLOOR)) for _ in range(runs)]
    ratio = statistics.median(one / other for one, other in pairs)
    ours, floor = (statistics.median(column) for column in zip(*pairs, strict=True))
    print(f"compgraph validate data/michigan.ttl: {ours:.2f} s; import rdflib, click: {floor:.2f} s")
    return held(f"{ratio:.1f} times as long", ratio <= MOST_TIMES, f"at most {MOST_TIMES}")


def process(arguments: list[str]) -> float:
    """The seconds that a process takes, its output piped."""
    return seconds(lambda: subprocess.run(arguments, cwd=ROOT, capture_output=True, check=True))


def engines(runs: int) -> bool:
    """Whether the shapes run fast enough beside pyshacl, which is stopped when it has taken more than enough."""
    from compgraph.validate import validate

    triples, shapes = read()
    found = validate(triples, shapes)
    ours = statistics.median(seconds(lambda: validate(triples, shapes)) for _ in range(runs))
    spawned = get_context("spawn")
    begun, results = spawned.Event(), spawned.SimpleQueue()
    theirs = spawned.Process(target=pyshacl_alone, args=(begun, results))
    theirs.start()
    begun.wait()
    taken = seconds(lambda: theirs.join(2 * LEAST_FASTER * ours))
    if theirs.is_alive():
        theirs.kill()
        print(f"{len(triples):,} triples: compgraph {ours:.2f} s; pyshacl stopped after {taken:.1f} s, without an end")
        return held(f"more than {taken / ours:.0f} times faster", True, f"at least {LEAST_FASTER}")
    count = results.get()
    print(f"{len(triples):,} triples: compgraph {ours:.2f} s, {len(found)} findings; pyshacl {taken:.1f} s, {count}")
    is_held = taken / ours >= LEAST_FASTER and len(found) == count
    return held(f"{taken / ours:.0f} times faster", is_held, f"at least {LEAST_FASTER}")


def read() -> tuple[list[Triple], Graph]:
    """What is held against the shapes, and those."""
    from compgraph.load import document, to_rdflib
    from compgraph.workspace import Workspace

    files = Workspace((ROOT,))
    paths = [*files.ontology(), *files.data(), *files.mappings()]
    triples = [triple for path in paths for each in document(path) for triple in each.triples]
    shapes = (triple for path in files.shapes() for each in document(path) for triple in each.triples)
    return triples, to_rdflib(shapes) + Graph()


def pyshacl_alone(begun: Event, results: "SimpleQueue[int]") -> None:
    """Say that everything is read, then how many findings pyshacl has."""
    import pyshacl
    from rdflib import SH

    from compgraph.load import to_rdflib

    triples, shapes = read()
    graph = to_rdflib(triples) + Graph()
    begun.set()
    report = pyshacl.validate(graph, shacl_graph=shapes)[1]
    results.put(len(list(report.objects(None, SH.result))))


def growth(_: int) -> bool:
    """Whether a larger graph takes little more time for each of its triples."""
    small, large = (per_triple(size) for size in SIZES)
    return held(
        f"{large / small:.2f} times as long for each triple", large / small <= MOST_GROWTH, f"at most {MOST_GROWTH}"
    )


def per_triple(size: int) -> float:
    """The median of the seconds that each triple of a generated workspace with faults takes.

    They are the processor's, since the two sizes are minutes apart, and what other programs take changes meanwhile.
    """
    from compgraph.validate import Report, check
    from compgraph.workspace import Workspace

    with TemporaryDirectory() as folder:
        made = generate(Path(folder) / "made", size)
        faults = sum(damage(path) for path in sorted((Path(folder) / "made/data").glob("*.ttl")))
        workspace, reports = Workspace((Path(folder) / "made",)), list[Report]()
        taken = statistics.median(
            seconds(lambda: reports.append(check(workspace)), time.process_time) for _ in range(3)
        )
    found = len(reports[0].findings)
    print(
        f"{made:,} triples, {faults:,} faults: {taken:.1f} s, {found:,} findings, {1e6 * taken / made:.0f} µs a triple"
    )
    return taken / made


def damage(path: Path) -> int:
    """Put a fault into every hundredth line of a file; how many there are."""
    faults, lines, made = cycle(FAULTS), path.read_text(encoding="utf-8").splitlines(keepends=True), 0
    for start in range(0, len(lines), 100):
        part = lines[start : start + 100]
        place, line = next(damaged(part, faults))
        lines[start + place] = line
        made += 1
    path.write_text("".join(lines), encoding="utf-8")
    return made


def damaged(lines: list[str], faults: Iterator[tuple[str, str]]) -> Iterator[tuple[int, str]]:
    """The next faults that can be made in some lines: which line, and what it becomes."""
    for pattern, by in faults:
        for place, line in enumerate(lines):
            if not line.startswith("@prefix") and re.search(pattern, line):
                yield place, re.sub(pattern, by, line)


def seconds(run: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    """The seconds that a call takes."""
    start = clock()
    run()
    return clock() - start


def held(told: str, is_held: bool, target: str) -> bool:
    """Print a figure beside its target."""
    print(f"  {told}; target: {target}: {'held' if is_held else 'MISSED'}")
    return is_held


PARTS = {"command": command, "engines": engines, "growth": growth}

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="all, if none is named")
    parser.add_argument("--runs", type=int, default=11, help="how often what is quick runs (default 11)")
    asked = parser.parse_args()
    results = [PARTS[part](asked.runs) for part in asked.parts or PARTS]
    sys.exit(0 if all(results) else 1)
