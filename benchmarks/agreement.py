"""How far the two readers of each pair of frameworks agree: python benchmarks/agreement.py

Over all pairings of a competency of one side with one of the other: the share on which both say the same (a predicate,
or none), and Cohen's kappa, which takes away what chance alone would give. Links: those that both have, of those that
either has.
"""

import itertools
import re
from pathlib import Path

from compgraph.mappings import agreement, read_pass

ROOT = Path(__file__).resolve().parents[1]
PASSES = ROOT / "data/mappings/passes"


def competencies(framework: str) -> list[str]:
    """The identifiers of a framework's competencies, as its file writes them."""
    text = (ROOT / f"data/{framework}.ttl").read_text(encoding="utf-8")
    return re.findall(r"^(\S+)\n    a cg:Competency ;$", text, re.MULTILINE)


def main() -> None:
    """Print a line for each pair."""
    print(f"{'pair':<40} {'pairings':>8} {'agreed':>7} {'kappa':>6} {'links':>9}")
    for path in sorted(PASSES.glob("*.1.tsv")):
        pair = path.name.removesuffix(".1.tsv")
        first, second = pair.split("--")
        cells = itertools.product(competencies(first), competencies(second))
        found = agreement(read_pass(path), read_pass(PASSES / f"{pair}.2.tsv"), cells)
        links = f"{found.both_link} of {found.either_links}"
        print(f"{pair:<40} {found.cells:>8} {found.same / found.cells:>6.1%} {found.kappa:>6.2f} {links:>9}")


if __name__ == "__main__":
    main()
