"""How far the two readers of each pair of frameworks agree: python benchmarks/agreement.py

Over all pairings of a competency of one side with one of the other: the share on which both say the same (a predicate,
or none), and Cohen's kappa, which takes away what chance alone would give. Links: those that both have, of those that
either has.
"""

import csv
import itertools
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple, TypeAlias

from compgraph.errors import FileError

ROOT = Path(__file__).resolve().parents[1]
PASSES = ROOT / "data/mappings/passes"
NONE_FOUND = "sssom:NoTermFound"
COLUMNS = ("subject_id", "predicate_id", "object_id")
"""What a pass must say of each judgement."""

Ends: TypeAlias = tuple[str, str]
Judgements: TypeAlias = Mapping[Ends, str]
"""The predicate that a reader gives to a subject and an object; one end may be NONE_FOUND."""


class Agreement(NamedTuple):
    """How far two readers agree on every pairing of two frameworks' competencies."""

    cells: int
    """All pairings of a competency of one side with one of the other."""
    same: int
    """Those to which both give the same predicate, or neither gives any."""
    both_link: int
    either_links: int
    kappa: float
    """Cohen's kappa (Cohen 1960) over the predicates and none: 0 is what chance gives, 1 is full agreement."""


def read_pass(path: Path) -> Judgements:
    """What one reader judged.

    Raises FileError for a column that is missing, a row without its cells, or two rows for the same ends.
    """
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
        rows = list(reader)
    if missing:
        raise FileError(path, f"has no column {', '.join(missing)}: name it in the first line.", line=1)
    judgements: dict[Ends, str] = {}
    for number, row in enumerate(rows, 2):
        ends = (row["subject_id"], row["object_id"])
        if not all(row.values()) or ends in judgements:
            raise FileError(path, "has an empty cell, or its ends stand in another row too: correct it.", line=number)
        judgements[ends] = row["predicate_id"]
    return judgements


def agreement(first: Judgements, second: Judgements, cells: Iterable[Ends]) -> Agreement:
    """How far two readers agree over some pairings."""
    pairs = [(first.get(cell, "none"), second.get(cell, "none")) for cell in cells]
    total = len(pairs)
    same = sum(one == other for one, other in pairs)
    ours, theirs = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    by_chance = sum(ours[name] * theirs[name] for name in ours) / total**2
    kappa = 1.0 if by_chance == 1 else (same / total - by_chance) / (1 - by_chance)
    links = [(one != "none", other != "none") for one, other in pairs]
    return Agreement(total, same, sum(map(all, links)), sum(map(any, links)), kappa)


def agreement_case(first: Judgements, second: Judgements, ends: Ends, settled: str) -> str:
    """Which row of the table of confidences a settled judgement falls under."""
    given = [judgements[ends] for judgements in (first, second) if ends in judgements]
    if NONE_FOUND in ends:
        return "none, both" if len(given) == 2 else "none, one"
    if len(given) < 2:
        return "one" if given else "neither"
    return {2: "both", 1: "both, settled on one", 0: "both, settled on a third"}[given.count(settled)]


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
