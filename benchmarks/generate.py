"""Writes made-up frameworks, and mappings between them, as the files of a workspace: for measuring, not for reading.

python -m benchmarks.generate FOLDER --triples N [--seed SEED]

Frameworks come in groups of four. Each has the same shape, and is mapped to the other three of its group and to nothing
else, so that a larger graph has more of everything and a single framework, competency or level has no more to it than
in a small one. The same N and seed give the same bytes. compgraph --workspace FOLDER --no-bundled opens what is written
(the ontology, the shapes and the questions are copied into it).
"""

import argparse
import random
import shutil
import sys
from collections.abc import Iterator
from itertools import combinations, count
from pathlib import Path

from benchmarks.made_up_frameworks import File, Framework
from benchmarks.made_up_mappings import pair_set, progression_set

ROOT = Path(__file__).resolve().parents[1]
GROUP = 4
"""How many frameworks are mapped to each other."""


def group(number: int, chance: random.Random) -> Iterator[File]:
    """The files of one group of frameworks."""
    frameworks = [Framework(GROUP * number + place, chance) for place in range(GROUP)]
    names = [framework.name for framework in frameworks]
    for framework in frameworks:
        yield framework.file()
        yield progression_set(framework.name, chance)
    for one, other in combinations(names, 2):
        yield pair_set(one, other, (one, other) == (names[0], names[1]), chance)


def generate(folder: Path, triples: int, seed: int = 2026, *, progress: bool = False) -> int:
    """Write groups of frameworks into a new folder until they make ``triples`` triples; how many they make.

    The last group is written whole. Raises FileExistsError for a folder that is there.
    """
    (folder / "data/mappings").mkdir(parents=True)
    for name in ("ontology", "shapes", "queries"):
        shutil.copytree(ROOT / name, folder / name)
    chance, made = random.Random(seed), 0
    for number in count():
        for file in group(number, chance):
            (folder / file.path).write_text(file.text, encoding="utf-8", newline="\n")
            made += file.triples
        if progress:
            print(f"\r{made:,} of {triples:,} triples", end="", file=sys.stderr, flush=True)
        if made >= triples:
            break
    if progress:
        print(file=sys.stderr)
    return made


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="a folder that is not there yet")
    parser.add_argument("--triples", type=int, default=10_000, help="at least so many (default 10,000)")
    parser.add_argument("--seed", type=int, default=2026, help="another seed gives other frameworks (default 2026)")
    asked = parser.parse_args()
    if asked.folder.exists():
        parser.error(f"{asked.folder} is there already: name a new folder, or remove it first.")
    print(f"{generate(asked.folder, asked.triples, asked.seed, progress=True):,} triples in {asked.folder}")
