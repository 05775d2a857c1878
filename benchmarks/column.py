"""Makes a column of 200 names of competencies, and says what each means: for measuring how names are reconciled.

60 are names as the frameworks have them, 50 are misspelt by one or two letters, 50 are reworded (benchmarks/names/
reworded.tsv, written by hand), and 40 name something that no framework has (unknown.tsv; the first half is as close as
it can be). The same graph and seed give the same column.
"""

import csv
import random
from pathlib import Path
from typing import NamedTuple

from compgraph.graph import Graph
from compgraph.reconcile.entries import entries
from compgraph.terms import COMPETENCY

SEED = 11
EXACT, MISSPELT = 60, 50
KINDS = ("exact", "misspelt", "reworded", "unknown")
_FOLDER = Path(__file__).parent / "names"
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Name(NamedTuple):
    """A name as it stands in the column."""

    name: str
    meant: str
    """The IRI of what it means; empty if nothing."""
    framework: str
    """The label of the framework of that."""
    kind: str
    """``exact``, ``misspelt``, ``reworded`` or ``unknown``."""


def column(graph: Graph, seed: int = SEED) -> list[Name]:
    """The names, in an order that tells nothing."""
    chance = random.Random(seed)
    known = entries(graph.store, COMPETENCY)
    every = [(entry, text.text) for entry in known for text in entry.names]
    names = [_of(graph, entry.node.iri, name, "exact") for entry, name in chance.sample(every, EXACT)]
    long = [(entry, name) for entry, name in every if len(max(name.split(), key=len)) > 4]
    names += [
        _of(graph, entry.node.iri, misspelt(name, chance), "misspelt") for entry, name in chance.sample(long, MISSPELT)
    ]
    names += [_of(graph, graph.names.expand(row["meant"]), row["name"], "reworded") for row in _rows("reworded")]
    names += [Name(row["name"], "", "", "unknown") for row in _rows("unknown")]
    chance.shuffle(names)
    return names


def misspelt(name: str, chance: random.Random) -> str:
    """A name with one letter wrong, or two: left out, doubled, turned round with the next, or another one."""
    letters = list(name)
    for _ in range(chance.choice((1, 1, 2))):
        place = chance.choice([place for place in range(1, len(letters) - 1) if letters[place].isalpha()])
        slip = chance.choice(("left out", "doubled", "turned", "another"))
        if slip == "left out":
            del letters[place]
        elif slip == "doubled":
            letters.insert(place, letters[place])
        elif slip == "turned":
            letters[place], letters[place + 1] = letters[place + 1], letters[place]
        else:
            letters[place] = chance.choice(_LETTERS.replace(letters[place], ""))
    return "".join(letters)


def _of(graph: Graph, iri: str, name: str, kind: str) -> Name:
    node = graph.names.node(iri)
    assert node is not None
    home = graph.names.resolve(node.framework)
    return Name(name, iri, home.label, kind)


def _rows(name: str) -> list[dict[str, str]]:
    with (_FOLDER / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))
