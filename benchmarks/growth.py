"""How the time of every question grows with the graph: python -m benchmarks.growth

Builds two generated workspaces (see benchmarks/generate.py) of about 10 thousand and 1 million triples, and asks every
question of both, in turn and warm, for things that are picked by chance from each. Where a parameter can be left open,
the question is asked a second time with it open. Compared is the time per row, which is the time divided by the rows
that go in and the rows that come out. Rows that go in are triples: where a value names something, those of its group of
frameworks with the mappings between them, which is all that it is connected with; where no value names anything, those
of the whole graph, for the question has to look at all of them. Both are averages of the graph as it was generated.
Exits with 1 if a question takes more than twice as long per row in the large graph.
"""

import argparse
import random
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from benchmarks.generate import GROUP, generate
from benchmarks.made_up_frameworks import LEVELS

from compgraph.graph import Graph, open_graph
from compgraph.questions import Question, query_text
from compgraph.store import Table
from compgraph.terms import ID

SMALL, LARGE = 10_000, 1_000_000
LIMIT = 2.0
PICKS = 5
"""Of how many frameworks each question is asked."""
ROUNDS = 40
ENOUGH = 20.0
"""Seconds after which a question needs no further round."""
NAMED = {
    "competency": "c2",
    "indicator": "c2.indicator.1",
    "behaviour": "c2.l2.1",
    "level": f"level.role-{LEVELS}",
    "role": "role",
    "thing": "c2.indicator.1",
}
"""A part that every generated framework has, for each kind of parameter."""
LEVEL_BELOW = "level.role-1"
WORDS = "feedback"


class Made(NamedTuple):
    """A generated graph, open."""

    graph: Graph
    triples: int
    groups: int


class Asked(NamedTuple):
    """A question put to a graph: the query, the triples that go in, and whether a value names something."""

    graph: Graph
    text: str
    triples: float
    named: bool


class Cost(NamedTuple):
    """What an answer took, the rows that came out, and the seconds per row in and out."""

    seconds: float
    rows: float
    per_row: float


def values(question: Question, number: int, *, left_open: bool) -> dict[str, str]:
    """What a question is told, about the framework of this number and, where it wants another, the next one."""
    told: dict[str, str] = {}
    frameworks = [number, number + 1]
    if any(parameter.kind in NAMED for parameter in question.parameters):
        frameworks.pop(0)
    for parameter in question.parameters:
        if parameter.kind == "framework":
            framework = f"{ID}f{frameworks.pop(0):05}"
            told[parameter.name] = "any" if left_open and parameter.default == "any" else framework
        elif parameter.kind in NAMED:
            part = LEVEL_BELOW if parameter.name == "from" else NAMED[parameter.kind]
            told[parameter.name] = f"{ID}f{number:05}/{part}"
        else:
            told[parameter.name] = WORDS if parameter.kind == "text" else parameter.example
    return told


def cases(questions: list[Question]) -> Iterator[tuple[Question, bool]]:
    """Every question, and those that can be left open once more."""
    for question in questions:
        yield question, False
        if any(parameter.default == "any" for parameter in question.parameters):
            yield question, True


def growth(small: Made, large: Made, question: Question, left_open: bool) -> tuple[Cost, Cost]:
    """What a question costs in either graph: the medians over what is asked of it."""
    chance = random.Random(question.name)
    found: list[tuple[Cost, Cost]] = []
    for _ in range(PICKS):
        asked = [_asked(each, question, chance.randrange(each.groups), left_open) for each in (small, large)]
        found.append(_side_by_side(asked))
        if not asked[0].named:
            break  # it would be the same again
    one, other = (Cost(*map(statistics.median, zip(*costs, strict=True))) for costs in zip(*found, strict=True))
    return one, other


def _asked(made: Made, question: Question, group: int, left_open: bool) -> Asked:
    told = values(question, GROUP * group, left_open=left_open)
    named = any(value.startswith(ID) for value in told.values())
    triples = made.triples / made.groups if named else made.triples
    return Asked(made.graph, query_text(made.graph.store, question, told), triples, named)


def _side_by_side(asked: list[Asked]) -> tuple[Cost, Cost]:
    """The least time of each over some rounds in turn, after one that warms up."""
    rows = [len(_rows(each)) for each in asked]
    rounds: list[list[float]] = []
    while len(rounds) < ROUNDS and sum(map(sum, rounds)) < ENOUGH:
        rounds.append([_seconds(each) for each in asked])
    one, other = (
        Cost(least, count, least / (each.triples + count))
        for each, count, least in zip(asked, rows, map(min, zip(*rounds, strict=True)), strict=True)
    )
    return one, other


def _rows(asked: Asked) -> tuple[object, ...]:
    answer = asked.graph.store.query(asked.text, timeout=600)
    assert isinstance(answer, Table)
    return answer.rows


def _seconds(asked: Asked) -> float:
    start = time.perf_counter()
    _rows(asked)
    return time.perf_counter() - start


def made(folder: Path, triples: int) -> Made:
    """A new workspace of so many triples, opened."""
    size = generate(folder, triples, progress=True)
    groups = len(list((folder / "data").glob("*.ttl"))) // GROUP
    start = time.perf_counter()
    graph = open_graph(folder, bundled=False, cached=False)
    print(f"{size:,} triples, opened for the first time in {time.perf_counter() - start:.0f} s")
    return Made(graph, size, groups)


def compare(small: Made, large: Made, names: list[str]) -> list[str]:
    """Print a line for each question; the names of those that take too long."""
    questions = [small.graph.questions[name] for name in names or small.graph.questions.names()]
    slow = []
    print(f"\n{'question':<32} {'ms':>8} {'rows':>6} {'ms':>9} {'rows':>6} {'time per row':>12}")
    for question, left_open in cases(questions):
        name = f"{question.name}, left open" if left_open else question.name
        one, other = growth(small, large, question, left_open)
        ratio = other.per_row / one.per_row
        slow += [name] if ratio > LIMIT else []
        times = f"{1000 * one.seconds:>8.1f} {one.rows:>6.0f} {1000 * other.seconds:>9.1f} {other.rows:>6.0f}"
        print(f"{name:<32} {times} {ratio:>11.2f}x", flush=True)
    return slow


def main() -> None:
    """Generate, compare, and exit with 1 if a question misses the limit."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("questions", nargs="*", help="only these (default: all)")
    parser.add_argument("--large", type=int, default=LARGE, help=f"triples of the large graph (default {LARGE:,})")
    asked = parser.parse_args()
    with TemporaryDirectory() as folder:
        small = made(Path(folder) / "small", SMALL)
        large = made(Path(folder) / "large", asked.large)
        with small.graph, large.graph:
            slow = compare(small, large, asked.questions)
    sys.exit(f"More than {LIMIT:g} times as long per row: {', '.join(slow)}." if slow else 0)


if __name__ == "__main__":
    main()
